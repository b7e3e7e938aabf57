#include "tests/robustness/checker.h"
#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

// Plays the log with rules of its own: it shares no code with the server, whose
// mistakes it is to find.
namespace madoguchi::robustness {
namespace {

using ticketing::EventKind;
using ticketing::TicketState;

// Where a ticket waits: by rank, equals by id.
using Place = std::pair<std::int64_t, std::string>;

struct Seen {
  TicketFacts facts;
  std::int64_t rank = 0;
  /// Who went before it though they rank behind, since it last began to wait.
  std::set<std::string> overtakers;
};

struct Desk {
  bool open = false;
  std::int64_t session = 0;
  std::string ticket;
};

// What a step of a ticket is allowed to do.
struct Step {
  EventKind kind;
  TicketState before;
  TicketState after;
  bool holder;
  bool releases;
};

constexpr Step kSteps[] = {
    {EventKind::kTicketRecalled, TicketState::kCalled, TicketState::kCalled,
     true, false},
    {EventKind::kServingStarted, TicketState::kCalled, TicketState::kServing,
     true, false},
    {EventKind::kTicketCompleted, TicketState::kServing,
     TicketState::kCompleted, true, true},
    {EventKind::kTicketMarkedAbsent, TicketState::kCalled, TicketState::kAbsent,
     true, true},
    {EventKind::kTicketReturned, TicketState::kAbsent, TicketState::kWaiting,
     false, false},
    {EventKind::kTicketCancelled, TicketState::kWaiting,
     TicketState::kCancelled, false, false},
};

bool Live(TicketState state) {
  return state != TicketState::kCompleted && state != TicketState::kCancelled;
}

class Replay {
 public:
  explicit Replay(Office const& office) : office_(office) {}

  void Apply(LogEntry const& entry) {
    entry_ = &entry;
    CheckSequence();
    if (entry.kind == EventKind::kDayOpened) return OpenDay();
    if (entry.kind == EventKind::kCounterOpened) return Open();
    if (entry.kind == EventKind::kCounterClosed) return Close();
    if (!entry.ticket) return Report(Fault::kImpossibleStep, "has no ticket");
    if (entry.kind == EventKind::kTicketIssued) return Issue();
    auto const at = tickets_.find(entry.ticket->id);
    if (at == tickets_.end()) {
      return Report(Fault::kImpossibleStep, "was never issued");
    }
    CheckUnchanged(at->second);
    if (entry.kind == EventKind::kTicketCalled) {
      Call(at->second);
    } else {
      Move(at->second);
    }
  }

  std::vector<Violation> Take() { return std::move(violations_); }
  std::size_t most_overtakers() const { return most_overtakers_; }

 private:
  void Report(Fault fault, std::string const& what) {
    std::string text = "log " + std::to_string(entry_->sequence) + ": ";
    if (entry_->ticket) {
      text += entry_->ticket->number + " (" + entry_->ticket->id + ") ";
    }
    if (!entry_->counter.empty()) text += "counter " + entry_->counter + " ";
    violations_.push_back({fault, text + what});
  }

  void CheckSequence() {
    if (entry_->sequence != last_sequence_ + 1) {
      Report(Fault::kLogGap, "follows " + std::to_string(last_sequence_));
    }
    last_sequence_ = entry_->sequence;
  }

  void OpenDay() {
    tickets_.clear();
    waiting_.clear();
    live_numbers_.clear();
    next_serial_.clear();
    desks_.clear();
  }

  void Open() {
    auto& desk = desks_[entry_->counter];
    if (entry_->session <= desk.session) {
      Report(Fault::kImpossibleStep, "was opened with an old session");
    }
    desk.open = true;
    desk.session = entry_->session;
  }

  void Close() {
    auto& desk = desks_[entry_->counter];
    if (!desk.open || !desk.ticket.empty()) {
      Report(Fault::kImpossibleStep, "closed while busy or closed");
    }
    desk.open = false;
  }

  void Issue() {
    auto const& facts = *entry_->ticket;
    if (facts.state != TicketState::kWaiting || facts.version != 1) {
      Report(Fault::kImpossibleStep, "was issued in a state of its own");
    }
    if (tickets_.contains(facts.id)) {
      return Report(Fault::kNumberTwice, "was issued before");
    }
    auto const [other, fresh] = live_numbers_.emplace(facts.number, facts.id);
    if (!fresh) {
      Report(Fault::kNumberTwice, "has the number of " + other->second);
    }
    if (entry_->rank <= last_rank_) {
      Report(Fault::kNumberOrder, "ranks before the one issued before it");
    }
    last_rank_ = std::max(last_rank_, entry_->rank);
    CheckSerial(facts);
    auto& seen = tickets_[facts.id];
    seen.facts = facts;
    seen.rank = entry_->rank;
    Enter(seen);
  }

  // `yyyymmdd-series-serial`: serials go up by one, but for numbers in use.
  void CheckSerial(TicketFacts const& facts) {
    auto const first = facts.id.find('-');
    auto const last = facts.id.rfind('-');
    if (first == std::string::npos || first == last) {
      return Report(Fault::kNumberOrder, "has an id of another form");
    }
    auto const series_id = facts.id.substr(first + 1, last - first - 1);
    auto const* const series = office_.FindSeries({series_id});
    std::int64_t serial = -1;
    std::from_chars(facts.id.data() + last + 1,
                    facts.id.data() + facts.id.size(), serial);
    if (series == nullptr || serial < 0) {
      return Report(Fault::kNumberOrder, "is of no series");
    }
    auto const number_of = [&](std::int64_t each) {
      return series->prefix +
             std::to_string(series->first + each % series->size);
    };
    if (facts.number != number_of(serial)) {
      Report(Fault::kNumberOrder, "is not the number of its serial");
    }
    auto& next = next_serial_[series_id];
    if (serial < next) Report(Fault::kNumberOrder, "goes back in its series");
    for (; next < serial; ++next) {
      if (live_numbers_.contains(number_of(next))) continue;
      Report(Fault::kNumberOrder, "leaves out " + number_of(next));
    }
    next = serial + 1;
  }

  void CheckUnchanged(Seen const& seen) {
    auto const& facts = *entry_->ticket;
    if (facts.version != seen.facts.version + 1) {
      Report(Fault::kImpossibleStep,
             "goes from version " + std::to_string(seen.facts.version) +
                 " to " + std::to_string(facts.version));
    }
    if (facts.number != seen.facts.number ||
        facts.service != seen.facts.service) {
      Report(Fault::kImpossibleStep, "changed its number or service");
    }
  }

  void Call(Seen& seen) {
    auto const& facts = *entry_->ticket;
    auto& desk = desks_[facts.counter];
    if (!desk.ticket.empty()) {
      Report(Fault::kTwoAtOnce, "has a counter that still has " + desk.ticket);
    }
    if (!desk.open) Report(Fault::kImpossibleStep, "has a closed counter");
    for (auto const& [counter, other] : desks_) {
      if (other.ticket == facts.id && counter != facts.counter) {
        Report(Fault::kTwoAtOnce, "is at counter " + counter + " already");
      }
    }
    if (seen.facts.state != TicketState::kWaiting) {
      Report(Fault::kCalledTwice, "was not waiting");
    } else {
      CheckTurn(seen);
    }
    Leave(seen);
    desk.ticket = facts.id;
    Become(seen, TicketState::kCalled);
  }

  void CheckTurn(Seen const& seen) {
    Place const place(seen.rank, seen.facts.id);
    auto const& own = waiting_[seen.facts.service];
    if (!own.empty() && *own.begin() < place) {
      Report(Fault::kSkipped, "was called before " + own.begin()->second);
    }
    auto const* const counter = office_.FindCounter({entry_->ticket->counter});
    if (counter == nullptr) {
      return Report(Fault::kImpossibleStep, "has an unknown counter");
    }
    bool served = false;
    for (auto const& each : counter->serves) {
      auto const& service = each.service.value;
      if (service == seen.facts.service) {
        served = true;
        continue;
      }
      for (auto const& [rank, id] : waiting_[service]) {
        if (rank >= seen.rank) break;
        Overtake(tickets_[id], seen.facts.id);
      }
    }
    if (!served) Report(Fault::kImpossibleStep, "is of no service there");
  }

  void Overtake(Seen& waiting, std::string const& by) {
    waiting.overtakers.insert(by);
    most_overtakers_ = std::max(most_overtakers_, waiting.overtakers.size());
    auto const limit =
        static_cast<std::size_t>(office_.call_policy.overtaking_limit);
    // Reported once for each that goes too far.
    if (waiting.overtakers.size() == limit + 1) {
      Report(Fault::kOvertaken, "overtook " + waiting.facts.id + ", which " +
                                    std::to_string(limit) + " had overtaken");
    }
  }

  void Move(Seen& seen) {
    auto const& facts = *entry_->ticket;
    auto const* const step = std::find_if(
        std::begin(kSteps), std::end(kSteps),
        [&](Step const& each) { return each.kind == entry_->kind; });
    if (step == std::end(kSteps)) {
      return Report(Fault::kImpossibleStep, "has an unknown kind");
    }
    if (seen.facts.state != step->before) {
      Report(Fault::kImpossibleStep, "was in another state");
    }
    if (step->holder) {
      auto& desk = desks_[facts.counter];
      if (desk.ticket != facts.id) {
        Report(Fault::kTwoAtOnce,
               "is not at its counter, which has " +
                   (desk.ticket.empty() ? "nobody" : desk.ticket));
      }
      if (step->releases) desk.ticket.clear();
    }
    if (seen.facts.state == TicketState::kWaiting) Leave(seen);
    if (step->after == TicketState::kWaiting) {
      if (entry_->rank < seen.rank) {
        Report(Fault::kNumberOrder, "came back to a better place");
      }
      seen.rank = entry_->rank;
      Enter(seen);
    }
    Become(seen, step->after);
  }

  void Become(Seen& seen, TicketState state) {
    if (entry_->ticket->state != state) {
      Report(Fault::kImpossibleStep, "ended in another state");
    }
    seen.facts = *entry_->ticket;
    if (!Live(state)) live_numbers_.erase(seen.facts.number);
  }

  void Enter(Seen& seen) {
    seen.overtakers.clear();
    waiting_[seen.facts.service].emplace(seen.rank, seen.facts.id);
  }

  void Leave(Seen& seen) {
    waiting_[seen.facts.service].erase({seen.rank, seen.facts.id});
  }

  Office const& office_;
  LogEntry const* entry_ = nullptr;
  std::vector<Violation> violations_;
  std::size_t most_overtakers_ = 0;
  std::int64_t last_sequence_ = 0;
  std::int64_t last_rank_ = 0;
  std::map<std::string, Seen> tickets_;
  /// By service.
  std::map<std::string, std::set<Place>> waiting_;
  /// To the ticket that has it.
  std::map<std::string, std::string> live_numbers_;
  /// By series.
  std::map<std::string, std::int64_t> next_serial_;
  std::map<std::string, Desk> desks_;
};

}  // namespace

std::vector<Violation> CheckLog(std::vector<LogEntry> const& log,
                                Office const& office) {
  Replay replay(office);
  for (auto const& entry : log) replay.Apply(entry);
  return replay.Take();
}

std::size_t MostOvertakers(std::vector<LogEntry> const& log,
                           Office const& office) {
  Replay replay(office);
  for (auto const& entry : log) replay.Apply(entry);
  return replay.most_overtakers();
}

}  // namespace madoguchi::robustness
