#include "services/ticketing/domain/look_decide_settle.h"
#include "services/base/error.h"
#include "services/base/jitter.h"
#include "services/ticketing/domain/errors.h"
#include <chrono>
#include <memory>
#include <utility>
#include <variant>

namespace madoguchi::ticketing {
namespace {

// One command under way. Keeps itself alive through the callbacks it hands out.
class Command : public std::enable_shared_from_this<Command> {
 public:
  Command(DeskContext const& context, Office const& office, Request request,
          LookQuery query, Decide decide, MachineTime deadline,
          Done<Outcome> done)
      : context_(context),
        office_(office),
        request_(std::move(request)),
        query_(std::move(query)),
        decide_(std::move(decide)),
        deadline_(deadline),
        done_(std::move(done)) {
    query_.requests = {request_.id};
  }

  void Look() {
    now_ = context_.clock.Now();
    query_.hall = context_.HallAt(office_, now_);
    context_.store.Look(query_, deadline_,
                        [self = shared_from_this()](absl::StatusOr<View> view) {
                          self->Looked(std::move(view));
                        });
  }

 private:
  void Looked(absl::StatusOr<View> const& view) {
    if (IsDayNotOpen(view.status())) return OpenDay();
    if (!view.ok()) return done_(view.status());
    auto repeat = OutcomeOfRepeat(request_, view->requests.front());
    if (!repeat.ok()) return done_(repeat.status());
    if (*repeat) return done_(**std::move(repeat));
    auto settlement = decide_(*view, query_.hall, now_);
    if (!settlement.ok()) return done_(settlement.status());
    context_.store.Settle(
        *settlement, deadline_,
        [self = shared_from_this()](absl::StatusOr<Settled> settled) {
          self->Settle(std::move(settled));
        });
  }

  void OpenDay() {
    context_.store.OpenDay(
        query_.hall, now_, deadline_,
        [self = shared_from_this()](absl::StatusOr<std::monostate> opened) {
          if (!opened.ok()) return self->done_(opened.status());
          self->Look();
        });
  }

  void Settle(absl::StatusOr<Settled> const& settled) {
    if (absl::IsAborted(settled.status())) return LookAgain();
    if (IsDayNotOpen(settled.status())) return OpenDay();
    if (!settled.ok()) return done_(settled.status());
    auto outcome = OutcomeOfRepeat(request_, settled->request);
    if (!outcome.ok()) return done_(outcome.status());
    done_(**std::move(outcome));
  }

  void LookAgain() {
    auto const pause =
        Jitter(std::chrono::milliseconds(1), std::chrono::milliseconds(5));
    if (context_.scheduler.Now() + pause >= deadline_) {
      return done_(error::QueueContended());
    }
    context_.scheduler.After(pause,
                             [self = shared_from_this()] { self->Look(); });
  }

  DeskContext const context_;
  Office const& office_;
  Request const request_;
  LookQuery query_;
  Decide decide_;
  MachineTime const deadline_;
  Done<Outcome> done_;
  Timestamp now_;
};

}  // namespace

bool IsDayNotOpen(absl::Status const& status) {
  return absl::IsFailedPrecondition(status) &&
         GetErrorInfo(status).reason == "DAY_NOT_OPEN";
}

void LookDecideSettle(DeskContext const& context, Office const& office,
                      Request const& request, LookQuery query, Decide decide,
                      MachineTime deadline, Done<Outcome> done) {
  std::make_shared<Command>(context, office, request, std::move(query),
                            std::move(decide), deadline, std::move(done))
      ->Look();
}

}  // namespace madoguchi::ticketing
