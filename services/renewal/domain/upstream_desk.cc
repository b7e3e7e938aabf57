#include "services/renewal/domain/upstream_desk.h"
#include "services/base/name_uuid.h"
#include "services/renewal/domain/errors.h"
#include "services/renewal/domain/upstream_command.h"
#include <chrono>
#include <memory>
#include <utility>

namespace madoguchi::renewal {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

// A case at the national terminal takes less, and a clerk who was asked to try
// may have to finish another visit first.
constexpr minutes kManualProbeLimit{10};
// Longer than a call waits for its answer.
constexpr minutes kRpcProbeLimit{2};

char const* CodeOf(StaffPress button) {
  switch (button) {
    case StaffPress::kDown:
      return "down";
    case StaffPress::kSlow:
      return "slow";
    case StaffPress::kWorksAgain:
      return "works-again";
  }
  return "down";
}

// Only the one who took the probe with this call has its number.
std::int64_t ProbeOf(Breaker const& breaker, EndedCall const& call) {
  bool const is_probe = breaker.probe && breaker.probe->caller == call.caller &&
                        breaker.probe->began == call.began;
  return is_probe ? breaker.probe->number : 0;
}

// Of this time of its working; nothing if it has just come back.
std::optional<Timestamp> LastReleaseOf(UpstreamRecord const& record,
                                       OfficeId const& office) {
  auto const found = record.last_release.find(office);
  if (found == record.last_release.end() ||
      found->second < record.breaker.since) {
    return std::nullopt;
  }
  return found->second;
}

}  // namespace

BreakerSettings BreakerSettingsOf(RenewalSettings const& settings) {
  BreakerSettings breaker;
  breaker.closures = settings.closures;
  breaker.connector = settings.connector;
  breaker.probe_limit = settings.connector == Connector::kManual
                            ? kManualProbeLimit
                            : kRpcProbeLimit;
  return breaker;
}

CallerId CallerAt(OfficeId const& office, CounterId const& counter) {
  return {office.value + "/" + counter.value};
}

void UpstreamDesk::PressButton(Press const& press, StaffPress button,
                               MachineTime deadline,
                               Done<UpstreamRecord> done) {
  auto const checked = CheckPress(context_.city, press);
  if (!checked.ok()) return done(checked);
  auto request = ReadRequest(press.request_id, "report-upstream",
                             {press.office.value, press.counter.value,
                              press.staff.value, CodeOf(button)});
  if (!request) return done(error::RequestIdInvalid());
  auto const caller = CallerAt(press.office, press.counter);
  Run(
      std::move(request),
      [this, caller, button](UpstreamRecord record) {
        record.breaker = NotePress(std::move(record.breaker), context_.settings,
                                   button, caller, context_.clock.Now());
        return record;
      },
      {}, deadline, std::move(done));
}

void UpstreamDesk::Ask(CallerId const& caller, Timestamp began,
                       MachineTime deadline, Done<Permission> done) {
  auto const may = std::make_shared<Permission>(Permission::kNo);
  Run(
      std::nullopt,
      [this, caller, began,
       may](UpstreamRecord record) -> std::optional<UpstreamRecord> {
        *may = MayCall(record.breaker, context_.settings, began, caller);
        if (*may != Permission::kProbe) return std::nullopt;
        auto taken = TakeProbe(std::move(record.breaker), context_.settings,
                               began, caller);
        if (!taken) return std::nullopt;
        record.breaker = *std::move(taken);
        return record;
      },
      {}, deadline,
      [may, done = std::move(done)](
          absl::StatusOr<UpstreamRecord> const& record) mutable {
        if (!record.ok()) return done(record.status());
        done(*may);
      });
}

void UpstreamDesk::Note(EndedCall const& call, std::string const& name,
                        MachineTime deadline, Done<std::monostate> done) {
  std::optional<Request> request;
  if (!name.empty()) {
    request = ReadRequest(NameUuid("noted:" + name), "note-call", {name});
  }
  auto const stretch = StretchOfCall(call);
  std::optional<TookLatency> took;
  if (call.end == CallResult::End::kAnswered && call.latency) {
    took = TookLatency{HourOf(call.began), *call.latency};
  }
  Run(
      std::move(request),
      [this, call, stretch](UpstreamRecord record) {
        if (!call.is_repeat) record.budget = NoteCall(record.budget);
        CallResult const result{call.end, call.began, call.caller, stretch,
                                ProbeOf(record.breaker, call)};
        record.breaker =
            NoteResult(std::move(record.breaker), context_.settings, result,
                       context_.clock.Now());
        return record;
      },
      took, deadline,
      [done = std::move(done)](
          absl::StatusOr<UpstreamRecord> const& record) mutable {
        if (!record.ok()) return done(record.status());
        done(std::monostate());
      });
}

void UpstreamDesk::SpendRepeat(MachineTime deadline, Done<bool> done) {
  auto const may = std::make_shared<bool>(false);
  Run(
      std::nullopt,
      [may](UpstreamRecord record) -> std::optional<UpstreamRecord> {
        *may = MayRetry(record.budget);
        if (!*may) return std::nullopt;
        record.budget = NoteRetry(record.budget);
        return record;
      },
      {}, deadline,
      [may, done = std::move(done)](
          absl::StatusOr<UpstreamRecord> const& record) mutable {
        if (!record.ok()) return done(record.status());
        done(*may);
      });
}

void UpstreamDesk::Release(OfficeId const& office, std::vector<Parked> parked,
                           DrainRate const& rate, MachineTime deadline,
                           Done<std::vector<CaseId>> done) {
  auto const released = std::make_shared<std::vector<CaseId>>();
  Run(
      std::nullopt,
      [this, office, parked = std::move(parked), rate,
       released](UpstreamRecord record) -> std::optional<UpstreamRecord> {
        auto const now = context_.clock.Now();
        released->clear();
        if (!IsWorking(HealthOf(record.breaker, context_.settings, now))) {
          return std::nullopt;
        }
        auto drain = DrainNow(parked, now, rate, LastReleaseOf(record, office));
        if (drain.released.empty()) return std::nullopt;
        *released = std::move(drain.released);
        record.last_release[office] = *drain.last_release;
        return record;
      },
      {}, deadline,
      [released, done = std::move(done)](
          absl::StatusOr<UpstreamRecord> const& record) mutable {
        if (!record.ok()) return done(record.status());
        done(std::move(*released));
      });
}

void UpstreamDesk::Refresh(MachineTime deadline, Done<std::monostate> done) {
  context_.store.Look(
      {}, deadline,
      [this, deadline, done = std::move(done)](
          absl::StatusOr<UpstreamLook> const& look) mutable {
        if (!look.ok()) return done(look.status());
        Learn(look->record, /*is_whole=*/true);
        auto const today = HourOf(context_.clock.Now()).day;
        bool const has_read = [&] {
          MutexLock const lock(mu_);
          return baseline_day_ == today;
        }();
        if (has_read) return done(std::monostate());
        context_.store.ReadBaseline(
            deadline, [this, today, done = std::move(done)](
                          absl::StatusOr<LatencyBaseline> baseline) mutable {
              if (!baseline.ok()) return done(baseline.status());
              {
                MutexLock const lock(mu_);
                baseline_ = *std::move(baseline);
                baseline_day_ = today;
              }
              done(std::monostate());
            });
      });
}

KnownUpstream UpstreamDesk::KnownFrom(UpstreamRecord record) const {
  KnownUpstream known;
  known.record = std::move(record);
  known.health =
      HealthOf(known.record.breaker, context_.settings, context_.clock.Now());
  MutexLock const lock(mu_);
  known.heard = heard_;
  return known;
}

KnownUpstream UpstreamDesk::Known() const {
  auto record = [this] {
    MutexLock const lock(mu_);
    return known_;
  }();
  return KnownFrom(std::move(record));
}

Upstream UpstreamDesk::Now(OfficeId const&) const {
  auto const known = Known();
  switch (known.health) {
    case UpstreamHealth::kOk:
      return Upstream::kOk;
    case UpstreamHealth::kDegraded:
      return Upstream::kSlow;
    case UpstreamHealth::kDown:
    case UpstreamHealth::kTrying:
      return IsForgotten(known.record.breaker, context_.clock.Now())
                 ? Upstream::kSlow
                 : Upstream::kUnavailable;
    case UpstreamHealth::kPlannedClosed:
      return Upstream::kUnavailable;
  }
  return Upstream::kOk;
}

void UpstreamDesk::Run(
    std::optional<Request> request,
    std::function<std::optional<UpstreamRecord>(UpstreamRecord const&)> decide,
    std::optional<TookLatency> took, MachineTime deadline,
    Done<UpstreamRecord> done) {
  RunUpstreamCommand(
      context_.store, context_.scheduler, request.value_or(Request()),
      [decide = std::move(decide),
       took](UpstreamRecord const& seen) -> std::optional<UpstreamDecision> {
        auto after = decide(seen);
        // What changes nothing need not be told to anybody.
        if (!after || (*after == seen && !took)) return std::nullopt;
        return UpstreamDecision{*std::move(after), took};
      },
      deadline,
      [this,
       done = std::move(done)](absl::StatusOr<UpstreamRecord> record) mutable {
        if (record.ok()) Learn(*record, /*is_whole=*/false);
        done(std::move(record));
      });
}

// A look is the whole truth, even if the store has lost something; the answer
// to a command may be older than what is known.
void UpstreamDesk::Learn(UpstreamRecord const& record, bool is_whole) {
  bool is_news = false;
  {
    MutexLock const lock(mu_);
    if (is_whole) heard_ = context_.scheduler.Now();
    if (!is_whole && record.version <= known_.version) return;
    is_news = record.breaker != known_.breaker;
    known_ = record;
  }
  if (is_news) news_();
}

LocalHour UpstreamDesk::HourOf(Timestamp time) const {
  auto const local = LocalTimeIn(context_.settings.closures.time_zone, time);
  return {std::chrono::sys_days(local.date).time_since_epoch().count(),
          static_cast<int>(local.since_midnight / std::chrono::hours(1))};
}

std::optional<double> UpstreamDesk::StretchOfCall(EndedCall const& call) const {
  if (!call.latency) return std::nullopt;
  MutexLock const lock(mu_);
  return StretchOf(baseline_, HourOf(call.began), *call.latency);
}

}  // namespace madoguchi::renewal
