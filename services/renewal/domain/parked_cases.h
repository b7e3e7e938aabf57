#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_PARKED_CASES_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_PARKED_CASES_H

#include "services/base/clock.h"
#include "services/base/scheduler.h"
#include "services/office/office.h"
#include "services/renewal/domain/case_store.h"
#include "services/renewal/domain/drain.h"
#include "services/renewal/domain/errand_runner.h"
#include "services/renewal/domain/ticket_port.h"
#include "services/renewal/domain/upstream_desk.h"
#include <vector>

namespace madoguchi::renewal {

/// How fast an office takes cases back: as many at once as counters among
/// `open` serve renewals, each as fast as the settings expect of those services
/// on the average.
DrainRate DrainRateOf(Office const& office, std::vector<CounterId> const& open);

/// Lets cases that wait for the upstream come back once it works: their tickets
/// wait again with the places they had, in the order in which people came, no
/// faster than counters serve them. The cases stay parked until clerks who call
/// the tickets resume them. Cards in custody are nobody's who waits in a hall.
///
/// A ticket whose hold was over before waits already and is left alone.
///
/// Thread safe; does not block. What it is given must outlive it and all that
/// is under way.
class ParkedCases {
 public:
  ParkedCases(CaseStore& store, TicketPort& tickets, ErrandRunner& errands,
              UpstreamDesk& upstream, Clock const& clock, Scheduler& scheduler)
      : store_(store),
        tickets_(tickets),
        errands_(errands),
        upstream_(upstream),
        clock_(clock),
        scheduler_(scheduler) {}

  /// Lets go whose turn it is. To be called again and again while cases of the
  /// office are parked; any number of replicas may. What fails is done in a
  /// later pass: of a share of the rate that was taken and not used, nothing is
  /// lost but time.
  void Pass(Office const& office, MachineTime deadline);

 private:
  bool MayBeDue(Office const& office) const;
  void Release(Office const& office, HallView const& hall,
               std::vector<CaseId> const& parked, MachineTime deadline);
  void ReleaseCase(OfficeId const& office, CaseId const& id,
                   CounterId const& counter, MachineTime deadline);

  CaseStore& store_;
  TicketPort& tickets_;
  ErrandRunner& errands_;
  UpstreamDesk& upstream_;
  Clock const& clock_;
  Scheduler& scheduler_;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_PARKED_CASES_H
