#ifndef MADOGUCHI_TESTS_ROBUSTNESS_BROKEN_STORES_H
#define MADOGUCHI_TESTS_ROBUSTNESS_BROKEN_STORES_H

#include "services/ticketing/domain/ticket_store.h"
#include "tests/robustness/checker.h"
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::robustness {

/// A store with one mistake of a kind that real ones make: what the checker is
/// proved by.
struct BrokenStore {
  std::string name;
  /// What the checker must find; another fault may come with it.
  Fault fault;
  /// Makes one on top of a good store, which must outlive it.
  std::unique_ptr<ticketing::TicketStore> (*make)(ticketing::TicketStore& good);
};

/// Every mistake known.
std::vector<BrokenStore> BrokenStores();

/// A store that only loses replies now and then: the mutation happens, but
/// nobody is told. Lawful, so the checker must find nothing.
std::unique_ptr<ticketing::TicketStore> MakeForgetfulMessenger(
    ticketing::TicketStore& good);

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_BROKEN_STORES_H
