#include "clients/replay/hall_board.h"
#include "clients/replay/ledger.h"
#include "clients/replay/pace.h"
#include "clients/replay/progress.h"
#include "clients/replay/timed_pool.h"
#include "services/base/clock.h"
#include <gtest/gtest.h>
#include <chrono>
#include <future>
#include <thread>

namespace madoguchi::replay {
namespace {

using ticketing::v1::OfficeUpdate;
using ticketing::v1::Ticket;

CounterSettings MakeCounter() {
  return {CounterId{"2"}, {}, {{ServiceId{"renew"}}, {ServiceId{"card"}}}};
}

OfficeUpdate Waiting(std::string const& service, int count) {
  OfficeUpdate update;
  auto& view = *update.mutable_event()->add_services();
  view.set_service(service);
  view.set_waiting_count(count);
  return update;
}

std::chrono::system_clock::time_point Never() {
  return std::chrono::system_clock::now() + std::chrono::hours(1);
}

std::chrono::system_clock::time_point AtOnce() {
  return std::chrono::system_clock::now();
}

TEST(HallBoard, TellsAClerkOfAVisitor) {
  HallBoard board;
  auto const seen = board.news();
  board.OnUpdate(Waiting("card", 1));
  EXPECT_TRUE(board.AwaitVisitor(MakeCounter(), seen, Never()));
}

TEST(HallBoard, LeavesAClerkAloneWhoDoesNotServeThem) {
  HallBoard board;
  auto const seen = board.news();
  board.OnUpdate(Waiting("consult", 1));
  EXPECT_FALSE(board.AwaitVisitor(MakeCounter(), seen, AtOnce()));
}

// The clerk has just pressed and been told that nobody waits: only what changes
// after that is news.
TEST(HallBoard, DoesNotTellAnOldTale) {
  HallBoard board;
  board.OnUpdate(Waiting("card", 1));
  EXPECT_FALSE(board.AwaitVisitor(MakeCounter(), board.news(), AtOnce()));
}

TEST(HallBoard, SendsOneClerkForOneVisitor) {
  HallBoard board;
  auto const seen = board.news();
  board.OnUpdate(Waiting("card", 1));
  EXPECT_TRUE(board.AwaitVisitor(MakeCounter(), seen, Never()));
  EXPECT_FALSE(board.AwaitVisitor(MakeCounter(), seen, AtOnce()));
  // That clerk called somebody else, it seems: the next may try.
  board.Answered();
  EXPECT_TRUE(board.AwaitVisitor(MakeCounter(), seen, Never()));
}

TEST(HallBoard, TellsAnIdleClerkOfANumberTaken) {
  HallBoard board;
  auto clerk = std::async(std::launch::async, [&board] {
    return board.AwaitVisitor(MakeCounter(), board.news(), Never());
  });
  // Told to nobody as long as the clerk has not sat down.
  do {
    board.OnNumberTaken(ServiceId{"card"});
  } while (clerk.wait_for(std::chrono::milliseconds(1)) ==
           std::future_status::timeout);
  EXPECT_TRUE(clerk.get());
}

TEST(HallBoard, ForgetsANumberTakenWhenNobodyWasIdle) {
  HallBoard board;
  board.OnNumberTaken(ServiceId{"card"});
  EXPECT_FALSE(board.AwaitVisitor(MakeCounter(), board.news(), AtOnce()));
}

TEST(HallBoard, SendsClerksHomeAtTheEnd) {
  HallBoard board;
  std::thread clerk([&board] {
    EXPECT_FALSE(board.AwaitVisitor(MakeCounter(), board.news(), Never()));
  });
  board.EndDay();
  clerk.join();
}

class LedgerTest : public ::testing::Test {
 protected:
  static Ticket MakeTicket(std::string const& name) {
    Ticket ticket;
    ticket.set_name(name);
    return ticket;
  }
  std::optional<Ledger::CalledVisitor> Call(std::string const& name) {
    return ledger_.Called(MakeTicket(name), CounterId{"2"},
                          std::chrono::steady_clock::now());
  }
  void Issue(std::size_t visitor, std::string const& name) {
    ledger_.Asks(visitor);
    ledger_.Issued(visitor, MakeTicket(name));
  }

  std::vector<VisitPlan> plans_ = std::vector<VisitPlan>(2);
  Ledger ledger_{plans_};
};

TEST_F(LedgerTest, WhoIsHeldIsCalledAgainAndTheFirstCallCounts) {
  Issue(0, "t1");
  Ticket ticket = MakeTicket("t1");
  ticket.mutable_call_time()->set_seconds(100);
  ASSERT_TRUE(
      ledger_.Called(ticket, CounterId{"2"}, std::chrono::steady_clock::now()));
  ledger_.Serving(0, ticket);
  ledger_.Held(0);
  EXPECT_EQ(ledger_.Count().held, 1);
  EXPECT_EQ(ledger_.Count().issued, 1);
  ticket.mutable_call_time()->set_seconds(900);
  ASSERT_TRUE(
      ledger_.Called(ticket, CounterId{"3"}, std::chrono::steady_clock::now()));
  EXPECT_EQ(ledger_.Visits()[0].call, Timestamp(std::chrono::seconds(100)));
  EXPECT_EQ(ledger_.Visits()[0].counter, "2");
}

TEST_F(LedgerTest, WhoLearnsAtTheKioskThatThereIsNothingToWaitForIsDone) {
  ledger_.ToldAtKiosk(0);
  Issue(1, "t1");
  ASSERT_TRUE(Call("t1"));
  ledger_.Completed(1, Timestamp(std::chrono::seconds(60)));
  EXPECT_TRUE(ledger_.AwaitAllFinal(AtOnce()));
  EXPECT_EQ(ledger_.Count().told_at_kiosk, 1);
  EXPECT_EQ(ledger_.Count().issued, 1);
}

TEST_F(LedgerTest, FollowsAVisitToItsEnd) {
  Issue(0, "t1");
  ASSERT_TRUE(Call("t1"));
  ledger_.Serving(0, MakeTicket("t1"));
  ledger_.Completed(0, Timestamp(std::chrono::seconds(60)));
  EXPECT_EQ(ledger_.Count().completed, 1);
  EXPECT_EQ(ledger_.Count().issued, 1);
  EXPECT_EQ(ledger_.Count().coming, 1);
  EXPECT_FALSE(ledger_.AwaitAllFinal(AtOnce()));

  ledger_.Asks(1);
  ledger_.Refused(1);
  EXPECT_TRUE(ledger_.AwaitAllFinal(Never()));
  EXPECT_EQ(ledger_.Count().issued, 1);
}

TEST_F(LedgerTest, NobodyComesWhoIsGone) {
  Issue(0, "t1");
  EXPECT_TRUE(ledger_.GivesUp(0));
  auto const called = Call("t1");
  ASSERT_TRUE(called);
  EXPECT_FALSE(called->comes);
}

TEST_F(LedgerTest, WhoWasCalledStays) {
  Issue(0, "t1");
  auto const called = Call("t1");
  ASSERT_TRUE(called);
  EXPECT_TRUE(called->comes);
  EXPECT_FALSE(ledger_.GivesUp(0));
}

TEST_F(LedgerTest, NobodyComesWhoIsANoShow) {
  plans_[0].no_show = true;
  Issue(0, "t1");
  EXPECT_FALSE(Call("t1")->comes);
}

TEST_F(LedgerTest, KnowsTicketsOfOthers) {
  Issue(0, "t1");
  EXPECT_FALSE(Call("t9"));
}

TEST_F(LedgerTest, WaitsForANumberThatIsCalledBeforeItsAnswerCame) {
  ledger_.Asks(0);
  auto called = std::async(std::launch::async, [this] { return Call("t1"); });
  ledger_.Issued(0, MakeTicket("t1"));
  EXPECT_TRUE(called.get());
}

TEST(TimedPool, RunsWorkInOrderOfTime) {
  auto const now = SystemClock().Now();
  std::string order;
  std::promise<void> done;
  {
    TimedPool pool(1);
    pool.At(now + std::chrono::milliseconds(20), [&] {
      order += "b";
      done.set_value();
    });
    pool.At(now + std::chrono::milliseconds(10), [&] { order += "a"; });
    pool.At(now + std::chrono::hours(1), [&] { order += "never"; });
    done.get_future().wait();
  }
  EXPECT_EQ(order, "ab");
}

TEST(Pace, NotesHowLateSomethingIsDone) {
  auto const now = SystemClock().Now();
  Pace pace({60, now, now});
  EXPECT_TRUE(pace.SleepUntil(now - std::chrono::minutes(10)));
  EXPECT_GE(pace.lag().latest, std::chrono::seconds(10));
  pace.EndDay();
  EXPECT_FALSE(pace.SleepUntil(now + std::chrono::hours(100)));
}

TEST(FormatProgress, IsOneLine) {
  Office office;
  office.time_zone = "Asia/Tokyo";
  Ledger::Tally tally;
  tally.issued = 61;
  tally.waiting = 12;
  tally.called = 1;
  tally.serving = 7;
  tally.completed = 41;
  EXPECT_EQ(FormatProgress(
                office, Timestamp(std::chrono::milliseconds(1'780'272'000'000)),
                tally),
            "09:00  issued 61  waiting 12  serving 8  completed 41  absent 0  "
            "cancelled 0");
}

}  // namespace
}  // namespace madoguchi::replay
