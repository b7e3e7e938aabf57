#ifndef MADOGUCHI_CLIENTS_REPLAY_CASE_LEDGER_H
#define MADOGUCHI_CLIENTS_REPLAY_CASE_LEDGER_H

#include "clients/replay/case_kind.h"
#include "services/base/clock.h"
#include "services/base/mutex.h"
#include "madoguchi/renewal/v1/renewal.pb.h"
#include "absl/base/thread_annotations.h"
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace madoguchi::replay {

/// What came of a visitor with something to do with certificates.
struct CaseRecord {
  CaseKind kind = CaseKind::kNone;
  /// Learned at the kiosk, before taking a number, that it cannot be today.
  bool told_at_kiosk = false;
  /// The row of the decision table that the kiosk told.
  std::string kiosk_row;
  /// The case as renewal answered last; absent if no clerk began one.
  std::optional<renewal::v1::Renewal> renewal;
  /// How long it was parked because the national system was away.
  std::chrono::milliseconds parked{0};
  int times_parked = 0;
};

/// How often a step was taken, and how long it took in all, in office time.
struct StepTime {
  int times = 0;
  std::chrono::milliseconds total{0};
};

/// What happened to each case, as renewal answered. Thread safe.
class CaseLedger {
 public:
  /// One record for each visitor of a day.
  explicit CaseLedger(std::vector<CaseKind> const& kinds);

  void ToldAtKiosk(std::size_t visitor, std::string const& row)
      ABSL_LOCKS_EXCLUDED(mu_);
  void Advised(std::size_t visitor, std::string const& row)
      ABSL_LOCKS_EXCLUDED(mu_);
  /// The case as it is now.
  void Changed(std::size_t visitor, renewal::v1::Renewal const& renewal)
      ABSL_LOCKS_EXCLUDED(mu_);
  void Took(renewal::v1::Step step, std::chrono::milliseconds office_time)
      ABSL_LOCKS_EXCLUDED(mu_);
  /// It waited for the national system from `from` to `to`.
  void WasParked(std::size_t visitor, Timestamp from, Timestamp to)
      ABSL_LOCKS_EXCLUDED(mu_);

  CaseKind KindOf(std::size_t visitor) const ABSL_LOCKS_EXCLUDED(mu_);
  std::optional<renewal::v1::Renewal> Find(std::size_t visitor) const
      ABSL_LOCKS_EXCLUDED(mu_);

  /// The first who waits for the national system, in the order of coming; taken
  /// by nobody else until the case has changed. Nothing if none waits.
  std::optional<std::size_t> TakeParked() ABSL_LOCKS_EXCLUDED(mu_);

  std::vector<CaseRecord> Records() const ABSL_LOCKS_EXCLUDED(mu_);
  std::map<renewal::v1::Step, StepTime> StepTimes() const
      ABSL_LOCKS_EXCLUDED(mu_);

 private:
  mutable Mutex mu_;
  std::vector<CaseRecord> records_ ABSL_GUARDED_BY(mu_);
  std::set<std::size_t> taken_ ABSL_GUARDED_BY(mu_);
  std::map<renewal::v1::Step, StepTime> steps_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_CASE_LEDGER_H
