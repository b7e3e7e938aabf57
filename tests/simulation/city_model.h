#ifndef MADOGUCHI_TESTS_SIMULATION_CITY_MODEL_H
#define MADOGUCHI_TESTS_SIMULATION_CITY_MODEL_H

#include "services/office/office.h"
#include "services/ticketing/domain/event.h"
#include "services/ticketing/domain/ticket_store.h"
#include "tests/simulation/order.h"
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::simulation {

/// Whether it is held by a counter.
inline bool AtCounter(ticketing::Ticket const& ticket) {
  return ticket.state == ticketing::TicketState::kCalled ||
         ticket.state == ticketing::TicketState::kServing;
}

/// One office as it must be, by the rules of a ticket's life.
struct ModelOffice {
  struct Undo {
    ticketing::Ticket before;
    std::int64_t ticket_version = 0;
    std::int64_t counter_version = 0;
    Timestamp time;
  };

  Office const* office = nullptr;
  BusinessDay day;
  std::map<ticketing::TicketId, ticketing::Ticket> tickets;
  std::map<CounterId, ticketing::Counter> counters;
  std::map<CounterId, Undo> steps;
  /// Of each who waits, who was called before them by turn since they wait at
  /// their place.
  std::map<ticketing::TicketId, std::set<ticketing::TicketId>> overtakers;
  /// What is due, by kind and subject.
  std::map<std::string, Timestamp> due;
  /// Of the day before, not swept yet.
  std::map<ticketing::TicketId, ticketing::Ticket> leftovers;
  bool sweeping = false;
  std::int64_t last_rank = -1;
  /// Due entries that fired, with their times.
  std::set<std::pair<std::string, Timestamp>> fired;
  /// For the sum: every ticket ever issued, and those that ended on days that
  /// are gone.
  std::int64_t issued = 0;
  std::int64_t gone = 0;
};

/// An independent description of the life of tickets and counters: what each
/// command, each clock and each day change makes of a city, told in the order
/// in which the store settles them. It knows nothing of looks, versions of
/// decisions, repeats or scripts, and calls nothing of the domain; it shares
/// only the records.
///
/// Where the domain chooses (whom to call), the model is told the choice and
/// says whether it was lawful. Not thread safe.
class CityModel {
 public:
  explicit CityModel(City const& city);

  /// Why `order`, given at `now`, may be refused: all reasons there are, in no
  /// order; none if it is lawful.
  std::set<std::string> Refusals(Order const& order, Timestamp now) const;

  /// What a settled step must have appended to the logs, in order; sequences
  /// are 0.
  using Events = std::vector<std::pair<OfficeId, ticketing::Event>>;

  /// Takes a lawful step. `outcome` is what was answered; of it only ids,
  /// numbers and choices are believed.
  Events Take(Order const& order, ticketing::Outcome const& outcome,
              Timestamp now);

  /// Lets an entry fire.
  Events Fire(OfficeId const& office, ticketing::DueEntry const& entry,
              Timestamp now);

  Events OpenDay(OfficeId const& office, BusinessDay day, Timestamp now);

  /// Sweeps `ids` of the day before, and all of it if `last`.
  Events Sweep(OfficeId const& office,
               std::vector<ticketing::TicketId> const& ids, bool last,
               Timestamp now);

  /// The next step was decided on what was `earlier`, before rivals acted: the
  /// store compares the records that a step changes, not all that was looked
  /// at. Nothing: on what is.
  using Offices = std::map<OfficeId, ModelOffice>;
  void DecidedOn(std::optional<Offices> earlier) { seen_ = std::move(earlier); }

  ModelOffice const& At(OfficeId const& office) const {
    return offices_.at(office);
  }
  Offices const& All() const { return offices_; }

  /// Who waits in `queue`, in order.
  static std::vector<ticketing::Ticket> InOrder(ModelOffice const& at,
                                                std::string const& queue);
  /// The queue that `ticket` waits in, or waited in last.
  static std::string QueueName(ticketing::Ticket const& ticket);
  /// The queue of those who wait for `service` and speak `language`.
  static std::string ServiceQueueName(Office const& office,
                                      ServiceId const& service,
                                      std::string const& language);
  /// All queues that a counter calls by turn from, without its own.
  static std::vector<std::string> TurnQueues(Office const& office,
                                             CounterSettings const& counter);

  /// Rules that were broken, in words.
  std::vector<std::string> const& Faults() const { return faults_; }

 private:
  struct Step;

  void Fault(std::string const& what) { faults_.push_back(what); }
  /// What the step under way was decided on.
  ModelOffice const& Seen(OfficeId const& office) const {
    return (seen_ ? *seen_ : offices_).at(office);
  }
  void Put(ModelOffice& at, ticketing::Ticket const& ticket);
  void Put(ModelOffice& at, ticketing::Counter const& counter);
  void PutNew(ModelOffice& at, ticketing::Ticket& ticket,
              std::optional<ticketing::Ticket> const& answered, Timestamp now,
              bool ranked_now);
  void NoteCall(ModelOffice& at, CounterSettings const& counter,
                ticketing::Ticket const& called);

  void TakeIssue(Step& step);
  void TakeCancel(Step& step);
  void TakeOpen(Step& step);
  void TakeClose(Step& step);
  void TakePause(Step& step);
  void TakeEndActivity(Step& step);
  void TakeCallNext(Step& step);
  void TakeVisitStep(Step& step);
  void TakeServeVisitor(Step& step);
  void TakeUndo(Step& step);
  void TakeTransfer(Step& step);
  void TakeAway(Step& step);
  void TakePlacing(Step& step);

  City const& city_;
  Offices offices_;
  std::optional<Offices> seen_;
  std::vector<std::string> faults_;
};

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_CITY_MODEL_H
