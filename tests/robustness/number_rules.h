#ifndef MADOGUCHI_TESTS_ROBUSTNESS_NUMBER_RULES_H
#define MADOGUCHI_TESTS_ROBUSTNESS_NUMBER_RULES_H

#include "services/office/office.h"
#include "tests/robustness/history.h"
#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace madoguchi::robustness {

/// The numbers of an office, as its log has them: each given out in order, and
/// to one ticket at a time.
class NumberRules {
 public:
  /// Takes what is wrong, in words.
  using Report = std::function<void(std::string const& what)>;

  /// `twice` is told of numbers in use twice, `order` of others.
  NumberRules(Office const& office, Report twice, Report order);

  /// Series begin again. Numbers in use stay so if tickets are carried over.
  void OpenDay();

  /// `ticket` is given the next number of its series.
  void Issue(TicketFacts const& ticket);

  /// `ticket` has its number again, or has it no longer.
  void Take(TicketFacts const& ticket);
  void Free(TicketFacts const& ticket);

 private:
  void CheckSerial(TicketFacts const& ticket);

  Office const& office_;
  Report const twice_;
  Report const order_;
  /// To the ticket that has it.
  std::map<std::string, std::string> live_;
  /// By series.
  std::map<std::string, std::int64_t> next_serial_;
};

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_NUMBER_RULES_H
