#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ERRORS_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ERRORS_H

#include "services/base/errors.h"
#include "services/base/request.h"
#include "services/office/errors.h"
#include "services/renewal/domain/renewal_case.h"
#include "absl/status/status.h"
#include <optional>
#include <string>

// Every error that the renewal service can return, in one place: each has one
// code, one reason and one message, and each is listed in
// proto/madoguchi/renewal.
namespace madoguchi::renewal::error {

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

// Wrong in any state: kInvalidArgument. No message repeats what was sent.
absl::Status PersonInvalid();
absl::Status AnswerInvalid();
absl::Status EventInvalid();

// kNotFound.
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
absl::Status TicketNotServing(TicketRef const& ticket,
                              CounterId const& counter);

// A rival was faster, or the caller saw an older one: kAborted.
absl::Status CaseChanged(CaseId const& id);

// kDeadlineExceeded.
absl::Status CaseContended();

// kUnavailable.
absl::Status TicketingUnavailable();

}  // namespace madoguchi::renewal::error

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ERRORS_H
