#include "services/renewal/domain/triage.h"
#include "services/renewal/domain/facts.h"
#include "services/renewal/domain/renewal_window.h"
#include <algorithm>
#include <array>

namespace madoguchi::renewal {
namespace {

constexpr std::array kWhoChoices = {
    Choice::kOwnCard, Choice::kOwnCardRepresented, Choice::kAsRepresentative,
    Choice::kAsProxy, Choice::kDoesNotKnow};
constexpr std::array kCardChoices = {Choice::kHere, Choice::kAtHome,
                                     Choice::kLost, Choice::kDoesNotKnow};
constexpr std::array kDateChoices = {Choice::kLater, Choice::kWithinThreeMonths,
                                     Choice::kPassed, Choice::kDoesNotKnow};
constexpr std::array kPhotoIdChoices = {Choice::kYes, Choice::kNo,
                                        Choice::kDoesNotKnow};
constexpr std::array kReplyFormChoices = {
    Choice::kGlued, Choice::kGluedPinUnknown, Choice::kNotGlued,
    Choice::kNoForm, Choice::kDoesNotKnow};
constexpr std::array kPinChoices = {Choice::kKnown, Choice::kForgotten,
                                    Choice::kLocked, Choice::kCardWithoutPin,
                                    Choice::kDoesNotKnow};

void TakeWho(Choice choice, Answers& answers) {
  constexpr Values<Holder> kAlone = {Holder::kAdult, Holder::kAge15To17};
  constexpr Values<Holder> kWithProxy = {Holder::kUnder15, Holder::kWard};
  // What else was asked of one is not asked of the other, or not of the same
  // person.
  answers.holder = {};
  answers.photo_id = {};
  answers.reply_form = {};
  answers.pin = {};
  switch (choice) {
    case Choice::kOwnCard:
      answers.who = Who::kSelf;
      answers.holder = Answer<Holder>::OneOf(kAlone);
      return;
    case Choice::kOwnCardRepresented:
      answers.who = Who::kSelf;
      answers.holder = Answer<Holder>::OneOf(kWithProxy);
      return;
    case Choice::kAsRepresentative:
      answers.who = Who::kStat;
      answers.holder = Answer<Holder>::OneOf(kWithProxy);
      return;
    case Choice::kAsProxy:
      answers.who = Who::kVol;
      return;
    default:
      answers.who = Answer<Who>::DoesNotKnow();
  }
}

void TakeCard(Choice choice, Answers& answers) {
  switch (choice) {
    case Choice::kHere:
      answers.card = CardPlace::kWithMe;
      return;
    case Choice::kAtHome:
      answers.card = CardPlace::kAtHome;
      return;
    case Choice::kLost:
      answers.card = CardPlace::kLost;
      return;
    default:
      answers.card = Answer<CardPlace>::DoesNotKnow();
  }
}

void TakeCardDate(Choice choice, Answers& answers) {
  switch (choice) {
    case Choice::kLater:
      answers.card_standing = CardStanding::kValid;
      return;
    case Choice::kWithinThreeMonths:
      answers.card_standing = CardStanding::kExpiresSoon;
      return;
    case Choice::kPassed:
      answers.card_standing = CardStanding::kExpired;
      return;
    default:
      answers.card_standing = Answer<CardStanding>::DoesNotKnow();
  }
}

// The notice tells about both certificates, but whether the signing one was
// revoked since, or was never wanted, the window alone can see.
void TakeStandings(Values<CertStanding> standings, Answers& answers) {
  answers.user_cert = Answer<CertStanding>::OneOf(standings);
  standings.Add(CertStanding::kRevoked);
  standings.Add(CertStanding::kNone);
  answers.signing_cert = Answer<CertStanding>::OneOf(standings);
}

void TakeCertExpiry(Choice choice, Answers& answers) {
  answers.first_renewal_day.reset();
  switch (choice) {
    case Choice::kLater:
      return TakeStandings({CertStanding::kNotYet}, answers);
    case Choice::kWithinThreeMonths:
      return TakeStandings({CertStanding::kInWindow}, answers);
    case Choice::kPassed:
      return TakeStandings({CertStanding::kExpired}, answers);
    default:
      answers.user_cert = Answer<CertStanding>::DoesNotKnow();
      answers.signing_cert = Answer<CertStanding>::DoesNotKnow();
  }
}

void TakePhotoId(Choice choice, Answers& answers) {
  answers.photo_id =
      choice == Choice::kDoesNotKnow
          ? Answer<YesNo>::DoesNotKnow()
          : Answer<YesNo>(choice == Choice::kYes ? YesNo::kYes : YesNo::kNo);
}

void TakeReplyForm(Choice choice, Answers& answers) {
  // Whatever is in the envelope: what is not said about the PIN is answered all
  // the same, for a proxy is not asked for it again.
  answers.pin = Answer<Pin>::OneOf(Values<Pin>());
  switch (choice) {
    case Choice::kGlued:
      answers.reply_form = ReplyForm::kSealed;
      answers.pin = Pin::kKnown;
      return;
    case Choice::kGluedPinUnknown:
      answers.reply_form = ReplyForm::kSealed;
      answers.pin = Pin::kForgotten;
      return;
    case Choice::kNotGlued:
      answers.reply_form = ReplyForm::kNotSealed;
      return;
    case Choice::kNoForm:
      answers.reply_form = ReplyForm::kMissing;
      return;
    default:
      answers.reply_form = Answer<ReplyForm>::DoesNotKnow();
  }
}

void TakePin(Choice choice, Answers& answers) {
  switch (choice) {
    case Choice::kKnown:
      answers.pin = Pin::kKnown;
      return;
    case Choice::kForgotten:
      answers.pin = Pin::kForgotten;
      return;
    case Choice::kLocked:
      answers.pin = Pin::kLocked;
      return;
    case Choice::kCardWithoutPin:
      answers.pin = Pin::kNone;
      return;
    default:
      answers.pin = Answer<Pin>::DoesNotKnow();
  }
}

// What tells `fact`, if the kiosk asks for it.
std::optional<Question> QuestionFor(Fact fact, Answers const& answers) {
  bool const is_proxy = answers.who.values().Are(Who::kVol);
  switch (fact) {
    case Fact::kWho:
      return Question::kWho;
    case Fact::kCard:
      return Question::kCard;
    case Fact::kCardStanding:
      return Question::kCardDate;
    case Fact::kCert:
      return Question::kCertExpiry;
    case Fact::kPhotoId:
      return Question::kPhotoId;
    case Fact::kReplyForm:
      return Question::kReplyForm;
    case Fact::kPin:
      return is_proxy ? Question::kReplyForm : Question::kPin;
    default:
      return std::nullopt;
  }
}

bool IsAsked(Question question, Answers const& answers) {
  switch (question) {
    case Question::kWho:
      return answers.who.asked();
    case Question::kCard:
      return answers.card.asked();
    case Question::kCardDate:
      return answers.card_standing.asked();
    case Question::kCertExpiry:
      return answers.user_cert.asked();
    case Question::kPhotoId:
      return answers.photo_id.asked();
    case Question::kReplyForm:
      return answers.reply_form.asked();
    case Question::kPin:
      return answers.pin.asked();
  }
  return true;
}

std::optional<Question> FirstUnasked(Values<Fact> open,
                                     Answers const& answers) {
  std::optional<Question> first;
  for (auto const fact : open.List()) {
    auto const question = QuestionFor(fact, answers);
    if (!question || IsAsked(*question, answers)) continue;
    first = first ? std::min(*first, *question) : *question;
  }
  return first;
}

std::optional<Question> NextQuestion(Answers const& answers,
                                     Circumstances const& circumstances,
                                     RenewalRules const& rules) {
  if (answers.who.does_not_know()) return std::nullopt;
  auto const possible = PossibleFacts(AskedAsUsual(answers));
  for (auto const& row : Rows()) {
    if (row.holds != nullptr && !row.holds(circumstances, rules)) continue;
    auto const comparison = Compare(possible, row.when);
    if (comparison.match == Comparison::Match::kNo) continue;
    if (comparison.match == Comparison::Match::kYes) return std::nullopt;
    // Whose card it is comes first, though the first rows do not need it: every
    // other question speaks of "your" card or of "the holder's".
    if (!answers.who.asked()) return Question::kWho;
    if (auto const question = FirstUnasked(comparison.open, answers)) {
      return question;
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view CodeOf(Question question) {
  switch (question) {
    case Question::kWho:
      return "WHO";
    case Question::kCard:
      return "CARD";
    case Question::kCardDate:
      return "CARD_DATE";
    case Question::kCertExpiry:
      return "CERT_EXPIRY";
    case Question::kPhotoId:
      return "PHOTO_ID";
    case Question::kReplyForm:
      return "REPLY_FORM";
    case Question::kPin:
      return "PIN";
  }
  return "";
}

std::string_view CodeOf(Choice choice) {
  switch (choice) {
    case Choice::kDoesNotKnow:
      return "DOES_NOT_KNOW";
    case Choice::kOwnCard:
      return "OWN_CARD";
    case Choice::kOwnCardRepresented:
      return "OWN_CARD_REPRESENTED";
    case Choice::kAsRepresentative:
      return "AS_REPRESENTATIVE";
    case Choice::kAsProxy:
      return "AS_PROXY";
    case Choice::kHere:
      return "HERE";
    case Choice::kAtHome:
      return "AT_HOME";
    case Choice::kLost:
      return "LOST";
    case Choice::kLater:
      return "LATER";
    case Choice::kWithinThreeMonths:
      return "WITHIN_THREE_MONTHS";
    case Choice::kPassed:
      return "PASSED";
    case Choice::kYes:
      return "YES";
    case Choice::kNo:
      return "NO";
    case Choice::kGlued:
      return "GLUED";
    case Choice::kGluedPinUnknown:
      return "GLUED_PIN_UNKNOWN";
    case Choice::kNotGlued:
      return "NOT_GLUED";
    case Choice::kNoForm:
      return "NO_FORM";
    case Choice::kKnown:
      return "KNOWN";
    case Choice::kForgotten:
      return "FORGOTTEN";
    case Choice::kLocked:
      return "LOCKED";
    case Choice::kCardWithoutPin:
      return "CARD_WITHOUT_PIN";
  }
  return "";
}

std::span<Choice const> ChoicesOf(Question question) {
  switch (question) {
    case Question::kWho:
      return kWhoChoices;
    case Question::kCard:
      return kCardChoices;
    case Question::kCardDate:
    case Question::kCertExpiry:
      return kDateChoices;
    case Question::kPhotoId:
      return kPhotoIdChoices;
    case Question::kReplyForm:
      return kReplyFormChoices;
    case Question::kPin:
      return kPinChoices;
  }
  return {};
}

std::optional<Answers> Take(Answers const& answers, Question question,
                            Choice choice) {
  auto const choices = ChoicesOf(question);
  if (std::find(choices.begin(), choices.end(), choice) == choices.end()) {
    return std::nullopt;
  }
  auto taken = answers;
  switch (question) {
    case Question::kWho:
      TakeWho(choice, taken);
      break;
    case Question::kCard:
      TakeCard(choice, taken);
      break;
    case Question::kCardDate:
      TakeCardDate(choice, taken);
      break;
    case Question::kCertExpiry:
      TakeCertExpiry(choice, taken);
      break;
    case Question::kPhotoId:
      TakePhotoId(choice, taken);
      break;
    case Question::kReplyForm:
      TakeReplyForm(choice, taken);
      break;
    case Question::kPin:
      TakePin(choice, taken);
      break;
  }
  return taken;
}

Answers TakeExpiryMonth(Answers const& answers, std::chrono::year_month expiry,
                        std::chrono::year_month_day today) {
  auto taken = answers;
  TakeStandings(StandingsOn(today, expiry), taken);
  taken.first_renewal_day = FirstRenewalDay(expiry / std::chrono::last);
  return taken;
}

std::variant<Question, Decision> NextStep(Answers const& answers,
                                          Circumstances const& circumstances,
                                          RenewalRules const& rules) {
  if (auto const question = NextQuestion(answers, circumstances, rules)) {
    return *question;
  }
  return Decide(answers, circumstances, rules);
}

}  // namespace madoguchi::renewal
