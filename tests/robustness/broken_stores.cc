#include "tests/robustness/broken_stores.h"
#include "services/base/mutex.h"
#include "services/ticketing/domain/errors.h"
#include "tests/support/passing_store.h"
#include <atomic>
#include <chrono>
#include <utility>

namespace madoguchi::robustness {
namespace {

using ticketing::EventKind;
using ticketing::EventPage;
using ticketing::IssueOrder;
using ticketing::LookQuery;
using ticketing::Passing;
using ticketing::Settled;
using ticketing::Settlement;
using ticketing::TicketState;
using ticketing::TicketStore;
using ticketing::View;

// Loses replies.
class ForgetfulMessenger : public Passing {
 public:
  using Passing::Passing;
  void Issue(IssueOrder const& order, MachineTime deadline,
             Done<Settled> done) override {
    Passing::Issue(order, deadline, MayLose(std::move(done)));
  }
  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) override {
    Passing::Settle(settlement, deadline, MayLose(std::move(done)));
  }

 private:
  Done<Settled> MayLose(Done<Settled> done) {
    if (!EveryNth(23)) return done;
    return [done = std::move(done)](absl::StatusOr<Settled> const&) mutable {
      done(ticketing::error::StoreUnavailable("the reply was lost"));
    };
  }
};

// Answers the ticket last called to one counter to another counter too.
class DoubleCall : public Passing {
 public:
  using Passing::Passing;
  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) override {
    if (!settlement.call) {
      return Passing::Settle(settlement, deadline, std::move(done));
    }
    {
      MutexLock lock(mu_);
      if (last_ && EveryNth(29)) {
        auto copy = *last_;
        copy.request.command = settlement.request.command;
        copy.sequence = 0;
        return done(std::move(copy));
      }
    }
    Passing::Settle(settlement, deadline,
                    [this, done = std::move(done)](auto settled) mutable {
                      if (settled.ok()) {
                        MutexLock lock(mu_);
                        last_ = *settled;
                      }
                      done(std::move(settled));
                    });
  }

 private:
  Mutex mu_;
  std::optional<Settled> last_ ABSL_GUARDED_BY(mu_);
};

// Does not keep that the counter has a ticket now: its next press calls
// another.
class ForgetsCounters : public Passing {
 public:
  using Passing::Passing;
  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) override {
    auto broken = settlement;
    if (broken.call) broken.counter.reset();
    Passing::Settle(broken, deadline, std::move(done));
  }
};

// Acknowledges a number without keeping it.
class LostAcknowledged : public Passing {
 public:
  using Passing::Passing;
  void Issue(IssueOrder const& order, MachineTime deadline,
             Done<Settled> done) override {
    if (!EveryNth(31)) return Passing::Issue(order, deadline, std::move(done));
    Settled settled;
    settled.request.command = order.request.command;
    auto& ticket = settled.request.outcome.ticket.emplace();
    auto const serial = 90'000 + ++lost_;
    ticket.id =
        ticketing::MakeTicketId(order.hall.day, order.series.id, serial);
    ticket.number = ticketing::NumberOf(order.series, serial);
    ticket.service = order.service;
    ticket.language = order.language;
    done(std::move(settled));
  }

 private:
  std::atomic<std::int64_t> lost_{0};
};

// Does every copy of a press anew.
class ForgetsRequests : public Passing {
 public:
  using Passing::Passing;
  void Issue(IssueOrder const& order, MachineTime deadline,
             Done<Settled> done) override {
    auto broken = order;
    broken.request.id = Another(order.request.id);
    Passing::Issue(broken, deadline, std::move(done));
  }

 private:
  RequestId Another(RequestId const& id) {
    return {id.value + "-" + std::to_string(++copies_)};
  }

  std::atomic<std::int64_t> copies_{0};
};

// Now and then shows queues without their heads, and does not check heads.
class SkipsHead : public Passing {
 public:
  using Passing::Passing;
  void Look(LookQuery const& query, MachineTime deadline,
            Done<View> done) override {
    if (query.queues.empty() || !EveryNth(11)) {
      return Passing::Look(query, deadline, std::move(done));
    }
    auto deeper = query;
    ++deeper.depth;
    Passing::Look(deeper, deadline,
                  [done = std::move(done)](absl::StatusOr<View> view) mutable {
                    if (!view.ok()) return done(view.status());
                    for (auto& queue : view->queues) {
                      if (queue.first.size() < 2) continue;
                      queue.first.erase(queue.first.begin());
                    }
                    done(std::move(view));
                  });
  }
  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) override {
    auto broken = settlement;
    broken.call.reset();
    Passing::Settle(broken, deadline, std::move(done));
  }
};

// Does not count overtakes.
class IgnoresOvertakes : public Passing {
 public:
  using Passing::Passing;
  void Look(LookQuery const& query, MachineTime deadline,
            Done<View> done) override {
    Passing::Look(query, deadline,
                  [done = std::move(done)](absl::StatusOr<View> view) mutable {
                    if (!view.ok()) return done(view.status());
                    for (auto& queue : view->queues) {
                      for (auto& each : queue.first) each.overtakes = 0;
                    }
                    done(std::move(view));
                  });
  }
  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) override {
    auto broken = settlement;
    if (broken.call) broken.call->limit = 1'000'000;
    Passing::Settle(broken, deadline, std::move(done));
  }
};

// Leaves entries out of the log.
class GapsInLog : public Passing {
 public:
  using Passing::Passing;
  void ReadLog(OfficeId const& office, std::int64_t after, int limit,
               MachineTime deadline, Done<EventPage> done) override {
    Passing::ReadLog(
        office, after, limit, deadline,
        [done = std::move(done)](absl::StatusOr<EventPage> page) mutable {
          if (page.ok()) {
            std::erase_if(page->events, [](auto const& event) {
              return event.sequence % 97 == 0;
            });
          }
          done(std::move(page));
        });
  }
};

// Issues the number of the ticket before once more.
class ReissuesNumbers : public Passing {
 public:
  using Passing::Passing;
  void Issue(IssueOrder const& order, MachineTime deadline,
             Done<Settled> done) override {
    auto broken = order;
    if (EveryNth(37)) --broken.series.first;
    Passing::Issue(broken, deadline, std::move(done));
  }
};

// Remembers a press, but not exactly what it answered.
class AnswersAnew : public Passing {
 public:
  using Passing::Passing;
  void Issue(IssueOrder const& order, MachineTime deadline,
             Done<Settled> done) override {
    Passing::Issue(order, deadline,
                   [done = std::move(done)](auto settled) mutable {
                     if (settled.ok() && settled->sequence == 0 &&
                         settled->request.outcome.ticket) {
                       ++settled->request.outcome.ticket->version;
                     }
                     done(std::move(settled));
                   });
  }
};

// Settles "nobody waits" though somebody does.
class ForgetsQueues : public Passing {
 public:
  using Passing::Passing;
  void Look(LookQuery const& query, MachineTime deadline,
            Done<View> done) override {
    if (query.queues.empty() || !EveryNth(13)) {
      return Passing::Look(query, deadline, std::move(done));
    }
    Passing::Look(query, deadline,
                  [done = std::move(done)](absl::StatusOr<View> view) mutable {
                    if (!view.ok()) return done(view.status());
                    for (auto& queue : view->queues) {
                      queue.length = 0;
                      queue.first.clear();
                    }
                    done(std::move(view));
                  });
  }
  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) override {
    auto broken = settlement;
    broken.lengths.clear();
    Passing::Settle(broken, deadline, std::move(done));
  }
};

// Changes a ticket without a word in the log.
class WritesBesideTheLog : public Passing {
 public:
  using Passing::Passing;
  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) override {
    auto broken = settlement;
    bool const ends =
        broken.ticket && broken.ticket->after.state == TicketState::kCompleted;
    if (ends && EveryNth(7)) broken.event.reset();
    Passing::Settle(broken, deadline, std::move(done));
  }
};

// Lets things happen before their time.
class FiresEarly : public Passing {
 public:
  using Passing::Passing;
  void LookDue(OfficeId const& office, Timestamp now, int limit,
               MachineTime deadline, Done<ticketing::DueView> done) override {
    Passing::LookDue(office, now + std::chrono::minutes(1), limit, deadline,
                     std::move(done));
  }
};

// Forgets what is to happen by itself.
class ForgetsDue : public Passing {
 public:
  using Passing::Passing;
  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) override {
    auto broken = settlement;
    broken.due.set.clear();
    Passing::Settle(broken, deadline, std::move(done));
  }
};

// Changes a ticket that an event of one kind says something of.
template <EventKind kKind>
class MovesInOrder : public Passing {
 public:
  using Passing::Passing;
  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) override {
    auto broken = settlement;
    if (broken.event && broken.event->kind == kKind) {
      ++broken.ticket->after.rank.ms;
      broken.event->ticket = broken.ticket->after;
    }
    Passing::Settle(broken, deadline, std::move(done));
  }
};

// Sends people to the other office, where they do not arrive.
class LosesArrivals : public Passing {
 public:
  using Passing::Passing;
  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) override {
    auto broken = settlement;
    bool const moves =
        broken.event && broken.event->kind == EventKind::kTicketMoved;
    if (moves && EveryNth(2)) broken.issue.reset();
    Passing::Settle(broken, deadline, std::move(done));
  }
};

// Calls others before those sent to one counter alone.
class ForgetsOwnQueues : public Passing {
 public:
  using Passing::Passing;
  void Look(LookQuery const& query, MachineTime deadline,
            Done<View> done) override {
    Passing::Look(query, deadline,
                  [done = std::move(done)](absl::StatusOr<View> view) mutable {
                    if (!view.ok()) return done(view.status());
                    for (auto& queue : view->queues) {
                      if (queue.queue.value.starts_with('@')) {
                        queue.first.clear();
                      }
                    }
                    done(std::move(view));
                  });
  }
  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) override {
    auto broken = settlement;
    broken.lengths.clear();
    Passing::Settle(broken, deadline, std::move(done));
  }
};

// Logs a call once more, at another counter.
class CallsTwice : public Passing {
 public:
  using Passing::Passing;
  void ReadLog(OfficeId const& office, std::int64_t after, int limit,
               MachineTime deadline, Done<EventPage> done) override {
    Passing::ReadLog(
        office, after, limit, deadline,
        [done = std::move(done)](absl::StatusOr<EventPage> page) mutable {
          if (page.ok()) CallTwice(*page);
          done(std::move(page));
        });
  }

 private:
  // In place of the entry behind the last call of a page.
  static void CallTwice(EventPage& page) {
    for (auto at = page.events.size(); at-- > 1;) {
      auto const& call = page.events[at - 1];
      if (call.kind != EventKind::kTicketCalled) continue;
      auto again = call;
      ++again.sequence;
      ++again.ticket->version;
      again.ticket->counter = {call.ticket->counter.value == "1" ? "2" : "1"};
      page.events[at] = again;
      return;
    }
  }
};

template <typename Broken>
std::unique_ptr<TicketStore> Make(TicketStore& good) {
  return std::make_unique<Broken>(good);
}

}  // namespace

std::vector<BrokenStore> BrokenStores() {
  return {
      {"DoubleCall", Fault::kSharedAnswer, Make<DoubleCall>},
      {"ForgetsCounters", Fault::kTwoAtOnce, Make<ForgetsCounters>},
      {"CallsTwice", Fault::kCalledTwice, Make<CallsTwice>},
      {"LostAcknowledged", Fault::kLost, Make<LostAcknowledged>},
      {"ForgetsRequests", Fault::kDoneTwice, Make<ForgetsRequests>},
      {"SkipsHead", Fault::kSkipped, Make<SkipsHead>},
      {"IgnoresOvertakes", Fault::kOvertaken, Make<IgnoresOvertakes>},
      {"GapsInLog", Fault::kLogGap, Make<GapsInLog>},
      {"ReissuesNumbers", Fault::kNumberTwice, Make<ReissuesNumbers>},
      {"AnswersAnew", Fault::kTwoAnswers, Make<AnswersAnew>},
      {"ForgetsQueues", Fault::kFalseNobody, Make<ForgetsQueues>},
      {"FiresEarly", Fault::kNotDue, Make<FiresEarly>},
      {"ForgetsDue", Fault::kNeverFired, Make<ForgetsDue>},
      {"MovesTheEdited", Fault::kPlaceChanged,
       Make<MovesInOrder<EventKind::kTicketEdited>>},
      {"MovesTheRestored", Fault::kUndoneWrongly,
       Make<MovesInOrder<EventKind::kStepUndone>>},
      {"LosesArrivals", Fault::kHalfMoved, Make<LosesArrivals>},
      {"ForgetsOwnQueues", Fault::kSkipped, Make<ForgetsOwnQueues>},
      {"WritesBesideTheLog", Fault::kStateDiffers, Make<WritesBesideTheLog>},
  };
}

std::unique_ptr<TicketStore> MakeForgetfulMessenger(TicketStore& good) {
  return std::make_unique<ForgetfulMessenger>(good);
}

}  // namespace madoguchi::robustness
