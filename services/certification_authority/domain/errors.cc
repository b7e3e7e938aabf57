#include "services/certification_authority/domain/errors.h"
#include "services/base/error.h"

namespace madoguchi::certification_authority::error {

using absl::StatusCode;

absl::Status AttemptIdInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`attempt_id` is not a UUID. Choose a new one for each "
                   "attempt.",
                   {"ATTEMPT_ID_INVALID", {}});
}

absl::Status CaseKeyInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`case_key` is not a UUID. Choose one for each case.",
                   {"CASE_KEY_INVALID", {}});
}

absl::Status CertificatesInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`certificates` is not SIGNING, USER, or each of them once.",
                   {"CERTIFICATES_INVALID", {}});
}

absl::Status KindInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`kind` is not RENEW or NEW_ISSUE.", {"KIND_INVALID", {}});
}

absl::Status AttemptIdReused(AttemptId const& attempt) {
  return MakeError(StatusCode::kInvalidArgument,
                   "The attempt " + attempt.value +
                       " was made with other arguments. Choose a new id for "
                       "each attempt.",
                   {"ATTEMPT_ID_REUSED", {{"attempt_id", attempt.value}}});
}

absl::Status PageTokenInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`page_token` is not one that a page gave. Begin again "
                   "without.",
                   {"PAGE_TOKEN_INVALID", {}});
}

absl::Status IssuanceNotFound(AttemptId const& attempt) {
  return MakeError(StatusCode::kNotFound,
                   "The authority never heard of the attempt " + attempt.value +
                       ". Once the deadline of its call has passed, it never "
                       "will act on it.",
                   {"ISSUANCE_NOT_FOUND", {{"attempt_id", attempt.value}}});
}

absl::Status AuthorityClosed() {
  return MakeError(StatusCode::kFailedPrecondition,
                   "The authority is closed, as planned. Nothing was done. Ask "
                   "again when it is open.",
                   {"AUTHORITY_CLOSED", {}});
}

absl::Status AuthorityUnavailable() {
  return MakeError(StatusCode::kUnavailable,
                   "The authority does not answer. Ask GetIssuance what became "
                   "of the attempt; do not repeat it.",
                   {"AUTHORITY_UNAVAILABLE", {}});
}

absl::Status ServerStopping() {
  return MakeError(StatusCode::kUnavailable,
                   "The server is stopping. Ask GetIssuance what became of the "
                   "attempt.",
                   {"SERVER_STOPPING", {}});
}

absl::Status DeadlineExceeded() {
  return MakeError(StatusCode::kDeadlineExceeded,
                   "No answer in time. Ask GetIssuance what became of the "
                   "attempt; do not repeat it.",
                   {"DEADLINE_EXCEEDED", {}});
}

absl::Status LedgerFailed(std::string const& cause) {
  return MakeError(StatusCode::kInternal,
                   "The ledger cannot be written: " + cause +
                       ". Mend the disk and start the server again.",
                   {"LEDGER_FAILED", {}});
}

}  // namespace madoguchi::certification_authority::error
