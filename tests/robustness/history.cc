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

constexpr std::array<CommandRow, 10> kCommands = {{
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
}};

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
  return "day";
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
      << " ticket=" << press.ticket << " version=" << press.version << " -> "
      << NameOf(answer.verdict) << ' ' << answer.reason
      << " session=" << answer.session;
  Write(out, answer.ticket);
  out << '\n';
}

void Write(std::ostream& out, std::string const& name, Heard const& heard) {
  out << "heard " << name << " sequence=" << heard.sequence << ' '
      << NameOf(heard.what);
  if (heard.what == Heard::What::kEvent) {
    out << ' ' << NameOf(heard.kind) << ' ' << heard.call.number << '@'
        << heard.call.counter;
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

Moment NowMoment() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::string_view NameOf(Command command) { return RowOf(command).name; }

EventKind EventOf(Command command) { return RowOf(command).event; }

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
        << " rank=" << entry.rank;
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
