#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_OFFICE_STATE_FOLD_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_OFFICE_STATE_FOLD_H

#include "services/office/office.h"
#include "services/ticketing/domain/event.h"
#include "services/ticketing/domain/office_state.h"
#include <string>
#include <string_view>
#include <vector>

namespace madoguchi::ticketing {

/// Rebuilds the state of an office from the events of its log.
///
/// A log from which older days were removed begins with a day's opening: what
/// the day before left is then unknown until its sweep tells.
///
/// What is due of a counter ends with its day here; a store forgets it when its
/// time comes.
///
/// A pure function of the events applied and the settings. Not thread safe.
class OfficeStateFold {
 public:
  /// `office` must outlive this. Its settings must be those of the time of the
  /// events: who overtakes whom, and what is due when, follows from them.
  explicit OfficeStateFold(Office const& office) : office_(office) {}

  /// Folds the next event of the log in. Answers what is impossible about it,
  /// each as `NAME: words`; the event still counts, as it carries the state
  /// after it. Names:
  /// * `SEQUENCE_GAP`: it is not the next one. One that was applied before is
  ///   not folded in again.
  /// * `DAY_NOT_OPEN`, `DAY_NOT_LATER`, `DAY_NOT_SWEPT`, `DAY_OTHER`
  /// * `TICKET_MISSING`, `TICKET_UNKNOWN`, `TICKET_KNOWN`
  /// * `VERSION_NOT_NEXT`: of the ticket or the counter.
  /// * `QUEUE_OTHER`: the ticket did not wait where the event says.
  /// * `NOT_HEAD`: somebody was called by turn before it was theirs.
  /// * `COUNTER_UNKNOWN`: a call by turn at a counter that the settings lack.
  /// * `TICKET_AT_TWO_COUNTERS`
  std::vector<std::string> Apply(Event const& event);

  OfficeState const& state() const { return state_; }

 private:
  void OpenDay(Event const& event);
  void ApplyTicket(Event const& event);
  void ApplyCounter(Event const& event);
  // Takes out what is known of the ticket before the event.
  void Forget(Event const& event, std::map<TicketId, Ticket>& from,
              Ticket const& ticket);
  void CheckNew(Event const& event);
  void NoteCall(Event const& event);
  void NoteSerial(TicketId const& id);
  template <typename Record>
  void SetDue(Record const& record);
  template <typename Record>
  void ClearDue(Record const& record);
  void Complain(std::string_view name, std::string const& words);

  Office const& office_;
  OfficeState state_;
  bool leftovers_known_ = true;
  std::vector<std::string> impossible_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_OFFICE_STATE_FOLD_H
