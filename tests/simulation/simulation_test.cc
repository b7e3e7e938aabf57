#include "services/ticketing/domain/errors.h"
#include "tests/simulation/broken_store.h"
#include "tests/simulation/day_record.h"
#include "tests/simulation/day_settings.h"
#include "tests/simulation/promises.h"
#include "tests/simulation/simulate_day.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::simulation {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ticketing::EventKind;
using ticketing::LookQuery;
using ticketing::Settled;
using ticketing::Settlement;
using ticketing::TicketState;
using ticketing::View;

constexpr std::uint64_t kSeed = 20261123;

// MADOGUCHI_DAYS lives through more; sanitizers and plain debug builds are
// slow.
int HowManyDays() {
  if (char const* const days = std::getenv("MADOGUCHI_DAYS")) {
    return std::atoi(days);
  }
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return 300;
#elif !defined(__OPTIMIZE__)
  return 1000;
#else
  return 3000;
#endif
}

std::string Listed(std::vector<std::string> const& broken) {
  std::string text;
  for (std::size_t i = 0; i != std::min<std::size_t>(broken.size(), 5); ++i) {
    text += "\n  " + broken[i];
  }
  return text;
}

TEST(SimulationTest, ThousandsOfRandomDaysKeepEveryPromise) {
  int const days = HowManyDays();
  std::int64_t tickets = 0;
  std::int64_t presses = 0;
  std::int64_t repeats = 0;
  std::int64_t at_limit = 0;
  std::int64_t overtakes = 0;
  std::int64_t returns = 0;
  std::int64_t take_overs = 0;
  for (int i = 0; i != days; ++i) {
    auto const seed = kSeed + static_cast<std::uint64_t>(i);
    auto const settings = RandomDay(seed);
    auto const result = SimulateDay(settings);
    auto const record = ReadDay(settings.office, result.log);
    auto const broken = BrokenPromises(settings, result, record);
    ASSERT_THAT(broken, IsEmpty()) << "seed " << seed << Listed(broken);
    presses += result.presses;
    repeats += result.repeats;
    tickets += static_cast<std::int64_t>(record.tickets.size());
    for (auto const& ticket : record.tickets) {
      overtakes += ticket.overtakes;
      returns += ticket.returns;
      at_limit +=
          ticket.overtakes == settings.office.call_policy.overtaking_limit;
    }
    for (auto const& event : result.log) {
      take_overs += event.reason == "TAKEN_OVER" ? 1 : 0;
    }
  }
  std::cout << days << " days from seed " << kSeed << ": " << tickets
            << " tickets, " << presses << " presses, " << repeats
            << " repeats, " << overtakes << " overtakes, " << at_limit
            << " tickets overtaken to the limit, " << returns << " returns, "
            << take_overs << " take-overs\n";
  // Otherwise the above proves little.
  EXPECT_GT(tickets, 20 * days);
  EXPECT_GT(repeats, days);
  EXPECT_GT(at_limit, days / 2);
  EXPECT_GT(returns, days / 2);
  EXPECT_GT(take_overs, days / 10);
}

TEST(SimulationTest, TheSameSeedGivesTheSameDay) {
  for (std::uint64_t seed = kSeed; seed != kSeed + 10; ++seed) {
    auto settings = RandomDay(seed);
    settings.processes = 3;
    settings.wire.slowest = std::chrono::seconds(5);
    settings.wire.lost_replies = 0.05;
    auto const one = SimulateDay(settings);
    auto const two = SimulateDay(settings);
    EXPECT_EQ(one.log, two.log) << seed;
    EXPECT_EQ(one.presses, two.presses);
    ++settings.seed;
    EXPECT_NE(SimulateDay(settings).log, one.log) << seed;
  }
}

TEST(SimulationTest, MostCallsOfABusyDayAreMadeAtThePeak) {
  auto settings = RandomDay(kSeed);
  settings.demand.assign(settings.office.services.size(), {});
  for (auto& demand : settings.demand) {
    demand.visitors = 600;
    demand.peak = 3;
  }
  for (auto& series : settings.office.series) series.size = 1'000'000;
  auto const record = ReadDay(settings.office, SimulateDay(settings).log);
  auto const in_peak = std::count_if(
      record.tickets.begin(), record.tickets.end(), [&](auto const& ticket) {
        return ticket.issued >= settings.opening + std::chrono::hours(1) &&
               ticket.issued < settings.opening + std::chrono::hours(6);
      });
  // 5 hours at 3 against 3 hours at 1.
  auto const share =
      static_cast<double>(in_peak) / static_cast<double>(record.tickets.size());
  EXPECT_NEAR(share, 15.0 / 18, 0.03);
}

TEST(SimulationTest, TheRecordTellsWaitsPerService) {
  auto const settings = RandomDay(kSeed + 3);
  auto const record = ReadDay(settings.office, SimulateDay(settings).log);
  ASSERT_EQ(record.waits.size(), settings.office.services.size());
  int called = 0;
  for (auto const& waits : record.waits) {
    called += waits.called;
    EXPECT_LE(waits.median, waits.p90);
    EXPECT_LE(waits.p90, waits.longest);
  }
  EXPECT_EQ(called, std::count_if(
                        record.tickets.begin(), record.tickets.end(),
                        [](auto const& ticket) { return ticket.calls != 0; }));
}

// The checks above are worth what they catch. Each of these breaks the server
// in one way, on purpose.

// The promises broken on the first of some days of two processes on which a
// store that `damage` damaged breaks any; "none" if all are kept.
std::string Broken(std::function<void(BrokenStore&)> const& damage) {
  for (std::uint64_t seed = kSeed; seed != kSeed + 60; ++seed) {
    auto settings = RandomDay(seed);
    settings.processes = 2;
    settings.wire.slowest = std::chrono::seconds(20);
    settings.wire.lost_replies = 0.02;
    settings.office.call_policy.overtaking_limit = 1;
    settings.decorate = [&](ticketing::TicketStore& store) {
      auto broken = std::make_unique<BrokenStore>(store);
      damage(*broken);
      return broken;
    };
    auto const result = SimulateDay(settings);
    auto const record = ReadDay(settings.office, result.log);
    auto const broken = BrokenPromises(settings, result, record);
    std::string text;
    for (auto const& each : broken) text += each + "\n";
    if (!text.empty()) return text;
  }
  return "none";
}

TEST(SimulationMutantTest, AStoreThatIsNotDamagedKeepsEveryPromise) {
  EXPECT_EQ(Broken([](BrokenStore&) {}), "none");
}

void NoGuard(Settlement& settlement) {
  if (settlement.call) settlement.call->limit = 1'000'000;
}

TEST(SimulationMutantTest, AChooserThatIgnoresTheLimitIsCaught) {
  EXPECT_THAT(Broken([](BrokenStore& store) {
                store.on_view = [](View& view) {
                  for (auto& queue : view.queues) {
                    for (auto& waiting : queue.first) waiting.overtakes = 0;
                  }
                };
                store.on_settlement = NoGuard;
              }),
              HasSubstr("was overtaken"));
}

TEST(SimulationMutantTest, AGuardThatDoesNotLookAtOvertakesIsCaught) {
  EXPECT_THAT(Broken([](BrokenStore& store) { store.on_settlement = NoGuard; }),
              HasSubstr("was overtaken"));
}

TEST(SimulationMutantTest, ALimitThatIsOneTooHighIsCaught) {
  EXPECT_THAT(Broken([](BrokenStore& store) {
                store.on_view = [](View& view) {
                  for (auto& queue : view.queues) {
                    for (auto& waiting : queue.first) {
                      waiting.overtakes -= waiting.overtakes > 0 ? 1 : 0;
                    }
                  }
                };
                store.on_settlement = [](Settlement& settlement) {
                  if (settlement.call) ++settlement.call->limit;
                };
              }),
              HasSubstr("was overtaken 2 times"));
}

TEST(SimulationMutantTest, AQueueOutOfOrderIsCaught) {
  EXPECT_THAT(Broken([](BrokenStore& store) {
                store.on_query = [](LookQuery& query) { ++query.depth; };
                store.on_view = [](View& view) {
                  for (auto& queue : view.queues) {
                    if (queue.first.size() < 2) continue;
                    std::swap(queue.first[0], queue.first[1]);
                  }
                };
                store.on_settlement = [](Settlement& settlement) {
                  settlement.call.reset();
                };
              }),
              HasSubstr("overtaken"));
}

TEST(SimulationMutantTest, AStoreThatForgetsRequestsIsCaught) {
  std::int64_t fresh = 0;
  EXPECT_NE(Broken([&](BrokenStore& store) {
              store.on_view = [](View& view) {
                for (auto& request : view.requests) request.reset();
              };
              store.on_settlement = [&](Settlement& settlement) {
                settlement.request.id = {std::to_string(++fresh)};
              };
            }),
            "none");
}

TEST(SimulationMutantTest, AnAbortedCallThatIsToldAllTheSameIsCaught) {
  EXPECT_NE(Broken([](BrokenStore& store) {
              store.on_settled = [](Settlement const& wanted,
                                    absl::StatusOr<Settled>& settled) {
                if (!absl::IsAborted(settled.status()) || !wanted.call) return;
                settled = Settled{{wanted.request.command, wanted.outcome}, 0};
              };
            }),
            "none");
}

TEST(SimulationMutantTest, AnEventThatIsNotLoggedIsCaught) {
  EXPECT_NE(Broken([](BrokenStore& store) {
              store.on_settlement = [](Settlement& settlement) {
                if (settlement.event &&
                    settlement.event->kind == EventKind::kTicketCancelled) {
                  settlement.event.reset();
                }
              };
            }),
            "none");
}

TEST(SimulationMutantTest, ACounterThatForgetsItsTicketIsCaught) {
  EXPECT_THAT(Broken([](BrokenStore& store) {
                store.on_settlement = [](Settlement& settlement) {
                  if (settlement.call) settlement.counter->after.ticket = {};
                  if (settlement.call && settlement.event) {
                    settlement.event->counter = settlement.counter->after;
                  }
                };
              }),
              HasSubstr("at no counter"));
}

TEST(SimulationMutantTest, AReturnThatRewardsAnAbsenceIsCaught) {
  EXPECT_THAT(Broken([](BrokenStore& store) {
                store.on_settlement = [](Settlement& settlement) {
                  if (!settlement.event ||
                      settlement.event->kind != EventKind::kTicketReturned) {
                    return;
                  }
                  settlement.ticket->after.rank.ms -= 1;
                  settlement.event->ticket = settlement.ticket->after;
                  settlement.outcome.ticket = settlement.ticket->after;
                };
              }),
              HasSubstr("rewards an absence"));
}

}  // namespace
}  // namespace madoguchi::simulation
