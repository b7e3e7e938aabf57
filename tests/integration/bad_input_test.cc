#include "tests/integration/ticketing_house.h"
#include "tests/support/child_process.h"
#include "tests/support/status_matchers.h"
#include <gtest/gtest.h>
#include <chrono>
#include <string>

// Each bad input gets an error with a name, and changes nothing.
namespace madoguchi::testing {
namespace {

using ticketing::v1::CounterService;
using ticketing::v1::DisplayService;
using ticketing::v1::TicketService;

class BadInputTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { house_ = new TicketingHouse(1); }
  static void TearDownTestSuite() {
    delete house_;
    house_ = nullptr;
  }

  // The server opens the day by itself, which is no answer to an input.
  void SetUp() override {
    auto const limit =
        std::chrono::steady_clock::now() + std::chrono::seconds(20);
    do {
      before_ = house_->redis().DumpAll();
    } while ((before_.find(":honcho:log") == std::string::npos ||
              before_.find(":tobu:log") == std::string::npos) &&
             std::chrono::steady_clock::now() < limit);
  }
  void TearDown() override {
    if (nothing_changes_) {
      EXPECT_EQ(house_->redis().DumpAll(), before_);
    }
  }

  ReplicaStubs& replica() { return house_->at(0); }

  absl::StatusOr<ticketing::v1::IssueTicketResponse> Issue(
      ticketing::v1::IssueTicketRequest const& request) {
    return Call(replica().tickets, &TicketService::Stub::IssueTicket, request);
  }
  absl::StatusOr<ticketing::v1::OpenCounterResponse> Open(
      ticketing::v1::OpenCounterRequest const& request) {
    return Call(replica().counters, &CounterService::Stub::OpenCounter,
                request);
  }
  absl::StatusOr<ticketing::v1::CallNextTicketResponse> CallNext(
      ticketing::v1::CallNextTicketRequest const& request) {
    return Call(replica().counters, &CounterService::Stub::CallNextTicket,
                request);
  }

  static TicketingHouse* house_;
  std::string before_;
  bool nothing_changes_ = true;
};

TicketingHouse* BadInputTest::house_ = nullptr;

TEST_F(BadInputTest, AnUnknownOfficeServiceOrCounterIsNamed) {
  auto issue = IssueOf("renew_self");
  issue.set_office("offices/nowhere");
  EXPECT_THAT(Issue(issue), IsError(kNotFound, "OFFICE_NOT_FOUND"));
  EXPECT_THAT(Issue(IssueOf("haircut")),
              IsError(kNotFound, "SERVICE_NOT_FOUND"));
  EXPECT_THAT(Open(OpenOf("99")), IsError(kNotFound, "COUNTER_NOT_FOUND"));
  EXPECT_THAT(CallNext(CallNextOf("99", 0)),
              IsError(kNotFound, "COUNTER_NOT_FOUND"));
  ticketing::v1::ListServicesRequest list;
  list.set_office("offices/nowhere");
  EXPECT_THAT(Call(replica().tickets, &TicketService::Stub::ListServices, list),
              IsError(kNotFound, "OFFICE_NOT_FOUND"));
}

TEST_F(BadInputTest, AnEmptyOverlongOrNonUuidRequestIdIsRefused) {
  for (auto const& id :
       {std::string(), std::string(100'000, 'a'), std::string("1234"),
        std::string("g0000000-0000-4000-8000-000000000000"),
        std::string("00000000000040008000000000000000")}) {
    auto issue = IssueOf("renew_self");
    issue.set_request_id(id);
    EXPECT_THAT(Issue(issue), IsError(kInvalid, "REQUEST_ID_INVALID"));
    auto open = OpenOf("2");
    open.set_request_id(id);
    EXPECT_THAT(Open(open), IsError(kInvalid, "REQUEST_ID_INVALID"));
    auto call = CallNextOf("2", 0);
    call.set_request_id(id);
    EXPECT_THAT(CallNext(call), IsError(kInvalid, "REQUEST_ID_INVALID"));
  }
}

TEST_F(BadInputTest, NamesLanguagesAndStaffHaveAForm) {
  auto issue = IssueOf("renew_self");
  issue.set_office("honcho");
  EXPECT_THAT(Issue(issue), IsError(kInvalid, "INVALID_NAME"));
  issue = IssueOf("renew_self");
  issue.set_language("fr");
  EXPECT_THAT(Issue(issue), IsError(kInvalid, "LANGUAGE_UNKNOWN"));
  auto open = OpenOf("2");
  open.set_staff("山田 花子");
  EXPECT_THAT(Open(open), IsError(kInvalid, "STAFF_INVALID"));
  ticketing::v1::ListTicketsRequest list;
  list.set_office("offices/honcho");
  list.set_page_token("no such");
  EXPECT_THAT(
      Call(replica().counters, &CounterService::Stub::ListTickets, list),
      IsError(kInvalid, "PAGE_TOKEN_INVALID"));
}

TEST_F(BadInputTest, AnIdReusedForAnotherCommandIsRefused) {
  nothing_changes_ = false;
  auto const issue = IssueOf("renew_self");
  ASSERT_THAT(Issue(issue), IsOk());
  auto const before = house_->redis().DumpAll();
  auto other = IssueOf("consult");
  other.set_request_id(issue.request_id());
  EXPECT_THAT(Issue(other), IsError(kInvalid, "REQUEST_ID_REUSED"));
  auto open = OpenOf("3");
  open.set_request_id(issue.request_id());
  EXPECT_THAT(Open(open), IsError(kInvalid, "REQUEST_ID_REUSED"));
  EXPECT_EQ(house_->redis().DumpAll(), before);
}

TEST_F(BadInputTest, ABusyCounterAndASecondTerminalAreRefused) {
  nothing_changes_ = false;
  ASSERT_THAT(Issue(IssueOf("renew_self")), IsOk());
  ASSERT_THAT(Issue(IssueOf("renew_self")), IsOk());
  auto const session = Open(OpenOf("2"));
  ASSERT_THAT(session, IsOk());
  ASSERT_THAT(CallNext(CallNextOf("2", session->session())), IsOk());

  auto const before = house_->redis().DumpAll();
  EXPECT_THAT(CallNext(CallNextOf("2", session->session())),
              IsError(kForbidden, "COUNTER_BUSY"));
  EXPECT_THAT(Open(OpenOf("2")), IsError(kForbidden, "COUNTER_ALREADY_OPEN"));
  EXPECT_THAT(CallNext(CallNextOf("2", session->session() - 1)),
              IsError(kForbidden, "COUNTER_TAKEN_OVER"));
  EXPECT_THAT(CallNext(CallNextOf("5", 0)),
              IsError(kForbidden, "COUNTER_CLOSED"));
  EXPECT_EQ(house_->redis().DumpAll(), before);
}

TEST_F(BadInputTest, ATicketOpensOnlyWithItsOwnLink) {
  nothing_changes_ = false;
  auto const issued = Issue(IssueOf("renew_self"));
  ASSERT_THAT(issued, IsOk());
  auto const before = house_->redis().DumpAll();
  ticketing::v1::GetTicketRequest get;
  get.set_name(issued->ticket().name());
  get.set_link_token("00000000000000000000000000000000");
  EXPECT_THAT(Call(replica().tickets, &TicketService::Stub::GetTicket, get),
              IsError(absl::StatusCode::kPermissionDenied, "LINK_TOKEN_WRONG"));
  ticketing::v1::CancelTicketRequest cancel;
  cancel.set_name(issued->ticket().name());
  cancel.set_request_id(sdk::NewRequestId());
  EXPECT_THAT(
      Call(replica().tickets, &TicketService::Stub::CancelTicket, cancel),
      IsError(absl::StatusCode::kPermissionDenied, "LINK_TOKEN_WRONG"));
  EXPECT_EQ(house_->redis().DumpAll(), before);
  get.set_link_token(issued->link_token());
  EXPECT_THAT(Call(replica().tickets, &TicketService::Stub::GetTicket, get),
              IsOk());
}

TEST_F(BadInputTest, AWatchOfNoOfficeEndsWithItsReason) {
  ticketing::v1::WatchOfficeRequest request;
  for (auto const& [office, code, reason] :
       {std::tuple("offices/nowhere", kNotFound, "OFFICE_NOT_FOUND"),
        std::tuple("nowhere", kInvalid, "INVALID_NAME")}) {
    request.set_office(office);
    grpc::ClientContext context;
    auto const reader = replica().displays->WatchOffice(&context, request);
    ticketing::v1::OfficeUpdate update;
    EXPECT_FALSE(reader->Read(&update));
    EXPECT_THAT(sdk::FromGrpcStatus(reader->Finish()), IsError(code, reason));
  }
}

// The exit code and the one line of a server that cannot start.
std::string FailedStart(std::vector<std::string> const& command) {
  auto child = ChildProcess::Start({command, {}, {}});
  EXPECT_THAT(child, IsOk());
  auto const line =
      (*child)->WaitForLine("ticketing:", std::chrono::seconds(20));
  EXPECT_THAT(line, IsOk());
  EXPECT_FALSE((*child)->Stop(std::chrono::seconds(5)));
  return line.value_or("");
}

TEST_F(BadInputTest, APortAlreadyTakenIsSaidInOneLine) {
  auto const taken = house_->server(0).address();
  EXPECT_EQ(FailedStart(house_->Command(taken, {})),
            "ticketing: Cannot listen on " + taken +
                ": the port is taken or not ours. Stop the other program or "
                "choose another --listen.");
  EXPECT_NE(
      FailedStart(house_->Command("127.0.0.1:0", {"--metrics_listen", taken}))
          .find("for metrics: the port is taken"),
      std::string::npos);
}

TEST_F(BadInputTest, WrongFlagsAreSaidInOneLine) {
  EXPECT_EQ(FailedStart(house_->Command("127.0.0.1:0", {"--clock", "lunar"})),
            "ticketing: --clock is system or scaled.");
  EXPECT_EQ(
      FailedStart(house_->Command("127.0.0.1:0", {"--durability", "some"})),
      "ticketing: --durability is strict or relaxed.");
  EXPECT_NE(FailedStart(
                house_->Command("127.0.0.1:0", {"--settings", "no/such/file"}))
                .find("no/such/file"),
            std::string::npos);
}

}  // namespace
}  // namespace madoguchi::testing
