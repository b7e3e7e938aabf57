#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_OUTCOME_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_OUTCOME_H

#include "services/office/office.h"
#include <string_view>

// What may come of a visit, in the codes of domain.md C. A code is all that is
// ever kept of it.
namespace madoguchi::renewal {

/// The outcome code of a row.
enum class Outcome {
  kNoTicket,
  kNoTicketReservedOnly,
  kDefer,
  kCustody,
  kOtherCity,
  kLostCard,
  kMissingCard,
  kCardRenewal,
  kCardExtension,
  kCardFaceUpdate,
  kStatProxyNeeded,
  kComeBackFrom,
  kRenewToday,
  kNewIssueToday,
  kResetThenRenew,
  kResetThenNewIssue,
  kTwoVisitsInquiry,
  kCannotToday,
  kNotEligibleSigning,
  kAskStaff,
};

/// Such as `RENEW_TODAY`.
std::string_view CodeOf(Outcome outcome);

/// How a visitor gets there who is not served to the end today.
enum class WayOn {
  kNone,
  /// Apply today, come again with the form that the city posts (C-34).
  kTwoVisitsInquiry,
  /// The holder comes and has the PIN reset; then another visit (C-32, C-33).
  kHolderReset,
  /// The same by proxy in two visits, where the city allows it.
  kProxyReset,
  /// The holder writes the form again and glues it (C-35).
  kHolderRewrites,
  /// With the paper that is missing (C-36, C-42, C-43).
  kBringPapers,
  /// First the card, then a new signing certificate (C-11).
  kNewIssueAfterUpdate,
};

/// Such as `HOLDER_RESET`; empty for `kNone`.
std::string_view CodeOf(WayOn way_on);

/// What a visitor has to bring and has not.
enum class Paper {
  kCard,
  kPhotoId,
  kProofOfAuthority,
  kReplyForm,
  kResidenceCard,
};

/// Such as `PHOTO_ID`.
std::string_view CodeOf(Paper paper);

/// The services whose tickets a renewal asks for (domain.md C, service codes).
enum class RenewalService {
  kNone,
  kRenewSelf,
  kRenewPinReset,
  kRenewProxy,
  kCardPickup,
  kCardApply,
  kOtherMynumber,
  kConsult,
};

/// The id that settings of offices know it by, such as `renew_self`; empty for
/// `kNone`.
ServiceId ServiceIdOf(RenewalService service);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_OUTCOME_H
