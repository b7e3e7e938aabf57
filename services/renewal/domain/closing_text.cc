#include "services/renewal/domain/closing_text.h"
#include "services/renewal/domain/advice_text.h"
#include "services/renewal/domain/decision_table.h"

namespace madoguchi::renewal {
namespace {

using Texts = std::vector<std::string_view>;

constexpr std::string_view kCardStaysValid = "closing.card_stays_valid";
constexpr std::string_view kAfterExpiry = "closing.after_expiry";

Texts OfIssued(std::string_view what, CasePlan const& plan) {
  Texts texts = {what};
  texts.push_back(plan.has_user ? "closing.works_again"
                                : "closing.user_cert_goes_on");
  // B1-14: it is known everywhere only the next day.
  if (plan.has_signing) texts.push_back("closing.signing_soon");
  texts.push_back("closing.further_steps");
  return texts;
}

void Add(AdviceText text, Texts& texts) {
  // A case keeps no date.
  if (text == AdviceText::kTooEarly) text = AdviceText::kTooEarlyUndated;
  if (text == AdviceText::kClosed) text = AdviceText::kClosedUndated;
  if (text != AdviceText::kNone) texts.push_back(TextIdOf(text));
}

Texts OfAdvised(CasePlan const& plan) {
  Texts texts;
  auto const row = RowOf(plan.row);
  // Where staff decided, staff have said it.
  if (!row || *row == RowId::kC99) return {kCardStaysValid, kAfterExpiry};
  auto const& advised = Rows()[static_cast<std::size_t>(*row)];
  Add(advised.text, texts);
  Add(advised.also, texts);
  bool const has_valid_card = *row != RowId::kC07 && *row != RowId::kC08;
  if (has_valid_card) texts.push_back(kCardStaysValid);
  // A new card brings new certificates.
  if (has_valid_card && *row != RowId::kC09) texts.push_back(kAfterExpiry);
  return texts;
}

Texts OfFinished(RenewalCase const& renewal) {
  switch (renewal.result) {
    case CaseResult::kNone:
      return {};
    case CaseResult::kRenewed:
      return OfIssued("closing.renewed", renewal.plan);
    case CaseResult::kNewlyIssued:
      return OfIssued("closing.newly_issued", renewal.plan);
    case CaseResult::kApplied:
      return {TextIdOf(AdviceText::kTwoVisits), kCardStaysValid, kAfterExpiry};
    case CaseResult::kAdvised:
      return OfAdvised(renewal.plan);
    case CaseResult::kRefused:
      return {"closing.refused", kCardStaysValid, kAfterExpiry};
    case CaseResult::kHolderReset:
      return {TextIdOf(AdviceText::kHolderReset),
              TextIdOf(AdviceText::kGiveFormBack), kCardStaysValid,
              kAfterExpiry};
  }
  return {};
}

Texts OfParked(Parking const& parking) {
  switch (parking.reason) {
    case ParkReason::kVisitor:
      return {"closing.kept_place"};
    case ParkReason::kUpstream:
      return {"closing.waits_for_upstream", "closing.kept_place"};
    case ParkReason::kCustody:
      return {"closing.card_in_custody", kAfterExpiry};
  }
  return {};
}

}  // namespace

std::vector<std::string_view> ClosingTexts(RenewalCase const& renewal) {
  if (renewal.state == CaseState::kFinished) return OfFinished(renewal);
  if (renewal.parking) return OfParked(*renewal.parking);
  return {};
}

}  // namespace madoguchi::renewal
