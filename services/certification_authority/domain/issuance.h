#ifndef MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_ISSUANCE_H
#define MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_ISSUANCE_H

#include "services/base/clock.h"
#include "services/base/strong_id.h"
#include "absl/status/statusor.h"
#include <cstdint>
#include <string>

namespace madoguchi::certification_authority {

/// A UUID in lower case that a caller chose for one attempt.
using AttemptId = StrongId<struct AttemptTag>;
/// A UUID in lower case that all attempts of a case share.
using CaseKey = StrongId<struct CaseTag>;

/// Which certificates; at least one of them.
struct Certificates {
  bool signing = false;
  bool user = false;

  friend bool operator==(Certificates const&, Certificates const&) = default;
};

enum class Kind { kRenew, kNewIssue };

/// Nothing was refused, or why it was.
enum class Refusal {
  kNone,
  kCardNotValid,
  kPinNotAccepted,
  kNotInWindow,
  kRegisterDiffers,
  kOther,
};

enum class Outcome { kPending, kIssued, kRefused };

/// What somebody asks the authority to do.
struct Order {
  AttemptId attempt;
  CaseKey case_key;
  Certificates certificates;
  Kind kind = Kind::kRenew;

  friend bool operator==(Order const&, Order const&) = default;
};

/// What became of an order. `sequence` is its place in the ledger, from 1 on;
/// 0, as long as it is pending.
struct Issuance {
  std::int64_t sequence = 0;
  Order order;
  Outcome outcome = Outcome::kPending;
  Refusal refusal = Refusal::kNone;
  /// In office time.
  Timestamp decided = {};

  friend bool operator==(Issuance const&, Issuance const&) = default;
};

/// Reads a UUID of any version. Returns ATTEMPT_ID_INVALID or CASE_KEY_INVALID
/// if `text` is none.
absl::StatusOr<AttemptId> ParseAttemptId(std::string const& text);
absl::StatusOr<CaseKey> ParseCaseKey(std::string const& text);

}  // namespace madoguchi::certification_authority

#endif  // MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_ISSUANCE_H
