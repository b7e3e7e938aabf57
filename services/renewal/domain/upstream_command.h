#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_UPSTREAM_COMMAND_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_UPSTREAM_COMMAND_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/base/request.h"
#include "services/base/scheduler.h"
#include "services/renewal/domain/upstream_store.h"
#include "absl/functional/any_invocable.h"
#include <optional>

namespace madoguchi::renewal {

/// What a command makes of the record. Its version is not the decision's to
/// raise.
struct UpstreamDecision {
  UpstreamRecord after;
  std::optional<TookLatency> took;
};

/// Decides a command on the record as it is: pure. Nothing: it changes nothing.
using DecideUpstream = absl::AnyInvocable<std::optional<UpstreamDecision>(
    UpstreamRecord const& seen)>;

/// Looks, decides, settles; looks again, after a few milliseconds, when a rival
/// was faster, until the deadline.
///
/// Answers the record right after the command, also if it was settled by an
/// earlier press. A request with an empty id is not remembered. Does not block;
/// what is referred to must outlive the command.
///
/// Fails as the store does, with `REQUEST_ID_REUSED`, and with `CASE_CONTENDED`
/// if rivals were faster until `deadline`.
void RunUpstreamCommand(UpstreamStore& store, Scheduler& scheduler,
                        Request request, DecideUpstream decide,
                        MachineTime deadline, Done<UpstreamRecord> done);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_UPSTREAM_COMMAND_H
