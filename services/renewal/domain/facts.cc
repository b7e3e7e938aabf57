#include "services/renewal/domain/facts.h"
#include <array>
#include <initializer_list>
#include <utility>

namespace madoguchi::renewal {
namespace {

constexpr std::array<std::pair<Fact, std::string_view>, 13> kFactCodes = {{
    {Fact::kWho, "WHO"},
    {Fact::kHolder, "HOLDER"},
    {Fact::kCard, "CARD"},
    {Fact::kCardStanding, "CARD_STANDING"},
    {Fact::kCert, "CERT"},
    {Fact::kPin, "PIN"},
    {Fact::kReplyForm, "REPLY_FORM"},
    {Fact::kPhotoId, "PHOTO_ID"},
    {Fact::kAuthority, "AUTHORITY"},
    {Fact::kSigningWish, "SIGNING_WISH"},
    {Fact::kRegisteredHere, "REGISTERED_HERE"},
    {Fact::kStayEnding, "STAY_ENDING"},
    {Fact::kCardFaceCurrent, "CARD_FACE_CURRENT"},
}};

// From what takes most to put right to what takes least.
constexpr std::array kMostFirst = {
    CertStanding::kRevoked, CertStanding::kNone, CertStanding::kExpired,
    CertStanding::kInWindow, CertStanding::kNotYet};

template <typename T>
T FirstPossible(Answer<T> const& answer, std::initializer_list<T> order) {
  for (auto const value : order) {
    if (answer.values().Has(value)) return value;
  }
  return *order.begin();
}

CertStanding UsualStanding(Answer<CertStanding> const& answer) {
  return FirstPossible(answer, {CertStanding::kInWindow, CertStanding::kExpired,
                                CertStanding::kNotYet, CertStanding::kNone,
                                CertStanding::kRevoked});
}

template <typename T>
void Settle(Answer<T>& answer, std::initializer_list<T> order) {
  answer = FirstPossible(answer, order);
}

template <typename T>
void RestoreUnasked(Answer<T> const& before, Answer<T>& answer) {
  if (!before.asked()) answer = before;
}

Values<CertStanding> PossibleCert(Answers const& answers) {
  auto cert = Values<CertStanding>::None();
  for (auto const signing_cert : answers.signing_cert.values().List()) {
    for (auto const user_cert : answers.user_cert.values().List()) {
      for (auto const holder : answers.holder.values().List()) {
        for (auto const wish : answers.signing_wish.values().List()) {
          cert.Add(CertThatCounts(signing_cert, user_cert, holder, wish));
        }
      }
    }
  }
  return cert;
}

}  // namespace

std::string_view CodeOf(Fact fact) {
  for (auto const& [each, code] : kFactCodes) {
    if (each == fact) return code;
  }
  return "";
}

CertStanding CertThatCounts(CertStanding signing_cert, CertStanding user_cert,
                            Holder holder, YesNo signing_wish) {
  bool const gets_none = holder == Holder::kUnder15 || holder == Holder::kWard;
  bool const wants_none =
      signing_cert == CertStanding::kNone && signing_wish == YesNo::kNo;
  if (gets_none || wants_none) return user_cert;
  for (auto const standing : kMostFirst) {
    if (signing_cert == standing || user_cert == standing) return standing;
  }
  return user_cert;
}

Facts PossibleFacts(Answers const& answers) {
  Facts facts;
  facts.who = answers.who.values();
  facts.holder = answers.holder.values();
  facts.card = answers.card.values();
  facts.card_standing = answers.card_standing.values();
  facts.cert = PossibleCert(answers);
  facts.user_cert = answers.user_cert.values();
  facts.pin = answers.pin.values();
  facts.reply_form = answers.reply_form.values();
  facts.photo_id = answers.photo_id.values();
  facts.authority = answers.authority.values();
  facts.signing_wish = answers.signing_wish.values();
  facts.registered_here = answers.registered_here.values();
  facts.stay_ending = answers.stay_ending.values();
  facts.card_face_current = answers.card_face_current.values();
  return facts;
}

Answers AsUsual(Answers const& answers) {
  auto usual = answers;
  Settle(usual.who, {Who::kUnclear, Who::kSelf, Who::kStat, Who::kVol});
  Settle(usual.holder,
         {Holder::kAdult, Holder::kAge15To17, Holder::kUnder15, Holder::kWard});
  Settle(usual.card,
         {CardPlace::kWithMe, CardPlace::kAtHome, CardPlace::kLost});
  Settle(usual.card_standing, {CardStanding::kValid, CardStanding::kExpiresSoon,
                               CardStanding::kExpired});
  auto const user_cert = UsualStanding(answers.user_cert);
  usual.user_cert = user_cert;
  // Both are renewed together and then expire on one day.
  usual.signing_cert = answers.signing_cert.values().Has(user_cert)
                           ? user_cert
                           : UsualStanding(answers.signing_cert);
  if (answers.pin.does_not_know()) {
    usual.pin = Pin::kForgotten;
  } else {
    Settle(usual.pin, {Pin::kKnown, Pin::kForgotten, Pin::kLocked, Pin::kNone});
  }
  Settle(usual.reply_form,
         {ReplyForm::kSealed, ReplyForm::kNotSealed, ReplyForm::kMissing});
  Settle(usual.photo_id, {YesNo::kYes, YesNo::kNo});
  Settle(usual.authority, {YesNo::kYes, YesNo::kNo});
  Settle(usual.signing_wish, {YesNo::kNo, YesNo::kYes});
  Settle(usual.registered_here, {YesNo::kYes, YesNo::kNo});
  Settle(usual.stay_ending, {YesNo::kNo, YesNo::kYes});
  Settle(usual.card_face_current, {YesNo::kYes, YesNo::kNo});
  return usual;
}

Answers AskedAsUsual(Answers const& answers) {
  auto usual = AsUsual(answers);
  RestoreUnasked(answers.who, usual.who);
  RestoreUnasked(answers.holder, usual.holder);
  RestoreUnasked(answers.card, usual.card);
  RestoreUnasked(answers.card_standing, usual.card_standing);
  RestoreUnasked(answers.signing_cert, usual.signing_cert);
  RestoreUnasked(answers.user_cert, usual.user_cert);
  RestoreUnasked(answers.pin, usual.pin);
  RestoreUnasked(answers.reply_form, usual.reply_form);
  RestoreUnasked(answers.photo_id, usual.photo_id);
  RestoreUnasked(answers.authority, usual.authority);
  RestoreUnasked(answers.signing_wish, usual.signing_wish);
  RestoreUnasked(answers.registered_here, usual.registered_here);
  RestoreUnasked(answers.stay_ending, usual.stay_ending);
  RestoreUnasked(answers.card_face_current, usual.card_face_current);
  return usual;
}

Comparison Compare(Facts const& possible, Facts const& wanted) {
  Comparison comparison{Comparison::Match::kYes, Values<Fact>::None()};
  bool met = true;
  auto const compare = [&](Fact fact, auto may_be, auto must_be) {
    if (!may_be.Meet(must_be)) met = false;
    if (!may_be.AreAmong(must_be)) comparison.open.Add(fact);
  };
  compare(Fact::kWho, possible.who, wanted.who);
  compare(Fact::kHolder, possible.holder, wanted.holder);
  compare(Fact::kCard, possible.card, wanted.card);
  compare(Fact::kCardStanding, possible.card_standing, wanted.card_standing);
  compare(Fact::kCert, possible.cert, wanted.cert);
  compare(Fact::kCert, possible.user_cert, wanted.user_cert);
  compare(Fact::kPin, possible.pin, wanted.pin);
  compare(Fact::kReplyForm, possible.reply_form, wanted.reply_form);
  compare(Fact::kPhotoId, possible.photo_id, wanted.photo_id);
  compare(Fact::kAuthority, possible.authority, wanted.authority);
  compare(Fact::kSigningWish, possible.signing_wish, wanted.signing_wish);
  compare(Fact::kRegisteredHere, possible.registered_here,
          wanted.registered_here);
  compare(Fact::kStayEnding, possible.stay_ending, wanted.stay_ending);
  compare(Fact::kCardFaceCurrent, possible.card_face_current,
          wanted.card_face_current);
  if (!met) {
    comparison.match = Comparison::Match::kNo;
  } else if (comparison.open != Values<Fact>::None()) {
    comparison.match = Comparison::Match::kOpen;
  }
  return comparison;
}

}  // namespace madoguchi::renewal
