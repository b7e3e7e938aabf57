#include "services/certification_authority/domain/chance.h"
#include <cmath>
#include <numbers>

namespace madoguchi::certification_authority {
namespace {

constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15U;

// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
std::uint64_t Mix(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9U;
  bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBU;
  return bits ^ (bits >> 31);
}

}  // namespace

Chance::Chance(std::uint64_t seed, Timestamp now, std::uint64_t nth)
    : state_(Mix(Mix(Mix(seed + kStep) ^ static_cast<std::uint64_t>(
                                             now.time_since_epoch().count())) +
                 nth)) {}

std::uint64_t Chance::Next() { return Mix(state_ += kStep); }

double Chance::Uniform() {
  // The 53 bits that a double holds exactly.
  return static_cast<double>(Next() >> 11) * 0x1p-53;
}

double Chance::Normal() {
  // Box and Muller; 1 - u is never 0.
  double const radius = std::sqrt(-2 * std::log(1 - Uniform()));
  return radius * std::cos(2 * std::numbers::pi * Uniform());
}

}  // namespace madoguchi::certification_authority
