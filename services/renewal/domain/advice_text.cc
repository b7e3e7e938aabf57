#include "services/renewal/domain/advice_text.h"

namespace madoguchi::renewal {

std::string_view TextIdOf(AdviceText text) {
  // No default: gcc then tells which new value has no id.
  switch (text) {
    case AdviceText::kNone:
      return "";
    case AdviceText::kReady:
      return "advice.ready";
    case AdviceText::kReadyWithoutPin:
      return "advice.ready_without_pin";
    case AdviceText::kReset:
      return "advice.reset";
    case AdviceText::kProxy:
      return "advice.proxy";
    case AdviceText::kNoCard:
      return "advice.no_card";
    case AdviceText::kNoPhotoId:
      return "advice.no_photo_id";
    case AdviceText::kNoticeNotNeeded:
      return "advice.notice_not_needed";
    case AdviceText::kTooEarly:
      return "advice.too_early";
    case AdviceText::kTooEarlyUndated:
      return "advice.too_early_undated";
    case AdviceText::kNoticeByPost:
      return "advice.notice_by_post";
    case AdviceText::kCardRenewal:
      return "advice.card_renewal";
    case AdviceText::kCardBringsCerts:
      return "advice.card_brings_certs";
    case AdviceText::kTwoVisits:
      return "advice.two_visits";
    case AdviceText::kHolderReset:
      return "advice.holder_reset";
    case AdviceText::kNotSealed:
      return "advice.not_sealed";
    case AdviceText::kHolderRewrites:
      return "advice.holder_rewrites";
    case AdviceText::kBusy:
      return "advice.busy";
    case AdviceText::kOutage:
      return "advice.outage";
    case AdviceText::kCustody:
      return "advice.custody";
    case AdviceText::kNoSigning:
      return "advice.no_signing";
    case AdviceText::kClosed:
      return "advice.closed";
    case AdviceText::kClosedUndated:
      return "advice.closed_undated";
    case AdviceText::kWeekendCounter:
      return "advice.weekend_counter";
    case AdviceText::kStaff:
      return "advice.staff";
    case AdviceText::kOtherCity:
      return "advice.other_city";
    case AdviceText::kLostCard:
      return "advice.lost_card";
    case AdviceText::kExtendCard:
      return "advice.extend_card";
    case AdviceText::kUpdateCardFace:
      return "advice.update_card_face";
    case AdviceText::kLegalRepresentative:
      return "advice.legal_representative";
    case AdviceText::kNewSigning:
      return "advice.new_signing";
    case AdviceText::kExpiredIsNoProblem:
      return "advice.expired_is_no_problem";
    case AdviceText::kLockStays:
      return "advice.lock_stays";
    case AdviceText::kProofOfAuthority:
      return "advice.proof_of_authority";
    case AdviceText::kSecondId:
      return "advice.second_id";
    case AdviceText::kOralQuestions:
      return "advice.oral_questions";
    case AdviceText::kGiveFormBack:
      return "advice.give_form_back";
    case AdviceText::kSigningPossible:
      return "advice.signing_possible";
  }
  return "";
}

}  // namespace madoguchi::renewal
