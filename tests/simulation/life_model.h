#ifndef MADOGUCHI_TESTS_SIMULATION_LIFE_MODEL_H
#define MADOGUCHI_TESTS_SIMULATION_LIFE_MODEL_H

#include "services/office/office.h"
#include "services/ticketing/domain/due.h"
#include "services/ticketing/domain/ticket_store.h"
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace madoguchi::simulation {

/// What somebody may do in the hall.
enum class Act {
  kOpen,
  kTakeOver,
  kClose,
  kPause,
  kEndActivity,
  kIssue,
  kCancel,
  kCallNext,
  kCallByNumber,
  kRecall,
  kStart,
  kServeVisitor,
  kComplete,
  kCompleteAndWrapUp,
  kMarkAbsent,
  kReturn,
  kHold,
  kHoldForCounter,
  kResumeServing,
  kEndHold,
  kUndo,
  kTransferToService,
  kTransferToCounter,
  kTransferToOffice,
  kDesignate,
  kAssist,
  kAssistBack,
  kEditLanguage,
  kEditService,
};
inline constexpr int kActs = static_cast<int>(Act::kEditService) + 1;

/// One press: who, on which ticket, with what.
struct Deed {
  Act act = Act::kIssue;
  CounterId counter;
  ticketing::TicketId ticket;
  /// Of an issue, a transfer, a correction.
  ServiceId service;
  /// Where a transfer goes.
  CounterId target;
  /// Whether the session, or the version, is one of before.
  bool old_session = false;
  bool old_version = false;
};

/// The life of tickets and counters of one office as a table: what may be done
/// when, and what it leads to. Written from the API's comments and independent
/// of the domain's code: it shares the records with it and no function.
///
/// What the store decides (ids, ranks, whom a call takes) it takes over, once
/// it has found it lawful.
class LifeModel {
 public:
  explicit LifeModel(Office const& office) : office_(office) {}

  /// Whether `deed` must be done rather than refused, at `now`.
  bool Allows(Deed const& deed, Timestamp now) const;

  /// Whether `deed` would take back the end of somebody carried over.
  bool UndoesFinishOfCarriedOver(Deed const& deed) const;

  /// Takes over what the store holds after `deed` was done at `now`, of which
  /// `ticket` is the answer; and says what of that is not lawful.
  std::vector<std::string> Did(Deed const& deed,
                               std::optional<ticketing::Ticket> const& ticket,
                               ticketing::View const& after, Timestamp now);

  /// The same once what was due at `now` has fired.
  std::vector<std::string> Fired(ticketing::View const& after, Timestamp now);

  /// The same once a new business day has begun.
  std::vector<std::string> DayChanged(BusinessDay from,
                                      ticketing::View const& after,
                                      Timestamp now);

  /// What differs from what the store holds: tickets, counters, queues and
  /// their order, due entries; and promises that are broken.
  std::vector<std::string> Differences(
      ticketing::View const& view,
      std::vector<ticketing::DueEntry> const& due) const;

  /// How many entries are due at `now`.
  int DueAt(Timestamp now) const;

  std::map<ticketing::TicketId, ticketing::Ticket> const& tickets() const {
    return tickets_;
  }
  ticketing::Counter const& CounterOf(CounterId const& id) const {
    return counters_.at(id);
  }
  /// What the store is asked for, to compare all of it.
  ticketing::LookQuery Everything(ticketing::Hall const& hall) const;
  void AddCounter(CounterId const& id) { counters_[id].id = id; }

 private:
  struct Undoable {
    ticketing::Ticket before;
    std::int64_t ticket_version;
    std::int64_t counter_version;
    Timestamp time;
  };

  bool Serves(CounterId const& counter, ServiceId const& service) const;
  bool IsFree(CounterId const& counter) const;
  std::vector<std::string> QueuesAt(CounterId const& counter) const;
  std::vector<ticketing::DueEntry> Due() const;
  std::vector<ticketing::Ticket> Queue(std::string const& queue) const;
  void CheckCalledByTurn(Deed const& deed, ticketing::Ticket const& called,
                         std::vector<std::string>& faults);
  void TakeOver(ticketing::View const& after);

  Office const& office_;
  std::map<ticketing::TicketId, ticketing::Ticket> tickets_;
  std::map<CounterId, ticketing::Counter> counters_;
  std::map<CounterId, Undoable> undoable_;
  /// Who has overtaken each who waits in its queue: a visitor who does so twice
  /// counts once.
  std::map<ticketing::TicketId, std::set<ticketing::TicketId>> overtaken_;
};

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_LIFE_MODEL_H
