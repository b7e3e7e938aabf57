#include "services/certification_authority/domain/issuance_ledger.h"
#include "tests/support/authority_builders.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>

namespace madoguchi::certification_authority {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsError;
using testing::IsOk;
using ::testing::SizeIs;

using Repeats = IssuanceLedger::Repeats;

TEST(IssuanceLedgerTest, ARepeatGetsTheFirstOutcomeAndIssuesNothing) {
  MemoryJournal journal;
  IssuanceLedger ledger({}, journal, Repeats::kAnswered);
  auto const first = ledger.Decide(OrderOf(1, 1), Refusal::kNone, kTen);

  EXPECT_EQ(ledger.Decide(OrderOf(1, 1), Refusal::kOther, kTen + 1h), first);
  EXPECT_THAT(journal.kept, ElementsAre(*first));
  EXPECT_EQ(ledger.Count(), (LedgerCounts{1, 0, 1, 0}));
}

TEST(IssuanceLedgerTest, ARepeatWithOtherArgumentsIsRefused) {
  MemoryJournal journal;
  IssuanceLedger ledger({}, journal, Repeats::kAnswered);
  EXPECT_THAT(ledger.Decide(OrderOf(1, 1), Refusal::kNone, kTen), IsOk());

  EXPECT_THAT(ledger.Decide(OrderOf(1, 2), Refusal::kNone, kTen),
              IsError(absl::StatusCode::kInvalidArgument, "ATTEMPT_ID_REUSED"));
}

TEST(IssuanceLedgerTest, SeesACaseThatIsIssuedTwiceUnderTwoAttempts) {
  MemoryJournal journal;
  IssuanceLedger ledger({}, journal, Repeats::kAnswered);
  EXPECT_THAT(ledger.Decide(OrderOf(1, 7), Refusal::kNone, kTen), IsOk());
  EXPECT_THAT(ledger.Decide(OrderOf(2, 7), Refusal::kNone, kTen), IsOk());
  EXPECT_THAT(ledger.Decide(OrderOf(3, 8), Refusal::kNone, kTen), IsOk());

  EXPECT_EQ(ledger.Count(), (LedgerCounts{3, 0, 2, 1}));
  EXPECT_THAT(ledger.IssuedAgain(100), ElementsAre(OrderOf(1, 7).case_key));
}

TEST(IssuanceLedgerTest, ARefusalIsNoIssuance) {
  MemoryJournal journal;
  IssuanceLedger ledger({}, journal, Repeats::kAnswered);
  EXPECT_THAT(ledger.Decide(OrderOf(1, 7), Refusal::kOther, kTen), IsOk());
  EXPECT_THAT(ledger.Decide(OrderOf(2, 7), Refusal::kNone, kTen), IsOk());

  EXPECT_EQ(ledger.Count(), (LedgerCounts{1, 1, 1, 0}));
  EXPECT_EQ(ledger.Find(OrderOf(1, 7).attempt)->outcome, Outcome::kRefused);
}

TEST(IssuanceLedgerTest, OneThatIsNotIdempotentIssuesAgainAndSeesIt) {
  MemoryJournal journal;
  IssuanceLedger ledger({}, journal, Repeats::kIssuedAgain);
  EXPECT_THAT(ledger.Decide(OrderOf(1, 1), Refusal::kNone, kTen), IsOk());
  EXPECT_THAT(ledger.Decide(OrderOf(1, 1), Refusal::kNone, kTen), IsOk());

  EXPECT_THAT(journal.kept, SizeIs(2));
  EXPECT_EQ(ledger.Count(), (LedgerCounts{2, 0, 1, 1}));
}

TEST(IssuanceLedgerTest, KeepsNothingMoreOnceTheJournalFailed) {
  MemoryJournal journal;
  IssuanceLedger ledger({}, journal, Repeats::kAnswered);
  journal.next = absl::InternalError("no disk");
  auto const failed = IsError(absl::StatusCode::kInternal, "LEDGER_FAILED");

  EXPECT_THAT(ledger.Decide(OrderOf(1, 1), Refusal::kNone, kTen), failed);
  EXPECT_EQ(ledger.Find(OrderOf(1, 1).attempt), std::nullopt);
  journal.next = absl::OkStatus();
  EXPECT_THAT(ledger.Decide(OrderOf(2, 2), Refusal::kNone, kTen), failed);
  EXPECT_THAT(ledger.Check(), failed);
  EXPECT_THAT(journal.kept, IsEmpty());
}

TEST(IssuanceLedgerTest, IsListedInPagesWithoutGapOrRepeat) {
  MemoryJournal journal;
  IssuanceLedger ledger({}, journal, Repeats::kAnswered);
  for (int i = 1; i <= 5; ++i) {
    EXPECT_THAT(ledger.Decide(OrderOf(i, i), Refusal::kNone, kTen), IsOk());
  }

  std::vector<Issuance> pages;
  for (std::int64_t after = 0; after != 5;) {
    auto const page = ledger.List(after, 2);
    ASSERT_FALSE(page.empty());
    pages.insert(pages.end(), page.begin(), page.end());
    after = page.back().sequence;
  }
  EXPECT_EQ(pages, journal.kept);
  EXPECT_THAT(ledger.List(5, 2), IsEmpty());
  EXPECT_THAT(ledger.List(99, 2), IsEmpty());
}

// Against plain sets, and against itself when it is started again.
RC_GTEST_PROP(IssuanceLedgerPropertyTest, CountsWhatItKeeps, ()) {
  auto const repeats =
      *rc::gen::element(Repeats::kAnswered, Repeats::kIssuedAgain);
  auto const orders = *rc::gen::container<std::vector<std::pair<int, bool>>>(
      rc::gen::pair(rc::gen::inRange(0, 12), rc::gen::arbitrary<bool>()));
  MemoryJournal journal;
  IssuanceLedger ledger({}, journal, repeats);
  for (auto const& [attempt, refused] : orders) {
    // Three attempts for each case.
    RC_ASSERT(ledger
                  .Decide(OrderOf(attempt, attempt / 3),
                          refused ? Refusal::kOther : Refusal::kNone, kTen)
                  .ok());
  }

  LedgerCounts expected;
  std::multiset<CaseKey> cases;
  std::multiset<AttemptId> attempts;
  for (auto const& each : journal.kept) {
    attempts.insert(each.order.attempt);
    if (each.outcome == Outcome::kRefused) ++expected.refused;
    if (each.outcome != Outcome::kIssued) continue;
    ++expected.issued;
    cases.insert(each.order.case_key);
  }
  for (auto const& key : std::set<CaseKey>(cases.begin(), cases.end())) {
    ++expected.cases_issued;
    if (cases.count(key) > 1) ++expected.cases_issued_again;
  }
  RC_ASSERT(ledger.Count() == expected);
  for (auto const& each : attempts) {
    RC_ASSERT(repeats == Repeats::kIssuedAgain || attempts.count(each) == 1U);
  }
  MemoryJournal other;
  IssuanceLedger again(journal.kept, other, repeats);
  RC_ASSERT(again.Count() == ledger.Count());
  RC_ASSERT(again.List(0, 1000) == ledger.List(0, 1000));
}

}  // namespace
}  // namespace madoguchi::certification_authority
