#include "tests/robustness/checker.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace madoguchi::robustness {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::IsEmpty;
using ticketing::EventKind;
using ticketing::TicketState;

// Counter 1 serves both services, counter 2 `renew` alone. Numbers of `a` begin
// again after 10.
Office TestOffice() {
  Office office;
  office.id = {"hall"};
  office.series = {{{"a"}, "A", 1, 10}, {{"b"}, "B", 1, 100}};
  office.services = {
      {{"renew"}, {}, {"a"}, std::chrono::minutes(10), std::chrono::minutes(9)},
      {{"reset"}, {}, {"b"}, std::chrono::minutes(10), std::chrono::minutes(9)},
  };
  office.counters = {
      {{"1"}, {}, {{{"renew"}}, {{"reset"}}}},
      {{"2"}, {}, {{{"renew"}}}},
  };
  office.call_policy.overtaking_limit = 3;
  return office;
}

Office CarryingOffice() {
  auto office = TestOffice();
  office.day_end = DayEnd::kCarryOver;
  return office;
}

// Tells a run in which all goes well, a press after the other, as a record.
class Story {
 public:
  Record record;
  // Where the next ticket waits, if not for its service.
  std::string queue;
  // Why the next event happens.
  std::string reason;
  // The place of the next event's ticket is better by so much.
  std::int64_t better = 0;

  explicit Story(Office office = TestOffice()) : office_(std::move(office)) {
    LogEntry day;
    day.sequence = 1;
    record.log.push_back(day);
    Heard begin;
    begin.what = Heard::What::kSnapshot;
    begin.sequence = 1;
    begin.shown = Shown::kDayOpened;
    Heard first;
    first.what = Heard::What::kEvent;
    first.sequence = 1;
    record.watches = {{"display", {begin}, Watch::View::kDisplay},
                      {"follower", {first}, Watch::View::kLog}};
    for (auto const* counter : {"1", "2"}) {
      auto press = At(counter, Command::kOpenCounter);
      press.session = 0;
      Did(press, std::nullopt);
    }
  }

  TicketFacts Issue(std::string const& service, std::string const& series,
                    int serial) {
    TicketFacts ticket;
    auto const text = std::to_string(serial);
    ticket.id = "20261123-" + series + "-0000" + text;
    ticket.number = (series == "a" ? "A" : "B") + std::to_string(serial + 1);
    ticket.service = service;
    ticket.version = 1;
    robustness::Press press;
    press.command = Command::kIssue;
    press.service = service;
    return Did(press, ticket);
  }
  TicketFacts Renew(int serial) { return Issue("renew", "a", serial); }
  TicketFacts Reset(int serial) { return Issue("reset", "b", serial); }

  TicketFacts Call(std::string const& counter, TicketFacts ticket) {
    ticket.counter = counter;
    return Step(counter, Command::kCallNext, ticket, TicketState::kCalled);
  }
  TicketFacts Step(std::string const& counter, Command command,
                   TicketFacts ticket, TicketState state) {
    auto press = At(counter, command);
    if (command != Command::kCallNext) press.ticket = ticket.id;
    ticket.state = state;
    ++ticket.version;
    return Did(press, ticket);
  }
  // From called to gone.
  void Serve(TicketFacts const& called) {
    auto const serving = Step(called.counter, Command::kStartServing, called,
                              TicketState::kServing);
    Step(called.counter, Command::kComplete, serving, TicketState::kCompleted);
  }
  void CallAndServe(std::string const& counter, TicketFacts const& ticket) {
    Serve(Call(counter, ticket));
  }
  // Nobody pressed for it.
  TicketFacts Happen(EventKind kind, std::string const& why, TicketFacts ticket,
                     TicketState state) {
    ticket.state = state;
    ++ticket.version;
    reason = why;
    Log(kind, ticket, "", 0);
    return ticket;
  }
  void BeginDay() {
    ++day_;
    waiting_.clear();
    Log(EventKind::kDayOpened, std::nullopt, "", 0);
  }
  // Office time goes on.
  void Pass(std::chrono::milliseconds time) { time_ += time.count(); }
  TicketFacts CallAndMiss(TicketFacts const& ticket) {
    return Step("1", Command::kMarkAbsent, Call("1", ticket),
                TicketState::kAbsent);
  }
  // A ticket at counter 1 goes on hold for a minute.
  TicketFacts Hold(TicketFacts const& ticket) {
    auto const serving = Step("1", Command::kStartServing, Call("1", ticket),
                              TicketState::kServing);
    auto const held = Step("1", Command::kHold, serving, TicketState::kOnHold);
    record.log.back().hold_deadline = time_ + 60'000;
    return held;
  }
  // A command on the counter alone.
  void Press(std::string const& counter, Command command) {
    Did(At(counter, command), std::nullopt);
  }
  void TellNobodyWaits(std::string const& counter) {
    Operation operation = Next(At(counter, Command::kCallNext));
    operation.answer.verdict = Verdict::kDone;
    operation.answer.text = "nobody";
    record.operations.push_back(operation);
  }

  Operation& Last() { return record.operations.back(); }

  // The last press again.
  Operation& Repeat() {
    auto copy = Last();
    copy.invoked = now_ += 10;
    copy.returned = now_ += 10;
    record.operations.push_back(copy);
    return Last();
  }

  std::vector<Violation> Judge() const { return Check(record, office_); }

 private:
  robustness::Press At(std::string const& counter, Command command) const {
    robustness::Press press;
    press.command = command;
    press.counter = counter;
    press.session = 1;
    return press;
  }

  Operation Next(robustness::Press press) {
    press.request = "press-" + std::to_string(record.operations.size());
    Operation operation;
    operation.press = press;
    operation.invoked = now_ += 10;
    operation.returned = now_ += 10;
    return operation;
  }

  TicketFacts Did(robustness::Press const& press,
                  std::optional<TicketFacts> ticket) {
    auto operation = Next(press);
    auto const session = press.counter.empty() ? 0 : 1;
    Log(EventOf(press.command), ticket, press.counter, session);
    operation.answer.verdict = Verdict::kDone;
    operation.answer.ticket = ticket;
    operation.answer.session = session;
    operation.answer.text = std::to_string(record.log.back().sequence);
    record.operations.push_back(operation);
    return ticket.value_or(TicketFacts());
  }

  void Log(EventKind kind, std::optional<TicketFacts> const& ticket,
           std::string const& counter, std::int64_t session) {
    LogEntry entry;
    entry.sequence = record.log.back().sequence + 1;
    entry.kind = kind;
    entry.ticket = ticket;
    entry.counter = counter;
    entry.session = session;
    entry.time = time_;
    entry.day = day_;
    entry.reason = std::exchange(reason, "");
    entry.queue = std::exchange(queue, "");
    if (ticket && ranks_.contains(ticket->id)) {
      entry.rank = ranks_[ticket->id] -= std::exchange(better, 0);
    } else if (ticket) {
      entry.rank = ranks_[ticket->id] = entry.sequence;
    }
    record.log.push_back(entry);
    Heard heard;
    heard.sequence = entry.sequence;
    heard.what = Heard::What::kEvent;
    heard.kind = kind;
    heard.shown = ShownOf(kind);
    if (ticket) heard.call = {entry.sequence, ticket->number, ticket->counter};
    record.watches.back().heard.push_back(heard);
    if (ticket) {
      Place(*ticket, entry.queue);
      for (auto const& [service, tickets] : waiting_) {
        heard.waiting[service] = static_cast<std::int64_t>(tickets.size());
      }
    }
    if (heard.shown == Shown::kWaiting) heard.what = Heard::What::kWaiting;
    record.watches.front().heard.push_back(heard);
  }

  // Displays do not count those sent to one counter.
  void Place(TicketFacts const& ticket, std::string const& in) {
    for (auto& [service, tickets] : waiting_) tickets.erase(ticket.id);
    if (ticket.state == TicketState::kWaiting && !in.starts_with('@')) {
      waiting_[ticket.service].insert(ticket.id);
    }
  }

  Office const office_;
  Moment now_ = 0;
  OfficeMs time_ = 0;
  std::int64_t day_ = 0;
  std::map<std::string, std::int64_t> ranks_;
  std::map<std::string, std::set<std::string>> waiting_;
};

auto Has(Fault fault) { return Contains(Field(&Violation::fault, fault)); }

#define EXPECT_FOUND(story, fault)                                 \
  {                                                                \
    auto const violations = (story).Judge();                       \
    EXPECT_THAT(violations, Has(fault)) << InWords(violations, 9); \
  }
#define EXPECT_LAWFUL(story)                                      \
  {                                                               \
    auto const violations = (story).Judge();                      \
    EXPECT_THAT(violations, IsEmpty()) << InWords(violations, 9); \
  }

TEST(CheckerTest, FindsNothingInAGoodRun) {
  Story story;
  auto const first = story.Renew(0);
  auto const second = story.Reset(0);
  story.CallAndServe("1", first);
  auto const called = story.Call("1", second);
  auto const absent =
      story.Step("1", Command::kMarkAbsent, called, TicketState::kAbsent);
  auto const back =
      story.Step("2", Command::kReturn, absent, TicketState::kWaiting);
  story.CallAndServe("1", back);
  story.TellNobodyWaits("1");
  EXPECT_LAWFUL(story);
}

TEST(CheckerTest, FindsTwoTicketsAtOneCounter) {
  Story story;
  auto const first = story.Renew(0);
  auto const second = story.Renew(1);
  story.Call("1", first);
  story.Call("1", second);
  EXPECT_FOUND(story, Fault::kTwoAtOnce);
}

TEST(CheckerTest, FindsATicketAtTwoCounters) {
  Story story;
  auto const ticket = story.Renew(0);
  auto const called = story.Call("1", ticket);
  story.Call("2", called);
  EXPECT_FOUND(story, Fault::kTwoAtOnce);
  EXPECT_FOUND(story, Fault::kCalledTwice);
}

TEST(CheckerTest, FindsACallAfterTheEnd) {
  Story story;
  auto const called = story.Call("1", story.Renew(0));
  auto const serving =
      story.Step("1", Command::kStartServing, called, TicketState::kServing);
  auto const served =
      story.Step("1", Command::kComplete, serving, TicketState::kCompleted);
  story.Call("1", served);
  EXPECT_FOUND(story, Fault::kCalledTwice);
}

TEST(CheckerTest, FindsAStepThatLifeDoesNotHave) {
  Story story;
  story.Step("1", Command::kComplete, story.Renew(0), TicketState::kCompleted);
  EXPECT_FOUND(story, Fault::kImpossibleStep);
}

TEST(CheckerTest, FindsACallOutOfTurn) {
  Story story;
  story.Renew(0);
  story.Call("1", story.Renew(1));
  EXPECT_FOUND(story, Fault::kSkipped);
}

TEST(CheckerTest, CountsVisitorsOfOtherServicesWhoWentBefore) {
  Story story;
  story.Reset(0);
  std::vector<TicketFacts> renewals;
  for (int i = 0; i != 4; ++i) renewals.push_back(story.Renew(i));
  for (int i = 0; i != 3; ++i) story.CallAndServe("1", renewals[i]);
  EXPECT_LAWFUL(story);
  EXPECT_EQ(MostOvertakers(story.record.log, TestOffice()), 3U);
  story.CallAndServe("1", renewals[3]);
  EXPECT_FOUND(story, Fault::kOvertaken);
}

TEST(CheckerTest, DoesNotCountCallsOfCountersThatDoNotServeIt) {
  Story story;
  story.Reset(0);
  for (int i = 0; i != 4; ++i) story.CallAndServe("2", story.Renew(i));
  EXPECT_LAWFUL(story);
}

TEST(CheckerTest, FindsANumberStillInUse) {
  Story story;
  story.Renew(0);
  story.Renew(1);
  story.record.log.back().ticket->number = "A1";
  EXPECT_FOUND(story, Fault::kNumberTwice);
}

TEST(CheckerTest, FindsANumberLeftOut) {
  Story story;
  story.Renew(0);
  story.Renew(2);
  EXPECT_FOUND(story, Fault::kNumberOrder);
}

TEST(CheckerTest, FindsARankThatGoesBack) {
  Story story;
  story.Renew(0);
  story.Renew(1);
  story.record.log.back().rank = 0;
  EXPECT_FOUND(story, Fault::kNumberOrder);
}

TEST(CheckerTest, FindsAGapInTheLog) {
  Story story;
  story.Renew(0);
  story.record.log.back().sequence += 1;
  EXPECT_FOUND(story, Fault::kLogGap);
}

TEST(CheckerTest, FindsWhatWasAcknowledgedAndLost) {
  Story story;
  story.Renew(0);
  story.record.log.pop_back();
  EXPECT_FOUND(story, Fault::kLost);
}

TEST(CheckerTest, FindsAnUnansweredPressDoneTwice) {
  Story story;
  story.Renew(0);
  story.Last().answer = {};
  EXPECT_LAWFUL(story);
  story.Renew(1);
  story.record.operations.pop_back();
  EXPECT_FOUND(story, Fault::kDoneTwice);
}

TEST(CheckerTest, FindsARefusedPressDone) {
  Story story;
  story.Renew(0);
  story.Last().answer.verdict = Verdict::kRefused;
  EXPECT_FOUND(story, Fault::kRefusedButDone);
}

TEST(CheckerTest, FindsARepeatAnsweredOtherwise) {
  Story story;
  story.Renew(0);
  story.Repeat();
  EXPECT_LAWFUL(story);
  story.Last().answer.text = "something else";
  EXPECT_FOUND(story, Fault::kTwoAnswers);
}

TEST(CheckerTest, FindsARepeatRefused) {
  Story story;
  story.Renew(0);
  story.Repeat().answer.verdict = Verdict::kRefused;
  EXPECT_FOUND(story, Fault::kTwoAnswers);
}

TEST(CheckerTest, FindsACopyInFlightRefusedWithoutReason) {
  Story story;
  story.Call("1", story.Renew(0));
  auto const done = story.Last();
  auto& copy = story.Repeat();
  copy.answer.verdict = Verdict::kRefused;
  copy.invoked = done.invoked;
  EXPECT_FOUND(story, Fault::kTwoAnswers);
}

// Two replicas, of which one has seen already that the store is short of room.
TEST(CheckerTest, ForWantOfRoomACopyMayBeRefusedButARepeatMayNot) {
  Story story;
  story.Renew(0);
  auto const done = story.Last();
  auto& copy = story.Repeat();
  copy.answer.verdict = Verdict::kRefused;
  copy.answer.reason = "STORE_DISK_LOW";
  copy.invoked = done.invoked;
  EXPECT_LAWFUL(story);
  copy.invoked = done.returned + 1;
  EXPECT_FOUND(story, Fault::kTwoAnswers);
}

TEST(CheckerTest, FindsOneTicketAnsweredToTwo) {
  Story story;
  story.Call("1", story.Renew(0));
  story.Repeat().press.request = "another press";
  EXPECT_FOUND(story, Fault::kSharedAnswer);
}

TEST(CheckerTest, FindsTheOrderThatPeopleSawTurnedRound) {
  Story story;
  story.Renew(0);
  auto const first = story.Last();
  story.Renew(1);
  std::swap(story.Last().invoked, story.record.operations.rbegin()[1].invoked);
  std::swap(story.Last().returned,
            story.record.operations.rbegin()[1].returned);
  EXPECT_FOUND(story, Fault::kRealTime);
}

TEST(CheckerTest, FindsAFalseNobody) {
  Story story;
  story.Renew(0);
  story.TellNobodyWaits("1");
  EXPECT_FOUND(story, Fault::kFalseNobody);
}

TEST(CheckerTest, BelievesNobodyWhileAnIssueIsUnderWay) {
  Story story;
  story.Renew(0);
  auto& issue = story.Last();
  issue.returned += 1000;
  story.TellNobodyWaits("1");
  EXPECT_LAWFUL(story);
}

TEST(CheckerTest, FindsTicketsThatTheLogDoesNotHave) {
  Story story;
  auto ticket = story.Renew(0);
  story.record.tickets = {ticket};
  EXPECT_LAWFUL(story);
  story.record.tickets->front().version = 2;
  EXPECT_FOUND(story, Fault::kStateDiffers);
  story.record.tickets->clear();
  EXPECT_FOUND(story, Fault::kStateDiffers);
}

TEST(CheckerTest, FindsACallThatADisplayMissed) {
  Story story;
  story.Call("1", story.Renew(0));
  story.Call("2", story.Renew(1));
  auto& heard = story.record.watches.front().heard;
  heard.erase(heard.end() - 3);
  EXPECT_FOUND(story, Fault::kWatchMissed);
}

TEST(CheckerTest, LetsOneUpdateTellOfSeveralNumbersIssued) {
  Story story;
  story.Renew(0);
  story.Renew(1);
  auto& heard = story.record.watches.front().heard;
  heard.erase(heard.end() - 2);
  EXPECT_LAWFUL(story);
}

TEST(CheckerTest, FindsAnIssueThatAFollowerMissed) {
  Story story;
  story.Renew(0);
  story.Renew(1);
  auto& heard = story.record.watches.back().heard;
  heard.erase(heard.end() - 2);
  EXPECT_FOUND(story, Fault::kWatchMissed);
}

TEST(CheckerTest, FindsAWrongCountOfThoseWhoWait) {
  Story story;
  story.Renew(0);
  ++story.record.watches.front().heard.back().waiting["renew"];
  EXPECT_FOUND(story, Fault::kWatchWrong);
}

TEST(CheckerTest, FindsTheEndThatAWatcherMissed) {
  Story story;
  story.Call("1", story.Renew(0));
  story.record.watches.front().heard.pop_back();
  EXPECT_FOUND(story, Fault::kWatchMissed);
}

TEST(CheckerTest, FindsACallToldTwice) {
  Story story;
  story.Call("1", story.Renew(0));
  auto& heard = story.record.watches.front().heard;
  auto const again = heard.back();
  heard.push_back(again);
  EXPECT_FOUND(story, Fault::kWatchRepeated);
}

TEST(CheckerTest, FindsACallToldWrongly) {
  Story story;
  story.Call("1", story.Renew(0));
  story.record.watches.front().heard.back().call.counter = "2";
  EXPECT_FOUND(story, Fault::kWatchWrong);
}

TEST(CheckerTest, WantsEachCallInTheListAfterAReset) {
  Story story;
  story.Call("1", story.Renew(0));
  auto& heard = story.record.watches.front().heard;
  Heard reset;
  reset.what = Heard::What::kSnapshot;
  reset.reset = true;
  reset.sequence = heard.back().sequence;
  reset.calls = {heard.back().call};
  reset.waiting = {{"renew", 0}};
  heard.back() = reset;
  EXPECT_LAWFUL(story);
  heard.back().calls.clear();
  EXPECT_FOUND(story, Fault::kWatchMissed);
}

TEST(CheckerTest, FindsNothingInAWholeLife) {
  Story story;
  auto const first = story.Renew(0);
  auto const held = story.Hold(first);
  auto const again = story.Step(
      "2", Command::kResumeServing,
      {held.id, held.number, held.service, held.state, "2", held.version},
      TicketState::kServing);
  story.queue = "@1";
  auto const sent =
      story.Step("2", Command::kTransfer, again, TicketState::kWaiting);
  auto const other = story.Renew(1);
  story.CallAndServe("1", sent);
  story.reason = "BY_NUMBER";
  story.Serve(story.Call("2", other));
  story.TellNobodyWaits("1");
  EXPECT_LAWFUL(story);
}

TEST(CheckerTest, FindsAHoldThatEndsBeforeItsTime) {
  Story story;
  auto const held = story.Hold(story.Renew(0));
  story.Pass(std::chrono::seconds(60));
  auto const back = story.Happen(EventKind::kHoldEnded, "DEADLINE", held,
                                 TicketState::kWaiting);
  EXPECT_LAWFUL(story);
  --story.record.log.back().time;
  EXPECT_FOUND(story, Fault::kNotDue);
  ++story.record.log.back().time;
  story.Happen(EventKind::kHoldEnded, "DEADLINE", back, TicketState::kWaiting);
  EXPECT_FOUND(story, Fault::kNotDue);
}

TEST(CheckerTest, FindsAHoldThatNeverEnds) {
  Story story;
  story.Hold(story.Renew(0));
  story.Pass(std::chrono::hours(1));
  story.Renew(1);
  EXPECT_FOUND(story, Fault::kNeverFired);
}

TEST(CheckerTest, FindsAnAbsenceThatExpiresThoughItNeverDoes) {
  Story story;
  auto const absent = story.CallAndMiss(story.Renew(0));
  story.Pass(std::chrono::hours(1));
  story.Happen(EventKind::kTicketExpired, "ABSENT_TOO_LONG", absent,
               TicketState::kExpired);
  EXPECT_FOUND(story, Fault::kNotDue);
}

TEST(CheckerTest, FindsACallBeforeOneSentToThisCounter) {
  Story story;
  auto const first = story.Renew(0);
  auto const second = story.Renew(1);
  story.queue = "@1";
  story.Step("2", Command::kTransfer, second, TicketState::kWaiting);
  story.Call("1", first);
  EXPECT_FOUND(story, Fault::kSkipped);
}

TEST(CheckerTest, FindsACallOfOneSentToAnotherCounter) {
  Story story;
  auto const ticket = story.Renew(0);
  story.queue = "@1";
  auto const sent =
      story.Step("1", Command::kTransfer, ticket, TicketState::kWaiting);
  story.Call("2", sent);
  EXPECT_FOUND(story, Fault::kImpossibleStep);
}

TEST(CheckerTest, FindsAPlaceThatAnEditChanged) {
  Story story;
  auto const ticket = story.Renew(0);
  story.Renew(1);
  story.reason = "ASSIST";
  story.better = 1;
  auto const assisted =
      story.Step("1", Command::kSetAssist, ticket, TicketState::kWaiting);
  EXPECT_LAWFUL(story);
  story.better = 1;
  story.Step("1", Command::kEdit, assisted, TicketState::kWaiting);
  EXPECT_FOUND(story, Fault::kPlaceChanged);
}

TEST(CheckerTest, FindsACallAtAPausedCounter) {
  Story story;
  auto const ticket = story.Renew(0);
  story.Press("1", Command::kPause);
  EXPECT_LAWFUL(story);
  story.Call("1", ticket);
  EXPECT_FOUND(story, Fault::kImpossibleStep);
}

TEST(CheckerTest, FindsAPauseThatWasLost) {
  Story story;
  story.Press("1", Command::kPause);
  story.Press("1", Command::kResumeCounter);
  EXPECT_LAWFUL(story);
  story.record.log.pop_back();
  EXPECT_FOUND(story, Fault::kLost);
}

TEST(CheckerTest, AStepTakenBackMustBeTheLastAndRestoreWhatWas) {
  Story story;
  auto const called = story.Call("1", story.Renew(0));
  auto const serving =
      story.Step("1", Command::kStartServing, called, TicketState::kServing);
  auto const done =
      story.Step("1", Command::kComplete, serving, TicketState::kCompleted);
  auto back = story.Step("1", Command::kUndo, done, TicketState::kServing);
  EXPECT_LAWFUL(story);
  story.record.log.back().rank += 1;
  EXPECT_FOUND(story, Fault::kUndoneWrongly);
  story.record.log.back().rank -= 1;
  story.Step("1", Command::kUndo, back, TicketState::kCalled);
  EXPECT_FOUND(story, Fault::kUndoneWrongly);
}

TEST(CheckerTest, FindsAStepTakenBackTooLate) {
  Story story;
  auto const absent = story.CallAndMiss(story.Renew(0));
  story.Pass(std::chrono::minutes(5));
  story.Step("1", Command::kUndo, absent, TicketState::kCalled);
  EXPECT_FOUND(story, Fault::kUndoneWrongly);
}

TEST(CheckerTest, FindsANumberThatAStepTakenBackUsesTwice) {
  Story story;
  auto const called = story.Call("1", story.Renew(0));
  auto const serving =
      story.Step("1", Command::kStartServing, called, TicketState::kServing);
  auto const done =
      story.Step("1", Command::kComplete, serving, TicketState::kCompleted);
  for (int serial = 1; serial != 10; ++serial) story.Renew(serial);
  // The numbers begin again.
  auto again = story.Renew(0);
  again.id = "20261123-a-00010";
  story.record.log.back().ticket->id = again.id;
  story.record.operations.back().answer.ticket->id = again.id;
  story.Step("1", Command::kUndo, done, TicketState::kServing);
  EXPECT_FOUND(story, Fault::kNumberTwice);
}

TEST(CheckerTest, ThoseWhoWaitWhenTheDayEndsAreCarriedOverOrEnd) {
  for (auto const& [office, kind, state] :
       {std::tuple(CarryingOffice(), EventKind::kTicketCarriedOver,
                   TicketState::kWaiting),
        std::tuple(TestOffice(), EventKind::kTicketExpired,
                   TicketState::kExpired)}) {
    Story story(office);
    auto const ticket = story.Renew(0);
    story.BeginDay();
    EXPECT_FOUND(story, Fault::kLeftBehind);
    story.Happen(kind, "DAY_ENDED", ticket, state);
    EXPECT_LAWFUL(story);
    story.Happen(kind, "DAY_ENDED", ticket, state);
    EXPECT_FOUND(story, Fault::kImpossibleStep);
  }
}

TEST(CheckerTest, FindsANumberOfOneCarriedOverGivenAgain) {
  Story story(CarryingOffice());
  auto const ticket = story.Renew(0);
  story.BeginDay();
  story.Happen(EventKind::kTicketCarriedOver, "DAY_ENDED", ticket,
               TicketState::kWaiting);
  story.Renew(0);
  story.record.log.back().ticket->id = "20261124-a-00000";
  EXPECT_FOUND(story, Fault::kNumberTwice);
}

TEST(CheckerTest, FindsWorkBeforeAllAreCarriedOver) {
  Story story(CarryingOffice());
  auto const first = story.Renew(0);
  auto const second = story.Renew(1);
  story.BeginDay();
  story.Happen(EventKind::kTicketCarriedOver, "DAY_ENDED", first,
               TicketState::kWaiting);
  story.Reset(0);
  story.Happen(EventKind::kTicketCarriedOver, "DAY_ENDED", second,
               TicketState::kWaiting);
  EXPECT_FOUND(story, Fault::kImpossibleStep);
}

TEST(CheckerTest, FindsADisplayThatWasNotToldOfTheNewDay) {
  Story story;
  story.BeginDay();
  story.Renew(0);
  story.record.log.back().ticket->id = "20261124-a-00000";
  auto& heard = story.record.watches.front().heard;
  heard.erase(heard.end() - 2);
  EXPECT_FOUND(story, Fault::kWatchMissed);
}

// Two logs: of who left one office, and who came to the other.
class MovesTest : public ::testing::Test {
 protected:
  MovesTest() {
    LogEntry moved;
    moved.kind = EventKind::kTicketMoved;
    moved.ticket = TicketFacts{.id = "20261123-a-00000",
                               .number = "A1",
                               .service = "renew",
                               .state = TicketState::kMoved,
                               .counter = "1",
                               .version = 4};
    moved.rank = 10;
    moved.reason = "annex";
    LogEntry arrived;
    arrived.kind = EventKind::kTicketArrived;
    arrived.ticket = TicketFacts{.id = "20261123-n-00000",
                                 .number = "N1",
                                 .service = "enquiry",
                                 .state = TicketState::kWaiting,
                                 .counter = "",
                                 .version = 1};
    arrived.rank = 10;
    arrived.reason = "hall";
    arrived.moved_from = "offices/hall/tickets/20261123-a-00000";
    hall_ = {moved};
    annex_ = {arrived};
  }
  std::vector<Violation> Judge() const {
    return CheckMoves(hall_, "hall", annex_, "annex");
  }

  std::vector<LogEntry> hall_;
  std::vector<LogEntry> annex_;
};

TEST_F(MovesTest, WhoeverLeavesArrivesOnceAndKeepsThePlace) {
  EXPECT_THAT(Judge(), IsEmpty());
  annex_.front().rank = 9;
  EXPECT_THAT(Judge(), Has(Fault::kPlaceChanged));
}

TEST_F(MovesTest, FindsOneWhoLeftAndDidNotArrive) {
  annex_.clear();
  EXPECT_THAT(Judge(), Has(Fault::kHalfMoved));
}

TEST_F(MovesTest, FindsOneWhoArrivedAndDidNotLeaveOrTwice) {
  annex_.push_back(annex_.front());
  EXPECT_THAT(Judge(), Has(Fault::kHalfMoved));
  annex_.pop_back();
  hall_.clear();
  EXPECT_THAT(Judge(), Has(Fault::kHalfMoved));
}

}  // namespace
}  // namespace madoguchi::robustness
