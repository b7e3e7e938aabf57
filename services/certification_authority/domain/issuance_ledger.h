#ifndef MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_ISSUANCE_LEDGER_H
#define MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_ISSUANCE_LEDGER_H

#include "services/certification_authority/domain/issuance.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::certification_authority {

/// Keeps what the ledger decided. Used by one thread.
class LedgerJournal {
 public:
  virtual ~LedgerJournal() = default;

  /// Adds `issuance` behind the others. After OK it outlives kill -9 and a
  /// power cut. After an error it may or may not turn up again; the journal
  /// then takes no more until it is opened again.
  virtual absl::Status Append(Issuance const& issuance) = 0;
};

/// What a ledger holds, in numbers.
struct LedgerCounts {
  std::int64_t issued = 0;
  std::int64_t refused = 0;
  /// For how many cases something was issued, and for how many of them more
  /// than once: 0 if renewal keeps its promise.
  std::int64_t cases_issued = 0;
  std::int64_t cases_issued_again = 0;

  friend bool operator==(LedgerCounts const&, LedgerCounts const&) = default;
};

/// Every decision that the authority made, in order: the judge of "at most
/// once" (design.md 7).
///
/// It forbids nothing: a second issuance for a case is kept like the first, so
/// that it is seen. Used by one thread.
class IssuanceLedger {
 public:
  /// What happens to an attempt id that comes again.
  enum class Repeats {
    /// It gets the first outcome.
    kAnswered,
    /// It is decided anew. Proves that callers do not rely on the other.
    kIssuedAgain,
  };

  /// `kept` is what the journal holds, in order. `journal` is not owned and
  /// must outlive the ledger.
  IssuanceLedger(std::vector<Issuance> kept, LedgerJournal& journal,
                 Repeats repeats);

  /// Decides `order` at `now`: issues it, or refuses it for `refusal`.
  ///
  /// Returns what was decided, or was decided when the attempt came first.
  /// Returns ATTEMPT_ID_REUSED if that was another order, and LEDGER_FAILED if
  /// the journal fails, now or before: the ledger then keeps nothing more.
  absl::StatusOr<Issuance> Decide(Order const& order, Refusal refusal,
                                  Timestamp now);

  /// The first decision on an attempt; nothing if there was none.
  std::optional<Issuance> Find(AttemptId const& attempt) const;

  /// At most `limit` decisions behind the place `after`, in order.
  std::vector<Issuance> List(std::int64_t after, std::size_t limit) const;

  LedgerCounts Count() const { return counts_; }

  /// At most `limit` cases for which something was issued more than once, in
  /// order of their keys.
  std::vector<CaseKey> IssuedAgain(std::size_t limit) const;

  /// OK, or why the ledger keeps nothing more.
  absl::Status Check() const { return broken_; }

 private:
  void Take(Issuance issuance);

  LedgerJournal& journal_;
  Repeats const repeats_;
  absl::Status broken_;
  std::vector<Issuance> all_;
  // Where each attempt was decided first.
  std::map<AttemptId, std::size_t> first_;
  std::map<CaseKey, int> issued_;
  LedgerCounts counts_;
};

}  // namespace madoguchi::certification_authority

#endif  // MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_ISSUANCE_LEDGER_H
