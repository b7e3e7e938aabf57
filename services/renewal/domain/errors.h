#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ERRORS_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ERRORS_H

#include "services/base/request.h"
#include "services/renewal/domain/renewal_case.h"
#include "absl/status/status.h"
#include <optional>
#include <string>

// Every error that the renewal service can return, in one place: each has one
// code, one reason and one message, and each is listed in
// proto/madoguchi/renewal.
namespace madoguchi::renewal::error {

// Wrong in any state: kInvalidArgument. No message repeats what was sent.
absl::Status InvalidName(std::string const& field, std::string const& format);
absl::Status RequestIdInvalid();
absl::Status RequestIdReused(RequestId const& id);
absl::Status StaffInvalid();
absl::Status ReasonInvalid();
absl::Status PersonInvalid();
absl::Status AnswerInvalid();
absl::Status EventInvalid();
absl::Status PageTokenInvalid();

// kNotFound.
absl::Status OfficeNotFound(OfficeId const& office);
absl::Status CounterNotFound(CounterId const& counter);
absl::Status CaseNotFound(CaseId const& id);

// The state forbids it: kFailedPrecondition.
absl::Status CaseNotOpen(RenewalCase const& renewal);
absl::Status CaseNotParked(RenewalCase const& renewal);
absl::Status CaseEnded(RenewalCase const& renewal);
absl::Status CaseExists(CaseId const& id);
absl::Status StepNotNext(RenewalCase const& renewal, std::optional<Step> next);
absl::Status StepsLeft(RenewalCase const& renewal, Step next);
absl::Status ResetNotPossible(RenewalCase const& renewal);
absl::Status IssuanceUnderWay(RenewalCase const& renewal);
absl::Status IssuanceSent(RenewalCase const& renewal);
absl::Status IssuanceNotSent(RenewalCase const& renewal);
absl::Status IssuanceUnclear(RenewalCase const& renewal);
absl::Status ErrandUnderWay(RenewalCase const& renewal);
absl::Status CustodyNotOffered(OfficeId const& office);

// A rival was faster, or the caller saw an older one: kAborted.
absl::Status CaseChanged(CaseId const& id);

// kDeadlineExceeded.
absl::Status CaseContended();

// The store's. kUnavailable and kDeadlineExceeded: outcome unknown.
absl::Status StoreUnavailable(std::string const& cause);
absl::Status ServerStopping();
absl::Status DeadlineExceeded();
// Nothing was changed: kUnavailable, kResourceExhausted, kInternal.
absl::Status StoreReadOnly();
absl::Status StoreFull();
absl::Status StoreKeyForeign(std::string const& cause);
absl::Status StoreError(std::string const& cause);

}  // namespace madoguchi::renewal::error

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ERRORS_H
