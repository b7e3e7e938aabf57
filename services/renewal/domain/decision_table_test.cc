#include "services/renewal/domain/decision_table.h"
#include "services/renewal/domain/decide.h"
#include "tests/support/renewal_answers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <vector>

namespace madoguchi::renewal {
namespace {

using std::chrono::year_month_day;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

// As the table has it, in the codes that programs know.
struct RowCase {
  std::string row;
  Answers answers;
  std::string outcome;
  std::string service;
  std::vector<std::string> texts;
  std::string way_on = {};
  std::vector<std::string> missing = {};
  Circumstances circumstances = {};
  RenewalRules rules = {.reset_proof = ResetProof::kCardOnly};
  year_month_day date = {};
  bool user_cert_only = false;
};

template <typename Change>
Answers But(Answers answers, Change change) {
  change(answers);
  return answers;
}

Circumstances Closed() {
  return {.reception = Reception::kAfterLastTicket,
          .next_open_day = 2026y / 5 / 7};
}

Answers Self(CertStanding cert, Pin pin = Pin::kKnown) {
  return InOrder(Who::kSelf, cert, pin);
}

// Moving has taken the signing certificate.
Answers Moved(Pin pin) {
  return But(Self(CertStanding::kNotYet, pin),
             [](auto& a) { a.signing_cert = CertStanding::kRevoked; });
}

Answers NeverWanted(Pin pin) {
  return But(Self(CertStanding::kNotYet, pin), [](auto& a) {
    a.signing_cert = CertStanding::kNone;
    a.signing_wish = YesNo::kYes;
  });
}

std::vector<RowCase> RowCases() {
  auto const self = InOrder(Who::kSelf);
  auto const vol = InOrder(Who::kVol);
  auto const stat = InOrder(Who::kStat);
  return {
      {"C-01",
       self,
       "NO_TICKET",
       "",
       {"advice.closed", "advice.weekend_counter"},
       "",
       {},
       Closed(),
       {},
       2026y / 5 / 7},
      {"C-02",
       self,
       "NO_TICKET_RESERVED_ONLY",
       "",
       {"advice.weekend_counter"},
       "",
       {},
       {.weekend_counter = true}},
      {"C-03",
       self,
       "DEFER",
       "",
       {"advice.outage"},
       "",
       {},
       {.upstream = Upstream::kUnavailable}},
      {"C-05",
       But(self, [](auto& a) { a.registered_here = YesNo::kNo; }),
       "OTHER_CITY",
       "",
       {"advice.other_city"}},
      {"C-07",
       But(vol, [](auto& a) { a.card = CardPlace::kLost; }),
       "LOST_CARD",
       "card_apply",
       {"advice.lost_card"}},
      {"C-06",
       But(vol, [](auto& a) { a.card = CardPlace::kAtHome; }),
       "MISSING_CARD",
       "",
       {"advice.no_card"},
       "BRING_PAPERS",
       {"CARD"}},
      {"C-08",
       But(self, [](auto& a) { a.card_standing = CardStanding::kExpired; }),
       "CARD_RENEWAL",
       "card_apply",
       {"advice.card_renewal"}},
      {"C-09",
       But(stat, [](auto& a) { a.card_standing = CardStanding::kExpiresSoon; }),
       "CARD_RENEWAL",
       "card_apply",
       {"advice.card_renewal", "advice.card_brings_certs"}},
      {"C-10",
       But(self, [](auto& a) { a.stay_ending = YesNo::kYes; }),
       "CARD_EXTENSION",
       "other_mynumber",
       {"advice.extend_card"},
       "",
       {"RESIDENCE_CARD"}},
      {"C-11",
       But(self, [](auto& a) { a.card_face_current = YesNo::kNo; }),
       "CARD_FACE_UPDATE",
       "other_mynumber",
       {"advice.update_card_face"},
       "NEW_ISSUE_AFTER_UPDATE"},
      {.row = "C-28",
       .answers = But(self, [](auto& a) { a.holder = Holder::kUnder15; }),
       .outcome = "STAT_PROXY_NEEDED",
       .service = "",
       .texts = {"advice.legal_representative"},
       .user_cert_only = true},
      {"C-13",
       But(Self(CertStanding::kNotYet),
           [](auto& a) { a.first_renewal_day = 2025y / 7 / 16; }),
       "COME_BACK_FROM",
       "",
       {"advice.too_early", "advice.notice_by_post"},
       "",
       {},
       {},
       {},
       2025y / 7 / 16},
      {.row = "C-29",
       .answers = Self(CertStanding::kInWindow, Pin::kNone),
       .outcome = "RENEW_TODAY",
       .service = "renew_self",
       .texts = {"advice.ready_without_pin"},
       .user_cert_only = true},
      {.row = "C-29",
       .answers = Self(CertStanding::kExpired, Pin::kNone),
       .outcome = "NEW_ISSUE_TODAY",
       .service = "renew_self",
       .texts = {"advice.ready_without_pin"},
       .user_cert_only = true},
      {"C-12",
       Moved(Pin::kKnown),
       "NEW_ISSUE_TODAY",
       "renew_self",
       {"advice.ready", "advice.new_signing"}},
      {"C-12b",
       Moved(Pin::kForgotten),
       "RESET_THEN_NEW_ISSUE",
       "renew_pin_reset",
       {"advice.reset"}},
      {"C-12b",
       Moved(Pin::kLocked),
       "RESET_THEN_NEW_ISSUE",
       "renew_pin_reset",
       {"advice.reset"}},
      {"C-14",
       NeverWanted(Pin::kKnown),
       "NEW_ISSUE_TODAY",
       "renew_self",
       {"advice.ready"}},
      {"C-14",
       Self(CertStanding::kNone),
       "NEW_ISSUE_TODAY",
       "renew_self",
       {"advice.ready"}},
      {"C-14b",
       NeverWanted(Pin::kForgotten),
       "RESET_THEN_NEW_ISSUE",
       "renew_pin_reset",
       {"advice.reset"}},
      {"C-14b",
       NeverWanted(Pin::kLocked),
       "RESET_THEN_NEW_ISSUE",
       "renew_pin_reset",
       {"advice.reset"}},
      {"C-20", self, "RENEW_TODAY", "renew_self", {"advice.ready"}},
      {"C-20",
       But(self, [](auto& a) { a.holder = Holder::kAge15To17; }),
       "RENEW_TODAY",
       "renew_self",
       {"advice.ready"}},
      {"C-21",
       Self(CertStanding::kInWindow, Pin::kForgotten),
       "RESET_THEN_RENEW",
       "renew_pin_reset",
       {"advice.reset"}},
      {"C-22",
       Self(CertStanding::kInWindow, Pin::kLocked),
       "RESET_THEN_RENEW",
       "renew_pin_reset",
       {"advice.reset", "advice.lock_stays"}},
      {"C-24",
       Self(CertStanding::kExpired),
       "NEW_ISSUE_TODAY",
       "renew_self",
       {"advice.expired_is_no_problem", "advice.ready"}},
      {"C-25",
       Self(CertStanding::kExpired, Pin::kForgotten),
       "RESET_THEN_NEW_ISSUE",
       "renew_pin_reset",
       {"advice.reset"}},
      {"C-25",
       Self(CertStanding::kExpired, Pin::kLocked),
       "RESET_THEN_NEW_ISSUE",
       "renew_pin_reset",
       {"advice.reset"}},
      {"C-38",
       InOrder(Who::kVol, CertStanding::kRevoked),
       "TWO_VISITS_INQUIRY",
       "renew_proxy",
       {"advice.two_visits"},
       "TWO_VISITS_INQUIRY",
       {"REPLY_FORM"}},
      {"C-38",
       InOrder(Who::kVol, CertStanding::kNone),
       "TWO_VISITS_INQUIRY",
       "renew_proxy",
       {"advice.two_visits"},
       "TWO_VISITS_INQUIRY",
       {"REPLY_FORM"}},
      {"C-31",
       InOrder(Who::kVol, CertStanding::kExpired),
       "TWO_VISITS_INQUIRY",
       "renew_proxy",
       {"advice.two_visits"},
       "TWO_VISITS_INQUIRY",
       {"REPLY_FORM"}},
      {"C-36",
       But(vol, [](auto& a) { a.photo_id = YesNo::kNo; }),
       "CANNOT_TODAY",
       "",
       {"advice.no_photo_id"},
       "BRING_PAPERS",
       {"PHOTO_ID"}},
      {"C-34",
       But(vol, [](auto& a) { a.reply_form = ReplyForm::kMissing; }),
       "CANNOT_TODAY",
       "renew_proxy",
       {"advice.two_visits"},
       "TWO_VISITS_INQUIRY",
       {"REPLY_FORM"}},
      {"C-35",
       But(vol, [](auto& a) { a.reply_form = ReplyForm::kNotSealed; }),
       "CANNOT_TODAY",
       "",
       {"advice.not_sealed", "advice.holder_rewrites"},
       "HOLDER_REWRITES",
       {"REPLY_FORM"}},
      {"C-32",
       InOrder(Who::kVol, CertStanding::kInWindow, Pin::kForgotten),
       "CANNOT_TODAY",
       "",
       {"advice.holder_reset"},
       "HOLDER_RESET"},
      {"C-32",
       InOrder(Who::kVol, CertStanding::kInWindow, Pin::kLocked),
       "CANNOT_TODAY",
       "",
       {"advice.holder_reset"},
       "HOLDER_RESET"},
      {"C-30", vol, "RENEW_TODAY", "renew_proxy", {"advice.proxy"}},
      {"C-43",
       But(stat, [](auto& a) { a.photo_id = YesNo::kNo; }),
       "CANNOT_TODAY",
       "",
       {"advice.no_photo_id"},
       "BRING_PAPERS",
       {"PHOTO_ID"}},
      {"C-42",
       But(stat, [](auto& a) { a.authority = YesNo::kNo; }),
       "CANNOT_TODAY",
       "",
       {"advice.proof_of_authority"},
       "BRING_PAPERS",
       {"PROOF_OF_AUTHORITY"}},
      {.row = "C-44",
       .answers = But(stat, [](auto& a) { a.signing_wish = YesNo::kYes; }),
       .outcome = "NOT_ELIGIBLE_SIGNING",
       .service = "",
       .texts = {"advice.no_signing"},
       .user_cert_only = true},
      {.row = "C-41",
       .answers = But(stat, [](auto& a) { a.pin = Pin::kLocked; }),
       .outcome = "RESET_THEN_RENEW",
       .service = "renew_pin_reset",
       .texts = {"advice.reset", "advice.no_signing"},
       .user_cert_only = true},
      {.row = "C-40",
       .answers = stat,
       .outcome = "RENEW_TODAY",
       .service = "renew_proxy",
       .texts = {"advice.ready", "advice.no_signing"},
       .user_cert_only = true},
      {.row = "C-40",
       .answers = But(stat,
                      [](auto& a) {
                        a.holder = Holder::kWard;
                        a.user_cert = CertStanding::kExpired;
                      }),
       .outcome = "NEW_ISSUE_TODAY",
       .service = "renew_proxy",
       .texts = {"advice.ready", "advice.no_signing"},
       .user_cert_only = true},
      {"C-99",
       But(stat, [](auto& a) { a.holder = Holder::kAdult; }),
       "ASK_STAFF",
       "consult",
       {"advice.staff"}},
      {"C-99",
       InOrder(Who::kVol, CertStanding::kInWindow, Pin::kNone),
       "ASK_STAFF",
       "consult",
       {"advice.staff"}},
      // Why the user certificate should be revoked, no row knows.
      {"C-99",
       Self(CertStanding::kRevoked),
       "ASK_STAFF",
       "consult",
       {"advice.staff"}},
  };
}

template <typename Codes>
std::vector<std::string> CodesOf(Codes const& values) {
  std::vector<std::string> codes;
  for (auto const value : values) codes.emplace_back(CodeOf(value));
  return codes;
}

std::vector<std::string> TextIdsOf(std::vector<AdviceText> const& texts) {
  std::vector<std::string> ids;
  for (auto const text : texts) ids.emplace_back(TextIdOf(text));
  return ids;
}

class DecisionTableTest : public ::testing::TestWithParam<RowCase> {};

TEST_P(DecisionTableTest, SaysWhatIsPrinted) {
  auto const& want = GetParam();
  auto const decision = Decide(want.answers, want.circumstances, want.rules);
  EXPECT_EQ(CodeOf(decision.row), want.row);
  EXPECT_EQ(CodeOf(decision.outcome), want.outcome);
  EXPECT_EQ(CodeOf(decision.way_on), want.way_on);
  EXPECT_EQ(ServiceIdOf(decision.service).value, want.service);
  EXPECT_THAT(TextIdsOf(decision.texts), ElementsAreArray(want.texts));
  EXPECT_THAT(CodesOf(decision.missing), ElementsAreArray(want.missing));
  EXPECT_EQ(decision.date.value_or(year_month_day()), want.date);
  EXPECT_EQ(decision.user_cert_only, want.user_cert_only);
  EXPECT_THAT(CodesOf(decision.staff_checks), IsEmpty());
  EXPECT_EQ(decision.may_consult, want.row != "C-01" && want.row != "C-02");
}

INSTANTIATE_TEST_SUITE_P(
    Row, DecisionTableTest, ::testing::ValuesIn(RowCases()),
    [](auto const& each) {
      auto name = each.param.row;
      std::replace(name.begin(), name.end(), '-', '_');
      auto const cases = RowCases();
      auto const same = std::count_if(
          cases.begin(), cases.begin() + static_cast<int>(each.index),
          [&](RowCase const& other) { return other.row == each.param.row; });
      return same == 0 ? name : name + "_" + std::to_string(same + 1);
    });

TEST(DecisionTableRowsTest, AreThoseOfTheTableInItsOrder) {
  std::vector<std::string> codes;
  for (auto const& row : Rows()) codes.emplace_back(row.code);
  EXPECT_THAT(
      codes, ElementsAreArray({"C-01", "C-02", "C-03",  "C-05", "C-07",  "C-06",
                               "C-08", "C-09", "C-10",  "C-11", "C-28",  "C-13",
                               "C-29", "C-12", "C-12b", "C-14", "C-14b", "C-20",
                               "C-21", "C-22", "C-24",  "C-25", "C-38",  "C-31",
                               "C-36", "C-34", "C-35",  "C-32", "C-30",  "C-43",
                               "C-42", "C-44", "C-41",  "C-40", "C-99"}));
}

TEST(DecisionTableRowsTest, StandWhereTheirIdSays) {
  for (std::size_t i = 0; i != Rows().size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(Rows()[i].id), i);
    EXPECT_EQ(CodeOf(Rows()[i].id), Rows()[i].code);
  }
}

TEST(DecisionTableRowsTest, BelongToTheKioskOrTheWindowAsPrinted) {
  std::set<std::string> window;
  for (auto const& row : Rows()) {
    if (row.place == Place::kWindow) window.insert(std::string(row.code));
  }
  EXPECT_EQ(window,
            (std::set<std::string>{"C-05", "C-10", "C-11", "C-12", "C-12b",
                                   "C-14", "C-14b", "C-38", "C-42", "C-44"}));
}

TEST(DecisionTableRowsTest, EachHasACase) {
  std::set<std::string> covered;
  for (auto const& each : RowCases()) covered.insert(each.row);
  for (auto const& row : Rows()) {
    EXPECT_TRUE(covered.contains(std::string(row.code))) << row.code;
  }
}

// Two rows that both apply, and which goes first.
struct OrderCase {
  std::string first;
  std::string second;
  Answers both;
  /// What makes `first` not apply.
  void (*without_first)(Answers&);
};

class DecisionOrderTest : public ::testing::TestWithParam<OrderCase> {};

TEST_P(DecisionOrderTest, TheFirstOfTwoRowsHits) {
  auto const& each = GetParam();
  EXPECT_EQ(CodeOf(Decide(each.both, {}, {}).row), each.first);
  auto after = each.both;
  each.without_first(after);
  EXPECT_EQ(CodeOf(Decide(after, {}, {}).row), each.second);
}

std::vector<OrderCase> OrderCases() {
  return {
      {"C-05", "C-07",
       But(InOrder(Who::kSelf),
           [](auto& a) {
             a.registered_here = YesNo::kNo;
             a.card = CardPlace::kLost;
           }),
       [](auto& a) { a.registered_here = YesNo::kYes; }},
      {"C-06", "C-08",
       But(InOrder(Who::kSelf),
           [](auto& a) {
             a.card = CardPlace::kAtHome;
             a.card_standing = CardStanding::kExpired;
           }),
       [](auto& a) { a.card = CardPlace::kWithMe; }},
      {"C-09", "C-10",
       But(InOrder(Who::kSelf),
           [](auto& a) {
             a.card_standing = CardStanding::kExpiresSoon;
             a.stay_ending = YesNo::kYes;
           }),
       [](auto& a) { a.card_standing = CardStanding::kValid; }},
      {"C-10", "C-11",
       But(InOrder(Who::kSelf),
           [](auto& a) {
             a.stay_ending = YesNo::kYes;
             a.card_face_current = YesNo::kNo;
           }),
       [](auto& a) { a.stay_ending = YesNo::kNo; }},
      {"C-11", "C-12",
       But(Moved(Pin::kKnown),
           [](auto& a) { a.card_face_current = YesNo::kNo; }),
       [](auto& a) { a.card_face_current = YesNo::kYes; }},
      {"C-28", "C-13",
       But(Self(CertStanding::kNotYet),
           [](auto& a) { a.holder = Holder::kWard; }),
       [](auto& a) { a.holder = Holder::kAdult; }},
      {"C-13", "C-36",
       But(InOrder(Who::kVol, CertStanding::kNotYet),
           [](auto& a) { a.photo_id = YesNo::kNo; }),
       [](auto& a) {
         a.signing_cert = CertStanding::kInWindow;
         a.user_cert = CertStanding::kInWindow;
       }},
      {"C-38", "C-36",
       But(InOrder(Who::kVol, CertStanding::kRevoked),
           [](auto& a) { a.photo_id = YesNo::kNo; }),
       [](auto& a) {
         a.signing_cert = CertStanding::kInWindow;
         a.user_cert = CertStanding::kInWindow;
       }},
      {"C-31", "C-36",
       But(InOrder(Who::kVol, CertStanding::kExpired),
           [](auto& a) { a.photo_id = YesNo::kNo; }),
       [](auto& a) {
         a.signing_cert = CertStanding::kInWindow;
         a.user_cert = CertStanding::kInWindow;
       }},
      {"C-36", "C-34",
       But(InOrder(Who::kVol),
           [](auto& a) {
             a.photo_id = YesNo::kNo;
             a.reply_form = ReplyForm::kMissing;
           }),
       [](auto& a) { a.photo_id = YesNo::kYes; }},
      {"C-34", "C-32",
       But(InOrder(Who::kVol, CertStanding::kInWindow, Pin::kForgotten),
           [](auto& a) { a.reply_form = ReplyForm::kMissing; }),
       [](auto& a) { a.reply_form = ReplyForm::kSealed; }},
      {"C-35", "C-32",
       But(InOrder(Who::kVol, CertStanding::kInWindow, Pin::kForgotten),
           [](auto& a) { a.reply_form = ReplyForm::kNotSealed; }),
       [](auto& a) { a.reply_form = ReplyForm::kSealed; }},
      {"C-43", "C-42",
       But(InOrder(Who::kStat),
           [](auto& a) {
             a.photo_id = YesNo::kNo;
             a.authority = YesNo::kNo;
           }),
       [](auto& a) { a.photo_id = YesNo::kYes; }},
      {"C-42", "C-44",
       But(InOrder(Who::kStat),
           [](auto& a) {
             a.authority = YesNo::kNo;
             a.signing_wish = YesNo::kYes;
           }),
       [](auto& a) { a.authority = YesNo::kYes; }},
      {"C-44", "C-41",
       But(InOrder(Who::kStat),
           [](auto& a) {
             a.signing_wish = YesNo::kYes;
             a.pin = Pin::kForgotten;
           }),
       [](auto& a) { a.signing_wish = YesNo::kNo; }},
  };
}

INSTANTIATE_TEST_SUITE_P(Pair, DecisionOrderTest,
                         ::testing::ValuesIn(OrderCases()),
                         [](auto const& each) {
                           auto name = each.param.first + "_before_" +
                                       each.param.second;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(DecisionOrderTest, CircumstancesGoBeforeEveryAnswerInTheirOrder) {
  auto const lost =
      But(InOrder(Who::kSelf), [](auto& a) { a.card = CardPlace::kLost; });
  Circumstances now = {.reception = Reception::kCapReached,
                       .weekend_counter = true,
                       .upstream = Upstream::kUnavailable};
  EXPECT_EQ(CodeOf(Decide(lost, now, {}).row), "C-01");
  now.reception = Reception::kOpen;
  EXPECT_EQ(CodeOf(Decide(lost, now, {}).row), "C-02");
  now.reserved = true;
  EXPECT_EQ(CodeOf(Decide(lost, now, {}).row), "C-03");
  now.upstream = Upstream::kSlow;
  EXPECT_EQ(CodeOf(Decide(lost, now, {}).row), "C-07");
}

// So no answers can show the order of C-07 and C-06; the list of rows does.
TEST(DecisionOrderTest, ACardIsLostOrAtHomeButNotBoth) {
  EXPECT_EQ(Compare(Rows()[4].when, Rows()[5].when).match,
            Comparison::Match::kNo);
}

}  // namespace
}  // namespace madoguchi::renewal
