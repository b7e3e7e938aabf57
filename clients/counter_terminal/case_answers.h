#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_ANSWERS_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_ANSWERS_H

#include "madoguchi/renewal/v1/renewal.pb.h"
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace madoguchi::counter_terminal {

/// What a clerk answers at the window: a choice for each row, by their codes;
/// the area `window` has their words. None of it tells who somebody is.
class CaseDraft {
 public:
  /// What `service` says before anybody has answered: the usual visit.
  explicit CaseDraft(std::string_view service);

  /// The rows that matter for whoever comes, at most nine.
  std::vector<std::string> Rows() const;

  std::string const& ChoiceOf(std::string const& row) const;

  /// Turns the `place`-th of `Rows`, from 0, to its next choice.
  void Turn(std::size_t place);

  /// What the decision table is asked with.
  renewal::v1::Answers ToProto() const;

 private:
  std::map<std::string, std::string> choices_;
};

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_ANSWERS_H
