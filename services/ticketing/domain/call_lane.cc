#include "services/ticketing/domain/call_lane.h"
#include "services/base/jitter.h"
#include "services/base/status_macros.h"
#include "services/ticketing/domain/counter_life.h"
#include "services/ticketing/domain/day_change.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/domain/life.h"
#include "services/ticketing/domain/queues.h"
#include "services/ticketing/domain/settlement.h"
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <optional>
#include <utility>
#include <variant>

namespace madoguchi::ticketing {
namespace {

// Bounds one look: it reads this many heads of every service.
constexpr std::size_t kLargestBatch = 16;

// A call of `choice`, or of nobody, at `counter`.
absl::StatusOr<Settlement> SettleCall(CallPress const& press,
                                      Office const& office,
                                      Counter const& counter, Hall const& hall,
                                      std::optional<Choice> const& choice,
                                      Timestamp now) {
  Settlement settlement;
  settlement.request = press.request;
  settlement.hall = hall;
  if (!choice) {
    // Settled too, and only if it is still true. Otherwise a second copy of
    // this press, still on its way, could call a visitor to a clerk who was
    // told that nobody waits.
    settlement.outcome.reason = CodeOf(CallReason::kNobodyWaits);
    settlement.counter = Change<Counter>{counter, counter};
    for (auto const& queue : QueuesOf(office, *press.counter)) {
      settlement.lengths.push_back({queue});
    }
    return settlement;
  }
  MADOGUCHI_ASSIGN_OR_RETURN(auto const occupied,
                             life::Occupy(counter, choice->ticket.id));
  MADOGUCHI_ASSIGN_OR_RETURN(
      auto const called, life::Call(choice->ticket, press.counter->id, now));
  settlement.outcome.ticket = called;
  settlement.outcome.reason = CodeOf(choice->reason);
  settlement.counter = Change<Counter>{counter, occupied};
  settlement.ticket = Change<Ticket>{choice->ticket, called};
  settlement.call =
      CallGuard{OthersServed(office, *press.counter, QueueOf(choice->ticket)),
                office.call_policy.overtaking_limit};
  // Whoever was sent to this counter since the look goes first.
  auto const own = CounterQueue(counter.id);
  if (QueueOf(choice->ticket) != own) settlement.lengths = {{own}};
  settlement.event = Event{.sequence = 0,
                           .kind = EventKind::kTicketCalled,
                           .day = hall.day,
                           .time = now,
                           .ticket = called,
                           .counter = occupied,
                           .staff = counter.staff,
                           .reason = settlement.outcome.reason,
                           .waited_in = {},
                           .at = counter.id,
                           .device = press.device};
  FillIn(office, settlement);
  return settlement;
}

}  // namespace

// Presses that go together. `open` counts those not answered yet, plus one
// while they are being sent.
struct CallLane::Batch {
  std::vector<CallPress> presses;
  LookQuery query;
  Timestamp now;
  std::atomic<std::size_t> open{0};
  // Presses that a rival beat; they go again.
  Mutex mu;
  std::vector<CallPress> beaten ABSL_GUARDED_BY(mu);

  // What is done for all must not fail because one is out of time.
  MachineTime LatestDeadline() const {
    return std::max_element(presses.begin(), presses.end(),
                            [](auto const& a, auto const& b) {
                              return a.deadline < b.deadline;
                            })
        ->deadline;
  }
};

void CallLane::Call(CallPress press) {
  {
    MutexLock lock(mu_);
    waiting_.push_back(std::move(press));
    if (running_) return;
    running_ = true;
  }
  Start();
}

void CallLane::Start() {
  auto batch = std::make_shared<Batch>();
  {
    MutexLock lock(mu_);
    // A counter goes once in a batch: what a second press of it decides depends
    // on how the first is settled.
    for (auto at = waiting_.begin();
         at != waiting_.end() && batch->presses.size() != kLargestBatch;) {
      bool const twice = std::any_of(
          batch->presses.begin(), batch->presses.end(),
          [&](CallPress const& other) { return other.counter == at->counter; });
      if (twice) {
        ++at;
        continue;
      }
      batch->presses.push_back(std::move(*at));
      at = waiting_.erase(at);
    }
    if (batch->presses.empty()) {
      running_ = false;
      return;
    }
  }
  for (auto const& press : batch->presses) {
    batch->query.requests.push_back(press.request.id);
    batch->query.counters.push_back(press.counter->id);
    for (auto& queue : QueuesOf(office_, *press.counter)) {
      auto& queues = batch->query.queues;
      if (std::find(queues.begin(), queues.end(), queue) == queues.end()) {
        queues.push_back(std::move(queue));
      }
    }
  }
  batch->query.depth = static_cast<int>(batch->presses.size());
  Look(batch);
}

void CallLane::Look(std::shared_ptr<Batch> const& batch) {
  batch->now = context_.clock.Now();
  batch->query.hall = context_.HallAt(office_, batch->now);
  context_.store.Look(batch->query, batch->LatestDeadline(),
                      [self = shared_from_this(), batch](auto view) {
                        self->Looked(batch, std::move(view));
                      });
}

void CallLane::Fail(std::shared_ptr<Batch> const& batch,
                    absl::Status const& status) {
  if (IsDayAboutToChange(office_, status, batch->now)) {
    {
      MutexLock lock(batch->mu);
      batch->beaten = std::move(batch->presses);
    }
    return Finish(batch);
  }
  if (auto const hall = DayToPrepare(status)) {
    return PrepareDay(context_, office_, hall->day, batch->LatestDeadline(),
                      [self = shared_from_this(),
                       batch](absl::StatusOr<std::monostate> const& prepared) {
                        if (prepared.ok()) return self->Look(batch);
                        self->Fail(batch, prepared.status());
                      });
  }
  for (auto& press : batch->presses) press.done(status);
  Finish(batch);
}

void CallLane::Looked(std::shared_ptr<Batch> const& batch,
                      absl::StatusOr<View> view) {
  if (!view.ok()) return Fail(batch, view.status());
  batch->open = batch->presses.size() + 1;
  auto const answered = [this, batch] {
    if (--batch->open == 0) Finish(batch);
  };
  for (std::size_t i = 0; i != batch->presses.size(); ++i) {
    auto& press = batch->presses[i];
    auto const decide = [&]() -> absl::StatusOr<std::optional<Settlement>> {
      MADOGUCHI_ASSIGN_OR_RETURN(
          auto const repeat, OutcomeOfRepeat(press.request, view->requests[i]));
      if (repeat) {
        press.done(*repeat);
        return std::optional<Settlement>();
      }
      auto const& counter = view->counters[i];
      MADOGUCHI_RETURN_IF_ERROR(life::CheckSession(counter, press.session));
      MADOGUCHI_RETURN_IF_ERROR(life::CheckFree(counter));
      auto const choice =
          ChooseNext(office_, *press.counter, view->queues, batch->now);
      if (choice) {
        TakeCalled(office_, *press.counter, choice->ticket, view->queues);
      }
      MADOGUCHI_ASSIGN_OR_RETURN(
          auto settlement, SettleCall(press, office_, counter,
                                      batch->query.hall, choice, batch->now));
      return std::optional(std::move(settlement));
    };
    auto settlement = decide();
    if (!settlement.ok() || !*settlement) {
      if (!settlement.ok()) press.done(settlement.status());
      answered();
      continue;
    }
    context_.store.Settle(
        **settlement, press.deadline,
        [self = shared_from_this(), batch, answered,
         &press](absl::StatusOr<Settled> const& settled) {
          if (absl::IsAborted(settled.status()) ||
              DayToPrepare(settled.status()) ||
              IsDayAboutToChange(self->office_, settled.status(), batch->now)) {
            MutexLock lock(batch->mu);
            batch->beaten.push_back(std::move(press));
          } else if (!settled.ok()) {
            press.done(settled.status());
          } else {
            auto outcome = OutcomeOfRepeat(press.request, settled->request);
            if (outcome.ok()) {
              press.done(**std::move(outcome));
            } else {
              press.done(outcome.status());
            }
          }
          answered();
        });
  }
  answered();
}

void CallLane::Finish(std::shared_ptr<Batch> const& batch) {
  std::vector<CallPress> beaten;
  {
    MutexLock lock(batch->mu);
    beaten.swap(batch->beaten);
  }
  if (beaten.empty()) return Start();
  auto const pause =
      Jitter(std::chrono::milliseconds(1), std::chrono::milliseconds(5));
  auto const resume = context_.scheduler.Now() + pause;
  std::vector<CallPress> again;
  for (auto& press : beaten) {
    if (resume < press.deadline) {
      again.push_back(std::move(press));
    } else {
      press.done(error::QueueContended());
    }
  }
  {
    MutexLock lock(mu_);
    // Those that were beaten came first.
    for (auto press = again.rbegin(); press != again.rend(); ++press) {
      waiting_.push_front(std::move(*press));
    }
  }
  if (again.empty()) return Start();
  context_.scheduler.After(pause,
                           [self = shared_from_this()] { self->Start(); });
}

}  // namespace madoguchi::ticketing
