#include "services/certification_authority/domain/issuance_ledger.h"
#include "services/certification_authority/domain/errors.h"
#include <algorithm>
#include <utility>

namespace madoguchi::certification_authority {

IssuanceLedger::IssuanceLedger(std::vector<Issuance> kept,
                               LedgerJournal& journal, Repeats repeats)
    : journal_(journal), repeats_(repeats) {
  for (auto& issuance : kept) Take(std::move(issuance));
}

absl::StatusOr<Issuance> IssuanceLedger::Decide(Order const& order,
                                                Refusal refusal,
                                                Timestamp now) {
  if (repeats_ == Repeats::kAnswered) {
    if (auto const first = Find(order.attempt)) {
      if (first->order != order) return error::AttemptIdReused(order.attempt);
      return *first;
    }
  }
  if (!broken_.ok()) return broken_;
  Issuance issuance{.sequence = static_cast<std::int64_t>(all_.size()) + 1,
                    .order = order,
                    .outcome = refusal == Refusal::kNone ? Outcome::kIssued
                                                         : Outcome::kRefused,
                    .refusal = refusal,
                    .decided = now};
  auto const kept = journal_.Append(issuance);
  if (!kept.ok()) {
    return broken_ = error::LedgerFailed(std::string(kept.message()));
  }
  Take(issuance);
  return issuance;
}

std::optional<Issuance> IssuanceLedger::Find(AttemptId const& attempt) const {
  auto const at = first_.find(attempt);
  if (at == first_.end()) return std::nullopt;
  return all_[at->second];
}

std::vector<Issuance> IssuanceLedger::List(std::int64_t after,
                                           std::size_t limit) const {
  auto const size = static_cast<std::int64_t>(all_.size());
  auto const from = all_.begin() + std::clamp<std::int64_t>(after, 0, size);
  auto const left = static_cast<std::size_t>(all_.end() - from);
  return {from, from + static_cast<std::int64_t>(std::min(left, limit))};
}

std::vector<CaseKey> IssuanceLedger::IssuedAgain(std::size_t limit) const {
  std::vector<CaseKey> again;
  for (auto const& [key, times] : issued_) {
    if (again.size() == limit) break;
    if (times > 1) again.push_back(key);
  }
  return again;
}

void IssuanceLedger::Take(Issuance issuance) {
  first_.try_emplace(issuance.order.attempt, all_.size());
  if (issuance.outcome == Outcome::kIssued) {
    ++counts_.issued;
    int const times = ++issued_[issuance.order.case_key];
    if (times == 1) ++counts_.cases_issued;
    if (times == 2) ++counts_.cases_issued_again;
  } else {
    ++counts_.refused;
  }
  all_.push_back(std::move(issuance));
}

}  // namespace madoguchi::certification_authority
