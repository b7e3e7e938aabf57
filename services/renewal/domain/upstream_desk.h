#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_UPSTREAM_DESK_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_UPSTREAM_DESK_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/base/mutex.h"
#include "services/base/scheduler.h"
#include "services/office/office.h"
#include "services/renewal/domain/breaker.h"
#include "services/renewal/domain/drain.h"
#include "services/renewal/domain/latency_baseline.h"
#include "services/renewal/domain/press.h"
#include "services/renewal/domain/renewal_settings.h"
#include "services/renewal/domain/triage_desk.h"
#include "services/renewal/domain/upstream_store.h"
#include "absl/base/thread_annotations.h"
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace madoguchi::renewal {

/// What the breaker of a city is set to.
BreakerSettings BreakerSettingsOf(RenewalSettings const& settings);

/// A counter as one that calls.
CallerId CallerAt(OfficeId const& office, CounterId const& counter);

/// What the desk works with. None of it is owned; all of it must outlive the
/// desk and every command under way.
struct UpstreamContext {
  City const& city;
  BreakerSettings const& settings;
  UpstreamStore& store;
  /// Office time.
  Clock const& clock;
  /// Machine time.
  Scheduler& scheduler;
};

/// A call of the upstream that has ended.
struct EndedCall {
  using End = CallResult::End;

  End end = End::kAnswered;
  /// As it was asked for with `Ask`.
  CallerId caller;
  Timestamp began;
  /// How long the answer took, if it is one that others are measured by.
  std::optional<std::chrono::milliseconds> latency = std::nullopt;
  /// Whether it was a question asked again.
  bool is_repeat = false;
};

/// What is known of the upstream, at one moment.
struct KnownUpstream {
  UpstreamRecord record;
  UpstreamHealth health = UpstreamHealth::kOk;
  /// When it was last heard; the epoch if never.
  MachineTime heard;
};

/// What a city knows of its upstream, from what staff press and what calls
/// meet, shared by all replicas.
///
/// Thread safe; no method blocks. Each may fail as the store does, and with
/// `CASE_CONTENDED`.
class UpstreamDesk : public UpstreamView {
 public:
  explicit UpstreamDesk(UpstreamContext const& context) : context_(context) {}

  BreakerSettings const& settings() const { return context_.settings; }

  /// `news` is called, on any thread, whenever something else is known. To be
  /// set before the first command.
  void Tell(std::function<void()> news) { news_ = std::move(news); }

  /// A button of staff. Settled once under its request id. Fails as every press
  /// does (renewal_desk.h).
  void PressButton(Press const& press, StaffPress button, MachineTime deadline,
                   Done<UpstreamRecord> done);

  /// Whether `caller` may call at `began`; takes the probe if it is one. The
  /// call is then known by both.
  void Ask(CallerId const& caller, Timestamp began, MachineTime deadline,
           Done<Permission> done);

  /// Notes how a call ended; once under `name`, unless that is empty.
  void Note(EndedCall const& call, std::string const& name,
            MachineTime deadline, Done<std::monostate> done);

  /// Whether a question may be asked again: spends that repeat.
  void SpendRepeat(MachineTime deadline, Done<bool> done);

  /// Whom of `parked` to let come back now (`DrainNow`); nobody unless the
  /// upstream works. Each answer takes its share of the rate, whatever becomes
  /// of it.
  void Release(OfficeId const& office, std::vector<Parked> parked,
               DrainRate const& rate, MachineTime deadline,
               Done<std::vector<CaseId>> done);

  /// Looks what other replicas have settled; once a day of office time, how
  /// long answers usually take as well.
  void Refresh(MachineTime deadline, Done<std::monostate> done);

  /// What `record` says now.
  KnownUpstream KnownFrom(UpstreamRecord record) const;

  /// What is known here: as of the last `Refresh`, and of what was settled here
  /// since.
  KnownUpstream Known() const ABSL_LOCKS_EXCLUDED(mu_);

  /// How that is told before a ticket: an upstream that nobody has tried for
  /// long is slow, not away (`IsForgotten`).
  Upstream Now(OfficeId const& office) const override;

 private:
  void Run(std::optional<Request> request,
           std::function<std::optional<UpstreamRecord>(UpstreamRecord const&)>
               decide,
           std::optional<TookLatency> took, MachineTime deadline,
           Done<UpstreamRecord> done);
  void Learn(UpstreamRecord const& record, bool is_whole)
      ABSL_LOCKS_EXCLUDED(mu_);
  LocalHour HourOf(Timestamp time) const;
  std::optional<double> StretchOfCall(EndedCall const& call) const
      ABSL_LOCKS_EXCLUDED(mu_);

  UpstreamContext const context_;
  std::function<void()> news_ = [] {};

  mutable Mutex mu_;
  UpstreamRecord known_ ABSL_GUARDED_BY(mu_);
  MachineTime heard_ ABSL_GUARDED_BY(mu_);
  LatencyBaseline baseline_ ABSL_GUARDED_BY(mu_);
  /// The day on which the baseline was read.
  std::optional<std::int64_t> baseline_day_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_UPSTREAM_DESK_H
