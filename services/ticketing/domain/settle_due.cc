#include "services/ticketing/domain/settle_due.h"
#include "services/base/name_uuid.h"
#include "services/ticketing/domain/counter_life.h"
#include "services/ticketing/domain/day_change.h"
#include "services/ticketing/domain/life.h"
#include "services/ticketing/domain/queues.h"
#include "services/ticketing/domain/request.h"
#include "services/ticketing/domain/settlement.h"
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::ticketing {
namespace {

Event MakeEvent(EventKind kind, std::string const& reason, Hall const& hall,
                Timestamp now) {
  Event event;
  event.kind = kind;
  event.day = hall.day;
  event.time = now;
  event.reason = reason;
  return event;
}

struct FiredTicket {
  Ticket ticket;
  EventKind kind;
  char const* reason;
};

std::optional<FiredTicket> Fire(Office const& office, DueKind kind,
                                Ticket const& ticket, View const& view,
                                Timestamp now) {
  auto const queue = ServiceQueue(office, ticket.service, ticket.language);
  auto const made = [](absl::StatusOr<Ticket> after, EventKind event,
                       char const* reason) -> std::optional<FiredTicket> {
    if (!after.ok()) return std::nullopt;
    return FiredTicket{*std::move(after), event, reason};
  };
  switch (kind) {
    case DueKind::kHoldDeadline:
      return made(
          life::EndHold(
              ticket, life::QueueAfterHold(office, ticket, view.counters), now),
          EventKind::kHoldEnded, "DEADLINE");
    case DueKind::kAbsenceExpiry:
      return made(life::ExpireAbsence(ticket, now), EventKind::kTicketExpired,
                  "ABSENT_TOO_LONG");
    case DueKind::kFinishPrompt:
      return made(life::MarkOverdue(ticket), EventKind::kFinishOverdue,
                  "FINISH_FORGOTTEN");
    case DueKind::kCounterQueuePatience:
      return made(life::LeaveCounterQueue(ticket, queue),
                  EventKind::kTicketTransferred, "COUNTER_DID_NOT_CALL");
    case DueKind::kWrapUpEnd:
      break;
  }
  return std::nullopt;
}

// The entry that the record has instead of `entry`: the same as a rule;
// nothing if it no longer has one of the kind.
template <typename Record>
std::optional<DueEntry> EntryNow(Office const& office, DueEntry const& entry,
                                 Record const& record) {
  for (auto const& each : DueOf(office, record)) {
    if (each.kind == entry.kind) return each;
  }
  return std::nullopt;
}

// All entries of one run. Keeps itself alive through the callbacks it hands
// out.
class DueRun : public std::enable_shared_from_this<DueRun> {
 public:
  DueRun(DeskContext const& context, Office const& office, int limit,
         MachineTime deadline, Done<DueDone> done)
      : context_(context),
        office_(office),
        limit_(limit),
        deadline_(deadline),
        done_(std::move(done)) {}

  void LookForWork() {
    now_ = context_.clock.Now();
    context_.store.LookDue(
        office_.id, now_, limit_, deadline_,
        [self = shared_from_this()](absl::StatusOr<DueView> view) {
          if (!view.ok()) return self->done_(view.status());
          self->Looked(*std::move(view));
        });
  }

 private:
  void Looked(DueView view) {
    auto const today = BusinessDayOf(office_, now_);
    if (view.day < today && !prepared_) {
      prepared_ = true;
      return PrepareDay(context_, office_, today, deadline_, LookAgain());
    }
    if (view.sweeping && !swept_) {
      swept_ = true;
      return Sweep(context_, office_, deadline_, LookAgain());
    }
    // Another process, whose clock runs ahead, is in the next day already. The
    // entries are its to settle.
    if (view.day != today) return done_(result_);
    result_.more = static_cast<int>(view.entries.size()) == limit_;
    entries_ = std::move(view.entries);
    Next();
  }

  Done<std::monostate> LookAgain() {
    return [self = shared_from_this()](
               absl::StatusOr<std::monostate> const& prepared) {
      if (!prepared.ok()) return self->done_(prepared.status());
      self->LookForWork();
    };
  }

  void Next() {
    if (next_ == entries_.size()) return done_(result_);
    auto const& entry = entries_[next_++];
    LookQuery query;
    query.hall = {office_.id, BusinessDayOf(office_, now_)};
    if (entry.kind == DueKind::kWrapUpEnd) {
      query.counters = {{entry.subject}};
    } else {
      query.tickets = {{entry.subject}};
      // That of a hold is not known before the look.
      if (entry.kind == DueKind::kHoldDeadline) {
        for (auto const& counter : office_.counters) {
          query.counters.push_back(counter.id);
        }
      }
    }
    context_.store.Look(query, deadline_,
                        [self = shared_from_this(), &entry,
                         hall = query.hall](absl::StatusOr<View> const& view) {
                          if (!view.ok()) return self->done_(view.status());
                          self->Settle(entry, *view, hall);
                        });
  }

  void Settle(DueEntry const& entry, View const& view, Hall const& hall) {
    auto settlement = DecideDue(office_, entry, view, hall, now_);
    auto request = MakeRequest(
        NameUuid(office_.id.value + "|" + KeyOf(entry) + "|" +
                 std::to_string(entry.time.time_since_epoch().count())),
        "due", {});
    if (!request.ok()) return done_(request.status());
    settlement.request = *std::move(request);
    FillIn(office_, settlement);
    context_.store.Settle(
        settlement, deadline_,
        [self = shared_from_this()](absl::StatusOr<Settled> const& settled) {
          // A rival was faster, or somebody changed the ticket meanwhile: if
          // the entry is still due, the next run sees it.
          if (!settled.ok() && !absl::IsAborted(settled.status())) {
            return self->done_(settled.status());
          }
          if (settled.ok() && settled->sequence != 0) ++self->result_.fired;
          self->Next();
        });
  }

  DeskContext const context_;
  Office const& office_;
  int const limit_;
  MachineTime const deadline_;
  Done<DueDone> done_;
  Timestamp now_;
  bool prepared_ = false;
  bool swept_ = false;
  std::vector<DueEntry> entries_;
  std::size_t next_ = 0;
  DueDone result_;
};

}  // namespace

Settlement DecideDue(Office const& office, DueEntry const& entry,
                     View const& view, Hall const& hall, Timestamp now) {
  Settlement settlement;
  settlement.hall = hall;
  settlement.fires = entry;
  // Settings that were changed since may have put it off.
  auto const is_due = [&](std::optional<DueEntry> const& entry_now) {
    if (!entry_now) return false;
    if (entry_now->time <= entry.time) return true;
    settlement.due.set = {*entry_now};
    return false;
  };
  if (entry.kind == DueKind::kWrapUpEnd) {
    auto const& counter = view.counters.front();
    if (!is_due(EntryNow(office, entry, counter))) return settlement;
    auto const ready = life::EndActivity(counter);
    if (!ready.ok()) return settlement;
    settlement.counter = Change<Counter>{counter, *ready};
    settlement.event =
        MakeEvent(EventKind::kCounterResumed, "WRAP_UP_ENDED", hall, now);
    settlement.event->counter = *ready;
    settlement.event->at = counter.id;
    return settlement;
  }
  auto const& ticket = view.tickets.front();
  if (!ticket || !is_due(EntryNow(office, entry, *ticket))) return settlement;
  auto fired = Fire(office, entry.kind, *ticket, view, now);
  if (!fired) return settlement;
  settlement.ticket = Change<Ticket>{*ticket, fired->ticket};
  settlement.event = MakeEvent(fired->kind, fired->reason, hall, now);
  GuardTarget(WaitsIn(fired->ticket), view.counters, settlement);
  settlement.event->ticket = std::move(fired->ticket);
  return settlement;
}

void SettleDue(DeskContext const& context, Office const& office, int limit,
               MachineTime deadline, Done<DueDone> done) {
  std::make_shared<DueRun>(context, office, limit, deadline, std::move(done))
      ->LookForWork();
}

}  // namespace madoguchi::ticketing
