#ifndef MADOGUCHI_TESTS_ROBUSTNESS_SENDER_H
#define MADOGUCHI_TESTS_ROBUSTNESS_SENDER_H

#include "tests/robustness/history.h"
#include "absl/status/status.h"
#include <string>

namespace madoguchi::robustness {

/// Carries presses to whatever is tested: servers, or desks in this process.
/// Thread safe.
class Sender {
 public:
  virtual ~Sender() = default;

  /// Sends one press and waits for how it ends.
  virtual Answer Send(Press const& press) = 0;
};

/// What an error says of the outcome: unknown, if the press is to be repeated
/// with the same id, otherwise refused.
Answer AnswerOf(absl::Status const& error);

/// The `staff` that opens counters in these tests.
inline constexpr char kStaff[] = "staff-1";

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_SENDER_H
