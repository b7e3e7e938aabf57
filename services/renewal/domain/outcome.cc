#include "services/renewal/domain/outcome.h"

namespace madoguchi::renewal {

// Switches without a default: gcc then tells which new value has no code.

std::string_view CodeOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kNoTicket:
      return "NO_TICKET";
    case Outcome::kNoTicketReservedOnly:
      return "NO_TICKET_RESERVED_ONLY";
    case Outcome::kDefer:
      return "DEFER";
    case Outcome::kCustody:
      return "CUSTODY";
    case Outcome::kOtherCity:
      return "OTHER_CITY";
    case Outcome::kLostCard:
      return "LOST_CARD";
    case Outcome::kMissingCard:
      return "MISSING_CARD";
    case Outcome::kCardRenewal:
      return "CARD_RENEWAL";
    case Outcome::kCardExtension:
      return "CARD_EXTENSION";
    case Outcome::kCardFaceUpdate:
      return "CARD_FACE_UPDATE";
    case Outcome::kStatProxyNeeded:
      return "STAT_PROXY_NEEDED";
    case Outcome::kComeBackFrom:
      return "COME_BACK_FROM";
    case Outcome::kRenewToday:
      return "RENEW_TODAY";
    case Outcome::kNewIssueToday:
      return "NEW_ISSUE_TODAY";
    case Outcome::kResetThenRenew:
      return "RESET_THEN_RENEW";
    case Outcome::kResetThenNewIssue:
      return "RESET_THEN_NEW_ISSUE";
    case Outcome::kTwoVisitsInquiry:
      return "TWO_VISITS_INQUIRY";
    case Outcome::kCannotToday:
      return "CANNOT_TODAY";
    case Outcome::kNotEligibleSigning:
      return "NOT_ELIGIBLE_SIGNING";
    case Outcome::kAskStaff:
      return "ASK_STAFF";
  }
  return "";
}

std::string_view CodeOf(WayOn way_on) {
  switch (way_on) {
    case WayOn::kNone:
      return "";
    case WayOn::kTwoVisitsInquiry:
      return "TWO_VISITS_INQUIRY";
    case WayOn::kHolderReset:
      return "HOLDER_RESET";
    case WayOn::kProxyReset:
      return "PROXY_RESET";
    case WayOn::kHolderRewrites:
      return "HOLDER_REWRITES";
    case WayOn::kBringPapers:
      return "BRING_PAPERS";
    case WayOn::kNewIssueAfterUpdate:
      return "NEW_ISSUE_AFTER_UPDATE";
  }
  return "";
}

std::string_view CodeOf(Paper paper) {
  switch (paper) {
    case Paper::kCard:
      return "CARD";
    case Paper::kPhotoId:
      return "PHOTO_ID";
    case Paper::kProofOfAuthority:
      return "PROOF_OF_AUTHORITY";
    case Paper::kReplyForm:
      return "REPLY_FORM";
    case Paper::kResidenceCard:
      return "RESIDENCE_CARD";
  }
  return "";
}

ServiceId ServiceIdOf(RenewalService service) {
  switch (service) {
    case RenewalService::kNone:
      return {""};
    case RenewalService::kRenewSelf:
      return {"renew_self"};
    case RenewalService::kRenewPinReset:
      return {"renew_pin_reset"};
    case RenewalService::kRenewProxy:
      return {"renew_proxy"};
    case RenewalService::kCardPickup:
      return {"card_pickup"};
    case RenewalService::kCardApply:
      return {"card_apply"};
    case RenewalService::kOtherMynumber:
      return {"other_mynumber"};
    case RenewalService::kConsult:
      return {"consult"};
  }
  return {""};
}

}  // namespace madoguchi::renewal
