#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_COMMAND_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_COMMAND_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/base/request.h"
#include "services/base/scheduler.h"
#include "services/renewal/domain/case_store.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include <optional>

namespace madoguchi::renewal {

/// What a command makes of a case.
struct CaseDecision {
  RenewalCase after;
  CaseEventKind kind = CaseEventKind::kStarted;
};

/// Decides a command on the case as it is: pure.
using DecideCase = absl::AnyInvocable<absl::StatusOr<CaseDecision>(
    std::optional<RenewalCase> const& seen, Timestamp now)>;

/// One command on one case.
struct CaseCommand {
  OfficeId office;
  CaseId id;
  Request request;
  /// Of the event.
  StaffId staff;
  std::string device;
  std::chrono::minutes patience{30};
};

/// Looks, decides, settles; looks again, after a few milliseconds, when a rival
/// was faster, until the deadline. A decision that changes nothing (same
/// version) is answered and not settled.
///
/// Answers the case right after the command, also if it was settled by an
/// earlier press. Does not block; what is referred to must outlive the command.
///
/// Fails as the store does, as `decide` does, with `REQUEST_ID_REUSED`, and
/// with `CASE_CONTENDED` if rivals were faster until `deadline`.
void RunCaseCommand(CaseStore& store, Clock const& clock, Scheduler& scheduler,
                    CaseCommand command, DecideCase decide,
                    MachineTime deadline, Done<RenewalCase> done);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_COMMAND_H
