#include "services/web/pages.h"
#include "services/web/accept_encoding.h"
#include "services/web/page_name.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <filesystem>
#include <fstream>
#include <stdlib.h>
#include <string>

namespace madoguchi::web {
namespace {

using ::testing::Eq;
using ::testing::Optional;

PageNames Names() { return {{{"display", "display.html"}}, "index.html"}; }

TEST(PageNameTest, APageOpensByItsHostOrItsPath) {
  auto const names = Names();
  EXPECT_THAT(FileOf(names, "/", "localhost:8080"), Optional(Eq("index.html")));
  EXPECT_THAT(FileOf(names, "/", "display.localhost:8080"),
              Optional(Eq("display.html")));
  EXPECT_THAT(FileOf(names, "/", "DISPLAY.localhost"),
              Optional(Eq("display.html")));
  EXPECT_THAT(FileOf(names, "/display?office=honcho", "127.0.0.1"),
              Optional(Eq("display.html")));
  EXPECT_THAT(FileOf(names, "/assets/a-b.js?x", "display.localhost"),
              Optional(Eq("assets/a-b.js")));
}

TEST(PageNameTest, NoPathLeadsOutOfTheDirectory) {
  for (auto const* target : {"",
                             "x",
                             "//",
                             "/..",
                             "/../etc/passwd",
                             "/a/../b",
                             "/a/..",
                             "/./a",
                             "/.git/config",
                             "/a/.b",
                             "/a//b",
                             "/a/",
                             "/%2e%2e/a",
                             "/a%2fb",
                             "/a\\b",
                             "/a b",
                             "/\xe7\xaa\x93",
                             "/a:b",
                             "http://x/y",
                             "*"}) {
    EXPECT_EQ(FileOf(Names(), target, "localhost"), std::nullopt) << target;
  }
}

TEST(PageNameTest, OnlyWhatHoldsAHashIsKeptForEver) {
  for (auto const* file :
       {"assets/main-C0ffee12.js", "assets/a.b-x-DkZ_4-9a.css",
        "assets/font-12345678.woff2"}) {
    EXPECT_THAT(CacheControlOf(file), ::testing::HasSubstr("immutable"))
        << file;
  }
  for (auto const* file :
       {"index.html", "assets/main.js", "assets/main-short.js", "icon.svg",
        "main-C0ffee12.js", "assets/12345678.js"}) {
    EXPECT_EQ(CacheControlOf(file), "no-cache") << file;
  }
}

TEST(PageNameTest, ATypeIsKnownByTheEnding) {
  EXPECT_EQ(TypeOf("index.html"), "text/html; charset=utf-8");
  EXPECT_EQ(TypeOf("a/b.woff2"), "font/woff2");
  EXPECT_EQ(TypeOf("voice.wav"), "audio/wav");
  EXPECT_EQ(TypeOf("LICENSE"), "application/octet-stream");
}

TEST(AcceptEncodingTest, ACodingIsTakenUnlessRefused) {
  EXPECT_TRUE(Accepts("gzip, deflate, br", "br"));
  EXPECT_TRUE(Accepts("br;q=0.1", "br"));
  EXPECT_TRUE(Accepts("GZIP", "gzip"));
  EXPECT_TRUE(Accepts("*", "br"));
  EXPECT_TRUE(Accepts("br ; q=1.0", "br"));
  for (auto const* header :
       {"", "gzip", "br;q=0", "br;q=0.000", "*;q=0", "*, br;q=0", "br;q=x",
        "br;level=1", "bro", "br;q=nan"}) {
    EXPECT_FALSE(Accepts(header, "br")) << header;
  }
}

class PagesTest : public ::testing::Test {
 protected:
  PagesTest() {
    Write("index.html", "<p>index");
    Write("display.html", "<p>display");
    std::filesystem::create_directory(directory_ + "/assets");
    Write("assets/main-12345678.js", "plain");
    Write("assets/main-12345678.js.br", "small");
    Write("assets/main-12345678.js.gz", "middling");
  }
  ~PagesTest() override { std::filesystem::remove_all(directory_); }

  void Write(std::string const& name, std::string const& content) const {
    std::ofstream(directory_ + "/" + name) << content;
  }

  Answer Get(std::string const& target, Headers const& headers = {}) {
    return pages_.Get(target, "localhost", headers);
  }

  static std::string MakeDirectory() {
    auto pattern = ::testing::TempDir() + "/pages-XXXXXX";
    return mkdtemp(pattern.data());
  }

  // The name of a page's content.
  std::string EtagOf(Answer const& answer) {
    return std::string(Find(answer.headers, "etag").value_or("none"));
  }

  std::string const directory_ = MakeDirectory();
  Pages pages_{directory_, Names()};
};

TEST_F(PagesTest, AFileIsShownWithItsTypeAndALastingName) {
  auto const answer = Get("/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(*answer.body, "<p>index");
  EXPECT_EQ(Find(answer.headers, "content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(Find(answer.headers, "cache-control"), "no-cache");
  Pages of_another_server(directory_, Names());
  EXPECT_EQ(EtagOf(of_another_server.Get("/", "localhost", {})),
            EtagOf(answer));
}

TEST_F(PagesTest, WhatABrowserStillHasIsNotSentAgain) {
  auto const etag = EtagOf(Get("/"));
  for (auto const& tags : {etag, "\"x\", W/" + etag, std::string("*")}) {
    auto const answer = Get("/", {{"if-none-match", tags}});
    EXPECT_EQ(answer.status, 304) << tags;
    EXPECT_EQ(*answer.body, "");
    EXPECT_EQ(EtagOf(answer), etag);
  }
  EXPECT_EQ(Get("/", {{"if-none-match", "\"x\""}}).status, 200);
}

TEST_F(PagesTest, TheSmallestFormThatIsTakenIsSent) {
  std::string const script = "/assets/main-12345678.js";
  auto const coded = Get(script, {{"accept-encoding", "gzip, br"}});
  EXPECT_EQ(*coded.body, "small");
  EXPECT_EQ(Find(coded.headers, "content-encoding"), "br");
  EXPECT_EQ(Find(coded.headers, "content-type"),
            "text/javascript; charset=utf-8");
  EXPECT_EQ(Find(coded.headers, "vary"), "accept-encoding");
  EXPECT_EQ(*Get(script, {{"accept-encoding", "gzip"}}).body, "middling");
  auto const plain = Get(script);
  EXPECT_EQ(*plain.body, "plain");
  EXPECT_EQ(Find(plain.headers, "content-encoding"), std::nullopt);
  EXPECT_NE(EtagOf(plain), EtagOf(coded));
}

TEST_F(PagesTest, APageThatWasReplacedIsReadAgain) {
  auto const before = EtagOf(Get("/"));
  Write("index.html", "<p>a new index");
  EXPECT_EQ(*Get("/").body, "<p>a new index");
  EXPECT_NE(EtagOf(Get("/")), before);
  std::filesystem::remove(directory_ + "/index.html");
  EXPECT_EQ(Get("/").status, 404);
}

TEST_F(PagesTest, WhatIsNoFileIsNotThere) {
  for (auto const* target : {"/none.js", "/assets", "/index.html/x", "/.."}) {
    EXPECT_EQ(Get(target).status, 404) << target;
  }
  EXPECT_EQ(Pages("", Names()).Get("/", "localhost", {}).status, 404);
}

}  // namespace
}  // namespace madoguchi::web
