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

absl::Status TicketNotServing(TicketRef const& ticket,
                              CounterId const& counter) {
  return MakeError(StatusCode::kFailedPrecondition,
                   "Ticket " + ticket.value +
                       " is not being served at counter " + counter.value +
                       ". Start serving it there, then start the case.",
                   {"TICKET_NOT_SERVING",
                    {{"ticket", ticket.value}, {"counter", counter.value}}});
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

absl::Status TicketingUnavailable() {
  return MakeError(
      StatusCode::kUnavailable,
      "Ticketing does not answer. Repeat with the same request id.",
      {"TICKETING_UNAVAILABLE", {}});
}

}  // namespace madoguchi::renewal::error
