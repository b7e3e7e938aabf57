#include "services/base/name_uuid.h"
#include "services/renewal/adapters/memory_case_store.h"
#include "services/renewal/adapters/redis_case_store.h"
#include "services/renewal/domain/case_life.h"
#include "tests/contract/renewal_stores.h"
#include "tests/support/await.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace madoguchi::testing {
namespace {

using namespace renewal;
using std::chrono::minutes;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::UnorderedElementsAre;

OfficeId const kCaseOffice{"main"};
TicketRef const kCaseTicket{"20261123-a-00001"};
constexpr Timestamp kBegun{std::chrono::milliseconds(1'795'392'000'000)};

using CaseStores = StoresUnderTest<CaseStore>;

Request NextRequest(std::string const& command = "test:1") {
  static int number = 0;
  return {{NameUuid("case request " + std::to_string(++number))}, command};
}

life::Hand HandAfter(int minute) {
  return {{"hana"}, {"2"}, kBegun + minutes(minute)};
}

CasePlan PlanWithPin() {
  CasePlan plan;
  plan.row = "C-20";
  plan.outcome = "RENEW_TODAY";
  plan.act = Act::kRenew;
  plan.has_user = plan.has_signing = plan.enters_pin = true;
  return plan;
}

RenewalCase Begun(int person = 1, int minute = 0) {
  return life::Start(kCaseOffice, kCaseTicket, person, PlanWithPin(),
                     HandAfter(minute));
}

CaseSettlement SettlementOf(RenewalCase const& after, std::int64_t seen,
                            Request const& request = NextRequest()) {
  CaseSettlement settlement;
  settlement.request = request;
  settlement.office = kCaseOffice;
  settlement.seen_version = seen;
  settlement.after = after;
  settlement.event = {0, CaseEventKind::kStepTaken, kBegun, {"hana"}, "t-2"};
  settlement.loses_track = life::LosesTrackAt(after, minutes(30));
  return settlement;
}

class CaseStoreContractTest
    : public ::testing::TestWithParam<MakeStores<CaseStore>> {
 protected:
  static absl::StatusOr<SettledCase> Settle(CaseStore& store,
                                            CaseSettlement const& settlement) {
    return Await<SettledCase>(
        [&](auto done) { store.Settle(settlement, Soon(), std::move(done)); });
  }
  static absl::StatusOr<CaseView> Look(CaseStore& store, CaseId const& id,
                                       RequestId const& request = {}) {
    return Await<CaseView>([&](auto done) {
      store.Look(kCaseOffice, request, id, Soon(), std::move(done));
    });
  }
  absl::StatusOr<CaseWork> Work(Timestamp now, int limit = 100) {
    return Await<CaseWork>([&](auto done) {
      store_.LookWork(kCaseOffice, now, limit, Soon(), std::move(done));
    });
  }
  std::vector<CaseId> Live(CaseId const& after = {}, int limit = 100) {
    auto const live = Await<std::vector<RenewalCase>>([&](auto done) {
      rival_.ListLive(kCaseOffice, after, limit, Soon(), std::move(done));
    });
    EXPECT_THAT(live, IsOk());
    std::vector<CaseId> ids;
    for (auto const& each : *live) ids.push_back(each.id);
    return ids;
  }
  std::vector<CaseId> Parked() {
    auto const parked = Await<std::vector<CaseId>>([&](auto done) {
      rival_.ListParked(kCaseOffice, Soon(), std::move(done));
    });
    EXPECT_THAT(parked, IsOk());
    return *parked;
  }
  static std::vector<QueuedIssuance> Take(CaseStore& store,
                                          std::chrono::milliseconds idle,
                                          int limit = 100) {
    auto const taken = Await<std::vector<QueuedIssuance>>([&](auto done) {
      dynamic_cast<IssuanceQueue&>(store).TakeQueued("replica", limit, idle,
                                                     Soon(), std::move(done));
    });
    EXPECT_THAT(taken, IsOk());
    return *taken;
  }
  static void Drop(CaseStore& store, QueuedIssuance const& issuance) {
    EXPECT_THAT(Await<std::monostate>([&](auto done) {
                  dynamic_cast<IssuanceQueue&>(store).DropQueued(
                      issuance.entry, Soon(), std::move(done));
                }),
                IsOk());
  }
  // Settles what becomes of `before`.
  RenewalCase Become(RenewalCase const& before,
                     absl::StatusOr<RenewalCase> const& after) {
    EXPECT_THAT(after, IsOk());
    EXPECT_THAT(Settle(store_, SettlementOf(*after, before.version)), IsOk());
    return *after;
  }

  std::unique_ptr<CaseStores> const under_test_ = GetParam()();
  CaseStore& store_ = under_test_->store();
  CaseStore& rival_ = under_test_->rival();
};

TEST_P(CaseStoreContractTest, ACaseThatIsNotThereIsNothing) {
  EXPECT_THAT(Look(store_, {"20261123-a-00009-1"}),
              IsOkAnd(AllOf(Field(&CaseView::renewal, std::nullopt),
                            Field(&CaseView::settled, std::nullopt))));
}

TEST_P(CaseStoreContractTest, WhatIsSettledIsSeenByAllReplicas) {
  auto const begun = Begun();
  ASSERT_THAT(Settle(store_, SettlementOf(begun, 0)),
              IsOkAnd(Field(&SettledCase::renewal, begun)));
  EXPECT_THAT(Look(rival_, begun.id),
              IsOkAnd(Field(&CaseView::renewal, Optional(begun))));
}

TEST_P(CaseStoreContractTest, ACaseWithEverythingInItComesBackAsItWas) {
  auto full = Begun(9);
  full.steps = {
      {Step::kCheckForm, StepRecord::Kind::kDone, kBegun, {"hana"}, {"2"}},
      {Step::kEnterPin,
       StepRecord::Kind::kWrongPin,
       kBegun + minutes(1),
       {"t|a~r%o"},
       {"3"}}};
  full.state = CaseState::kParked;
  full.issuance =
      Issuance{{"id"}, IssuanceState::kRefused, kBegun, kBegun, kBegun, "x|y"};
  full.parking = Parking{ParkReason::kCustody, kBegun, kBegun + minutes(3)};
  full.errand =
      Errand{Errand::Kind::kComplete, 7, {"2"}, {"hana"}, minutes(9), "done"};
  full.errands = 7;
  full.result = CaseResult::kHolderReset;
  full.reason = "left";
  full.ended = kBegun;
  full.plan.ending = Ending::kRefused;
  full.plan.applicant = Applicant::kStatutoryProxy;
  full.plan.act = Act::kNewIssue;
  full.plan.resets_pin = full.plan.needs_second_id = true;
  full.plan.needs_authority = full.plan.is_first_of_two = true;
  full.plan.has_user = false;
  ASSERT_THAT(Settle(store_, SettlementOf(full, 0)), IsOk());
  EXPECT_THAT(Look(rival_, full.id),
              IsOkAnd(Field(&CaseView::renewal, Optional(full))));
}

TEST_P(CaseStoreContractTest, EachStepAndStateHasItsOwnMark) {
  int person = 0;
  for (int step = 0; step <= static_cast<int>(Step::kReturnPapers); ++step) {
    auto each = Begun(1 + person % 9);
    each.ticket = {"20261123-b-" + std::to_string(person++)};
    each.id = MakeCaseId(each.ticket, 1);
    each.steps = {{static_cast<Step>(step),
                   StepRecord::Kind::kResetChosen,
                   kBegun,
                   {"a"},
                   {"2"}}};
    each.issuance = Issuance{
        {"i"}, static_cast<IssuanceState>(step % 5), kBegun, {}, {}, {}};
    each.state = static_cast<CaseState>(step % 4);
    each.result = static_cast<CaseResult>(step % 7);
    ASSERT_THAT(Settle(store_, SettlementOf(each, 0)), IsOk());
    EXPECT_THAT(Look(rival_, each.id),
                IsOkAnd(Field(&CaseView::renewal, Optional(each))));
  }
}

TEST_P(CaseStoreContractTest, ARepeatGetsTheFirstAnswerAndChangesNothing) {
  auto const request = NextRequest();
  auto const begun = Begun();
  ASSERT_THAT(Settle(store_, SettlementOf(begun, 0, request)), IsOk());
  auto const after =
      Become(begun, life::Record(begun, Step::kCheckForm, HandAfter(1)));
  EXPECT_THAT(Settle(rival_, SettlementOf(begun, 0, request)),
              IsOkAnd(SettledCase{request.command, begun}));
  EXPECT_THAT(
      Look(store_, begun.id, request.id),
      IsOkAnd(AllOf(Field(&CaseView::renewal, Optional(after)),
                    Field(&CaseView::settled,
                          Optional(SettledCase{request.command, begun})))));
}

TEST_P(CaseStoreContractTest, ADecisionOnAnOlderCaseChangesNothing) {
  auto const begun = Begun();
  ASSERT_THAT(Settle(store_, SettlementOf(begun, 0)), IsOk());
  auto const after =
      Become(begun, life::Record(begun, Step::kCheckForm, HandAfter(1)));
  auto const changed = IsError(absl::StatusCode::kAborted, "CASE_CHANGED");
  EXPECT_THAT(Settle(rival_, SettlementOf(begun, 0)), changed);
  EXPECT_THAT(Settle(rival_, SettlementOf(*life::Record(begun, Step::kCheckForm,
                                                        HandAfter(2)),
                                          begun.version)),
              changed);
  EXPECT_THAT(Look(store_, begun.id),
              IsOkAnd(Field(&CaseView::renewal, Optional(after))));
}

TEST_P(CaseStoreContractTest, OfRivalsOneSettlesAndTheOthersLookAgain) {
  auto const begun = Begun();
  ASSERT_THAT(Settle(store_, SettlementOf(begun, 0)), IsOk());
  std::vector<std::thread> replicas;
  std::atomic<int> settled = 0;
  for (int i = 0; i != 8; ++i) {
    auto const settlement = SettlementOf(
        *life::Record(begun, Step::kCheckForm, HandAfter(i)), begun.version);
    auto& store = i % 2 == 0 ? store_ : rival_;
    replicas.emplace_back([&settled, &store, settlement] {
      if (Settle(store, settlement).ok()) ++settled;
    });
  }
  for (auto& each : replicas) each.join();
  EXPECT_EQ(settled, 1);
  EXPECT_EQ(Look(store_, begun.id)->renewal->version, 2);
}

TEST_P(CaseStoreContractTest, TheCasesOfATicketAreInTheOrderOfThePersons) {
  for (int const person : {2, 9, 1}) {
    ASSERT_THAT(Settle(store_, SettlementOf(Begun(person), 0)), IsOk());
  }
  auto other = Begun();
  other.id = MakeCaseId({"20261123-a-00002"}, 1);
  ASSERT_THAT(Settle(store_, SettlementOf(other, 0)), IsOk());
  auto const cases = Await<std::vector<RenewalCase>>([&](auto done) {
    rival_.ListOfTicket(kCaseOffice, kCaseTicket, Soon(), std::move(done));
  });
  EXPECT_THAT(cases, IsOkAnd(ElementsAre(Begun(1), Begun(2), Begun(9))));
}

TEST_P(CaseStoreContractTest, AnEndedCaseIsStillFoundAndNoLongerListed) {
  auto const begun = Begun();
  ASSERT_THAT(Settle(store_, SettlementOf(begun, 0)), IsOk());
  EXPECT_THAT(Live(), ElementsAre(begun.id));
  auto const ended = Become(begun, life::Abandon(begun, "left", HandAfter(1)));
  EXPECT_THAT(Live(), IsEmpty());
  EXPECT_THAT(Look(rival_, begun.id),
              IsOkAnd(Field(&CaseView::renewal, Optional(ended))));
}

TEST_P(CaseStoreContractTest, LiveCasesComeInPagesAsTheyStarted) {
  std::vector<CaseId> ids;
  for (int const person : {3, 1, 2}) {
    auto const each = Begun(person, static_cast<int>(ids.size()));
    ASSERT_THAT(Settle(store_, SettlementOf(each, 0)), IsOk());
    ids.push_back(each.id);
  }
  EXPECT_EQ(Live(), ids);
  EXPECT_THAT(Live({}, 2), ElementsAre(ids[0], ids[1]));
  EXPECT_THAT(Live(ids[1], 2), ElementsAre(ids[2]));
  EXPECT_THAT(Live(ids[2], 2), IsEmpty());
}

TEST_P(CaseStoreContractTest, AnErrandIsWorkUntilItIsEnded) {
  auto const begun = Begun();
  ASSERT_THAT(Settle(store_, SettlementOf(begun, 0)), IsOk());
  EXPECT_THAT(Work(kBegun)->errands, IsEmpty());
  auto const parked =
      Become(begun, life::Park(begun, ParkReason::kVisitor, {}, HandAfter(1)));
  EXPECT_THAT(Work(kBegun)->errands, ElementsAre(begun.id));
  Become(parked, life::EndErrand(parked, 1, /*is_done=*/true));
  EXPECT_THAT(Work(kBegun)->errands, IsEmpty());
}

TEST_P(CaseStoreContractTest, AnErrandOfAnEndedCaseIsStillWork) {
  auto told = Begun();
  told.plan = CasePlan();
  ASSERT_THAT(Settle(store_, SettlementOf(told, 0)), IsOk());
  auto const explained =
      Become(told, life::Record(told, Step::kExplain, HandAfter(1)));
  Become(explained,
         life::Finish(explained, /*completes_ticket=*/true, HandAfter(2)));
  EXPECT_THAT(Work(kBegun)->errands, ElementsAre(told.id));
}

TEST_P(CaseStoreContractTest, ARequestThatWasSentIsWorkWhenTrackIsLost) {
  auto begun = Begun();
  begun.plan.enters_pin = false;
  for (auto const step :
       {Step::kCheckForm, Step::kCheckCard, Step::kCheckIdentity}) {
    begun = *life::Record(begun, step, HandAfter(0));
  }
  ASSERT_THAT(Settle(store_, SettlementOf(begun, 0)), IsOk());
  AttemptId const id{"attempt"};
  auto const planned =
      Become(begun, life::PlanIssuance(begun, id, HandAfter(1)));
  auto const sent = Become(planned, life::Send(planned, id, kBegun));
  EXPECT_THAT(Work(kBegun + minutes(29))->lost, IsEmpty());
  EXPECT_THAT(Work(kBegun + minutes(30))->lost, ElementsAre(begun.id));
  Become(sent, life::TakeIssued(sent, id, HandAfter(2)));
  EXPECT_THAT(Work(kBegun + minutes(30))->lost, IsEmpty());
}

TEST_P(CaseStoreContractTest, ACaseWaitsForTheUpstreamUntilItIsReleased) {
  auto const begun = Begun();
  ASSERT_THAT(Settle(store_, SettlementOf(begun, 0)), IsOk());
  auto const other = Begun(2);
  ASSERT_THAT(Settle(store_, SettlementOf(other, 0)), IsOk());
  Become(other, life::Park(other, ParkReason::kVisitor, {}, HandAfter(1)));
  auto parked =
      Become(begun, life::Park(begun, ParkReason::kUpstream, {}, HandAfter(1)));
  EXPECT_THAT(Parked(), ElementsAre(begun.id));
  EXPECT_EQ(Work(kBegun)->parked, 1);
  parked = Become(parked, life::EndErrand(parked, 1, /*is_done=*/true));
  auto const released = Become(parked, life::Release(parked, HandAfter(9)));
  EXPECT_THAT(Parked(), IsEmpty());
  EXPECT_EQ(Work(kBegun)->parked, 0);
  EXPECT_THAT(Look(rival_, begun.id),
              IsOkAnd(Field(&CaseView::renewal, Optional(released))));
}

TEST_P(CaseStoreContractTest, APlannedRequestIsQueuedOnceAndTakenUntilDropped) {
  auto const hour = std::chrono::hours(1);
  EXPECT_THAT(Take(store_, hour), IsEmpty());
  for (int person = 1; person <= 3; ++person) {
    auto begun = Begun(person);
    begun.plan.enters_pin = false;
    for (auto const step :
         {Step::kCheckForm, Step::kCheckCard, Step::kCheckIdentity}) {
      begun = *life::Record(begun, step, HandAfter(0));
    }
    ASSERT_THAT(Settle(store_, SettlementOf(begun, 0)), IsOk());
    auto const planned = life::PlanIssuance(
        begun, {"attempt " + std::to_string(person)}, HandAfter(1));
    auto settlement = SettlementOf(*planned, begun.version);
    settlement.event.kind = CaseEventKind::kIssuancePlanned;
    ASSERT_THAT(Settle(store_, settlement), IsOk());
    ASSERT_THAT(Settle(rival_, settlement), IsOk());
  }
  auto const first = Take(store_, hour, 2);
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].office, kCaseOffice);
  EXPECT_EQ(first[0].id, Begun(1).id);
  EXPECT_EQ(first[0].attempt, AttemptId{"attempt 1"});
  auto const rest = Take(rival_, hour);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].attempt, AttemptId{"attempt 3"});
  EXPECT_THAT(Take(store_, hour), IsEmpty());
  // Whoever took it is gone.
  EXPECT_THAT(Take(rival_, std::chrono::hours(0)),
              ElementsAre(first[0], first[1], rest[0]));
  Drop(store_, first[0]);
  Drop(store_, first[0]);
  EXPECT_THAT(Take(rival_, std::chrono::hours(0)),
              ElementsAre(first[1], rest[0]));
}

TEST_P(CaseStoreContractTest, WorkComesInParts) {
  for (int person = 1; person <= 3; ++person) {
    auto const begun = Begun(person);
    ASSERT_THAT(Settle(store_, SettlementOf(begun, 0)), IsOk());
    Become(begun, life::Park(begun, ParkReason::kVisitor, {}, HandAfter(1)));
  }
  EXPECT_EQ(Work(kBegun, 2)->errands.size(), 2U);
  EXPECT_THAT(Work(kBegun, 5)->errands,
              UnorderedElementsAre(Begun(1).id, Begun(2).id, Begun(3).id));
}

TEST_P(CaseStoreContractTest, OfficesKeepTheirCasesApart) {
  auto settlement = SettlementOf(Begun(), 0);
  settlement.office = {"annex"};
  ASSERT_THAT(Settle(store_, settlement), IsOk());
  EXPECT_THAT(Look(store_, Begun().id),
              IsOkAnd(Field(&CaseView::renewal, std::nullopt)));
  EXPECT_THAT(Live(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Memory, CaseStoreContractTest,
    ::testing::Values(
        (&Make<MemoryStores<CaseStore, MemoryCaseStore>, CaseStore>)));
INSTANTIATE_TEST_SUITE_P(
    Redis, CaseStoreContractTest,
    ::testing::Values(
        (&Make<RedisStores<CaseStore, RedisCaseStore>, CaseStore>)));

}  // namespace
}  // namespace madoguchi::testing
