#include "tests/robustness/broken_stores.h"
#include "services/office/settings.h"
#include "services/redis/event_loop.h"
#include "services/ticketing/adapters/memory_ticket_store.h"
#include "tests/robustness/checker.h"
#include "tests/robustness/desk_sender.h"
#include "tests/robustness/load.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>

namespace madoguchi::robustness {
namespace {

using ticketing::TicketStore;

constexpr char kSettings[] = "tests/robustness/robustness.textproto";

City TestCity() {
  auto city = ReadCity(kSettings);
  if (!city.ok()) ADD_FAILURE() << city.status();
  return city.ok() ? *city : City{};
}

// Two servers in one process: each has desks and a lane of its own, both work
// on `store`. Returns what the load did to it.
Record RunLoad(City const& city, TicketStore& store, std::uint64_t seed) {
  SystemClock const clock;
  redis::EventLoop scheduler;
  ticketing::DeskContext const context{city, store, clock, scheduler};
  auto const& office = city.offices.front();
  DeskSender one(context, office.id);
  DeskSender other(context, office.id);
  LoadOptions options;
  options.seed = seed;
  options.counters = 16;
  options.ticket_machines = 4;
  options.tickets = 600;
  options.waiting = 200;
  History history;
  Load load(office, options, {one, other, one}, history);
  EXPECT_TRUE(load.Prepare());
  load.Start();
  EXPECT_TRUE(load.Finish()) << "not everybody was served";

  Record record;
  record.operations = history.Operations();
  record.log = ReadWholeLog(store, office.id);
  record.tickets = ReadAllTickets(store, context.HallAt(office, clock.Now()));
  return record;
}

class BrokenStoreTest : public ::testing::TestWithParam<BrokenStore> {};

TEST_P(BrokenStoreTest, IsFound) {
  auto const city = TestCity();
  ticketing::MemoryTicketStore good;
  auto const broken = GetParam().make(good);

  auto const record = RunLoad(city, *broken, /*seed=*/7);

  auto const violations = Check(record, city.offices.front());
  EXPECT_GT(CountOf(violations, GetParam().fault), 0)
      << "not found; what was found instead:\n"
      << InWords(violations, 10);
}

INSTANTIATE_TEST_SUITE_P(EveryMistake, BrokenStoreTest,
                         ::testing::ValuesIn(BrokenStores()),
                         [](auto const& info) { return info.param.name; });

class GoodStoreTest : public ::testing::TestWithParam<int> {};

TEST_P(GoodStoreTest, HasNoViolation) {
  auto const city = TestCity();
  ticketing::MemoryTicketStore good;

  auto const record = RunLoad(city, good, GetParam());

  auto const violations = Check(record, city.offices.front());
  EXPECT_TRUE(violations.empty()) << InWords(violations, 10);
  EXPECT_GT(record.log.size(), 2'000U);
}

TEST_P(GoodStoreTest, ThatLosesRepliesHasNoViolation) {
  auto const city = TestCity();
  ticketing::MemoryTicketStore good;
  auto const messenger = MakeForgetfulMessenger(good);

  auto const record = RunLoad(city, *messenger, GetParam());

  auto const violations = Check(record, city.offices.front());
  EXPECT_TRUE(violations.empty()) << InWords(violations, 10);
}

INSTANTIATE_TEST_SUITE_P(Seeds, GoodStoreTest, ::testing::Values(1, 2, 3));

}  // namespace
}  // namespace madoguchi::robustness
