#ifndef MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_CHANCE_H
#define MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_CHANCE_H

#include "services/base/clock.h"
#include <cstdint>

namespace madoguchi::certification_authority {

/// Draws that follow from a seed and the office time alone, so that a run can
/// be repeated. Not of the standard library, whose distributions differ from
/// one implementation to the next.
class Chance {
 public:
  /// For the `nth` call, from 0 on, of those that come in the same millisecond.
  Chance(std::uint64_t seed, Timestamp now, std::uint64_t nth);

  /// From 0 to below 1, all equally likely.
  double Uniform();

  /// Normal, of mean 0 and deviation 1.
  double Normal();

 private:
  std::uint64_t state_;
};

}  // namespace madoguchi::certification_authority

#endif  // MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_CHANCE_H
