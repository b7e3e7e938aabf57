#include "tests/integration/ticketing_house.h"
#include "tests/support/status_matchers.h"
#include <gtest/gtest.h>
#include <functional>
#include <map>
#include <string>
#include <utility>

// Each step that a counter must not take gets an error with a name, and changes
// nothing.
namespace madoguchi::testing {
namespace {

using namespace ticketing::v1;
using Stub = CounterService::Stub;

constexpr auto kAborted = absl::StatusCode::kAborted;
constexpr auto kExhausted = absl::StatusCode::kResourceExhausted;

std::string CounterName(std::string const& counter) {
  return "offices/honcho/counters/" + counter;
}

template <typename Request, typename Response>
using Method = grpc::Status (Stub::*)(grpc::ClientContext*, Request const&,
                                      Response*);

// Counter 2, 3 and 6 are open, 9 is closed; 6 does not serve `renew_self`
// alone, and 7 not at all.
class BadStepsTest : public ::testing::Test {
 protected:
  BadStepsTest() {
    for (auto const* counter : {"2", "3", "6"}) {
      auto const opened = Press(&Stub::OpenCounter, OpenOf(counter));
      EXPECT_THAT(opened, IsOk());
      if (opened.ok()) sessions_[counter] = opened->session();
    }
  }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Press(Method<Request, Response> method,
                                 Request const& request) {
    return Call(house_.at(0).counters, method, request);
  }

  template <typename Request>
  Request At(std::string const& counter) {
    Request request;
    request.set_counter(CounterName(counter));
    request.set_session(sessions_[counter]);
    request.set_request_id(sdk::NewRequestId());
    return request;
  }
  template <typename Request>
  Request On(Ticket const& ticket, std::string const& counter) {
    auto request = At<Request>(counter);
    request.set_ticket(ticket.name());
    return request;
  }

  Ticket Issue(std::string const& service = "renew_self") {
    auto const issued =
        Call(house_.at(0).tickets, &TicketService::Stub::IssueTicket,
             IssueOf(service));
    EXPECT_THAT(issued, IsOk());
    return issued.ok() ? issued->ticket() : Ticket();
  }
  Ticket Called(std::string const& counter) {
    auto const called =
        Press(&Stub::CallTicket, On<CallTicketRequest>(Issue(), counter));
    EXPECT_THAT(called, IsOk());
    return called.ok() ? called->ticket() : Ticket();
  }
  Ticket Serving(std::string const& counter) {
    auto const serving = Press(
        &Stub::StartServing, On<StartServingRequest>(Called(counter), counter));
    EXPECT_THAT(serving, IsOk());
    return serving.ok() ? serving->ticket() : Ticket();
  }
  Ticket Completed(std::string const& counter) {
    auto const completed =
        Press(&Stub::CompleteTicket,
              On<CompleteTicketRequest>(Serving(counter), counter));
    EXPECT_THAT(completed, IsOk());
    return completed.ok() ? completed->ticket() : Ticket();
  }
  void Pause(std::string const& counter) {
    auto pause = At<PauseCounterRequest>(counter);
    pause.set_reason("lunch");
    ASSERT_THAT(Press(&Stub::PauseCounter, pause), IsOk());
  }
  HoldTicketRequest HoldOf(Ticket const& ticket, std::string const& counter) {
    auto hold = On<HoldTicketRequest>(ticket, counter);
    hold.set_reason("form");
    return hold;
  }
  TransferTicketRequest TransferOf(Ticket const& ticket,
                                   std::string const& counter) {
    auto transfer = On<TransferTicketRequest>(ticket, counter);
    transfer.set_service("renew_proxy");
    return transfer;
  }

  // What every command at a counter refuses; `good` is one that it would not.
  template <typename Request, typename Response>
  void ExpectCounterErrors(Method<Request, Response> method,
                           Request const& good) {
    auto const press = [&](std::function<void(Request&)> const& change) {
      auto request = good;
      request.set_request_id(sdk::NewRequestId());
      change(request);
      return Press(method, request).status();
    };
    auto const before = house_.redis().DumpAll();
    EXPECT_THAT(press([](Request& r) { r.set_counter("counter 2"); }),
                IsError(kInvalid, "INVALID_NAME"));
    EXPECT_THAT(press([](Request& r) { r.set_request_id("1234"); }),
                IsError(kInvalid, "REQUEST_ID_INVALID"));
    EXPECT_THAT(press([&](Request& r) { r.set_request_id(used_id_); }),
                IsError(kInvalid, "REQUEST_ID_REUSED"));
    EXPECT_THAT(press([](Request& r) { r.set_counter(CounterName("99")); }),
                IsError(kNotFound, "COUNTER_NOT_FOUND"));
    EXPECT_THAT(press([](Request& r) {
                  r.set_counter("offices/nowhere/counters/2");
                  if constexpr (requires { r.ticket(); }) {
                    r.set_ticket("offices/nowhere/tickets/20261123-renew-0");
                  }
                }),
                IsError(kNotFound, "OFFICE_NOT_FOUND"));
    if constexpr (requires(Request & r) { r.set_session(1); }) {
      EXPECT_THAT(press([](Request& r) { r.set_counter(CounterName("9")); }),
                  IsError(kForbidden, "COUNTER_CLOSED"));
      EXPECT_THAT(press([](Request& r) { r.set_session(r.session() - 1); }),
                  IsError(kForbidden, "COUNTER_TAKEN_OVER"));
    }
    EXPECT_EQ(house_.redis().DumpAll(), before);
  }

  // The same, and what every command on a ticket refuses.
  template <typename Request, typename Response>
  void ExpectTicketErrors(Method<Request, Response> method,
                          Request const& good) {
    ExpectCounterErrors(method, good);
    auto const before = house_.redis().DumpAll();
    auto request = good;
    request.set_ticket("A101");
    EXPECT_THAT(Press(method, request), IsError(kInvalid, "INVALID_NAME"));
    request.set_ticket("offices/honcho/tickets/20261123-renew-00999");
    EXPECT_THAT(Press(method, request), IsError(kNotFound, "TICKET_NOT_FOUND"));
    request = good;
    request.set_expected_version(77);
    EXPECT_THAT(Press(method, request), IsError(kAborted, "TICKET_CHANGED"));
    EXPECT_EQ(house_.redis().DumpAll(), before);
  }

  // A press that is refused with `reason`, and changes nothing.
  template <typename Request, typename Response>
  void ExpectRefused(Method<Request, Response> method, Request const& request,
                     absl::StatusCode code, std::string const& reason) {
    auto const before = house_.redis().DumpAll();
    EXPECT_THAT(Press(method, request), IsError(code, reason));
    EXPECT_EQ(house_.redis().DumpAll(), before);
  }

  // Takes every number of a series of 100.
  void UseUp(std::string const& office) {
    for (int i = 0; i != 100; ++i) {
      auto issue = IssueOf("renew_proxy");
      issue.set_office("offices/" + office);
      ASSERT_THAT(
          Call(house_.at(0).tickets, &TicketService::Stub::IssueTicket, issue),
          IsOk());
    }
  }

  TicketingHouse house_{1};
  std::map<std::string, std::int64_t> sessions_;
  std::string const used_id_ = [&] {
    auto const issue = IssueOf("consult");
    EXPECT_THAT(
        Call(house_.at(0).tickets, &TicketService::Stub::IssueTicket, issue),
        IsOk());
    return issue.request_id();
  }();
};

TEST_F(BadStepsTest, ACallByNumber) {
  auto const waiting = Issue();
  ExpectTicketErrors(&Stub::CallTicket, On<CallTicketRequest>(waiting, "2"));
  ExpectRefused(&Stub::CallTicket, On<CallTicketRequest>(Completed("3"), "2"),
                kForbidden, "TICKET_NOT_CALLABLE");
  Called("3");
  ExpectRefused(&Stub::CallTicket, On<CallTicketRequest>(waiting, "3"),
                kForbidden, "COUNTER_BUSY");
  Pause("2");
  ExpectRefused(&Stub::CallTicket, On<CallTicketRequest>(waiting, "2"),
                kForbidden, "COUNTER_PAUSED");
}

TEST_F(BadStepsTest, ServiceOfAVisitorWithoutNumber) {
  auto visit = At<ServeVisitorRequest>("2");
  visit.set_service("consult");
  ExpectCounterErrors(&Stub::ServeVisitor, visit);
  auto bad = visit;
  bad.set_language("fr");
  ExpectRefused(&Stub::ServeVisitor, bad, kInvalid, "LANGUAGE_UNKNOWN");
  bad = visit;
  bad.set_service("haircut");
  ExpectRefused(&Stub::ServeVisitor, bad, kNotFound, "SERVICE_NOT_FOUND");
  bad = At<ServeVisitorRequest>("3");
  bad.set_service("renew_proxy");
  UseUp("honcho");
  ExpectRefused(&Stub::ServeVisitor, bad, kExhausted, "SERIES_EXHAUSTED");
  Called("3");
  ExpectRefused(&Stub::ServeVisitor, bad, kForbidden, "COUNTER_BUSY");
  Pause("2");
  ExpectRefused(&Stub::ServeVisitor, visit, kForbidden, "COUNTER_PAUSED");
}

TEST_F(BadStepsTest, AHold) {
  auto const serving = Serving("2");
  ExpectTicketErrors(&Stub::HoldTicket, HoldOf(serving, "2"));
  auto bad = HoldOf(serving, "2");
  bad.set_reason("Passwort vergessen");
  ExpectRefused(&Stub::HoldTicket, bad, kInvalid, "REASON_INVALID");
  bad = HoldOf(serving, "2");
  bad.mutable_duration()->set_seconds(120 * 60 + 1);
  ExpectRefused(&Stub::HoldTicket, bad, kInvalid, "HOLD_TOO_LONG");
  ExpectRefused(&Stub::HoldTicket, HoldOf(Called("3"), "3"), kForbidden,
                "TICKET_NOT_SERVING");
  ExpectRefused(&Stub::HoldTicket, HoldOf(serving, "3"), kForbidden,
                "TICKET_AT_OTHER_COUNTER");
}

TEST_F(BadStepsTest, TheEndOfAHold) {
  auto const held = Press(&Stub::HoldTicket, HoldOf(Serving("2"), "2"));
  ASSERT_THAT(held, IsOk());
  auto const& ticket = held->ticket();
  ExpectTicketErrors(&Stub::ResumeTicket, On<ResumeTicketRequest>(ticket, "2"));
  auto const waiting = Issue();
  ExpectRefused(&Stub::ResumeTicket, On<ResumeTicketRequest>(waiting, "2"),
                kForbidden, "TICKET_NOT_ON_HOLD");
  auto wait = On<ResumeTicketRequest>(waiting, "2");
  wait.set_wait(true);
  ExpectRefused(&Stub::ResumeTicket, wait, kForbidden, "TICKET_NOT_ON_HOLD");
  Called("3");
  ExpectRefused(&Stub::ResumeTicket, On<ResumeTicketRequest>(ticket, "3"),
                kForbidden, "COUNTER_BUSY");
  Pause("2");
  ExpectRefused(&Stub::ResumeTicket, On<ResumeTicketRequest>(ticket, "2"),
                kForbidden, "COUNTER_PAUSED");
}

TEST_F(BadStepsTest, ATransfer) {
  auto const waiting = Issue();
  auto const good = TransferOf(waiting, "2");
  ExpectTicketErrors(&Stub::TransferTicket, good);
  auto bad = good;
  bad.clear_service();
  ExpectRefused(&Stub::TransferTicket, bad, kInvalid, "TRANSFER_INVALID");
  bad = good;
  bad.set_to_counter(CounterName("3"));
  bad.set_to_office("offices/tobu");
  ExpectRefused(&Stub::TransferTicket, bad, kInvalid, "TRANSFER_INVALID");
  bad = good;
  bad.set_note("090-1234-56789");
  bad.set_note("09012345678");
  ExpectRefused(&Stub::TransferTicket, bad, kInvalid, "NOTE_INVALID");
  bad = good;
  bad.set_service("haircut");
  ExpectRefused(&Stub::TransferTicket, bad, kNotFound, "SERVICE_NOT_FOUND");
  bad = good;
  bad.set_to_counter(CounterName("99"));
  ExpectRefused(&Stub::TransferTicket, bad, kNotFound, "COUNTER_NOT_FOUND");
  bad = good;
  bad.set_to_office("offices/nowhere");
  ExpectRefused(&Stub::TransferTicket, bad, kNotFound, "OFFICE_NOT_FOUND");
  bad = good;
  bad.set_to_counter(CounterName("4"));
  ExpectRefused(&Stub::TransferTicket, bad, kForbidden, "TARGET_CLOSED");
  bad.set_to_counter(CounterName("6"));
  ExpectRefused(&Stub::TransferTicket, bad, kForbidden, "TARGET_SERVES_NOT");
  ExpectRefused(&Stub::TransferTicket, TransferOf(Completed("3"), "2"),
                kForbidden, "TICKET_NOT_TRANSFERABLE");
  ExpectRefused(&Stub::TransferTicket, TransferOf(Serving("3"), "2"),
                kForbidden, "TICKET_AT_OTHER_COUNTER");
}

TEST_F(BadStepsTest, ATransferToAnOfficeWithoutNumbers) {
  auto const waiting = Issue();
  UseUp("tobu");
  auto move = TransferOf(waiting, "2");
  move.set_to_office("offices/tobu");
  ExpectRefused(&Stub::TransferTicket, move, kExhausted, "SERIES_EXHAUSTED");
}

TEST_F(BadStepsTest, ADesignation) {
  auto const designate = [&](Ticket const& ticket, std::string const& counter) {
    DesignateTicketRequest request;
    request.set_ticket(ticket.name());
    request.set_counter(CounterName(counter));
    request.set_staff("chief");
    request.set_request_id(sdk::NewRequestId());
    return request;
  };
  auto const waiting = Issue();
  ExpectTicketErrors(&Stub::DesignateTicket, designate(waiting, "2"));
  auto bad = designate(waiting, "2");
  bad.set_staff("山田 花子");
  ExpectRefused(&Stub::DesignateTicket, bad, kInvalid, "STAFF_INVALID");
  ExpectRefused(&Stub::DesignateTicket, designate(Called("3"), "2"), kForbidden,
                "TICKET_NOT_WAITING");
  ExpectRefused(&Stub::DesignateTicket, designate(waiting, "4"), kForbidden,
                "TARGET_CLOSED");
  ExpectRefused(&Stub::DesignateTicket, designate(Issue("consult"), "6"),
                kForbidden, "TARGET_SERVES_NOT");
}

TEST_F(BadStepsTest, Assistance) {
  ExpectTicketErrors(&Stub::SetAssist, On<SetAssistRequest>(Issue(), "2"));
  ExpectRefused(&Stub::SetAssist, On<SetAssistRequest>(Completed("3"), "2"),
                kForbidden, "TICKET_ENDED");
}

TEST_F(BadStepsTest, ACorrection) {
  auto const waiting = Issue();
  ExpectTicketErrors(&Stub::EditTicket, On<EditTicketRequest>(waiting, "2"));
  for (auto const* language : {"fr", ""}) {
    auto bad = On<EditTicketRequest>(waiting, "2");
    bad.set_language(language);
    ExpectRefused(&Stub::EditTicket, bad, kInvalid, "LANGUAGE_UNKNOWN");
  }
  auto bad = On<EditTicketRequest>(waiting, "2");
  bad.set_note(std::string(81, 'a'));
  ExpectRefused(&Stub::EditTicket, bad, kInvalid, "NOTE_INVALID");
  bad = On<EditTicketRequest>(waiting, "2");
  bad.set_service("haircut");
  ExpectRefused(&Stub::EditTicket, bad, kNotFound, "SERVICE_NOT_FOUND");
  ExpectRefused(&Stub::EditTicket, On<EditTicketRequest>(Completed("3"), "2"),
                kForbidden, "TICKET_ENDED");
  auto to_counter = On<TransferTicketRequest>(waiting, "2");
  to_counter.set_to_counter(CounterName("3"));
  ASSERT_THAT(Press(&Stub::TransferTicket, to_counter), IsOk());
  bad.set_service("consult");
  ExpectRefused(&Stub::EditTicket, bad, kForbidden, "TARGET_SERVES_NOT");
}

TEST_F(BadStepsTest, AStepTakenBack) {
  ExpectCounterErrors(&Stub::UndoLastStep, At<UndoLastStepRequest>("2"));
  ExpectRefused(&Stub::UndoLastStep, At<UndoLastStepRequest>("2"), kForbidden,
                "NOTHING_TO_UNDO");
  Completed("2");
  Called("2");
  ExpectRefused(&Stub::UndoLastStep, At<UndoLastStepRequest>("2"), kForbidden,
                "NOTHING_TO_UNDO");
}

TEST_F(BadStepsTest, APauseAndItsEnd) {
  auto pause = At<PauseCounterRequest>("2");
  pause.set_reason("lunch");
  ExpectCounterErrors(&Stub::PauseCounter, pause);
  ExpectCounterErrors(&Stub::ResumeCounter, At<ResumeCounterRequest>("2"));
  auto bad = At<PauseCounterRequest>("2");
  bad.set_reason("");
  ExpectRefused(&Stub::PauseCounter, bad, kInvalid, "REASON_INVALID");
  ExpectRefused(&Stub::ResumeCounter, At<ResumeCounterRequest>("2"), kForbidden,
                "COUNTER_READY");
  Pause("2");
  bad = At<PauseCounterRequest>("2");
  bad.set_reason("lunch");
  ExpectRefused(&Stub::PauseCounter, bad, kForbidden, "COUNTER_PAUSED");
  ExpectRefused(&Stub::CallNextTicket, At<CallNextTicketRequest>("2"),
                kForbidden, "COUNTER_PAUSED");
  Called("3");
  bad = At<PauseCounterRequest>("3");
  bad.set_reason("lunch");
  ExpectRefused(&Stub::PauseCounter, bad, kForbidden, "COUNTER_BUSY");
}

TEST_F(BadStepsTest, ANumberThatNobodyHas) {
  FindTicketRequest find;
  find.set_office("honcho");
  find.set_number("101");
  ExpectRefused(&Stub::FindTicket, find, kInvalid, "INVALID_NAME");
  find.set_office("offices/nowhere");
  ExpectRefused(&Stub::FindTicket, find, kNotFound, "OFFICE_NOT_FOUND");
  find.set_office("offices/honcho");
  find.set_number("300");
  ExpectRefused(&Stub::FindTicket, find, kNotFound, "NUMBER_NOT_FOUND");
  ListCountersRequest list;
  list.set_office("honcho");
  ExpectRefused(&Stub::ListCounters, list, kInvalid, "INVALID_NAME");
  list.set_office("offices/nowhere");
  ExpectRefused(&Stub::ListCounters, list, kNotFound, "OFFICE_NOT_FOUND");
}

TEST_F(BadStepsTest, NoNewNumbersWhenTheStoreIsFull) {
  auto const waiting = Issue();
  house_.redis().Ask({"CONFIG", "SET", "maxmemory", "1"});
  auto visit = At<ServeVisitorRequest>("2");
  visit.set_service("consult");
  EXPECT_THAT(Press(&Stub::ServeVisitor, visit),
              IsError(kExhausted, "STORE_FULL"));
  auto move = TransferOf(waiting, "2");
  move.set_to_office("offices/tobu");
  EXPECT_THAT(Press(&Stub::TransferTicket, move),
              IsError(kExhausted, "STORE_FULL"));
  house_.redis().Ask({"CONFIG", "SET", "maxmemory", "0"});
}

}  // namespace
}  // namespace madoguchi::testing
