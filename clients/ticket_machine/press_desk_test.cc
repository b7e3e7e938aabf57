#include "clients/ticket_machine/press_desk.h"
#include "clients/ticket_machine/fake_machine_parts.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace madoguchi::ticket_machine {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsError;
using testing::IsOk;
using ::testing::SizeIs;
using ticketing::v1::IssueTicketRequest;
using ticketing::v1::IssueTicketResponse;

constexpr char kFirst[] = "00000000-0000-4000-8000-000000000001";
constexpr char kSecond[] = "00000000-0000-4000-8000-000000000002";

Order OrderOf(std::string const& request_id,
              std::string const& service = "renew_self") {
  return {"offices/honcho", service, "更新", Language::kJapanese, request_id};
}

using Answer = absl::StatusOr<PressView>;

// A gate in front of the servers: a call that comes while it is shut tells so
// and waits.
class Gate {
 public:
  void Pass() {
    came_.set_value();
    open_.get_future().wait();
  }
  void WaitUntilSomebodyCame() { came_.get_future().wait(); }
  void Open() { open_.set_value(); }

 private:
  std::promise<void> came_;
  std::promise<void> open_;
};

class PressDeskTest : public ::testing::Test {
 protected:
  ~PressDeskTest() override {
    if (desk_ != nullptr) desk_->Stop();
  }

  // The program starts, with what the journal holds.
  void Start() {
    // What it tells is looked up at it until it has stopped.
    if (desk_ != nullptr) desk_->Stop();
    desk_ = nullptr;
    bool const is_open = journal_.Last() && IsOpen(*journal_.Last());
    IssueRun::World world;
    world.desk = {[this](IssueTicketRequest const& request) {
                    return AnswerOfServers(request);
                  },
                  std::chrono::steady_clock::now, [] {},
                  // Each lost answer is an unknown outcome.
                  [] { return true; }, std::chrono::seconds(0)};
    world.new_request_id = [] { return "made by the run"; };
    world.clock = [] { return Timestamp(std::chrono::hours(500'000)); };
    world.ahead = [](std::string const&) { return 3; };
    run_.emplace(journal_, printer_, std::move(world));
    desk_ = std::make_unique<PressDesk>(*run_, journal_, "", [this] {
      if (awaited_ && awaited_(desk_->View()) &&
          !awaited_came_.exchange(true)) {
        awaited_news_.set_value();
      }
    });
    desk_->Begin();
    // The journal was looked at when it does as staff ask.
    if (is_open) return;
    ASSERT_THAT(
        Staff([this](auto done) { desk_->ChangePaper(std::move(done)); }),
        IsOk());
  }

  // Waits, once, until the desk shows what `awaited_` is true of.
  void WaitForNews() { awaited_news_.get_future().wait(); }

  absl::StatusOr<IssueTicketResponse> AnswerOfServers(
      IssueTicketRequest const& request) {
    if (auto* const gate = gate_.exchange(nullptr)) gate->Pass();
    if (servers_are_away_) return absl::UnavailableError("away");
    if (request.service() == "none") return absl::NotFoundError("none such");
    return ticketing_.Issue(request);
  }

  std::future<Answer> Ask(Order order) {
    auto answer = std::make_shared<std::promise<Answer>>();
    desk_->Issue(std::move(order), [answer](Answer result) {
      answer->set_value(std::move(result));
    });
    return answer->get_future();
  }
  Answer Press(std::string const& request_id,
               std::string const& service = "renew_self") {
    return Ask(OrderOf(request_id, service)).get();
  }
  absl::Status Staff(
      std::function<void(PressDesk::StaffDone)> const& step) const {
    std::promise<absl::Status> done;
    step([&done](absl::Status status) { done.set_value(std::move(status)); });
    return done.get_future().get();
  }
  absl::Status Settle(std::string const& request_id, bool visitor_has_it) {
    return Staff([&](auto done) {
      desk_->SettlePrinting(request_id, visitor_has_it, std::move(done));
    });
  }

  // What a machine that was killed left behind.
  void LeftOpen(Step step, std::string const& number) {
    ticket_machine::Press press;
    press.step = step;
    press.request_id = kFirst;
    press.office = "offices/honcho";
    press.service = "renew_self";
    press.language = "ja";
    press.planned_time = Timestamp(std::chrono::hours(500'000));
    press.number = number;
    ASSERT_THAT(journal_.Record(press), IsOk());
  }

  FakeTicketing ticketing_;
  FakePrinter printer_;
  FakeJournal journal_;
  std::atomic<bool> servers_are_away_ = false;
  std::atomic<Gate*> gate_ = nullptr;
  // To be said before the desk starts.
  std::function<bool(DeskView const&)> awaited_;
  std::atomic<bool> awaited_came_ = false;
  std::promise<void> awaited_news_;
  std::optional<IssueRun> run_;
  std::unique_ptr<PressDesk> desk_;
};

TEST_F(PressDeskTest, APressGetsANumberOnPaperUnderThePagesId) {
  Start();
  auto const answer = Press(kFirst);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->state, PressState::kDone);
  EXPECT_EQ(answer->press.number, "A101");
  EXPECT_EQ(answer->press.request_id, kFirst);
  EXPECT_EQ(answer->ahead, 3);
  EXPECT_THAT(printer_.Numbers(), ElementsAre("A101"));
  EXPECT_EQ(desk_->View().last_number, "A101");
  EXPECT_FALSE(desk_->View().press_is_open);
}

TEST_F(PressDeskTest, ARepeatIsAnsweredAndPrintsNothing) {
  Start();
  ASSERT_THAT(Press(kFirst), IsOk());
  ASSERT_THAT(Press(kSecond), IsOk());
  auto const again = Press(kFirst);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->press.number, "A101");
  EXPECT_THAT(printer_.slips(), SizeIs(2));
  EXPECT_EQ(ticketing_.issued(), 2U);
}

TEST_F(PressDeskTest, WhoeverAsksAgainMeanwhileGetsTheSameAnswer) {
  Start();
  Gate gate;
  gate_ = &gate;
  auto first = Ask(OrderOf(kFirst));
  gate.WaitUntilSomebodyCame();
  EXPECT_EQ(desk_->View().press->state, PressState::kUnderWay);
  auto second = Ask(OrderOf(kFirst));
  gate.Open();
  EXPECT_EQ(first.get()->press.number, "A101");
  EXPECT_EQ(second.get()->press.number, "A101");
  EXPECT_THAT(printer_.slips(), SizeIs(1));
}

TEST_F(PressDeskTest, OnePressAtATime) {
  Start();
  Gate gate;
  gate_ = &gate;
  auto first = Ask(OrderOf(kFirst));
  gate.WaitUntilSomebodyCame();
  EXPECT_THAT(Press(kSecond),
              IsError(StatusCode::kFailedPrecondition, "EARLIER_PRESS_OPEN"));
  gate.Open();
  EXPECT_THAT(first.get(), IsOk());
  EXPECT_THAT(Press(kSecond), IsOk());
}

TEST_F(PressDeskTest, AnIdIsForOneServiceAlone) {
  Start();
  ASSERT_THAT(Press(kFirst), IsOk());
  EXPECT_THAT(Press(kFirst, "consult"),
              IsError(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
}

TEST_F(PressDeskTest, ARefusalIsRepeatedToo) {
  Start();
  EXPECT_EQ(Press(kFirst, "none").status().code(), StatusCode::kNotFound);
  EXPECT_EQ(Press(kFirst, "none").status().code(), StatusCode::kNotFound);
  EXPECT_EQ(desk_->View().press->state, PressState::kRefused);
  EXPECT_THAT(Press(kSecond), IsOk());
}

TEST_F(PressDeskTest, AfterAStartItKnowsTheLastPressFromTheJournal) {
  Start();
  ASSERT_THAT(Press(kFirst), IsOk());
  Start();
  auto const again = Press(kFirst);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->press.number, "A101");
  EXPECT_EQ(again->state, PressState::kDone);
  EXPECT_THAT(printer_.slips(), SizeIs(1));
  EXPECT_EQ(desk_->View().last_number, "A101");
}

// The machine was killed while it asked for the number, and the page asks
// again.
TEST_F(PressDeskTest, APressThatIsFinishedMeanwhileIsNotIssuedAgain) {
  LeftOpen(Step::kPlanned, "");
  Gate gate;
  gate_ = &gate;
  Start();
  gate.WaitUntilSomebodyCame();
  auto asked = Ask(OrderOf(kFirst));
  gate.Open();
  auto const answer = asked.get();
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->press.number, "A101");
  EXPECT_EQ(answer->state, PressState::kDone);
  EXPECT_THAT(printer_.Numbers(), ElementsAre("A101"));
  EXPECT_EQ(ticketing_.issued(), 1U);
}

TEST_F(PressDeskTest, AnUnknownOutcomeStaysOpenAndAskingAgainTells) {
  Start();
  servers_are_away_ = true;
  auto const unknown = Press(kFirst);
  ASSERT_THAT(unknown, IsOk());
  EXPECT_EQ(unknown->state, PressState::kUnknown);
  EXPECT_EQ(desk_->View().obstacle, RunOutcome::Kind::kIssueUnknown);
  EXPECT_THAT(Press(kSecond),
              IsError(StatusCode::kFailedPrecondition, "EARLIER_PRESS_OPEN"));
  servers_are_away_ = false;
  EXPECT_EQ(Press(kFirst)->press.number, "A101");
  EXPECT_EQ(desk_->View().obstacle, RunOutcome::Kind::kNothingOpen);
}

// Nobody has to come: it tries again by itself.
TEST_F(PressDeskTest, WhatIsOpenIsFinishedWhenNobodyAsks) {
  LeftOpen(Step::kIssued, "A101");
  awaited_ = [](DeskView const& view) {
    return view.press->state == PressState::kDone;
  };
  Start();
  WaitForNews();
  EXPECT_THAT(printer_.Numbers(), ElementsAre("A101"));
}

TEST_F(PressDeskTest, OutOfOrderNoPressIsTakenButOldOnesAreAnswered) {
  Start();
  ASSERT_THAT(Press(kFirst), IsOk());
  desk_->SetOutOfOrder(true);
  EXPECT_TRUE(desk_->View().out_of_order);
  EXPECT_THAT(Press(kSecond),
              IsError(StatusCode::kFailedPrecondition, "MACHINE_OUT_OF_ORDER"));
  EXPECT_THAT(Press(kFirst), IsOk());
  desk_->SetOutOfOrder(false);
  EXPECT_THAT(Press(kSecond), IsOk());
}

TEST_F(PressDeskTest, WithoutPaperNothingIsBegun) {
  Start();
  printer_.state = PrinterState::kOutOfPaper;
  EXPECT_THAT(Press(kFirst),
              IsError(StatusCode::kFailedPrecondition, "PRINTER_NOT_READY"));
  EXPECT_EQ(ticketing_.issued(), 0U);
  printer_.state = PrinterState::kReady;
  // Nothing was begun, so the same id may begin it.
  EXPECT_THAT(Press(kFirst), IsOk());
}

TEST_F(PressDeskTest, AJournalThatCannotBeWrittenStopsThePress) {
  Start();
  journal_.full_from = Step::kPlanned;
  EXPECT_THAT(Press(kFirst),
              IsError(StatusCode::kFailedPrecondition, "JOURNAL_FAILED"));
  EXPECT_EQ(desk_->View().obstacle, RunOutcome::Kind::kJournalFailed);
  EXPECT_THAT(Press(kSecond),
              IsError(StatusCode::kFailedPrecondition, "JOURNAL_FAILED"));
  EXPECT_EQ(ticketing_.issued(), 0U);
}

TEST_F(PressDeskTest, ANumberWhoseLastStepIsNotRecordedIsShownAllTheSame) {
  Start();
  journal_.full_from = Step::kPrinted;
  auto const answer = Press(kFirst);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->state, PressState::kDone);
  EXPECT_EQ(answer->press.number, "A101");
  EXPECT_EQ(desk_->View().obstacle, RunOutcome::Kind::kJournalFailed);
}

TEST_F(PressDeskTest, StaffPrintANumberThatWaitsForPaper) {
  Start();
  printer_.next_outcome = PrintOutcome::kNotPrinted;
  auto const answer = Press(kFirst);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->state, PressState::kNotPrinted);
  EXPECT_TRUE(desk_->View().press_is_open);
  printer_.state = PrinterState::kJam;
  auto const change = [this](auto done) {
    desk_->ChangePaper(std::move(done));
  };
  EXPECT_THAT(Staff(change),
              IsError(StatusCode::kFailedPrecondition, "PRINTER_NOT_READY"));
  printer_.state = PrinterState::kReady;
  EXPECT_THAT(Staff(change), IsOk());
  EXPECT_THAT(printer_.Numbers(), ElementsAre("A101 reprint"));
  EXPECT_EQ(desk_->View().press->state, PressState::kDone);
}

TEST_F(PressDeskTest, StaffSayWhetherANumberWasPrinted) {
  for (bool const visitor_has_it : {true, false}) {
    Start();
    printer_.Clear();
    auto const id = visitor_has_it ? kFirst : kSecond;
    printer_.next_outcome = PrintOutcome::kUnknown;
    EXPECT_EQ(Press(id)->state, PressState::kPrintUnknown);
    // Asking again prints nothing.
    EXPECT_EQ(Press(id)->state, PressState::kPrintUnknown);
    EXPECT_THAT(Settle("another", visitor_has_it),
                IsError(StatusCode::kFailedPrecondition, "NOTHING_TO_SETTLE"));
    EXPECT_THAT(printer_.slips(), IsEmpty());
    EXPECT_THAT(Settle(id, visitor_has_it), IsOk());
    EXPECT_THAT(printer_.slips(), SizeIs(visitor_has_it ? 0 : 1));
    EXPECT_THAT(Settle(id, visitor_has_it),
                IsError(StatusCode::kFailedPrecondition, "NOTHING_TO_SETTLE"));
  }
}

TEST_F(PressDeskTest, AReprintLeavesWhatIsOpenAlone) {
  Start();
  auto const reprint = [this](auto done) { desk_->Reprint(std::move(done)); };
  EXPECT_THAT(Staff(reprint),
              IsError(StatusCode::kFailedPrecondition, "NOTHING_TO_PRINT"));
  ASSERT_THAT(Press(kFirst), IsOk());
  printer_.next_outcome = PrintOutcome::kUnknown;
  ASSERT_THAT(Press(kSecond), IsOk());
  EXPECT_THAT(Staff(reprint), IsOk());
  EXPECT_THAT(printer_.Numbers(), ElementsAre("A101", "A101 reprint"));
  EXPECT_EQ(desk_->View().obstacle, RunOutcome::Kind::kPrintUnknown);
}

TEST_F(PressDeskTest, ToldToStopItFinishesWhatItDoesAndTurnsAwayTheRest) {
  Start();
  Gate gate;
  gate_ = &gate;
  auto under_way = Ask(OrderOf(kFirst));
  gate.WaitUntilSomebodyCame();
  std::promise<absl::Status> step;
  desk_->Reprint([&step](absl::Status status) { step.set_value(status); });
  auto stopped = std::async(std::launch::async, [this] { desk_->Stop(); });
  gate.Open();
  EXPECT_THAT(under_way.get(), IsOk());
  stopped.wait();
  // It was before or behind the stop; either way it was answered.
  step.get_future().wait();
  EXPECT_THAT(Press(kSecond),
              IsError(StatusCode::kUnavailable, "MACHINE_STOPPING"));
}

TEST_F(PressDeskTest, APressTooOldToAskForIsANoticeForStaff) {
  LeftOpen(Step::kPlanned, "");
  auto press = *journal_.Last();
  press.planned_time -= std::chrono::hours(21);
  ASSERT_THAT(journal_.Record(press), IsOk());
  awaited_ = [](DeskView const& view) { return !view.notice.empty(); };
  Start();
  WaitForNews();
  EXPECT_THAT(desk_->View().notice, HasSubstr("too long ago"));
  desk_->ClearNotice();
  EXPECT_THAT(desk_->View().notice, IsEmpty());
  EXPECT_THAT(Press(kSecond), IsOk());
}

}  // namespace
}  // namespace madoguchi::ticket_machine
