#include "clients/replay/random.h"
#include <cmath>
#include <numbers>

namespace madoguchi::replay {

Random::Random(std::uint64_t seed, std::uint64_t index) {
  std::seed_seq mixed{seed & 0xffffffffU, seed >> 32U, index & 0xffffffffU,
                      index >> 32U};
  engine_.seed(mixed);
}

double Random::Uniform() {
  // 53 bits are what a double holds.
  return static_cast<double>(engine_() >> 11U) * 0x1p-53;
}

double Random::Uniform(double low, double high) {
  return low + (high - low) * Uniform();
}

double Random::Exponential(double mean) {
  return -mean * std::log(1 - Uniform());
}

double Random::LognormalWithMean(double mean, double sigma) {
  double const radius = std::sqrt(-2 * std::log(1 - Uniform()));
  double const normal = radius * std::cos(2 * std::numbers::pi * Uniform());
  return mean * std::exp(sigma * normal - sigma * sigma / 2);
}

}  // namespace madoguchi::replay
