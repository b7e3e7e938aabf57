#include "services/renewal/domain/step_events.h"
#include <array>

namespace madoguchi::renewal {
namespace {

// The rows by which a visitor enters PINs, and those by which the case goes on
// if it turns out that they do not know one, or that it is locked.
struct PinRows {
  RowId known;
  RowId forgotten;
  RowId locked;
};

constexpr std::array<PinRows, 5> kPinRows = {{
    {RowId::kC20, RowId::kC21, RowId::kC22},
    {RowId::kC24, RowId::kC25, RowId::kC25},
    {RowId::kC12, RowId::kC12b, RowId::kC12b},
    {RowId::kC14, RowId::kC14b, RowId::kC14b},
    {RowId::kC40, RowId::kC41, RowId::kC41},
}};

Row const& FindRow(RowId row) { return Rows()[static_cast<std::size_t>(row)]; }

}  // namespace

int TriesOf(PinKind kind) { return kind == PinKind::kSigning ? 5 : 3; }

std::optional<StepEffect> AfterWrongPin(RowId running, PinKind kind,
                                        int in_a_row) {
  for (auto const& rows : kPinRows) {
    if (rows.known != running) continue;
    StepEffect effect;
    effect.code = "C-23";
    bool const locked = in_a_row >= TriesOf(kind);
    effect.row = locked ? rows.locked : running;
    effect.outcome = FindRow(effect.row).outcome;
    effect.offer_reset = in_a_row == TriesOf(kind) - 1;
    if (effect.offer_reset) effect.if_reset = rows.forgotten;
    if (locked) effect.texts = {AdviceText::kReset, AdviceText::kLockStays};
    return effect;
  }
  return std::nullopt;
}

std::optional<RowId> RowAfterReset(RowId running) {
  for (auto const& rows : kPinRows) {
    if (rows.known == running) return rows.forgotten;
  }
  return std::nullopt;
}

std::optional<StepEffect> AfterWrongPinInForm(RowId running,
                                              RenewalRules const& rules) {
  if (running != RowId::kC30) return std::nullopt;
  StepEffect effect;
  effect.code = "C-33";
  effect.row = RowId::kC32;
  effect.outcome = Outcome::kCannotToday;
  effect.way_on = rules.proxy_reset == ProxyReset::kTwoVisits
                      ? WayOn::kProxyReset
                      : WayOn::kHolderReset;
  effect.texts = {AdviceText::kHolderReset, AdviceText::kGiveFormBack};
  return effect;
}

}  // namespace madoguchi::renewal
