#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CLERK_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CLERK_H

#include "clients/counter_terminal/case_board.h"
#include "clients/counter_terminal/case_calls.h"
#include "clients/counter_terminal/case_clerk.h"
#include "clients/counter_terminal/case_steps.h"
#include "clients/counter_terminal/conversation.h"
#include "clients/counter_terminal/counter_calls.h"
#include "clients/counter_terminal/floor.h"
#include "clients/counter_terminal/questions.h"
#include "clients/counter_terminal/steps.h"
#include "absl/time/time.h"
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace madoguchi::counter_terminal {

/// Who works where.
struct Workplace {
  /// As in `offices/honcho`.
  std::string office;
  /// The last part of the counter's name.
  std::string counter;
  std::string staff;
  absl::TimeZone zone;
  /// The outcomes that the keys 1 to 9 stand for.
  std::vector<std::string> outcomes;
};

/// Does what the clerk presses: asks what has to be asked, guards against
/// slips, and takes the steps. Not thread safe.
class Clerk {
 public:
  /// `calls` and `case_calls` must outlive the clerk. `floor` tells what goes
  /// on in the office.
  Clerk(CounterCalls& calls, CaseCalls& case_calls, Workplace workplace,
        Conversation conversation, std::function<Floor()> floor);

  /// Opens the counter; asks first if it has to be taken over.
  void Open();

  /// Does one press. Returns whether the terminal goes on.
  bool Do(Press const& press);

  /// Takes note of what goes on in the office; see `Steps::Notice`.
  void Notice() { steps_.Notice(floor_()); }

  /// Takes note of what goes on with renewals.
  void Notice(CaseNews news);

  Desk const& desk() const { return steps_.desk(); }
  CaseBoard const& cases() const { return case_steps_.board(); }

 private:
  using Ticket = ticketing::v1::Ticket;

  /// Does a press about renewals. Returns false if it is none.
  bool DoCase(Press const& press);
  /// The cases are those of the ticket that is being served here.
  void FollowTicket();
  void CallNext();
  void Complete(Press const& press);
  void WrapUp();
  void MarkAbsent();
  void Hold(Questions questions);
  void Transfer(Ticket const& ticket, Questions questions);
  void Edit(Ticket const& ticket, Questions questions);
  void Designate(Questions questions);
  void DesignateTicket(Ticket const& ticket, Questions questions);
  void ServeVisitor(Questions questions);
  void Pause(Questions questions);
  void Find(Questions questions);
  void Return(std::string number);
  void List();
  void Help();
  /// Lists those away in `state`, and deals with the one that the clerk names.
  void DealWithAway(Ticket::State state, Questions questions);
  /// Offers what can be done with any ticket.
  void DealWith(Ticket const& ticket, Questions questions);
  /// Returns whether the counter is no longer this terminal's.
  bool Close();

  /// The ticket at the counter; without one, the one whose number is given or
  /// asked for.
  std::optional<Ticket> Subject(Questions& questions);
  /// Whether the counter can call: asks "stay, or finish and call" while
  /// somebody is served.
  bool MakeFree();
  bool IsLastAbleToCall() const;
  bool ConfirmOf(std::string_view question, std::string const& number,
                 bool unasked);
  void Print(Ticket const& ticket);

  Workplace const workplace_;
  Conversation const conversation_;
  std::function<Floor()> const floor_;
  Steps steps_;
  CaseSteps case_steps_;
  CaseClerk case_clerk_;
};

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CLERK_H
