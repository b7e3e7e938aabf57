#include "services/ticketing/adapters/memory_office.h"
#include "services/ticketing/domain/errors.h"
#include <algorithm>
#include <charconv>
#include <tuple>

namespace madoguchi::ticketing {

Ticket* MemoryOffice::Leftovers::Find(TicketId const& id) {
  auto const found =
      std::find_if(tickets.begin(), tickets.end(),
                   [&](Ticket const& ticket) { return ticket.id == id; });
  return found == tickets.end() ? nullptr : &*found;
}

absl::StatusOr<bool> MemoryOffice::OpenDay(BusinessDay day, bool carry_over,
                                           Timestamp now) {
  if (day < hall_.day()) return error::DayClosed(day);
  if (day == hall_.day()) return false;
  if (leftovers_) return error::DaySweeping(id_, day);
  if (hall_.day() != BusinessDay{}) {
    leftovers_.emplace();
    leftovers_->day = hall_.day();
    for (auto const& [place, ticket] : hall_.tickets()) {
      leftovers_->tickets.push_back(ticket);
    }
  }
  hall_ = MemoryHall(day);
  carry_over_ = carry_over;
  Event opened;
  opened.kind = EventKind::kDayOpened;
  opened.day = day;
  opened.time = now;
  Append(std::move(opened));
  return true;
}

absl::StatusOr<MemoryHall*> MemoryOffice::OpenHall(BusinessDay day) {
  if (hall_.day() < day) return error::DayNotOpen(id_, day);
  if (day < hall_.day()) return error::DayClosed(day);
  if (leftovers_ && carry_over_) return error::DaySweeping(id_, day);
  return &hall_;
}

Rank MemoryOffice::NextRank(Timestamp now) {
  last_rank_.ms =
      std::max<std::int64_t>(now.time_since_epoch().count(), last_rank_.ms + 1);
  return last_rank_;
}

bool MemoryOffice::IsDue(DueEntry const& entry) const {
  auto const found = due_.find(KeyOf(entry));
  return found != due_.end() && found->second.time == entry.time;
}

void MemoryOffice::Apply(DueChange const& change) {
  for (auto const& key : change.cleared) due_.erase(key);
  for (auto const& entry : change.set) Put(entry);
}

DueView MemoryOffice::LookDue(Timestamp now, int limit) const {
  DueView view;
  view.day = hall_.day();
  if (leftovers_) {
    view.sweeping = leftovers_->day;
    view.carry_over = carry_over_;
  }
  for (auto const& [key, entry] : due_) {
    if (entry.time <= now) view.entries.push_back(entry);
  }
  std::sort(view.entries.begin(), view.entries.end(),
            [](DueEntry const& a, DueEntry const& b) {
              return std::tuple(a.time, KeyOf(a)) <
                     std::tuple(b.time, KeyOf(b));
            });
  auto const wanted = static_cast<std::size_t>(std::max(limit, 0));
  if (view.entries.size() > wanted) view.entries.resize(wanted);
  return view;
}

absl::StatusOr<SweepView> MemoryOffice::LookSweep(BusinessDay from,
                                                  int limit) const {
  if (!leftovers_ || leftovers_->day != from) return error::LookAgain();
  auto const& tickets = leftovers_->tickets;
  auto const begin = leftovers_->swept;
  auto const end = std::min(
      tickets.size(), begin + static_cast<std::size_t>(std::max(limit, 1)));
  SweepView view;
  view.cursor = leftovers_->Cursor();
  view.tickets.assign(tickets.begin() + static_cast<std::ptrdiff_t>(begin),
                      tickets.begin() + static_cast<std::ptrdiff_t>(end));
  if (end != tickets.size()) view.next = std::to_string(end);
  return view;
}

absl::Status MemoryOffice::SettleSweep(SweepSettlement const& settlement) {
  if (!leftovers_ || leftovers_->day != settlement.from ||
      hall_.day() != settlement.to ||
      leftovers_->Cursor() != settlement.cursor) {
    return error::LookAgain();
  }
  for (auto const& [ticket, event] : settlement.changes) {
    auto const* const left = leftovers_->Find(ticket.after.id);
    if (left == nullptr || *left != ticket.before) return error::LookAgain();
  }

  for (auto const& [ticket, event] : settlement.changes) {
    if (ticket.after.state == TicketState::kWaiting) {
      hall_.Put(ticket.after);
    } else {
      *leftovers_->Find(ticket.after.id) = ticket.after;
    }
    Append(event);
  }
  Apply(settlement.due);
  auto const& next = settlement.next;
  if (next.empty()) {
    leftovers_.reset();
  } else {
    std::from_chars(next.data(), next.data() + next.size(), leftovers_->swept);
  }
  return absl::OkStatus();
}

std::int64_t MemoryOffice::Append(Event event) {
  event.sequence = ++last_sequence_;
  log_.push_back(std::move(event));
  return last_sequence_;
}

EventPage MemoryOffice::ReadLog(std::int64_t after, int limit) const {
  EventPage page;
  if (log_.empty()) return page;
  page.first_sequence = log_.front().sequence;
  page.last_sequence = last_sequence_;
  auto const size = static_cast<std::int64_t>(log_.size());
  auto const begin =
      std::clamp<std::int64_t>(after + 1 - page.first_sequence, 0, size);
  auto const end = std::min<std::int64_t>(size, begin + std::max(limit, 0));
  page.events.assign(log_.begin() + begin, log_.begin() + end);
  return page;
}

void MemoryOffice::TrimLog(int days) {
  days = std::max(days, 1);
  auto first_kept = log_.end();
  for (auto at = log_.end(); at != log_.begin() && days > 0;) {
    --at;
    if (at->kind != EventKind::kDayOpened) continue;
    first_kept = at;
    --days;
  }
  if (days > 0) return;
  log_.erase(log_.begin(), first_kept);
}

}  // namespace madoguchi::ticketing
