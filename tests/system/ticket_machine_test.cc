#include "tests/integration/ticketing_house.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <array>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>

// The ticket machine as an installer starts it, with paper and a journal, on a
// real server: killed between any two of its steps.
namespace madoguchi::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The exit codes that the program promises.
constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kNotKnown = 3;
constexpr int kNotOut = 4;
constexpr int kKilled = -SIGKILL;

// One press has a stop point before and after each of: PLANNED, the call,
// ISSUED, PRINTING, the slip, PRINTED.
constexpr int kPointsOfAPress = 12;

struct Ended {
  int code = 0;
  std::string output;
};

class TicketMachineTest : public ::testing::Test {
 protected:
  TicketMachineTest() {
    auto name =
        (std::filesystem::temp_directory_path() / "machine-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    UseNewPaper();
  }
  ~TicketMachineTest() override { std::filesystem::remove_all(folder_); }

  // Begins with an empty journal and a new roll, as a machine just installed.
  void UseNewPaper() {
    ++roll_;
    paper_ = folder_ + "/paper-" + std::to_string(roll_);
    journal_ = folder_ + "/journal-" + std::to_string(roll_);
    issued_before_ = Waiting();
  }

  // Runs the machine; it is killed at its `stops_at`th stop point.
  Ended Run(std::string const& flags, int stops_at = 0,
            std::string const& typed = "") {
    auto const typed_path = folder_ + "/typed";
    std::ofstream(typed_path) << typed;
    auto const command =
        std::string("exec env TICKET_MACHINE_STOPS_AT=") +
        std::to_string(stops_at) +
        " " PROGRAMS_FOLDER "/ticket_machine --target " +
        house_.server(0).address() + " --office honcho --journal " + journal_ +
        " --printer " + paper_ + " " + flags + " 2>&1 < " + typed_path;
    auto* const pipe = popen(command.c_str(), "r");
    Ended ended;
    std::array<char, 4096> buffer{};
    while (auto const size = fread(buffer.data(), 1, buffer.size(), pipe)) {
      ended.output.append(buffer.data(), size);
    }
    int const status = pclose(pipe);
    ended.code = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
    return ended;
  }

  Ended IssueTwo(int stops_at = 0) {
    return Run("--service renew_self --count 2", stops_at);
  }

  // Starts the machine only to finish what is open.
  Ended Finish(int stops_at = 0, std::string const& answer = "") {
    return Run("--service renew_self --count 0 " + answer, stops_at);
  }

  void SetFault(std::string const& fault) const {
    std::ofstream(paper_ + ".fault") << fault << "\n";
  }
  void Repair() const { std::filesystem::remove(paper_ + ".fault"); }

  // How many slips of each number came out.
  std::map<std::string, int> Slips() const {
    std::map<std::string, int> slips;
    std::ifstream paper(paper_);
    std::string const before_number = "番号札 ";
    for (std::string line; std::getline(paper, line);) {
      auto const at = line.find(before_number);
      if (at == std::string::npos) continue;
      auto const number = line.substr(at + before_number.size());
      ++slips[number.substr(0, number.find(' '))];
    }
    return slips;
  }

  std::string Paper() const {
    std::ifstream paper(paper_);
    return {std::istreambuf_iterator<char>(paper), {}};
  }

  // How many wait for the service: nobody is called in these tests.
  int Waiting() {
    ticketing::v1::ListServicesRequest request;
    request.set_office("offices/honcho");
    auto const ask = [&] {
      return Call(house_.at(0).tickets,
                  &ticketing::v1::TicketService::Stub::ListServices, request);
    };
    auto listed = ask();
    // The first call after a server was away finds the old connection broken.
    if (absl::IsUnavailable(listed.status())) listed = ask();
    EXPECT_THAT(listed, IsOk());
    if (!listed.ok()) return -1;
    for (auto const& service : listed->services()) {
      if (service.service() == "renew_self") return service.waiting_count();
    }
    return -1;
  }

  int Issued() { return Waiting() - issued_before_; }

  // Finishes what was left open as people would: where the machine does not
  // know, somebody looks at the paper. Then each number is on it once.
  void FinishAndJudge(int presses) {
    auto ended = Finish();
    if (ended.code == kNotKnown) {
      auto const slips = Slips();
      EXPECT_THAT(ended.output, HasSubstr("printed?"));
      // It goes on not knowing, and prints nothing meanwhile.
      EXPECT_EQ(Finish().code, kNotKnown);
      EXPECT_EQ(Slips(), slips);
      bool const is_out = static_cast<int>(slips.size()) == Issued();
      ended = Finish(0, is_out ? "--was_printed=yes" : "--was_printed=no");
    }
    EXPECT_EQ(ended.code, kDone) << ended.output;
    EXPECT_EQ(Issued(), presses);
    auto const slips = Slips();
    EXPECT_EQ(static_cast<int>(slips.size()), presses);
    for (auto const& [number, count] : slips) {
      EXPECT_EQ(count, 1) << number << "\n" << ended.output;
    }
  }

  TicketingHouse house_{1};
  std::string folder_;
  std::string paper_;
  std::string journal_;
  int roll_ = 0;
  int issued_before_ = 0;
};

// How many presses are in the journal of a machine that was killed there.
int PressesAt(int stops_at) {
  int const steps = stops_at - 1;
  return steps / kPointsOfAPress + (steps % kPointsOfAPress == 0 ? 0 : 1);
}

// Features, details 3 and 19.
TEST_F(TicketMachineTest, KilledAtAnyStepItPrintsEachNumberOnceOrAsks) {
  int stops_at = 1;
  for (;; ++stops_at) {
    SCOPED_TRACE("killed at stop point " + std::to_string(stops_at));
    UseNewPaper();
    auto const ended = IssueTwo(stops_at);
    if (ended.code == kDone) break;
    ASSERT_EQ(ended.code, kKilled) << ended.output;
    FinishAndJudge(PressesAt(stops_at));
  }
  EXPECT_EQ(stops_at, 2 * kPointsOfAPress + 1);
}

TEST_F(TicketMachineTest, KilledAgainWhileItRecoversItStillDoes) {
  for (int first = 1; first <= kPointsOfAPress; ++first) {
    for (int second = 1;; ++second) {
      SCOPED_TRACE("killed at stop points " + std::to_string(first) + " and " +
                   std::to_string(second));
      UseNewPaper();
      ASSERT_EQ(IssueTwo(first).code, kKilled);
      bool const killed = Finish(second).code == kKilled;
      FinishAndJudge(PressesAt(first));
      if (!killed) break;
    }
  }
}

TEST_F(TicketMachineTest, AServerThatIsAwayCostsNoNumber) {
  house_.server(0).Kill();
  EXPECT_EQ(Run("--service renew_self --patience 1s").code, kFailed);
  ASSERT_THAT(house_.server(0).Restart(), IsOk());
  FinishAndJudge(1);
}

TEST_F(TicketMachineTest, ANumberThatJammedComesOutAfterTheRepair) {
  SetFault("jams");
  auto const jammed = IssueTwo();
  EXPECT_EQ(jammed.code, kNotOut);
  EXPECT_THAT(jammed.output, HasSubstr("is issued and not printed"));
  SetFault("out-of-paper");
  EXPECT_EQ(Finish().code, kNotOut);
  Repair();
  EXPECT_EQ(Finish().code, kDone);
  EXPECT_EQ(Issued(), 1);
  EXPECT_THAT(Paper(), HasSubstr("再印字"));
}

TEST_F(TicketMachineTest, WithoutPaperItTakesNoNumber) {
  SetFault("out-of-paper");
  EXPECT_EQ(IssueTwo().code, kFailed);
  EXPECT_EQ(Issued(), 0);
}

TEST_F(TicketMachineTest, APrinterThatDiedIsAQuestion) {
  SetFault("dies");
  EXPECT_EQ(IssueTwo().code, kNotKnown);
  Repair();
  FinishAndJudge(1);
}

TEST_F(TicketMachineTest, APrinterWithoutAJournalIsRefused) {
  journal_ = "\"\"";
  auto const ended = IssueTwo();
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.output, HasSubstr("--printer needs --journal"));
}

TEST_F(TicketMachineTest, AVisitorGetsPaperAndStaffReprintIt) {
  auto const ended = Run("", 0, "1\n1\n\n**\nr\nq\n");
  EXPECT_EQ(ended.code, kDone);
  EXPECT_THAT(ended.output, HasSubstr("番号札をお取りください"));
  EXPECT_THAT(ended.output, HasSubstr("を再印字"));
  EXPECT_THAT(Paper(), HasSubstr("再印字"));
  EXPECT_EQ(Slips().begin()->second, 2);
  EXPECT_EQ(Issued(), 1);
}

TEST_F(TicketMachineTest, StaffAnswerAtTheMachineWhetherANumberWasPrinted) {
  // Killed after the slip came out and before that was recorded.
  EXPECT_EQ(Run("", 10, "1\n1\n\n").code, kKilled);
  auto const ended = Run("", 0, "**\ny\nq\n");
  EXPECT_THAT(ended.output, HasSubstr("は印刷されましたか"));
  FinishAndJudge(1);
}

TEST_F(TicketMachineTest, OutOfOrderVisitorsGetNoNumberUntilStaffSaySo) {
  auto const ended = Run("", 0, "**\no\nq\n1\n1\n**\no\nq\n");
  EXPECT_THAT(ended.output, HasSubstr("この機械はただいま休止しています"));
  EXPECT_THAT(ended.output, HasSubstr("再開する"));
  EXPECT_EQ(Issued(), 0);
}

}  // namespace
}  // namespace madoguchi::testing
