#ifndef MADOGUCHI_CLIENTS_REPLAY_CASE_WORKER_H
#define MADOGUCHI_CLIENTS_REPLAY_CASE_WORKER_H

#include "clients/replay/case_ledger.h"
#include "clients/replay/national_terminal.h"
#include "clients/replay/pace.h"
#include "clients/replay/upstream_board.h"
#include "clients/replay/visit_plan.h"
#include "clients/sdk/renewal_client.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <cstddef>
#include <string>

namespace madoguchi::replay {

/// What those who work on renewals share. All of it must outlive them.
struct RenewalDeskParts {
  sdk::RenewalClient& client;
  NationalTerminal& terminal;
  UpstreamBoard& upstream;
  CaseLedger& cases;
  Pace& pace;
};

/// Takes cases step by step at one counter, as a clerk does with the counter
/// page: starts or resumes the case of a visitor who is being served, takes
/// each next step in its time, has certificates issued, and parks the case when
/// the national system is away.
class CaseWorker {
 public:
  enum class End {
    /// The case is finished, and the ticket with it.
    kFinished,
    /// The ticket is on hold; the counter is free.
    kParked,
  };

  /// `counter` is the name of the counter, `staff` the clerk's pseudonym.
  CaseWorker(RenewalDeskParts const& parts, std::string counter,
             std::string staff);

  /// Whether the screen asks this counter to try the national system.
  bool IsAskedToTry() const;

  /// Works on the case of `visitor` on `ticket`, its name, which is being
  /// served here, or is on hold with the case parked. Blocks. Fails with what
  /// repeating does not cure.
  absl::StatusOr<End> Work(std::size_t visitor, VisitPlan const& plan,
                           std::string const& ticket);

 private:
  using Renewal = renewal::v1::Renewal;

  absl::StatusOr<Renewal> Begin(std::size_t visitor, std::string const& ticket);
  absl::StatusOr<Renewal> TakeStep(VisitPlan const& plan,
                                   Renewal const& renewal);
  absl::StatusOr<Renewal> EnterPin(VisitPlan const& plan,
                                   Renewal const& renewal);
  /// One try at having certificates issued; the case is unchanged if the
  /// national system is away.
  absl::StatusOr<Renewal> Issue(Renewal const& renewal);
  absl::StatusOr<Renewal> AwaitAnswer(Renewal renewal);
  absl::StatusOr<Renewal> TakeFinding(Renewal const& renewal,
                                      NationalTerminal::Screen const& screen);
  absl::StatusOr<Renewal> Record(Renewal const& renewal,
                                 renewal::v1::RecordStepRequest::Event event);
  absl::Status ReportDown();
  absl::StatusOr<Renewal> Park(Renewal const& renewal);
  absl::StatusOr<Renewal> Finish(Renewal const& renewal);

  bool MayAsk() const;

  template <typename Request>
  Request About(Renewal const& renewal) const;

  RenewalDeskParts const parts_;
  std::string const counter_;
  std::string const staff_;
};

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_CASE_WORKER_H
