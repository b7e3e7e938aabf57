#include "clients/counter_terminal/case_board.h"
#include "clients/counter_terminal/words.h"
#include <algorithm>

namespace madoguchi::counter_terminal {

using renewal::v1::Renewal;
using ticketing::v1::Ticket;

namespace {

constexpr int kMostPersons = 9;

bool IsLive(Renewal const& renewal) {
  return renewal.state() == Renewal::OPEN || renewal.state() == Renewal::PARKED;
}

bool Has(Renewal const& renewal, renewal::v1::Step step) {
  auto const& path = renewal.path();
  return std::find(path.begin(), path.end(), step) != path.end();
}

// Whether nothing of the ticket is left once `renewal` ends.
bool IsLast(CaseBoard const& board, Renewal const& renewal) {
  return std::all_of(board.cases.begin(), board.cases.end(),
                     [&](Renewal const& one) {
                       return one.name() == renewal.name() || !IsLive(one);
                     });
}

// Of a case at ISSUE.
Move MoveAtIssue(CaseBoard const& board, Renewal const& renewal) {
  using Issuance = Renewal::Issuance;
  bool const by_rpc = board.news.upstream && board.news.upstream->connector() ==
                                                 renewal::v1::Upstream::RPC;
  switch (renewal.issuance().state()) {
    case Issuance::PLANNED:
      // Nobody sends it any more where staff have come to ask by hand.
      return by_rpc ? Move::kWait : Move::kRequest;
    case Issuance::SENT:
      // Where this system asks, it hears the answer too.
      return by_rpc ? Move::kWait : Move::kResult;
    case Issuance::CHECK_AT_TERMINAL:
      return Move::kResult;
    default:
      return Move::kRequest;
  }
}

}  // namespace

Renewal const* CurrentCase(CaseBoard const& board) {
  for (auto const& renewal : board.cases) {
    if (renewal.state() == Renewal::OPEN) return &renewal;
  }
  return nullptr;
}

Renewal const* ParkedCase(CaseBoard const& board) {
  for (auto const& renewal : board.cases) {
    if (renewal.state() == Renewal::PARKED &&
        renewal.parking().reason() != Renewal::Parking::CUSTODY) {
      return &renewal;
    }
  }
  return nullptr;
}

bool HasLiveCase(CaseBoard const& board) {
  return std::any_of(board.cases.begin(), board.cases.end(), IsLive);
}

std::optional<int> NextPerson(CaseBoard const& board) {
  int last = 0;
  for (auto const& renewal : board.cases) {
    last = std::max(last, renewal.person());
  }
  if (last >= kMostPersons) return std::nullopt;
  return last + 1;
}

Move NextMove(CaseBoard const& board, Desk const& desk) {
  if (!board.news.is_there) return Move::kNone;
  bool const is_served = desk.ticket &&
                         desk.ticket->state() == Ticket::SERVING &&
                         desk.ticket->name() == board.ticket;
  if (!is_served && !board.of_custody) return Move::kNone;
  auto const* const renewal = CurrentCase(board);
  if (renewal == nullptr) {
    if (!is_served) return Move::kNone;
    if (ParkedCase(board) != nullptr) return Move::kResume;
    bool const starts =
        board.cases.empty() && desk.ticket->service().starts_with("renew_");
    return starts ? Move::kStart : Move::kNone;
  }
  if (renewal->next_step() == renewal::v1::STEP_UNSPECIFIED) {
    // With custody the ticket was completed when the visitor went home.
    bool const completes = !board.of_custody && IsLast(board, *renewal);
    return completes ? Move::kFinishAll : Move::kFinish;
  }
  if (renewal->next_step() != renewal::v1::ISSUE) return Move::kStep;
  return MoveAtIssue(board, *renewal);
}

std::string MoveText(CaseBoard const& board, Move move) {
  switch (move) {
    case Move::kNone:
      return "";
    case Move::kStart:
      return "renewal.next_start";
    case Move::kStep:
      return "step." + renewal::v1::Step_Name(CurrentCase(board)->next_step());
    case Move::kRequest:
      return "renewal.next_request";
    case Move::kResult:
      return "renewal.next_result";
    case Move::kWait:
      return "renewal.next_wait";
    case Move::kResume:
      return "renewal.next_resume";
    case Move::kFinish:
      return "renewal.next_finish";
    case Move::kFinishAll:
      return "renewal.next_finish_all";
  }
  return "";
}

std::vector<std::string> DealsOf(CaseBoard const& board) {
  auto const* const renewal = CurrentCase(board);
  bool const more = !board.of_custody && NextPerson(board).has_value();
  std::vector<std::string> deals;
  if (renewal == nullptr) {
    if (more) deals.emplace_back("another");
    return deals;
  }
  if (renewal->next_step() == renewal::v1::ENTER_PIN) {
    deals.emplace_back("wrong_pin");
    bool const knows_pin =
        !Has(*renewal, renewal::v1::RESET_PIN) && !IsPinOfForm(*renewal);
    if (knows_pin) deals.emplace_back("reset");
  }
  deals.emplace_back("park_visitor");
  deals.emplace_back("park_upstream");
  if (board.offers_custody) deals.emplace_back("park_custody");
  if (more) deals.emplace_back("another");
  auto const issuance = renewal->issuance().state();
  bool const is_unclear = issuance == Renewal::Issuance::SENT ||
                          issuance == Renewal::Issuance::CHECK_AT_TERMINAL;
  if (!is_unclear) deals.emplace_back("abandon");
  return deals;
}

bool IsPinOfForm(Renewal const& renewal) {
  return Has(renewal, renewal::v1::OPEN_ENVELOPE);
}

void PutCase(Renewal const& renewal, CaseBoard& board) {
  if (renewal.ticket() != board.ticket) return;
  auto const known = std::find_if(
      board.cases.begin(), board.cases.end(),
      [&](Renewal const& one) { return one.name() == renewal.name(); });
  if (known == board.cases.end()) {
    board.cases.push_back(renewal);
  } else if (known->version() <= renewal.version()) {
    *known = renewal;
  }
  std::sort(board.cases.begin(), board.cases.end(),
            [](Renewal const& a, Renewal const& b) {
              return a.person() < b.person();
            });
}

std::string ReceiptOf(Renewal const& renewal) {
  return LastPart(renewal.name());
}

}  // namespace madoguchi::counter_terminal
