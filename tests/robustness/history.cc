#include "tests/robustness/history.h"
#include <algorithm>
#include <array>
#include <fstream>
#include <ostream>
#include <string_view>
#include <utility>

namespace madoguchi::robustness {
namespace {

using ticketing::EventKind;

struct CommandRow {
  Command command;
  std::string_view name;
  EventKind event;
};

constexpr std::array<CommandRow, 23> kCommands = {{
    {Command::kOpenCounter, "open", EventKind::kCounterOpened},
    {Command::kCloseCounter, "close", EventKind::kCounterClosed},
    {Command::kIssue, "issue", EventKind::kTicketIssued},
    {Command::kCallNext, "call", EventKind::kTicketCalled},
    {Command::kRecall, "recall", EventKind::kTicketRecalled},
    {Command::kStartServing, "start", EventKind::kServingStarted},
    {Command::kComplete, "complete", EventKind::kTicketCompleted},
    {Command::kMarkAbsent, "absent", EventKind::kTicketMarkedAbsent},
    {Command::kReturn, "return", EventKind::kTicketReturned},
    {Command::kCancel, "cancel", EventKind::kTicketCancelled},
    {Command::kCallTicket, "call-ticket", EventKind::kTicketCalled},
    {Command::kServeVisitor, "serve-visitor", EventKind::kVisitorServed},
    {Command::kHold, "hold", EventKind::kTicketHeld},
    {Command::kResumeServing, "resume-serving", EventKind::kServingResumed},
    {Command::kEndHold, "end-hold", EventKind::kHoldEnded},
    {Command::kTransfer, "transfer", EventKind::kTicketTransferred},
    {Command::kMove, "move", EventKind::kTicketMoved},
    {Command::kDesignate, "designate", EventKind::kTicketTransferred},
    {Command::kSetAssist, "set-assist", EventKind::kTicketEdited},
    {Command::kEdit, "edit", EventKind::kTicketEdited},
    {Command::kUndo, "undo", EventKind::kStepUndone},
    {Command::kPause, "pause", EventKind::kCounterPaused},
    {Command::kResumeCounter, "resume-counter", EventKind::kCounterResumed},
}};

constexpr std::array<std::string_view, 7> kReasonsOfItself = {
    "DEADLINE",  "ABSENT_TOO_LONG",      "FINISH_FORGOTTEN", "WRAP_UP_ENDED",
    "DAY_ENDED", "COUNTER_DID_NOT_CALL", "COUNTER_CLOSED"};

CommandRow const& RowOf(Command command) {
  return *std::find_if(
      kCommands.begin(), kCommands.end(),
      [&](CommandRow const& row) { return row.command == command; });
}

std::string_view NameOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kDone:
      return "done";
    case Verdict::kRefused:
      return "refused";
    case Verdict::kUnknown:
      return "unknown";
  }
  return "";
}

std::string_view NameOf(Heard::What what) {
  switch (what) {
    case Heard::What::kSnapshot:
      return "snapshot";
    case Heard::What::kEvent:
      return "event";
    case Heard::What::kWaiting:
      return "waiting";
    case Heard::What::kHeartbeat:
      return "heartbeat";
  }
  return "";
}

std::string_view NameOf(EventKind kind) {
  for (auto const& row : kCommands) {
    if (row.event == kind) return row.name;
  }
  switch (kind) {
    case EventKind::kServiceFinished:
      return "finish-service";
    case EventKind::kTicketArrived:
      return "arrive";
    case EventKind::kFinishOverdue:
      return "overdue";
    case EventKind::kTicketExpired:
      return "expire";
    case EventKind::kTicketCarriedOver:
      return "carry-over";
    default:
      return "day";
  }
}

void Write(std::ostream& out, std::optional<TicketFacts> const& ticket) {
  if (!ticket) return;
  out << " ticket=" << ticket->id << " number=" << ticket->number
      << " service=" << ticket->service
      << " state=" << static_cast<int>(ticket->state)
      << " at=" << ticket->counter << " version=" << ticket->version;
}

void Write(std::ostream& out, Operation const& operation) {
  auto const& press = operation.press;
  auto const& answer = operation.answer;
  out << "op invoked=" << operation.invoked
      << " returned=" << operation.returned << " request=" << press.request
      << ' ' << NameOf(press.command) << " service=" << press.service
      << " counter=" << press.counter << " session=" << press.session
      << " ticket=" << press.ticket << " version=" << press.version
      << " to=" << press.to_counter << press.to_office << " -> "
      << NameOf(answer.verdict) << ' ' << answer.reason
      << " session=" << answer.session;
  Write(out, answer.ticket);
  Write(out, answer.arrived);
  out << '\n';
}

void Write(std::ostream& out, std::string const& name, Heard const& heard) {
  out << "heard " << name << " sequence=" << heard.sequence << ' '
      << NameOf(heard.what);
  if (heard.what == Heard::What::kEvent) {
    out << ' ' << NameOf(heard.kind) << '/' << static_cast<int>(heard.shown)
        << ' ' << heard.call.number << '@' << heard.call.counter;
  }
  if (heard.reset) out << " reset";
  for (auto const& [service, count] : heard.waiting) {
    out << ' ' << service << '=' << count;
  }
  for (auto const& call : heard.calls) {
    out << ' ' << call.sequence << ':' << call.number << '@' << call.counter;
  }
  out << '\n';
}

}  // namespace

bool IsWithoutRoom(Answer const& answer) {
  return answer.reason == "STORE_DISK_LOW" ||
         answer.reason == "STORE_MEMORY_LOW" || answer.reason == "STORE_FULL";
}

Moment NowMoment() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::string_view NameOf(Command command) { return RowOf(command).name; }

EventKind EventOf(Command command) { return RowOf(command).event; }

bool Leaves(Command command, EventKind kind) {
  return kind == EventOf(command) ||
         (command == Command::kComplete && kind == EventKind::kServiceFinished);
}

std::string QueueOf(LogEntry const& entry) {
  return entry.queue.empty() && entry.ticket ? entry.ticket->service
                                             : entry.queue;
}

std::string ServiceOfQueue(std::string const& queue) {
  return queue.starts_with('@') ? "" : queue.substr(0, queue.find('~'));
}

bool IsOfItself(LogEntry const& entry) {
  return entry.kind == EventKind::kDayOpened ||
         entry.kind == EventKind::kTicketArrived ||
         std::find(kReasonsOfItself.begin(), kReasonsOfItself.end(),
                   entry.reason) != kReasonsOfItself.end();
}

Shown ShownOf(EventKind kind) {
  switch (kind) {
    case EventKind::kTicketCalled:
      return Shown::kCalled;
    case EventKind::kTicketRecalled:
      return Shown::kRecalled;
    case EventKind::kServingStarted:
    case EventKind::kServingResumed:
      return Shown::kServing;
    case EventKind::kTicketCompleted:
      return Shown::kCompleted;
    case EventKind::kTicketMarkedAbsent:
      return Shown::kAbsent;
    case EventKind::kTicketReturned:
      return Shown::kReturned;
    case EventKind::kCounterOpened:
      return Shown::kCounterOpened;
    case EventKind::kCounterClosed:
      return Shown::kCounterClosed;
    case EventKind::kDayOpened:
      return Shown::kDayOpened;
    case EventKind::kTicketHeld:
    case EventKind::kTicketTransferred:
    case EventKind::kServiceFinished:
    case EventKind::kTicketMoved:
    case EventKind::kTicketExpired:
      return Shown::kLeft;
    case EventKind::kStepUndone:
      return Shown::kCorrected;
    case EventKind::kVisitorServed:
    case EventKind::kCounterPaused:
    case EventKind::kCounterResumed:
      return Shown::kCounterChanged;
    default:
      return Shown::kWaiting;
  }
}

void History::Add(Operation operation) {
  MutexLock lock(mu_);
  if (operation.answer.verdict == Verdict::kDone) ++acknowledged_;
  operations_.push_back(std::move(operation));
  grown_.notify_all();
}

bool History::WaitForAcknowledged(std::int64_t count,
                                  std::chrono::milliseconds timeout) {
  MutexLock lock(mu_);
  auto const until = std::chrono::steady_clock::now() + timeout;
  while (acknowledged_ < count) {
    if (grown_.wait_until(mu_, until) == std::cv_status::timeout) return false;
  }
  return true;
}

std::int64_t History::acknowledged() const {
  MutexLock lock(mu_);
  return acknowledged_;
}

std::vector<Operation> History::Operations() const {
  MutexLock lock(mu_);
  return operations_;
}

bool WriteRecord(Record const& record, std::string const& path) {
  std::ofstream out(path);
  for (auto const& operation : record.operations) Write(out, operation);
  for (auto const& entry : record.log) {
    out << "log " << entry.sequence << ' ' << NameOf(entry.kind)
        << " counter=" << entry.counter << " session=" << entry.session
        << " rank=" << entry.rank << " time=" << entry.time
        << " day=" << entry.day << " reason=" << entry.reason
        << " queue=" << entry.queue << " from=" << entry.moved_from;
    if (entry.counter_state) {
      out << " counter_version=" << entry.counter_state->version
          << " activity=" << static_cast<int>(entry.counter_state->activity);
    }
    Write(out, entry.ticket);
    out << '\n';
  }
  for (auto const& watch : record.watches) {
    for (auto const& heard : watch.heard) Write(out, watch.name, heard);
  }
  out.close();
  return out.good();
}

}  // namespace madoguchi::robustness
