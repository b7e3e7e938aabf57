#include "services/certification_authority/domain/chance.h"
#include "services/base/mix_bits.h"
#include <cmath>
#include <numbers>

namespace madoguchi::certification_authority {
Chance::Chance(std::uint64_t seed, Timestamp now, std::uint64_t nth)
    : state_(MixBits(
          MixBits(MixBits(seed) ^
                  static_cast<std::uint64_t>(now.time_since_epoch().count())) +
          nth)) {}

double Chance::Uniform() {
  state_ = MixBits(state_);
  return UnitOf(state_);
}

double Chance::Normal() {
  // Box and Muller; 1 - u is never 0.
  double const radius = std::sqrt(-2 * std::log(1 - Uniform()));
  return radius * std::cos(2 * std::numbers::pi * Uniform());
}

}  // namespace madoguchi::certification_authority
