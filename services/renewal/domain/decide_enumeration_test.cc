#include "services/renewal/domain/decide.h"
#include "tests/support/renewal_answers.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

// All answers that there can be at the window, against the table written down a
// second time as plain conditions; and all circumstances.
namespace madoguchi::renewal {
namespace {

// One combination, everything known.
struct Visit {
  Who who = Who::kSelf;
  Holder holder = Holder::kAdult;
  CardPlace card = CardPlace::kWithMe;
  CardStanding card_standing = CardStanding::kValid;
  CertStanding signing_cert = CertStanding::kInWindow;
  CertStanding user_cert = CertStanding::kInWindow;
  Pin pin = Pin::kKnown;
  ReplyForm reply_form = ReplyForm::kSealed;
  bool photo_id = true;
  bool authority = true;
  bool signing_wish = false;
  bool registered_here = true;
  bool stay_ending = false;
  bool card_face_current = true;
};

YesNo Said(bool yes) { return yes ? YesNo::kYes : YesNo::kNo; }

Answers AnswersOf(Visit const& visit) {
  Answers answers;
  answers.who = visit.who;
  answers.holder = visit.holder;
  answers.card = visit.card;
  answers.card_standing = visit.card_standing;
  answers.signing_cert = visit.signing_cert;
  answers.user_cert = visit.user_cert;
  answers.pin = visit.pin;
  answers.reply_form = visit.reply_form;
  answers.photo_id = Said(visit.photo_id);
  answers.authority = Said(visit.authority);
  answers.signing_wish = Said(visit.signing_wish);
  answers.registered_here = Said(visit.registered_here);
  answers.stay_ending = Said(visit.stay_ending);
  answers.card_face_current = Said(visit.card_face_current);
  return answers;
}

// What the certificates need: to be issued anew after a move, or because there
// never was one; after expiry; a renewal; nothing yet.
CertStanding Need(Visit const& v) {
  bool const no_signing =
      v.holder == Holder::kUnder15 || v.holder == Holder::kWard ||
      (v.signing_cert == CertStanding::kNone && !v.signing_wish);
  auto const either = [&](CertStanding standing) {
    return v.user_cert == standing ||
           (!no_signing && v.signing_cert == standing);
  };
  if (either(CertStanding::kRevoked)) return CertStanding::kRevoked;
  if (either(CertStanding::kNone)) return CertStanding::kNone;
  if (either(CertStanding::kExpired)) return CertStanding::kExpired;
  if (either(CertStanding::kInWindow)) return CertStanding::kInWindow;
  return CertStanding::kNotYet;
}

std::string SelfRow(Visit const& v, CertStanding need) {
  bool const lost = v.pin == Pin::kForgotten || v.pin == Pin::kLocked;
  if (v.pin == Pin::kNone &&
      (need == CertStanding::kInWindow || need == CertStanding::kExpired)) {
    return "C-29";
  }
  if (v.pin == Pin::kNone) return "C-99";
  switch (need) {
    case CertStanding::kRevoked:
      if (v.user_cert == CertStanding::kRevoked) return "C-99";
      return lost ? "C-12b" : "C-12";
    case CertStanding::kNone:
      return lost ? "C-14b" : "C-14";
    case CertStanding::kInWindow:
      if (v.pin == Pin::kForgotten) return "C-21";
      return lost ? "C-22" : "C-20";
    case CertStanding::kExpired:
      return lost ? "C-25" : "C-24";
    case CertStanding::kNotYet:
      break;
  }
  return "";
}

std::string VolRow(Visit const& v, CertStanding need,
                   RenewalRules const& rules) {
  if (need == CertStanding::kRevoked || need == CertStanding::kNone) {
    return "C-38";
  }
  if (need == CertStanding::kExpired && !rules.proxy_after_expiry) {
    return "C-31";
  }
  if (!v.photo_id) return "C-36";
  if (v.reply_form == ReplyForm::kMissing) return "C-34";
  if (v.reply_form == ReplyForm::kNotSealed) return "C-35";
  if (v.pin == Pin::kForgotten || v.pin == Pin::kLocked) return "C-32";
  return v.pin == Pin::kKnown ? "C-30" : "C-99";
}

std::string StatRow(Visit const& v, CertStanding need) {
  bool const represented =
      v.holder == Holder::kUnder15 || v.holder == Holder::kWard;
  if (!v.photo_id) return "C-43";
  if (!v.authority) return "C-42";
  if (represented && v.signing_wish) return "C-44";
  bool const renewable =
      need == CertStanding::kInWindow || need == CertStanding::kExpired;
  if (!represented || !renewable || v.pin == Pin::kNone) return "C-99";
  return v.pin == Pin::kKnown ? "C-40" : "C-41";
}

std::string RowByTheTable(Visit const& v, RenewalRules const& rules) {
  if (!v.registered_here) return "C-05";
  if (v.card == CardPlace::kLost) return "C-07";
  if (v.card == CardPlace::kAtHome) return "C-06";
  if (v.card_standing == CardStanding::kExpired) return "C-08";
  if (v.card_standing == CardStanding::kExpiresSoon) return "C-09";
  if (v.stay_ending) return "C-10";
  if (!v.card_face_current) return "C-11";
  if (v.who == Who::kSelf &&
      (v.holder == Holder::kUnder15 || v.holder == Holder::kWard)) {
    return "C-28";
  }
  auto const need = Need(v);
  if (need == CertStanding::kNotYet) return "C-13";
  switch (v.who) {
    case Who::kSelf:
      return SelfRow(v, need);
    case Who::kVol:
      return VolRow(v, need, rules);
    case Who::kStat:
      return StatRow(v, need);
    case Who::kUnclear:
      break;
  }
  return "C-99";
}

// Everyone who stands at a counter says for whom they come.
constexpr Who kComers[] = {Who::kSelf, Who::kStat, Who::kVol};

template <typename T>
std::vector<T> AllOf() {
  return Values<T>().List();
}

// Calls `visit` with each combination of what people say of the card, the
// certificates and the papers.
template <typename See>
void ForEachVisit(See see) {
  Visit v;
  for (auto const who : kComers) {
    v.who = who;
    for (auto const holder : AllOf<Holder>()) {
      v.holder = holder;
      for (auto const signing_cert : AllOf<CertStanding>()) {
        v.signing_cert = signing_cert;
        for (auto const user_cert : AllOf<CertStanding>()) {
          v.user_cert = user_cert;
          for (auto const pin : AllOf<Pin>()) {
            v.pin = pin;
            for (auto const form : AllOf<ReplyForm>()) {
              v.reply_form = form;
              for (unsigned bits = 0; bits != 8; ++bits) {
                v.photo_id = (bits & 1U) != 0;
                v.authority = (bits & 2U) != 0;
                v.signing_wish = (bits & 4U) != 0;
                see(v);
              }
            }
          }
        }
      }
    }
  }
}

// The same with each state of the card and of the register as well.
template <typename See>
void ForEachVisitAndCard(See see) {
  ForEachVisit([&](Visit v) {
    for (auto const card : AllOf<CardPlace>()) {
      v.card = card;
      for (auto const card_standing : AllOf<CardStanding>()) {
        v.card_standing = card_standing;
        for (unsigned bits = 0; bits != 8; ++bits) {
          v.registered_here = (bits & 1U) == 0;
          v.stay_ending = (bits & 2U) != 0;
          v.card_face_current = (bits & 4U) == 0;
          see(v);
        }
      }
    }
  });
}

constexpr int kVisits = 3 * 4 * 5 * 5 * 4 * 3 * 8;
constexpr int kVisitsAndCards = kVisits * 3 * 3 * 8;

TEST(DecideEnumerationTest, EveryCombinationHitsTheRowOfTheTable) {
  int count = 0;
  int wrong = 0;
  std::map<std::string, int> hits;
  ForEachVisitAndCard([&](Visit const& visit) {
    ++count;
    auto const row = CodeOf(Decide(AnswersOf(visit), {}, {}).row);
    ++hits[std::string(row)];
    if (row != RowByTheTable(visit, {}) && ++wrong < 10) {
      ADD_FAILURE() << row << " instead of " << RowByTheTable(visit, {});
    }
  });
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(count, kVisitsAndCards);
  for (auto const& row : Rows()) {
    // These look at no answer.
    if (row.id <= RowId::kC03) continue;
    EXPECT_NE(hits[std::string(row.code)], 0) << row.code << " is never hit";
  }
}

TEST(DecideEnumerationTest, SoItIsWhereProxiesAreServedAfterExpiry) {
  RenewalRules const rules = {.proxy_after_expiry = true};
  int wrong = 0;
  ForEachVisit([&](Visit const& visit) {
    auto const row = CodeOf(Decide(AnswersOf(visit), {}, rules).row);
    EXPECT_NE(row, "C-31");
    if (row != RowByTheTable(visit, rules)) ++wrong;
  });
  EXPECT_EQ(wrong, 0);
}

TEST(DecideEnumerationTest, EveryCombinationHasOneOutcomeAndItsTexts) {
  std::set<Outcome> outcomes;
  ForEachVisit([&](Visit const& visit) {
    auto const answers = AnswersOf(visit);
    auto const decision = Decide(answers, {}, {});
    outcomes.insert(decision.outcome);
    auto const& row = Rows()[static_cast<std::size_t>(decision.row)];
    bool const expired = Need(visit) == CertStanding::kExpired;
    ASSERT_EQ(decision.outcome,
              expired && row.when_expired ? *row.when_expired : row.outcome);
    ASSERT_FALSE(decision.texts.empty());
    for (auto const text : decision.texts) ASSERT_NE(TextIdOf(text), "");
    ASSERT_TRUE(decision.staff_checks.empty());
    ASSERT_TRUE(decision.may_consult);
    // Whoever is to wait knows for what; whoever is not knows what to do.
    bool const waits = decision.service != RenewalService::kNone;
    ASSERT_TRUE(waits || decision.outcome == Outcome::kCannotToday ||
                decision.outcome == Outcome::kComeBackFrom ||
                decision.outcome == Outcome::kStatProxyNeeded ||
                decision.outcome == Outcome::kNotEligibleSigning);
    if (decision.outcome == Outcome::kCannotToday) {
      ASSERT_NE(decision.way_on, WayOn::kNone);
    }
    // Nobody under 15, no ward and no face-only card is promised a signing
    // certificate (B1-08, B1-13).
    bool const issues = decision.outcome == Outcome::kRenewToday ||
                        decision.outcome == Outcome::kNewIssueToday;
    if (issues && visit.who != Who::kVol &&
        (visit.holder == Holder::kUnder15 || visit.holder == Holder::kWard ||
         visit.pin == Pin::kNone)) {
      ASSERT_TRUE(decision.user_cert_only);
    }
    // A proxy never leaves with a PIN that the holder did not set (S-18).
    if (visit.who == Who::kVol && visit.pin != Pin::kKnown) {
      ASSERT_FALSE(issues);
    }
  });
  EXPECT_EQ(outcomes.size(), 10U);
}

TEST(DecideEnumerationTest, CircumstancesDecideBeforeAnyAnswer) {
  int count = 0;
  for (auto const reception :
       {Reception::kOpen, Reception::kOutsideHours, Reception::kAfterLastTicket,
        Reception::kCapReached}) {
    for (auto const upstream :
         {Upstream::kOk, Upstream::kSlow, Upstream::kUnavailable}) {
      for (unsigned bits = 0; bits != 16; ++bits) {
        Circumstances now;
        now.reception = reception;
        now.upstream = upstream;
        now.weekend_counter = (bits & 1U) != 0;
        now.reserved = (bits & 2U) != 0;
        now.busy_hours = (bits & 4U) != 0;
        now.busy_day = (bits & 8U) != 0;
        std::string expected;
        if (reception != Reception::kOpen) {
          expected = "C-01";
        } else if (now.weekend_counter && !now.reserved) {
          expected = "C-02";
        } else if (upstream == Upstream::kUnavailable) {
          expected = "C-03";
        }
        bool const warned =
            expected.empty() &&
            (upstream == Upstream::kSlow || now.busy_hours || now.busy_day);
        for (auto const who : kComers) {
          for (auto const pin : AllOf<Pin>()) {
            for (auto const cert : AllOf<CertStanding>()) {
              ++count;
              auto const answers = InOrder(who, cert, pin);
              auto const decision = Decide(answers, now, {});
              auto calm = Decide(answers, {}, {});
              if (!expected.empty()) {
                ASSERT_EQ(CodeOf(decision.row), expected);
                ASSERT_TRUE(decision.notes.empty());
                continue;
              }
              auto const busy = std::count(decision.notes.begin(),
                                           decision.notes.end(), Note::kBusy);
              ASSERT_EQ(busy, warned ? 1 : 0);
              if (warned) {
                calm.notes.insert(calm.notes.begin(), Note::kBusy);
              }
              ASSERT_EQ(decision, calm);
            }
          }
        }
      }
    }
  }
  EXPECT_EQ(count, 4 * 3 * 16 * 3 * 4 * 5);
}

}  // namespace
}  // namespace madoguchi::renewal
