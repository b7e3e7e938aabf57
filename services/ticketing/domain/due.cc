#include "services/ticketing/domain/due.h"
#include "services/ticketing/domain/queues.h"
#include <algorithm>
#include <array>
#include <utility>

namespace madoguchi::ticketing {
namespace {

constexpr std::array<std::pair<DueKind, std::string_view>, 5> kNames = {{
    {DueKind::kHoldDeadline, "hold"},
    {DueKind::kAbsenceExpiry, "absence"},
    {DueKind::kFinishPrompt, "finish"},
    {DueKind::kCounterQueuePatience, "patience"},
    {DueKind::kWrapUpEnd, "wrap-up"},
}};

}  // namespace

std::string KeyOf(DueEntry const& entry) {
  for (auto const& [kind, name] : kNames) {
    if (kind == entry.kind) return std::string(name) + ":" + entry.subject;
  }
  return {};
}

std::optional<DueEntry> DueEntryOf(std::string_view key, Timestamp time) {
  auto const end = key.find(':');
  if (end == std::string_view::npos || end + 1 == key.size()) {
    return std::nullopt;
  }
  for (auto const& [kind, name] : kNames) {
    if (name != key.substr(0, end)) continue;
    return DueEntry{kind, std::string(key.substr(end + 1)), time};
  }
  return std::nullopt;
}

std::vector<DueEntry> DueOf(Office const& office, Ticket const& ticket) {
  std::vector<DueEntry> due;
  auto const add = [&](DueKind kind, Timestamp time) {
    due.push_back({kind, ticket.id.value, time});
  };
  switch (ticket.state) {
    case TicketState::kOnHold:
      if (ticket.hold) add(DueKind::kHoldDeadline, ticket.hold->deadline);
      break;
    case TicketState::kAbsent: {
      auto const expires = office.call_policy.absent_expires;
      if (expires.count() != 0 && ticket.ended) {
        add(DueKind::kAbsenceExpiry, *ticket.ended + expires);
      }
      break;
    }
    case TicketState::kServing: {
      auto const prompt = office.desk_policy.finish_prompt;
      // Marked once is enough.
      if (prompt.count() != 0 && ticket.serving_started &&
          !ticket.time_uncertain) {
        add(DueKind::kFinishPrompt, *ticket.serving_started + prompt);
      }
      break;
    }
    case TicketState::kWaiting:
      if (IsCounterQueue(ticket.queue) && ticket.queued) {
        add(DueKind::kCounterQueuePatience,
            *ticket.queued + office.desk_policy.counter_queue_patience);
      }
      break;
    default:
      break;
  }
  return due;
}

std::vector<DueEntry> DueOf(Office const& office, Counter const& counter) {
  if (counter.activity != CounterActivity::kWrapUp || !counter.activity_since) {
    return {};
  }
  return {{DueKind::kWrapUpEnd, counter.id.value,
           *counter.activity_since + office.desk_policy.wrap_up}};
}

void AddDueChange(std::vector<DueEntry> const& before,
                  std::vector<DueEntry> const& after, DueChange& change) {
  for (auto const& entry : after) {
    if (std::find(before.begin(), before.end(), entry) == before.end()) {
      change.set.push_back(entry);
    }
  }
  for (auto const& entry : before) {
    bool const stays =
        std::any_of(after.begin(), after.end(), [&](DueEntry const& other) {
          return other.kind == entry.kind && other.subject == entry.subject;
        });
    if (!stays) change.cleared.push_back(KeyOf(entry));
  }
}

}  // namespace madoguchi::ticketing
