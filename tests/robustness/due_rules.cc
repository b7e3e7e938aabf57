#include "tests/robustness/due_rules.h"
#include <initializer_list>

namespace madoguchi::robustness {
namespace {

using ticketing::EventKind;
using ticketing::TicketState;

// In the rounds office time runs 30 times as fast: 10 seconds of the machine's.
constexpr OfficeMs kLong = 300'000;

}  // namespace

std::optional<OfficeMs> DueOf(Office const& office, Seen const& seen,
                              EventKind kind) {
  auto const state = seen.facts.state;
  auto const& desk = office.desk_policy;
  auto const expires = office.call_policy.absent_expires;
  switch (kind) {
    case EventKind::kHoldEnded:
      if (state == TicketState::kOnHold) return seen.hold_deadline;
      break;
    case EventKind::kTicketExpired:
      if (state == TicketState::kAbsent && expires.count() != 0) {
        return seen.since + Ms(expires);
      }
      break;
    case EventKind::kFinishOverdue:
      if (state == TicketState::kServing && !seen.overdue) {
        return seen.since + Ms(desk.finish_prompt);
      }
      break;
    case EventKind::kTicketTransferred:
      if (state == TicketState::kWaiting && seen.queue.starts_with('@')) {
        return seen.since + Ms(desk.counter_queue_patience);
      }
      break;
    default:
      break;
  }
  return std::nullopt;
}

bool IsLongOverdue(Office const& office, Seen const& seen, OfficeMs now) {
  for (auto const kind :
       {EventKind::kHoldEnded, EventKind::kTicketExpired,
        EventKind::kFinishOverdue, EventKind::kTicketTransferred}) {
    auto const due = DueOf(office, seen, kind);
    if (due && *due + kLong < now) return true;
  }
  return false;
}

}  // namespace madoguchi::robustness
