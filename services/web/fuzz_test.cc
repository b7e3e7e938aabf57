#include "services/web/accept_encoding.h"
#include "services/web/grpc_web.h"
#include "services/web/page_name.h"
#include "services/web/raw_client.h"
#include "services/web/same_origin.h"
#include "services/web/server_under_test.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <random>
#include <string>
#include <vector>

// Bytes that somebody drew, at the parsers and at a whole server. Each run
// draws the same; the sanitizers watch.
namespace madoguchi::web {
namespace {

using ::testing::HasSubstr;

constexpr unsigned kSeed = 20'261'123;

class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}

  std::size_t Below(std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
  }
  char Byte() { return static_cast<char>(Below(256)); }
  std::string Bytes(std::size_t most) {
    std::string bytes(Below(most + 1), '\0');
    for (auto& each : bytes) each = Byte();
    return bytes;
  }

  // `text` with some of it changed, taken out, said again or cut off.
  std::string Mutated(std::string text) {
    for (auto left = 1 + Below(4); left != 0 && !text.empty(); --left) {
      auto const at = Below(text.size());
      switch (Below(6)) {
        case 0:
          text[at] = Byte();
          break;
        case 1:
          text.insert(at, Bytes(8));
          break;
        case 2:
          text.erase(at, 1 + Below(8));
          break;
        case 3:
          text.insert(at, text.substr(Below(text.size()), Below(64)));
          break;
        case 4:
          text[at] = static_cast<char>(text[at] ^ (1 << Below(8)));
          break;
        default:
          if (Below(4) == 0) text.resize(at);
      }
    }
    return text;
  }

 private:
  std::mt19937 random_;
};

TEST(FuzzTest, AFrameIsReadOrRefused) {
  Chance chance(kSeed);
  int read = 0;
  for (int i = 0; i != 50'000; ++i) {
    auto body = chance.Bytes(24);
    // Else hardly any has the size that it says.
    if (body.size() >= kFrameHeaderSize && chance.Below(2) == 0) {
      auto const header = MessageFrameHeader(body.size() - kFrameHeaderSize);
      std::copy(header.begin(), header.end(), body.begin());
    }
    auto const message = ReadRequestMessage(body);
    if (!message.ok()) continue;
    ++read;
    EXPECT_EQ(message->size() + kFrameHeaderSize, body.size());
  }
  EXPECT_GT(read, 1'000);
}

// The lines of a trailer are as many as we meant, whatever they say.
TEST(FuzzTest, AStatusIsNeverMoreThanItsLines) {
  Chance chance(kSeed);
  for (int i = 0; i != 20'000; ++i) {
    auto const frame =
        TrailersFrame({2, 'm' + chance.Bytes(40), 'd' + chance.Bytes(40)},
                      {{"x-any-bin", chance.Bytes(40)}});
    auto const lines = frame.substr(kFrameHeaderSize);
    EXPECT_EQ(std::count(lines.begin(), lines.end(), '\r'), 4);
    EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 4);
    EXPECT_TRUE(IsMetadataText(lines.substr(0, lines.find('\r'))));
  }
}

TEST(FuzzTest, TextsOfARequestAreReadOrRefused) {
  Chance chance(kSeed);
  PageNames const names{{{"display", "display.html"}}, "index.html"};
  HostNames const hosts({".akebono.example"});
  for (int i = 0; i != 50'000; ++i) {
    auto const timeout = ParseTimeout(chance.Mutated("1500m"));
    if (timeout.ok()) {
      EXPECT_GE(timeout->count(), 0);
    }
    auto const file =
        FileOf(names, chance.Mutated("/assets/../main-12345678.js?x=/.."),
               chance.Mutated("display.localhost:8080"));
    if (file) {
      EXPECT_NE(file->front(), '/');
      EXPECT_EQ(file->find("/."), std::string::npos) << *file;
      EXPECT_NE(file->front(), '.') << *file;
      EXPECT_EQ(file->find('\0'), std::string::npos);
    }
    Accepts(chance.Mutated("gzip;q=0.5, br;q=1.0, *;q=0"), "br");
    hosts.Contain(chance.Mutated("[::1]:8080"));
    IsOfSameOrigin({{"origin", chance.Mutated("http://localhost:8080")}},
                   chance.Mutated("localhost:8080"));
    IsGrpcWebType(chance.Mutated("application/grpc-web+proto; charset=x"));
  }
}

std::vector<std::string> SomeRequests() {
  auto const call = CallRequest("/test.Script/Echo", "hello",
                                "Authorization: Bearer t\r\n"
                                "Grpc-Timeout: 5S\r\nX-Grpc-Web: 1\r\n");
  return {call,
          CallRequest("/test.Script/Refuse", ""),
          CallRequest("/test.Script/Wait", "", "Grpc-Timeout: 1m\r\n"),
          CallRequest("/test.Script/Flood", "", "Grpc-Timeout: 1m\r\n"),
          GetRequest("/"),
          GetRequest("/healthz") + call,
          "POST /test.Script/Echo HTTP/1.1\r\nHost: localhost\r\n"
          "Content-Type: application/grpc-web\r\n"
          "Transfer-Encoding: chunked\r\n\r\n5\r\n" +
              std::string("\0\0\0\0\2", 5) + "\r\n2\r\nhi\r\n0\r\n\r\n"};
}

TEST(FuzzTest, AServerOutlivesWhateverIsSent) {
  Limits limits;
  // Half of a request is all that comes, often.
  limits.request = std::chrono::milliseconds(200);
  ServerUnderTest test(limits);
  Chance chance(kSeed);
  auto const requests = SomeRequests();
  for (int i = 0; i != 600; ++i) {
    auto const bytes =
        chance.Below(8) == 0
            ? chance.Bytes(200)
            : chance.Mutated(requests[chance.Below(requests.size())]);
    RawClient client(test.port());
    ASSERT_TRUE(client.is_connected());
    auto const half = chance.Below(bytes.size() + 1);
    client.Send(bytes.substr(0, half));
    client.Send(bytes.substr(half));
    switch (chance.Below(3)) {
      case 0:
        client.Reset();
        break;
      case 1:
        client.Close();
        break;
      default:
        client.CloseSending();
        EXPECT_TRUE(client.ReadToEnd()) << "It was left open.";
    }
  }
  // Nothing is left of them, and it serves as before.
  EXPECT_TRUE(test.observer.AwaitConnections(0));
  EXPECT_TRUE(test.service.AwaitCalls(0));
  RawClient client(test.port());
  client.Send(CallRequest("/test.Script/Echo", "hello"));
  EXPECT_THAT(client.ReadAnswer().body, HasSubstr("grpc-status: 0\r\n"));
}

}  // namespace
}  // namespace madoguchi::web
