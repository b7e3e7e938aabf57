#include "clients/counter_terminal/desk.h"
#include "clients/counter_terminal/texts.h"
#include "services/base/error.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace madoguchi::counter_terminal {
namespace {

using ::testing::HasSubstr;
using ticketing::v1::Counter;
using ticketing::v1::Ticket;

Desk FreeDesk() {
  Desk desk;
  desk.counter = "2";
  desk.staff = "hana";
  desk.open = true;
  desk.session = 7;
  return desk;
}

Desk DeskWith(Ticket::State state) {
  auto desk = FreeDesk();
  desk.ticket.emplace();
  desk.ticket->set_name("offices/honcho/tickets/t1");
  desk.ticket->set_number("101");
  desk.ticket->set_state(state);
  desk.ticket->set_version(3);
  return desk;
}

Desk DeskDoing(Counter::Activity activity) {
  auto desk = FreeDesk();
  desk.activity = activity;
  return desk;
}

Desk TakenDesk() {
  Desk desk;
  desk.taken_over = true;
  return desk;
}

/// The keys that a desk refuses, in the order of a visit.
std::string KeysRefused(Desk const& desk) {
  std::string refused;
  for (auto const command : AllCommands()) {
    if (Refusal(desk, command)) refused += KeyOf(command).front();
  }
  return refused;
}

// Every command in every state: what is not listed is lawful.
TEST(RefusalTest, EachStateRefusesWhatMakesNoSenseInIt) {
  EXPECT_EQ(KeysRefused(Desk()), "nsc1joCwhtrauv/kzmgepbi");
  EXPECT_EQ(KeysRefused(TakenDesk()), "nsc1joCwhtrauv/kzmgepbi");
  EXPECT_EQ(KeysRefused(FreeDesk()), "sc1joCwhraux");
  EXPECT_EQ(KeysRefused(DeskDoing(Counter::PAUSED)), "nsc1joCwhrauvx");
  EXPECT_EQ(KeysRefused(DeskDoing(Counter::WRAP_UP)), "sc1joChraux");
  EXPECT_EQ(KeysRefused(DeskWith(Ticket::CALLED)), "nc1joCwhuvpxq");
  EXPECT_EQ(KeysRefused(DeskWith(Ticket::SERVING)), "nsrauvpxq");
}

TEST(RefusalTest, AStepCanBeTakenBackWhereOneIs) {
  auto desk = FreeDesk();
  EXPECT_EQ(Refusal(desk, Command::kUndo), "counter.nothing_to_undo");
  desk.undo = {Command::kAbsent, "101", {}};
  EXPECT_FALSE(Refusal(desk, Command::kUndo));
}

TEST(RefusalTest, SaysWhatToDoInstead) {
  EXPECT_EQ(Refusal(FreeDesk(), Command::kStart), "counter.no_ticket");
  EXPECT_EQ(Refusal(FreeDesk(), Command::kHold), "counter.no_ticket");
  EXPECT_EQ(Refusal(DeskWith(Ticket::CALLED), Command::kComplete),
            "counter.not_yet_serving");
  EXPECT_EQ(Refusal(DeskWith(Ticket::SERVING), Command::kAbsent),
            "counter.already_serving");
  EXPECT_EQ(Refusal(DeskWith(Ticket::SERVING), Command::kCallNext),
            "counter.finish_serving");
  EXPECT_EQ(Refusal(DeskWith(Ticket::CALLED), Command::kServeVisitor),
            "counter.finish_called");
  EXPECT_EQ(Refusal(DeskWith(Ticket::SERVING), Command::kPause),
            "counter.finish_before_pause");
  EXPECT_EQ(Refusal(DeskWith(Ticket::CALLED), Command::kQuit),
            "counter.finish_before_closing");
  EXPECT_EQ(Refusal(DeskDoing(Counter::PAUSED), Command::kCallNext),
            "counter.paused_now");
  EXPECT_EQ(Refusal(FreeDesk(), Command::kTakeOver), "counter.already_yours");
  EXPECT_EQ(Refusal(Desk(), Command::kCallNext), "counter.not_open");
  EXPECT_EQ(Refusal(TakenDesk(), Command::kCallNext), "counter.taken_over");
}

Counter ServerSays(Desk const& desk) {
  Counter counter;
  counter.set_open(true);
  counter.set_session(7);
  counter.set_activity(Counter::READY);
  if (desk.ticket) *counter.mutable_ticket() = *desk.ticket;
  return counter;
}

TEST(AdoptTest, ATakenOverOrClosedCounterIsNoLongerOurs) {
  auto taken = ServerSays(FreeDesk());
  taken.set_session(8);
  auto desk = Adopt(DeskWith(Ticket::SERVING), taken);
  EXPECT_FALSE(desk.open);
  EXPECT_TRUE(desk.taken_over);
  EXPECT_FALSE(desk.ticket);

  auto closed = ServerSays(FreeDesk());
  closed.set_open(false);
  desk = Adopt(FreeDesk(), closed);
  EXPECT_FALSE(desk.open);
  EXPECT_FALSE(desk.taken_over);
  // What is not open here is not opened by looking.
  EXPECT_FALSE(Adopt(desk, ServerSays(FreeDesk())).open);
}

TEST(AdoptTest, TheTicketNeverGoesBackToAnEarlierVersion) {
  auto const desk = DeskWith(Ticket::SERVING);
  auto counter = ServerSays(desk);
  counter.mutable_ticket()->set_state(Ticket::CALLED);
  counter.mutable_ticket()->set_version(2);
  EXPECT_EQ(Adopt(desk, counter).ticket->state(), Ticket::SERVING);
  counter.mutable_ticket()->set_version(4);
  counter.mutable_ticket()->set_time_uncertain(true);
  EXPECT_TRUE(Adopt(desk, counter).ticket->time_uncertain());
  counter.mutable_ticket()->set_name("offices/honcho/tickets/t2");
  counter.mutable_ticket()->set_version(1);
  EXPECT_EQ(Adopt(desk, counter).ticket->version(), 1);
  counter.clear_ticket();
  EXPECT_FALSE(Adopt(desk, counter).ticket);
}

TEST(AdoptTest, TakesTheActivityAndItsClock) {
  auto counter = ServerSays(FreeDesk());
  counter.set_activity(Counter::PAUSED);
  counter.set_activity_reason("lunch");
  counter.mutable_activity_start_time()->set_seconds(5);
  auto const desk = Adopt(FreeDesk(), counter);
  EXPECT_EQ(desk.activity, Counter::PAUSED);
  EXPECT_EQ(desk.activity_reason, "lunch");
  EXPECT_EQ(desk.activity_start_time.seconds(), 5);
}

TEST(SentenceOfTest, SpeaksAClerksWords) {
  auto const sentence = SentenceOf(
      MakeError(absl::StatusCode::kFailedPrecondition, "as the server says it",
                {"RECALL_TOO_SOON", {{"seconds_left", "42"}}}));
  EXPECT_EQ(sentence.ja, "お呼びしたばかりです。あと42秒お待ちください");
  EXPECT_EQ(sentence.en, "Called a moment ago. Wait another 42 s.");
}

TEST(SentenceOfTest, FallsBackToTheServersMessage) {
  EXPECT_EQ(SentenceOf(absl::InternalError("broken")).en,
            "Not accepted: broken");
  EXPECT_THAT(SentenceOf(MakeError(absl::StatusCode::kInternal, "broken",
                                   {"NEWER_THAN_THIS", {}}))
                  .ja,
              HasSubstr("NEWER_THAN_THIS"));
}

}  // namespace
}  // namespace madoguchi::counter_terminal
