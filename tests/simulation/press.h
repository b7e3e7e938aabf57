#ifndef MADOGUCHI_TESTS_SIMULATION_PRESS_H
#define MADOGUCHI_TESTS_SIMULATION_PRESS_H

#include "services/base/done.h"
#include "services/ticketing/domain/counter_desk.h"
#include "services/ticketing/domain/ticket_desk.h"
#include "tests/simulation/simulate_day.h"
#include "tests/simulation/timeline.h"
#include "tests/simulation/wire.h"
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace madoguchi::simulation {

/// A server process: its desks, at its end of the wire.
struct Process {
  Process(City const& city, ticketing::TicketStore& store, Clock const& clock,
          Scheduler& scheduler, WireSettings const& settings,
          Timeline& timeline, Chance& chance)
      : wire(store, settings, timeline, chance),
        context{city, wire, clock, scheduler},
        tickets(context),
        counters(context) {}

  Wire wire;
  ticketing::DeskContext context;
  ticketing::TicketDesk tickets;
  ticketing::CounterDesk counters;
};

/// Whether a repeat was answered as the first press was.
inline bool Same(ticketing::Ticket const& a, ticketing::Ticket const& b) {
  return a == b;
}
inline bool Same(ticketing::CallAnswer const& a,
                 ticketing::CallAnswer const& b) {
  return a.ticket == b.ticket && a.reason == b.reason;
}
inline bool Same(ticketing::OpenedCounter const& a,
                 ticketing::OpenedCounter const& b) {
  // The ticket is the one held now; the session says which opening it was.
  return a.session == b.session;
}
inline bool Same(std::monostate, std::monostate) { return true; }

/// Presses buttons as people and programs do: again until there is an answer,
/// sometimes twice at once, sometimes once more long after; any server process
/// may get it. Complains about repeats that are answered otherwise.
class Buttons {
 public:
  Buttons(std::deque<Process>& processes, ClerkHabits const& habits,
          Timeline& timeline, Scheduler& scheduler, Chance& chance,
          DayResult& result)
      : processes_(processes),
        habits_(habits),
        timeline_(timeline),
        scheduler_(scheduler),
        chance_(chance),
        result_(result) {}

  template <typename T>
  using Send = std::function<void(Process& process, std::string const& id,
                                  MachineTime deadline, Done<T> done)>;
  template <typename T>
  using Then = std::function<void(absl::StatusOr<T> const& answer)>;

  /// `name` is for complaints. `then` gets the first answer whose outcome is
  /// known.
  template <typename T>
  void Press(std::string const& name, Send<T> send, Then<T> then) {
    auto press = std::make_shared<UnderWay<T>>();
    press->name = name;
    press->id = NewId();
    press->send = std::move(send);
    press->then = std::move(then);
    ++result_.presses;
    if (chance_.Happens(habits_.double_press)) Repeat(press);
    Try(press);
  }

 private:
  template <typename T>
  struct UnderWay {
    std::string name;
    std::string id;
    Send<T> send;
    Then<T> then;
    std::optional<absl::StatusOr<T>> first;
    // Answers of copies that came before the first.
    std::vector<absl::StatusOr<T>> early;
  };

  static bool IsUnknown(absl::Status const& status) {
    return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status);
  }

  std::string NewId() {
    auto digits = std::to_string(++ids_);
    digits.insert(0, 12 - digits.size(), '0');
    return "00000000-0000-4000-8000-" + digits;
  }

  template <typename T>
  void Once(std::shared_ptr<UnderWay<T>> const& press, Done<T> done) {
    press->send(processes_[chance_.Pick(processes_.size())], press->id,
                scheduler_.Now() + std::chrono::minutes(10), std::move(done));
  }

  template <typename T>
  void Try(std::shared_ptr<UnderWay<T>> const& press) {
    Once<T>(press, [this, press](absl::StatusOr<T> answer) {
      if (IsUnknown(answer.status())) {
        timeline_.After(std::chrono::seconds(1), [this, press] { Try(press); });
        return;
      }
      press->first = std::move(answer);
      for (auto const& early : std::exchange(press->early, {})) {
        Compare(*press, early, /*after_first=*/false);
      }
      if (press->first->ok() && chance_.Happens(habits_.repeat)) {
        timeline_.After(
            chance_.Between(std::chrono::seconds(0), std::chrono::minutes(10)),
            [this, press] { Repeat(press); });
      }
      press->then(*press->first);
    });
  }

  template <typename T>
  void Repeat(std::shared_ptr<UnderWay<T>> const& press) {
    ++result_.repeats;
    bool const after_first = press->first.has_value();
    Once<T>(press, [this, press, after_first](absl::StatusOr<T> answer) {
      if (IsUnknown(answer.status())) return;
      if (press->first) {
        Compare(*press, answer, after_first);
      } else {
        press->early.push_back(std::move(answer));
      }
    });
  }

  // Refusals are not remembered, so a copy that was not sent after the answer
  // may be refused though the first was not, or the other way round.
  template <typename T>
  void Compare(UnderWay<T> const& press, absl::StatusOr<T> const& copy,
               bool after_first) {
    auto const& first = *press.first;
    if (first.ok() && copy.ok()) {
      if (Same(*first, *copy)) return;
    } else if (!first.ok() || !after_first) {
      return;
    }
    result_.complaints.push_back(
        "a repeat of " + press.name + " " + press.id +
        " was answered otherwise: " + copy.status().ToString());
  }

  std::deque<Process>& processes_;
  ClerkHabits const habits_;
  Timeline& timeline_;
  Scheduler& scheduler_;
  Chance& chance_;
  DayResult& result_;
  std::int64_t ids_ = 0;
};

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_PRESS_H
