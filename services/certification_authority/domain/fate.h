#ifndef MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_FATE_H
#define MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_FATE_H

#include "services/certification_authority/domain/chance.h"
#include "services/certification_authority/domain/weather.h"
#include <chrono>

namespace madoguchi::certification_authority {

/// What becomes of one call.
struct Fate {
  enum class End {
    /// It is done and answered after `delay`.
    kAnswered,
    /// It is done after `delay`, and the answer is lost.
    kAnswerLost,
    /// It fails after `delay`; nothing is done.
    kFails,
    /// It is never answered; nothing is done.
    kHangs,
    /// It is refused at once, as planned; nothing is done.
    kClosed,
  };
  End end = End::kAnswered;
  /// In office time.
  std::chrono::milliseconds delay{0};
  /// What an attempt is refused for, if it is done.
  Refusal refusal = Refusal::kNone;

  friend bool operator==(Fate const&, Fate const&) = default;
};

/// No answer takes longer, whatever chance says.
inline constexpr std::chrono::minutes kLongestDelay{10};

/// What becomes of a call that comes at `now` while `under_way` others are
/// being worked on. Takes the same number of draws in any weather, so that a
/// changed script changes only what it is about.
Fate FateOf(Weather const& weather, Timestamp now, int under_way,
            Chance chance);

}  // namespace madoguchi::certification_authority

#endif  // MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_FATE_H
