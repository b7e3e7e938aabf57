#include "services/office/staff.h"
#include <algorithm>
#include <cstddef>

namespace madoguchi {
namespace {

constexpr std::size_t kLongestCode = 32;

}  // namespace

bool IsCode(std::string_view text) {
  return !text.empty() && text.size() <= kLongestCode &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_';
         });
}

}  // namespace madoguchi
