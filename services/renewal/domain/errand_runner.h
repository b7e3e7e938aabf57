#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ERRAND_RUNNER_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ERRAND_RUNNER_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/base/scheduler.h"
#include "services/renewal/domain/case_store.h"
#include "services/renewal/domain/ticket_port.h"

namespace madoguchi::renewal {

/// Tells ticketing what a case has left to be told, and the case what ticketing
/// answered: errand first, then case, each under an id made of the case and the
/// errand. So any number of replicas may run the same errand, any of them may
/// be killed between any two steps, and it is done once.
///
/// Thread safe; does not block. What it is given must outlive it and all that
/// is under way.
class ErrandRunner {
 public:
  ErrandRunner(CaseStore& store, TicketPort& tickets, Clock const& clock,
               Scheduler& scheduler)
      : store_(store),
        tickets_(tickets),
        clock_(clock),
        scheduler_(scheduler) {}

  /// Runs the errand of `renewal`, if it has one, and answers the case after
  /// it. Fails if ticketing has not said its last word (ticket_port.h) or the
  /// store did not answer: the errand is still to be run.
  void Run(RenewalCase const& renewal, MachineTime deadline,
           Done<RenewalCase> done);

 private:
  CaseStore& store_;
  TicketPort& tickets_;
  Clock const& clock_;
  Scheduler& scheduler_;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ERRAND_RUNNER_H
