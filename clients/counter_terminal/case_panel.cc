#include "clients/counter_terminal/case_board.h"
#include "clients/counter_terminal/keys.h"
#include "clients/counter_terminal/words.h"
#include "clients/terminal/text_width.h"
#include "clients/texts/texts.h"
#include <set>

namespace madoguchi::counter_terminal {

using renewal::v1::Renewal;
using texts::InBoth;
using texts::Language;

namespace {

using Lines = std::vector<std::string>;

// Done, next and to come: `+CHECK_FORM >CHECK_CARD  ISSUE`, in Japanese.
std::string PathLine(Renewal const& renewal) {
  std::set<int> done;
  for (auto const& record : renewal.steps()) {
    if (record.kind() == Renewal::StepRecord::DONE) done.insert(record.step());
  }
  std::string line;
  for (auto const value : renewal.path()) {
    auto const step = static_cast<renewal::v1::Step>(value);
    bool const is_next = step == renewal.next_step();
    line += is_next ? " >" : done.contains(value) ? " +" : "  ";
    line += texts::TextOf(Language::kJapanese,
                          "step." + renewal::v1::Step_Name(step));
  }
  return line;
}

// What must not be overlooked about the case now.
Lines CaresOf(CaseBoard const& board, Renewal const& renewal) {
  using Issuance = Renewal::Issuance;
  Lines cares;
  auto const add = [&](std::string_view id) {
    cares.push_back("!! " + InBoth(id, {}, "  "));
  };
  if (renewal.issuance().state() == Issuance::CHECK_AT_TERMINAL) {
    add("renewal.check_at_terminal");
  }
  if (renewal.issuance().state() == Issuance::SENT) {
    add("renewal.asked_authority");
  }
  if (board.near_lock == renewal.name()) add("renewal.near_lock");
  if (renewal.next_step() == renewal::v1::ENTER_PIN ||
      renewal.next_step() == renewal::v1::RESET_PIN) {
    cares.push_back(InBoth("renewal.pin_care", {}, "  "));
  }
  if (renewal.ticket_lags()) add("renewal.ticket_lags");
  return cares;
}

Lines LinesOf(CaseBoard const& board, Renewal const& renewal) {
  auto const person =
      InBoth("renewal.person", {{"k", std::to_string(renewal.person())}});
  Lines lines = {person + "  " + renewal.row() + "  " +
                     InBoth("case_outcome." + renewal.outcome()),
                 PathLine(renewal)};
  for (auto& care : CaresOf(board, renewal)) lines.push_back(std::move(care));
  return lines;
}

std::string CaseStateName(Renewal const& renewal) {
  if (renewal.result() != Renewal::RESULT_UNSPECIFIED) {
    return InBoth("result." + Renewal::Result_Name(renewal.result()));
  }
  if (renewal.state() == Renewal::PARKED) {
    return InBoth("park_reason." +
                  Renewal::Parking::Reason_Name(renewal.parking().reason()));
  }
  return InBoth(renewal.state() == Renewal::ABANDONED ? "renewal.abandoned"
                                                      : "renewal.open");
}

std::string UpstreamLine(CaseBoard const& board, Desk const& desk) {
  auto const& upstream = *board.news.upstream;
  auto line =
      InBoth("upstream.title") + ": " +
      InBoth("upstream." + renewal::v1::Upstream::State_Name(upstream.state()));
  bool const is_asked = upstream.connector() == renewal::v1::Upstream::MANUAL &&
                        !upstream.prober().empty() &&
                        LastPart(upstream.prober()) == desk.counter;
  return is_asked ? line + "  !! " + InBoth("upstream.you_try") : line;
}

}  // namespace

Lines CasePanel(CaseBoard const& board, Desk const& desk, int columns) {
  Lines lines;
  auto const* const current = CurrentCase(board);
  for (auto const& renewal : board.cases) {
    if (&renewal == current) {
      for (auto& line : LinesOf(board, renewal)) {
        lines.push_back(std::move(line));
      }
    } else {
      lines.push_back(
          InBoth("renewal.person", {{"k", std::to_string(renewal.person())}}) +
          "  " + CaseStateName(renewal));
    }
  }
  if (auto const move = NextMove(board, desk); move != Move::kNone) {
    lines.push_back("j=" + InBoth(MoveText(board, move), {}, "  ") + "   " +
                    KeyOf(Command::kCaseOther));
  }
  if (board.news.is_there && board.news.upstream) {
    lines.push_back(UpstreamLine(board, desk));
  }
  if (!board.news.parked.empty()) {
    lines.push_back(
        "z=" + InBoth("renewal.parked_count",
                      {{"k", std::to_string(board.news.parked.size())}}, "  "));
  }
  Lines wrapped;
  for (auto const& line : lines) {
    for (auto& part : terminal::Wrap(line, columns)) {
      wrapped.push_back(std::move(part));
    }
  }
  return wrapped;
}

}  // namespace madoguchi::counter_terminal
