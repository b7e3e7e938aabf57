#include "services/ticketing/adapters/memory_hall.h"
#include "services/ticketing/domain/errors.h"
#include <charconv>
#include <string_view>

namespace madoguchi::ticketing {
namespace {

constexpr int kMaxSkipped = 16;

}  // namespace

TicketPlace PlaceOf(TicketId const& id) {
  auto const day = DayOf(id);
  if (!day) return {};
  std::string_view const text = id.value;
  auto const day_end = text.find('-');
  auto const series_end = text.rfind('-');
  TicketPlace place;
  place.yyyymmdd = day->yyyymmdd;
  place.series.value = text.substr(day_end + 1, series_end - day_end - 1);
  std::from_chars(text.data() + series_end + 1, text.data() + text.size(),
                  place.serial);
  return place;
}

Ticket const* MemoryHall::Find(TicketId const& id) const {
  auto const found = tickets_.find(PlaceOf(id));
  // Several texts may tell one place; only one of them is the ticket's.
  if (found == tickets_.end() || found->second.id != id) return nullptr;
  return &found->second;
}

std::optional<Ticket> MemoryHall::FindNumber(Series const& series,
                                             std::string const& number) const {
  Ticket const* last = nullptr;
  for (auto at = tickets_.rbegin(); at != tickets_.rend(); ++at) {
    if (at->first.series != series.id || at->second.number != number) continue;
    if (IsLive(at->second.state)) return at->second;
    if (last == nullptr) last = &at->second;
  }
  if (last == nullptr) return std::nullopt;
  return *last;
}

TicketPage MemoryHall::List(TicketId const& after, int limit) const {
  TicketPage page;
  auto at = tickets_.upper_bound(PlaceOf(after));
  for (; at != tickets_.end() && limit > 0; ++at, --limit) {
    page.tickets.push_back(at->second);
  }
  page.more = at != tickets_.end();
  return page;
}

Counter MemoryHall::CounterNow(CounterId const& id) const {
  auto const found = counters_.find(id);
  if (found != counters_.end()) return found->second;
  Counter closed;
  closed.id = id;
  return closed;
}

MemoryQueue const& MemoryHall::Queue(QueueId const& queue) const {
  static MemoryQueue const kNobody;
  auto const found = queues_.find(queue);
  return found == queues_.end() ? kNobody : found->second;
}

QueueView MemoryHall::ViewQueue(QueueId const& queue, int depth) const {
  auto const& seen = Queue(queue);
  auto const& waiting = seen.waiting.InOrder();
  QueueView view;
  view.queue = queue;
  view.length = static_cast<std::int64_t>(waiting.size());
  for (auto const& [rank, id] : waiting) {
    if (depth-- <= 0) break;
    view.first.push_back({tickets_.at(PlaceOf(id)), seen.Overtakes(rank)});
  }
  return view;
}

std::optional<UndoableStep> MemoryHall::StepOf(CounterId const& counter) const {
  auto const found = steps_.find(counter);
  if (found == steps_.end()) return std::nullopt;
  return found->second;
}

bool MemoryHall::Holds(Change<Counter> const& change) const {
  return CounterNow(change.after.id) == change.before;
}

bool MemoryHall::Holds(Change<Ticket> const& change) const {
  auto const* const now = Find(change.after.id);
  return now != nullptr && *now == change.before;
}

absl::StatusOr<std::vector<QueueId>> MemoryHall::CheckCall(
    Ticket const& called, CallGuard const& guard) const {
  auto const order = CallOrderOf(called);
  auto const& own = Queue(QueueOf(called)).waiting.InOrder();
  if (own.empty() || own.begin()->id != called.id) return error::LookAgain();
  std::vector<QueueId> overtaken;
  for (auto const& id : guard.others) {
    auto const& other = Queue(id);
    auto const& waiting = other.waiting.InOrder();
    if (waiting.empty() || order < *waiting.begin()) continue;
    if (other.Overtakes(waiting.begin()->rank) >= guard.limit) {
      return error::LookAgain();
    }
    overtaken.push_back(id);
  }
  return overtaken;
}

// Whether the number of the `serial`-th ticket belongs to a live one.
bool MemoryHall::IsNumberInUse(Series const& series,
                               std::int64_t serial) const {
  auto const number = NumberOf(series, serial);
  for (auto const& [place, ticket] : tickets_) {
    // Those carried over come first.
    if (place.yyyymmdd == day_.yyyymmdd) break;
    if (place.series == series.id && ticket.number == number &&
        IsLive(ticket.state)) {
      return true;
    }
  }
  for (auto earlier = serial - series.size; earlier >= 0;
       earlier -= series.size) {
    auto const found = tickets_.find({day_.yyyymmdd, series.id, earlier});
    // A number skipped in an earlier round has no ticket there.
    if (found != tickets_.end()) return IsLive(found->second.state);
  }
  return false;
}

absl::StatusOr<std::int64_t> MemoryHall::FreeSerial(
    Series const& series) const {
  auto const found = next_serial_.find(series.id);
  auto serial = found == next_serial_.end() ? 0 : found->second;
  auto const last = serial + kMaxSkipped;
  while (IsNumberInUse(series, serial)) {
    if (++serial == last) return error::SeriesExhausted(series.id);
  }
  return serial;
}

bool MemoryHall::WasNumberGivenSince(Series const& series,
                                     TicketId const& ticket) const {
  auto const found = next_serial_.find(series.id);
  auto const next = found == next_serial_.end() ? 0 : found->second;
  auto const place = PlaceOf(ticket);
  // Whoever was carried over had it before all of today.
  return next > (place.yyyymmdd == day_.yyyymmdd ? place.serial + series.size
                                                 : place.serial % series.size);
}

void MemoryHall::Number(Series const& series, std::int64_t serial,
                        Ticket& ticket) {
  ticket.id = MakeTicketId(day_, series.id, serial);
  ticket.number = NumberOf(series, serial);
  next_serial_[series.id] = serial + 1;
}

void MemoryHall::Put(Ticket const& ticket) {
  tickets_[PlaceOf(ticket.id)] = ticket;
  if (ticket.state == TicketState::kWaiting) {
    queues_[QueueOf(ticket)].waiting.Put(ticket.id, ticket.rank);
  }
}

void MemoryHall::Apply(Change<Ticket> const& change) {
  auto const& before = change.before;
  if (before.state == TicketState::kWaiting) {
    queues_[QueueOf(before)].waiting.Remove(before.id);
  }
  Put(change.after);
}

void MemoryHall::NoteCall(Ticket const& called,
                          std::vector<QueueId> const& overtaken) {
  for (auto const& queue : overtaken) {
    queues_[queue].over.PutBack(called.id, called.rank);
  }
  queues_[QueueOf(called)].over.RemoveUpTo(called.rank);
}

}  // namespace madoguchi::ticketing
