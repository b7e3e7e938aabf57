#include "clients/replay/case_ledger.h"

namespace madoguchi::replay {

CaseLedger::CaseLedger(std::vector<CaseKind> const& kinds) {
  for (auto const kind : kinds) records_.emplace_back().kind = kind;
}

void CaseLedger::ToldAtKiosk(std::size_t visitor, std::string const& row) {
  MutexLock const lock(mu_);
  records_[visitor].told_at_kiosk = true;
  records_[visitor].kiosk_row = row;
}

void CaseLedger::Advised(std::size_t visitor, std::string const& row) {
  MutexLock const lock(mu_);
  records_[visitor].kiosk_row = row;
}

void CaseLedger::Changed(std::size_t visitor,
                         renewal::v1::Renewal const& renewal) {
  MutexLock const lock(mu_);
  records_[visitor].renewal = renewal;
  taken_.erase(visitor);
}

void CaseLedger::Took(renewal::v1::Step step,
                      std::chrono::milliseconds office_time) {
  MutexLock const lock(mu_);
  ++steps_[step].times;
  steps_[step].total += office_time;
}

void CaseLedger::WasParked(std::size_t visitor, Timestamp from, Timestamp to) {
  MutexLock const lock(mu_);
  ++records_[visitor].times_parked;
  records_[visitor].parked += to - from;
}

CaseKind CaseLedger::KindOf(std::size_t visitor) const {
  MutexLock const lock(mu_);
  return records_[visitor].kind;
}

std::optional<renewal::v1::Renewal> CaseLedger::Find(
    std::size_t visitor) const {
  MutexLock const lock(mu_);
  return records_[visitor].renewal;
}

std::optional<std::size_t> CaseLedger::TakeParked() {
  MutexLock const lock(mu_);
  for (std::size_t i = 0; i != records_.size(); ++i) {
    auto const& renewal = records_[i].renewal;
    if (renewal && renewal->state() == renewal::v1::Renewal::PARKED &&
        taken_.insert(i).second) {
      return i;
    }
  }
  return std::nullopt;
}

std::vector<CaseRecord> CaseLedger::Records() const {
  MutexLock const lock(mu_);
  return records_;
}

std::map<renewal::v1::Step, StepTime> CaseLedger::StepTimes() const {
  MutexLock const lock(mu_);
  return steps_;
}

}  // namespace madoguchi::replay
