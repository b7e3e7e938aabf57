#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ADVICE_TEXT_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ADVICE_TEXT_H

#include <string_view>

namespace madoguchi::renewal {

/// What a visitor is told; the words are in the catalogue of texts. Behind each
/// its text of domain.md E, or of a row of C for which E has none.
enum class AdviceText {
  kNone,
  kReady,                // E-07
  kReadyWithoutPin,      // E-07, variant of C-29
  kReset,                // E-08
  kProxy,                // E-09
  kNoCard,               // E-10
  kNoPhotoId,            // E-10b
  kNoticeNotNeeded,      // E-11
  kTooEarly,             // E-12
  kTooEarlyUndated,      // E-12 where the date is not known
  kNoticeByPost,         // C-13
  kCardRenewal,          // E-13
  kCardBringsCerts,      // C-09
  kTwoVisits,            // E-14
  kHolderReset,          // E-15
  kNotSealed,            // E-16
  kHolderRewrites,       // C-35
  kBusy,                 // E-17
  kOutage,               // E-18
  kCustody,              // C-03
  kNoSigning,            // E-19
  kClosed,               // E-20
  kClosedUndated,        // E-20 where the date is not known
  kWeekendCounter,       // E-21
  kStaff,                // E-22
  kOtherCity,            // C-05
  kLostCard,             // C-07
  kExtendCard,           // C-10
  kUpdateCardFace,       // C-11
  kLegalRepresentative,  // C-28
  kNewSigning,           // C-12
  kExpiredIsNoProblem,   // C-24
  kLockStays,            // C-22
  kProofOfAuthority,     // C-42
  kSecondId,             // C-21, C-41
  kOralQuestions,        // B1-10
  kGiveFormBack,         // C-33
  kSigningPossible,      // C-27
};

/// Its id in the catalogue of texts, such as `advice.ready`; empty for `kNone`.
std::string_view TextIdOf(AdviceText text);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ADVICE_TEXT_H
