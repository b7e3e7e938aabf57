#include "services/ticketing/adapters/memory_ticket_store.h"
#include "services/ticketing/domain/counter_desk.h"
#include "services/ticketing/domain/settle_due.h"
#include "services/ticketing/domain/ticket_desk.h"
#include "tests/simulation/broken_store.h"
#include "tests/simulation/chance.h"
#include "tests/simulation/life_model.h"
#include "tests/support/answer.h"
#include "tests/support/fake_clock.h"
#include "tests/support/flaky_ticket_store.h"
#include "tests/support/manual_scheduler.h"
#include "tests/support/ticket_builders.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <array>
#include <chrono>
#include <cstdlib>
#include <deque>
#include <functional>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

// Random lawful and unlawful commands from two server processes, with lost
// requests and replies, rivals in the middle of a command, clocks that differ
// and days that change; after every step the store is compared with a model of
// a ticket's life. A failure prints its seed; `MADOGUCHI_SEED=n` repeats it,
// and `MADOGUCHI_HISTORIES=n` plays more or fewer.
namespace madoguchi::simulation {
namespace {

using namespace ticketing;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::IsEmpty;

constexpr int kSteps = 80;

City MakeRandomCity(Chance& chance) {
  auto city = MakeCity();
  for (auto& office : city.offices) {
    office.call_policy.absent_expires = minutes(40);
    office.desk_policy.finish_prompt = minutes(50);
    office.routed_languages = {"en"};
    office.counters[2].languages = {"en"};
    office.call_policy.overtaking_limit = chance.Between(1, 3);
    office.call_policy.reentry = static_cast<Reentry>(chance.Between(0, 2));
    office.call_policy.reentry_after = 2;
    if (chance.Happens(0.5)) office.day_end = DayEnd::kCarryOver;
  }
  return city;
}

// A server process: its own clock, its own line to the store.
struct Process {
  Process(City const& city, TicketStore& store, ManualScheduler& scheduler)
      : flaky(store),
        context{city, flaky, clock, scheduler},
        tickets(context),
        counters(context) {}

  FlakyTicketStore flaky;
  FakeClock clock{kTenOClock};
  DeskContext context;
  TicketDesk tickets;
  CounterDesk counters;
};

class History {
 public:
  using Breakage = std::function<void(BrokenStore&)>;

  History(std::uint64_t seed, Breakage const& breakage)
      : chance_(seed), city_(MakeRandomCity(chance_)), model_(Hall()) {
    if (breakage) breakage(broken_);
    for (int i = 0; i != 2; ++i) {
      processes_.emplace_back(city_, broken_, scheduler_);
    }
    // The second clock is behind, as far as one may be.
    processes_[1].clock.Advance(-chance_.Between(milliseconds(0), seconds(2)));
    for (auto const& counter : Hall().counters) model_.AddCounter(counter.id);
  }

  /// What went wrong, in words; empty if nothing did.
  std::vector<std::string> Play() {
    for (int step = 0; step != kSteps && faults_.empty(); ++step) {
      Advance(chance_.Happens(0.1)
                  ? chance_.Between(minutes(1), minutes(20))
                  : chance_.Between(milliseconds(0), seconds(40)));
      if (chance_.Happens(0.02)) {
        ChangeDay();
      } else if (chance_.Happens(0.2)) {
        LetDueFire();
      } else {
        Press();
      }
      if (faults_.empty()) Compare();
      for (auto& fault : faults_) {
        if (fault.find(" (step ") == std::string::npos) {
          fault += " (step " + std::to_string(step) + ")";
        }
      }
    }
    return faults_;
  }

  int done = 0;
  int refused = 0;
  int repeated = 0;
  int rivals = 0;
  int fired = 0;
  int days = 0;

 private:
  Office const& Hall() const { return city_.offices.front(); }
  Timestamp Now(Process const& process) const { return process.clock.Now(); }
  MachineTime Soon() const { return scheduler_.Now() + seconds(5); }

  void Advance(milliseconds by) {
    for (auto& process : processes_) process.clock.Advance(by);
  }

  ticketing::Hall Today(Process const& process) const {
    return {Hall().id, BusinessDayOf(Hall(), Now(process))};
  }

  View LookAt(LookQuery const& query) {
    Answer<View> answer;
    memory_.Look(query, Soon(), answer.Catch());
    auto const view = answer.Get();
    return view.ok() ? *view : View();
  }
  View LookAtAll(std::optional<Ticket> const& besides = {}) {
    auto query = model_.Everything(Today(processes_[0]));
    if (besides) query.tickets.push_back(besides->id);
    return LookAt(query);
  }
  std::vector<DueEntry> AllDue() {
    Answer<DueView> answer;
    memory_.LookDue(Hall().id, kTenOClock + hours(24 * 365), 10'000, Soon(),
                    answer.Catch());
    auto const view = answer.Get();
    return view.ok() ? view->entries : std::vector<DueEntry>();
  }
  std::vector<Event> EventsSince(std::size_t before) {
    Answer<EventPage> answer;
    memory_.ReadLog(Hall().id, static_cast<std::int64_t>(before), 1'000'000,
                    Soon(), answer.Catch());
    return answer.Get()->events;
  }

  void Note(std::vector<std::string> const& faults) {
    faults_.insert(faults_.end(), faults.begin(), faults.end());
  }
  void Compare() {
    if (!opened_) return;
    Note(model_.Differences(LookAtAll(), AllDue()));
  }

  Deed Choose() {
    Deed deed;
    deed.act = static_cast<Act>(chance_.Pick(kActs));
    // So that there is somebody, and counters to come to.
    if (chance_.Happens(0.2)) deed.act = Act::kIssue;
    if (chance_.Happens(0.2)) deed.act = Act::kCallNext;
    if (chance_.Happens(0.1)) deed.act = Act::kOpen;
    if (chance_.Happens(0.15)) deed.act = Act::kStart;
    auto const& counters = Hall().counters;
    deed.counter = counters[chance_.Pick(counters.size())].id;
    deed.target = counters[chance_.Pick(counters.size())].id;
    auto const& services = Hall().services;
    deed.service = services[chance_.Pick(services.size())].id;
    deed.old_session =
        chance_.Happens(0.05) && model_.CounterOf(deed.counter).session > 0;
    auto const& tickets = model_.tickets();
    if (tickets.empty()) {
      if (deed.act > Act::kIssue && deed.act != Act::kCallNext) {
        deed.act = Act::kIssue;
      }
      return deed;
    }
    auto const& held = model_.CounterOf(deed.counter).ticket;
    if (!held.value.empty() && chance_.Happens(0.6)) {
      deed.ticket = held;
    } else {
      auto at = tickets.begin();
      std::advance(at, static_cast<long>(chance_.Pick(tickets.size())));
      deed.ticket = at->first;
    }
    deed.old_version = chance_.Happens(0.05) &&
                       tickets.at(deed.ticket).version > 1 &&
                       deed.act != Act::kCancel;
    return deed;
  }

  // What a press is answered: the ticket, or nothing where there is none.
  using Reply = absl::StatusOr<std::optional<Ticket>>;

  template <typename T>
  static Done<T> Into(Answer<std::optional<Ticket>>& answer) {
    return [done = answer.Catch()](absl::StatusOr<T> result) mutable {
      if (!result.ok()) return done(result.status());
      if constexpr (std::is_same_v<T, Ticket>) {
        done(std::optional<Ticket>(*std::move(result)));
      } else if constexpr (std::is_same_v<T, CallAnswer>) {
        done(std::move(result->ticket));
      } else if constexpr (std::is_same_v<T, Transferred>) {
        done(std::optional<Ticket>(std::move(result->ticket)));
      } else {
        done(std::optional<Ticket>());
      }
    };
  }

  Reply Send(Process& at, Deed const& deed, std::string const& id,
             Visit const& visit, life::Position position) {
    Answer<std::optional<Ticket>> answer;
    auto const session =
        deed.old_session ? model_.CounterOf(deed.counter).session - 1 : 0;
    CounterRef const ref{Hall().id, deed.counter, session, "device-1"};
    TicketCommand const command{
        ref, deed.ticket,
        deed.old_version ? model_.tickets().at(deed.ticket).version - 1 : 0,
        id};
    auto& desk = at.counters;
    auto ticket = [&] { return Into<Ticket>(answer); };
    auto nothing = [&] { return Into<std::monostate>(answer); };
    switch (deed.act) {
      case Act::kOpen:
      case Act::kTakeOver:
        desk.Open(ref, {"sato"}, deed.act == Act::kTakeOver, id, Soon(),
                  Into<OpenedCounter>(answer));
        break;
      case Act::kClose:
        desk.Close(ref, id, Soon(), nothing());
        break;
      case Act::kPause:
        desk.Pause(ref, "lunch", id, Soon(), nothing());
        break;
      case Act::kEndActivity:
        desk.EndActivity(ref, id, Soon(), nothing());
        break;
      case Act::kIssue:
        at.tickets.Issue(Hall().id, visit, id, Soon(), ticket());
        break;
      case Act::kCancel:
        at.tickets.Cancel(Hall().id, deed.ticket, id, Soon(), ticket());
        break;
      case Act::kCallNext:
        desk.CallNext(ref, id, Soon(), Into<CallAnswer>(answer));
        break;
      case Act::kCallByNumber:
        desk.CallOutOfTurn(command, Soon(), ticket());
        break;
      case Act::kRecall:
        desk.Recall(command, Soon(), ticket());
        break;
      case Act::kStart:
        desk.StartServing(command, Soon(), ticket());
        break;
      case Act::kServeVisitor:
        desk.ServeVisitor(ref, deed.service, "", id, Soon(), ticket());
        break;
      case Act::kComplete:
        desk.Complete(command, {}, Soon(), ticket());
        break;
      case Act::kCompleteAndWrapUp:
        desk.Complete(command, {.wrap_up = true}, Soon(), ticket());
        break;
      case Act::kMarkAbsent:
        desk.MarkAbsent(command, Soon(), ticket());
        break;
      case Act::kReturn:
        desk.Return(command, Soon(), ticket());
        break;
      case Act::kHold:
      case Act::kHoldForCounter:
        desk.Hold(command,
                  {.reason = "form",
                   .duration = minutes(12),
                   .to_counter = deed.act == Act::kHoldForCounter},
                  Soon(), ticket());
        break;
      case Act::kResumeServing:
        desk.ResumeServing(command, Soon(), ticket());
        break;
      case Act::kEndHold:
        desk.EndHold(command, Soon(), ticket());
        break;
      case Act::kUndo:
        desk.UndoLastStep(ref, id, Soon(), ticket());
        break;
      case Act::kTransferToService:
        desk.Transfer(command, {.service = deed.service, .position = position},
                      Soon(), Into<Transferred>(answer));
        break;
      case Act::kTransferToCounter:
        desk.Transfer(command, {.counter = deed.target, .note = "note"}, Soon(),
                      Into<Transferred>(answer));
        break;
      case Act::kTransferToOffice:
        desk.Transfer(command, {.service = deed.service, .office = kBranch},
                      Soon(), Into<Transferred>(answer));
        break;
      case Act::kDesignate:
        desk.Designate(command, {"mori"}, Soon(), ticket());
        break;
      case Act::kAssist:
      case Act::kAssistBack:
        desk.SetAssist(command, deed.act == Act::kAssist, Soon(), ticket());
        break;
      case Act::kEditLanguage:
        desk.Edit(command, {.language = "en", .note = {}, .service = {}},
                  Soon(), ticket());
        break;
      case Act::kEditService:
        desk.Edit(command,
                  {.language = {}, .note = {}, .service = deed.service}, Soon(),
                  ticket());
        break;
    }
    // Whoever was beaten looks again after some milliseconds, until `Soon()`.
    for (int i = 0; i != 600 && !answer.Arrived(); ++i) {
      scheduler_.Advance(milliseconds(10));
    }
    return answer.Get();
  }

  Process& OtherThan(Process const& process) {
    return &process == &processes_[0] ? processes_[1] : processes_[0];
  }

  static bool IsUnknown(absl::Status const& status) {
    return absl::IsUnavailable(status);
  }

  // At a process of its own choice; a rival at that which is not `busy`.
  void Press(Process* busy = nullptr) {
    auto& process =
        busy != nullptr ? OtherThan(*busy) : processes_[chance_.Pick(2)];
    // Mostly what makes sense, so that histories get somewhere.
    auto deed = Choose();
    bool const sensible = chance_.Happens(0.7);
    for (int i = 0; i != 20 && sensible; ++i) {
      if (model_.Allows(deed, Now(process))) break;
      deed = Choose();
    }
    auto const id = Uuid(++presses_);
    Visit visit{deed.service, chance_.Happens(0.3) ? "en" : "", {}, ""};
    if (chance_.Happens(0.2)) {
      for (auto const& service : Hall().services) {
        if (service.id != deed.service)
          visit.next_services.push_back(service.id);
      }
    }
    auto const position = static_cast<life::Position>(chance_.Between(0, 2));
    if (chance_.Happens(0.1)) process.flaky.LoseNextReply();
    if (chance_.Happens(0.05)) process.flaky.LoseNextRequest();
    if (chance_.Happens(0.1)) process.flaky.AbortNext();
    // What a press was chosen on must be the same whatever the rival does.
    // That a counter closes just before somebody is sent there is known only to
    // the patience of its queue; and a step that came in between is not the one
    // that was to be taken back.
    bool const has_rival = busy == nullptr && chance_.Happens(0.1) &&
                           !deed.old_version && !deed.old_session &&
                           deed.act != Act::kTransferToCounter &&
                           deed.act != Act::kUndo;
    if (has_rival) {
      process.flaky.BeforeNextSettle([this, &process] {
        ++rivals;
        Press(&process);
      });
    }
    auto reply = Send(process, deed, id, visit, position);
    auto* last = &process;
    while (IsUnknown(reply.status())) {
      ++repeated;
      if (busy == nullptr) last = &OtherThan(*last);
      reply = Send(*last, deed, id, visit, position);
    }
    process.flaky.BeforeNextSettle(nullptr);
    if (!faults_.empty()) return;
    Judge(deed, reply, Now(*last));
    if (faults_.empty() && reply.ok() && chance_.Happens(0.1)) {
      ++repeated;
      auto const log = log_;
      auto const again = Send(process, deed, id, visit, position);
      // Losing this one's reply as well is no matter.
      if (!IsUnknown(again.status()) &&
          (!again.ok() || (*again != *reply && deed.act != Act::kOpen &&
                           deed.act != Act::kTakeOver))) {
        faults_.push_back(
            "a repeat of act " + std::to_string(static_cast<int>(deed.act)) +
            " was answered otherwise: " + again.status().ToString());
      }
      if (!EventsSince(log).empty()) {
        faults_.push_back("a repeat did something");
      }
    }
  }

  void Judge(Deed const& deed, Reply const& reply, Timestamp now) {
    auto const allowed = model_.Allows(deed, now);
    auto const name = "act " + std::to_string(static_cast<int>(deed.act));
    auto const events = EventsSince(log_);
    log_ += events.size();
    // Whether a number that was carried over has been given again since is not
    // always known; then its finish stays.
    bool const doubtful = deed.act == Act::kUndo && !reply.ok() &&
                          model_.UndoesFinishOfCarriedOver(deed);
    if (allowed != reply.ok() && !doubtful) {
      faults_.push_back(name + (allowed ? " was refused: " : " was done: ") +
                        reply.status().ToString());
      return;
    }
    if (!reply.ok()) {
      ++refused;
      // The day is opened by whoever comes first, be it in vain.
      for (auto const& event : events) {
        if (event.kind == EventKind::kDayOpened) opened_ = true;
        if (event.kind != EventKind::kDayOpened) {
          faults_.push_back(name + " was refused and did something");
        }
      }
      return;
    }
    ++done;
    opened_ = true;
    CheckEvents(deed, *reply, events);
    // If its reply was lost, it was done by the other's clock.
    Note(model_.Did(deed, *reply, LookAtAll(*reply),
                    events.empty() ? now : events.back().time));
  }

  // One event for each thing done, which says who and where.
  void CheckEvents(Deed const& deed, std::optional<Ticket> const& ticket,
                   std::vector<Event> const& events) {
    int own = 0;
    for (auto const& event : events) {
      if (event.kind == EventKind::kDayOpened) continue;
      // Those whom a counter that closes sets free have events of their own.
      if (event.reason == "COUNTER_CLOSED") continue;
      ++own;
      bool const by_visitor =
          deed.act == Act::kIssue || deed.act == Act::kCancel;
      if (!by_visitor &&
          (event.staff.value.empty() || event.at != deed.counter)) {
        faults_.push_back("an event does not say who or where");
      }
      if (ticket && event.ticket != ticket) {
        faults_.push_back("an event tells another ticket");
      }
    }
    bool const nobody = deed.act == Act::kCallNext && !ticket;
    if (own != (nobody ? 0 : 1)) {
      faults_.push_back("not one event for what was done");
    }
  }

  void LetDueFire() {
    if (!opened_) return;
    // The one whose clock is behind first.
    for (auto* process : {&processes_[1], &processes_[0]}) {
      auto const now = Now(*process);
      if (BusinessDayOf(Hall(), now) != Today(processes_[0]).day) continue;
      auto const expected = model_.DueAt(now);
      // More often than needed: a lost reply or a rival is nothing to hold on
      // to, and nothing may happen twice.
      for (int i = 0; i != 6; ++i) {
        Answer<DueDone> answer;
        SettleDue(process->context, Hall(), 1'000, Soon(), answer.Catch());
        EXPECT_TRUE(answer.Arrived());
      }
      fired += expected;
      auto const events = EventsSince(log_);
      log_ += events.size();
      if (static_cast<int>(events.size()) != expected) {
        faults_.push_back(std::to_string(events.size()) + " events for " +
                          std::to_string(expected) + " entries due");
      }
      Note(model_.Fired(LookAtAll(), now));
    }
  }

  void ChangeDay() {
    if (!opened_) return;
    ++days;
    auto const from = Today(processes_[0]).day;
    do {
      Advance(minutes(chance_.Between(40, 80)));
    } while (Today(processes_[1]).day == from);
    for (auto& process : processes_) {
      Answer<DueDone> answer;
      SettleDue(process.context, Hall(), 1'000, Soon(), answer.Catch());
      // What was lost is done by the next.
      if (answer.Get().ok()) break;
    }
    Answer<DueDone> answer;
    SettleDue(processes_[0].context, Hall(), 1'000, Soon(), answer.Catch());
    Answer<DueDone> other;
    SettleDue(processes_[0].context, Hall(), 1'000, Soon(), other.Catch());
    log_ += EventsSince(log_).size();
    Note(model_.DayChanged(from, LookAtAll(), Now(processes_[0])));
  }

  Chance chance_;
  City city_;
  MemoryTicketStore memory_;
  BrokenStore broken_{memory_};
  ManualScheduler scheduler_;
  std::deque<Process> processes_;
  LifeModel model_;
  std::vector<std::string> faults_;
  std::int64_t presses_ = 0;
  std::size_t log_ = 0;
  bool opened_ = false;
};

int HowManyHistories() {
  if (auto const* const wanted = std::getenv("MADOGUCHI_HISTORIES")) {
    return std::atoi(wanted);
  }
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return 200;
#else
  return 3'000;
#endif
}

std::uint64_t FirstSeed() {
  auto const* const seed = std::getenv("MADOGUCHI_SEED");
  return seed == nullptr ? 1 : std::strtoull(seed, nullptr, 10);
}

TEST(RandomLifeTest, TheStoreIsWhatTheModelOfALifeSays) {
  int done = 0;
  int refused = 0;
  int repeated = 0;
  int rivals = 0;
  int fired = 0;
  int days = 0;
  int const histories =
      std::getenv("MADOGUCHI_SEED") == nullptr ? HowManyHistories() : 1;
  for (int i = 0; i != histories; ++i) {
    auto const seed = FirstSeed() + static_cast<std::uint64_t>(i);
    History history(seed, nullptr);
    ASSERT_THAT(history.Play(), IsEmpty()) << "MADOGUCHI_SEED=" << seed;
    done += history.done;
    refused += history.refused;
    repeated += history.repeated;
    rivals += history.rivals;
    fired += history.fired;
    days += history.days;
  }
  std::cout << histories << " histories: " << done << " commands done, "
            << refused << " refused, " << repeated << " repeated, " << rivals
            << " rivals, " << fired << " due, " << days << " days changed\n";
  if (histories == 1) return;
  // A play in which these do not happen shows nothing.
  EXPECT_GT(done, 20 * histories);
  EXPECT_GT(refused, 5 * histories);
  EXPECT_GT(repeated, histories);
  EXPECT_GT(rivals, histories / 10);
  EXPECT_GT(fired, histories / 10);
  EXPECT_GT(days, histories / 10);
}

// --- And that it would notice
// -------------------------------------------------

struct Mistake {
  char const* name;
  History::Breakage breakage;
};

// Falsifies settlements whose event is of `kind`.
History::Breakage OnEvent(EventKind kind,
                          std::function<void(Settlement&)> falsify) {
  return [kind, falsify = std::move(falsify)](BrokenStore& store) {
    store.on_settlement = [kind, falsify](Settlement& settlement) {
      if (settlement.event && settlement.event->kind == kind) {
        falsify(settlement);
      }
    };
  };
}

std::vector<Mistake> Mistakes() {
  auto const tell = [](Settlement& s) {
    s.outcome.ticket = s.ticket->after;
    s.event->ticket = s.ticket->after;
  };
  return {
      {"a hold keeps the counter",
       OnEvent(EventKind::kTicketHeld,
               [](Settlement& s) { s.counter->after = s.counter->before; })},
      {"a hold has no deadline",
       OnEvent(EventKind::kTicketHeld, [](Settlement& s) { s.due = {}; })},
      {"a deadline stays after the hold",
       OnEvent(EventKind::kServingResumed,
               [](Settlement& s) { s.due.cleared.clear(); })},
      {"a hold's end loses the place", OnEvent(EventKind::kHoldEnded,
                                               [tell](Settlement& s) {
                                                 ++s.ticket->after.rank.ms;
                                                 tell(s);
                                               })},
      {"a transfer keeps the counter",
       OnEvent(EventKind::kTicketTransferred,
               [](Settlement& s) { s.counter->after = s.counter->before; })},
      {"a correction loses the place", OnEvent(EventKind::kTicketEdited,
                                               [tell](Settlement& s) {
                                                 if (s.event->reason.empty())
                                                   s.ticket->after.rank.ms += 5;
                                                 tell(s);
                                               })},
      {"a correction takes to another queue",
       OnEvent(EventKind::kTicketEdited,
               [tell](Settlement& s) {
                 s.ticket->after.queue = {"elsewhere"};
                 tell(s);
               })},
      {"a note stays behind", OnEvent(EventKind::kTicketCompleted,
                                      [tell](Settlement& s) {
                                        s.ticket->after.note =
                                            s.ticket->before.note;
                                        tell(s);
                                      })},
      {"a forgotten finish is asked after again and again",
       OnEvent(EventKind::kFinishOverdue,
               [](Settlement& s) { s.fires.reset(); })},
      {"an absence never expires",
       OnEvent(EventKind::kTicketMarkedAbsent,
               [](Settlement& s) { s.due.set.clear(); })},
      {"a step is taken back to another state",
       OnEvent(EventKind::kStepUndone,
               [tell](Settlement& s) {
                 s.ticket->after.recalls += 1;
                 tell(s);
               })},
      {"a step can be taken back for ever",
       [](BrokenStore& store) {
         store.on_settlement = [](Settlement& s) {
           if (s.undoable) s.undoable->time += hours(1);
         };
       }},
      {"a call passes over whom staff sent",
       [](BrokenStore& store) {
         store.on_view = [](View& view) {
           for (auto& queue : view.queues) {
             if (queue.queue.value.front() == '@') queue.first.clear();
           }
         };
       }},
      {"a carried number is lost",
       [](BrokenStore& store) {
         store.on_sweep = [](SweepSettlement& sweep) {
           for (auto& change : sweep.changes) {
             change.ticket.after.number += "0";
           }
         };
       }},
      {"a carried visitor loses the place",
       [](BrokenStore& store) {
         store.on_sweep = [](SweepSettlement& sweep) {
           for (auto& change : sweep.changes) {
             change.ticket.after.rank.ms += 7;
           }
         };
       }},
      {"an event does not say where",
       [](BrokenStore& store) {
         store.on_settlement = [](Settlement& s) {
           if (s.event) s.event->at = {};
         };
       }},
      {"a pause is forgotten", OnEvent(EventKind::kCounterPaused,
                                       [](Settlement& s) {
                                         s.counter->after.activity =
                                             CounterActivity::kReady;
                                       })},
      {"a second call counts as settled already",
       [](BrokenStore& store) {
         store.on_settlement = [](Settlement& s) {
           s.request.command = "call-next:0";
         };
       }},
  };
}

TEST(RandomLifeTest, EachMistakeIsFound) {
  for (auto const& mistake : Mistakes()) {
    bool found = false;
    for (std::uint64_t seed = 1; seed != 300 && !found; ++seed) {
      found = !History(seed, mistake.breakage).Play().empty();
    }
    EXPECT_TRUE(found) << mistake.name;
  }
}

}  // namespace
}  // namespace madoguchi::simulation
