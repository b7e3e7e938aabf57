#include "services/ticketing/domain/day_change.h"
#include "services/base/error.h"
#include "services/ticketing/domain/due.h"
#include "services/ticketing/domain/life.h"
#include "services/ticketing/domain/queues.h"
#include "services/ticketing/domain/settlement.h"
#include "absl/strings/numbers.h"
#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace madoguchi::ticketing {
namespace {

// A replica further from the store's clock is not ready.
constexpr std::chrono::seconds kLargestSkew{3};

EventKind KindOf(TicketState state) {
  switch (state) {
    case TicketState::kCompleted:
      return EventKind::kTicketCompleted;
    case TicketState::kWaiting:
      return EventKind::kTicketCarriedOver;
    default:
      return EventKind::kTicketExpired;
  }
}

bool HasReason(absl::Status const& status, char const* reason) {
  return absl::IsFailedPrecondition(status) &&
         GetErrorInfo(status).reason == reason;
}

// One sweep under way. Keeps itself alive through the callbacks it hands out.
class SweepRun : public std::enable_shared_from_this<SweepRun> {
 public:
  SweepRun(DeskContext const& context, Office const& office,
           MachineTime deadline, Done<std::monostate> done)
      : context_(context),
        office_(office),
        deadline_(deadline),
        done_(std::move(done)) {}

  void LookForWork() {
    context_.store.LookDue(
        office_.id, context_.clock.Now(), /*limit=*/0, deadline_,
        [self = shared_from_this()](absl::StatusOr<DueView> const& view) {
          if (!view.ok()) return self->done_(view.status());
          if (!view->sweeping) return self->done_(std::monostate());
          self->from_ = *view->sweeping;
          self->to_ = view->day;
          // The settings may have changed since the day was opened.
          self->end_ = view->carry_over ? DayEnd::kCarryOver : DayEnd::kExpire;
          self->LookAtPart();
        });
  }

 private:
  void LookAtPart() {
    context_.store.LookSweep(
        office_.id, from_, kSweepPart, deadline_,
        [self = shared_from_this()](absl::StatusOr<SweepView> const& view) {
          // Somebody else has finished it, or is at the next day's already.
          if (absl::IsAborted(view.status())) return self->LookForWork();
          if (!view.ok()) return self->done_(view.status());
          self->SettlePart(*view);
        });
  }

  void SettlePart(SweepView const& view) {
    auto const settlement =
        DecideSweep(office_, from_, to_, end_, view, context_.clock.Now());
    bool const last = settlement.next.empty();
    context_.store.SettleSweep(
        settlement, deadline_,
        [self = shared_from_this(),
         last](absl::StatusOr<std::monostate> const& settled) {
          if (absl::IsAborted(settled.status())) return self->LookForWork();
          if (!settled.ok()) return self->done_(settled.status());
          if (!last) return self->LookAtPart();
          self->Trim();
        });
  }

  void Trim() {
    context_.store.TrimLog(
        office_.id, office_.log_days, deadline_,
        [self = shared_from_this()](absl::StatusOr<std::monostate> trimmed) {
          self->done_(std::move(trimmed));
        });
  }

  DeskContext const context_;
  Office const& office_;
  MachineTime const deadline_;
  Done<std::monostate> done_;
  BusinessDay from_;
  BusinessDay to_;
  DayEnd end_ = DayEnd::kExpire;
};

}  // namespace

SweepSettlement DecideSweep(Office const& office, BusinessDay from,
                            BusinessDay to, DayEnd end, SweepView const& view,
                            Timestamp now) {
  SweepSettlement settlement;
  settlement.office = office.id;
  settlement.from = from;
  settlement.to = to;
  settlement.cursor = view.cursor;
  settlement.next = view.next;
  for (auto const& ticket : view.tickets) {
    // Whoever was sent to one counter waits for all: who works there tomorrow,
    // nobody knows.
    auto const after = life::EndDay(
        ticket, from, end,
        ServiceQueue(office, ticket.service, ticket.language), now);
    if (!after) continue;
    AddDueChange(DueOf(office, ticket), DueOf(office, *after), settlement.due);
    FurtherChange change;
    change.ticket = {ticket, *after};
    change.event.kind = KindOf(after->state);
    change.event.day = to;
    change.event.time = now;
    change.event.ticket = *after;
    change.event.reason = kDayEndedReason;
    change.event.waited_in = WaitsIn(ticket);
    settlement.changes.push_back(std::move(change));
  }
  return settlement;
}

void Sweep(DeskContext const& context, Office const& office,
           MachineTime deadline, Done<std::monostate> done) {
  std::make_shared<SweepRun>(context, office, deadline, std::move(done))
      ->LookForWork();
}

void PrepareDay(DeskContext const& context, Office const& office,
                BusinessDay day, MachineTime deadline,
                Done<std::monostate> done) {
  bool const carry_over = office.day_end == DayEnd::kCarryOver;
  context.store.OpenDay(
      {office.id, day}, carry_over, context.clock.Now(), deadline,
      [context, &office, day, deadline, carry_over,
       done = std::move(done)](absl::StatusOr<std::monostate> opened) mutable {
        bool const behind = HasReason(opened.status(), "DAY_SWEEPING");
        if (!behind && (!opened.ok() || !carry_over)) {
          return done(std::move(opened));
        }
        Sweep(context, office, deadline,
              [context, &office, day, deadline, behind, done = std::move(done)](
                  absl::StatusOr<std::monostate> swept) mutable {
                if (!swept.ok() || !behind) return done(std::move(swept));
                PrepareDay(context, office, day, deadline, std::move(done));
              });
      });
}

std::optional<Hall> DayToPrepare(absl::Status const& status) {
  if (!HasReason(status, "DAY_NOT_OPEN") &&
      !HasReason(status, "DAY_SWEEPING")) {
    return std::nullopt;
  }
  auto const info = GetErrorInfo(status);
  Hall hall;
  auto const office = info.metadata.find("office");
  auto const day = info.metadata.find("day");
  if (office == info.metadata.end() || day == info.metadata.end() ||
      !absl::SimpleAtoi(day->second, &hall.day.yyyymmdd)) {
    return std::nullopt;
  }
  hall.office.value = office->second;
  return hall;
}

bool IsDayAboutToChange(Office const& office, absl::Status const& status,
                        Timestamp now) {
  return HasReason(status, "DAY_CLOSED") &&
         BusinessDayOf(office, now) !=
             BusinessDayOf(office, now + kLargestSkew);
}

}  // namespace madoguchi::ticketing
