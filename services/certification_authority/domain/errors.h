#ifndef MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_ERRORS_H
#define MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_ERRORS_H

#include "services/certification_authority/domain/issuance.h"
#include "absl/status/status.h"
#include <string>

// Every error that the sandbox authority can return, in one place: each has one
// code, one reason and one message, and each is listed in
// proto/madoguchi/certification.
namespace madoguchi::certification_authority::error {

// Wrong in any state: kInvalidArgument. No message repeats what was sent.
absl::Status AttemptIdInvalid();
absl::Status CaseKeyInvalid();
absl::Status CertificatesInvalid();
absl::Status KindInvalid();
absl::Status AttemptIdReused(AttemptId const& attempt);
absl::Status PageTokenInvalid();

/// kNotFound.
absl::Status IssuanceNotFound(AttemptId const& attempt);

/// The state forbids it, and nothing was done: kFailedPrecondition.
absl::Status AuthorityClosed();

// The outcome is unknown.
/// kUnavailable, whether the call was acted on or not: a caller must not be
/// able to tell, for it could not tell in the field.
absl::Status AuthorityUnavailable();
absl::Status ServerStopping();
absl::Status DeadlineExceeded();

/// Somebody has to look: kInternal. `cause` is the system's word.
absl::Status LedgerFailed(std::string const& cause);

}  // namespace madoguchi::certification_authority::error

#endif  // MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_ERRORS_H
