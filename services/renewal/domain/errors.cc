#include "services/renewal/domain/errors.h"
#include "services/base/error.h"

namespace madoguchi::renewal::error {
namespace {

using absl::StatusCode;

absl::Status Forbid(RenewalCase const& renewal, std::string const& message,
                    std::string const& reason) {
  return MakeError(StatusCode::kFailedPrecondition, message,
                   {reason, {{"renewal", renewal.id.value}}});
}

absl::Status ForbidStep(RenewalCase const& renewal, std::string const& message,
                        std::string const& reason, std::string const& next) {
  return MakeError(StatusCode::kFailedPrecondition, message,
                   {reason, {{"renewal", renewal.id.value}, {"next", next}}});
}

}  // namespace

absl::Status InvalidName(std::string const& field, std::string const& format) {
  return MakeError(StatusCode::kInvalidArgument,
                   "`" + field + "` does not have the form " + format + ".",
                   {"INVALID_NAME", {{"field", field}, {"format", format}}});
}

absl::Status RequestIdInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`request_id` is not a UUID. Choose a new one for each "
                   "press, and the same for its repeats.",
                   {"REQUEST_ID_INVALID", {}});
}

absl::Status RequestIdReused(RequestId const& id) {
  return MakeError(StatusCode::kInvalidArgument,
                   "The request id " + id.value +
                       " belongs to another command or to other arguments. "
                       "Choose a new one for each press.",
                   {"REQUEST_ID_REUSED", {{"request_id", id.value}}});
}

absl::Status StaffInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`staff` is not a pseudonym of 1 to 32 of a-z, 0-9, -, _.",
                   {"STAFF_INVALID", {}});
}

absl::Status ReasonInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`reason` is not a code of 1 to 32 of a-z, 0-9, -, _.",
                   {"REASON_INVALID", {}});
}

absl::Status PersonInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`person` is not 1 to 9. Take a second ticket for more of a "
                   "family.",
                   {"PERSON_INVALID", {}});
}

absl::Status AnswerInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "An answer is no choice of its question. Ask again from the "
                   "first question.",
                   {"ANSWER_INVALID", {}});
}

absl::Status EventInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`event`, `step` or `reason` is missing, or they do not "
                   "belong together.",
                   {"EVENT_INVALID", {}});
}

absl::Status PageTokenInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`page_token` is not one that this method answered. Start "
                   "again without it.",
                   {"PAGE_TOKEN_INVALID", {}});
}

absl::Status OfficeNotFound(OfficeId const& office) {
  return MakeError(StatusCode::kNotFound,
                   "There is no office " + office.value + " in the settings.",
                   {"OFFICE_NOT_FOUND", {{"office", office.value}}});
}

absl::Status CounterNotFound(CounterId const& counter) {
  return MakeError(
      StatusCode::kNotFound,
      "This office has no counter " + counter.value + " in the settings.",
      {"COUNTER_NOT_FOUND", {{"counter", counter.value}}});
}

absl::Status CaseNotFound(CaseId const& id) {
  return MakeError(StatusCode::kNotFound,
                   "There is no case " + id.value + ". Start one.",
                   {"CASE_NOT_FOUND", {{"renewal", id.value}}});
}

absl::Status CaseNotOpen(RenewalCase const& renewal) {
  return Forbid(renewal,
                renewal.state == CaseState::kParked
                    ? "The case is parked. Resume it first."
                    : "The case has ended. Start another one.",
                "CASE_NOT_OPEN");
}

absl::Status CaseNotParked(RenewalCase const& renewal) {
  return Forbid(renewal, "The case is not parked. Go on with it.",
                "CASE_NOT_PARKED");
}

absl::Status CaseEnded(RenewalCase const& renewal) {
  return Forbid(renewal, "The case has ended. Start another one.",
                "CASE_ENDED");
}

absl::Status CaseExists(CaseId const& id) {
  return MakeError(StatusCode::kFailedPrecondition,
                   "There is a case for this person on the ticket already: " +
                       id.value + ". Go on with that.",
                   {"CASE_EXISTS", {{"renewal", id.value}}});
}

absl::Status StepNotNext(RenewalCase const& renewal, std::optional<Step> next) {
  std::string const code = next ? CodeOf(*next) : "FINISH";
  return ForbidStep(renewal, "The next step of this case is " + code + ".",
                    "STEP_NOT_NEXT", code);
}

absl::Status StepsLeft(RenewalCase const& renewal, Step next) {
  std::string const code = CodeOf(next);
  return ForbidStep(renewal,
                    "The case cannot be finished before the step " + code + ".",
                    "STEPS_LEFT", code);
}

absl::Status ResetNotPossible(RenewalCase const& renewal) {
  return Forbid(renewal,
                "A reset of the PIN can be chosen by the holder or a statutory "
                "proxy, once, while the PIN is being entered.",
                "RESET_NOT_POSSIBLE");
}

absl::Status IssuanceUnderWay(RenewalCase const& renewal) {
  return Forbid(renewal,
                "The authority was asked already. Wait for its answer, or look "
                "at the terminal.",
                "ISSUANCE_UNDER_WAY");
}

absl::Status IssuanceSent(RenewalCase const& renewal) {
  return Forbid(renewal,
                "This request was sent before, or is no longer wanted. It is "
                "never sent again.",
                "ISSUANCE_SENT");
}

absl::Status IssuanceNotSent(RenewalCase const& renewal) {
  return Forbid(renewal,
                "No request of this id waits for an answer. Look at the case "
                "again.",
                "ISSUANCE_NOT_SENT");
}

absl::Status IssuanceUnclear(RenewalCase const& renewal) {
  return Forbid(
      renewal,
      "Nobody knows yet whether the certificates were issued. Look at "
      "the terminal and say so.",
      "ISSUANCE_UNCLEAR");
}

absl::Status ErrandUnderWay(RenewalCase const& renewal) {
  return Forbid(renewal,
                "Ticketing has not answered the step before yet. Press again "
                "in a moment.",
                "ERRAND_UNDER_WAY");
}

absl::Status CustodyNotOffered(OfficeId const& office) {
  return MakeError(
      StatusCode::kFailedPrecondition,
      "Office " + office.value +
          " keeps no cards. Park the case, or let the visitor come "
          "another day.",
      {"CUSTODY_NOT_OFFERED", {{"office", office.value}}});
}

absl::Status CaseChanged(CaseId const& id) {
  return MakeError(StatusCode::kAborted,
                   "The case has changed since. Look at it again.",
                   {"CASE_CHANGED", {{"renewal", id.value}}});
}

absl::Status CaseContended() {
  return MakeError(
      StatusCode::kDeadlineExceeded,
      "Others changed the case until the deadline. Repeat with the "
      "same request id.",
      {"CASE_CONTENDED", {}});
}

absl::Status StoreUnavailable(std::string const& cause) {
  return MakeError(StatusCode::kUnavailable,
                   "Redis cannot be reached: " + cause +
                       ". Repeat with the same request id.",
                   {"STORE_UNAVAILABLE", {{"cause", cause}}});
}

absl::Status ServerStopping() {
  return MakeError(StatusCode::kUnavailable,
                   "This server is stopping. Repeat with the same request id "
                   "at another one.",
                   {"SERVER_STOPPING", {}});
}

absl::Status DeadlineExceeded() {
  return MakeError(StatusCode::kDeadlineExceeded,
                   "No answer in time. Repeat with the same request id.",
                   {"DEADLINE_EXCEEDED", {}});
}

absl::Status StoreReadOnly() {
  return MakeError(StatusCode::kUnavailable,
                   "Redis accepts no writes. Look at its disk and its role.",
                   {"STORE_READ_ONLY", {}});
}

absl::Status StoreFull() {
  return MakeError(StatusCode::kResourceExhausted,
                   "The store has no memory for new cases; those begun go on. "
                   "Give Redis more memory.",
                   {"STORE_FULL", {}});
}

absl::Status StoreKeyForeign(std::string const& cause) {
  return MakeError(StatusCode::kInternal,
                   "A key of ours in Redis holds something else; nothing was "
                   "changed. Give the city a Redis of its own. " +
                       cause,
                   {"STORE_KEY_FOREIGN", {}});
}

absl::Status StoreError(std::string const& cause) {
  return MakeError(StatusCode::kInternal,
                   "Redis refused, nothing was changed: " + cause,
                   {"STORE_ERROR", {}});
}

}  // namespace madoguchi::renewal::error
