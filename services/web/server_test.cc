#include "services/web/server.h"
#include "services/web/raw_client.h"
#include "services/web/server_under_test.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <future>
#include <string>

// A real server, real sockets and a real service of gRPC, in one process.
namespace madoguchi::web {
namespace {

using std::chrono::milliseconds;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::StartsWith;

constexpr char kEcho[] = "/test.Script/Echo";
constexpr char kFlood[] = "/test.Script/Flood";
constexpr char kRefuse[] = "/test.Script/Refuse";
constexpr char kTell[] = "/test.Script/Tell";
constexpr char kWait[] = "/test.Script/Wait";

std::string MessageFrame(std::string const& message) {
  auto const header = MessageFrameHeader(message.size());
  return std::string(header.begin(), header.end()) + message;
}

TEST(ServerTest, AnAnswerComesBackWithItsMetadataAndStatus) {
  ServerUnderTest test;
  RawClient client(test.port());
  client.Send(CallRequest(kEcho, "hello", "Authorization: Bearer t\r\n"));
  auto const answer = client.ReadAnswer();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(Find(answer.headers, "content-type"), kGrpcWebType);
  EXPECT_EQ(Find(answer.headers, "x-began"), "yes");
  EXPECT_EQ(Find(answer.headers, "x-content-type-options"), "nosniff");
  EXPECT_THAT(answer.body, StartsWith(MessageFrame("hello")));
  EXPECT_THAT(answer.body, AllOf(HasSubstr("grpc-status: 0\r\n"),
                                 HasSubstr("x-ended-bin: AAH/\r\n"),
                                 HasSubstr("x-token: Bearer t\r\n")));
}

TEST(ServerTest, AnErrorKeepsItsMessageAndDetails) {
  ServerUnderTest test;
  RawClient client(test.port());
  client.Send(CallRequest(kRefuse, ""));
  EXPECT_EQ(client.ReadAnswer().body,
            TrailersFrame({9, "窓口 closed", std::string("\0\1\377", 3)}, {}));
}

TEST(ServerTest, AStreamIsToldAsItComes) {
  ServerUnderTest test;
  RawClient client(test.port());
  client.Send(CallRequest(kTell, ""));
  EXPECT_THAT(client.ReadUntil(MessageFrame("first")), HasSubstr("200 OK"));
  for (auto const* message : {"A101", "A102"}) {
    test.service.Tell(message);
    EXPECT_NE(client.ReadUntil(MessageFrame(message)), "");
  }
}

TEST(ServerTest, AConnectionIsKeptForTheNextRequest) {
  ServerUnderTest test;
  RawClient client(test.port());
  for (int i = 0; i != 3; ++i) {
    auto const message = std::to_string(i);
    client.Send(CallRequest(kEcho, message));
    EXPECT_THAT(client.ReadAnswer().body, StartsWith(MessageFrame(message)));
  }
  client.Send(GetRequest("/healthz"));
  EXPECT_EQ(client.ReadAnswer().body, "alive\n");
}

TEST(ServerTest, RequestsThatAreSentAheadAreAnsweredInOrder) {
  ServerUnderTest test;
  RawClient client(test.port());
  client.Send(CallRequest(kEcho, "one") + GetRequest("/healthz") +
              CallRequest(kEcho, "two"));
  EXPECT_THAT(client.ReadAnswer().body, StartsWith(MessageFrame("one")));
  EXPECT_EQ(client.ReadAnswer().body, "alive\n");
  EXPECT_THAT(client.ReadAnswer().body, StartsWith(MessageFrame("two")));
}

TEST(ServerTest, AConnectionEndsWhenTheClientWantsNoMore) {
  ServerUnderTest test;
  RawClient client(test.port());
  client.Send(CallRequest(kEcho, "hello", "Connection: close\r\n"));
  EXPECT_THAT(client.ReadToEnd(),
              Optional(AllOf(HasSubstr("hello"), EndsWith("\r\n0\r\n\r\n"))));
}

TEST(ServerTest, ABodyMayComeInChunks) {
  ServerUnderTest test;
  RawClient client(test.port());
  client.Send(
      "POST /test.Script/Echo HTTP/1.1\r\nHost: localhost\r\n"
      "Content-Type: application/grpc-web\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\n");
  client.Send(std::string("\0\0\0\0\2", 5) + "\r\n2\r\nhi\r\n0\r\n\r\n");
  EXPECT_THAT(client.ReadAnswer().body, StartsWith(MessageFrame("hi")));
}

TEST(ServerTest, ACallEndsAtItsDeadline) {
  ServerUnderTest test;
  RawClient client(test.port());
  client.Send(CallRequest(kWait, "", "Grpc-Timeout: 50m\r\n"));
  EXPECT_THAT(client.ReadAnswer().body, HasSubstr("grpc-status: 4\r\n"));
  EXPECT_TRUE(test.service.AwaitCalls(0));
}

TEST(ServerTest, AServiceThatIsNotThereIsUnavailable) {
  ServerUnderTest test;
  auto options = ServerOptions();
  options.listeners = {{"127.0.0.1:0", ScriptedService::Methods()}};
  options.channels = {ScriptedService().Connect()};
  options.readiness = [] { return absl::OkStatus(); };
  options.observer = &test.observer;
  auto const server = Server::Start(std::move(options));
  ASSERT_THAT(server, testing::IsOk());
  RawClient client((*server)->ports().front());
  client.Send(CallRequest(kEcho, "hello"));
  EXPECT_THAT(client.ReadAnswer().body, HasSubstr("grpc-status: 14\r\n"));
}

TEST(ServerTest, AServiceThatIsElsewhereIsCalledThere) {
  ServerUnderTest test;
  ServerOptions options;
  options.listeners = {{"127.0.0.1:0", ScriptedService::Methods()}};
  // Nobody is where the others are.
  options.channels = {ScriptedService().Connect()};
  options.channels_of["/test.Script"] = {test.service.Connect()};
  options.readiness = [] { return absl::OkStatus(); };
  auto const server = Server::Start(std::move(options));
  ASSERT_THAT(server, testing::IsOk());
  RawClient client((*server)->ports().front());
  client.Send(CallRequest(kEcho, "hello"));
  EXPECT_THAT(client.ReadAnswer().body, StartsWith(MessageFrame("hello")));
}

// A client that goes.

enum class Leaving { kClose, kReset, kCloseSending };

class LeavingTest : public ::testing::TestWithParam<Leaving> {
 protected:
  static void Leave(RawClient& client) {
    switch (GetParam()) {
      case Leaving::kClose:
        return client.Close();
      case Leaving::kReset:
        return client.Reset();
      case Leaving::kCloseSending:
        return client.CloseSending();
    }
  }
  ServerUnderTest test_;
};

TEST_P(LeavingTest, CancelsACallThatHasNoAnswerYet) {
  RawClient client(test_.port());
  client.Send(CallRequest(kWait, ""));
  ASSERT_TRUE(test_.service.AwaitCalls(1));
  Leave(client);
  EXPECT_TRUE(test_.service.AwaitCalls(0));
  EXPECT_TRUE(test_.observer.AwaitConnections(0));
}

TEST_P(LeavingTest, CancelsAStreamThatHasNothingToSay) {
  RawClient client(test_.port());
  client.Send(CallRequest(kTell, ""));
  ASSERT_NE(client.ReadUntil(MessageFrame("first")), "");
  Leave(client);
  EXPECT_TRUE(test_.service.AwaitCalls(0));
  EXPECT_TRUE(test_.observer.AwaitConnections(0));
}

TEST_P(LeavingTest, CancelsAStreamThatItDidNotRead) {
  RawClient client(test_.port(), /*receive_buffer=*/4096);
  client.Send(CallRequest(kFlood, ""));
  ASSERT_NE(client.ReadUntil("\r\n\r\n"), "");
  Leave(client);
  EXPECT_TRUE(test_.service.AwaitCalls(0));
  EXPECT_TRUE(test_.observer.AwaitConnections(0));
}

INSTANTIATE_TEST_SUITE_P(Ways, LeavingTest,
                         ::testing::Values(Leaving::kClose, Leaving::kReset,
                                           Leaving::kCloseSending));

// Limits.

TEST(ServerLimitsTest, AStalledReaderHoldsABoundedBufferAndIsCutOff) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 20;
  Limits limits;
  limits.stalled = milliseconds(500);
  ServerUnderTest test(limits);
  RawClient client(test.port(), /*receive_buffer=*/4096);
  client.Send(CallRequest(kFlood, ""));
  EXPECT_TRUE(test.observer.AwaitCut(Cut::kStalled));
  EXPECT_TRUE(test.service.AwaitCalls(0));
  // All that lay anywhere between the service and a client that read nothing.
  auto const bytes = test.service.flooded() * ScriptedService::kFloodBytes;
  EXPECT_GT(bytes, 0U);
  EXPECT_LT(bytes, kMostBytes);
  RecordProperty("bytes", static_cast<int>(bytes));
}

// All lies in the buffers of the kernel: it alone sees the reader stall.
TEST(ServerLimitsTest, AReaderThatStallsOverALittleIsCutOffToo) {
  Limits limits;
  limits.stalled = milliseconds(500);
  ServerUnderTest test(limits);
  RawClient client(test.port(), /*receive_buffer=*/4096);
  client.Send(CallRequest(kTell, ""));
  ASSERT_TRUE(test.service.AwaitCalls(1));
  test.service.Tell(std::string(50'000, 'x'));
  EXPECT_TRUE(test.observer.AwaitCut(Cut::kStalled));
  EXPECT_TRUE(test.service.AwaitCalls(0));
}

TEST(ServerLimitsTest, AHeadThatIsTooLargeIsRefused) {
  Limits limits;
  limits.head_bytes = 1024;
  ServerUnderTest test(limits);
  RawClient client(test.port());
  client.Send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " +
              std::string(2000, 'x') + "\r\n\r\n");
  EXPECT_THAT(client.ReadToEnd(), Optional(StartsWith("HTTP/1.1 431 ")));
}

TEST(ServerLimitsTest, AMessageThatIsTooLargeIsRefused) {
  Limits limits;
  limits.body_bytes = 1000;
  ServerUnderTest test(limits);
  RawClient client(test.port());
  client.Send(CallRequest(kEcho, std::string(995, 'x')));
  EXPECT_THAT(client.ReadAnswer().body, HasSubstr("grpc-status: 0\r\n"));
  client.Send(CallRequest(kEcho, std::string(100'000, 'x')));
  auto const answer = client.ReadAnswer();
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("grpc-status: 8\r\n"));
  EXPECT_EQ(client.ReadToEnd(), "");
}

TEST(ServerLimitsTest, ABodyInChunksHasTheSameLimit) {
  Limits limits;
  limits.body_bytes = 1000;
  ServerUnderTest test(limits);
  RawClient client(test.port());
  client.Send(
      "POST /test.Script/Echo HTTP/1.1\r\nHost: localhost\r\n"
      "Content-Type: application/grpc-web\r\nTransfer-Encoding: chunked\r\n\r\n"
      "800\r\n" +
      std::string(0x800, 'x'));
  EXPECT_THAT(client.ReadAnswer().body, HasSubstr("grpc-status: 8\r\n"));
}

TEST(ServerLimitsTest, OneConnectionTooManyIsToldSo) {
  Limits limits;
  limits.connections = 2;
  ServerUnderTest test(limits);
  RawClient one(test.port());
  RawClient two(test.port());
  ASSERT_TRUE(test.observer.AwaitConnections(2));
  RawClient three(test.port());
  EXPECT_THAT(three.ReadToEnd(), Optional(StartsWith("HTTP/1.1 503 ")));
  EXPECT_TRUE(test.observer.AwaitCut(Cut::kTooMany));
  one.Close();
  ASSERT_TRUE(test.observer.AwaitConnections(1));
  RawClient four(test.port());
  four.Send(GetRequest("/healthz"));
  EXPECT_EQ(four.ReadAnswer().status, 200);
}

TEST(ServerLimitsTest, OneCallTooManyIsRefusedAndPagesAreNot) {
  Limits limits;
  limits.calls = 1;
  ServerUnderTest test(limits);
  RawClient one(test.port());
  one.Send(CallRequest(kWait, ""));
  ASSERT_TRUE(test.service.AwaitCalls(1));
  RawClient two(test.port());
  two.Send(CallRequest(kEcho, "hello"));
  EXPECT_THAT(two.ReadAnswer().body, HasSubstr("grpc-status: 8\r\n"));
  two.Send(GetRequest("/healthz"));
  EXPECT_EQ(two.ReadAnswer().status, 200);
  one.Close();
  ASSERT_TRUE(test.observer.AwaitCallEnd(1));
  two.Send(CallRequest(kEcho, "hello"));
  EXPECT_THAT(two.ReadAnswer().body, HasSubstr("grpc-status: 0\r\n"));
}

TEST(ServerLimitsTest, ARequestThatDoesNotComeToItsEndIsCutOff) {
  Limits limits;
  limits.request = milliseconds(100);
  ServerUnderTest test(limits);
  auto const call = CallRequest(kEcho, "hello");
  for (auto const& part : {std::string("P"), call.substr(0, 40),
                           call.substr(0, call.size() - 1)}) {
    RawClient client(test.port());
    client.Send(part);
    EXPECT_EQ(client.ReadToEnd(), "");
  }
  EXPECT_TRUE(test.observer.AwaitCut(Cut::kSlowRequest));
}

TEST(ServerLimitsTest, AConnectionThatAsksForNothingIsClosed) {
  Limits limits;
  limits.idle = milliseconds(100);
  ServerUnderTest test(limits);
  RawClient silent(test.port());
  EXPECT_EQ(silent.ReadToEnd(), "");
  RawClient client(test.port());
  client.Send(GetRequest("/healthz"));
  EXPECT_EQ(client.ReadAnswer().status, 200);
  EXPECT_EQ(client.ReadToEnd(), "");
}

// A stream may be silent for longer than any limit of requests.
TEST(ServerLimitsTest, AStreamThatIsReadIsNotCutOff) {
  Limits limits;
  limits.idle = limits.request = limits.stalled = milliseconds(50);
  ServerUnderTest test(limits);
  RawClient client(test.port());
  client.Send(CallRequest(kTell, "", "Grpc-Timeout: 300m\r\n"));
  ASSERT_NE(client.ReadUntil(MessageFrame("first")), "");
  // Its own deadline ends it, and no other.
  EXPECT_NE(client.ReadUntil("grpc-status: 4\r\n"), "");
}

TEST(ServerLimitsTest, WhoSendsTooMuchAheadOfAnAnswerIsCutOff) {
  Limits limits;
  limits.head_bytes = 1024;
  ServerUnderTest test(limits);
  RawClient client(test.port());
  client.Send(CallRequest(kWait, ""));
  ASSERT_TRUE(test.service.AwaitCalls(1));
  client.Send(std::string(10'000, 'x'));
  EXPECT_TRUE(test.service.AwaitCalls(0));
  EXPECT_TRUE(test.observer.AwaitConnections(0));
}

// What is no request.

TEST(ServerTest, WhatIsNoHttpIsRefused) {
  ServerUnderTest test;
  for (std::string const& bytes :
       {std::string("\x16\x03\x01\x02\x00\x01\x00", 7),
        std::string("hello\r\n\r\n"), std::string("GET / HTTP/2.0\r\n\r\n"),
        std::string("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                    "Transfer-Encoding: chunked\r\n\r\n"),
        std::string(
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n")}) {
    RawClient client(test.port());
    client.Send(bytes);
    client.CloseSending();
    EXPECT_THAT(client.ReadToEnd(), Optional(StartsWith("HTTP/1.1 400 ")));
  }
  EXPECT_TRUE(test.observer.AwaitCut(Cut::kMalformed));
}

TEST(ServerTest, ACallOfAnOldClientIsRefused) {
  ServerUnderTest test;
  RawClient client(test.port());
  client.Send(
      "POST /test.Script/Echo HTTP/1.0\r\nHost: localhost\r\n"
      "Content-Type: application/grpc-web\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(client.ReadAnswer().status, 505);
}

TEST(ServerTest, ABodyThatNobodyWantsEndsTheConnection) {
  ServerUnderTest test;
  RawClient client(test.port());
  client.Send(
      "POST /none HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
      "Content-Length: 20\r\n\r\nGET / HTTP/1.1\r\n");
  EXPECT_EQ(client.ReadAnswer().status, 415);
  EXPECT_EQ(client.ReadToEnd(), "");
}

TEST(ServerTest, AHeadIsAnsweredWithoutABody) {
  ServerUnderTest test;
  RawClient client(test.port());
  client.Send("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" +
              GetRequest("/healthz"));
  auto const head = client.ReadAnswer(/*to_head=*/true);
  EXPECT_EQ(Find(head.headers, "content-length"), "6");
  EXPECT_EQ(client.ReadAnswer().body, "alive\n");
}

// Starting and stopping.

TEST(ServerTest, ATakenPortIsSaidInOneLine) {
  ServerUnderTest test;
  for (auto const& [address, code] :
       {std::pair("127.0.0.1:" + std::to_string(test.port()),
                  absl::StatusCode::kUnavailable),
        std::pair(std::string("127.0.0.1"), absl::StatusCode::kInvalidArgument),
        std::pair(std::string("here:80"), absl::StatusCode::kInvalidArgument),
        std::pair(std::string("127.0.0.1:70000"),
                  absl::StatusCode::kInvalidArgument)}) {
    ServerOptions options;
    options.listeners = {{address, {}}};
    options.channels = {test.service.Connect()};
    options.readiness = [] { return absl::OkStatus(); };
    options.observer = &test.observer;
    auto const second = Server::Start(std::move(options));
    EXPECT_EQ(second.status().code(), code);
    EXPECT_THAT(std::string(second.status().message()),
                AllOf(HasSubstr(address), ::testing::Not(HasSubstr("\n"))));
  }
}

TEST(ServerDrainTest, AStreamIsToldToConnectAgain) {
  ServerUnderTest test;
  RawClient client(test.port());
  client.Send(CallRequest(kTell, ""));
  ASSERT_NE(client.ReadUntil(MessageFrame("first")), "");
  test.service.Tell("second");
  ASSERT_NE(client.ReadUntil(MessageFrame("second")), "");
  test.server->Drain(std::chrono::seconds(10));
  EXPECT_THAT(client.ReadToEnd(),
              Optional(AllOf(HasSubstr("grpc-status: 14\r\n"),
                             EndsWith("\r\n0\r\n\r\n"))));
  EXPECT_FALSE(RawClient(test.port()).is_connected());
}

TEST(ServerDrainTest, ACallUnderWayIsAnswered) {
  ServerUnderTest test;
  RawClient client(test.port());
  RawClient idle(test.port());
  client.Send(CallRequest(kWait, "", "Grpc-Timeout: 300m\r\n"));
  ASSERT_TRUE(test.service.AwaitCalls(1));
  test.server->Drain(std::chrono::seconds(10));
  EXPECT_THAT(client.ReadAnswer().body, HasSubstr("grpc-status: 4\r\n"));
  EXPECT_EQ(idle.ReadToEnd(), "");
}

TEST(ServerDrainTest, PatienceEnds) {
  ServerUnderTest test;
  RawClient client(test.port());
  client.Send(CallRequest(kWait, ""));
  ASSERT_TRUE(test.service.AwaitCalls(1));
  test.server->Drain(milliseconds(50));
  EXPECT_TRUE(test.service.AwaitCalls(0));
}

TEST(ServerDrainTest, AServerMayEndWithCallsUnderWay) {
  ServerUnderTest test;
  RawClient one(test.port());
  RawClient two(test.port(), /*receive_buffer=*/4096);
  RawClient three(test.port());
  one.Send(CallRequest(kWait, ""));
  two.Send(CallRequest(kFlood, ""));
  three.Send("POST ");
  ASSERT_TRUE(test.service.AwaitCalls(2));
  test.server.reset();
  EXPECT_TRUE(test.service.AwaitCalls(0));
}

}  // namespace
}  // namespace madoguchi::web
