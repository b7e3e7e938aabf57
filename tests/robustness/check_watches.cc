#include "tests/robustness/checker.h"
#include <map>
#include <set>
#include <string>

namespace madoguchi::robustness {
namespace {

using ticketing::EventKind;

class Listener {
 public:
  Listener(Watch const& watch, std::map<std::int64_t, LogEntry> const& log)
      : watch_(watch), log_(log) {}

  std::vector<Violation> Listen() {
    for (auto const& heard : watch_.heard) {
      switch (heard.what) {
        case Heard::What::kSnapshot:
          Begin(heard);
          break;
        case Heard::What::kEvent:
          Follow(heard);
          break;
        case Heard::What::kWaiting:
        case Heard::What::kHeartbeat:
          Miss(heard.sequence + 1);
          break;
      }
      for (auto const& [service, count] : heard.waiting) told_[service] = count;
      CompareWaiting();
    }
    if (!log_.empty()) Miss(log_.rbegin()->first + 1);
    CompareWaiting();
    return std::move(violations_);
  }

 private:
  void Report(Fault fault, std::int64_t sequence, std::string const& what) {
    violations_.push_back({fault, watch_.name + " at sequence " +
                                      std::to_string(sequence) + ": " + what});
  }

  // Everything between the position and `until` was not told one by one.
  void Miss(std::int64_t until) {
    for (auto at = log_.upper_bound(position_);
         at != log_.end() && at->first < until; ++at) {
      bool const counted = watch_.view == Watch::View::kDisplay &&
                           ShownOf(at->second.kind) == Shown::kWaiting;
      if (!counted) Report(Fault::kWatchMissed, at->first, "was not told");
      MoveTo(at->first);
    }
  }

  // Counts who waits at the new position.
  void MoveTo(std::int64_t position) {
    for (auto at = log_.upper_bound(position_);
         at != log_.end() && at->first <= position; ++at) {
      if (at->second.kind == EventKind::kDayOpened) ForgetWaiting();
      auto const& ticket = at->second.ticket;
      if (!ticket) continue;
      for (auto& [service, tickets] : waiting_) tickets.erase(ticket->id);
      auto const service = ServiceOfQueue(QueueOf(at->second));
      // Those sent to one counter are not counted.
      if (ticket->state == ticketing::TicketState::kWaiting &&
          !service.empty()) {
        waiting_[service].insert(ticket->id);
      }
    }
    position_ = position;
  }

  // Displays forget everything when a day begins.
  void ForgetWaiting() {
    for (auto& [service, tickets] : waiting_) tickets.clear();
    told_.clear();
  }

  void CompareWaiting() {
    if (watch_.view != Watch::View::kDisplay) return;
    for (auto const& [service, tickets] : waiting_) {
      auto const wait = static_cast<std::int64_t>(tickets.size());
      if (told_[service] == wait) continue;
      Report(Fault::kWatchWrong, position_,
             "shows " + std::to_string(told_[service]) + " waiting for " +
                 service + ", in the log " + std::to_string(wait));
      // Once for each mistake.
      told_[service] = wait;
    }
  }

  void Begin(Heard const& heard) {
    if (position_ != 0 && !heard.reset) {
      Report(Fault::kWatchWrong, heard.sequence,
             "a snapshot in mid-stream, not marked reset");
    }
    std::set<std::int64_t> listed;
    for (auto const& call : heard.calls) {
      // Back on the list by an undo, and not called again.
      if (call.sequence == 0) continue;
      listed.insert(call.sequence);
      CompareCall(call, call.sequence);
    }
    // What the stream left out, the list must hold: each ticket's last call,
    // unless the ticket waits again.
    std::map<std::string, std::int64_t> last_call;
    for (auto at = log_.upper_bound(position_);
         at != log_.end() && at->first <= heard.sequence; ++at) {
      auto const& entry = at->second;
      auto const shown = ShownOf(entry.kind);
      if (shown == Shown::kDayOpened) last_call.clear();
      if (!entry.ticket) continue;
      if (shown == Shown::kCalled || shown == Shown::kRecalled) {
        last_call[entry.ticket->id] = at->first;
      } else if (shown == Shown::kReturned || shown == Shown::kLeft) {
        last_call.erase(entry.ticket->id);
      }
    }
    if (position_ != 0) {
      for (auto const& [ticket, sequence] : last_call) {
        if (listed.contains(sequence)) continue;
        Report(Fault::kWatchMissed, sequence, "is in no list after a reset");
      }
    }
    MoveTo(heard.sequence);
  }

  void Follow(Heard const& heard) {
    if (heard.sequence <= position_) {
      return Report(Fault::kWatchRepeated, heard.sequence,
                    "was told again after " + std::to_string(position_));
    }
    Miss(heard.sequence);
    MoveTo(heard.sequence);
    auto const at = log_.find(heard.sequence);
    if (at == log_.end()) {
      return Report(Fault::kWatchWrong, heard.sequence, "is not in the log");
    }
    bool const same = watch_.view == Watch::View::kDisplay
                          ? ShownOf(at->second.kind) == heard.shown
                          : at->second.kind == heard.kind;
    if (!same) {
      Report(Fault::kWatchWrong, heard.sequence, "is of another kind");
    }
    if (at->second.ticket) CompareCall(heard.call, heard.sequence);
  }

  void CompareCall(ShownCall const& call, std::int64_t sequence) {
    auto const at = log_.find(sequence);
    if (at == log_.end() || !at->second.ticket) {
      return Report(Fault::kWatchWrong, sequence,
                    "shows " + call.number + ", which the log does not have");
    }
    auto const& ticket = *at->second.ticket;
    if (ticket.number != call.number || ticket.counter != call.counter) {
      Report(Fault::kWatchWrong, sequence,
             "shows " + call.number + " at counter " + call.counter +
                 ", the log has " + ticket.number + " at counter " +
                 ticket.counter);
    }
  }

  Watch const& watch_;
  std::map<std::int64_t, LogEntry> const& log_;
  std::vector<Violation> violations_;
  std::int64_t position_ = 0;
  /// By service: who waits at the position, and how many it was told.
  std::map<std::string, std::set<std::string>> waiting_;
  std::map<std::string, std::int64_t> told_;
};

}  // namespace

std::vector<Violation> CheckWatches(Record const& record) {
  std::map<std::int64_t, LogEntry> log;
  for (auto const& entry : record.log) log.emplace(entry.sequence, entry);
  std::vector<Violation> violations;
  for (auto const& watch : record.watches) {
    auto const found = Listener(watch, log).Listen();
    violations.insert(violations.end(), found.begin(), found.end());
  }
  return violations;
}

}  // namespace madoguchi::robustness
