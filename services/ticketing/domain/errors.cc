#include "services/ticketing/domain/errors.h"
#include "services/base/error.h"

namespace madoguchi::ticketing::error {
namespace {

using absl::StatusCode;

std::string NameOf(TicketState state) {
  switch (state) {
    case TicketState::kWaiting:
      return "WAITING";
    case TicketState::kCalled:
      return "CALLED";
    case TicketState::kServing:
      return "SERVING";
    case TicketState::kCompleted:
      return "COMPLETED";
    case TicketState::kAbsent:
      return "ABSENT";
    case TicketState::kCancelled:
      return "CANCELLED";
    case TicketState::kOnHold:
      return "ON_HOLD";
    case TicketState::kExpired:
      return "EXPIRED";
    case TicketState::kMoved:
      return "MOVED";
  }
  return "UNKNOWN";
}

absl::Status WrongState(Ticket const& ticket, std::string const& needed,
                        std::string const& reason) {
  return MakeError(
      StatusCode::kFailedPrecondition,
      "Ticket " + ticket.number + " is " + NameOf(ticket.state) + ", not " +
          needed + ". Look at it again.",
      {reason, {{"ticket", ticket.id.value}, {"state", NameOf(ticket.state)}}});
}

}  // namespace

absl::Status LanguageUnknown() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`language` is not one of ja, ja-easy, en.",
                   {"LANGUAGE_UNKNOWN", {}});
}

absl::Status OutcomeInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`outcome` is not a code of 1 to 32 of a-z, 0-9, -, _.",
                   {"OUTCOME_INVALID", {}});
}

absl::Status NoteInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`note` is longer than 80 characters, or looks as if it "
                   "told who somebody is. Never write down names, PINs, birth "
                   "dates, addresses, or numbers of people and papers.",
                   {"NOTE_INVALID", {}});
}

absl::Status HoldTooLong(std::chrono::minutes longest) {
  auto const minutes = std::to_string(longest.count());
  return MakeError(StatusCode::kInvalidArgument,
                   "`duration` is not between 1 s and " + minutes +
                       " min, which this office allows at most.",
                   {"HOLD_TOO_LONG", {{"longest_minutes", minutes}}});
}

absl::Status TransferInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "Say where to: another service, a counter, or another "
                   "office with one of its services.",
                   {"TRANSFER_INVALID", {}});
}

absl::Status ServicesInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "A visit has at most 5 services, each of them once.",
                   {"SERVICES_INVALID", {}});
}

absl::Status ServiceNotFound(ServiceId const& service) {
  return MakeError(StatusCode::kNotFound,
                   "The office has no service " + service.value +
                       ". ListServices tells which it has.",
                   {"SERVICE_NOT_FOUND", {{"service", service.value}}});
}

absl::Status TicketNotFound(TicketId const& ticket) {
  return MakeError(StatusCode::kNotFound,
                   "There is no ticket " + ticket.value + " today.",
                   {"TICKET_NOT_FOUND", {{"ticket", ticket.value}}});
}

absl::Status NumberNotFound() {
  return MakeError(StatusCode::kNotFound,
                   "No ticket of today has that number. Look at the slip.",
                   {"NUMBER_NOT_FOUND", {}});
}

absl::Status LinkTokenWrong() {
  return MakeError(StatusCode::kPermissionDenied,
                   "`link_token` is not the one issued with this ticket.",
                   {"LINK_TOKEN_WRONG", {}});
}

absl::Status CounterAlreadyOpen(CounterId const& counter) {
  return MakeError(StatusCode::kFailedPrecondition,
                   "Another terminal works at counter " + counter.value +
                       ". Take over if it is to lose the counter.",
                   {"COUNTER_ALREADY_OPEN", {{"counter", counter.value}}});
}

absl::Status CounterClosed(CounterId const& counter) {
  return MakeError(StatusCode::kFailedPrecondition,
                   "Counter " + counter.value + " is closed. Open it first.",
                   {"COUNTER_CLOSED", {{"counter", counter.value}}});
}

absl::Status CounterTakenOver(CounterId const& counter) {
  return MakeError(StatusCode::kFailedPrecondition,
                   "Another terminal has taken over counter " + counter.value +
                       ". Open it again to work there.",
                   {"COUNTER_TAKEN_OVER", {{"counter", counter.value}}});
}

absl::Status CounterBusy(CounterId const& counter, TicketId const& ticket) {
  return MakeError(
      StatusCode::kFailedPrecondition,
      "Counter " + counter.value + " still has ticket " + ticket.value +
          ". Finish it first.",
      {"COUNTER_BUSY", {{"counter", counter.value}, {"ticket", ticket.value}}});
}

absl::Status CounterPaused(CounterId const& counter) {
  return MakeError(
      StatusCode::kFailedPrecondition,
      "Counter " + counter.value + " is paused. End the pause first.",
      {"COUNTER_PAUSED", {{"counter", counter.value}}});
}

absl::Status CounterReady(CounterId const& counter) {
  return MakeError(
      StatusCode::kFailedPrecondition,
      "Counter " + counter.value + " has neither a pause nor paperwork to end.",
      {"COUNTER_READY", {{"counter", counter.value}}});
}

absl::Status TargetClosed(CounterId const& counter) {
  return MakeError(StatusCode::kFailedPrecondition,
                   "Nobody works at counter " + counter.value +
                       ". Choose another, or the service.",
                   {"TARGET_CLOSED", {{"counter", counter.value}}});
}

absl::Status TargetServesNot(CounterId const& counter,
                             ServiceId const& service) {
  return MakeError(StatusCode::kFailedPrecondition,
                   "Counter " + counter.value + " does not serve " +
                       service.value +
                       ". Choose another counter, or the service first.",
                   {"TARGET_SERVES_NOT",
                    {{"counter", counter.value}, {"service", service.value}}});
}

absl::Status NothingToUndo(CounterId const& counter) {
  return MakeError(StatusCode::kFailedPrecondition,
                   "The last step at counter " + counter.value +
                       " can no longer be taken back. Call the ticket by its "
                       "number instead.",
                   {"NOTHING_TO_UNDO", {{"counter", counter.value}}});
}

absl::Status TicketNotWaiting(Ticket const& ticket) {
  return WrongState(ticket, "WAITING", "TICKET_NOT_WAITING");
}

absl::Status TicketNotCalled(Ticket const& ticket) {
  return WrongState(ticket, "CALLED", "TICKET_NOT_CALLED");
}

absl::Status TicketNotServing(Ticket const& ticket) {
  return WrongState(ticket, "SERVING", "TICKET_NOT_SERVING");
}

absl::Status TicketNotAbsent(Ticket const& ticket) {
  return WrongState(ticket, "ABSENT", "TICKET_NOT_ABSENT");
}

absl::Status TicketNotOnHold(Ticket const& ticket) {
  return WrongState(ticket, "ON_HOLD", "TICKET_NOT_ON_HOLD");
}

absl::Status TicketNotCallable(Ticket const& ticket) {
  return WrongState(ticket, "WAITING, ON_HOLD or ABSENT",
                    "TICKET_NOT_CALLABLE");
}

absl::Status TicketNotTransferable(Ticket const& ticket) {
  return WrongState(ticket, "WAITING, CALLED, SERVING or ON_HOLD",
                    "TICKET_NOT_TRANSFERABLE");
}

absl::Status TicketEnded(Ticket const& ticket) {
  return WrongState(ticket, "live", "TICKET_ENDED");
}

absl::Status TicketAtOtherCounter(Ticket const& ticket,
                                  CounterId const& counter) {
  return MakeError(StatusCode::kFailedPrecondition,
                   "Counter " + counter.value + " does not hold ticket " +
                       ticket.number + "; counter " + ticket.counter.value +
                       " does.",
                   {"TICKET_AT_OTHER_COUNTER",
                    {{"ticket", ticket.id.value},
                     {"counter", counter.value},
                     {"held_by", ticket.counter.value}}});
}

absl::Status RecallTooSoon(Ticket const& ticket, std::chrono::seconds left) {
  auto const seconds = std::to_string(left.count());
  return MakeError(StatusCode::kFailedPrecondition,
                   "Ticket " + ticket.number +
                       " was called a moment ago. Wait another " + seconds +
                       " s.",
                   {"RECALL_TOO_SOON",
                    {{"ticket", ticket.id.value}, {"seconds_left", seconds}}});
}

absl::Status RecallLimitReached(Ticket const& ticket, int limit) {
  auto const times = std::to_string(limit);
  return MakeError(StatusCode::kFailedPrecondition,
                   "Ticket " + ticket.number + " was called again " + times +
                       " times. Mark it absent.",
                   {"RECALL_LIMIT_REACHED",
                    {{"ticket", ticket.id.value}, {"limit", times}}});
}

absl::Status RecallRequired(Ticket const& ticket, int required) {
  auto const times = std::to_string(required);
  return MakeError(
      StatusCode::kFailedPrecondition,
      "Call ticket " + ticket.number + " again, " + times +
          " times in all, before marking it absent.",
      {"RECALL_REQUIRED", {{"ticket", ticket.id.value}, {"required", times}}});
}

absl::Status DayClosed(BusinessDay day) {
  auto const name = std::to_string(day.yyyymmdd);
  return MakeError(StatusCode::kFailedPrecondition,
                   "The business day " + name +
                       " is over. Check the clock of the machine that asks.",
                   {"DAY_CLOSED", {{"day", name}}});
}

absl::Status DayNotOpen(OfficeId const& office, BusinessDay day) {
  auto const name = std::to_string(day.yyyymmdd);
  return MakeError(
      StatusCode::kFailedPrecondition,
      "The business day " + name + " of " + office.value + " is not open.",
      {"DAY_NOT_OPEN", {{"office", office.value}, {"day", name}}});
}

absl::Status DaySweeping(OfficeId const& office, BusinessDay day) {
  auto const name = std::to_string(day.yyyymmdd);
  return MakeError(StatusCode::kFailedPrecondition,
                   "Those carried over to the business day " + name + " of " +
                       office.value + " do not wait in it yet.",
                   {"DAY_SWEEPING", {{"office", office.value}, {"day", name}}});
}

absl::Status TicketChanged(Ticket const& ticket) {
  return MakeError(StatusCode::kAborted,
                   "Ticket " + ticket.number + " is at version " +
                       std::to_string(ticket.version) +
                       " now. Look at it again.",
                   {"TICKET_CHANGED",
                    {{"ticket", ticket.id.value},
                     {"version", std::to_string(ticket.version)}}});
}

absl::Status LookAgain() {
  return MakeError(StatusCode::kAborted, "A rival was faster. Look again.",
                   {"LOOK_AGAIN", {}});
}

absl::Status SeriesExhausted(SeriesId const& series) {
  return MakeError(StatusCode::kResourceExhausted,
                   "The next numbers of series " + series.value +
                       " are all in use. Call visitors, or give the series "
                       "more numbers in the settings.",
                   {"SERIES_EXHAUSTED", {{"series", series.value}}});
}

absl::Status StoreDiskLow() {
  return MakeError(
      StatusCode::kResourceExhausted,
      "The disk of Redis is nearly full: no new tickets; all else "
      "goes on. Make room on it, see `Alerts` in deploy/README.md.",
      {"STORE_DISK_LOW", {}});
}

absl::Status StoreMemoryLow() {
  return MakeError(StatusCode::kResourceExhausted,
                   "The memory of Redis is nearly full: no new tickets; all "
                   "else goes on. Raise its `maxmemory`, see `Alerts` in "
                   "deploy/README.md.",
                   {"STORE_MEMORY_LOW", {}});
}

absl::Status SequenceUnknown(std::int64_t sequence) {
  auto const name = std::to_string(sequence);
  return MakeError(
      StatusCode::kOutOfRange,
      "The log does not hold the event " + name + ". Start again from 0.",
      {"SEQUENCE_UNKNOWN", {{"sequence", name}}});
}

absl::Status QueueContended() {
  return MakeError(StatusCode::kDeadlineExceeded,
                   "Other counters were faster until the deadline. Repeat with "
                   "the same request id.",
                   {"QUEUE_CONTENDED", {}});
}

absl::Status WatcherTooSlow() {
  return MakeError(StatusCode::kUnavailable,
                   "This reader fell behind. Resume after the last sequence "
                   "it saw.",
                   {"WATCHER_TOO_SLOW", {}});
}

absl::Status StoreNotDurable(std::string const& setting) {
  return MakeError(StatusCode::kUnavailable,
                   "Redis would lose tickets: " + setting +
                       ". Start it with deploy/redis/redis.conf, or accept "
                       "losses with --durability=relaxed.",
                   {"STORE_NOT_DURABLE", {{"setting", setting}}});
}

absl::Status ClockSkewed(std::chrono::milliseconds apart) {
  auto const ms = std::to_string(apart.count());
  return MakeError(StatusCode::kUnavailable,
                   "The clock of this machine is " + ms +
                       " ms ahead of that of Redis. Set both by NTP.",
                   {"CLOCK_SKEWED", {{"ms", ms}}});
}

}  // namespace madoguchi::ticketing::error
