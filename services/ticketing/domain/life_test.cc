#include "services/ticketing/domain/life.h"
#include "tests/support/status_matchers.h"
#include "tests/support/ticket_builders.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <functional>
#include <map>
#include <set>
#include <vector>

namespace madoguchi::ticketing {
namespace {

using absl::StatusCode;
using madoguchi::testing::IsError;
using madoguchi::testing::IsOk;
using madoguchi::testing::IsOkAnd;
using std::chrono::seconds;
using ::testing::Eq;
using ::testing::Field;

constexpr TicketState kStates[] = {
    TicketState::kWaiting,   TicketState::kCalled, TicketState::kServing,
    TicketState::kCompleted, TicketState::kAbsent, TicketState::kCancelled};

constexpr Timestamp kNow = kTenOClock + std::chrono::minutes(10);

CallPolicy Policy() {
  CallPolicy policy;
  policy.max_recalls = 2;
  policy.recall_spacing = seconds(30);
  policy.recalls_before_absent = 0;
  return policy;
}

Ticket TicketIn(TicketState state) {
  auto ticket = CalledTicket(7);
  ticket.state = state;
  ticket.version = 5;
  return ticket;
}

struct StepCase {
  std::string name;
  std::function<absl::StatusOr<Ticket>(Ticket const&)> take;
  TicketState from;
  TicketState to;
  std::string refusal;
};

std::vector<StepCase> Steps() {
  return {
      {"Call", [](auto& t) { return life::Call(t, {"2"}, kNow); },
       TicketState::kWaiting, TicketState::kCalled, "TICKET_NOT_WAITING"},
      {"Recall", [](auto& t) { return life::Recall(t, Policy(), kNow); },
       TicketState::kCalled, TicketState::kCalled, "TICKET_NOT_CALLED"},
      {"StartServing", [](auto& t) { return life::StartServing(t, kNow); },
       TicketState::kCalled, TicketState::kServing, "TICKET_NOT_CALLED"},
      {"Complete", [](auto& t) { return life::Complete(t, "done", kNow); },
       TicketState::kServing, TicketState::kCompleted, "TICKET_NOT_SERVING"},
      {"MarkAbsent",
       [](auto& t) { return life::MarkAbsent(t, Policy(), kNow); },
       TicketState::kCalled, TicketState::kAbsent, "TICKET_NOT_CALLED"},
      {"Return",
       [](auto& t) { return life::Return(t, {"renew"}, Rank{9}, kNow); },
       TicketState::kAbsent, TicketState::kWaiting, "TICKET_NOT_ABSENT"},
      {"Cancel", [](auto& t) { return life::Cancel(t, kNow); },
       TicketState::kWaiting, TicketState::kCancelled, "TICKET_NOT_WAITING"},
  };
}

TEST(LifeTest, EveryStepStartsInOneStateAndIsRefusedInAllOthers) {
  for (auto const& step : Steps()) {
    for (auto const state : kStates) {
      SCOPED_TRACE(step.name + " in state " +
                   std::to_string(static_cast<int>(state)));
      auto const before = TicketIn(state);
      auto const copy = before;
      auto const after = step.take(before);
      EXPECT_EQ(before, copy);
      if (state != step.from) {
        EXPECT_THAT(after,
                    IsError(StatusCode::kFailedPrecondition, step.refusal));
        continue;
      }
      ASSERT_THAT(after, IsOk());
      EXPECT_EQ(after->state, step.to);
      EXPECT_EQ(after->version, 6);
      EXPECT_EQ(after->id, before.id);
      EXPECT_EQ(after->number, before.number);
      EXPECT_EQ(after->arrival, before.arrival);
    }
  }
}

TEST(LifeTest, ACallNamesCounterAndTimeAndForgetsTheCallBefore) {
  auto ticket = WaitingTicket(7);
  ticket.counter = {"1"};
  ticket.recalls = 2;
  ticket.called = kTenOClock;
  ticket.ended = kTenOClock;
  auto const called = *life::Call(ticket, {"2"}, kNow);
  EXPECT_EQ(called.counter, CounterId{"2"});
  EXPECT_EQ(called.called, kNow);
  EXPECT_EQ(called.recalls, 0);
  EXPECT_EQ(called.ended, std::nullopt);
  EXPECT_EQ(called.rank, ticket.rank);
}

TEST(LifeTest, ARecallCountsAndRingsNow) {
  auto const again =
      *life::Recall(TicketIn(TicketState::kCalled), Policy(), kNow);
  EXPECT_EQ(again.recalls, 1);
  EXPECT_EQ(again.called, kNow);
  EXPECT_EQ(again.counter, CounterId{"1"});
}

TEST(LifeTest, ARecallMustKeepItsDistance) {
  auto ticket = TicketIn(TicketState::kCalled);
  ticket.called = kNow - seconds(29);
  auto const early = life::Recall(ticket, Policy(), kNow);
  EXPECT_THAT(early,
              IsError(StatusCode::kFailedPrecondition, "RECALL_TOO_SOON"));
  EXPECT_EQ(GetErrorInfo(early.status()).metadata.at("seconds_left"), "1");

  ticket.called = kNow - std::chrono::milliseconds(29'001);
  EXPECT_EQ(GetErrorInfo(life::Recall(ticket, Policy(), kNow).status())
                .metadata.at("seconds_left"),
            "1");
  ticket.called = kNow - seconds(30);
  EXPECT_THAT(life::Recall(ticket, Policy(), kNow), IsOk());
}

TEST(LifeTest, RecallsAreLimited) {
  auto ticket = TicketIn(TicketState::kCalled);
  ticket.recalls = 1;
  EXPECT_THAT(life::Recall(ticket, Policy(), kNow), IsOk());
  ticket.recalls = 2;
  EXPECT_THAT(life::Recall(ticket, Policy(), kNow),
              IsError(StatusCode::kFailedPrecondition, "RECALL_LIMIT_REACHED"));
  // Even where the next would also be too soon: the limit is what lasts.
  ticket.called = kNow;
  EXPECT_THAT(life::Recall(ticket, Policy(), kNow),
              IsError(StatusCode::kFailedPrecondition, "RECALL_LIMIT_REACHED"));
}

TEST(LifeTest, AnAbsenceNeedsTheRecallsThatTheOfficeAsksFor) {
  auto policy = Policy();
  policy.recalls_before_absent = 2;
  auto ticket = TicketIn(TicketState::kCalled);
  ticket.recalls = 1;
  EXPECT_THAT(life::MarkAbsent(ticket, policy, kNow),
              IsError(StatusCode::kFailedPrecondition, "RECALL_REQUIRED"));
  ticket.recalls = 2;
  auto const absent = life::MarkAbsent(ticket, policy, kNow);
  ASSERT_THAT(absent, IsOk());
  EXPECT_EQ(absent->ended, kNow);
}

TEST(LifeTest, ServingAndItsEndAreTimed) {
  auto const serving =
      *life::StartServing(TicketIn(TicketState::kCalled), kNow);
  EXPECT_EQ(serving.serving_started, kNow);
  EXPECT_EQ(serving.ended, std::nullopt);
  auto const completed =
      *life::Complete(serving, "papers-missing", kNow + seconds(60));
  EXPECT_EQ(completed.outcome, "papers-missing");
  EXPECT_EQ(completed.ended, kNow + seconds(60));
  EXPECT_EQ(completed.serving_started, kNow);
}

TEST(LifeTest, AReturnTakesTheNewRankAndHasNotEnded) {
  auto ticket = TicketIn(TicketState::kAbsent);
  ticket.ended = kNow;
  auto const waiting = *life::Return(ticket, {"renew"}, Rank{123}, kNow);
  EXPECT_EQ(waiting.rank, Rank{123});
  EXPECT_EQ(waiting.ended, std::nullopt);
}

TEST(LifeTest, ACancelledTicketHasEnded) {
  EXPECT_EQ(life::Cancel(WaitingTicket(7), kNow)->ended, kNow);
}

// The rule of re-entry.

CallPolicy Reenter(Reentry reentry, int after = 3) {
  auto policy = Policy();
  policy.reentry = reentry;
  policy.reentry_after = after;
  return policy;
}

std::vector<Ticket> WaitingSince(std::vector<int> const& minutes) {
  std::vector<Ticket> waiting;
  for (int const minute : minutes) {
    waiting.push_back(WaitingTicket(10 + minute, "renew", minute));
  }
  return waiting;
}

TEST(ReentryRankTest, NextKeepsTheRank) {
  auto const waiting = WaitingSince({1, 2, 3});
  auto const ticket = TicketIn(TicketState::kAbsent);
  EXPECT_EQ(life::ReentryRank(ticket, Reenter(Reentry::kNext), waiting, kNow),
            ticket.rank);
}

TEST(ReentryRankTest, AfterIsAMillisecondBehindTheKth) {
  auto const waiting = WaitingSince({1, 2, 3, 4});
  auto const ticket = TicketIn(TicketState::kAbsent);
  for (int const k : {1, 2, 3}) {
    EXPECT_EQ(
        life::ReentryRank(ticket, Reenter(Reentry::kAfter, k), waiting, kNow),
        Rank{waiting[static_cast<std::size_t>(k) - 1].rank.ms + 1});
  }
}

TEST(ReentryRankTest, AfterIsBehindTheLastWhereFewerWait) {
  auto const ticket = TicketIn(TicketState::kAbsent);
  auto const two = WaitingSince({1, 2});
  EXPECT_EQ(life::ReentryRank(ticket, Reenter(Reentry::kAfter), two, kNow),
            Rank{two.back().rank.ms + 1});
  EXPECT_EQ(life::ReentryRank(ticket, Reenter(Reentry::kAfter), {}, kNow),
            ticket.rank);
}

TEST(ReentryRankTest, LastIsNow) {
  auto const waiting = WaitingSince({1, 2, 3});
  EXPECT_EQ(life::ReentryRank(TicketIn(TicketState::kAbsent),
                              Reenter(Reentry::kLast), waiting, kNow),
            Rank{kNow.time_since_epoch().count()});
}

RC_GTEST_PROP(ReentryRankTest, NobodyGainsByBeingAbsent, ()) {
  auto const minutes =
      *rc::gen::container<std::set<int>>(rc::gen::inRange(0, 60));
  auto const waiting = WaitingSince({minutes.begin(), minutes.end()});
  auto ticket = TicketIn(TicketState::kAbsent);
  ticket.rank.ms += *rc::gen::inRange(0, 60) * 60'000;
  auto const k = *rc::gen::inRange(1, 10);
  auto const now = kTenOClock + std::chrono::minutes(*rc::gen::inRange(0, 90));
  auto const rank_by = [&](Reentry reentry) {
    return life::ReentryRank(ticket, Reenter(reentry, k), waiting, now);
  };
  for (auto const reentry : {Reentry::kNext, Reentry::kAfter, Reentry::kLast}) {
    RC_ASSERT(rank_by(reentry) >= ticket.rank);
  }
  // Behind the first k, if so many wait, and ahead of everyone else.
  auto const after = rank_by(Reentry::kAfter);
  for (std::size_t i = 0; i != waiting.size(); ++i) {
    bool const ahead = i < static_cast<std::size_t>(k);
    if (ahead) RC_ASSERT(waiting[i].rank < after);
    if (!ahead && after != ticket.rank) RC_ASSERT(after < waiting[i].rank);
  }
}

}  // namespace
}  // namespace madoguchi::ticketing
