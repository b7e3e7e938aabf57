#include "services/rpc/device_registry.h"
#include "tests/integration/ticketing_house.h"
#include "tests/support/child_process.h"
#include "tests/support/status_matchers.h"
#include "absl/strings/escaping.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdlib.h>
#include <string>
#include <utility>
#include <vector>

// The three programs as people use them, on two replicas.
namespace madoguchi::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::chrono::seconds kLimit{20};

// Runs a shell command and answers what it prints.
std::string OutputOf(std::string const& command) {
  std::unique_ptr<FILE, int (*)(FILE*)> const pipe(popen(command.c_str(), "r"),
                                                   pclose);
  std::string output;
  char buffer[4096];
  while (auto const size = fread(buffer, 1, sizeof buffer, pipe.get())) {
    output.append(buffer, size);
  }
  return output;
}

class ProgramsTest : public ::testing::Test {
 protected:
  std::string Program(std::string const& name) const {
    return PROGRAMS_FOLDER "/" + name + " --target " + targets_ +
           " --office honcho";
  }

  TicketingHouse house_{2};
  std::string const targets_ =
      house_.server(0).address() + "," + house_.server(1).address();
};

TEST_F(ProgramsTest, AVisitFromTheMachineToTheWallToTheCounter) {
  auto const display =
      ChildProcess::Start({{PROGRAMS_FOLDER "/wall_display", "--target",
                            targets_, "--office", "honcho", "--plain"},
                           {},
                           {}});
  ASSERT_THAT(display, IsOk());
  ASSERT_THAT((*display)->WaitForLine("SNAPSHOT", kLimit), IsOk());

  EXPECT_THAT(
      OutputOf(Program("ticket_machine") + " --service renew_self --count 2"),
      HasSubstr("102 renew_self"));
  auto const pressed =
      OutputOf("printf 'n\\ns\\nc\\nn\\nq\\n' | " +
               Program("counter_terminal") + " --counter 2 --staff hana");
  EXPECT_THAT(pressed, HasSubstr("番号 101 をお呼びしました"));
  EXPECT_THAT(pressed, HasSubstr("Ticket 101 is complete."));
  EXPECT_THAT(pressed, HasSubstr("番号 102 をお呼びしました"));
  EXPECT_THAT(pressed, HasSubstr("A ticket is still here."));

  auto const first = (*display)->WaitForLine("CALLED 101", kLimit);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(*first, HasSubstr("-> counter 2"));
  EXPECT_THAT(*first, HasSubstr("RING"));
  EXPECT_THAT((*display)->WaitForLine("CALLED 102", kLimit), IsOk());
}

TEST_F(ProgramsTest, AWallSaysWhatItKnowsAtOnce) {
  OutputOf(Program("ticket_machine") + " --service renew_self --count 3");
  OutputOf("printf 'n\\n' | " + Program("counter_terminal") +
           " --counter 2 --staff hana");
  auto const screen = OutputOf(Program("wall_display") + " --once");
  EXPECT_THAT(screen, HasSubstr("お呼び出し中"));
  EXPECT_THAT(screen, HasSubstr("2番窓口"));
}

TEST_F(ProgramsTest, WithOneReplicaDeadTheOtherOneAnswers) {
  house_.server(0).Kill();
  EXPECT_THAT(
      OutputOf(Program("ticket_machine") + " --service renew_self --count 1"),
      HasSubstr("101 renew_self"));
}

// One device of each program, whose token is its name.
class KnownProgramsTest : public ::testing::Test {
 protected:
  KnownProgramsTest() {
    std::ofstream devices(folder_ / "devices");
    for (auto const& [program, role] :
         {std::pair("ticket_machine", "TICKET_MACHINE"),
          std::pair("counter_terminal", "COUNTER_TERMINAL"),
          std::pair("wall_display", "WALL_DISPLAY")}) {
      std::ofstream(folder_ / program) << program << "\n";
      std::string id = program;
      id.replace(id.find('_'), 1, "-");
      devices << "devices { id: \"" << id << "\" role: " << role
              << " token_sha256: \""
              << absl::BytesToHexString(rpc::Sha256(program))
              << "\" office: \"honcho\" }\n";
    }
    devices.close();
    house_ = std::make_unique<TicketingHouse>(
        1, std::vector<std::string>{"--devices", folder_ / "devices"});
  }
  ~KnownProgramsTest() override { std::filesystem::remove_all(folder_); }

  static std::filesystem::path MakeFolder() {
    std::string folder = ::testing::TempDir() + "madoguchi-devices-XXXXXX";
    return mkdtemp(folder.data());
  }

  std::string Program(std::string const& name) const {
    return PROGRAMS_FOLDER "/" + name + " --target " +
           house_->server(0).address() + " --office honcho";
  }
  std::string Known(std::string const& name) const {
    return Program(name) + " --token_file " + (folder_ / name).string();
  }

  std::filesystem::path const folder_ = MakeFolder();
  std::unique_ptr<TicketingHouse> house_;
};

TEST_F(KnownProgramsTest, EachShowsItsToken) {
  EXPECT_THAT(
      OutputOf(Known("ticket_machine") + " --service renew_self --count 1"),
      HasSubstr("101 renew_self"));
  EXPECT_THAT(OutputOf("printf 'n\\n' | " + Known("counter_terminal") +
                       " --counter 2 --staff hana"),
              HasSubstr("番号 101 をお呼びしました"));
  EXPECT_THAT(OutputOf(Known("wall_display") + " --once"),
              HasSubstr("お呼び出し中"));
}

TEST_F(KnownProgramsTest, WithoutATokenItSaysSo) {
  EXPECT_THAT(OutputOf(Program("ticket_machine") +
                       " --service renew_self --count 1 --patience 1s 2>&1"),
              HasSubstr("DEVICE_UNKNOWN"));
  EXPECT_THAT(OutputOf(Program("wall_display") + " --once 2>&1"),
              HasSubstr("DEVICE_UNKNOWN"));
}

}  // namespace
}  // namespace madoguchi::testing
