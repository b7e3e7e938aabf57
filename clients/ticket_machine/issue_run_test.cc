#include "clients/ticket_machine/issue_run.h"
#include "clients/ticket_machine/fake_machine_parts.h"
#include "clients/ticket_machine/stop_points.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace madoguchi::ticket_machine {
namespace {

using Kind = RunOutcome::Kind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ticketing::v1::IssueTicketRequest;
using ticketing::v1::IssueTicketResponse;

Order const kOrder = {"offices/honcho", "renew_self", "更新",
                      Language::kJapanese};

class IssueRunTest : public ::testing::Test {
 protected:
  IssueRun::World World() {
    IssueRun::World world;
    world.desk = {[this](IssueTicketRequest const& request)
                      -> absl::StatusOr<IssueTicketResponse> {
                    requests_.push_back(request);
                    if (!answer_.ok()) return answer_;
                    return ticketing_.Issue(request);
                  },
                  [this] { return now_ += std::chrono::seconds(4); }, [] {},
                  [] { return false; }, std::chrono::seconds(10)};
    world.new_request_id = [this] {
      return "press-" + std::to_string(++presses_);
    };
    world.clock = [this] { return clock_; };
    world.ahead = [](std::string const&) { return 3; };
    return world;
  }

  // The machine starts again: what it knew is gone, but for the journal.
  void Restart() { run_.emplace(journal_, printer_, World()); }

  FakeTicketing ticketing_;
  FakePrinter printer_;
  FakeJournal journal_;
  absl::Status answer_;
  std::vector<IssueTicketRequest> requests_;
  MachineTime now_{};
  Timestamp clock_ = Timestamp(std::chrono::hours(500'000));
  int presses_ = 0;
  std::optional<IssueRun> run_{std::in_place, journal_, printer_, World()};
};

TEST_F(IssueRunTest, EveryStepIsRecordedBeforeTheNext) {
  auto const outcome = run_->Issue(kOrder);
  EXPECT_EQ(outcome.kind, Kind::kPrinted);
  EXPECT_EQ(outcome.press->number, "A101");
  EXPECT_THAT(journal_.steps, ElementsAre(Step::kPlanned, Step::kIssued,
                                          Step::kPrinting, Step::kPrinted));
  EXPECT_THAT(printer_.Numbers(), ElementsAre("A101"));
  EXPECT_EQ(printer_.slips()[0].ahead, 3);
  EXPECT_EQ(printer_.slips()[0].service_name, "更新");
  EXPECT_EQ(run_->Resume().kind, Kind::kNothingOpen);
}

TEST_F(IssueRunTest, EachPressHasItsOwnId) {
  run_->Issue(kOrder);
  run_->Issue(kOrder);
  ASSERT_THAT(requests_, SizeIs(2));
  EXPECT_NE(requests_[0].request_id(), requests_[1].request_id());
  EXPECT_THAT(printer_.Numbers(), ElementsAre("A101", "A102"));
}

TEST_F(IssueRunTest, ARefusalEndsThePress) {
  answer_ = absl::NotFoundError("no such service");
  EXPECT_EQ(run_->Issue(kOrder).kind, Kind::kRefused);
  EXPECT_EQ(run_->Resume().kind, Kind::kNothingOpen);
  EXPECT_THAT(printer_.slips(), IsEmpty());
}

TEST_F(IssueRunTest, AnUnknownOutcomeIsAskedForAgainWithTheSameId) {
  answer_ = absl::UnavailableError("away");
  EXPECT_EQ(run_->Issue(kOrder).kind, Kind::kIssueUnknown);
  EXPECT_EQ(run_->Issue(kOrder).kind, Kind::kEarlierPressOpen);
  Restart();
  EXPECT_EQ(run_->Resume().kind, Kind::kIssueUnknown);
  answer_ = absl::OkStatus();
  EXPECT_EQ(run_->Resume().kind, Kind::kPrinted);
  for (auto const& request : requests_) {
    EXPECT_EQ(request.request_id(), "press-1");
    EXPECT_EQ(request.language(), "ja");
  }
}

TEST_F(IssueRunTest, AfterTwentyHoursNobodyAsksAgain) {
  answer_ = absl::UnavailableError("away");
  run_->Issue(kOrder);
  auto const asked = requests_.size();
  clock_ += IssueRun::kRepeatFor + std::chrono::milliseconds(1);
  answer_ = absl::OkStatus();
  Restart();
  EXPECT_EQ(run_->Resume().kind, Kind::kGivenUp);
  EXPECT_THAT(requests_, SizeIs(asked));
  EXPECT_EQ(run_->Issue(kOrder).kind, Kind::kPrinted);
}

TEST_F(IssueRunTest, ANumberThatIsOldAlreadyIsStillPrinted) {
  printer_.next_outcome = PrintOutcome::kNotPrinted;
  run_->Issue(kOrder);
  clock_ += std::chrono::hours(30);
  Restart();
  EXPECT_EQ(run_->Resume().kind, Kind::kPrinted);
}

TEST_F(IssueRunTest, WithoutPaperNoNumberIsTaken) {
  printer_.state = PrinterState::kOutOfPaper;
  auto const outcome = run_->Issue(kOrder);
  EXPECT_EQ(outcome.kind, Kind::kPrinterNotReady);
  EXPECT_EQ(outcome.printer, PrinterState::kOutOfPaper);
  EXPECT_EQ(ticketing_.issued(), 0U);
  EXPECT_THAT(journal_.steps, IsEmpty());
}

TEST_F(IssueRunTest, PaperNearItsEndIsStillPaper) {
  printer_.state = PrinterState::kPaperNearEnd;
  auto const outcome = run_->Issue(kOrder);
  EXPECT_EQ(outcome.kind, Kind::kPrinted);
  EXPECT_EQ(outcome.printer, PrinterState::kPaperNearEnd);
}

// Features, detail 19: a number that could not be printed is the next one out.
TEST_F(IssueRunTest, ANumberThatJammedIsPrintedAfterTheRepair) {
  printer_.next_outcome = PrintOutcome::kNotPrinted;
  EXPECT_EQ(run_->Issue(kOrder).kind, Kind::kNotPrinted);
  printer_.state = PrinterState::kJam;
  auto const jammed = run_->Resume();
  EXPECT_EQ(jammed.kind, Kind::kNotPrinted);
  EXPECT_EQ(jammed.printer, PrinterState::kJam);
  EXPECT_EQ(jammed.press->number, "A101");
  EXPECT_EQ(run_->Issue(kOrder).kind, Kind::kEarlierPressOpen);

  printer_.state = PrinterState::kReady;
  Restart();
  EXPECT_EQ(run_->Resume().kind, Kind::kPrinted);
  // Half a slip may hang in the printer.
  EXPECT_THAT(printer_.Numbers(), ElementsAre("A101 reprint"));
  EXPECT_EQ(ticketing_.issued(), 1U);
}

TEST_F(IssueRunTest, APrinterThatFailsAgainAndAgainWaitsForStaff) {
  printer_.next_outcome = PrintOutcome::kNotPrinted;
  run_->Issue(kOrder);
  for (int i = 1; i != IssueRun::kPrintingsWithoutStaff; ++i) {
    printer_.next_outcome = PrintOutcome::kNotPrinted;
    EXPECT_EQ(run_->Resume().kind, Kind::kNotPrinted);
  }
  EXPECT_EQ(run_->Resume().kind, Kind::kNotPrinted);
  EXPECT_THAT(printer_.slips(), IsEmpty());
  EXPECT_EQ(run_->StaffSays(/*visitor_has_it=*/false).kind, Kind::kPrinted);
}

TEST_F(IssueRunTest, StaffMayWriteTheNumberByHand) {
  printer_.next_outcome = PrintOutcome::kNotPrinted;
  run_->Issue(kOrder);
  EXPECT_EQ(run_->StaffSays(/*visitor_has_it=*/true).kind, Kind::kPrinted);
  EXPECT_TRUE(journal_.Last()->by_staff);
  EXPECT_EQ(run_->Resume().kind, Kind::kNothingOpen);
  EXPECT_THAT(printer_.slips(), IsEmpty());
}

TEST_F(IssueRunTest, APrinterThatDiedIsAQuestionForStaff) {
  for (bool const it_was_out : {true, false}) {
    printer_.Clear();
    printer_.next_outcome = PrintOutcome::kUnknown;
    EXPECT_EQ(run_->Issue(kOrder).kind, Kind::kPrintUnknown);
    Restart();
    EXPECT_EQ(run_->Resume().kind, Kind::kPrintUnknown);
    EXPECT_THAT(printer_.slips(), IsEmpty());
    EXPECT_EQ(run_->StaffSays(it_was_out).kind, Kind::kPrinted);
    EXPECT_THAT(printer_.slips(), SizeIs(it_was_out ? 0 : 1));
  }
}

TEST_F(IssueRunTest, TheLastNumberIsPrintedAgainAndMarked) {
  EXPECT_EQ(run_->Reprint().kind, Kind::kNothingOpen);
  run_->Issue(kOrder);
  Restart();
  EXPECT_EQ(run_->Reprint().kind, Kind::kPrinted);
  EXPECT_THAT(printer_.Numbers(), ElementsAre("A101", "A101 reprint"));
  printer_.state = PrinterState::kCoverOpen;
  EXPECT_EQ(run_->Reprint().kind, Kind::kNotPrinted);
}

TEST_F(IssueRunTest, WithADoubtfulJournalStaffAreAskedBeforeAnythingIsPrinted) {
  for (auto const step : {Step::kPlanned, Step::kIssued, Step::kNotPrinted}) {
    printer_.Clear();
    Press press;
    press.step = step;
    press.request_id = "press-9";
    press.planned_time = clock_;
    press.doubtful = true;
    if (step != Step::kPlanned) press.number = "A101";
    ASSERT_TRUE(journal_.Record(press).ok());
    Restart();
    EXPECT_EQ(run_->Resume().kind, Kind::kPrintUnknown);
    Restart();
    EXPECT_EQ(run_->Resume().kind, Kind::kPrintUnknown);
    EXPECT_THAT(printer_.slips(), IsEmpty());
    EXPECT_EQ(run_->StaffSays(/*visitor_has_it=*/false).kind, Kind::kPrinted);
    EXPECT_THAT(printer_.Numbers(), ElementsAre("A101 reprint"));
  }
}

// A step that cannot be recorded is not taken; one that was taken is recorded
// as soon as there is room.
TEST_F(IssueRunTest, AFullDiskCostsNoNumberAndPrintsNoneTwice) {
  for (auto const step :
       {Step::kPlanned, Step::kIssued, Step::kPrinting, Step::kPrinted}) {
    printer_.Clear();
    auto const before = ticketing_.issued();
    journal_.full_from = step;
    EXPECT_EQ(run_->Issue(kOrder).kind, Kind::kJournalFailed);
    bool const issued = step != Step::kPlanned;
    EXPECT_EQ(ticketing_.issued(), before + (issued ? 1 : 0));
    EXPECT_THAT(printer_.slips(), SizeIs(step == Step::kPrinted ? 1 : 0));
    EXPECT_NE(run_->Issue(kOrder).kind, Kind::kPrinted);

    journal_.full_from.reset();
    run_->Resume();
    EXPECT_EQ(run_->Resume().kind, Kind::kNothingOpen);
    EXPECT_THAT(printer_.slips(), SizeIs(issued ? 1 : 0));
    EXPECT_EQ(ticketing_.issued(), before + (issued ? 1 : 0));
  }
}

// --- Ended between any two steps -------------------------------------------

// Takes each choice of a history once: the tape says what was chosen so far,
// and what comes after it is 0 until `Next` turns the last wheel.
class Choices {
 public:
  int Of(int options) {
    if (at_ == tape_.size()) tape_.push_back({0, options});
    return tape_[at_++].chosen;
  }
  // Turns to the next history. False after the last one.
  bool Next() {
    at_ = 0;
    while (!tape_.empty() && tape_.back().chosen + 1 == tape_.back().options) {
      tape_.pop_back();
    }
    if (tape_.empty()) return false;
    ++tape_.back().chosen;
    return true;
  }
  std::string Text() const {
    std::string text;
    for (auto const& choice : tape_) text += std::to_string(choice.chosen);
    return text;
  }

 private:
  struct Choice {
    int chosen;
    int options;
  };
  std::vector<Choice> tape_;
  std::size_t at_ = 0;
};

// Thrown where the power is cut.
struct PowerCut {};

// One machine, its servers and its printer under all that may go wrong.
class History {
 public:
  explicit History(Choices& choices) : choices_(choices) {}

  // Two visitors press; whenever the power is cut the machine starts again.
  // Staff answer with what they see. Returns what was wrong; empty if nothing.
  std::string Play() {
    int visitors = 2;
    for (int starts = 0; starts != 20; ++starts) {
      try {
        IssueRun run(journal_, printer_, World());
        for (int looks = 0; looks != 20; ++looks) {
          if (!Settle(run)) continue;
          if (visitors == 0) return Judge();
          // A visitor presses once, whatever becomes of it.
          --visitors;
          run.Issue(kOrder);
        }
      } catch (PowerCut const&) {
      }
    }
    return "the machine never came to rest";
  }

 private:
  // Whether nothing is open.
  bool Settle(IssueRun& run) {
    auto const outcome = run.Resume();
    printer_.inner.state = PrinterState::kReady;  // Somebody repaired it.
    switch (outcome.kind) {
      case Kind::kNothingOpen:
        return true;
      case Kind::kPrintUnknown:
        asked_.insert(outcome.press->number);
        run.StaffSays(printer_.IsOut(outcome.press->number));
        return false;
      case Kind::kNotPrinted:
        run.StaffSays(/*visitor_has_it=*/false);
        return false;
      default:
        return false;
    }
  }

  std::string Judge() {
    if (ticketing_.issued() > pressed_.size()) return "two numbers for a press";
    std::map<std::string, int> slips;
    for (auto const& slip : printer_.inner.slips()) ++slips[slip.number];
    for (auto const& [number, count] : slips) {
      if (count != 1) return number + " was printed twice";
    }
    if (slips.size() != ticketing_.issued())
      return "a number was never printed";
    for (auto const& number : asked_) {
      if (!printer_.given.contains(number)) {
        return "asked for " + number + ", which no printer ever saw";
      }
    }
    return "";
  }

  // The power may be cut here, twice in a history.
  void Point() {
    if (cuts_ == 2) return;
    if (choices_.Of(2) == 0) return;
    ++cuts_;
    throw PowerCut();
  }

  // One fault for each history keeps their number within seconds.
  int Fault(int kinds) {
    if (faults_ == 1) return 0;
    int const fault = choices_.Of(kinds + 1);
    if (fault != 0) ++faults_;
    return fault;
  }

  IssueRun::World World() {
    IssueRun::World world;
    world.desk = {Stoppable(
                      [this](IssueTicketRequest const& request) {
                        return Answer(request);
                      },
                      [this] { Point(); }),
                  [] { return MachineTime(); }, [] {}, [] { return false; },
                  // Each lost answer is an unknown outcome for the run.
                  std::chrono::seconds(0)};
    world.new_request_id = [this] {
      return "press-" + std::to_string(++presses_);
    };
    world.clock = [] { return Timestamp(); };
    world.ahead = [](std::string const&) { return std::nullopt; };
    return world;
  }

  absl::StatusOr<IssueTicketResponse> Answer(
      IssueTicketRequest const& request) {
    pressed_.insert(request.request_id());
    int const fault = Fault(3);
    if (fault == 1) return absl::UnavailableError("request lost");
    auto const response = ticketing_.Issue(request);
    if (fault == 2) return absl::UnavailableError("answer lost");
    if (fault == 3) return absl::DeadlineExceededError("answer late");
    return response;
  }

  // A printer under the power cut: it may have printed and not said so.
  class CutPrinter : public Printer {
   public:
    explicit CutPrinter(History& history) : history_(history) {}
    PrintOutcome Print(Slip const& slip) override {
      history_.Point();
      given.insert(slip.number);
      int const fault = history_.Fault(3);
      if (fault == 1) {  // Jams with half a slip.
        inner.state = PrinterState::kJam;
        return PrintOutcome::kNotPrinted;
      }
      if (fault == 2) return PrintOutcome::kUnknown;  // Dies before the cut.
      auto outcome = inner.Print(slip);
      if (fault == 3) outcome = PrintOutcome::kUnknown;  // And after it.
      history_.Point();
      return outcome;
    }
    PrinterState State() override {
      if (history_.Fault(1) == 1) inner.state = PrinterState::kOutOfPaper;
      return inner.State();
    }
    bool IsOut(std::string const& number) const {
      auto const slips = inner.slips();
      return std::any_of(slips.begin(), slips.end(), [&](Slip const& slip) {
        return slip.number == number;
      });
    }

    FakePrinter inner;
    std::set<std::string> given;

   private:
    History& history_;
  };

  Choices& choices_;
  FakeTicketing ticketing_;
  MemoryJournal disk_;
  StoppableJournal journal_{disk_, [this] { Point(); }};
  CutPrinter printer_{*this};
  std::set<std::string> pressed_;
  std::set<std::string> asked_;
  int presses_ = 0;
  int cuts_ = 0;
  int faults_ = 0;
};

TEST(EndedBetweenAnyTwoStepsTest, EachNumberIsPrintedOnceOrStaffAreAsked) {
  Choices choices;
  int histories = 0;
  do {
    ++histories;
    auto const wrong = History(choices).Play();
    ASSERT_EQ(wrong, "") << "history " << choices.Text();
  } while (choices.Next());
  RecordProperty("histories", histories);
  std::cout << histories << " histories\n";
  EXPECT_GT(histories, 1'000);
}

}  // namespace
}  // namespace madoguchi::ticket_machine
