#include "services/certification_authority/adapters/file_ledger_journal.h"
#include "services/certification_authority/adapters/issuance_line.h"
#include "tests/support/authority_builders.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace madoguchi::certification_authority {
namespace {

using ::testing::IsEmpty;
using testing::IsOk;

Issuance IssuanceOf(int number) {
  return {number, OrderOf(number, number), Outcome::kIssued, Refusal::kNone,
          kTen};
}

class FileLedgerJournalTest : public ::testing::Test {
 protected:
  FileLedgerJournalTest() { std::filesystem::remove(path_); }
  ~FileLedgerJournalTest() override { std::filesystem::remove(path_); }

  std::string Bytes() const {
    std::ostringstream bytes;
    bytes << std::ifstream(path_).rdbuf();
    return bytes.str();
  }

  void SetBytes(std::string const& bytes) const {
    std::ofstream(path_) << bytes;
  }

  // What a server that starts now finds.
  std::vector<Issuance> Kept() const {
    auto journal = FileLedgerJournal::Open(path_);
    EXPECT_THAT(journal, IsOk());
    return journal.ok() ? (*journal)->TakeKept() : std::vector<Issuance>();
  }

  void Append(int number) const {
    auto journal = FileLedgerJournal::Open(path_);
    ASSERT_THAT(journal, IsOk());
    EXPECT_THAT((*journal)->Append(IssuanceOf(number)), IsOk());
  }

  std::string const path_ =
      ::testing::TempDir() + "issuances-" +
      ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(FileLedgerJournalTest, KeepsDecisionsInOrder) {
  EXPECT_THAT(Kept(), IsEmpty());
  Append(1);
  Append(2);
  EXPECT_EQ(Kept(), (std::vector<Issuance>{IssuanceOf(1), IssuanceOf(2)}));
}

// A kill may come after any byte.
TEST_F(FileLedgerJournalTest, WhatWasWrittenInPartIsNeitherKeptNorInTheWay) {
  Append(1);
  auto const one = Bytes();
  Append(2);
  auto const two = Bytes();
  for (auto size = one.size(); size != two.size(); ++size) {
    SetBytes(two.substr(0, size));
    EXPECT_EQ(Kept(), (std::vector<Issuance>{IssuanceOf(1)}));
    Append(2);
    EXPECT_EQ(Bytes(), two);
  }
  for (std::size_t size = 0; size != one.find('\n'); ++size) {
    SetBytes(one.substr(0, size));
    EXPECT_THAT(Kept(), IsEmpty());
  }
}

TEST_F(FileLedgerJournalTest, WhatIsTornIsCutOffBeforeAnythingIsAdded) {
  Append(1);
  auto const one = Bytes();
  SetBytes(one + std::string(300, 'x'));
  EXPECT_EQ(Kept(), (std::vector<Issuance>{IssuanceOf(1)}));
  EXPECT_EQ(Bytes(), one);
}

TEST_F(FileLedgerJournalTest, ABlockThatWasNeverWrittenIsATornLine) {
  Append(1);
  SetBytes(Bytes() + std::string(40, '\0') + "\n");
  EXPECT_EQ(Kept(), (std::vector<Issuance>{IssuanceOf(1)}));
}

TEST_F(FileLedgerJournalTest, DamageElsewhereIsNotGuessedAt) {
  Append(1);
  Append(2);
  auto bytes = Bytes();
  bytes[bytes.find("issued")] = 'X';
  SetBytes(bytes);
  EXPECT_EQ(FileLedgerJournal::Open(path_).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Bytes(), bytes);
}

TEST_F(FileLedgerJournalTest, AMissingLineIsDamage) {
  Append(1);
  auto const one = Bytes();
  Append(2);
  auto bytes = Bytes();
  bytes.erase(bytes.find('\n') + 1, one.size() - bytes.find('\n') - 1);
  SetBytes(bytes);
  EXPECT_EQ(FileLedgerJournal::Open(path_).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(FileLedgerJournalTest, AFileOfSomethingElseIsLeftAlone) {
  SetBytes("somebody's diary\n");
  EXPECT_EQ(FileLedgerJournal::Open(path_).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Bytes(), "somebody's diary\n");
}

TEST_F(FileLedgerJournalTest, ASecondServerIsKeptOut) {
  auto const first = FileLedgerJournal::Open(path_);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(FileLedgerJournal::Open(path_).status().code(),
            absl::StatusCode::kUnavailable);
}

RC_GTEST_PROP(IssuanceLinePropertyTest, IsReadAsItWasWritten, ()) {
  auto issuance = IssuanceOf(*rc::gen::inRange(1, 1'000'000));
  bool const both = *rc::gen::arbitrary<bool>();
  bool const signing = *rc::gen::arbitrary<bool>();
  issuance.order.certificates = {both || signing, both || !signing};
  issuance.order.kind = *rc::gen::element(Kind::kRenew, Kind::kNewIssue);
  issuance.refusal = *rc::gen::element(
      Refusal::kNone, Refusal::kCardNotValid, Refusal::kPinNotAccepted,
      Refusal::kNotInWindow, Refusal::kRegisterDiffers, Refusal::kOther);
  issuance.outcome =
      issuance.refusal == Refusal::kNone ? Outcome::kIssued : Outcome::kRefused;
  issuance.decided += std::chrono::milliseconds(*rc::gen::inRange(0, 1 << 30));
  RC_ASSERT(ParseIssuance(FormatIssuance(issuance)) == issuance);
}

}  // namespace
}  // namespace madoguchi::certification_authority
