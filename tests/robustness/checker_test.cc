#include "tests/robustness/checker.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>
#include <utility>

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

// Tells a run in which all goes well, a press after the other, as a record.
class Story {
 public:
  Record record;

  Story() {
    LogEntry day;
    day.sequence = 1;
    record.log.push_back(day);
    Heard begin;
    begin.what = Heard::What::kSnapshot;
    begin.sequence = 1;
    Heard first;
    first.what = Heard::What::kEvent;
    first.sequence = 1;
    record.watches = {{"display", {begin}, Watch::View::kDisplay},
                      {"follower", {first}, Watch::View::kLog}};
    for (auto const* counter : {"1", "2"}) {
      Press press = At(counter, Command::kOpenCounter);
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
    Press press;
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

  std::vector<Violation> Judge() const { return Check(record, TestOffice()); }

 private:
  Press At(std::string const& counter, Command command) const {
    Press press;
    press.command = command;
    press.counter = counter;
    press.session = 1;
    return press;
  }

  Operation Next(Press press) {
    press.request = "press-" + std::to_string(record.operations.size());
    Operation operation;
    operation.press = press;
    operation.invoked = now_ += 10;
    operation.returned = now_ += 10;
    return operation;
  }

  TicketFacts Did(Press const& press, std::optional<TicketFacts> ticket) {
    auto operation = Next(press);
    LogEntry entry;
    entry.sequence = record.log.back().sequence + 1;
    entry.kind = EventOf(press.command);
    entry.ticket = ticket;
    entry.counter = press.counter;
    entry.session = press.counter.empty() ? 0 : 1;
    if (ticket && ranks_.contains(ticket->id)) {
      entry.rank = ranks_[ticket->id];
    } else if (ticket) {
      entry.rank = ranks_[ticket->id] = entry.sequence;
    }
    record.log.push_back(entry);
    operation.answer.verdict = Verdict::kDone;
    operation.answer.ticket = ticket;
    operation.answer.session = entry.session;
    operation.answer.text = std::to_string(entry.sequence);
    record.operations.push_back(operation);
    Heard heard;
    heard.sequence = entry.sequence;
    heard.what = Heard::What::kEvent;
    heard.kind = entry.kind;
    if (ticket) heard.call = {entry.sequence, ticket->number, ticket->counter};
    record.watches.back().heard.push_back(heard);
    if (ticket) {
      Place(*ticket);
      heard.waiting = {{ticket->service, waiting_[ticket->service].size()}};
    }
    if (press.command == Command::kIssue) heard.what = Heard::What::kWaiting;
    record.watches.front().heard.push_back(heard);
    return ticket.value_or(TicketFacts());
  }

  void Place(TicketFacts const& ticket) {
    auto& waiting = waiting_[ticket.service];
    if (ticket.state == TicketState::kWaiting) {
      waiting.insert(ticket.id);
    } else {
      waiting.erase(ticket.id);
    }
  }

  Moment now_ = 0;
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

}  // namespace
}  // namespace madoguchi::robustness
