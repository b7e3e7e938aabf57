#include "clients/counter_terminal/clerk.h"
#include "services/base/error.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <deque>
#include <string>
#include <vector>

namespace madoguchi::counter_terminal {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ticketing::v1::Ticket;

absl::Status Refused(std::string const& reason) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason, {reason, {}});
}

/// Answers with one ticket, after the failures it is told to make first.
class FakeCalls : public CounterCalls {
 public:
  std::deque<absl::Status> failures;
  std::vector<std::string> sent;
  std::vector<std::string> ids;
  std::vector<Ticket> listed;
  Ticket ticket;
  bool nobody_waits = false;
  bool held_at_opening = false;
  std::string outcome;
  bool take_over = false;

  absl::StatusOr<ticketing::v1::OpenCounterResponse> OpenCounter(
      ticketing::v1::OpenCounterRequest const& request) override {
    take_over = request.take_over();
    ticketing::v1::OpenCounterResponse response;
    response.set_session(7);
    if (held_at_opening) *response.mutable_ticket() = ticket;
    return Answer("open", request, response);
  }
  absl::StatusOr<ticketing::v1::CloseCounterResponse> CloseCounter(
      ticketing::v1::CloseCounterRequest const& request) override {
    return Answer("close", request, ticketing::v1::CloseCounterResponse());
  }
  absl::StatusOr<ticketing::v1::CallNextTicketResponse> CallNextTicket(
      ticketing::v1::CallNextTicketRequest const& request) override {
    ticketing::v1::CallNextTicketResponse response;
    ticket.set_state(Ticket::CALLED);
    if (!nobody_waits) *response.mutable_ticket() = ticket;
    response.mutable_reason()->mutable_text()->set_ja("理由");
    return Answer("call", request, response);
  }
  absl::StatusOr<ticketing::v1::RecallTicketResponse> RecallTicket(
      ticketing::v1::RecallTicketRequest const& request) override {
    return Move<ticketing::v1::RecallTicketResponse>("recall", request,
                                                     Ticket::CALLED);
  }
  absl::StatusOr<ticketing::v1::StartServingResponse> StartServing(
      ticketing::v1::StartServingRequest const& request) override {
    return Move<ticketing::v1::StartServingResponse>("start", request,
                                                     Ticket::SERVING);
  }
  absl::StatusOr<ticketing::v1::CompleteTicketResponse> CompleteTicket(
      ticketing::v1::CompleteTicketRequest const& request) override {
    outcome = request.outcome();
    return Move<ticketing::v1::CompleteTicketResponse>("complete", request,
                                                       Ticket::COMPLETED);
  }
  absl::StatusOr<ticketing::v1::MarkAbsentResponse> MarkAbsent(
      ticketing::v1::MarkAbsentRequest const& request) override {
    return Move<ticketing::v1::MarkAbsentResponse>("absent", request,
                                                   Ticket::ABSENT);
  }
  absl::StatusOr<ticketing::v1::ReturnTicketResponse> ReturnTicket(
      ticketing::v1::ReturnTicketRequest const& request) override {
    return Move<ticketing::v1::ReturnTicketResponse>(
        "return " + request.ticket(), request, Ticket::WAITING);
  }
  absl::StatusOr<ticketing::v1::ListTicketsResponse> ListTickets(
      ticketing::v1::ListTicketsRequest const& request) override {
    // A page holds one ticket, so that whoever reads only the first is caught.
    ticketing::v1::ListTicketsResponse response;
    std::size_t const page =
        request.page_token().empty() ? 0 : std::stoul(request.page_token());
    if (page < listed.size()) *response.add_tickets() = listed[page];
    if (page + 1 < listed.size()) {
      response.set_next_page_token(std::to_string(page + 1));
    }
    return response;
  }

 private:
  template <typename Request, typename Response>
  absl::StatusOr<Response> Answer(std::string const& what,
                                  Request const& request,
                                  Response const& response) {
    sent.push_back(what);
    ids.push_back(request.request_id());
    if (failures.empty()) return response;
    auto const failure = failures.front();
    failures.pop_front();
    if (failure.ok()) return response;
    return failure;
  }
  template <typename Response, typename Request>
  absl::StatusOr<Response> Move(std::string const& what, Request const& request,
                                Ticket::State state) {
    Response response;
    *response.mutable_ticket() = ticket;
    response.mutable_ticket()->set_state(state);
    return Answer(what, request, response);
  }
};

class ClerkTest : public ::testing::Test {
 protected:
  ClerkTest() {
    calls_.ticket.set_name("offices/honcho/tickets/t1");
    calls_.ticket.set_number("101");
    calls_.ticket.set_counter("offices/honcho/counters/2");
  }

  void Press(std::string const& typed) { clerk_.Do(*ReadPress(typed)); }

  FakeCalls calls_;
  std::vector<std::string> said_;
  std::vector<std::string> printed_;
  std::deque<std::string> answers_;
  Clerk clerk_{calls_,
               "offices/honcho",
               "2",
               "hana",
               absl::UTCTimeZone(),
               {[this](Sentence const& s) { said_.push_back(s.en); },
                [this](std::string const& line) { printed_.push_back(line); },
                [this]() -> std::optional<std::string> {
                  if (answers_.empty()) return std::nullopt;
                  auto const answer = answers_.front();
                  answers_.pop_front();
                  return answer;
                },
                [] { return false; }}};
};

TEST_F(ClerkTest, AVisitFromOpeningToClosing) {
  clerk_.Open();
  for (auto const* const key : {"n", "r", "s", "c issued"}) Press(key);
  EXPECT_FALSE(clerk_.Do({Command::kQuit, ""}));
  EXPECT_THAT(calls_.sent, ElementsAre("open", "call", "recall", "start",
                                       "complete", "close"));
  EXPECT_EQ(calls_.outcome, "issued");
  EXPECT_FALSE(clerk_.desk().open);
  EXPECT_THAT(said_, Contains("Ticket 101 was called."));
}

TEST_F(ClerkTest, WhatMakesNoSenseIsNotSent) {
  clerk_.Open();
  for (auto const* const key : {"r", "s", "c", "a", "t"}) Press(key);
  EXPECT_THAT(calls_.sent, ElementsAre("open"));
  Press("n");
  for (auto const* const key : {"n", "c", "q"}) Press(key);
  EXPECT_THAT(calls_.sent, ElementsAre("open", "call"));
}

TEST_F(ClerkTest, AnUnknownOutcomeIsAskedForAgainWithTheSameId) {
  clerk_.Open();
  calls_.failures = {absl::UnavailableError(""),
                     absl::DeadlineExceededError("")};
  Press("n");
  ASSERT_THAT(calls_.ids, SizeIs(4));
  EXPECT_EQ(calls_.ids[1], calls_.ids[2]);
  EXPECT_EQ(calls_.ids[1], calls_.ids[3]);
  EXPECT_NE(calls_.ids[0], calls_.ids[1]);
  EXPECT_TRUE(clerk_.desk().ticket);
  EXPECT_THAT(said_, Contains(texts::kOutcomeUnknown.en).Times(1));
}

TEST_F(ClerkTest, ACounterInUseIsTakenOverOnlyIfTheClerkAgrees) {
  calls_.failures = {Refused("COUNTER_ALREADY_OPEN")};
  answers_ = {"n"};
  clerk_.Open();
  EXPECT_FALSE(clerk_.desk().open);

  calls_.failures = {Refused("COUNTER_ALREADY_OPEN")};
  calls_.held_at_opening = true;
  calls_.ticket.set_state(Ticket::SERVING);
  answers_ = {"y"};
  clerk_.Open();
  EXPECT_TRUE(clerk_.desk().open);
  EXPECT_TRUE(calls_.take_over);
  EXPECT_EQ(clerk_.desk().ticket->number(), "101");
}

TEST_F(ClerkTest, NobodyWaitingIsAnAnswerWithItsReason) {
  clerk_.Open();
  calls_.nobody_waits = true;
  Press("n");
  EXPECT_FALSE(clerk_.desk().ticket);
}

TEST_F(ClerkTest, ATakenCounterIsNoLongerActedOn) {
  clerk_.Open();
  Press("n");
  calls_.failures = {Refused("COUNTER_TAKEN_OVER")};
  Press("s");
  EXPECT_TRUE(clerk_.desk().taken_over);
  Press("n");
  EXPECT_THAT(calls_.sent, ElementsAre("open", "call", "start"));
  Press("t");
  EXPECT_TRUE(clerk_.desk().open);
  EXPECT_FALSE(clerk_.desk().taken_over);
}

TEST_F(ClerkTest, AChangedTicketIsLookedAtAgain) {
  clerk_.Open();
  Press("n");
  Ticket elsewhere;
  elsewhere.set_counter("offices/honcho/counters/3");
  auto serving = calls_.ticket;
  serving.set_state(Ticket::SERVING);
  calls_.listed = {elsewhere, serving};
  calls_.failures = {Refused("TICKET_CHANGED")};
  Press("r");
  EXPECT_EQ(clerk_.desk().ticket->state(), Ticket::SERVING);
  calls_.listed = {elsewhere};
  calls_.failures = {Refused("TICKET_NOT_SERVING")};
  Press("c");
  EXPECT_FALSE(clerk_.desk().ticket);
}

TEST_F(ClerkTest, ARefusalThatChangesNothingKeepsTheTicket) {
  clerk_.Open();
  Press("n");
  calls_.failures = {Refused("RECALL_REQUIRED")};
  Press("a");
  EXPECT_EQ(clerk_.desk().ticket->state(), Ticket::CALLED);
}

TEST_F(ClerkTest, AnAbsentVisitorIsLetBackByNumber) {
  clerk_.Open();
  Press("b");
  EXPECT_THAT(said_, Contains(texts::kNobodyAbsent.en));
  auto absent = calls_.ticket;
  absent.set_state(Ticket::ABSENT);
  auto other = absent;
  other.set_number("102");
  other.set_name("offices/honcho/tickets/t2");
  calls_.listed = {absent, other};
  answers_ = {" 102"};
  Press("b");
  EXPECT_THAT(printed_, SizeIs(2));
  Press("b 101");
  Press("b 999");
  EXPECT_THAT(calls_.sent,
              ElementsAre("open", "return offices/honcho/tickets/t2",
                          "return offices/honcho/tickets/t1"));
  EXPECT_EQ(said_.back(), texts::kNoSuchAbsent.en);
}

TEST_F(ClerkTest, AnOutcomeIsAskedForWhenTheClerkWantsToNameOne) {
  clerk_.Open();
  Press("n");
  Press("s");
  answers_ = {"no_documents"};
  Press("C");
  EXPECT_EQ(calls_.outcome, "no_documents");
}

TEST_F(ClerkTest, AClosedDoorDoesNotKeepTheClerkIn) {
  clerk_.Open();
  calls_.failures = {Refused("COUNTER_TAKEN_OVER")};
  EXPECT_FALSE(clerk_.Do({Command::kQuit, ""}));
}

}  // namespace
}  // namespace madoguchi::counter_terminal
