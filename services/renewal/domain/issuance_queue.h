#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ISSUANCE_QUEUE_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ISSUANCE_QUEUE_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/renewal/domain/renewal_case.h"
#include <chrono>
#include <string>
#include <variant>
#include <vector>

namespace madoguchi::renewal {

/// A request to the authority that somebody has to take care of, until it is
/// dropped.
struct QueuedIssuance {
  /// The store's name for it.
  std::string entry;
  OfficeId office;
  CaseId id;
  AttemptId attempt;

  friend bool operator==(QueuedIssuance const&,
                         QueuedIssuance const&) = default;
};

/// The requests of a city in the order in which they were planned. A settlement
/// of `CaseStore` whose event is `kIssuancePlanned` puts its request here, in
/// the same step.
///
/// An entry may be taken by several, one after the other: it says that there is
/// something to look after, and never that something may be sent. That the case
/// says, whose version fences.
///
/// Thread safe; no method blocks. Fails as `CaseStore` does.
class IssuanceQueue {
 public:
  virtual ~IssuanceQueue() = default;

  /// Takes at most `limit` for `consumer`: those that whoever took them has
  /// left alone for `idle`, then new ones.
  virtual void TakeQueued(std::string const& consumer, int limit,
                          std::chrono::milliseconds idle, MachineTime deadline,
                          Done<std::vector<QueuedIssuance>> done) = 0;

  /// Nobody has to take care of it any more.
  virtual void DropQueued(std::string const& entry, MachineTime deadline,
                          Done<std::monostate> done) = 0;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ISSUANCE_QUEUE_H
