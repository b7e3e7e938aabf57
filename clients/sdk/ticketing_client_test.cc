#include "clients/sdk/ticketing_client.h"
#include "clients/sdk/scripted_server.h"
#include "services/base/error.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <atomic>
#include <set>
#include <thread>

namespace madoguchi::sdk {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ticketing::v1::IssueTicketRequest;
using ticketing::v1::IssueTicketResponse;

ClientOptions Options(std::vector<std::string> targets) {
  ClientOptions options;
  options.targets = std::move(targets);
  options.shortest_pause = milliseconds(1);
  options.longest_pause = milliseconds(2);
  return options;
}

grpc::Status Issue(IssueTicketResponse& response) {
  response.mutable_ticket()->set_number("A101");
  return grpc::Status::OK;
}

grpc::Status Unavailable() {
  return WireError(grpc::StatusCode::UNAVAILABLE, "The store is away.",
                   "STORE_UNAVAILABLE");
}

TEST(TicketingClientTest, ARepeatCarriesTheRequestIdOfThePress) {
  ScriptedServer server([](std::size_t attempt, grpc::ServerContext&,
                           IssueTicketResponse& response) {
    return attempt < 3 ? Unavailable() : Issue(response);
  });
  TicketingClient client(Options({server.address()}));

  auto const issued = client.IssueTicket({});
  ASSERT_TRUE(issued.ok()) << issued.status();
  EXPECT_EQ(issued->ticket().number(), "A101");
  auto const sent = server.issues();
  ASSERT_THAT(sent, SizeIs(4));
  EXPECT_THAT(sent[0].request_id(), SizeIs(36));
  for (auto const& request : sent) {
    EXPECT_EQ(request.request_id(), sent[0].request_id());
  }
}

TEST(TicketingClientTest, EachPressHasItsOwnRequestId) {
  ScriptedServer server([](std::size_t, grpc::ServerContext&,
                           IssueTicketResponse& r) { return Issue(r); });
  TicketingClient client(Options({server.address()}));
  ASSERT_TRUE(client.IssueTicket({}).ok());
  ASSERT_TRUE(client.IssueTicket({}).ok());
  EXPECT_NE(server.issues()[0].request_id(), server.issues()[1].request_id());
}

TEST(TicketingClientTest, ARequestIdOfTheCallersIsKept) {
  ScriptedServer server([](std::size_t, grpc::ServerContext&,
                           IssueTicketResponse& r) { return Issue(r); });
  TicketingClient client(Options({server.address()}));
  IssueTicketRequest request;
  request.set_request_id("6e8bc430-9c3a-4d1e-8a75-000000000001");
  ASSERT_TRUE(client.IssueTicket(request).ok());
  EXPECT_EQ(server.issues()[0].request_id(), request.request_id());
}

// The server has issued the number; its answer never arrives.
TEST(TicketingClientTest, ALostReplyIsAskedForAgainWithTheSameId) {
  ScriptedServer server([](std::size_t attempt, grpc::ServerContext& context,
                           IssueTicketResponse& response) {
    return attempt == 0 ? Hang(context) : Issue(response);
  });
  auto options = Options({server.address()});
  options.attempt_timeout = milliseconds(100);
  TicketingClient client(options);

  EXPECT_TRUE(client.IssueTicket({}).ok());
  auto const sent = server.issues();
  ASSERT_THAT(sent, SizeIs(2));
  EXPECT_EQ(sent[0].request_id(), sent[1].request_id());
}

TEST(TicketingClientTest, ARefusalIsNotRepeatedAndKeepsItsReason) {
  ScriptedServer server(
      [](std::size_t, grpc::ServerContext&, IssueTicketResponse&) {
        return WireError(grpc::StatusCode::FAILED_PRECONDITION,
                         "Counter 2 is closed.", "COUNTER_CLOSED");
      });
  TicketingClient client(Options({server.address()}));

  auto const status = client.IssueTicket({}).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_EQ(status.message(), "Counter 2 is closed.");
  auto const info = GetErrorInfo(status);
  EXPECT_EQ(info.reason, "COUNTER_CLOSED");
  EXPECT_EQ(info.metadata.at("counter"), "2");
  EXPECT_THAT(server.issues(), SizeIs(1));
}

TEST(TicketingClientTest, AnErrorWithoutDetailsHasNoReason) {
  ScriptedServer server(
      [](std::size_t, grpc::ServerContext&, IssueTicketResponse&) {
        return grpc::Status(grpc::StatusCode::INTERNAL, "broken", "nonsense");
      });
  TicketingClient client(Options({server.address()}));
  auto const status = client.IssueTicket({}).status();
  EXPECT_TRUE(absl::IsInternal(status));
  EXPECT_THAT(GetErrorInfo(status).reason, IsEmpty());
}

TEST(TicketingClientTest, AHangingServerCostsNoMoreThanTheCallMayTake) {
  ScriptedServer server([](std::size_t, grpc::ServerContext& context,
                           IssueTicketResponse&) { return Hang(context); });
  auto options = Options({server.address()});
  options.attempt_timeout = milliseconds(100);
  options.call_timeout = milliseconds(350);
  TicketingClient client(options);

  auto const before = std::chrono::steady_clock::now();
  auto const status = client.IssueTicket({}).status();
  auto const took = std::chrono::steady_clock::now() - before;
  EXPECT_TRUE(absl::IsDeadlineExceeded(status)) << status;
  EXPECT_TRUE(IsOutcomeUnknown(status));
  EXPECT_LT(took, milliseconds(350 + 500));
  EXPECT_THAT(server.issues(), Not(SizeIs(1)));
}

TEST(TicketingClientTest, FindsTheReplicaThatLivesAndStaysThere) {
  ScriptedServer server([](std::size_t, grpc::ServerContext&,
                           IssueTicketResponse& r) { return Issue(r); });
  auto options = Options({DeadAddress(), server.address()});
  std::atomic<int> pauses = 0;
  options.pause = [&](milliseconds) { ++pauses; };
  TicketingClient client(options);

  EXPECT_TRUE(client.IssueTicket({}).ok());
  EXPECT_EQ(pauses, 1);
  EXPECT_TRUE(client.IssueTicket({}).ok());
  EXPECT_EQ(pauses, 1);
}

TEST(TicketingClientTest, AnswersUnavailableWhenNobodyListens) {
  auto options = Options({DeadAddress()});
  options.call_timeout = milliseconds(200);
  TicketingClient client(options);
  EXPECT_TRUE(IsOutcomeUnknown(client.IssueTicket({}).status()));
}

TEST(TicketingClientTest, SaysThatItHasNoTarget) {
  TicketingClient client(Options({}));
  EXPECT_TRUE(absl::IsInvalidArgument(client.IssueTicket({}).status()));
}

/// What a scripted counter service was asked.
struct Asked {
  std::string method;
  /// Empty for a method that only reads.
  std::string request_id;
};

std::string RequestIdOf(google::protobuf::Message const& request) {
  auto const* const field =
      request.GetDescriptor()->FindFieldByName("request_id");
  if (field == nullptr) return "";
  return request.GetReflection()->GetString(request, field);
}

class CounterMethodsTest : public ::testing::Test {
 protected:
  std::vector<Asked> Asks() {
    MutexLock const lock(mu_);
    return asked_;
  }
  void FailNext(int calls) {
    MutexLock const lock(mu_);
    failures_ = calls;
  }

 private:
  Mutex mu_;
  std::vector<Asked> asked_ ABSL_GUARDED_BY(mu_);
  int failures_ ABSL_GUARDED_BY(mu_) = 0;
  ScriptedServer server_{[](std::size_t, grpc::ServerContext&,
                            IssueTicketResponse& r) { return Issue(r); },
                         {},
                         [this](std::string const& method,
                                google::protobuf::Message const& request,
                                google::protobuf::Message&) {
                           MutexLock const lock(mu_);
                           asked_.push_back({method, RequestIdOf(request)});
                           return failures_-- > 0 ? Unavailable()
                                                  : grpc::Status::OK;
                         }};

 protected:
  TicketingClient client_{Options({server_.address()})};
};

TEST_F(CounterMethodsTest, EachReachesTheMethodOfItsName) {
  std::vector<std::string> expected;
#define MADOGUCHI_EXPECT(Method)        \
  EXPECT_TRUE(client_.Method({}).ok()); \
  expected.emplace_back(#Method);
  MADOGUCHI_COUNTER_METHODS(MADOGUCHI_EXPECT)
#undef MADOGUCHI_EXPECT
  std::vector<std::string> methods;
  for (auto const& asked : Asks()) methods.push_back(asked.method);
  EXPECT_EQ(methods, expected);
  // Whoever adds a method to the proto is told here to add it to the list.
  EXPECT_EQ(static_cast<int>(expected.size()),
            ticketing::v1::OpenCounterRequest::descriptor()
                ->file()
                ->service(0)
                ->method_count());
}

TEST_F(CounterMethodsTest, EveryMutationHasARequestIdAndNoQueryNeedsOne) {
#define MADOGUCHI_EXPECT(Method) EXPECT_TRUE(client_.Method({}).ok());
  MADOGUCHI_COUNTER_METHODS(MADOGUCHI_EXPECT)
#undef MADOGUCHI_EXPECT
  for (auto const& asked : Asks()) {
    bool const reads =
        asked.method.starts_with("List") || asked.method.starts_with("Find");
    EXPECT_THAT(asked.request_id, SizeIs(reads ? 0 : 36)) << asked.method;
  }
}

TEST_F(CounterMethodsTest, AHoldWhoseReplyIsLostIsRepeatedWithItsRequestId) {
  FailNext(2);
  ticketing::v1::HoldTicketRequest request;
  request.set_reason("form");
  EXPECT_TRUE(client_.HoldTicket(request).ok());
  auto const asks = Asks();
  ASSERT_THAT(asks, SizeIs(3));
  EXPECT_EQ(asks[0].request_id, asks[2].request_id);
}

TEST(TicketingClientTest, ServesAHundredThreads) {
  std::atomic<int> number = 100;
  ScriptedServer server([&](std::size_t attempt, grpc::ServerContext&,
                            IssueTicketResponse& response) {
    if (attempt % 7 == 3) return Unavailable();
    response.mutable_ticket()->set_number(std::to_string(++number));
    return grpc::Status::OK;
  });
  auto options = Options({server.address()});
  options.connections = 4;
  TicketingClient client(options);

  Mutex mu;
  std::multiset<std::string> numbers;
  std::vector<std::thread> threads;
  for (int i = 0; i != 100; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j != 5; ++j) {
        auto const issued = client.IssueTicket({});
        ASSERT_TRUE(issued.ok()) << issued.status();
        MutexLock const lock(mu);
        numbers.insert(issued->ticket().number());
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(numbers, SizeIs(500));
  EXPECT_EQ(std::set(numbers.begin(), numbers.end()).size(), 500u);
}

}  // namespace
}  // namespace madoguchi::sdk
