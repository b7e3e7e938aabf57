#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_CLERK_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_CLERK_H

#include "clients/counter_terminal/case_steps.h"
#include "clients/counter_terminal/questions.h"
#include "madoguchi/ticketing/v1/ticket.pb.h"
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::counter_terminal {

/// Does what a clerk presses about renewals: asks what has to be asked, and
/// takes the steps. What was typed behind the key answers, as everywhere. Not
/// thread safe.
class CaseClerk {
 public:
  using Renewal = renewal::v1::Renewal;

  /// What it is given must outlive it.
  CaseClerk(CaseSteps& steps, Conversation const& conversation)
      : steps_(steps), conversation_(conversation) {}

  /// The one key: the next lawful press at `desk`.
  void GoOn(Desk const& desk, std::string const& given);

  /// What else there is to do about the case at `desk`.
  void Offer(Desk const& desk, Questions& questions);

  /// Goes on with a parked case; `make_free` says whether the counter can take
  /// its ticket.
  void ResumeOne(Questions& questions, std::function<bool()> const& make_free);

  /// Says how the national system does.
  void Report(Questions& questions);

  /// Whether a card is worked on whose holder has gone home.
  bool has_card_alone() const { return steps_.board().of_custody; }

 private:
  /// Asks what the window knows of the visitor, and begins the case.
  void Start(Desk const& desk, int person, std::string const& given);
  void TakeResult(Renewal const& renewal, Questions& questions);
  void NoteWrongPin(Renewal const& renewal, Questions& questions);
  void ChooseReset(Renewal const& renewal);
  void Finish(Renewal const& renewal, bool completes);
  void Park(Renewal const& renewal, Renewal::Parking::Reason reason);
  /// After the case of a card that was in custody there is nobody here.
  void PutCardAway();
  /// Shows what the visitor is to be told.
  void Tell(google::protobuf::RepeatedPtrField<std::string> const& ids,
            std::string const& receipt = "");

  CaseSteps& steps_;
  Conversation const& conversation_;
};

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_CLERK_H
