#include "services/certification_authority/domain/authority_desk.h"
#include "services/certification_authority/domain/errors.h"
#include <algorithm>
#include <utility>

namespace madoguchi::certification_authority {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kNow{0};

}  // namespace

AuthorityDesk::AuthorityDesk(Weather weather, Options const& options,
                             Clock const& clock, Scheduler& scheduler,
                             IssuanceLedger& ledger)
    : weather_(std::move(weather)),
      options_(options),
      clock_(clock),
      scheduler_(scheduler),
      ledger_(ledger) {}

void AuthorityDesk::Issue(Order order, MachineTime deadline,
                          absl::AnyInvocable<bool()> still_waits,
                          Done<Issuance> done) {
  scheduler_.After(kNow, [this, order = std::move(order), deadline,
                          still_waits = std::move(still_waits),
                          done = std::move(done)]() mutable {
    auto const fate = NextFate();
    auto act = [this, order, refusal = fate.refusal,
                still_waits = std::move(still_waits)]() mutable {
      if (!still_waits()) {
        return absl::StatusOr<Issuance>(error::DeadlineExceeded());
      }
      return ledger_.Decide(order, refusal, clock_.Now());
    };
    Begin({deadline, fate, std::move(act), std::move(done), std::move(order)});
  });
}

void AuthorityDesk::Get(AttemptId attempt, MachineTime deadline,
                        Done<Issuance> done) {
  scheduler_.After(kNow, [this, attempt = std::move(attempt), deadline,
                          done = std::move(done)]() mutable {
    Begin({deadline, NextFate(),
           [this, attempt = std::move(attempt)] { return Find(attempt); },
           std::move(done), std::nullopt});
  });
}

AuthorityStatus AuthorityDesk::Status() const {
  auto const now = clock_.Now();
  return {ConditionsAt(weather_, now), ConditionsSince(weather_, now)};
}

void AuthorityDesk::List(std::int64_t after, std::size_t limit,
                         Done<std::vector<Issuance>> done) {
  scheduler_.After(kNow,
                   [this, after, limit, done = std::move(done)]() mutable {
                     if (stopping_) return done(error::ServerStopping());
                     done(ledger_.List(after, limit));
                   });
}

void AuthorityDesk::Count(std::size_t again_limit, Done<Totals> done) {
  scheduler_.After(kNow, [this, again_limit, done = std::move(done)]() mutable {
    if (stopping_) return done(error::ServerStopping());
    done(Totals{ledger_.Count(), ledger_.IssuedAgain(again_limit)});
  });
}

void AuthorityDesk::Stop() {
  scheduler_.After(kNow, [this] {
    stopping_ = true;
    for (auto& [id, call] : std::exchange(calls_, {})) {
      call.done(error::ServerStopping());
    }
  });
}

Fate AuthorityDesk::NextFate() {
  auto const now = clock_.Now();
  nth_ = now == last_now_ ? nth_ + 1 : 0;
  last_now_ = now;
  return FateOf(weather_, now, working_, Chance(options_.seed, now, nth_));
}

void AuthorityDesk::Begin(Call call) {
  if (stopping_) return call.done(error::ServerStopping());
  if (call.fate.end == Fate::End::kClosed) {
    return call.done(error::AuthorityClosed());
  }
  auto const left = std::max(
      kNow, std::chrono::ceil<milliseconds>(call.deadline - scheduler_.Now()));
  auto wait = std::chrono::ceil<milliseconds>(
      std::chrono::duration<double, std::milli>(call.fate.delay) /
      options_.office_speed);
  call.works = call.fate.end != Fate::End::kHangs;
  if (!call.works || wait > left) wait = left;
  if (call.works) ++working_;
  auto const id = ++last_call_;
  calls_.emplace(id, std::move(call));
  scheduler_.After(wait, [this, id] { End(id); });
}

void AuthorityDesk::End(std::int64_t id) {
  auto const at = calls_.find(id);
  // Ended by `Stop`.
  if (at == calls_.end()) return;
  auto call = std::move(at->second);
  calls_.erase(at);
  if (call.works) --working_;
  bool const late = scheduler_.Now() >= call.deadline;
  if (call.fate.end == Fate::End::kHangs || late) {
    return call.done(error::DeadlineExceeded());
  }
  if (call.fate.end == Fate::End::kFails) {
    return call.done(error::AuthorityUnavailable());
  }
  auto answer = call.act();
  if (call.fate.end == Fate::End::kAnswerLost) {
    return call.done(error::AuthorityUnavailable());
  }
  call.done(std::move(answer));
}

absl::StatusOr<Issuance> AuthorityDesk::Find(AttemptId const& attempt) const {
  if (auto issuance = ledger_.Find(attempt)) return *issuance;
  for (auto const& [id, call] : calls_) {
    if (call.order && call.order->attempt == attempt) {
      return Issuance{.order = *call.order};
    }
  }
  return error::IssuanceNotFound(attempt);
}

}  // namespace madoguchi::certification_authority
