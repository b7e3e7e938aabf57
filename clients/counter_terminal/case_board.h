#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_BOARD_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_BOARD_H

#include "clients/counter_terminal/desk.h"
#include "madoguchi/renewal/v1/renewal.pb.h"
#include "madoguchi/renewal/v1/upstream.pb.h"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace madoguchi::counter_terminal {

/// What goes on besides the case at the counter.
struct CaseNews {
  /// Whether renewal answers: without it the counter works as ever.
  bool is_there = false;
  /// The parked cases of the office.
  std::vector<renewal::v1::Renewal> parked;
  /// How the national system does; nothing if nobody says.
  std::optional<renewal::v1::Upstream> upstream;
};

/// What the terminal knows of renewals.
struct CaseBoard {
  CaseNews news;
  /// The ticket that `cases` are of; empty without one.
  std::string ticket;
  /// Whether that ticket ended long ago, and the card alone is here.
  bool of_custody = false;
  /// In the order of the persons.
  std::vector<renewal::v1::Renewal> cases;
  /// The case whose next wrong try would lock its PIN; empty if none.
  std::string near_lock;
  /// Whether this office keeps cards, as far as is known.
  bool offers_custody = true;
};

/// The case that is worked on, the first that is open; null if none is. Lives
/// as long as `board` stays as it is.
renewal::v1::Renewal const* CurrentCase(CaseBoard const& board);

/// The first that was parked and whose visitor has not gone home; null if none
/// is. Lives as `CurrentCase` does.
renewal::v1::Renewal const* ParkedCase(CaseBoard const& board);

/// Whether a case of the ticket has not ended.
bool HasLiveCase(CaseBoard const& board);

/// The next person of a family, from 1; nothing if there cannot be one more.
std::optional<int> NextPerson(CaseBoard const& board);

/// What the one key for a case does now.
enum class Move {
  kNone,
  kStart,
  kStep,
  /// Ask the authority.
  kRequest,
  /// Say what came of it.
  kResult,
  /// The authority is being asked: nothing to press.
  kWait,
  /// Go on with what was parked: its visitor is back at this counter.
  kResume,
  kFinish,
  /// The same, and the visit ends with it.
  kFinishAll,
};

/// The next lawful press at `desk`.
Move NextMove(CaseBoard const& board, Desk const& desk);

/// What it is called, as the id of a text; empty for `kNone`.
std::string MoveText(CaseBoard const& board, Move move);

/// What else can be done about the case of the ticket at the counter, as codes,
/// the usual first.
std::vector<std::string> DealsOf(CaseBoard const& board);

/// Whether the PIN is that of a reply form: how often it was wrong is no
/// matter.
bool IsPinOfForm(renewal::v1::Renewal const& renewal);

/// Puts `renewal` on the board as the server answered it; never an older one.
void PutCase(renewal::v1::Renewal const& renewal, CaseBoard& board);

/// What the visitor of a parked case was given: the last part of its name.
std::string ReceiptOf(renewal::v1::Renewal const& renewal);

/// The renewal at the counter and how the national system does, as lines of at
/// most `columns`; none if nothing is known.
std::vector<std::string> CasePanel(CaseBoard const& board, Desk const& desk,
                                   int columns);

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_BOARD_H
