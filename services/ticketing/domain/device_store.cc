#include "services/ticketing/domain/device_store.h"
#include <cstddef>

namespace madoguchi::ticketing {
namespace {

constexpr std::size_t kLongestVersion = 32;

}  // namespace

bool IsProgramVersion(std::string const& text) {
  return text.size() <= kLongestVersion &&
         text.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
             ".+-_") == std::string::npos;
}

}  // namespace madoguchi::ticketing
