#include "services/ticketing/domain/counter_life.h"
#include "services/base/status_macros.h"
#include "services/ticketing/domain/errors.h"
#include <algorithm>

namespace madoguchi::ticketing::life {
namespace {

// Room for 9999 openings of a counter a day.
constexpr std::int64_t kSessionsPerDay = 10'000;

Counter Step(Counter const& counter) {
  auto next = counter;
  ++next.version;
  return next;
}

void SetActivity(Counter& counter, CounterActivity activity,
                 std::string const& reason, std::optional<Timestamp> since) {
  counter.activity = activity;
  counter.activity_reason = reason;
  counter.activity_since = since;
}

void SetReady(Counter& counter) {
  SetActivity(counter, CounterActivity::kReady, {}, std::nullopt);
}

}  // namespace

absl::StatusOr<Counter> OpenCounter(Counter const& counter, BusinessDay day,
                                    StaffId const& staff, bool take_over) {
  if (counter.open && !take_over) return error::CounterAlreadyOpen(counter.id);
  auto next = Step(counter);
  next.open = true;
  next.staff = staff;
  next.session =
      std::max(counter.session, std::int64_t{day.yyyymmdd} * kSessionsPerDay) +
      1;
  SetReady(next);
  return next;
}

absl::StatusOr<Counter> CloseCounter(Counter const& counter) {
  if (counter.Busy()) return error::CounterBusy(counter.id, counter.ticket);
  auto next = Step(counter);
  next.open = false;
  next.staff = {};
  SetReady(next);
  return next;
}

absl::Status CheckSession(Counter const& counter, std::int64_t session) {
  if (!counter.open) return error::CounterClosed(counter.id);
  if (session != 0 && session != counter.session) {
    return error::CounterTakenOver(counter.id);
  }
  return absl::OkStatus();
}

absl::Status CheckFree(Counter const& counter) {
  if (counter.Busy()) return error::CounterBusy(counter.id, counter.ticket);
  if (counter.activity == CounterActivity::kPaused) {
    return error::CounterPaused(counter.id);
  }
  return absl::OkStatus();
}

absl::StatusOr<Counter> Occupy(Counter const& counter, TicketId const& ticket) {
  MADOGUCHI_RETURN_IF_ERROR(CheckFree(counter));
  auto next = Step(counter);
  next.ticket = ticket;
  SetReady(next);
  return next;
}

Counter Release(Counter const& counter) {
  auto next = Step(counter);
  next.ticket = {};
  return next;
}

Counter WrapUp(Counter const& counter, Timestamp now) {
  auto next = Release(counter);
  SetActivity(next, CounterActivity::kWrapUp, {}, now);
  return next;
}

absl::StatusOr<Counter> Pause(Counter const& counter, std::string const& reason,
                              Timestamp now) {
  MADOGUCHI_RETURN_IF_ERROR(CheckFree(counter));
  auto next = Step(counter);
  SetActivity(next, CounterActivity::kPaused, reason, now);
  return next;
}

absl::StatusOr<Counter> EndActivity(Counter const& counter) {
  if (counter.activity == CounterActivity::kReady) {
    return error::CounterReady(counter.id);
  }
  auto next = Step(counter);
  SetReady(next);
  return next;
}

}  // namespace madoguchi::ticketing::life
