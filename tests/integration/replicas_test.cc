#include "tests/integration/ticketing_house.h"
#include "tests/support/status_matchers.h"
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <future>
#include <set>
#include <thread>

// Two replicas on one Redis are one house.
namespace madoguchi::testing {
namespace {

using ticketing::v1::CallReason;
using ticketing::v1::CounterService;
using ticketing::v1::Ticket;
using ticketing::v1::TicketService;

class ReplicasTest : public ::testing::Test {
 protected:
  absl::StatusOr<ticketing::v1::IssueTicketResponse> Issue(
      int replica, ticketing::v1::IssueTicketRequest const& request) {
    return Call(house_.at(replica).tickets, &TicketService::Stub::IssueTicket,
                request);
  }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Press(
      int replica,
      grpc::Status (CounterService::Stub::*method)(grpc::ClientContext*,
                                                   Request const&, Response*),
      Request const& request) {
    return Call(house_.at(replica).counters, method, request);
  }

  // A command on a ticket at counter 2.
  template <typename Request>
  static Request On(Ticket const& ticket, std::int64_t session) {
    Request request;
    request.set_ticket(ticket.name());
    request.set_counter("offices/honcho/counters/2");
    request.set_session(session);
    request.set_expected_version(ticket.version());
    request.set_request_id(sdk::NewRequestId());
    return request;
  }

  TicketingHouse house_{2};
};

TEST_F(ReplicasTest, AVisitGoesOnAtEitherReplica) {
  using Stub = CounterService::Stub;
  auto const issued = Issue(0, IssueOf("renew_self"));
  ASSERT_THAT(issued, IsOk());
  EXPECT_EQ(issued->ticket().number(), "101");
  EXPECT_EQ(issued->ticket().state(), Ticket::WAITING);
  EXPECT_EQ(issued->ticket().language(), "ja");

  auto const opened = Press(1, &Stub::OpenCounter, OpenOf("2"));
  ASSERT_THAT(opened, IsOk());
  auto const session = opened->session();
  auto const called = Press(0, &Stub::CallNextTicket, CallNextOf("2", session));
  ASSERT_THAT(called, IsOk());
  EXPECT_EQ(called->ticket().name(), issued->ticket().name());
  EXPECT_EQ(called->reason().code(), CallReason::ONLY_SERVICE_WAITING);
  EXPECT_FALSE(called->reason().text().ja().empty());

  auto const started =
      Press(1, &Stub::StartServing,
            On<ticketing::v1::StartServingRequest>(called->ticket(), session));
  ASSERT_THAT(started, IsOk());
  EXPECT_EQ(started->ticket().state(), Ticket::SERVING);
  // What the clerk saw is no longer so.
  EXPECT_THAT(Press(0, &Stub::CompleteTicket,
                    On<ticketing::v1::CompleteTicketRequest>(called->ticket(),
                                                             session)),
              IsError(absl::StatusCode::kAborted, "TICKET_CHANGED"));
  auto const completed = Press(
      0, &Stub::CompleteTicket,
      On<ticketing::v1::CompleteTicketRequest>(started->ticket(), session));
  ASSERT_THAT(completed, IsOk());
  EXPECT_EQ(completed->ticket().state(), Ticket::COMPLETED);
  EXPECT_EQ(completed->ticket().outcome(), "done");
  EXPECT_EQ(completed->ticket().version(), 4);

  auto const nobody = Press(1, &Stub::CallNextTicket, CallNextOf("2", session));
  ASSERT_THAT(nobody, IsOk());
  EXPECT_FALSE(nobody->has_ticket());
  EXPECT_EQ(nobody->reason().code(), CallReason::NOBODY_WAITS);
}

TEST_F(ReplicasTest, ARepeatAtTheOtherReplicaGetsTheSameAnswer) {
  using Stub = CounterService::Stub;
  auto const request = IssueOf("renew_self");
  auto const first = Issue(0, request);
  ASSERT_THAT(first, IsOk());
  auto const again = Issue(1, request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(first->SerializeAsString(), again->SerializeAsString());

  auto const session = Press(0, &Stub::OpenCounter, OpenOf("2"))->session();
  auto const press = CallNextOf("2", session);
  auto const called = Press(0, &Stub::CallNextTicket, press);
  ASSERT_THAT(called, IsOk());
  ASSERT_THAT(
      Press(1, &Stub::StartServing,
            On<ticketing::v1::StartServingRequest>(called->ticket(), session)),
      IsOk());
  // The ticket has moved on; the answer to the press has not.
  auto const repeated = Press(1, &Stub::CallNextTicket, press);
  ASSERT_THAT(repeated, IsOk());
  EXPECT_EQ(called->SerializeAsString(), repeated->SerializeAsString());
}

TEST_F(ReplicasTest, BothCopiesOfAPressInFlightIssueOneTicket) {
  std::set<std::string> names;
  for (int round = 0; round != 30; ++round) {
    auto const request = IssueOf("renew_self");
    absl::StatusOr<ticketing::v1::IssueTicketResponse> one;
    absl::StatusOr<ticketing::v1::IssueTicketResponse> other;
    std::thread thread([&] { one = Issue(0, request); });
    other = Issue(1, request);
    thread.join();
    ASSERT_THAT(one, IsOk());
    ASSERT_THAT(other, IsOk());
    EXPECT_EQ(one->SerializeAsString(), other->SerializeAsString());
    names.insert(one->ticket().name());
  }
  EXPECT_EQ(names.size(), 30U);
}

TEST_F(ReplicasTest, AnAbsentVisitorComesBackAndIsCalledAgain) {
  using Stub = CounterService::Stub;
  ASSERT_THAT(Issue(0, IssueOf("renew_self")), IsOk());
  auto const session = Press(0, &Stub::OpenCounter, OpenOf("2"))->session();
  auto ticket =
      Press(0, &Stub::CallNextTicket, CallNextOf("2", session))->ticket();
  auto absent = Press(0, &Stub::MarkAbsent,
                      On<ticketing::v1::MarkAbsentRequest>(ticket, session));
  // The office may ask for recalls first.
  while (GetErrorInfo(absent.status()).reason == "RECALL_REQUIRED") {
    auto const recalled =
        Press(1, &Stub::RecallTicket,
              On<ticketing::v1::RecallTicketRequest>(ticket, session));
    if (GetErrorInfo(recalled.status()).reason == "RECALL_TOO_SOON") return;
    ASSERT_THAT(recalled, IsOk());
    ticket = recalled->ticket();
    absent = Press(0, &Stub::MarkAbsent,
                   On<ticketing::v1::MarkAbsentRequest>(ticket, session));
  }
  ASSERT_THAT(absent, IsOk());
  EXPECT_EQ(absent->ticket().state(), Ticket::ABSENT);
  auto const returned =
      Press(1, &Stub::ReturnTicket,
            On<ticketing::v1::ReturnTicketRequest>(absent->ticket(), session));
  ASSERT_THAT(returned, IsOk());
  EXPECT_EQ(returned->ticket().state(), Ticket::WAITING);
  EXPECT_EQ(Press(1, &Stub::CallNextTicket, CallNextOf("2", session))
                ->ticket()
                .name(),
            ticket.name());
}

TEST_F(ReplicasTest, ATakenOverCounterKeepsItsTicket) {
  using Stub = CounterService::Stub;
  ASSERT_THAT(Issue(0, IssueOf("renew_self")), IsOk());
  auto const first = Press(0, &Stub::OpenCounter, OpenOf("2"))->session();
  auto const ticket =
      Press(0, &Stub::CallNextTicket, CallNextOf("2", first))->ticket();
  auto take_over = OpenOf("2");
  take_over.set_staff("taro");
  take_over.set_take_over(true);
  auto const second = Press(1, &Stub::OpenCounter, take_over);
  ASSERT_THAT(second, IsOk());
  EXPECT_GT(second->session(), first);
  EXPECT_EQ(second->ticket().name(), ticket.name());
  EXPECT_THAT(
      Press(0, &Stub::StartServing,
            On<ticketing::v1::StartServingRequest>(ticket, first)),
      IsError(absl::StatusCode::kFailedPrecondition, "COUNTER_TAKEN_OVER"));
  EXPECT_THAT(
      Press(0, &Stub::StartServing,
            On<ticketing::v1::StartServingRequest>(ticket, second->session())),
      IsOk());
}

TEST_F(ReplicasTest, ListsTheDayPageByPage) {
  std::vector<std::string> issued;
  for (int i = 0; i != 7; ++i) {
    issued.push_back(Issue(i % 2, IssueOf("renew_self"))->ticket().name());
  }
  std::vector<std::string> listed;
  ticketing::v1::ListTicketsRequest request;
  request.set_office("offices/honcho");
  request.set_page_size(3);
  do {
    auto const page = Press(0, &CounterService::Stub::ListTickets, request);
    ASSERT_THAT(page, IsOk());
    for (auto const& ticket : page->tickets()) listed.push_back(ticket.name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(listed, issued);
}

TEST_F(ReplicasTest, AStoppedReplicaFinishesWhatItHasAndEndsInOrder) {
  ASSERT_THAT(Issue(0, IssueOf("renew_self")), IsOk());
  EXPECT_TRUE(house_.server(0).Stop(std::chrono::seconds(20)));
  EXPECT_EQ(Issue(1, IssueOf("renew_self"))->ticket().number(), "102");
  ASSERT_THAT(house_.server(0).Restart(), IsOk());
  EXPECT_EQ(Issue(0, IssueOf("renew_self"))->ticket().number(), "103");
}

// What a stock health probe gets: `grpc.health.v1.Health/Check` by its bytes,
// for no package ships its proto. 1 is SERVING.
std::string CheckHealth(std::string const& address,
                        std::string const& service) {
  grpc::GenericStub stub(
      grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  std::string const field(1, '\x0a');
  grpc::Slice const slice(field + static_cast<char>(service.size()) + service);
  grpc::ByteBuffer const request(&slice, 1);
  grpc::ByteBuffer response;
  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  std::promise<grpc::Status> answered;
  stub.UnaryCall(&context, "/grpc.health.v1.Health/Check", {}, &request,
                 &response,
                 [&](grpc::Status status) { answered.set_value(status); });
  auto const status = answered.get_future().get();
  if (!status.ok()) return status.error_message();
  grpc::Slice bytes;
  EXPECT_TRUE(response.DumpToSingleSlice(&bytes).ok());
  return {bytes.begin(), bytes.end()};
}

TEST_F(ReplicasTest, StockHealthProbesSeeThatItLivesAndIsReady) {
  auto const address = house_.server(0).address();
  std::string const serving = "\x08\x01";
  EXPECT_EQ(CheckHealth(address, ""), serving);
  EXPECT_EQ(CheckHealth(address, "live"), serving);
  EXPECT_EQ(CheckHealth(address, "ready"), serving);
  house_.redis().Kill();
  std::string const not_serving = "\x08\x02";
  auto const limit =
      std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (CheckHealth(address, "ready") == serving &&
         std::chrono::steady_clock::now() < limit) {
  }
  EXPECT_EQ(CheckHealth(address, "ready"), not_serving);
  EXPECT_EQ(CheckHealth(address, "live"), serving);
}

}  // namespace
}  // namespace madoguchi::testing
