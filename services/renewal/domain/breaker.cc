#include "services/renewal/domain/breaker.h"
#include "services/base/mix_bits.h"
#include <algorithm>
#include <bit>
#include <cmath>

namespace madoguchi::renewal {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// All of queueing.md 3.4, but for those with a reason here.
constexpr int kWindow = 10;
constexpr int kFailuresToTrip = 5;
constexpr double kWeight = 0.2;
constexpr double kTripStretch = 3;
constexpr double kDegradedStretch = 1.5;
constexpr minutes kDrySpell{2};
constexpr int kTriesToTrip = 3;
constexpr seconds kFirstWait{60};
// 960 s: an outage of a day must not cost a quarter of an hour more than the
// national system does.
constexpr int kMostDoublings = 4;
constexpr double kJitter = 0.2;
constexpr int kSuccessesToClose = 3;
// Yesterday's failures must not open it today; a hall calls every few minutes.
constexpr minutes kForgetAfter{30};

milliseconds WaitOf(Breaker const& breaker, BreakerSettings const& settings) {
  auto const doublings = std::min(breaker.trips - 1, kMostDoublings);
  auto const when =
      static_cast<std::uint64_t>(breaker.since.time_since_epoch().count());
  double const draw = UnitOf(MixBits(MixBits(settings.seed) ^ MixBits(when)));
  double const share = 1 - kJitter + 2 * kJitter * draw;
  auto const wait = milliseconds(kFirstWait) * (1 << doublings);
  return milliseconds(
      static_cast<std::int64_t>(share * static_cast<double>(wait.count())));
}

// What closed and open breakers alike begin with.
void Forget(Breaker& breaker) {
  breaker.recent_failed = 0;
  breaker.recent = 0;
  breaker.log_stretch = 0;
  breaker.stretch = 1;
  breaker.tries = 0;
}

void Open(Breaker& breaker, BreakerSettings const& settings,
          CallerId const& caller, Timestamp now) {
  Forget(breaker);
  breaker.state = BreakerState::kOpen;
  breaker.since = now;
  ++breaker.trips;
  breaker.probe_from = now + WaitOf(breaker, settings);
  breaker.probe.reset();
  breaker.successes = 0;
  if (settings.connector == Connector::kManual) breaker.prober = caller;
}

void Close(Breaker& breaker, Timestamp now) {
  breaker.state = BreakerState::kClosed;
  breaker.since = now;
  breaker.trips = 0;
  breaker.successes = 0;
  breaker.prober.reset();
}

void AddStretch(Breaker& breaker, std::optional<double> const& stretch) {
  if (!stretch) return;
  breaker.log_stretch += kWeight * (std::log(*stretch) - breaker.log_stretch);
  breaker.stretch += kWeight * (*stretch - breaker.stretch);
}

bool MustOpen(Breaker const& breaker, Timestamp now) {
  return std::popcount(breaker.recent_failed) >= kFailuresToTrip ||
         breaker.log_stretch > std::log(kTripStretch) ||
         (breaker.tries >= kTriesToTrip &&
          now - breaker.first_try >= kDrySpell);
}

void NoteUsual(Breaker& breaker, BreakerSettings const& settings,
               CallResult const& result, Timestamp now) {
  if (now - breaker.last_noted > kForgetAfter) Forget(breaker);
  breaker.last_noted = now;
  bool const failed = result.end != CallResult::End::kAnswered;
  constexpr std::uint32_t kMask = (1U << kWindow) - 1;
  breaker.recent_failed =
      ((breaker.recent_failed << 1) | (failed ? 1U : 0U)) & kMask;
  breaker.recent = std::min(breaker.recent + 1, kWindow);
  if (failed) {
    if (breaker.tries++ == 0) breaker.first_try = result.began;
  } else {
    breaker.tries = 0;
    AddStretch(breaker, result.stretch);
  }
  if (MustOpen(breaker, now)) Open(breaker, settings, result.caller, now);
}

void NoteProbe(Breaker& breaker, BreakerSettings const& settings,
               CallResult const& result, Timestamp now) {
  // Closing on answers that would open it again helps nobody.
  bool const succeeded = result.end == CallResult::End::kAnswered &&
                         result.stretch.value_or(1) <= kTripStretch;
  if (!succeeded) return Open(breaker, settings, result.caller, now);
  breaker.probe.reset();
  breaker.probe_from = now;
  breaker.last_noted = now;
  AddStretch(breaker, result.stretch);
  if (++breaker.successes >= kSuccessesToClose) Close(breaker, now);
}

bool IsCurrentProbe(Breaker const& breaker, CallResult const& result) {
  return breaker.probe && breaker.probe->number == result.probe;
}

}  // namespace

Permission MayCall(Breaker const& breaker, BreakerSettings const& settings,
                   Timestamp now, CallerId const& caller) {
  if (IsPlannedClosed(settings.closures, now)) return Permission::kNo;
  if (breaker.state == BreakerState::kClosed) return Permission::kYes;
  if (now < breaker.probe_from) return Permission::kNo;
  if (breaker.probe) {
    bool const lost = now >= breaker.probe->began + settings.probe_limit;
    return lost ? Permission::kProbe : Permission::kNo;
  }
  bool const asked_of_another = breaker.prober && breaker.prober != caller &&
                                now < breaker.probe_from + settings.probe_limit;
  return asked_of_another ? Permission::kNo : Permission::kProbe;
}

std::optional<Breaker> TakeProbe(Breaker breaker,
                                 BreakerSettings const& settings, Timestamp now,
                                 CallerId const& caller) {
  if (MayCall(breaker, settings, now, caller) != Permission::kProbe) {
    return std::nullopt;
  }
  if (breaker.state != BreakerState::kHalfOpen) {
    breaker.state = BreakerState::kHalfOpen;
    breaker.since = now;
  }
  if (breaker.probe) breaker.successes = 0;
  breaker.probe = Probe{++breaker.probes, caller, now};
  if (settings.connector == Connector::kManual) breaker.prober = caller;
  ++breaker.version;
  return breaker;
}

Breaker NoteResult(Breaker breaker, BreakerSettings const& settings,
                   CallResult const& result, Timestamp now) {
  bool const is_probe = IsCurrentProbe(breaker, result);
  bool const is_usual = breaker.state == BreakerState::kClosed &&
                        result.probe == 0 && result.began >= breaker.since;
  if (!is_probe && !is_usual) return breaker;
  ++breaker.version;
  if (IsPlannedClosed(settings.closures, result.began) ||
      IsPlannedClosed(settings.closures, now)) {
    if (is_probe) breaker.probe.reset();
    return breaker;
  }
  if (is_probe) {
    NoteProbe(breaker, settings, result, now);
  } else {
    NoteUsual(breaker, settings, result, now);
  }
  return breaker;
}

Breaker NotePress(Breaker breaker, BreakerSettings const& settings,
                  StaffPress press, CallerId const& counter, Timestamp now) {
  ++breaker.version;
  breaker.last_noted = now;
  bool const manual = settings.connector == Connector::kManual;
  if (press == StaffPress::kDown) {
    if (breaker.state != BreakerState::kOpen) {
      Open(breaker, settings, counter, now);
    } else if (manual) {
      breaker.prober = counter;
    }
    return breaker;
  }
  Forget(breaker);
  if (press == StaffPress::kSlow) breaker.stretch = settings.slow_stretch;
  if (breaker.state != BreakerState::kClosed && !breaker.probe) {
    breaker.probe_from = now;
    if (manual) breaker.prober = counter;
  }
  return breaker;
}

UpstreamHealth HealthOf(Breaker const& breaker, BreakerSettings const& settings,
                        Timestamp now) {
  if (IsPlannedClosed(settings.closures, now)) {
    return UpstreamHealth::kPlannedClosed;
  }
  switch (breaker.state) {
    case BreakerState::kClosed:
      return breaker.stretch > kDegradedStretch ? UpstreamHealth::kDegraded
                                                : UpstreamHealth::kOk;
    case BreakerState::kOpen:
      return UpstreamHealth::kDown;
    case BreakerState::kHalfOpen:
      return UpstreamHealth::kTrying;
  }
  return UpstreamHealth::kOk;
}

bool IsForgotten(Breaker const& breaker, Timestamp now) {
  if (breaker.state == BreakerState::kClosed) return false;
  auto last = std::max({breaker.since, breaker.last_noted, breaker.probe_from});
  if (breaker.probe) last = std::max(last, breaker.probe->began);
  return now - last > kForgetAfter;
}

}  // namespace madoguchi::renewal
