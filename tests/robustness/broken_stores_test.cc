#include "tests/robustness/broken_stores.h"
#include "services/office/settings.h"
#include "services/redis/event_loop.h"
#include "services/ticketing/adapters/memory_ticket_store.h"
#include "tests/robustness/checker.h"
#include "tests/robustness/desk_sender.h"
#include "tests/robustness/due_loop.h"
#include "tests/robustness/load.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::robustness {
namespace {

using ticketing::TicketStore;

constexpr char kSettings[] = "tests/robustness/robustness.textproto";

City TestCity() {
  auto city = ReadCity(kSettings);
  if (!city.ok()) ADD_FAILURE() << city.status();
  return city.ok() ? *city : City{};
}

// What was done to a store by the load: in the hall, and of the annex only what
// came from there.
struct Run {
  Record hall;
  std::vector<LogEntry> annex_log;

  std::vector<Violation> Judge(City const& city) const {
    auto violations = Check(hall, city.offices.front());
    for (auto const& part :
         {CheckLog(annex_log, city.offices.at(1)),
          CheckMoves(hall.log, city.offices.front().id.value, annex_log,
                     city.offices.at(1).id.value)}) {
      violations.insert(violations.end(), part.begin(), part.end());
    }
    return violations;
  }
};

// Office time as in a house of servers.
ScaledClock FastClock() {
  return ScaledClock({30,
                      Timestamp(std::chrono::milliseconds(1'795'395'600'000)),
                      std::chrono::time_point_cast<std::chrono::milliseconds>(
                          std::chrono::system_clock::now())});
}

// Two servers in one process: each has desks and a lane of its own, both work
// on `store`.
Run RunLoad(City const& city, TicketStore& store, std::uint64_t seed) {
  auto const clock = FastClock();
  redis::EventLoop scheduler;
  ticketing::DeskContext const context{city, store, clock, scheduler};
  DueLoop const due(context);
  auto const& office = city.offices.front();
  DeskSender one(context, office.id);
  DeskSender other(context, office.id);
  LoadOptions options;
  options.seed = seed;
  options.counters = 16;
  options.ticket_machines = 4;
  options.tickets = 600;
  options.waiting = 200;
  options.other = &city.offices.at(1);
  History history;
  Load load(office, options, {one, other, one}, history);
  EXPECT_TRUE(load.Prepare());
  load.Start();
  EXPECT_TRUE(load.Finish()) << "not everybody was served";

  Run run;
  run.hall.operations = history.Operations();
  run.hall.log = ReadWholeLog(store, office.id);
  auto tickets = ReadAllTickets(store, context.HallAt(office, clock.Now()));
  // What happened by itself in between is in both, or in neither.
  auto const log = ReadWholeLog(store, office.id);
  if (log.size() == run.hall.log.size()) run.hall.tickets = std::move(tickets);
  run.annex_log = ReadWholeLog(store, city.offices.at(1).id);
  return run;
}

class BrokenStoreTest : public ::testing::TestWithParam<BrokenStore> {};

TEST_P(BrokenStoreTest, IsFound) {
  auto const city = TestCity();
  ticketing::MemoryTicketStore good;
  auto const broken = GetParam().make(good);

  auto const run = RunLoad(city, *broken, /*seed=*/7);

  auto const violations = run.Judge(city);
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

  auto const run = RunLoad(city, good, GetParam());

  auto const violations = run.Judge(city);
  EXPECT_TRUE(violations.empty()) << InWords(violations, 10);
  EXPECT_GT(run.hall.log.size(), 2'000U);
}

TEST_P(GoodStoreTest, ThatLosesRepliesHasNoViolation) {
  auto const city = TestCity();
  ticketing::MemoryTicketStore good;
  auto const messenger = MakeForgetfulMessenger(good);

  auto const run = RunLoad(city, *messenger, GetParam());

  auto const violations = run.Judge(city);
  EXPECT_TRUE(violations.empty()) << InWords(violations, 10);
}

INSTANTIATE_TEST_SUITE_P(Seeds, GoodStoreTest, ::testing::Values(1, 2, 3));

}  // namespace
}  // namespace madoguchi::robustness
