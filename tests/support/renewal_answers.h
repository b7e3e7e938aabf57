#ifndef MADOGUCHI_TESTS_SUPPORT_RENEWAL_ANSWERS_H
#define MADOGUCHI_TESTS_SUPPORT_RENEWAL_ANSWERS_H

#include "services/renewal/domain/answers.h"

namespace madoguchi::renewal {

/// Everything that a row may ask about, known and in order: `who` comes in the
/// window, with all papers. Tests change what they are about.
inline Answers InOrder(Who who) {
  Answers answers;
  answers.who = who;
  answers.holder = who == Who::kStat ? Holder::kUnder15 : Holder::kAdult;
  answers.card = CardPlace::kWithMe;
  answers.card_standing = CardStanding::kValid;
  answers.signing_cert =
      who == Who::kStat ? CertStanding::kNone : CertStanding::kInWindow;
  answers.user_cert = CertStanding::kInWindow;
  answers.pin = Pin::kKnown;
  answers.reply_form = ReplyForm::kSealed;
  answers.photo_id = YesNo::kYes;
  answers.authority = YesNo::kYes;
  answers.signing_wish = YesNo::kNo;
  answers.registered_here = YesNo::kYes;
  answers.stay_ending = YesNo::kNo;
  answers.card_face_current = YesNo::kYes;
  answers.expiry_notice = YesNo::kYes;
  answers.same_household = YesNo::kNo;
  return answers;
}

/// The same with both certificates standing as `cert`.
inline Answers InOrder(Who who, CertStanding cert, Pin pin = Pin::kKnown) {
  auto answers = InOrder(who);
  answers.signing_cert = cert;
  answers.user_cert = cert;
  answers.pin = pin;
  return answers;
}

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_TESTS_SUPPORT_RENEWAL_ANSWERS_H
