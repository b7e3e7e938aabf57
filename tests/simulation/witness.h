#ifndef MADOGUCHI_TESTS_SIMULATION_WITNESS_H
#define MADOGUCHI_TESTS_SIMULATION_WITNESS_H

#include "services/ticketing/domain/office_projection.h"
#include "tests/simulation/city_model.h"
#include "tests/support/passing_store.h"
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace madoguchi::simulation {

/// Stands before a store and tells the model each step in the order in which
/// it is settled; then compares what the step appended to the logs with what
/// the model says. The store must answer on the caller's thread. Not thread
/// safe.
class Witness : public ticketing::Passing {
 public:
  /// `now` tells the office time of whoever is asking.
  Witness(ticketing::TicketStore& store, City const& city,
          std::function<Timestamp()> now);

  CityModel const& Model() const { return model_; }

  /// `order` may be settled from now on.
  void Expect(Order const& order) { orders_[{order.id}] = order; }

  /// The outcome of an order that was settled; null if it was not.
  ticketing::Outcome const* OutcomeOf(std::string const& id) const;

  BusinessDay NewestDay() const;

  /// How many due entries changed something when they fired.
  int Fired() const { return fired_; }

  /// See `CityModel::DecidedOn`; until the next look or settlement.
  void DecidedOn(CityModel::Offices earlier) {
    model_.DecidedOn(std::move(earlier));
  }

  /// What was settled that must not be, since the last time.
  std::vector<std::string> TakeFaults();

  /// Where the store, or what the hall sees, is not as the model says.
  std::vector<std::string> CompareAll();

  void OpenDay(ticketing::Hall const& hall, bool carry_over, Timestamp now,
               MachineTime deadline, Done<std::monostate> done) override;
  void Issue(ticketing::IssueOrder const& order, MachineTime deadline,
             Done<ticketing::Settled> done) override;
  void Look(ticketing::LookQuery const& query, MachineTime deadline,
            Done<ticketing::View> done) override;
  void Settle(ticketing::Settlement const& settlement, MachineTime deadline,
              Done<ticketing::Settled> done) override;
  void SettleSweep(ticketing::SweepSettlement const& settlement,
                   MachineTime deadline, Done<std::monostate> done) override;

 private:
  void Fault(std::string const& what) { faults_.push_back(what); }
  void TakeOrder(RequestId const& id, ticketing::SettledRequest const& settled);
  void CompareLogs(CityModel::Events const& expected);
  void Compare(ModelOffice const& at);
  void CompareHall(ModelOffice const& at);

  ticketing::TicketStore& store_;
  std::function<Timestamp()> now_;
  CityModel model_;
  std::map<RequestId, Order> orders_;
  std::map<RequestId, ticketing::Outcome> settled_;
  // The last sequence of each log that was compared.
  std::map<OfficeId, std::int64_t> read_;
  std::map<OfficeId, ticketing::OfficeProjection> pictures_;
  int fired_ = 0;
  std::vector<std::string> faults_;
};

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_WITNESS_H
