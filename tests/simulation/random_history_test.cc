#include "tests/simulation/random_history.h"
#include "tests/simulation/broken_store.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::simulation {
namespace {

constexpr std::uint64_t kSeed = 20261124;

using ::testing::HasSubstr;
using ticketing::EventKind;
using ticketing::Settlement;
using ticketing::Ticket;
using ticketing::TicketState;

// MADOGUCHI_SEED plays a history again that was told of, MADOGUCHI_HISTORIES
// more or fewer of them; sanitizers and plain debug builds are slow.
std::uint64_t FirstSeed() {
  char const* const seed = std::getenv("MADOGUCHI_SEED");
  return seed == nullptr ? kSeed : std::strtoull(seed, nullptr, 10);
}

int HowManyHistories() {
  if (char const* const histories = std::getenv("MADOGUCHI_HISTORIES")) {
    return std::atoi(histories);
  }
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return 150;
#elif !defined(__OPTIMIZE__)
  return 400;
#else
  return 3000;
#endif
}

// Everything about a history that broke a rule, to be read and played again.
std::string Told(std::uint64_t seed, HistoryResult const& result) {
  auto text = "seed " + std::to_string(seed) + ", broken at step " +
              std::to_string(result.steps) + " by:\n";
  for (auto const& words : result.broken) text += "  " + words + "\n";
  text += "after:\n";
  for (auto const& words : result.story) text += "  " + words + "\n";
  return text;
}

TEST(RandomHistoryTest, ThousandsOfRandomHistoriesAreAsTheModelSays) {
  int const histories = HowManyHistories();
  std::map<std::string, int> happened;
  std::int64_t steps = 0;
  for (int i = 0; i != histories; ++i) {
    HistorySettings settings;
    settings.seed = FirstSeed() + static_cast<std::uint64_t>(i);
    settings.steps = 150;
    auto const result = PlayHistory(settings);
    ASSERT_TRUE(result.broken.empty()) << Told(settings.seed, result);
    steps += result.steps;
    for (auto const& [what, times] : result.happened) happened[what] += times;
  }
  std::cout << histories << " histories from seed " << FirstSeed() << ": "
            << steps << " steps";
  for (auto const& [what, times] : happened) {
    std::cout << ", " << times << " " << what;
  }
  std::cout << "\n";
  // Otherwise the above proves little.
  if (histories < 100) return;
  for (auto const* const what : {"issue",
                                 "cancel",
                                 "open",
                                 "close",
                                 "pause",
                                 "call next",
                                 "call out of turn",
                                 "recall",
                                 "complete",
                                 "start serving",
                                 "mark absent",
                                 "return",
                                 "hold",
                                 "transfer",
                                 "designate",
                                 "set assist",
                                 "edit",
                                 "serve visitor",
                                 "end activity",
                                 "end hold",
                                 "resume serving",
                                 "undo",
                                 "fired",
                                 "again ok"}) {
    EXPECT_GT(happened[what], histories / 50) << what;
  }
}

// What the model is worth is what it finds. Each of these makes one mistake, as
// if the server made it.

// What the first history that finds the mistake complains of, and how far it
// went; "none" if none does.
std::string Found(std::function<void(BrokenStore&)> const& make_mistake) {
  for (std::uint64_t seed = kSeed; seed != kSeed + 300; ++seed) {
    HistorySettings settings;
    settings.seed = seed;
    settings.steps = 150;
    settings.decorate = [&](ticketing::TicketStore& store) {
      auto broken = std::make_unique<BrokenStore>(store);
      make_mistake(*broken);
      return broken;
    };
    auto const result = PlayHistory(settings);
    if (!result.broken.empty()) return Told(seed, result);
  }
  return "none";
}

// Makes the mistake in what becomes of the ticket, and tells it everywhere.
std::function<void(BrokenStore&)> InTicket(
    EventKind kind, std::function<void(Settlement const&, Ticket&)> mistake) {
  return [kind, mistake](BrokenStore& store) {
    store.on_settlement = [kind, mistake](Settlement& settlement) {
      if (!settlement.event || settlement.event->kind != kind) return;
      mistake(settlement, settlement.ticket->after);
      settlement.event->ticket = settlement.ticket->after;
      if (settlement.outcome.ticket) {
        settlement.outcome.ticket = settlement.ticket->after;
      }
    };
  };
}

std::function<void(BrokenStore&)> InSettlement(
    std::function<void(Settlement&)> mistake) {
  return [mistake](BrokenStore& store) { store.on_settlement = mistake; };
}

std::function<void(BrokenStore&)> InSweep(
    std::function<void(ticketing::SweepSettlement&)> mistake) {
  return [mistake](BrokenStore& store) { store.on_sweep = mistake; };
}

bool Is(Settlement const& settlement, EventKind kind) {
  return settlement.event && settlement.event->kind == kind;
}

struct Mistake {
  char const* name;
  std::function<void(BrokenStore&)> make;
};

std::vector<Mistake> Mistakes() {
  return {
      {"a hold keeps the counter", InSettlement([](Settlement& settlement) {
         if (!Is(settlement, EventKind::kTicketHeld)) return;
         settlement.counter->after.ticket = settlement.counter->before.ticket;
         settlement.event->counter = settlement.counter->after;
       })},
      {"an ended hold loses the rank",
       InTicket(EventKind::kHoldEnded,
                [](auto&, Ticket& ticket) { ticket.rank.ms += 60'000; })},
      {"a transfer by arrival loses the rank",
       InTicket(EventKind::kTicketTransferred,
                [](auto& settlement, Ticket& ticket) {
                  if (settlement.event->reason != "BY_ARRIVAL") return;
                  ticket.rank.ms += 60'000;
                })},
      {"a transfer loses the note",
       InTicket(EventKind::kTicketTransferred,
                [](auto&, Ticket& ticket) { ticket.note.clear(); })},
      {"an edit loses the place",
       InTicket(EventKind::kTicketEdited,
                [](auto& settlement, Ticket& ticket) {
                  if (settlement.event->reason.empty()) ticket.rank.ms += 1;
                })},
      {"assistance counts twice",
       InTicket(EventKind::kTicketEdited,
                [](auto& settlement, Ticket& ticket) {
                  if (settlement.event->reason != "ASSIST") return;
                  ticket.rank.ms -= ticket.head_start.count();
                })},
      {"an absence is rewarded",
       InTicket(EventKind::kTicketReturned,
                [](auto&, Ticket& ticket) { ticket.rank.ms -= 1; })},
      {"a further service is forgotten",
       InTicket(EventKind::kServiceFinished,
                [](auto& settlement, Ticket& ticket) {
                  ticket.service = settlement.ticket->before.service;
                })},
      {"a call out of turn keeps the hold",
       InTicket(EventKind::kTicketCalled,
                [](auto& settlement, Ticket& ticket) {
                  ticket.hold = settlement.ticket->before.hold;
                })},
      {"an undone step gives back less",
       InTicket(EventKind::kStepUndone,
                [](auto&, Ticket& ticket) { ticket.recalls = 0; })},
      {"a step is taken back after its time",
       [](BrokenStore& store) {
         store.on_view = [](ticketing::View& view) {
           if (view.undo) view.undo->time += std::chrono::minutes(1);
         };
       }},
      {"what is due is not cleared", InSettlement([](Settlement& settlement) {
         settlement.due.cleared.clear();
       })},
      {"nothing becomes due", InSettlement([](Settlement& settlement) {
         settlement.due.set.clear();
       })},
      {"what fires stays due",
       InSettlement([](Settlement& settlement) { settlement.fires.reset(); })},
      {"a clock that fires keeps the version",
       InTicket(EventKind::kFinishOverdue,
                [](auto&, Ticket& ticket) { --ticket.version; })},
      {"a closed counter keeps its queue", InSettlement([](Settlement& it) {
         if (Is(it, EventKind::kCounterClosed)) it.further.clear();
       })},
      {"a take-over keeps the old session", InSettlement([](Settlement& it) {
         if (!Is(it, EventKind::kCounterOpened)) return;
         if (!it.counter->before.open) return;
         it.counter->after.session = it.counter->before.session;
         it.event->counter = it.counter->after;
         it.outcome.session = it.counter->after.session;
       })},
      {"an event does not say who", InSettlement([](Settlement& settlement) {
         if (settlement.event) settlement.event->staff = {};
       })},
      {"an event does not say where", InSettlement([](Settlement& settlement) {
         if (Is(settlement, EventKind::kTicketRecalled)) {
           settlement.event->at = {};
         }
       })},
      {"an event is not written", InSettlement([](Settlement& settlement) {
         if (Is(settlement, EventKind::kTicketCancelled)) {
           settlement.event.reset();
         }
       })},
      {"a moved visitor loses the place", InSettlement([](Settlement& it) {
         if (!Is(it, EventKind::kTicketMoved) || it.issue->ranked_now) return;
         it.issue->ranked_now = true;
       })},
      {"a visitor without number has no counter",
       InSettlement([](Settlement& settlement) {
         if (settlement.issue) settlement.issue->at_counter = false;
       })},
      {"the limit of overtaking is not kept",
       [](BrokenStore& store) {
         store.on_view = [](ticketing::View& view) {
           for (auto& queue : view.queues) {
             for (auto& waiting : queue.first) waiting.overtakes = 0;
           }
         };
         store.on_settlement = [](Settlement& settlement) {
           if (settlement.call) settlement.call->limit = 1'000'000;
         };
       }},
      {"a rival's call is not looked at",
       [](BrokenStore& store) {
         store.on_settled = [](Settlement const& wanted,
                               absl::StatusOr<ticketing::Settled>& settled) {
           if (!absl::IsAborted(settled.status()) || !wanted.call) return;
           settled =
               ticketing::Settled{{wanted.request.command, wanted.outcome}, 0};
         };
       }},
      {"requests are forgotten",
       [](BrokenStore& store) {
         store.on_view = [](ticketing::View& view) {
           for (auto& request : view.requests) request.reset();
         };
         auto fresh = std::make_shared<int>(0);
         store.on_settlement = [fresh](Settlement& settlement) {
           settlement.request.id.value += std::to_string(++*fresh);
         };
       }},
      {"a carried-over visitor loses the number", InSweep([](auto& sweep) {
         for (auto& change : sweep.changes) {
           change.ticket.after.number = "X1";
           change.event.ticket = change.ticket.after;
         }
       })},
      {"a carried-over visitor loses the rank", InSweep([](auto& sweep) {
         for (auto& change : sweep.changes) {
           change.ticket.after.rank.ms += 1;
           change.event.ticket = change.ticket.after;
         }
       })},
      {"the absent are carried over", InSweep([](auto& sweep) {
         for (auto& change : sweep.changes) {
           if (change.ticket.before.state != TicketState::kAbsent) continue;
           change.ticket.after.state = TicketState::kWaiting;
           change.event.ticket = change.ticket.after;
         }
       })},
      {"somebody is left behind", InSweep([](auto& sweep) {
         if (!sweep.changes.empty()) sweep.changes.pop_back();
       })},
      {"what was due yesterday stays",
       InSweep([](auto& sweep) { sweep.due.cleared.clear(); })},
  };
}

TEST(RandomHistoryMistakeTest, EachMistakeIsFound) {
  EXPECT_EQ(Found([](BrokenStore&) {}), "none");
  for (auto const& mistake : Mistakes()) {
    auto const found = Found(mistake.make);
    EXPECT_NE(found, "none") << mistake.name;
    std::cout << mistake.name << ": " << found.substr(0, found.find(" by"))
              << "\n";
  }
}

TEST(RandomHistoryMistakeTest, AMistakeIsToldWithTheWayThere) {
  auto const found = Found(InSettlement([](Settlement& settlement) {
    if (settlement.issue) settlement.issue->at_counter = false;
  }));
  EXPECT_THAT(found, HasSubstr("seed 20261"));
  EXPECT_THAT(found, HasSubstr("serve visitor"));
}

// The last step of a story is the one that breaks it: playing fewer steps of
// the same seed breaks nothing.
TEST(RandomHistoryMistakeTest, AHistoryEndsAtTheStepThatBreaksIt) {
  HistorySettings settings;
  settings.decorate = [](ticketing::TicketStore& store) {
    auto broken = std::make_unique<BrokenStore>(store);
    broken->on_settlement = [](Settlement& settlement) {
      if (settlement.event) settlement.event->staff = {};
    };
    return broken;
  };
  auto const whole = PlayHistory(settings);
  ASSERT_FALSE(whole.broken.empty());
  settings.steps = whole.steps - 1;
  EXPECT_TRUE(PlayHistory(settings).broken.empty());
}

}  // namespace
}  // namespace madoguchi::simulation
