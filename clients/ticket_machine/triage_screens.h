#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_TRIAGE_SCREENS_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_TRIAGE_SCREENS_H

#include "clients/ticket_machine/screens.h"
#include "clients/ticket_machine/triage_line.h"
#include "madoguchi/renewal/v1/renewal.pb.h"
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::ticket_machine {

using TriageQuestion = TriageLine::Next::Question;

/// Whether there are words for all of `question`: renewal may be newer than
/// this program.
bool CanAsk(TriageQuestion const& question);

/// A question with its numbered choices.
std::string QuestionScreen(TriageQuestion const& question, Language language);

/// For which of `services` a number may be taken after `advice`, the advised
/// one first: a consultation too, unless the house is closed.
std::vector<ticketing::v1::Service> ServicesAfter(
    renewal::v1::Advice const& advice, Services const& services);

/// What came of the questions, with the numbers that may be taken, `offered`.
std::string AdviceScreen(renewal::v1::Advice const& advice,
                         std::vector<ticketing::v1::Service> const& offered,
                         Language language);

/// What a visitor typed at one of the two.
struct TriagePress {
  /// The place of a choice in the list, from 0.
  std::optional<int> choice;
  bool talk_to_staff = false;
  bool back = false;
};

/// Reads what was typed where there are `choices`. Nothing is set if it is none
/// of what the screen says.
TriagePress ReadTriagePress(std::string const& typed, int choices);

/// Takes back what was said last. Returns false if nothing was.
bool TakeBack(TriageLine::Said& said);

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_TRIAGE_SCREENS_H
