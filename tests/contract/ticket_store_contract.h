#ifndef MADOGUCHI_TESTS_CONTRACT_TICKET_STORE_CONTRACT_H
#define MADOGUCHI_TESTS_CONTRACT_TICKET_STORE_CONTRACT_H

#include "tests/contract/store_under_test.h"
#include "tests/support/status_matchers.h"
#include <gtest/gtest.h>
#include <memory>

namespace madoguchi::testing {

/// A store to test, by the name that its tests get.
struct StoreKind {
  char const* name;
  MakeStore make;
};

/// What every `TicketStore` promises. The hall is open when a test begins.
class TicketStoreContract : public ::testing::TestWithParam<StoreKind> {
 protected:
  TicketStoreContract() : under_test_(GetParam().make()) {
    EXPECT_THAT(calls_.Open(), IsOk());
  }

  std::int64_t LastSequence() { return calls_.Log(0, 0)->last_sequence; }

  /// Expects that settling is refused as a rival's, and changes nothing.
  void ExpectAborted(ticketing::Settlement const& settlement) {
    auto const last = LastSequence();
    EXPECT_THAT(calls_.Settle(settlement),
                IsError(absl::StatusCode::kAborted, "LOOK_AGAIN"));
    EXPECT_EQ(LastSequence(), last);
  }

  ticketing::Counter OpenDesk(std::int64_t session) {
    ticketing::Counter counter;
    counter.id = kDesk;
    counter.open = true;
    counter.session = session;
    counter.staff = {"aoi"};
    counter.version = session;
    return counter;
  }

  /// Somebody opens the desk, which was never opened today.
  ticketing::Settlement OpeningOfDesk() {
    ticketing::Settlement opening;
    opening.request = NewRequest();
    opening.hall = kHall;
    ticketing::Counter closed;
    closed.id = kDesk;
    opening.counter = {closed, OpenDesk(1)};
    opening.outcome.session = 1;
    return opening;
  }

  std::unique_ptr<StoreUnderTest> under_test_;
  StoreCalls calls_{under_test_->store()};
};

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_CONTRACT_TICKET_STORE_CONTRACT_H
