#include "services/office/staff.h"
#include "services/base/number_shapes.h"
#include <algorithm>
#include <cstddef>

namespace madoguchi {
namespace {

constexpr std::size_t kLongestCode = 32;
// A resident record code has 11, a My Number 12.
constexpr std::size_t kFewestOfAPerson = 11;

bool NumbersAPerson(std::string_view text) {
  auto const runs = DigitRunsOf(text);
  return std::any_of(runs.begin(), runs.end(), [](DigitRun const& run) {
    return run.digits.size() >= kFewestOfAPerson;
  });
}

}  // namespace

bool IsCode(std::string_view text) {
  return !text.empty() && text.size() <= kLongestCode &&
         std::all_of(text.begin(), text.end(),
                     [](char c) {
                       return (c >= 'a' && c <= 'z') ||
                              (c >= '0' && c <= '9') || c == '-' || c == '_';
                     }) &&
         !NumbersAPerson(text);
}

}  // namespace madoguchi
