#include "clients/terminal/text_width.h"
#include "clients/ticket_machine/heartbeat.h"
#include "clients/ticket_machine/house_heartbeat.h"
#include "clients/ticket_machine/press_guard.h"
#include "clients/ticket_machine/staff.h"
#include "clients/ticket_machine/text_printer.h"
#include "clients/ticket_machine/unattended.h"
#include "absl/strings/str_split.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace madoguchi::ticket_machine {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;

// Features, detail 20: long presses and finger slips.
TEST(PressGuardTest, D20TheSamePressAtOnceIsATremble) {
  MachineTime now{};
  PressGuard guard([&now] { return now; });
  EXPECT_TRUE(guard.Accept("1"));
  now += milliseconds(699);
  EXPECT_FALSE(guard.Accept("1"));
  // A finger that rests on the key repeats it for as long as it rests.
  now += milliseconds(699);
  EXPECT_FALSE(guard.Accept("1"));
  now += milliseconds(700);
  EXPECT_TRUE(guard.Accept("1"));
}

TEST(PressGuardTest, AnotherKeyIsAnotherPress) {
  MachineTime now{};
  PressGuard guard([&now] { return now; });
  EXPECT_TRUE(guard.Accept("1"));
  EXPECT_TRUE(guard.Accept("2"));
  EXPECT_TRUE(guard.Accept("1"));
}

class TextPrinterTest : public ::testing::Test {
 protected:
  TextPrinterTest() {
    auto name =
        (std::filesystem::temp_directory_path() / "printer-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    path_ = folder_ + "/paper";
    slip_.number = "A101";
  }
  ~TextPrinterTest() override { std::filesystem::remove_all(folder_); }

  void SetFault(std::string const& fault) const {
    std::ofstream(path_ + ".fault") << fault << "\n";
  }
  std::string Paper() const {
    std::ifstream file(path_);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::string folder_;
  std::string path_;
  Slip slip_;
};

TEST_F(TextPrinterTest, PrintsOneSlipBelowTheOther) {
  TextPrinter printer(path_, [](Slip const& slip) { return slip.number; });
  EXPECT_EQ(printer.State(), PrinterState::kReady);
  EXPECT_EQ(printer.Print(slip_), PrintOutcome::kPrinted);
  EXPECT_EQ(printer.Print(slip_), PrintOutcome::kPrinted);
  EXPECT_EQ(Paper(), "A101A101");
}

TEST_F(TextPrinterTest, FailsAsItsFaultFileSays) {
  TextPrinter printer(path_, [](Slip const& slip) { return slip.number; });
  for (auto const& [fault, state] :
       {std::pair{"out-of-paper", PrinterState::kOutOfPaper},
        {"jam", PrinterState::kJam},
        {"cover-open", PrinterState::kCoverOpen},
        {"offline", PrinterState::kOffline}}) {
    SetFault(fault);
    EXPECT_EQ(printer.State(), state);
    EXPECT_EQ(printer.Print(slip_), PrintOutcome::kNotPrinted);
  }
  EXPECT_THAT(Paper(), IsEmpty());
  SetFault("paper-near-end");
  EXPECT_EQ(printer.State(), PrinterState::kPaperNearEnd);
  EXPECT_EQ(printer.Print(slip_), PrintOutcome::kPrinted);
  SetFault("jams");
  EXPECT_EQ(printer.State(), PrinterState::kReady);
  EXPECT_EQ(printer.Print(slip_), PrintOutcome::kNotPrinted);
  SetFault("dies");
  EXPECT_EQ(printer.Print(slip_), PrintOutcome::kUnknown);
  EXPECT_EQ(Paper(), "A101A1A1");
}

TEST_F(TextPrinterTest, APlaceThatCannotBeWrittenPrintsNothing) {
  TextPrinter printer(folder_, [](Slip const& slip) { return slip.number; });
  EXPECT_EQ(printer.Print(slip_), PrintOutcome::kNotPrinted);
}

Press OpenPressAt(Step step) {
  Press press;
  press.step = step;
  press.number = "A101";
  press.service_name = "更新";
  return press;
}

TEST(StaffTest, AsksWhetherANumberWasPrinted) {
  StaffView view;
  view.open = OpenPressAt(Step::kPrinting);
  EXPECT_THAT(StaffMenu(view), HasSubstr("Was A101 printed?"));
  EXPECT_EQ(ReadStaffKey("y", view), StaffKey::kVisitorHasIt);
  EXPECT_EQ(ReadStaffKey(" n ", view), StaffKey::kPrintAgain);
  view.open = OpenPressAt(Step::kNotPrinted);
  EXPECT_THAT(StaffMenu(view), HasSubstr("A101 is not printed yet"));
  EXPECT_THAT(StaffMenu(view), HasSubstr("Written by hand"));
}

TEST(StaffTest, OffersOnlyWhatCanBeDone) {
  StaffView view;
  EXPECT_THAT(StaffMenu(view), Not(HasSubstr("Reprint")));
  for (auto const* const key : {"y", "n", "r", "x", ""}) {
    EXPECT_EQ(ReadStaffKey(key, view), std::nullopt) << key;
  }
  // Without a number there is nothing to answer yet.
  view.open = OpenPressAt(Step::kPlanned);
  EXPECT_EQ(ReadStaffKey("y", view), std::nullopt);
  view.last_printed = OpenPressAt(Step::kPrinted);
  EXPECT_EQ(ReadStaffKey("r", view), StaffKey::kReprintLast);
  EXPECT_THAT(StaffMenu(view), HasSubstr("A101 を再印字"));
}

TEST(StaffTest, ShowsThePrinterTheMachineAndWhatHappened) {
  StaffView view;
  view.printer = PrinterState::kPaperNearEnd;
  view.out_of_order = true;
  view.notice = "The journal was damaged";
  auto const menu = StaffMenu(view);
  EXPECT_THAT(menu, HasSubstr("用紙残りわずか"));
  EXPECT_THAT(menu, HasSubstr("休止中"));
  EXPECT_THAT(menu, HasSubstr("再開する"));
  EXPECT_THAT(menu, HasSubstr("The journal was damaged"));
}

TEST(StaffTest, TheScreenTestReachesEveryEdge) {
  auto const screen = ScreenTest({80, 24});
  std::vector<std::string> const lines =
      absl::StrSplit(screen, '\n', absl::SkipEmpty());
  EXPECT_EQ(lines.size(), 23U);
  for (auto const& line : lines) {
    EXPECT_EQ(terminal::DisplayWidth(line), 80) << line;
  }
}

TEST(HeartbeatLoopTest, D20TellsAtOnceAndAgainAndEnds) {
  class Counting : public Heartbeat {
   public:
    void Tell(MachineState const& state) override {
      EXPECT_EQ(state.screen, Screen::kOutOfOrder);
      if (++count == 3) third.set_value();
    }
    int count = 0;
    std::promise<void> third;
  };
  Counting heartbeat;
  {
    HeartbeatLoop const loop(
        heartbeat,
        [] {
          return MachineState{PrinterState::kReady, Screen::kOutOfOrder};
        },
        milliseconds(1));
    heartbeat.third.get_future().wait();
  }
  EXPECT_GE(heartbeat.count, 3);
}

TEST(ToProtoTest, TellsWhichVersionRuns) {
  EXPECT_THAT(ToProto({}, SlipMedium::kPaper).program_version(),
              MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
}

// Features, detail 19: staff learn of the paper before visitors do.
TEST(ToProtoTest, TellsThePrinterAndWhetherANumberCanBeHad) {
  using ticketing::v1::DeviceState;
  MachineState state{PrinterState::kPaperNearEnd, Screen::kInService};
  EXPECT_EQ(ToProto(state, SlipMedium::kPaper).printer(),
            DeviceState::NEAR_END);
  EXPECT_TRUE(ToProto(state, SlipMedium::kPaper).can_issue());
  EXPECT_EQ(ToProto(state, SlipMedium::kScreen).printer(),
            DeviceState::PRINTER_UNSPECIFIED);
  state.printer = PrinterState::kCoverOpen;
  EXPECT_FALSE(ToProto(state, SlipMedium::kPaper).can_issue());
  state = {PrinterState::kReady, Screen::kOutOfOrder};
  EXPECT_FALSE(ToProto(state, SlipMedium::kPaper).can_issue());
}

TEST(ExplainTest, SaysWhatStaffHaveToKnow) {
  RunOutcome outcome;
  EXPECT_THAT(Explain(outcome), IsEmpty());
  outcome.press = OpenPressAt(Step::kPrinting);
  outcome.kind = RunOutcome::Kind::kPrintUnknown;
  EXPECT_THAT(Explain(outcome), HasSubstr("Was A101 printed?"));
  outcome.kind = RunOutcome::Kind::kNotPrinted;
  outcome.printer = PrinterState::kJam;
  EXPECT_THAT(Explain(outcome), HasSubstr("paper jam"));
  outcome.kind = RunOutcome::Kind::kJournalFailed;
  outcome.status = absl::ResourceExhaustedError("disk full");
  EXPECT_THAT(Explain(outcome), HasSubstr("disk full (number A101)"));
}

}  // namespace
}  // namespace madoguchi::ticket_machine
