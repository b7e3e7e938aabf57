#include "services/web/site.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <variant>

namespace madoguchi::web {
namespace {

using ::testing::HasSubstr;

constexpr char kMethod[] = "/pkg.Service/Method";

// A page's call, as a browser sends it.
RequestHead PageCall() {
  return {"POST",
          kMethod,
          {{"host", "display.localhost:8080"},
           {"content-type", "application/grpc-web+proto"},
           {"origin", "http://display.localhost:8080"},
           {"sec-fetch-site", "same-origin"},
           {"sec-fetch-mode", "cors"},
           {"authorization", "Bearer t"},
           {"grpc-timeout", "5S"}}};
}

RequestHead With(RequestHead head, std::string const& name,
                 std::string const& value) {
  std::erase_if(head.headers, [&](auto const& e) { return e.first == name; });
  if (!value.empty()) head.headers.emplace_back(name, value);
  return head;
}

RequestHead Get(std::string const& target, Headers headers = {}) {
  headers.emplace_back("host", "localhost:8080");
  return {"GET", target, std::move(headers)};
}

class SiteTest : public ::testing::Test {
 protected:
  int StatusOf(RequestHead const& head) {
    return std::get<Answer>(site_.Route(head)).status;
  }
  // How a call ended that was not made.
  std::string RefusalOf(RequestHead const& head) {
    auto const answer = std::get<Answer>(site_.Route(head));
    EXPECT_EQ(answer.status, 200);
    return *answer.body;
  }

  absl::Status readiness_;
  Pages pages_{"", {}};
  Site site_{
      {kMethod}, HostNames({"10.0.0.5", ".akebono.example"}), pages_, [this] {
        return readiness_;
      }};
};

TEST_F(SiteTest, APageMayCallWhatIsOnTheList) {
  auto const call = std::get<CallHead>(site_.Route(PageCall()));
  EXPECT_EQ(call.method, kMethod);
  EXPECT_EQ(call.metadata, (Headers{{"authorization", "Bearer t"}}));
  EXPECT_EQ(call.timeout, std::chrono::seconds(5));
}

TEST_F(SiteTest, AProgramThatIsNoBrowserMayToo) {
  RequestHead const head{
      "POST",
      kMethod,
      {{"host", "127.0.0.1:8080"}, {"content-type", "application/grpc-web"}}};
  EXPECT_TRUE(std::holds_alternative<CallHead>(site_.Route(head)));
}

TEST_F(SiteTest, AMethodThatIsNotOnTheListIsNotThere) {
  for (auto const* target :
       {"/pkg.Service/Other", "/pkg.Service/Method/", "/pkg.Service/Method?x",
        "/", "/grpc.health.v1.Health/Check"}) {
    auto head = PageCall();
    head.target = target;
    EXPECT_THAT(RefusalOf(head), HasSubstr("grpc-status: 12\r\n")) << target;
  }
}

TEST_F(SiteTest, AForeignPageGetsNothing) {
  EXPECT_EQ(StatusOf(With(PageCall(), "sec-fetch-site", "cross-site")), 403);
  // Another of our own names is another origin: one screen is not another.
  EXPECT_EQ(StatusOf(With(PageCall(), "sec-fetch-site", "same-site")), 403);
  for (auto const* origin :
       {"http://evil.example", "http://localhost:8080", "null",
        "http://display.localhost", "http://display.localhost:8080.evil",
        "ftp://display.localhost:8080", "display.localhost:8080"}) {
    EXPECT_EQ(StatusOf(With(PageCall(), "origin", origin)), 403) << origin;
  }
  EXPECT_EQ(StatusOf(Get("/x.js", {{"sec-fetch-site", "cross-site"},
                                   {"sec-fetch-mode", "no-cors"},
                                   {"sec-fetch-dest", "script"}})),
            403);
  EXPECT_EQ(StatusOf(Get("/", {{"sec-fetch-site", "cross-site"},
                               {"sec-fetch-mode", "navigate"},
                               {"sec-fetch-dest", "iframe"}})),
            403);
}

TEST_F(SiteTest, ALinkFromElsewhereMayLeadHere) {
  // There are no pages in this test, but it looks for one.
  EXPECT_EQ(StatusOf(Get("/", {{"sec-fetch-site", "cross-site"},
                               {"sec-fetch-mode", "navigate"},
                               {"sec-fetch-dest", "document"}})),
            404);
}

TEST_F(SiteTest, APreflightIsNotAnswered) {
  auto head = With(PageCall(), "origin", "http://evil.example");
  head.verb = "OPTIONS";
  EXPECT_EQ(StatusOf(head), 403);
  head = PageCall();
  head.verb = "OPTIONS";
  EXPECT_EQ(StatusOf(head), 405);
}

// A name of theirs that leads to our address would else make their page ours.
TEST_F(SiteTest, OnlyOurNamesAreAnswered) {
  for (auto const* host :
       {"localhost", "LOCALHOST:1", "a.b.localhost:8080", "127.0.0.1",
        "[::1]:8080", "10.0.0.5:8080", "hall.akebono.example"}) {
    auto head = With(With(PageCall(), "host", host), "origin", "");
    EXPECT_TRUE(std::holds_alternative<CallHead>(site_.Route(head))) << host;
  }
  for (auto const* host :
       {"evil.example", "localhost.evil.example", "xlocalhost", "localhost.",
        "akebono.example", "10.0.0.6", "[::1", "@localhost", ".localhost"}) {
    auto head = With(With(PageCall(), "host", host), "origin", "");
    EXPECT_EQ(StatusOf(head), 421) << host;
  }
}

TEST_F(SiteTest, ARequestHasOneHostAndAPath) {
  EXPECT_EQ(StatusOf(With(PageCall(), "host", "")), 400);
  auto head = PageCall();
  head.headers.emplace_back("host", "localhost");
  EXPECT_EQ(StatusOf(head), 400);
  EXPECT_EQ(StatusOf(Get("http://localhost/")), 400);
  EXPECT_EQ(StatusOf(Get("*")), 400);
}

TEST_F(SiteTest, ACallIsBinaryGrpcWeb) {
  EXPECT_EQ(StatusOf(With(PageCall(), "content-type", "")), 415);
  EXPECT_EQ(StatusOf(With(PageCall(), "content-type", "application/json")),
            415);
}

TEST_F(SiteTest, ACallThatMakesNoSenseIsRefusedAsOne) {
  EXPECT_THAT(RefusalOf(With(PageCall(), "grpc-timeout", "soon")),
              HasSubstr("grpc-status: 3\r\n"));
  EXPECT_THAT(RefusalOf(With(PageCall(), "authorization", "\x80")),
              HasSubstr("grpc-status: 3\r\n"));
}

TEST_F(SiteTest, HealthIsToldToWhoeverAsks) {
  RequestHead const live{"GET", "/healthz", {{"host", "10.9.8.7:8080"}}};
  EXPECT_EQ(StatusOf(live), 200);
  RequestHead const ready{"GET", "/readyz", {}};
  EXPECT_EQ(StatusOf(ready), 200);
  readiness_ = absl::UnavailableError("nobody is there");
  auto const answer = std::get<Answer>(site_.Route(ready));
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(*answer.body, "not ready: nobody is there\n");
}

TEST(AnswerTest, NothingButOurselvesMayBeLoaded) {
  auto const policy = Find(SecurityHeaders(), "content-security-policy");
  ASSERT_TRUE(policy);
  EXPECT_THAT(std::string(*policy), HasSubstr("default-src 'none'"));
  EXPECT_THAT(std::string(*policy), HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(std::string(*policy), ::testing::Not(HasSubstr("unsafe")));
}

}  // namespace
}  // namespace madoguchi::web
