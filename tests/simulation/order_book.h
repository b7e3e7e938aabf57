#ifndef MADOGUCHI_TESTS_SIMULATION_ORDER_BOOK_H
#define MADOGUCHI_TESTS_SIMULATION_ORDER_BOOK_H

#include "tests/simulation/chance.h"
#include "tests/simulation/city_model.h"
#include "tests/simulation/order.h"
#include <functional>
#include <string>
#include <vector>

namespace madoguchi::simulation {

/// Thinks of orders that fit what the model says of the hall, mostly; of others
/// sometimes. All that is given must outlive it. Not thread safe.
class OrderBook {
 public:
  OrderBook(City const& city, CityModel const& model, Chance& chance)
      : city_(city), model_(model), chance_(chance) {}

  /// A new order, to be given at about `now`, under an id of its own.
  Order Next(Timestamp now);

 private:
  Order Think();
  std::string NewId();
  template <typename T>
  T const& AnyOf(std::vector<T> const& all) {
    return all[chance_.Pick(all.size())];
  }
  bool Seldom() { return chance_.Happens(0.02); }
  Verb AnyVerb();
  void ChooseCounter(Order& order, ModelOffice const& at);
  void ChooseTicket(Order& order, ModelOffice const& at);
  void ChooseWords(Order& order, Office const& office);
  void ChooseTransfer(Order& order, Office const& office);
  void ChooseEdit(Order& order);
  ServiceId AnyService(Office const& office);
  std::string AnyLanguage();

  City const& city_;
  CityModel const& model_;
  Chance& chance_;
  std::int64_t ids_ = 0;
};

/// Whether two orders are the same command with the same arguments, whatever
/// their ids.
bool SameArguments(Order const& a, Order const& b);

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_ORDER_BOOK_H
