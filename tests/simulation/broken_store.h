#ifndef MADOGUCHI_TESTS_SIMULATION_BROKEN_STORE_H
#define MADOGUCHI_TESTS_SIMULATION_BROKEN_STORE_H

#include "tests/support/passing_store.h"
#include <functional>
#include <utility>

namespace madoguchi::simulation {

/// A store between which and the desks something is falsified: as if the server
/// had that mistake. Falsifies nothing unless told to. Not thread safe.
class BrokenStore : public ticketing::Passing {
 public:
  using Passing::Passing;

  std::function<void(ticketing::LookQuery&)> on_query = [](auto&) {};
  std::function<void(ticketing::View&)> on_view = [](auto&) {};
  std::function<void(ticketing::Settlement&)> on_settlement = [](auto&) {};
  std::function<void(ticketing::Settlement const& wanted,
                     absl::StatusOr<ticketing::Settled>& settled)>
      on_settled = [](auto&, auto&) {};
  std::function<void(ticketing::SweepSettlement&)> on_sweep = [](auto&) {};

  void Look(ticketing::LookQuery const& query, MachineTime deadline,
            Done<ticketing::View> done) override {
    auto changed = query;
    on_query(changed);
    Passing::Look(changed, deadline,
                  [this, done = std::move(done)](auto view) mutable {
                    if (view.ok()) on_view(*view);
                    done(std::move(view));
                  });
  }
  void Settle(ticketing::Settlement const& settlement, MachineTime deadline,
              Done<ticketing::Settled> done) override {
    auto changed = settlement;
    on_settlement(changed);
    Passing::Settle(
        changed, deadline,
        [this, settlement, done = std::move(done)](auto settled) mutable {
          on_settled(settlement, settled);
          done(std::move(settled));
        });
  }
  void SettleSweep(ticketing::SweepSettlement const& settlement,
                   MachineTime deadline, Done<std::monostate> done) override {
    auto changed = settlement;
    on_sweep(changed);
    Passing::SettleSweep(changed, deadline, std::move(done));
  }
};

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_BROKEN_STORE_H
