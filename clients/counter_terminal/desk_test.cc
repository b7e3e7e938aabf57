#include "clients/counter_terminal/desk.h"
#include "clients/counter_terminal/screen.h"
#include "services/base/error.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::counter_terminal {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ticketing::v1::Ticket;

Desk FreeDesk() {
  Desk desk;
  desk.counter = "2";
  desk.staff = "hana";
  desk.open = true;
  return desk;
}

Desk DeskWith(Ticket::State state) {
  auto desk = FreeDesk();
  desk.ticket.emplace();
  desk.ticket->set_number("101");
  desk.ticket->set_service("renew_self");
  desk.ticket->set_state(state);
  desk.ticket->mutable_call_time()->set_seconds(1'800'000'000);
  desk.ticket->mutable_serving_start_time()->set_seconds(1'800'000'060);
  return desk;
}

TEST(LawfulCommandsTest, AFreeCounterCalls) {
  EXPECT_THAT(LawfulCommands(FreeDesk()),
              ElementsAre(Command::kCallNext, Command::kReturn, Command::kList,
                          Command::kQuit));
}

TEST(LawfulCommandsTest, ACalledVisitorComesOrNot) {
  EXPECT_THAT(LawfulCommands(DeskWith(Ticket::CALLED)),
              ElementsAre(Command::kStart, Command::kRecall, Command::kAbsent,
                          Command::kReturn, Command::kList));
}

TEST(LawfulCommandsTest, AVisitIsCompleted) {
  EXPECT_THAT(LawfulCommands(DeskWith(Ticket::SERVING)),
              ElementsAre(Command::kComplete, Command::kCompleteAs,
                          Command::kReturn, Command::kList));
}

TEST(LawfulCommandsTest, WithoutACounterThereIsLittleToDo) {
  Desk desk;
  EXPECT_THAT(LawfulCommands(desk),
              ElementsAre(Command::kTakeOver, Command::kList, Command::kQuit));
  desk.taken_over = true;
  EXPECT_THAT(LawfulCommands(desk),
              ElementsAre(Command::kTakeOver, Command::kList, Command::kQuit));
}

TEST(RefusalTest, SaysWhatToDoInstead) {
  EXPECT_EQ(Refusal(FreeDesk(), Command::kStart), texts::kNoTicket);
  EXPECT_EQ(Refusal(DeskWith(Ticket::CALLED), Command::kComplete),
            texts::kNotYetServing);
  EXPECT_EQ(Refusal(DeskWith(Ticket::SERVING), Command::kAbsent),
            texts::kAlreadyServing);
  EXPECT_EQ(Refusal(DeskWith(Ticket::SERVING), Command::kCallNext),
            texts::kFinishServing);
  EXPECT_EQ(Refusal(DeskWith(Ticket::CALLED), Command::kQuit),
            texts::kFinishBeforeClosing);
  EXPECT_EQ(Refusal(FreeDesk(), Command::kTakeOver), texts::kAlreadyYours);
  Desk desk;
  EXPECT_EQ(Refusal(desk, Command::kCallNext), texts::kNotOpen);
  desk.taken_over = true;
  EXPECT_EQ(Refusal(desk, Command::kCallNext), texts::kTakenOver);
}

TEST(ReadPressTest, ReadsKeysAndLines) {
  EXPECT_EQ(ReadPress("n")->command, Command::kCallNext);
  EXPECT_EQ(ReadPress(" ")->command, Command::kCallNext);
  EXPECT_EQ(ReadPress("N")->command, Command::kCallNext);
  EXPECT_EQ(ReadPress("c")->command, Command::kComplete);
  EXPECT_EQ(ReadPress("C")->command, Command::kCompleteAs);
  EXPECT_EQ(ReadPress("c issued ")->argument, "issued");
  EXPECT_EQ(ReadPress("b 101")->argument, "101");
  EXPECT_FALSE(ReadPress("x"));
  EXPECT_FALSE(ReadPress(""));
}

TEST(SentenceOfTest, SpeaksAClerksWords) {
  auto const sentence = SentenceOf(
      MakeError(absl::StatusCode::kFailedPrecondition, "as the server says it",
                {"RECALL_TOO_SOON", {{"seconds_left", "42"}}}));
  EXPECT_EQ(sentence.ja, "お呼びしたばかりです。あと42秒お待ちください");
  EXPECT_EQ(sentence.en, "Called a moment ago. Wait another 42 s.");
}

TEST(SentenceOfTest, FallsBackToTheServersMessage) {
  EXPECT_EQ(SentenceOf(absl::InternalError("broken")).en, "broken");
  EXPECT_THAT(SentenceOf(MakeError(absl::StatusCode::kInternal, "broken",
                                   {"STORE_ERROR", {}}))
                  .ja,
              HasSubstr("STORE_ERROR"));
}

TEST(ScreenTest, ShowsTheTicketItsStateAndSinceWhen) {
  absl::TimeZone zone;
  absl::LoadTimeZone("Asia/Tokyo", &zone);
  EXPECT_EQ(DeskLine(FreeDesk(), zone), "2番窓口 Counter 2 (hana)  空き Free");
  EXPECT_EQ(DeskLine(DeskWith(Ticket::SERVING), zone),
            "2番窓口 Counter 2 (hana)  番号 Ticket 101  応対中 Serving  "
            "17:01から since  renew_self");
  Desk desk = DeskWith(Ticket::CALLED);
  desk.ticket->set_recall_count(2);
  EXPECT_THAT(DeskLine(desk, zone), HasSubstr("再呼出 recalls 2"));
}

TEST(ScreenTest, TellsTheTruthOfTheConnection) {
  absl::TimeZone zone;
  absl::LoadTimeZone("Asia/Tokyo", &zone);
  HallNews news;
  news.office_time.set_seconds(1'800'000'007);
  EXPECT_THAT(ConnectionLine(news, zone),
              HasSubstr("接続が切れています 最終更新 17:00:07"));
  news.connected = true;
  EXPECT_EQ(ConnectionLine(news, zone), "接続中 Connected 17:00:07");
}

TEST(ScreenTest, CountsWhoWaits) {
  HallNews news;
  news.services.resize(2);
  news.services[0].set_service("renew_self");
  news.services[0].mutable_display_name()->set_ja("電子証明書の更新(本人)");
  news.services[0].set_waiting_count(3);
  news.services[1].set_service("consult");
  news.services[1].set_waiting_count(1);
  EXPECT_EQ(WaitingLine(news),
            "待ち Waiting 4人:  電子証明書の更新(本人) 3人  consult 1人");
}

}  // namespace
}  // namespace madoguchi::counter_terminal
