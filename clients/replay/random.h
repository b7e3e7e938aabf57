#ifndef MADOGUCHI_CLIENTS_REPLAY_RANDOM_H
#define MADOGUCHI_CLIENTS_REPLAY_RANDOM_H

#include <cstdint>
#include <random>

namespace madoguchi::replay {

/// Draws that are the same on every machine for the same seed, which the
/// distributions of the standard library are not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  /// The draws of one of many: neighbours share nothing.
  Random(std::uint64_t seed, std::uint64_t index);

  /// At least 0 and below 1.
  double Uniform();
  double Uniform(double low, double high);
  double Exponential(double mean);
  /// Lognormal, with the mean of the values (not of their logarithms).
  double LognormalWithMean(double mean, double sigma);

 private:
  std::mt19937_64 engine_;
};

/// The spread of service minutes that are drawn: a standard deviation of about
/// half the mean. Assumption; the service times of one kind of visit at
/// counters are usually spread so or wider.
inline constexpr double kServiceSigma = 0.5;

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_RANDOM_H
