#include "tests/robustness/checker.h"
#include <algorithm>
#include <bitset>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace madoguchi::robustness {
namespace {

using ticketing::EventKind;
using ticketing::TicketState;

// All copies of one press.
struct Request {
  std::vector<Operation const*> copies;
  Operation const* done = nullptr;
  Moment invoked = kNever;
  /// When the first copy was acknowledged.
  Moment acknowledged = kNever;
  bool unknown = false;
  /// The event it did; 0 if none is known.
  std::int64_t sequence = 0;

  Press const& press() const { return copies.front()->press; }
};

std::string Describe(Press const& press) {
  std::string text = std::string(NameOf(press.command)) + " " + press.request;
  for (auto const* each : {&press.service, &press.counter, &press.ticket}) {
    if (!each->empty()) text += " " + *each;
  }
  return text;
}

// Events that no answer names: their requests are answered with nothing, and
// may be done several times in a session.
bool IsUnnamed(EventKind kind) {
  return kind == EventKind::kCounterPaused ||
         kind == EventKind::kCounterResumed;
}

// What an event is known by to whoever caused it.
std::string KeyOf(EventKind kind, std::string const& ticket,
                  std::int64_t version, std::string const& counter,
                  std::int64_t session) {
  if (kind != EventKind::kCounterOpened && kind != EventKind::kCounterClosed &&
      !IsUnnamed(kind)) {
    return "ticket " + ticket + "/" + std::to_string(version);
  }
  return std::to_string(static_cast<int>(kind)) + "/" + counter + "/" +
         std::to_string(session);
}

std::string KeyOf(LogEntry const& entry) {
  return KeyOf(entry.kind, entry.ticket ? entry.ticket->id : "",
               entry.ticket ? entry.ticket->version : 0, entry.counter,
               entry.session);
}

std::string KeyOf(Operation const& done) {
  auto const& ticket = done.answer.ticket;
  auto const session = done.press.command == Command::kOpenCounter
                           ? done.answer.session
                           : done.press.session;
  return KeyOf(EventOf(done.press.command), ticket ? ticket->id : "",
               ticket ? ticket->version : 0, done.press.counter, session);
}

// What an event and an unanswered request must have in common for the request
// to account for it.
std::string Likeness(EventKind kind, bool by_number, std::string const& service,
                     std::string const& counter, std::string const& ticket) {
  auto const code = std::to_string(static_cast<int>(kind)) + "/";
  switch (kind) {
    case EventKind::kTicketIssued:
      return code + service;
    case EventKind::kVisitorServed:
      return code + service + "/" + counter;
    case EventKind::kTicketCalled:
      return code + (by_number ? ticket + "/" : "") + counter;
    case EventKind::kCounterOpened:
    case EventKind::kCounterClosed:
    case EventKind::kCounterPaused:
    case EventKind::kCounterResumed:
    case EventKind::kStepUndone:
      return code + counter;
    default:
      return code + ticket;
  }
}

std::string Likeness(Press const& press) {
  return Likeness(EventOf(press.command), press.command == Command::kCallTicket,
                  press.service, press.counter, press.ticket);
}

std::string Likeness(LogEntry const& entry) {
  auto const kind = entry.kind == EventKind::kServiceFinished
                        ? EventKind::kTicketCompleted
                        : entry.kind;
  return Likeness(kind, entry.reason == "BY_NUMBER",
                  entry.ticket ? entry.ticket->service : "", entry.counter,
                  entry.ticket ? entry.ticket->id : "");
}

// Bounds, from what people saw, on where in the log a moment lies.
class Bounds {
 public:
  explicit Bounds(std::map<std::string, Request> const& requests) {
    for (auto const& [id, request] : requests) {
      if (request.sequence == 0) continue;
      acknowledged_.emplace_back(request.acknowledged, request.sequence);
      invoked_.emplace_back(request.invoked, request.sequence);
    }
    std::sort(acknowledged_.begin(), acknowledged_.end());
    std::sort(invoked_.begin(), invoked_.end());
    for (std::size_t i = 1; i < acknowledged_.size(); ++i) {
      acknowledged_[i].second =
          std::max(acknowledged_[i].second, acknowledged_[i - 1].second);
    }
    for (std::size_t i = invoked_.size(); i > 1; --i) {
      invoked_[i - 2].second =
          std::min(invoked_[i - 2].second, invoked_[i - 1].second);
    }
  }

  /// The last sequence acknowledged before `moment`: the log had it by then.
  std::int64_t AtLeast(Moment moment) const {
    auto const at = std::lower_bound(acknowledged_.begin(), acknowledged_.end(),
                                     std::pair(moment, std::int64_t{0}));
    return at == acknowledged_.begin() ? 0 : std::prev(at)->second;
  }

  /// The last sequence that the log can have had at `moment`, at most `end`.
  std::int64_t AtMost(Moment moment, std::int64_t end) const {
    auto const at = std::upper_bound(
        invoked_.begin(), invoked_.end(),
        std::pair(moment, std::numeric_limits<std::int64_t>::max()));
    return at == invoked_.end() ? end : std::min(end, at->second - 1);
  }

 private:
  std::vector<std::pair<Moment, std::int64_t>> acknowledged_;
  std::vector<std::pair<Moment, std::int64_t>> invoked_;
};

class RequestChecker {
 public:
  RequestChecker(Record const& record, Office const& office)
      : record_(record), office_(office) {
    for (auto const& operation : record.operations) {
      auto& request = requests_[operation.press.request];
      request.copies.push_back(&operation);
      request.invoked = std::min(request.invoked, operation.invoked);
      switch (operation.answer.verdict) {
        case Verdict::kDone:
          if (operation.returned < request.acknowledged) {
            request.acknowledged = operation.returned;
            request.done = &operation;
          }
          break;
        case Verdict::kUnknown:
          request.unknown = true;
          break;
        case Verdict::kRefused:
          break;
      }
    }
    for (auto const& entry : record.log) {
      if (IsUnnamed(entry.kind)) {
        if (!IsOfItself(entry))
          unnamed_[KeyOf(entry)].push_back(entry.sequence);
      } else {
        events_.emplace(KeyOf(entry), &entry);
      }
      if (entry.kind == EventKind::kDayOpened) {
        days_.push_back(entry.sequence);
      }
      if (entry.ticket) touched_[entry.ticket->id].push_back(entry.sequence);
      if (!entry.counter.empty()) {
        touched_["counter " + entry.counter].push_back(entry.sequence);
      }
    }
  }

  std::vector<Violation> Run() {
    for (auto& [id, request] : requests_) MatchEvent(request);
    MatchUnnamed();
    CheckUnclaimed();
    Bounds const bounds(requests_);
    for (auto const& [id, request] : requests_) {
      CheckCopies(request, bounds);
      CheckRealTime(request, bounds);
    }
    CheckNobodyWaits(bounds);
    return std::move(violations_);
  }

 private:
  void Report(Fault fault, Request const& request, std::string const& what) {
    violations_.push_back({fault, Describe(request.press()) + ": " + what});
  }

  void MatchEvent(Request& request) {
    if (request.done == nullptr) return;
    auto const& answer = request.done->answer;
    if (request.press().command == Command::kCallNext && !answer.ticket) return;
    if (IsUnnamed(EventOf(request.press().command))) return;
    auto const at = events_.find(KeyOf(*request.done));
    if (at == events_.end()) {
      return Report(Fault::kLost, request,
                    "was acknowledged and is not in the log");
    }
    auto const& entry = *at->second;
    request.sequence = entry.sequence;
    if (!Leaves(request.press().command, entry.kind) ||
        (request.press().command != Command::kOpenCounter && answer.ticket &&
         answer.ticket != entry.ticket)) {
      Report(Fault::kTwoAnswers, request,
             "was answered otherwise than log " +
                 std::to_string(entry.sequence) + " has it");
    }
    auto const [claim, first] =
        claims_.emplace(entry.sequence, request.press().request);
    if (!first) {
      Report(Fault::kSharedAnswer, request,
             "was answered with log " + std::to_string(entry.sequence) +
                 ", as was " + claim->second);
    }
  }

  // One after the other, each with the first event of its kind that can have
  // been its own.
  void MatchUnnamed() {
    std::vector<Request*> requests;
    for (auto& [id, request] : requests_) {
      if (request.done != nullptr &&
          IsUnnamed(EventOf(request.press().command))) {
        requests.push_back(&request);
      }
    }
    std::sort(
        requests.begin(), requests.end(),
        [](auto const* a, auto const* b) { return a->invoked < b->invoked; });
    Bounds const bounds(requests_);
    for (auto* const request : requests) {
      auto& events = unnamed_[KeyOf(*request->done)];
      auto const at = std::upper_bound(events.begin(), events.end(),
                                       bounds.AtLeast(request->invoked));
      if (at == events.end()) {
        Report(Fault::kLost, *request,
               "was acknowledged and is not in the log");
        continue;
      }
      request->sequence = *at;
      claims_.emplace(*at, request->press().request);
      events.erase(at);
    }
  }

  void CheckUnclaimed() {
    std::map<std::string, std::int64_t> excused;
    std::set<std::string> refused;
    for (auto const& [id, request] : requests_) {
      if (request.done != nullptr) continue;
      auto const likeness = Likeness(request.press());
      if (request.unknown) {
        ++excused[likeness];
      } else {
        refused.insert(likeness);
      }
    }
    for (auto const& entry : record_.log) {
      if (IsOfItself(entry)) continue;
      if (claims_.contains(entry.sequence)) continue;
      auto const likeness = Likeness(entry);
      if (excused[likeness]-- > 0) continue;
      auto const fault = refused.contains(likeness) ? Fault::kRefusedButDone
                                                    : Fault::kDoneTwice;
      violations_.push_back(
          {fault, "log " + std::to_string(entry.sequence) + " (" +
                      (entry.ticket ? entry.ticket->number : entry.counter) +
                      ") is no request's: done twice, or never asked for"});
    }
  }

  void CheckCopies(Request const& request, Bounds const& bounds) {
    for (auto const* copy : request.copies) {
      if (copy->press.command != request.press().command) {
        Report(Fault::kTwoAnswers, request, "has copies that ask two things");
      }
      if (request.done == nullptr) continue;
      if (copy->answer.verdict == Verdict::kDone &&
          copy->answer.text != request.done->answer.text) {
        Report(Fault::kTwoAnswers, request,
               "was answered `" + request.done->answer.text + "` and `" +
                   copy->answer.text + "`");
      }
      if (copy->answer.verdict == Verdict::kRefused &&
          !MayBeRefused(request, *copy, bounds)) {
        Report(Fault::kTwoAnswers, request,
               "was both done and refused with " + copy->answer.reason);
      }
    }
  }

  // Whether `copy` can have been refused though another was done: only before
  // that, and only if ticket or counter have changed between.
  bool MayBeRefused(Request const& request, Operation const& copy,
                    Bounds const& bounds) const {
    if (copy.invoked > request.acknowledged) return false;
    if (request.sequence == 0) return true;
    auto const& press = request.press();
    // Any ticket that ends gives a number free; and each replica looks for
    // itself whether the store has room, once a second.
    bool const without_number =
        copy.answer.reason == "SERIES_EXHAUSTED" || IsWithoutRoom(copy.answer);
    if (press.command == Command::kIssue || without_number) {
      return without_number;
    }
    auto const from = bounds.AtLeast(copy.invoked);
    auto const within = [&](std::vector<std::int64_t> const& sequences) {
      auto const next =
          std::upper_bound(sequences.begin(), sequences.end(), from);
      return next != sequences.end() && *next < request.sequence;
    };
    auto const changed = [&](std::string const& key) {
      auto const at = touched_.find(key);
      return at != touched_.end() && within(at->second);
    };
    return within(days_) || changed(press.ticket) ||
           changed("counter " + press.counter) ||
           changed("counter " + press.to_counter);
  }

  void CheckRealTime(Request const& request, Bounds const& bounds) {
    if (request.sequence == 0) return;
    auto const before = bounds.AtLeast(request.invoked);
    if (before <= request.sequence) return;
    Report(Fault::kRealTime, request,
           "is log " + std::to_string(request.sequence) + ", but log " +
               std::to_string(before) +
               " was acknowledged before it was asked for");
  }

  void CheckNobodyWaits(Bounds const& bounds) {
    std::vector<Request const*> told;
    for (auto const& [id, request] : requests_) {
      if (request.done != nullptr && request.sequence == 0 &&
          request.press().command == Command::kCallNext &&
          !request.done->answer.ticket) {
        told.push_back(&request);
      }
    }
    if (told.empty()) return;
    auto const waiting = WaitingQueues();
    auto const end = static_cast<std::int64_t>(waiting.size()) - 1;
    for (auto const* request : told) {
      auto const served = QueuesOf(request->press().counter);
      auto const from = bounds.AtLeast(request->invoked);
      auto const to = bounds.AtMost(request->acknowledged, end);
      bool empty = false;
      for (auto at = from; at <= to && !empty; ++at) {
        empty = (waiting[static_cast<std::size_t>(at)] & served).none();
      }
      if (empty) continue;
      Report(Fault::kFalseNobody, *request,
             "was told that nobody waits, but somebody did from log " +
                 std::to_string(from) + " to " + std::to_string(to));
    }
  }

  // A place for each queue that the log names.
  using Queues = std::bitset<256>;

  std::size_t PlaceOf(std::string const& queue) {
    return places_.emplace(queue, places_.size()).first->second %
           Queues().size();
  }

  // All that `counter` calls from. After `WaitingQueues`.
  Queues QueuesOf(std::string const& counter) const {
    Queues queues;
    auto const* const settings = office_.FindCounter({counter});
    for (auto const& [queue, place] : places_) {
      auto const service = ServiceOfQueue(queue);
      bool const served =
          std::any_of(settings->serves.begin(), settings->serves.end(),
                      [&](ServedService const& each) {
                        return each.service.value == service;
                      });
      if (served || queue == "@" + counter) queues.set(place);
    }
    return queues;
  }

  // For each place in the log, in which queues somebody waits.
  std::vector<Queues> WaitingQueues() {
    std::map<std::string, std::string> waiting;
    std::map<std::string, std::int64_t> counts;
    std::vector<Queues> all = {Queues()};
    for (auto const& entry : record_.log) {
      auto now = all.back();
      if (entry.kind == EventKind::kDayOpened &&
          office_.day_end == DayEnd::kExpire) {
        waiting.clear();
        counts.clear();
        now.reset();
      }
      if (entry.ticket) {
        auto const& id = entry.ticket->id;
        if (auto const at = waiting.find(id); at != waiting.end()) {
          if (--counts[at->second] == 0) now.reset(PlaceOf(at->second));
          waiting.erase(at);
        }
        if (entry.ticket->state == TicketState::kWaiting) {
          auto const queue = ::madoguchi::robustness::QueueOf(entry);
          waiting.emplace(id, queue);
          if (++counts[queue] == 1) now.set(PlaceOf(queue));
        }
      }
      all.push_back(now);
    }
    return all;
  }

  Record const& record_;
  Office const& office_;
  std::vector<Violation> violations_;
  std::map<std::string, Request> requests_;
  std::map<std::string, LogEntry const*> events_;
  std::map<std::string, std::vector<std::int64_t>> unnamed_;
  std::vector<std::int64_t> days_;
  std::map<std::string, std::size_t> places_;
  /// Which sequences changed a ticket or a counter.
  std::map<std::string, std::vector<std::int64_t>> touched_;
  /// Which request an event was done by.
  std::map<std::int64_t, std::string> claims_;
};

}  // namespace

std::vector<Violation> CheckRequests(Record const& record,
                                     Office const& office) {
  return RequestChecker(record, office).Run();
}

}  // namespace madoguchi::robustness
