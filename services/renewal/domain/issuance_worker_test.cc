#include "services/renewal/domain/issuance_worker.h"
#include "services/base/name_uuid.h"
#include "services/renewal/domain/case_life.h"
#include "tests/support/answer.h"
#include "tests/support/renewal_house.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::renewal {
namespace {

using namespace std::chrono_literals;
using madoguchi::testing::IsOk;

constexpr MachineTime kWorkerDeadline{std::chrono::hours(24)};

// An authority that remembers what it was sent. Not thread safe.
class ScriptedAuthority : public AuthorityPort {
 public:
  enum class Fate {
    kIssues,
    kRefuses,
    /// It issues, and the answer is lost.
    kLosesAnswer,
    /// Nothing arrives.
    kLosesCall,
    /// It is closed.
    kDoesNothing,
    /// It takes its time.
    kHangs,
  };

  Connection Connect() override { return connection; }

  void Issue(IssuanceOrder const& order, MachineTime,
             Done<AuthorityAnswer> done) override {
    ++sent[order.attempt.value];
    if (fate == Fate::kHangs) return;
    bool const arrives = fate != Fate::kLosesCall && fate != Fate::kDoesNothing;
    if (arrives) {
      outcomes[order.attempt.value] = {
          fate == Fate::kRefuses ? AuthorityAnswer::Kind::kRefused
                                 : AuthorityAnswer::Kind::kIssued,
          fate == Fate::kRefuses ? "card-not-valid" : ""};
      if (fate != Fate::kRefuses) ++issued[order.case_key];
    }
    if (fate == Fate::kLosesAnswer || fate == Fate::kLosesCall) {
      return done(absl::UnavailableError("lost"));
    }
    if (fate == Fate::kDoesNothing) {
      return done(AuthorityAnswer{AuthorityAnswer::Kind::kNothing, {}});
    }
    done(outcomes[order.attempt.value]);
  }

  void Find(AttemptId const& attempt, MachineTime,
            Done<AuthorityAnswer> done) override {
    ++questions;
    if (!answers_questions) return done(absl::UnavailableError("lost"));
    auto const found = outcomes.find(attempt.value);
    if (found == outcomes.end()) {
      return done(AuthorityAnswer{AuthorityAnswer::Kind::kNothing, {}});
    }
    done(found->second);
  }

  Connection connection = Connection::kReady;
  Fate fate = Fate::kIssues;
  bool answers_questions = true;
  int questions = 0;
  std::map<std::string, int> sent;
  std::map<std::string, int> issued;
  std::map<std::string, AuthorityAnswer> outcomes;
};

// A queue whose entries are taken over at once.
class HastyQueue : public IssuanceQueue {
 public:
  explicit HastyQueue(IssuanceQueue& under) : under_(under) {}

  void TakeQueued(std::string const& consumer, int limit,
                  std::chrono::milliseconds, MachineTime deadline,
                  Done<std::vector<QueuedIssuance>> done) override {
    under_.TakeQueued(consumer, limit, 0ms, deadline, std::move(done));
  }
  void DropQueued(std::string const& entry, MachineTime deadline,
                  Done<std::monostate> done) override {
    under_.DropQueued(entry, deadline, std::move(done));
  }

 private:
  IssuanceQueue& under_;
};

class IssuanceWorkerTest : public ::testing::Test {
 protected:
  IssuanceWorkerTest() {
    house_.settings[kHonchoId].connector = Connector::kRpc;
    house_.breaker.connector = Connector::kRpc;
    house_.breaker.probe_limit = 2min;
    house_.breaker.closures.open_until = 24;
    house_.breaker.closures.monthly_maintenance = false;
    Replace();
  }

  // The process is killed, and another takes over.
  void Replace() {
    static int number = 0;
    if (worker_ != nullptr) worker_->Stop();
    worker_ = std::make_shared<IssuanceWorker>(
        WorkerContext{house_.settings, house_.store, queue_, authority_,
                      house_.upstream, house_.clock, 1, house_.scheduler,
                      "replica-" + std::to_string(++number)});
  }

  // A case with a request that is planned.
  RenewalCase Plan(int person = 1) {
    static int number = 0;
    TicketRef const ticket{"20260601-a-" + std::to_string(++number)};
    CasePlan plan;
    plan.row = "C-20";
    plan.act = Act::kRenew;
    plan.has_signing = plan.has_user = true;
    auto renewal = life::Start(kHonchoId, ticket, person, plan,
                               {{"hana"}, {"2"}, house_.clock.Now()});
    while (NextStep(renewal) != Step::kIssue) {
      renewal = *life::Record(renewal, *NextStep(renewal),
                              {{"hana"}, {"2"}, house_.clock.Now()});
    }
    Settle(renewal, 0, CaseEventKind::kStarted);
    auto const planned =
        life::PlanIssuance(renewal, {NameUuid("attempt " + renewal.id.value)},
                           {{"hana"}, {"2"}, house_.clock.Now()});
    Settle(*planned, renewal.version, CaseEventKind::kIssuancePlanned);
    return *planned;
  }

  void Settle(RenewalCase const& after, std::int64_t seen, CaseEventKind kind) {
    static int number = 0;
    CaseSettlement settlement;
    settlement.request = {{NameUuid("plan " + std::to_string(++number))}, "t"};
    settlement.office = kHonchoId;
    settlement.seen_version = seen;
    settlement.after = after;
    settlement.event.kind = kind;
    house_.memory.Settle(settlement, kWorkerDeadline, [](auto const& settled) {
      ASSERT_THAT(settled, IsOk());
    });
  }

  RenewalCase Look(RenewalCase const& renewal) {
    madoguchi::Answer<CaseView> view;
    house_.memory.Look(kHonchoId, {}, renewal.id, kWorkerDeadline,
                       view.Catch());
    return *view.Get()->renewal;
  }

  // Lets both times pass, and the worker look every second.
  void Work(std::chrono::seconds by = 0s) {
    worker_->Pass();
    for (auto passed = 0s; passed < by; passed += 1s) {
      house_.clock.Advance(1s);
      house_.scheduler.Advance(1s);
      worker_->Pass();
    }
  }

  bool IsQueueEmpty() {
    madoguchi::Answer<std::vector<QueuedIssuance>> left;
    house_.memory.TakeQueued("test", 9, 0ms, kWorkerDeadline, left.Catch());
    return left.Get()->empty();
  }

  RenewalHouse house_;
  ScriptedAuthority authority_;
  HastyQueue queue_{house_.memory};
  std::shared_ptr<IssuanceWorker> worker_;
};

TEST_F(IssuanceWorkerTest, WhatIsPlannedLeavesOnceAndItsAnswerIsTaken) {
  auto const planned = Plan();
  Work();
  auto const after = Look(planned);
  EXPECT_EQ(after.issuance->state, IssuanceState::kIssued);
  EXPECT_EQ(NextStep(after), Step::kCheckCopy);
  EXPECT_TRUE(IsQueueEmpty());
  EXPECT_EQ(authority_.sent.size(), 1U);
  EXPECT_EQ(house_.upstream.Known().record.breaker.recent, 1);
  EXPECT_EQ(house_.upstream.Known().record.breaker.recent_failed, 0U);
}

TEST_F(IssuanceWorkerTest, ARefusalIsAnAnswerWithItsCode) {
  authority_.fate = ScriptedAuthority::Fate::kRefuses;
  auto const planned = Plan();
  Work();
  EXPECT_EQ(Look(planned).issuance->state, IssuanceState::kRefused);
  EXPECT_EQ(Look(planned).issuance->refusal, "card-not-valid");
  EXPECT_EQ(house_.upstream.Known().record.breaker.recent_failed, 0U);
}

TEST_F(IssuanceWorkerTest, WhatWasNotDoneMayBeAskedForAnew) {
  authority_.fate = ScriptedAuthority::Fate::kDoesNothing;
  auto const planned = Plan();
  Work();
  EXPECT_EQ(Look(planned).issuance, std::nullopt);
  EXPECT_EQ(NextStep(Look(planned)), Step::kIssue);
  EXPECT_TRUE(IsQueueEmpty());
}

TEST_F(IssuanceWorkerTest, WithoutAConnectionItStaysPlannedAndGoesLater) {
  authority_.connection = Connection::kUnreachable;
  auto const planned = Plan();
  Work();
  EXPECT_EQ(Look(planned).issuance->state, IssuanceState::kPlanned);
  EXPECT_EQ(house_.upstream.Known().record.breaker.recent_failed, 1U);
  authority_.connection = Connection::kReady;
  Work(3s);
  EXPECT_EQ(Look(planned).issuance->state, IssuanceState::kIssued);
}

// A connection that fell asleep says nothing of the authority.
TEST_F(IssuanceWorkerTest, WhileItConnectsItWaitsAndNothingIsNoted) {
  authority_.connection = Connection::kConnecting;
  auto const planned = Plan();
  Work(5s);
  EXPECT_EQ(Look(planned).issuance->state, IssuanceState::kPlanned);
  EXPECT_EQ(house_.upstream.Known().record.breaker.recent, 0);
  authority_.connection = Connection::kReady;
  Work(1s);
  EXPECT_EQ(Look(planned).issuance->state, IssuanceState::kIssued);
}

TEST_F(IssuanceWorkerTest, WhileTheBreakerIsOpenNothingLeavesThenOneTries) {
  authority_.fate = ScriptedAuthority::Fate::kLosesCall;
  for (int i = 0; i != 5; ++i) Plan();
  Work();
  EXPECT_EQ(authority_.sent.size(), 5U);
  EXPECT_EQ(house_.upstream.Known().health, UpstreamHealth::kDown);
  std::vector<RenewalCase> planned;
  for (int i = 0; i != 4; ++i) planned.push_back(Plan());
  Work(40s);
  EXPECT_EQ(authority_.sent.size(), 5U);
  EXPECT_EQ(Look(planned[0]).issuance->state, IssuanceState::kPlanned);
  authority_.fate = ScriptedAuthority::Fate::kIssues;
  Work(120s);
  EXPECT_EQ(house_.upstream.Known().health, UpstreamHealth::kOk);
  for (auto const& each : planned) {
    EXPECT_EQ(Look(each).issuance->state, IssuanceState::kIssued);
  }
}

// It was sent before the breaker opened, and its answer is lost: no repeat is
// left, and it waits. Who can go then probes in its place.
TEST_F(IssuanceWorkerTest, OneThatWaitsForTheBudgetKeepsNoProbeFromAnother) {
  authority_.answers_questions = false;
  authority_.fate = ScriptedAuthority::Fate::kLosesCall;
  for (int i = 0; i != 5; ++i) Plan();
  Work(100s);
  ASSERT_NE(house_.upstream.Known().health, UpstreamHealth::kOk);
  authority_.fate = ScriptedAuthority::Fate::kIssues;
  auto const planned = Plan();
  Work(2h);
  EXPECT_EQ(Look(planned).issuance->state, IssuanceState::kIssued);
}

TEST_F(IssuanceWorkerTest, ALostAnswerIsAskedForOnceItIsFinalAndNotSentAgain) {
  authority_.fate = ScriptedAuthority::Fate::kLosesAnswer;
  auto const planned = Plan();
  Work(70s);
  EXPECT_EQ(Look(planned).issuance->state, IssuanceState::kSent);
  EXPECT_EQ(authority_.questions, 0);
  Work(10s);
  EXPECT_EQ(Look(planned).issuance->state, IssuanceState::kIssued);
  EXPECT_EQ(authority_.questions, 1);
  EXPECT_EQ(authority_.sent[planned.issuance->id.value], 1);
}

TEST_F(IssuanceWorkerTest, WhatNeverArrivedWasNotIssued) {
  authority_.fate = ScriptedAuthority::Fate::kLosesCall;
  auto const planned = Plan();
  Work(80s);
  EXPECT_EQ(Look(planned).issuance, std::nullopt);
  EXPECT_EQ(authority_.questions, 1);
}

TEST_F(IssuanceWorkerTest, QuestionsAreAskedAgainOnlyAsTheBudgetAllows) {
  constexpr int kCalls = 60;
  for (int i = 0; i != kCalls; ++i) Plan();
  Work();
  // Its answers are lost, four in a row at most: the breaker stays closed.
  authority_.answers_questions = false;
  authority_.fate = ScriptedAuthority::Fate::kLosesAnswer;
  auto const lost = Plan();
  Work(29min);
  EXPECT_EQ(Look(lost).issuance->state, IssuanceState::kSent);
  EXPECT_GT(authority_.questions, 1);
  // One was free.
  EXPECT_LE(authority_.questions - 1, (kCalls + 2) / 10);
}

TEST_F(IssuanceWorkerTest, OfTwoReplicasOneSends) {
  auto const other = std::make_shared<IssuanceWorker>(
      WorkerContext{house_.settings, house_.store, queue_, authority_,
                    house_.upstream, house_.clock, 1, house_.scheduler, "b"});
  for (int i = 0; i != 20; ++i) Plan();
  for (int i = 0; i != 5; ++i) {
    worker_->Pass();
    other->Pass();
    house_.scheduler.Advance(1s);
  }
  EXPECT_EQ(authority_.sent.size(), 20U);
  for (auto const& [attempt, times] : authority_.sent) EXPECT_EQ(times, 1);
}

// What is under way could still be issued behind a "never heard of it".
TEST_F(IssuanceWorkerTest, WhoTakesOverDoesNotAskBeforeTheAnswerIsFinal) {
  authority_.fate = ScriptedAuthority::Fate::kHangs;
  auto const planned = Plan();
  Work();
  Replace();
  Work(70s);
  EXPECT_EQ(authority_.questions, 0);
  EXPECT_EQ(Look(planned).issuance->state, IssuanceState::kSent);
  Work(10s);
  EXPECT_EQ(authority_.questions, 1);
  EXPECT_EQ(Look(planned).issuance, std::nullopt);
}

// Both have seen that it is planned.
TEST_F(IssuanceWorkerTest, ARivalThatWasFasterBySoLittleIsTheOnlyOneToSend) {
  auto const other = std::make_shared<IssuanceWorker>(
      WorkerContext{house_.settings, house_.store, queue_, authority_,
                    house_.upstream, house_.clock, 1, house_.scheduler, "b"});
  auto const planned = Plan();
  house_.store.SetRival([&, is_faster = true]() mutable {
    if (std::exchange(is_faster, false)) other->Pass();
  });
  Work(5s);
  EXPECT_EQ(authority_.sent[planned.issuance->id.value], 1);
  EXPECT_EQ(Look(planned).issuance->state, IssuanceState::kIssued);
}

// The process is killed before or after any step of its store's, whatever the
// authority does: another one ends the case, and nothing is sent twice.
TEST_F(IssuanceWorkerTest, KilledAtAnyStepNothingIsSentTwice) {
  using Fate = ScriptedAuthority::Fate;
  int unfinished = 0;
  for (auto const fate : {Fate::kIssues, Fate::kRefuses, Fate::kLosesAnswer,
                          Fate::kLosesCall, Fate::kDoesNothing}) {
    for (int steps = 0; steps != 8; ++steps) {
      for (bool const reaches : {false, true}) {
        SCOPED_TRACE(::testing::Message()
                     << "fate " << static_cast<int>(fate) << ", after " << steps
                     << (reaches ? " and a half" : ""));
        authority_.fate = fate;
        auto const planned = Plan();
        house_.store.StopAfter(steps, reaches);
        Work();
        house_.store.GoOn();
        Replace();
        Work(80s);
        auto const after = Look(planned);
        auto const state =
            after.issuance ? after.issuance->state : IssuanceState::kPlanned;
        if (after.issuance && state != IssuanceState::kIssued &&
            state != IssuanceState::kRefused) {
          ++unfinished;
        }
        EXPECT_TRUE(IsQueueEmpty());
        // The breaker is not what this is about.
        house_.clock.Advance(31min);
      }
    }
  }
  EXPECT_EQ(unfinished, 0);
  for (auto const& [attempt, times] : authority_.sent) {
    EXPECT_EQ(times, 1) << attempt;
  }
  for (auto const& [key, times] : authority_.issued) EXPECT_EQ(times, 1) << key;
}

}  // namespace
}  // namespace madoguchi::renewal
