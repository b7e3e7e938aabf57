#include "tests/integration/ticketing_house.h"
#include "tests/support/child_process.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <cstdio>
#include <memory>
#include <string>

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

}  // namespace
}  // namespace madoguchi::testing
