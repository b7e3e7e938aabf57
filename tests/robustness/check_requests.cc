#include "tests/robustness/checker.h"
#include <algorithm>
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

// What an event is known by to whoever caused it.
std::string KeyOf(EventKind kind, std::string const& ticket,
                  std::int64_t version, std::string const& counter,
                  std::int64_t session) {
  auto const code = std::to_string(static_cast<int>(kind)) + "/";
  if (kind == EventKind::kCounterOpened || kind == EventKind::kCounterClosed) {
    return code + counter + "/" + std::to_string(session);
  }
  return code + ticket + "/" + std::to_string(version);
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
std::string Likeness(EventKind kind, std::string const& service,
                     std::string const& counter, std::string const& ticket) {
  auto const code = std::to_string(static_cast<int>(kind)) + "/";
  switch (kind) {
    case EventKind::kTicketIssued:
      return code + service;
    case EventKind::kTicketCalled:
    case EventKind::kCounterOpened:
    case EventKind::kCounterClosed:
      return code + counter;
    default:
      return code + ticket;
  }
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
      events_.emplace(KeyOf(entry), &entry);
      if (entry.ticket) touched_[entry.ticket->id].push_back(entry.sequence);
      if (!entry.counter.empty()) {
        touched_["counter " + entry.counter].push_back(entry.sequence);
      }
    }
  }

  std::vector<Violation> Run() {
    for (auto& [id, request] : requests_) MatchEvent(request);
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
    auto const at = events_.find(KeyOf(*request.done));
    if (at == events_.end()) {
      return Report(Fault::kLost, request,
                    "was acknowledged and is not in the log");
    }
    auto const& entry = *at->second;
    request.sequence = entry.sequence;
    if (request.press().command != Command::kOpenCounter && answer.ticket &&
        answer.ticket != entry.ticket) {
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

  void CheckUnclaimed() {
    std::map<std::string, std::int64_t> excused;
    std::set<std::string> refused;
    for (auto const& [id, request] : requests_) {
      if (request.done != nullptr) continue;
      auto const& press = request.press();
      auto const likeness = Likeness(EventOf(press.command), press.service,
                                     press.counter, press.ticket);
      if (request.unknown) {
        ++excused[likeness];
      } else {
        refused.insert(likeness);
      }
    }
    for (auto const& entry : record_.log) {
      if (entry.kind == EventKind::kDayOpened) continue;
      if (claims_.contains(entry.sequence)) continue;
      auto const likeness =
          Likeness(entry.kind, entry.ticket ? entry.ticket->service : "",
                   entry.counter, entry.ticket ? entry.ticket->id : "");
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
    // Any ticket that ends gives a number free.
    if (request.press().command == Command::kIssue) {
      return copy.answer.reason == "SERIES_EXHAUSTED";
    }
    auto const from = bounds.AtLeast(copy.invoked);
    auto const changed = [&](std::string const& key) {
      auto const at = touched_.find(key);
      if (at == touched_.end()) return false;
      auto const next =
          std::upper_bound(at->second.begin(), at->second.end(), from);
      return next != at->second.end() && *next < request.sequence;
    };
    return changed(request.press().ticket) ||
           changed("counter " + request.press().counter);
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
    auto const waiting = WaitingServices();
    auto const end = static_cast<std::int64_t>(waiting.size()) - 1;
    for (auto const* request : told) {
      auto const* const counter =
          office_.FindCounter({request->press().counter});
      std::uint64_t served = 0;
      for (auto const& each : counter->serves) {
        served |= Bit(each.service.value);
      }
      auto const from = bounds.AtLeast(request->invoked);
      auto const to = bounds.AtMost(request->acknowledged, end);
      bool empty = false;
      for (auto at = from; at <= to && !empty; ++at) {
        empty = (waiting[static_cast<std::size_t>(at)] & served) == 0;
      }
      if (empty) continue;
      Report(Fault::kFalseNobody, *request,
             "was told that nobody waits, but somebody did from log " +
                 std::to_string(from) + " to " + std::to_string(to));
    }
  }

  std::uint64_t Bit(std::string const& service) const {
    for (std::size_t i = 0; i != office_.services.size(); ++i) {
      if (office_.services[i].id.value == service) return 1ULL << i;
    }
    return 0;
  }

  // For each place in the log, whether somebody waits for which services.
  std::vector<std::uint64_t> WaitingServices() const {
    std::map<std::string, std::string> waiting;
    std::map<std::string, std::int64_t> counts;
    std::vector<std::uint64_t> bits = {0};
    for (auto const& entry : record_.log) {
      auto now = bits.back();
      if (entry.ticket) {
        auto const& ticket = *entry.ticket;
        auto const bit = Bit(ticket.service);
        bool const waits = ticket.state == TicketState::kWaiting;
        if (waits && waiting.emplace(ticket.id, ticket.service).second) {
          ++counts[ticket.service];
        } else if (!waits && waiting.erase(ticket.id) != 0) {
          --counts[ticket.service];
        }
        now = counts[ticket.service] > 0 ? now | bit : now & ~bit;
      }
      bits.push_back(now);
    }
    return bits;
  }

  Record const& record_;
  Office const& office_;
  std::vector<Violation> violations_;
  std::map<std::string, Request> requests_;
  std::map<std::string, LogEntry const*> events_;
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
