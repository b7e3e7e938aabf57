#include "services/base/name_uuid.h"
#include "services/renewal/adapters/memory_upstream_store.h"
#include "services/renewal/adapters/redis_upstream_store.h"
#include "tests/contract/renewal_stores.h"
#include "tests/support/await.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace madoguchi::testing {
namespace {

using namespace renewal;
using std::chrono::milliseconds;
using ::testing::AllOf;
using ::testing::Field;
using ::testing::Optional;

constexpr Timestamp kNoon{milliseconds(1'795'489'200'000)};

using UpstreamStores = StoresUnderTest<UpstreamStore>;

Request NextUpstreamRequest() {
  static int number = 0;
  return {{NameUuid("upstream " + std::to_string(++number))}, "test:1"};
}

UpstreamSettlement SettlementOf(std::int64_t seen, int trips = 0,
                                Request const& request = {}) {
  UpstreamSettlement settlement;
  settlement.request = request;
  settlement.seen_version = seen;
  settlement.after.version = seen + 1;
  settlement.after.breaker.trips = trips;
  return settlement;
}

class UpstreamStoreContractTest
    : public ::testing::TestWithParam<MakeStores<UpstreamStore>> {
 protected:
  static absl::StatusOr<SettledUpstream> Settle(
      UpstreamStore& store, UpstreamSettlement const& settlement) {
    return Await<SettledUpstream>(
        [&](auto done) { store.Settle(settlement, Soon(), std::move(done)); });
  }
  static absl::StatusOr<UpstreamLook> Look(UpstreamStore& store,
                                           RequestId const& request = {}) {
    return Await<UpstreamLook>(
        [&](auto done) { store.Look(request, Soon(), std::move(done)); });
  }
  absl::StatusOr<LatencyBaseline> Baseline() {
    return Await<LatencyBaseline>(
        [&](auto done) { rival_.ReadBaseline(Soon(), std::move(done)); });
  }

  std::unique_ptr<UpstreamStores> const under_test_ = GetParam()();
  UpstreamStore& store_ = under_test_->store();
  UpstreamStore& rival_ = under_test_->rival();
};

TEST_P(UpstreamStoreContractTest, OfWhichNobodyHasToldNothingIsKnown) {
  EXPECT_THAT(Look(store_),
              IsOkAnd(AllOf(Field(&UpstreamLook::record, UpstreamRecord()),
                            Field(&UpstreamLook::settled, std::nullopt))));
  EXPECT_THAT(Baseline(), IsOkAnd(LatencyBaseline()));
}

TEST_P(UpstreamStoreContractTest, ARecordWithEverythingInItComesBackAsItWas) {
  auto settlement = SettlementOf(0);
  auto& breaker = settlement.after.breaker;
  breaker.version = 7;
  breaker.since = kNoon;
  breaker.recent_failed = 0x3FF;
  breaker.recent = 10;
  breaker.log_stretch = -0.25;
  breaker.stretch = 1.75;
  breaker.tries = 3;
  breaker.first_try = kNoon - milliseconds(1);
  breaker.last_noted = kNoon - milliseconds(2);
  breaker.trips = 4;
  breaker.probe_from = kNoon + milliseconds(5);
  breaker.probe = Probe{9, {"honcho/2|~"}, kNoon};
  breaker.probes = 9;
  breaker.successes = 2;
  breaker.prober = CallerId{"honcho/3"};
  settlement.after.budget.tenths = 55;
  settlement.after.last_release = {{{"honcho"}, kNoon},
                                   {{"higashi"}, kNoon + milliseconds(1)}};
  std::int64_t version = 0;
  for (auto const state :
       {BreakerState::kClosed, BreakerState::kOpen, BreakerState::kHalfOpen}) {
    settlement.seen_version = version;
    settlement.after.version = ++version;
    breaker.state = state;
    ASSERT_THAT(Settle(store_, settlement), IsOk());
    EXPECT_THAT(Look(rival_),
                IsOkAnd(Field(&UpstreamLook::record, settlement.after)));
  }
}

TEST_P(UpstreamStoreContractTest, ARepeatGetsTheFirstAnswerAndChangesNothing) {
  auto const request = NextUpstreamRequest();
  auto first = SettlementOf(0, 1, request);
  first.took = TookLatency{{20'000, 10}, milliseconds(5)};
  ASSERT_THAT(Settle(store_, first), IsOk());
  ASSERT_THAT(Settle(rival_, SettlementOf(1, 2)), IsOk());
  EXPECT_THAT(Settle(rival_, first),
              IsOkAnd(SettledUpstream{request.command, first.after}));
  EXPECT_THAT(
      Look(store_, request.id),
      IsOkAnd(AllOf(
          Field(&UpstreamLook::record, SettlementOf(1, 2).after),
          Field(&UpstreamLook::settled,
                Optional(SettledUpstream{request.command, first.after})))));
  EXPECT_EQ(Baseline()->took.at({20'000, 10}).size(), 1U);
}

TEST_P(UpstreamStoreContractTest, OfRivalsOneSettlesAndTheOthersLookAgain) {
  std::vector<std::thread> replicas;
  std::atomic<int> settled = 0;
  std::atomic<int> aborted = 0;
  for (int i = 0; i != 8; ++i) {
    auto& store = i % 2 == 0 ? store_ : rival_;
    replicas.emplace_back([&settled, &aborted, &store, i] {
      auto const answer = Settle(store, SettlementOf(0, i));
      if (answer.ok()) ++settled;
      if (absl::IsAborted(answer.status())) ++aborted;
    });
  }
  for (auto& each : replicas) each.join();
  EXPECT_EQ(settled, 1);
  EXPECT_EQ(aborted, 7);
  EXPECT_EQ(Look(store_)->record.version, 1);
}

TEST_P(UpstreamStoreContractTest, LatenciesAreKeptByTheHourForFourteenDays) {
  LatencyBaseline expected;
  std::int64_t version = 0;
  for (int day = 20'000; day != 20'017; ++day) {
    for (int const hour : {9, 10}) {
      for (int const took : {day, hour}) {
        auto settlement = SettlementOf(version++);
        settlement.took = TookLatency{{day, hour}, milliseconds(took)};
        ASSERT_THAT(Settle(store_, settlement), IsOk());
        AddLatency(expected, {day, hour}, milliseconds(took));
      }
    }
  }
  EXPECT_THAT(Baseline(), IsOkAnd(expected));
}

TEST_P(UpstreamStoreContractTest, AnHourKeepsSoManyLatenciesAndNoMore) {
  for (std::size_t i = 0; i != kMostOfAnHour + 3; ++i) {
    auto settlement = SettlementOf(static_cast<std::int64_t>(i));
    settlement.took = TookLatency{{20'000, 9}, milliseconds(i)};
    ASSERT_THAT(Settle(store_, settlement), IsOk());
  }
  auto const baseline = Baseline();
  ASSERT_THAT(baseline, IsOk());
  ASSERT_EQ(baseline->took.size(), 1U);
  EXPECT_EQ(baseline->took.begin()->second.size(), kMostOfAnHour);
}

INSTANTIATE_TEST_SUITE_P(
    Memory, UpstreamStoreContractTest,
    ::testing::Values((&Make<MemoryStores<UpstreamStore, MemoryUpstreamStore>,
                             UpstreamStore>)));
INSTANTIATE_TEST_SUITE_P(
    Redis, UpstreamStoreContractTest,
    ::testing::Values((
        &Make<RedisStores<UpstreamStore, RedisUpstreamStore>, UpstreamStore>)));

}  // namespace
}  // namespace madoguchi::testing
