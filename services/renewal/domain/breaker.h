#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_BREAKER_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_BREAKER_H

#include "services/base/clock.h"
#include "services/base/strong_id.h"
#include "services/renewal/domain/connector.h"
#include "services/renewal/domain/planned_closures.h"
#include <chrono>
#include <cstdint>
#include <optional>

// Whether the upstream is worth calling (queueing.md 3.4): what one counter
// learns spares all others the wait. Pure: an adapter keeps the record, shared
// by all replicas, and writes a new one only over the version it was made from.
namespace madoguchi::renewal {

/// Who calls: a counter if clerks do it by hand, a replica if a link does.
using CallerId = StrongId<struct CallerTag>;

/// What a city sets. The same for all replicas.
struct BreakerSettings {
  PlannedClosures closures;
  Connector connector = Connector::kRpc;
  /// Of the jitter of waits.
  std::uint64_t seed = 0;
  /// After so long without an answer a probe is taken for lost; in `kManual`,
  /// longer than a case takes.
  std::chrono::seconds probe_limit{60};
  /// What "slow" means when staff say it.
  double slow_stretch = 2;
};

enum class BreakerState {
  /// Everybody calls.
  kClosed,
  /// Nobody calls until `probe_from`.
  kOpen,
  /// One probe at a time.
  kHalfOpen,
};

/// A call that is to show whether the upstream is back.
struct Probe {
  /// From 1 on; never used for another.
  std::int64_t number = 0;
  CallerId caller;
  Timestamp began;

  friend bool operator==(Probe const&, Probe const&) = default;
};

/// What is known of the upstream. Times are office time.
struct Breaker {
  /// Grows with each change.
  std::int64_t version = 0;
  BreakerState state = BreakerState::kClosed;
  /// Since when `state` is so; the epoch if it always was.
  Timestamp since = {};

  /// The last calls, at most ten: bit 0 is the last, 1 says that it failed.
  std::uint32_t recent_failed = 0;
  int recent = 0;
  /// EWMA of log z and of z (factor 0.2); 0 and 1 are as usual.
  double log_stretch = 0;
  double stretch = 1;
  /// Calls since the last that succeeded, and when the first of them began.
  int tries = 0;
  Timestamp first_try = {};
  /// When a call or a button was noted last.
  Timestamp last_noted = {};

  /// Times it opened without closing in between.
  int trips = 0;
  /// From when on a probe may go.
  Timestamp probe_from = {};
  /// The probe under way.
  std::optional<Probe> probe = std::nullopt;
  /// The number of the last probe.
  std::int64_t probes = 0;
  /// Probes that succeeded in a row.
  int successes = 0;
  /// Which counter is asked for the probe; `kManual` alone.
  std::optional<CallerId> prober = std::nullopt;

  friend bool operator==(Breaker const&, Breaker const&) = default;
};

/// How a call ended. A refusal is an answer like any other.
struct CallResult {
  enum class End { kAnswered, kFailed, kTimedOut };
  End end = End::kAnswered;
  Timestamp began;
  CallerId caller;
  /// z of an answer (`StretchOf`), above 0; nothing if what is usual is not
  /// known.
  std::optional<double> stretch = std::nullopt;
  /// `Probe::number` if the call was one, else 0.
  std::int64_t probe = 0;
};

enum class Permission { kYes, kNo, kProbe };

/// Whether `caller` may call now. On `kProbe` it must first write what
/// `TakeProbe` answers; whoever loses that race looks again.
///
/// Never while the upstream is shut as planned. In `kManual` the counter that
/// was named has `probe_limit` to take the probe before others may.
Permission MayCall(Breaker const& breaker, BreakerSettings const& settings,
                   Timestamp now, CallerId const& caller);

/// Gives the probe to `caller`: HALF_OPEN. Nothing unless `MayCall` says
/// `kProbe`. A probe that was never answered is replaced, and what succeeded
/// before it no longer counts.
std::optional<Breaker> TakeProbe(Breaker breaker,
                                 BreakerSettings const& settings, Timestamp now,
                                 CallerId const& caller);

/// The breaker after a call.
///
/// Opens if 5 of the last 10 calls failed or timed out, if the EWMA of log z is
/// above log 3, or if nothing succeeded for 2 minutes in which at least 3 calls
/// were made. Waits for the first probe 60, 120, 240.. to 960 s, each 20% more
/// or less. A probe that fails, or is answered later than three times the
/// usual, opens it anew; the third in a row that is not closes it.
///
/// Half an hour without a call makes what went before count for nothing. Calls
/// that touch a planned closure, those that began before it opened, and probes
/// that were replaced, count for nothing either.
Breaker NoteResult(Breaker breaker, BreakerSettings const& settings,
                   CallResult const& result, Timestamp now);

/// The buttons of staff.
enum class StaffPress { kDown, kSlow, kWorksAgain };

/// The breaker after staff at `counter` pressed a button: the same breaker, so
/// what staff see and what calls meet cannot contradict each other.
///
/// "Down" opens it, and a second press while it is open changes nothing but who
/// is asked for the probe and when somebody was heard last. "Slow" makes it
/// DEGRADED. "Works again" makes it as usual. When it is open, both of these
/// let a probe go at once, and in `kManual` ask `counter` for it.
Breaker NotePress(Breaker breaker, BreakerSettings const& settings,
                  StaffPress press, CallerId const& counter, Timestamp now);

/// What people are told.
enum class UpstreamHealth {
  kOk,
  /// Slower than one and a half times the usual; see `Breaker::stretch`.
  kDegraded,
  kDown,
  /// Down, and being tried.
  kTrying,
  kPlannedClosed,
};

/// Whether it is worth calling.
constexpr bool IsWorking(UpstreamHealth health) {
  return health == UpstreamHealth::kOk || health == UpstreamHealth::kDegraded;
}

UpstreamHealth HealthOf(Breaker const& breaker, BreakerSettings const& settings,
                        Timestamp now);

/// Whether it is open and nobody has tried for half an hour, nor pressed a
/// button: as on the morning after. Whoever turns visitors away for it must
/// stop then, or nobody comes with whom it could be tried.
bool IsForgotten(Breaker const& breaker, Timestamp now);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_BREAKER_H
