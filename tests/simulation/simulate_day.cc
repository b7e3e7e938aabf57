#include "tests/simulation/simulate_day.h"
#include "services/base/error.h"
#include "services/ticketing/adapters/memory_ticket_store.h"
#include "tests/simulation/chance.h"
#include "tests/simulation/press.h"
#include "tests/simulation/timeline.h"
#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace madoguchi::simulation {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ticketing::CallAnswer;
using ticketing::OpenedCounter;
using ticketing::Ticket;
using ticketing::TicketCommand;
using ticketing::TicketState;

// Someone who works at a counter, at one thing at a time.
struct Clerk {
  CounterSettings const* counter = nullptr;
  std::int64_t session = 0;
  bool open = false;
  Timestamp lunch;
  bool had_lunch = false;
};

class Day {
 public:
  explicit Day(DaySettings const& settings)
      : settings_(settings),
        chance_(settings.seed ^ 0x6d61646f67756368U),
        timeline_(settings.opening - minutes(30)),
        clock_(timeline_),
        scheduler_(timeline_),
        buttons_(processes_, settings.clerks, timeline_, scheduler_, chance_,
                 result_) {
    city_.id = {"city"};
    city_.offices = {settings.office};
    ticketing::TicketStore* store = &memory_;
    if (settings.decorate) {
      decorated_ = settings.decorate(memory_);
      store = decorated_.get();
    }
    for (int i = 0; i != settings.processes; ++i) {
      processes_.emplace_back(city_, *store, clock_, scheduler_, settings.wire,
                              timeline_, chance_);
    }
  }

  DayResult Live() {
    for (std::size_t i = 0; i != Hall().services.size(); ++i) {
      PlanArrivals(Hall().services[i], settings_.demand[i]);
    }
    clerks_.resize(Hall().counters.size());
    for (std::size_t i = 0; i != clerks_.size(); ++i) {
      auto& clerk = clerks_[i];
      clerk.counter = &Hall().counters[i];
      clerk.lunch = settings_.opening + hours(2) + minutes(30) +
                    minutes(30 * chance_.Between(0, 3));
      timeline_.At(settings_.opening + chance_.Between(seconds(0), minutes(9)),
                   [this, &clerk] { Open(clerk); });
    }
    timeline_.Run();
    TakeStock();
    return std::move(result_);
  }

 private:
  Office const& Hall() const { return city_.offices.front(); }
  Timestamp Doors() const { return settings_.opening + settings_.open_for; }
  Timestamp Lights() const { return Doors() + settings_.overtime; }

  void Complain(std::string const& what, absl::Status const& status) {
    result_.complaints.push_back(what + ": " + status.ToString());
  }
  // Whether `answer` was refused for `reason`.
  template <typename T>
  static bool Is(absl::StatusOr<T> const& answer, std::string const& reason) {
    return GetErrorInfo(answer.status()).reason == reason;
  }

  // Visitors.

  // A Poisson process whose rate is higher at the peak, by thinning.
  void PlanArrivals(Service const& service, ServiceDemand const& demand) {
    auto const peak_from = settings_.opening + hours(1);
    auto const peak_to = settings_.opening + hours(6);
    using Minutes = std::chrono::duration<double, std::ratio<60>>;
    double const open = Minutes(settings_.open_for).count();
    double const peak =
        std::clamp(open - 60, 0.0, Minutes(peak_to - peak_from).count());
    double const base = demand.visitors / (open - peak + peak * demand.peak);
    double const highest = base * std::max(1.0, demand.peak);
    double at = 0;
    while (true) {
      at += chance_.MinutesToNext(highest);
      auto const when = settings_.opening +
                        milliseconds(static_cast<std::int64_t>(at * 60'000));
      if (when >= Doors()) return;
      bool const in_peak = when >= peak_from && when < peak_to;
      if (!chance_.Happens((in_peak ? base * demand.peak : base) / highest)) {
        continue;
      }
      timeline_.At(when, [this, &service] { TakeNumber(service); });
    }
  }

  void TakeNumber(Service const& service) {
    buttons_.Press<Ticket>(
        "issue",
        [this, &service](Process& at, std::string const& id,
                         MachineTime deadline, Done<Ticket> done) {
          at.tickets.Issue(Hall().id, {.service = service.id}, id, deadline,
                           std::move(done));
        },
        [this](absl::StatusOr<Ticket> const& ticket) {
          if (!ticket.ok()) {
            // The visitor asks at the desk instead.
            if (!Is(ticket, "SERIES_EXHAUSTED")) {
              Complain("issue", ticket.status());
            }
            return;
          }
          if (chance_.Happens(settings_.visitors.cancel)) {
            timeline_.After(chance_.Between(minutes(1), minutes(40)),
                            [this, id = ticket->id] { Leave(id); });
          }
        });
  }

  void Leave(ticketing::TicketId const& ticket) {
    buttons_.Press<Ticket>(
        "cancel",
        [this, ticket](Process& at, std::string const& id, MachineTime deadline,
                       Done<Ticket> done) {
          at.tickets.Cancel(Hall().id, ticket, id, deadline, std::move(done));
        },
        [this](absl::StatusOr<Ticket> const& left) {
          if (!left.ok() && !Is(left, "TICKET_NOT_WAITING")) {
            Complain("cancel", left.status());
          }
        });
  }

  // Somebody marked absent comes back and speaks to any clerk there is.
  void ComeBack(Ticket const& ticket) {
    std::vector<Clerk*> open;
    for (auto& clerk : clerks_) {
      if (clerk.open) open.push_back(&clerk);
    }
    if (timeline_.Now() >= Doors()) return;
    auto const later = [this, ticket] {
      timeline_.After(minutes(5), [this, ticket] { ComeBack(ticket); });
    };
    if (open.empty()) return later();
    Command(
        *open[chance_.Pick(open.size())], ticket, "return",
        &ticketing::CounterDesk::Return,
        [this, later](absl::StatusOr<Ticket> const& back) {
          if (back.ok()) return;
          // That counter closed or changed hands just now.
          if (Is(back, "COUNTER_CLOSED") || Is(back, "COUNTER_TAKEN_OVER")) {
            return later();
          }
          Complain("return", back.status());
        });
  }

  // Clerks.

  ticketing::CounterRef At(Clerk const& clerk) const {
    return {Hall().id, clerk.counter->id, clerk.session};
  }

  using Method =
      std::function<void(ticketing::CounterDesk&, TicketCommand const&,
                         MachineTime, Done<Ticket>)>;

  static void CompleteAsDone(ticketing::CounterDesk& desk,
                             TicketCommand const& command, MachineTime deadline,
                             Done<Ticket> done) {
    desk.Complete(command, {.outcome = "done"}, deadline, std::move(done));
  }

  void Command(Clerk const& clerk, Ticket const& ticket,
               std::string const& name, Method const& method,
               Buttons::Then<Ticket> then) {
    // Some programs do not say which version their clerk saw.
    auto const version = chance_.Happens(0.5) ? ticket.version : 0;
    TicketCommand command{At(clerk), ticket.id, version, ""};
    buttons_.Press<Ticket>(
        name,
        [command, method](Process& at, std::string const& id,
                          MachineTime deadline, Done<Ticket> done) {
          auto press = command;
          press.request_id = id;
          method(at.counters, press, deadline, std::move(done));
        },
        std::move(then));
  }

  void OpenOrTakeOver(Clerk& clerk, bool take_over,
                      Buttons::Then<OpenedCounter> then) {
    buttons_.Press<OpenedCounter>(
        "open",
        [at_counter = At(clerk), take_over](Process& at, std::string const& id,
                                            MachineTime deadline,
                                            Done<OpenedCounter> done) {
          at.counters.Open(at_counter, {"clerk"}, take_over, id, deadline,
                           std::move(done));
        },
        [this, &clerk,
         then = std::move(then)](absl::StatusOr<OpenedCounter> const& opened) {
          if (!opened.ok()) return Complain("open", opened.status());
          if (opened->session <= clerk.session) {
            result_.complaints.emplace_back("a session did not grow");
          }
          clerk.session = opened->session;
          clerk.open = true;
          then(opened);
        });
  }

  void Open(Clerk& clerk) {
    OpenOrTakeOver(
        clerk, /*take_over=*/false, [this, &clerk](auto const& opened) {
          if (opened->ticket) {
            result_.complaints.emplace_back("a closed counter held a ticket");
          }
          Next(clerk);
        });
  }

  void Close(Clerk& clerk, bool for_good) {
    clerk.open = false;
    buttons_.Press<std::monostate>(
        "close",
        [at_counter = At(clerk)](Process& at, std::string const& id,
                                 MachineTime deadline,
                                 Done<std::monostate> done) {
          at.counters.Close(at_counter, id, deadline, std::move(done));
        },
        [this, &clerk, for_good](absl::StatusOr<std::monostate> const& closed) {
          if (!closed.ok()) return Complain("close", closed.status());
          if (for_good) return;
          timeline_.After(chance_.Between(minutes(45), minutes(75)),
                          [this, &clerk] { Open(clerk); });
        });
  }

  void NextAfter(Clerk& clerk, milliseconds pause) {
    timeline_.After(pause, [this, &clerk] { Next(clerk); });
  }

  void Next(Clerk& clerk) {
    if (timeline_.Now() >= Lights()) return Close(clerk, /*for_good=*/true);
    if (settings_.clerks.lunch && !clerk.had_lunch &&
        timeline_.Now() >= clerk.lunch) {
      clerk.had_lunch = true;
      return Close(clerk, /*for_good=*/false);
    }
    buttons_.Press<CallAnswer>(
        "call next",
        [at_counter = At(clerk)](Process& at, std::string const& id,
                                 MachineTime deadline, Done<CallAnswer> done) {
          at.counters.CallNext(at_counter, id, deadline, std::move(done));
        },
        [this, &clerk](absl::StatusOr<CallAnswer> const& answer) {
          if (!answer.ok()) return Complain("call next", answer.status());
          if (answer->ticket) {
            result_.told.push_back(*answer->ticket);
            return Await(clerk, *answer->ticket, RecallsBeforeAbsent());
          }
          if (timeline_.Now() >= Doors()) {
            return Close(clerk, /*for_good=*/true);
          }
          auto const idle = settings_.clerks.idle;
          NextAfter(clerk, chance_.Between(idle / 2, idle * 3 / 2));
        });
  }

  int RecallsBeforeAbsent() {
    auto const& policy = Hall().call_policy;
    return chance_.Between(policy.recalls_before_absent, policy.max_recalls);
  }

  // The visitor comes, or does not, or only once called again.
  void Await(Clerk& clerk, Ticket const& ticket, int recalls) {
    bool const first = ticket.recalls == 0;
    bool const comes = chance_.Happens(first ? 1 - settings_.visitors.miss
                                             : settings_.visitors.hear_recall);
    if (comes) {
      timeline_.After(chance_.Between(seconds(5), seconds(60)),
                      [this, &clerk, ticket] { Serve(clerk, ticket); });
      return;
    }
    if (ticket.recalls >= recalls) return GiveUp(clerk, ticket);
    auto const pause = Hall().call_policy.recall_spacing + seconds(1);
    timeline_.After(pause, [this, &clerk, ticket, recalls] {
      Command(clerk, ticket, "recall", &ticketing::CounterDesk::Recall,
              [this, &clerk, recalls](absl::StatusOr<Ticket> const& again) {
                if (!again.ok()) return Complain("recall", again.status());
                Await(clerk, *again, recalls);
              });
    });
  }

  void GiveUp(Clerk& clerk, Ticket const& ticket) {
    Command(clerk, ticket, "mark absent", &ticketing::CounterDesk::MarkAbsent,
            [this, &clerk](absl::StatusOr<Ticket> const& absent) {
              if (!absent.ok()) {
                return Complain("mark absent", absent.status());
              }
              if (chance_.Happens(settings_.visitors.come_back)) {
                timeline_.After(chance_.Between(seconds(20), minutes(40)),
                                [this, ticket = *absent] { ComeBack(ticket); });
              }
              NextAfter(clerk, chance_.Between(seconds(1), seconds(10)));
            });
  }

  void Serve(Clerk& clerk, Ticket const& ticket) {
    Command(clerk, ticket, "start serving",
            &ticketing::CounterDesk::StartServing,
            [this, &clerk](absl::StatusOr<Ticket> const& serving) {
              if (!serving.ok()) {
                return Complain("start serving", serving.status());
              }
              auto const& demand = DemandFor(serving->service);
              auto const lasts =
                  chance_.Lasting(demand.mean_service, demand.spread);
              timeline_.After(lasts, [this, &clerk, ticket = *serving] {
                if (chance_.Happens(settings_.clerks.take_over)) {
                  return ChangeHands(clerk, ticket);
                }
                Finish(clerk, ticket);
              });
            });
  }

  ServiceDemand const& DemandFor(ServiceId const& service) const {
    auto const& services = Hall().services;
    auto const at =
        std::find_if(services.begin(), services.end(),
                     [&](Service const& each) { return each.id == service; });
    return settings_.demand[static_cast<std::size_t>(at - services.begin())];
  }

  void Finish(Clerk& clerk, Ticket const& ticket) {
    Command(clerk, ticket, "complete", &CompleteAsDone,
            [this, &clerk](absl::StatusOr<Ticket> const& completed) {
              if (!completed.ok())
                return Complain("complete", completed.status());
              NextAfter(clerk, chance_.Between(seconds(1), seconds(20)));
            });
  }

  // Another terminal takes over and is given the ticket; the old one can do
  // nothing more.
  void ChangeHands(Clerk& clerk, Ticket const& ticket) {
    Clerk const old = clerk;
    OpenOrTakeOver(
        clerk, /*take_over=*/true,
        [this, &clerk, old, ticket](auto const& taken) {
          if (taken->ticket != ticket) {
            result_.complaints.emplace_back(
                "a take-over was not answered with the ticket held");
          }
          Command(old, ticket, "complete late", &CompleteAsDone,
                  [this, &clerk, ticket](absl::StatusOr<Ticket> const& late) {
                    if (!Is(late, "COUNTER_TAKEN_OVER")) {
                      Complain("an old session could act", late.status());
                    }
                    Finish(clerk, ticket);
                  });
        });
  }

  // What the store holds when everybody has gone.
  void TakeStock() {
    ticketing::LookQuery query;
    query.hall = {Hall().id, BusinessDayOf(Hall(), settings_.opening)};
    query.depth = std::numeric_limits<int>::max();
    for (auto const& counter : Hall().counters) {
      query.counters.push_back(counter.id);
    }
    for (auto const& service : Hall().services) {
      query.queues.push_back({service.id.value});
    }
    memory_.Look(query, {}, [&](absl::StatusOr<ticketing::View> const& view) {
      if (!view.ok()) return Complain("look", view.status());
      result_.counters = view->counters;
      result_.queues = view->queues;
    });
    int const all = std::numeric_limits<int>::max();
    memory_.ListTickets(query.hall, {}, all, {}, [&](auto const& page) {
      if (!page.ok()) return Complain("list", page.status());
      result_.tickets = page->tickets;
    });
    memory_.ReadLog(Hall().id, 0, all, {},
                    [&](auto const& page) { result_.log = page->events; });
  }

  DaySettings const& settings_;
  Chance chance_;
  Timeline timeline_;
  TimelineClock clock_;
  TimelineScheduler scheduler_;
  City city_;
  ticketing::MemoryTicketStore memory_;
  std::unique_ptr<ticketing::TicketStore> decorated_;
  std::deque<Process> processes_;
  DayResult result_;
  Buttons buttons_;
  std::vector<Clerk> clerks_;
};

}  // namespace

DayResult SimulateDay(DaySettings const& settings) {
  return Day(settings).Live();
}

}  // namespace madoguchi::simulation
