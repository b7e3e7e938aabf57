#ifndef MADOGUCHI_TESTS_SIMULATION_CHANCE_H
#define MADOGUCHI_TESTS_SIMULATION_CHANCE_H

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>

namespace madoguchi::simulation {

/// Everything that chance decides on a day: the same for the same seed. Not
/// thread safe.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}

  /// True in `share` of all cases.
  bool Happens(double share) { return Share() < share; }

  /// From `least` to `most`, each as likely.
  int Between(int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(random_);
  }

  std::chrono::milliseconds Between(std::chrono::milliseconds least,
                                    std::chrono::milliseconds most) {
    return std::chrono::milliseconds(
        std::uniform_int_distribution<std::int64_t>(least.count(),
                                                    most.count())(random_));
  }

  /// An index of something that has `size`, which is not 0.
  std::size_t Pick(std::size_t size) {
    return std::uniform_int_distribution<std::size_t>(0, size - 1)(random_);
  }

  /// From 0 up to 1.
  double Share() {
    return std::uniform_real_distribution<double>(0, 1)(random_);
  }

  /// Until the next of events that come `per_minute` at random.
  double MinutesToNext(double per_minute) {
    return std::exponential_distribution<double>(per_minute)(random_);
  }

  /// Lognormal, with this mean; `spread` is standard deviation over mean.
  std::chrono::milliseconds Lasting(std::chrono::milliseconds mean,
                                    double spread) {
    double const variance = std::log(1 + spread * spread);
    double const middle =
        std::log(static_cast<double>(mean.count())) - variance / 2;
    std::lognormal_distribution<double> law(middle, std::sqrt(variance));
    return std::chrono::milliseconds(static_cast<std::int64_t>(law(random_)) +
                                     1);
  }

  /// For `std::shuffle`.
  std::mt19937_64& Source() { return random_; }

 private:
  std::mt19937_64 random_;
};

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_CHANCE_H
