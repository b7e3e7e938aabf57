#include "clients/ticket_machine/file_journal.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace madoguchi::ticket_machine {
namespace {

using madoguchi::testing::IsOk;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Press PressAt(Step step, std::string const& id = "press-1") {
  Press press;
  press.step = step;
  press.request_id = id;
  press.office = "offices/honcho";
  press.service = "renew_self";
  press.service_name = "電子証明書の更新 (100% \n 本人)";
  press.language = "ja";
  press.planned_time = Timestamp(std::chrono::milliseconds(1'800'000'000'123));
  if (step != Step::kPlanned) {
    press.number = "A101";
    press.ticket = "offices/honcho/tickets/20270115-A-101";
    press.link_token = "token";
    press.arrival_time =
        Timestamp(std::chrono::milliseconds(1'800'000'000'456));
  }
  return press;
}

TEST(PressTest, ALineIsReadBackAsItWasWritten) {
  for (auto const step :
       {Step::kPlanned, Step::kIssued, Step::kRefused, Step::kGivenUp,
        Step::kPrinting, Step::kNotPrinted, Step::kPrinted}) {
    auto press = PressAt(step);
    press.printings = 3;
    press.doubtful = press.by_staff = step == Step::kPrinted;
    EXPECT_EQ(ParsePress(FormatPress(press)), press);
    EXPECT_EQ(FormatPress(press).find('\n'), std::string::npos);
  }
}

TEST(PressTest, ALineWithAnyByteChangedIsNoLine) {
  auto const line = FormatPress(PressAt(Step::kIssued));
  for (std::size_t i = 0; i != line.size(); ++i) {
    auto changed = line;
    changed[i] = static_cast<char>(changed[i] ^ 0x10);
    EXPECT_FALSE(ParsePress(changed)) << changed;
    EXPECT_FALSE(ParsePress(line.substr(0, i)));
  }
}

class FileJournalTest : public ::testing::Test {
 protected:
  FileJournalTest() {
    // Not on the disk, which would take seconds for the thousands of syncs.
    std::filesystem::path const memory = "/dev/shm";
    auto name = ((std::filesystem::exists(memory)
                      ? memory
                      : std::filesystem::temp_directory_path()) /
                 "journal-XXXXXX")
                    .string();
    folder_ = mkdtemp(name.data());
    path_ = folder_ + "/machine-1";
  }
  ~FileJournalTest() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<FileJournal> Open(
      std::size_t compact_above = FileJournal::kCompactAbove) {
    auto opened = FileJournal::Open(path_, compact_above);
    EXPECT_THAT(opened, IsOk());
    return opened.ok() ? *std::move(opened) : nullptr;
  }

  void RecordAll(std::vector<Press> const& presses) {
    auto const journal = Open();
    for (auto const& press : presses) {
      EXPECT_THAT(journal->Record(press), IsOk());
    }
  }

  std::string Read() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  void Write(std::string const& bytes) const {
    std::ofstream(path_, std::ios::binary) << bytes;
  }

  std::string folder_;
  std::string path_;
};

TEST_F(FileJournalTest, RemembersTheLastPressAndTheLastPrinted) {
  EXPECT_EQ(Open()->Last(), std::nullopt);
  auto const printed = PressAt(Step::kPrinted);
  auto const planned = PressAt(Step::kPlanned, "press-2");
  RecordAll(
      {PressAt(Step::kPlanned), PressAt(Step::kIssued), printed, planned});
  auto const journal = Open();
  EXPECT_EQ(journal->Last(), planned);
  EXPECT_EQ(journal->LastPrinted(), printed);
  EXPECT_THAT(journal->notice(), IsEmpty());
}

TEST_F(FileJournalTest, AMissingFolderIsSaid) {
  path_ = folder_ + "/nowhere/machine-1";
  EXPECT_THAT(FileJournal::Open(path_).status().message(),
              HasSubstr("nowhere"));
}

TEST_F(FileJournalTest, ASecondMachineIsKeptOut) {
  auto const first = Open();
  auto const second = FileJournal::Open(path_);
  EXPECT_TRUE(absl::IsUnavailable(second.status()));
  EXPECT_THAT(second.status().message(), HasSubstr("Another ticket machine"));
}

TEST_F(FileJournalTest, AnythingElseThatIsNoJournalIsLeftAlone) {
  Write("a shopping list\n");
  EXPECT_TRUE(absl::IsFailedPrecondition(FileJournal::Open(path_).status()));
  EXPECT_EQ(Read(), "a shopping list\n");
}

TEST_F(FileJournalTest, ADeviceIsNoJournal) {
  std::filesystem::create_symlink("/dev/zero", path_);
  EXPECT_TRUE(absl::IsFailedPrecondition(FileJournal::Open(path_).status()));
}

TEST_F(FileJournalTest, AnEmptyFileBecomesAJournal) {
  Write("");
  RecordAll({PressAt(Step::kPlanned)});
  EXPECT_EQ(Open()->Last(), PressAt(Step::kPlanned));
}

TEST_F(FileJournalTest, OnlyItsOwnerReadsIt) {
  RecordAll({PressAt(Step::kIssued)});
  EXPECT_EQ(
      std::filesystem::status(path_).permissions(),
      std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(FileJournalTest, ALineTornAtAnyByteIsCutOff) {
  RecordAll({PressAt(Step::kPlanned)});
  auto const before = Read();
  RecordAll({PressAt(Step::kIssued)});
  auto const after = Read();
  for (auto size = before.size(); size != after.size(); ++size) {
    Write(after.substr(0, size));
    EXPECT_EQ(Open()->Last(), PressAt(Step::kPlanned)) << size;
    EXPECT_EQ(Read(), before);
    // The next line begins where the torn one did.
    RecordAll({PressAt(Step::kRefused)});
    auto const journal = Open();
    EXPECT_EQ(journal->Last(), PressAt(Step::kRefused));
    EXPECT_THAT(journal->notice(), IsEmpty());
  }
}

TEST_F(FileJournalTest, ALineWhoseBlocksWereNeverWrittenIsCutOff) {
  RecordAll({PressAt(Step::kPlanned)});
  auto const before = Read();
  RecordAll({PressAt(Step::kIssued)});
  auto const after = Read();
  auto const line = after.size() - before.size();
  for (std::size_t zeros = 1; zeros <= line; ++zeros) {
    for (auto const at : {before.size(), after.size() - zeros}) {
      auto bytes = after;
      bytes.replace(at, zeros, zeros, '\0');
      Write(bytes);
      auto const journal = Open();
      EXPECT_EQ(journal->Last(), PressAt(Step::kPlanned));
      EXPECT_THAT(journal->notice(), IsEmpty());
    }
  }
}

TEST_F(FileJournalTest, ADamagedMiddleIsSetAsideAndTheEndStillCounts) {
  RecordAll({PressAt(Step::kPlanned), PressAt(Step::kIssued),
             PressAt(Step::kPrinting)});
  auto bytes = Read();
  bytes[bytes.find("ISSUED")] = 'X';
  Write(bytes);

  auto const journal = Open();
  EXPECT_EQ(journal->Last(), PressAt(Step::kPrinting));
  EXPECT_THAT(journal->notice(), HasSubstr("machine-1.damaged-1"));
  EXPECT_TRUE(std::filesystem::exists(path_ + ".damaged-1"));
  EXPECT_THAT(journal->Record(PressAt(Step::kPrinted)), IsOk());
}

TEST_F(FileJournalTest, AfterADamagedEndTheOpenPressIsDoubtful) {
  RecordAll({PressAt(Step::kIssued), PressAt(Step::kPrinting)});
  auto bytes = Read();
  bytes[bytes.find("PRINTING")] = 'X';
  Write(bytes);
  auto doubtful = PressAt(Step::kIssued);
  doubtful.doubtful = true;
  {
    auto const journal = Open();
    EXPECT_EQ(journal->Last(), doubtful);
    EXPECT_THAT(journal->notice(), HasSubstr("not known for sure"));
  }
  // And stays so when the machine starts again.
  auto const journal = Open();
  EXPECT_EQ(journal->Last(), doubtful);
  EXPECT_THAT(journal->notice(), IsEmpty());
}

TEST_F(FileJournalTest, EachDamagedJournalIsKept) {
  for (int i = 1; i <= 3; ++i) {
    RecordAll({PressAt(Step::kPrinted)});
    Write(Read() + "damage\n");
    EXPECT_THAT(Open()->notice(), HasSubstr("may have been issued"));
    EXPECT_TRUE(
        std::filesystem::exists(path_ + ".damaged-" + std::to_string(i)));
  }
}

TEST_F(FileJournalTest, IsCompactedBetweenPresses) {
  auto const journal = Open(/*compact_above=*/2'000);
  std::size_t largest = 0;
  for (int i = 0; i != 50; ++i) {
    auto const id = "press-" + std::to_string(i);
    for (auto const step : {Step::kPlanned, Step::kIssued, Step::kPrinted}) {
      ASSERT_THAT(journal->Record(PressAt(step, id)), IsOk());
      largest = std::max(largest, Read().size());
    }
  }
  EXPECT_LT(largest, 4'000U);
  ASSERT_THAT(journal->Record(PressAt(Step::kPlanned, "press-50")), IsOk());
  // The lock outlives the file that it was taken on.
  EXPECT_TRUE(absl::IsUnavailable(FileJournal::Open(path_).status()));
}

TEST_F(FileJournalTest, ACompactedJournalKnowsWhatTheLongOneKnew) {
  {
    auto const journal = Open(/*compact_above=*/0);
    ASSERT_THAT(journal->Record(PressAt(Step::kPrinted, "press-1")), IsOk());
    ASSERT_THAT(journal->Record(PressAt(Step::kRefused, "press-2")), IsOk());
    ASSERT_THAT(journal->Record(PressAt(Step::kPlanned, "press-3")), IsOk());
  }
  auto const journal = Open();
  EXPECT_EQ(journal->Last(), PressAt(Step::kPlanned, "press-3"));
  EXPECT_EQ(journal->LastPrinted(), PressAt(Step::kPrinted, "press-1"));
}

TEST_F(FileJournalTest, AHalfWrittenCompactionIsNothing) {
  RecordAll({PressAt(Step::kIssued)});
  std::ofstream(path_ + ".new") << "madoguchi-tick";
  EXPECT_EQ(Open()->Last(), PressAt(Step::kIssued));
}

// A limit on the size of files stands in for a full disk: write(2) takes what
// fits and refuses the rest.
class FullDisk {
 public:
  explicit FullDisk(std::size_t size) {
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit const limit{size, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST_F(FileJournalTest, AFullDiskTakesNothingOfALineAndMayBeTriedAgain) {
  RecordAll({PressAt(Step::kPlanned)});
  auto const before = Read();
  auto const journal = Open();
  for (std::size_t room = 0; room != 20; ++room) {
    {
      FullDisk const full(before.size() + room);
      EXPECT_TRUE(
          absl::IsResourceExhausted(journal->Record(PressAt(Step::kIssued))));
    }
    EXPECT_EQ(Read(), before);
    EXPECT_EQ(journal->Last(), PressAt(Step::kPlanned));
  }
  EXPECT_THAT(journal->Record(PressAt(Step::kIssued)), IsOk());
  EXPECT_EQ(journal->Last(), PressAt(Step::kIssued));
}

}  // namespace
}  // namespace madoguchi::ticket_machine
