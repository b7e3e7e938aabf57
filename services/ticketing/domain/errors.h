#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_ERRORS_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_ERRORS_H

#include "services/base/errors.h"
#include "services/office/errors.h"
#include "services/ticketing/domain/ticket.h"
#include "absl/status/status.h"
#include <chrono>
#include <string>

// Every error that ticketing can return, in one place: each has one code, one
// reason and one message, and each is listed in proto/madoguchi/ticketing.
namespace madoguchi::ticketing::error {

// Of every service.
using madoguchi::error::CounterNotFound;
using madoguchi::error::DeadlineExceeded;
using madoguchi::error::InvalidName;
using madoguchi::error::OfficeNotFound;
using madoguchi::error::PageTokenInvalid;
using madoguchi::error::ReasonInvalid;
using madoguchi::error::RequestIdInvalid;
using madoguchi::error::RequestIdReused;
using madoguchi::error::ServerStopping;
using madoguchi::error::StaffInvalid;
using madoguchi::error::StoreError;
using madoguchi::error::StoreFull;
using madoguchi::error::StoreKeyForeign;
using madoguchi::error::StoreReadOnly;
using madoguchi::error::StoreTooOld;
using madoguchi::error::StoreUnavailable;

// Wrong in any state: kInvalidArgument. No message repeats what was sent, for
// that may be what a visitor typed.
absl::Status LanguageUnknown();
absl::Status OutcomeInvalid();
absl::Status NoteInvalid();
absl::Status HoldTooLong(std::chrono::minutes longest);
absl::Status TransferInvalid();
absl::Status ServicesInvalid();

// kNotFound.
absl::Status ServiceNotFound(ServiceId const& service);
absl::Status TicketNotFound(TicketId const& ticket);
absl::Status NumberNotFound();

// kPermissionDenied.
absl::Status LinkTokenWrong();

// The state forbids it: kFailedPrecondition.
absl::Status CounterAlreadyOpen(CounterId const& counter);
absl::Status CounterClosed(CounterId const& counter);
absl::Status CounterTakenOver(CounterId const& counter);
absl::Status CounterBusy(CounterId const& counter, TicketId const& ticket);
absl::Status CounterPaused(CounterId const& counter);
absl::Status CounterReady(CounterId const& counter);
absl::Status TargetClosed(CounterId const& counter);
absl::Status TargetServesNot(CounterId const& counter,
                             ServiceId const& service);
absl::Status NothingToUndo(CounterId const& counter);
absl::Status TicketNotWaiting(Ticket const& ticket);
absl::Status TicketNotCalled(Ticket const& ticket);
absl::Status TicketNotServing(Ticket const& ticket);
absl::Status TicketNotAbsent(Ticket const& ticket);
absl::Status TicketNotOnHold(Ticket const& ticket);
absl::Status TicketNotCallable(Ticket const& ticket);
absl::Status TicketNotTransferable(Ticket const& ticket);
absl::Status TicketEnded(Ticket const& ticket);
absl::Status TicketAtOtherCounter(Ticket const& ticket,
                                  CounterId const& counter);
absl::Status RecallTooSoon(Ticket const& ticket, std::chrono::seconds left);
absl::Status RecallLimitReached(Ticket const& ticket, int limit);
absl::Status RecallRequired(Ticket const& ticket, int required);
absl::Status DayClosed(BusinessDay day);
/// Between store and desk only: the desk opens the day.
absl::Status DayNotOpen(OfficeId const& office, BusinessDay day);
/// Between store and desk only: the desk sweeps what the day before left.
absl::Status DaySweeping(OfficeId const& office, BusinessDay day);

// A rival was faster: kAborted.
absl::Status TicketChanged(Ticket const& ticket);
/// Between store and desk only: the desk looks again.
absl::Status LookAgain();

// kResourceExhausted.
absl::Status SeriesExhausted(SeriesId const& series);
absl::Status StoreDiskLow();
absl::Status StoreMemoryLow();

// kOutOfRange.
absl::Status SequenceUnknown(std::int64_t sequence);

// The outcome is unknown: repeat with the same request id.
absl::Status QueueContended();
absl::Status WatcherTooSlow();

// The store is not fit for work; nothing was changed: kUnavailable.
absl::Status StoreNotDurable(std::string const& setting);
absl::Status ClockSkewed(std::chrono::milliseconds apart);

}  // namespace madoguchi::ticketing::error

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_ERRORS_H
