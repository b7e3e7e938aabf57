#include "tests/robustness/checker.h"
#include "tests/robustness/due_rules.h"
#include "tests/robustness/number_rules.h"
#include "tests/robustness/queue_rules.h"
#include "tests/robustness/replayed.h"
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

// Plays the log with rules of its own: it shares no code with the server, whose
// mistakes it is to find.
namespace madoguchi::robustness {
namespace {

using ticketing::CounterActivity;
using ticketing::EventKind;
using ticketing::TicketState;

// Where a ticket is before and after a step.
enum class Seat {
  kNone,
  /// At its counter.
  kKeeps,
  kLeaves,
  /// At its counter if it was called or served, else nowhere.
  kMayLeave,
  kTakes,
};

struct Step {
  EventKind kind;
  std::set<TicketState> before;
  TicketState after;
  Seat seat;
};

std::set<TicketState> const& Movable() {
  static std::set<TicketState> const states{
      TicketState::kWaiting, TicketState::kCalled, TicketState::kServing,
      TicketState::kOnHold};
  return states;
}

// Those of a ticket that are nothing but a step from one state to another.
Step const* FindStep(EventKind kind) {
  using State = TicketState;
  static std::vector<Step> const steps = {
      {EventKind::kTicketRecalled,
       {State::kCalled},
       State::kCalled,
       Seat::kKeeps},
      {EventKind::kServingStarted,
       {State::kCalled},
       State::kServing,
       Seat::kKeeps},
      {EventKind::kTicketCompleted,
       {State::kServing},
       State::kCompleted,
       Seat::kLeaves},
      {EventKind::kServiceFinished,
       {State::kServing},
       State::kWaiting,
       Seat::kLeaves},
      {EventKind::kTicketMarkedAbsent,
       {State::kCalled},
       State::kAbsent,
       Seat::kLeaves},
      {EventKind::kTicketReturned,
       {State::kAbsent},
       State::kWaiting,
       Seat::kNone},
      {EventKind::kTicketCancelled,
       {State::kWaiting},
       State::kCancelled,
       Seat::kNone},
      {EventKind::kTicketHeld,
       {State::kServing},
       State::kOnHold,
       Seat::kLeaves},
      {EventKind::kHoldEnded, {State::kOnHold}, State::kWaiting, Seat::kNone},
      {EventKind::kServingResumed,
       {State::kOnHold},
       State::kServing,
       Seat::kTakes},
      {EventKind::kTicketTransferred, Movable(), State::kWaiting,
       Seat::kMayLeave},
      {EventKind::kTicketMoved, Movable(), State::kMoved, Seat::kMayLeave},
      {EventKind::kFinishOverdue,
       {State::kServing},
       State::kServing,
       Seat::kKeeps},
      {EventKind::kTicketExpired,
       {State::kAbsent},
       State::kExpired,
       Seat::kNone},
  };
  auto const step =
      std::find_if(steps.begin(), steps.end(),
                   [&](Step const& each) { return each.kind == kind; });
  return step == steps.end() ? nullptr : &*step;
}

bool Live(TicketState state) {
  return state != TicketState::kCompleted && state != TicketState::kCancelled &&
         state != TicketState::kExpired && state != TicketState::kMoved;
}

bool IsAtCounter(TicketState state) {
  return state == TicketState::kCalled || state == TicketState::kServing;
}

bool IsSweep(LogEntry const& entry) { return entry.reason == "DAY_ENDED"; }

// Whether a step of this kind can be taken back.
bool IsUndoable(LogEntry const& entry) {
  switch (entry.kind) {
    case EventKind::kTicketCompleted:
    case EventKind::kServiceFinished:
    case EventKind::kTicketMarkedAbsent:
      return true;
    case EventKind::kTicketTransferred:
      return entry.reason != "DESIGNATED" && !IsOfItself(entry);
    default:
      return false;
  }
}

class Replay {
 public:
  explicit Replay(Office const& office)
      : office_(office),
        numbers_(
            office,
            [this](auto const& what) { Report(Fault::kNumberTwice, what); },
            [this](auto const& what) { Report(Fault::kNumberOrder, what); }),
        queues_(office, [this](Fault fault, auto const& what) {
          Report(fault, what);
        }) {}

  void Apply(LogEntry const& entry) {
    entry_ = &entry;
    CheckSequence();
    if (entry.reason != "COUNTER_CLOSED") closing_.clear();
    if (entry.kind == EventKind::kDayOpened) return OpenDay();
    if (entry.day != day_) {
      Report(Fault::kImpossibleStep, "is of a day that is not open");
    }
    if (IsSweep(entry)) return Sweep();
    if (office_.day_end == DayEnd::kCarryOver && !leftover_.empty()) {
      Report(Fault::kImpossibleStep,
             "came before those of the day before were carried over");
    }
    switch (entry.kind) {
      case EventKind::kCounterOpened:
        return Open();
      case EventKind::kCounterClosed:
        return Close();
      case EventKind::kCounterPaused:
        return Pause();
      case EventKind::kCounterResumed:
        return Resume();
      default:
        ApplyTicket();
    }
  }

  // Judges what is still open when the log ends.
  void End() {
    for (auto const& [id, seen] : leftover_) {
      Report(Fault::kLeftBehind, id + " is of a day that ended, and was "
                                      "neither carried over nor ended");
    }
    if (entry_ == nullptr) return;
    for (auto const& [id, seen] : tickets_) {
      if (IsLongOverdue(office_, seen, entry_->time)) {
        Report(Fault::kNeverFired, id + " should long have gone on by itself");
      }
    }
  }

  std::vector<Violation> Take() { return std::move(violations_); }
  std::size_t most_overtakers() const { return queues_.most_overtakers(); }

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

  void CheckDue(std::optional<OfficeMs> due) {
    if (!due) {
      Report(Fault::kNotDue, "happened by itself, and nothing was due");
    } else if (entry_->time < *due) {
      Report(Fault::kNotDue, "happened by itself before its time");
    }
  }

  // Counters.

  Desk& DeskHere() { return desks_[entry_->counter]; }

  void NoteCounter() {
    if (!entry_->counter_state) return;
    auto& desk = DeskHere();
    if (desk.activity != CounterActivity::kWrapUp) {
      desk.wrap_up_since = entry_->time;
    }
    desk.activity = entry_->counter_state->activity;
    desk.version = entry_->counter_state->version;
  }

  void Open() {
    auto& desk = DeskHere();
    if (entry_->session <= desk.session) {
      Report(Fault::kImpossibleStep, "was opened with an old session");
    }
    desk.open = true;
    desk.session = entry_->session;
    desk.activity = CounterActivity::kReady;
    NoteCounter();
  }

  void Close() {
    auto& desk = DeskHere();
    if (!desk.open || !desk.ticket.empty()) {
      Report(Fault::kImpossibleStep, "closed while busy or closed");
    }
    desk.open = false;
    desk.activity = CounterActivity::kReady;
    closing_ = entry_->counter;
    NoteCounter();
  }

  void Pause() {
    auto& desk = DeskHere();
    if (!desk.open || !desk.ticket.empty() ||
        desk.activity == CounterActivity::kPaused) {
      Report(Fault::kImpossibleStep, "paused while busy, closed or paused");
    }
    NoteCounter();
    desk.activity = CounterActivity::kPaused;
  }

  void Resume() {
    auto& desk = DeskHere();
    if (!desk.open || desk.activity == CounterActivity::kReady) {
      Report(Fault::kImpossibleStep, "resumed while closed or ready");
    }
    if (IsOfItself(*entry_)) {
      bool const wraps_up = desk.activity == CounterActivity::kWrapUp;
      CheckDue(wraps_up ? std::optional(desk.wrap_up_since +
                                        Ms(office_.desk_policy.wrap_up))
                        : std::nullopt);
    }
    desk.activity = CounterActivity::kReady;
    NoteCounter();
  }

  // Takes the desk named `counter` for the ticket.
  void Sit(std::string const& counter) {
    auto const& id = entry_->ticket->id;
    auto& desk = desks_[counter];
    if (!desk.ticket.empty()) {
      Report(Fault::kTwoAtOnce, "has a counter that still has " + desk.ticket);
    }
    if (!desk.open) Report(Fault::kImpossibleStep, "has a closed counter");
    if (desk.activity == CounterActivity::kPaused) {
      Report(Fault::kImpossibleStep, "has a counter whose clerk is away");
    }
    for (auto const& [name, other] : desks_) {
      if (other.ticket == id && name != counter) {
        Report(Fault::kTwoAtOnce, "is at counter " + name + " already");
      }
    }
    desk.ticket = id;
    desk.activity = CounterActivity::kReady;
  }

  void CheckSits() {
    auto& desk = desks_[entry_->ticket->counter];
    if (desk.ticket == entry_->ticket->id) return;
    Report(Fault::kTwoAtOnce,
           "is not at its counter, which has " +
               (desk.ticket.empty() ? "nobody" : desk.ticket));
  }

  void Move(Seat seat, TicketState before) {
    bool const at_counter = IsAtCounter(before);
    switch (seat) {
      case Seat::kNone:
        return;
      case Seat::kTakes:
        return Sit(entry_->ticket->counter);
      case Seat::kKeeps:
        return CheckSits();
      case Seat::kMayLeave:
        if (!at_counter) return;
        [[fallthrough]];
      case Seat::kLeaves:
        CheckSits();
        desks_[entry_->ticket->counter].ticket.clear();
    }
  }

  // Days.

  void OpenDay() {
    if (entry_->day < day_) {
      Report(Fault::kImpossibleStep, "opens an old day");
    }
    day_ = entry_->day;
    for (auto& [id, seen] : tickets_) {
      if (Live(seen.facts.state)) leftover_.emplace(id, seen);
    }
    tickets_.clear();
    queues_.Clear();
    numbers_.OpenDay();
    // Sessions go on growing.
    for (auto& [name, desk] : desks_) desk = Desk{.session = desk.session};
  }

  // One whom a day that ended left.
  void Sweep() {
    if (!entry_->ticket) return Report(Fault::kImpossibleStep, "has no ticket");
    auto const at = leftover_.find(entry_->ticket->id);
    if (at == leftover_.end()) {
      return Report(Fault::kImpossibleStep, "was not left by the day before");
    }
    auto seen = std::move(at->second);
    leftover_.erase(at);
    CheckUnchanged(seen, /*service_too=*/true);
    auto const before = seen.facts.state;
    auto const after =
        before == TicketState::kServing ? TicketState::kCompleted
        : office_.day_end == DayEnd::kExpire || before == TicketState::kAbsent
            ? TicketState::kExpired
            : TicketState::kWaiting;
    CheckPlace(seen);
    Become(seen, after);
    if (after == TicketState::kWaiting) queues_.Enter(seen);
    tickets_[seen.facts.id] = std::move(seen);
  }

  // Tickets.

  void ApplyTicket() {
    if (!entry_->ticket) return Report(Fault::kImpossibleStep, "has no ticket");
    auto const kind = entry_->kind;
    if (kind == EventKind::kTicketIssued || kind == EventKind::kTicketArrived ||
        kind == EventKind::kVisitorServed) {
      Issue();
      return NoteCounter();
    }
    auto const at = tickets_.find(entry_->ticket->id);
    if (at == tickets_.end()) {
      return Report(Fault::kImpossibleStep, "was never issued");
    }
    auto& seen = at->second;
    auto const before = seen;
    switch (kind) {
      case EventKind::kTicketCalled:
        Call(seen);
        break;
      case EventKind::kTicketEdited:
        Edit(seen);
        break;
      case EventKind::kStepUndone:
        Undo(seen);
        break;
      default:
        TakeStep(seen);
    }
    NoteCounter();
    if (!IsUndoable(*entry_)) return;
    DeskHere().last_step = {entry_->sequence, before, DeskHere().version,
                            entry_->time};
  }

  void Issue() {
    auto const& facts = *entry_->ticket;
    bool const served = entry_->kind == EventKind::kVisitorServed;
    auto const state = served ? TicketState::kServing : TicketState::kWaiting;
    if (facts.state != state || facts.version != 1) {
      Report(Fault::kImpossibleStep, "was issued in a state of its own");
    }
    if (tickets_.contains(facts.id)) {
      return Report(Fault::kNumberTwice, "was issued before");
    }
    numbers_.Issue(facts);
    // Whoever comes from another office may bring a place along.
    if (entry_->kind != EventKind::kTicketArrived) {
      if (entry_->rank <= last_rank_) {
        Report(Fault::kNumberOrder, "ranks before the one issued before it");
      }
      last_rank_ = std::max(last_rank_, entry_->rank);
    }
    auto& seen = tickets_[facts.id];
    Note(seen);
    seen.since = entry_->time;
    if (served) {
      Sit(facts.counter);
    } else {
      queues_.Enter(seen);
    }
  }

  void Note(Seen& seen) const {
    seen.facts = *entry_->ticket;
    seen.rank = entry_->rank;
    seen.queue = QueueOf(*entry_);
    seen.hold_deadline = entry_->hold_deadline;
    seen.next_services = entry_->next_services;
  }

  void CheckUnchanged(Seen const& seen, bool service_too) {
    auto const& facts = *entry_->ticket;
    if (facts.version != seen.facts.version + 1) {
      Report(Fault::kImpossibleStep,
             "goes from version " + std::to_string(seen.facts.version) +
                 " to " + std::to_string(facts.version));
    }
    if (facts.number != seen.facts.number ||
        (service_too && facts.service != seen.facts.service)) {
      Report(Fault::kImpossibleStep, "changed its number or service");
    }
  }

  // Whether the place in the order changed as it may.
  void CheckPlace(Seen const& seen) {
    auto const change = entry_->rank - seen.rank;
    auto const& reason = entry_->reason;
    bool lawful = change == 0;
    if (entry_->kind == EventKind::kTicketReturned || reason == "LAST" ||
        reason == "ASSIST_TAKEN_BACK") {
      lawful = change >= 0;
    } else if (reason == "FIRST" || reason == "DESIGNATED" ||
               reason == "ASSIST") {
      lawful = change <= 0;
    }
    if (!lawful) {
      Report(Fault::kPlaceChanged,
             "moves by " + std::to_string(change) + " ms in the order");
    }
  }

  void Become(Seen& seen, TicketState state) {
    if (entry_->ticket->state != state) {
      Report(Fault::kImpossibleStep, "ended in another state");
    }
    auto const kind = entry_->kind;
    bool const goes_on =
        kind == EventKind::kTicketEdited || kind == EventKind::kFinishOverdue;
    if (kind == EventKind::kTicketTransferred ||
        (seen.facts.state != state && !goes_on)) {
      seen.since = entry_->time;
      seen.overdue = false;
    }
    Note(seen);
    if (!Live(state)) numbers_.Free(seen.facts);
  }

  void Call(Seen& seen) {
    bool const by_number = entry_->reason == "BY_NUMBER";
    CheckUnchanged(seen, /*service_too=*/true);
    CheckPlace(seen);
    Sit(entry_->ticket->counter);
    auto const before = seen.facts.state;
    bool const callable = before == TicketState::kWaiting ||
                          (by_number && (before == TicketState::kOnHold ||
                                         before == TicketState::kAbsent));
    if (!callable) {
      Report(Fault::kCalledTwice, "was not waiting");
    } else if (!by_number) {
      queues_.CheckTurn(seen, entry_->ticket->counter, tickets_);
    }
    queues_.Leave(seen);
    Become(seen, TicketState::kCalled);
  }

  void TakeStep(Seen& seen) {
    auto const* const step = FindStep(entry_->kind);
    if (step == nullptr) {
      return Report(Fault::kImpossibleStep, "has an unknown kind");
    }
    auto const before = seen.facts.state;
    if (!step->before.contains(before)) {
      Report(Fault::kImpossibleStep, "was in another state");
    }
    CheckUnchanged(seen, entry_->kind != EventKind::kTicketTransferred &&
                             entry_->kind != EventKind::kServiceFinished);
    CheckReason(seen);
    CheckPlace(seen);
    Move(step->seat, before);
    if (before == TicketState::kWaiting) queues_.Leave(seen);
    Become(seen, step->after);
    if (entry_->kind == EventKind::kFinishOverdue) seen.overdue = true;
    if (step->after == TicketState::kWaiting) queues_.Enter(seen);
  }

  // What a step must have besides the right states.
  void CheckReason(Seen const& seen) {
    if (entry_->kind == EventKind::kServiceFinished &&
        (seen.next_services.empty() ||
         seen.next_services.front() != entry_->ticket->service)) {
      Report(Fault::kImpossibleStep, "goes on with a service not its own");
    }
    bool const by_clock = entry_->kind == EventKind::kTicketExpired ||
                          entry_->kind == EventKind::kFinishOverdue;
    if (!by_clock && !IsOfItself(*entry_)) return;
    if (entry_->reason != "COUNTER_CLOSED") {
      return CheckDue(DueOf(office_, seen, entry_->kind));
    }
    if (closing_.empty() || seen.queue != "@" + closing_) {
      Report(Fault::kImpossibleStep, "waits for a counter that did not close");
    }
  }

  // Whatever is corrected, state and place stay; but for assistance.
  void Edit(Seen& seen) {
    auto const state = seen.facts.state;
    if (!Live(state)) Report(Fault::kImpossibleStep, "had ended");
    CheckUnchanged(seen, /*service_too=*/false);
    CheckPlace(seen);
    bool const waits = state == TicketState::kWaiting;
    bool const same_queue = seen.queue == QueueOf(*entry_);
    auto const overtakers = seen.overtakers;
    if (waits) queues_.Leave(seen);
    Become(seen, state);
    if (!waits) return;
    queues_.Enter(seen);
    if (same_queue) seen.overtakers = overtakers;
  }

  void Undo(Seen& seen) {
    CheckUnchanged(seen, /*service_too=*/false);
    auto& desk = DeskHere();
    auto const step = std::exchange(desk.last_step, std::nullopt);
    if (!step || step->before.facts.id != seen.facts.id ||
        step->before.facts.version + 1 != seen.facts.version ||
        step->counter_version != desk.version ||
        entry_->time > step->time + Ms(office_.desk_policy.undo)) {
      return Report(Fault::kUndoneWrongly, "was not the counter's last step");
    }
    auto expected = step->before.facts;
    expected.version = seen.facts.version + 1;
    if (*entry_->ticket != expected || entry_->rank != step->before.rank ||
        QueueOf(*entry_) != step->before.queue) {
      Report(Fault::kUndoneWrongly, "is not what it was before");
    }
    queues_.Leave(seen);
    auto const before = step->before;
    seen = before;
    seen.facts = *entry_->ticket;
    if (Live(seen.facts.state)) numbers_.Take(seen.facts);
    if (IsAtCounter(seen.facts.state)) Sit(seen.facts.counter);
    if (seen.facts.state == TicketState::kWaiting) queues_.Enter(seen);
  }

  Office const& office_;
  LogEntry const* entry_ = nullptr;
  std::vector<Violation> violations_;
  NumberRules numbers_;
  QueueRules queues_;
  std::int64_t last_sequence_ = 0;
  std::int64_t last_rank_ = 0;
  std::int64_t day_ = 0;
  /// The counter that was closed by the last entry, whose own queue goes.
  std::string closing_;
  std::map<std::string, Seen> tickets_;
  /// Of the day before, to be swept.
  std::map<std::string, Seen> leftover_;
  std::map<std::string, Desk> desks_;
};

}  // namespace

std::vector<Violation> CheckLog(std::vector<LogEntry> const& log,
                                Office const& office) {
  Replay replay(office);
  for (auto const& entry : log) replay.Apply(entry);
  replay.End();
  return replay.Take();
}

std::size_t MostOvertakers(std::vector<LogEntry> const& log,
                           Office const& office) {
  Replay replay(office);
  for (auto const& entry : log) replay.Apply(entry);
  return replay.most_overtakers();
}

}  // namespace madoguchi::robustness
