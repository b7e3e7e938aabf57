#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_TRIAGE_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_TRIAGE_H

#include "services/renewal/domain/decide.h"
#include <chrono>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

// Questions at the kiosk before a ticket, so that whoever cannot be served
// today learns it before they wait. At most six on any path, none about who
// somebody is, and none whose answer no longer matters:
//
//   WHO - CARD - CARD_DATE - CERT_EXPIRY - PIN                   the holder
//   WHO - CARD - CARD_DATE - CERT_EXPIRY - PHOTO_ID - REPLY_FORM  a proxy
//   WHO - CARD - CARD_DATE - CERT_EXPIRY - PHOTO_ID - PIN        a parent, ...
//
// Each is something visitors know or see: both dates stand on things in their
// hands, the card's beside the birth date, the certificates' on the notice.
// WHO takes the age of the holder along, and REPLY_FORM the PIN that the holder
// has written inside, or a proxy would have to answer seven.
//
// At every step a visitor may ask for `TalkToStaff` instead.
namespace madoguchi::renewal {

enum class Question {
  kWho,
  kCard,
  kCardDate,
  kCertExpiry,
  kPhotoId,
  kReplyForm,
  kPin,
};

/// Such as `CARD_DATE`.
std::string_view CodeOf(Question question);

/// The most questions that anybody is asked.
inline constexpr int kMostQuestions = 6;

enum class Choice {
  // To each question.
  kDoesNotKnow,
  // Whose card is it?
  kOwnCard,
  /// The own card of someone under 15 or with a legal guardian (C-28).
  kOwnCardRepresented,
  /// Of a child under 15, or of someone whose legal guardian the visitor is.
  kAsRepresentative,
  /// Of anyone else, family too (S-17).
  kAsProxy,
  // Is the card here?
  kHere,
  kAtHome,
  kLost,
  // How far off is the date beside the birth date, or that on the notice?
  kLater,
  kWithinThreeMonths,
  kPassed,
  // Has the proxy photo ID from an authority?
  kYes,
  kNo,
  // What about the envelope with the form?
  kGlued,
  /// Glued, but the holder did not know the PIN to be written in it (C-32).
  kGluedPinUnknown,
  /// Also opened, with blanks, or filled in by somebody else.
  kNotGlued,
  kNoForm,
  // Are the PINs known?
  kKnown,
  kForgotten,
  kLocked,
  /// A card without PIN, for its face only (B1-13).
  kCardWithoutPin,
};

/// Such as `WITHIN_THREE_MONTHS`.
std::string_view CodeOf(Choice choice);

/// What may be answered to `question`, in the order of its buttons: at most
/// five, so that the one to talk to staff is the sixth at most.
std::span<Choice const> ChoicesOf(Question question);

/// `answers` and this one. Nothing if it is no choice of `question`. Answering
/// again replaces what was said before.
std::optional<Answers> Take(Answers const& answers, Question question,
                            Choice choice);

/// The same for the month of expiry as the notice has it, in place of a choice
/// of CERT_EXPIRY: then those who come too early learn a date. The day is not
/// asked for, since it is a birthday. So the date told is that for the last day
/// of the month, on which nobody comes too early, and staff check the standing
/// where the month alone leaves two.
Answers TakeExpiryMonth(Answers const& answers, std::chrono::year_month expiry,
                        std::chrono::year_month_day today);

/// What to do now: ask the next question, or tell what the table says.
///
/// Asks only while the answer can still decide which row hits.
/// What somebody did not know is taken as usual and is not asked again; who
/// cannot tell whose card it is gets staff, for the other questions could not
/// be put to them in the right words.
std::variant<Question, Decision> NextStep(Answers const& answers,
                                          Circumstances const& circumstances,
                                          RenewalRules const& rules);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_TRIAGE_H
