#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_KEEPER_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_KEEPER_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/base/scheduler.h"
#include "services/office/office.h"
#include "services/renewal/domain/case_store.h"
#include "services/renewal/domain/errand_runner.h"

namespace madoguchi::renewal {

/// What a pass found to do.
struct CasesKept {
  int errands = 0;
  int lost = 0;
  /// How many cases wait for the upstream.
  int parked = 0;
};

/// Does what cases have to have done by themselves: errands that ticketing has
/// not answered, requests that nobody has heard of for too long, and the end of
/// those that were left over when the day ended. Everything
/// goes under ids made of the cases, so any number of replicas may do it.
///
/// Thread safe; does not block. What it is given must outlive it and all that
/// is under way.
class CaseKeeper {
 public:
  CaseKeeper(CaseStore& store, ErrandRunner& errands, Clock const& clock,
             Scheduler& scheduler)
      : store_(store),
        errands_(errands),
        clock_(clock),
        scheduler_(scheduler) {}

  /// Begins all there is to do in an office, at most 64 of each kind, and
  /// answers how much that is as soon as it is known. Fails as the store does.
  /// What fails itself is done in a later pass.
  void Pass(OfficeId const& office, MachineTime deadline, Done<CasesKept> done);

  /// Begins to end cases that were left over from a business day before today's
  /// (`life::EndOfDay`): their tickets ended with it. Not in an office that
  /// carries tickets over: there a clerk ends each. `office` must outlive it.
  void EndDays(Office const& office, MachineTime deadline);

 private:
  void EndDaysAfter(Office const& office, CaseId const& last,
                    MachineTime deadline);
  void EndDay(RenewalCase const& renewal, MachineTime deadline);
  void RunErrand(OfficeId const& office, CaseId const& id,
                 MachineTime deadline);
  void LoseTrack(OfficeId const& office, CaseId const& id,
                 MachineTime deadline);

  CaseStore& store_;
  ErrandRunner& errands_;
  Clock const& clock_;
  Scheduler& scheduler_;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_KEEPER_H
