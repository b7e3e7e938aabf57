#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_VALUES_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_VALUES_H

#include <cstdint>
#include <initializer_list>
#include <vector>

namespace madoguchi::renewal {

/// How many values the enum `T` has: 0 to `kValueCount<T> - 1`.
template <typename T>
inline constexpr int kValueCount = 0;

/// Which values something may have; any, unless told.
template <typename T>
class Values {
 public:
  static_assert(kValueCount<T> > 0 && kValueCount<T> <= 16);

  constexpr Values() = default;
  constexpr Values(std::initializer_list<T> some) : bits_(0) {
    for (auto const each : some) Add(each);
  }

  static constexpr Values None() {
    Values none;
    none.bits_ = 0;
    return none;
  }

  constexpr void Add(T value) { bits_ = bits_ | BitOf(value); }
  constexpr void Add(Values others) { bits_ = bits_ | others.bits_; }
  constexpr bool Has(T value) const { return (bits_ & BitOf(value)) != 0; }

  /// Whether none of these values is outside `others`.
  constexpr bool AreAmong(Values others) const {
    return (bits_ & ~others.bits_) == 0;
  }
  /// Whether one of these values is one of `others`.
  constexpr bool Meet(Values others) const {
    return (bits_ & others.bits_) != 0;
  }

  /// The values, in the order of the enum.
  std::vector<T> List() const {
    std::vector<T> list;
    for (int i = 0; i != kValueCount<T>; ++i) {
      auto const value = static_cast<T>(i);
      if (Has(value)) list.push_back(value);
    }
    return list;
  }

  /// Whether it is `value` and can be nothing else.
  constexpr bool Are(T value) const { return bits_ == BitOf(value); }

  friend constexpr bool operator==(Values, Values) = default;

 private:
  static constexpr std::uint32_t BitOf(T value) {
    return 1U << static_cast<unsigned>(value);
  }

  std::uint32_t bits_ = (1U << static_cast<unsigned>(kValueCount<T>)) - 1;
};

/// What was answered to a question: nothing yet, "don't know", or something
/// that leaves one value or several.
template <typename T>
class Answer {
 public:
  /// Not asked yet.
  constexpr Answer() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): a value is its own answer.
  constexpr Answer(T value) : values_({value}), given_(Given::kAnswered) {}

  static constexpr Answer DoesNotKnow() {
    Answer answer;
    answer.given_ = Given::kDoesNotKnow;
    return answer;
  }
  static constexpr Answer OneOf(Values<T> values) {
    Answer answer;
    answer.values_ = values;
    answer.given_ = Given::kAnswered;
    return answer;
  }

  constexpr bool asked() const { return given_ != Given::kNotYet; }
  constexpr bool does_not_know() const { return given_ == Given::kDoesNotKnow; }
  /// What it may be, after what was answered.
  constexpr Values<T> values() const { return values_; }

  friend constexpr bool operator==(Answer const&, Answer const&) = default;

 private:
  enum class Given { kNotYet, kDoesNotKnow, kAnswered };

  Values<T> values_;
  Given given_ = Given::kNotYet;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_VALUES_H
