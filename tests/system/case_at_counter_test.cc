#include "tests/integration/renewal_replica.h"
#include "tests/integration/ticketing_house.h"
#include "tests/support/child_process.h"
#include "tests/support/status_matchers.h"
#include "absl/strings/str_join.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

// A clerk's terminal with renewal beside ticketing, all three as processes.
namespace madoguchi::testing {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;
using ticketing::v1::CounterService;
using ticketing::v1::Ticket;
using ticketing::v1::TicketService;

class CaseAtCounterTest : public ::testing::Test {
 protected:
  // A visitor who waits.
  void SetUp() override {
    auto const issued =
        Call(house_.at(0).tickets, &TicketService::Stub::IssueTicket,
             IssueOf("renew_self"));
    ASSERT_THAT(issued, IsOk());
    number_ = issued->ticket().number();
  }

  void StartRenewal() {
    std::vector<std::string> command = {PROGRAMS_FOLDER "/renewal",
                                        "--settings",
                                        "deploy/config/example-city.textproto",
                                        "--listen",
                                        renewal_address_,
                                        "--redis",
                                        "unix:" + house_.redis().socket(),
                                        "--ticketing",
                                        house_.server(0).address()};
    command.insert(command.end(), clock_.begin(), clock_.end());
    auto process = ChildProcess::Start({command, {}, {}});
    ASSERT_THAT(process, IsOk());
    renewal_ = *std::move(process);
    ASSERT_THAT(renewal_->WaitForLine("renewal: ready on", seconds(30)),
                IsOk());
  }

  /// What a terminal at counter 2 prints to `presses`.
  std::string Press(std::vector<std::string> const& presses) {
    auto const command = "printf '" + absl::StrJoin(presses, "\\n") +
                         "\\n' | " PROGRAMS_FOLDER
                         "/counter_terminal --counter 2 --staff hana "
                         "--office honcho --target " +
                         house_.server(0).address() + " --renewal " +
                         renewal_address_;
    std::unique_ptr<FILE, int (*)(FILE*)> const pipe(
        popen(command.c_str(), "r"), pclose);
    std::string output;
    char buffer[4096];
    while (auto const size = fread(buffer, 1, sizeof buffer, pipe.get())) {
      output.append(buffer, size);
    }
    return output;
  }

  Ticket::State TicketState() {
    ticketing::v1::FindTicketRequest find;
    find.set_office("offices/honcho");
    find.set_number(number_);
    auto const found =
        Call(house_.at(0).counters, &CounterService::Stub::FindTicket, find);
    EXPECT_THAT(found, IsOk());
    return found.ok() ? found->ticket().state() : Ticket::STATE_UNSPECIFIED;
  }

  std::vector<std::string> const clock_ = ClockFlagsAtNine();
  TicketingHouse house_{1, clock_};
  std::string const renewal_address_ =
      "127.0.0.1:" + std::to_string(*FreePort());
  std::unique_ptr<ChildProcess> renewal_;
  std::string number_;
};

TEST_F(CaseAtCounterTest, OneKeyTakesACaseFromTheFormToTheEndOfTheVisit) {
  StartRenewal();
  auto const printed = Press({"n", "s", "j .", "j", "j", "j", "j", "j",
                              "j issued", "j", "j", "j", "q"});
  EXPECT_THAT(printed, HasSubstr("Your certificates are renewed"));
  // Nobody closed the counter under a visitor.
  EXPECT_THAT(printed, Not(HasSubstr("A ticket is still here.")));
  EXPECT_EQ(TicketState(), Ticket::COMPLETED);
}

TEST_F(CaseAtCounterTest, AResetIsParkedAndTakenUpAgainByItsPlaceInTheList) {
  StartRenewal();
  auto const parked = Press({"n", "s", "j 6", "j", "o park_visitor"});
  EXPECT_THAT(parked, HasSubstr("You keep your place"));
  EXPECT_EQ(TicketState(), Ticket::ON_HOLD);
  auto const resumed = Press({"y", "z 1", "j", "o abandon visitor_left", "c"});
  EXPECT_THAT(resumed, HasSubstr("Ticket " + number_ + " is complete."));
  EXPECT_EQ(TicketState(), Ticket::COMPLETED);
}

TEST_F(CaseAtCounterTest, WithoutRenewalTheVisitGoesOn) {
  auto const printed = Press({"n", "s", "j", "c", "q"});
  EXPECT_THAT(printed, HasSubstr("Go on with paper notes"));
  EXPECT_THAT(printed, HasSubstr("Ticket " + number_ + " is complete."));
  EXPECT_EQ(TicketState(), Ticket::COMPLETED);
}

}  // namespace
}  // namespace madoguchi::testing
