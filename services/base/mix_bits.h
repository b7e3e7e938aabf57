#ifndef MADOGUCHI_SERVICES_BASE_MIX_BITS_H
#define MADOGUCHI_SERVICES_BASE_MIX_BITS_H

#include <cstdint>

namespace madoguchi {

/// Scatters `bits` over all 64: the finaliser of SplitMix64 (Steele, Lea and
/// Flood 2014). The same in every process and release, which the standard
/// library does not promise of its hashes and distributions.
constexpr std::uint64_t MixBits(std::uint64_t bits) {
  bits += 0x9E3779B97F4A7C15U;
  bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9U;
  bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBU;
  return bits ^ (bits >> 31);
}

/// `bits` as a number from 0 to below 1, all equally likely.
constexpr double UnitOf(std::uint64_t bits) {
  // The 53 bits that a double holds exactly.
  return static_cast<double>(bits >> 11) * 0x1p-53;
}

}  // namespace madoguchi

#endif  // MADOGUCHI_SERVICES_BASE_MIX_BITS_H
