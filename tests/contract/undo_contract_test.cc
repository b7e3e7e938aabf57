#include "tests/contract/ticket_store_contract.h"

// The part of the contract that is about the last step of a counter.
namespace madoguchi::testing {
namespace {

using namespace ticketing;

class Steps {
 public:
  explicit Steps(StoreCalls& calls) : calls_(calls) {}

  /// Settles a step of `counter` that may be taken back.
  UndoableStep Take(CounterId const& counter, Ticket const& before) {
    auto settlement = SettlementOf(MoveTo(before, TicketState::kCompleted),
                                   EventKind::kTicketCompleted);
    auto const now = Now(counter);
    auto after = now;
    ++after.version;
    settlement.counter = {now, after};
    UndoableStep const step{EventKind::kTicketCompleted, At(7), before,
                            settlement.ticket->after.version, after.version};
    settlement.undoable = step;
    EXPECT_THAT(calls_.Settle(settlement), IsOk());
    return step;
  }

  std::optional<UndoableStep> Of(CounterId const& counter,
                                 Hall const& hall = kHall) {
    LookQuery query;
    query.hall = hall;
    query.undo_at = counter;
    auto const view = calls_.Look(query);
    EXPECT_THAT(view, IsOk());
    return view.ok() ? view->undo : std::nullopt;
  }

  Counter Now(CounterId const& counter) {
    LookQuery query;
    query.hall = kHall;
    query.counters = {counter};
    return calls_.Look(query)->counters.at(0);
  }

 private:
  StoreCalls& calls_;
};

TEST_P(TicketStoreContract, TheLastStepOfACounterIsRemembered) {
  Steps steps(calls_);
  EXPECT_FALSE(steps.Of(kDesk));
  auto const step = steps.Take(kDesk, calls_.IssueTicket(kResidence, 0));
  EXPECT_EQ(steps.Of(kDesk), step);
  EXPECT_FALSE(steps.Of({"2"}));
}

TEST_P(TicketStoreContract, ANewStepTakesThePlaceOfTheOneBefore) {
  Steps steps(calls_);
  steps.Take(kDesk, calls_.IssueTicket(kResidence, 0));
  auto const elsewhere = steps.Take({"2"}, calls_.IssueTicket(kResidence, 1));
  auto const second = steps.Take(kDesk, calls_.IssueTicket(kTax, 2));
  EXPECT_EQ(steps.Of(kDesk), second);
  EXPECT_EQ(steps.Of({"2"}), elsewhere);
}

TEST_P(TicketStoreContract, AStepThatIsNotSettledIsNotRemembered) {
  Steps steps(calls_);
  auto const ticket = calls_.IssueTicket(kResidence, 0);
  auto settlement = SettlementOf(MoveTo(ticket, TicketState::kAbsent),
                                 EventKind::kTicketMarkedAbsent);
  settlement.counter = {OpenDesk(3), OpenDesk(4)};
  settlement.undoable =
      UndoableStep{EventKind::kTicketMarkedAbsent, At(7), ticket, 2, 4};
  ExpectAborted(settlement);
  EXPECT_FALSE(steps.Of(kDesk));
}

TEST_P(TicketStoreContract, OtherChangesOfACounterLeaveItsStep) {
  Steps steps(calls_);
  auto const step = steps.Take(kDesk, calls_.IssueTicket(kResidence, 0));
  Settlement pause;
  pause.request = NewRequest();
  pause.hall = kHall;
  auto const now = steps.Now(kDesk);
  auto paused = now;
  ++paused.version;
  paused.activity = CounterActivity::kPaused;
  paused.activity_reason = "lunch";
  paused.activity_since = At(9);
  pause.counter = {now, paused};
  ASSERT_THAT(calls_.Settle(pause), IsOk());
  // Its version tells that it can no longer be taken back.
  EXPECT_EQ(steps.Of(kDesk), step);
  EXPECT_EQ(steps.Now(kDesk), paused);
}

TEST_P(TicketStoreContract, AStepIsTakenBackOnItsOwnDayOnly) {
  Steps steps(calls_);
  steps.Take(kDesk, calls_.IssueTicket(kResidence, 0));
  ASSERT_THAT(calls_.Open(kNextHall), IsOk());
  EXPECT_FALSE(steps.Of(kDesk, kNextHall));
}

TEST_P(TicketStoreContract, AStepKeepsTheWholeTicketBefore) {
  auto ticket = calls_.IssueTicket(kResidence, 0);
  auto serving = MoveTo(ticket, TicketState::kServing);
  serving.after.note = "窓口 | 2 % ~";
  serving.after.next_services = {kTax};
  serving.after.queue = {"@1"};
  ASSERT_THAT(calls_.Settle(SettlementOf(serving, EventKind::kServingStarted)),
              IsOk());
  Steps steps(calls_);
  steps.Take(kDesk, serving.after);
  EXPECT_EQ(steps.Of(kDesk)->before, serving.after);
}

}  // namespace
}  // namespace madoguchi::testing
