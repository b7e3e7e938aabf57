#include "clients/wall_display/hall.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::wall_display {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ticketing::v1::Call;
using ticketing::v1::OfficeEvent;
using ticketing::v1::OfficeUpdate;
using ticketing::v1::Ticket;

constexpr std::int64_t kTen = 1'800'000'000;

Call MakeCall(std::string const& number, std::int64_t at, int recalls = 0) {
  Call call;
  call.set_number(number);
  call.set_counter("2");
  call.mutable_call_time()->set_seconds(at);
  call.set_recall_count(recalls);
  call.set_state(Ticket::CALLED);
  return call;
}

OfficeUpdate MakeEvent(OfficeEvent::Kind kind, Call const& call,
                       std::int64_t at) {
  OfficeUpdate update;
  update.mutable_office_time()->set_seconds(at);
  update.mutable_event()->set_kind(kind);
  *update.mutable_event()->mutable_call() = call;
  return update;
}

OfficeUpdate MakeSnapshot(std::vector<Call> const& calls, std::int64_t at,
                          bool reset) {
  OfficeUpdate update;
  update.mutable_office_time()->set_seconds(at);
  auto* const snapshot = update.mutable_snapshot();
  snapshot->set_reset(reset);
  snapshot->mutable_calls()->Assign(calls.begin(), calls.end());
  auto* const service = snapshot->add_services();
  service->set_service("renew_self");
  service->set_waiting_count(7);
  auto* const counter = snapshot->add_counters();
  counter->set_counter("2");
  counter->mutable_label()->set_ja("2番窓口");
  return update;
}

std::vector<std::string> Numbers(std::vector<Call> const& calls) {
  std::vector<std::string> numbers;
  for (auto const& call : calls) numbers.push_back(call.number());
  return numbers;
}

class HallTest : public ::testing::Test {
 protected:
  std::vector<std::string> Apply(OfficeUpdate const& update) {
    return Numbers(hall_.Apply(update));
  }
  std::vector<std::string> Shown() {
    return Numbers(
        {hall_.picture().calls().begin(), hall_.picture().calls().end()});
  }

  Hall hall_;
};

TEST_F(HallTest, ACallIsShownFirstAndAnnounced) {
  Apply(MakeSnapshot({MakeCall("101", kTen - 60)}, kTen, false));
  EXPECT_THAT(
      Apply(MakeEvent(OfficeEvent::CALLED, MakeCall("102", kTen), kTen)),
      ElementsAre("102"));
  EXPECT_THAT(Shown(), ElementsAre("102", "101"));
}

TEST_F(HallTest, D09ARecallMovesUpAndIsAnnouncedAgain) {
  Apply(MakeSnapshot({MakeCall("102", kTen - 30), MakeCall("101", kTen - 60)},
                     kTen, false));
  EXPECT_THAT(
      Apply(MakeEvent(OfficeEvent::RECALLED, MakeCall("101", kTen, 1), kTen)),
      ElementsAre("101"));
  EXPECT_THAT(Shown(), ElementsAre("101", "102"));
}

TEST_F(HallTest, WhatWasCalledBeforeTheStartIsOnlyShown) {
  EXPECT_THAT(Apply(MakeSnapshot({MakeCall("101", kTen - 5)}, kTen, false)),
              IsEmpty());
  EXPECT_THAT(Shown(), ElementsAre("101"));
}

TEST_F(HallTest, D11AResetAnnouncesOnlyNewCallsOfTheLastThreeMinutes) {
  Apply(MakeSnapshot({}, kTen, false));
  Apply(MakeEvent(OfficeEvent::CALLED, MakeCall("101", kTen), kTen));
  auto served = MakeCall("103", kTen + 60);
  served.set_state(Ticket::SERVING);
  auto const at = kTen + 60 + 180;
  auto const snapshot =
      MakeSnapshot({MakeCall("105", at - 10), MakeCall("104", at - 20), served,
                    MakeCall("102", at - 181), MakeCall("101", kTen)},
                   at, true);
  EXPECT_THAT(Apply(snapshot), ElementsAre("104", "105"));
  EXPECT_THAT(Apply(snapshot), IsEmpty());
  EXPECT_THAT(Shown(), ElementsAre("105", "104", "103", "102", "101"));
}

TEST_F(HallTest, D10AnEventThatComesLateIsShownAndNotAnnounced) {
  Apply(MakeSnapshot({}, kTen, false));
  EXPECT_THAT(
      Apply(MakeEvent(OfficeEvent::CALLED, MakeCall("101", kTen), kTen + 200)),
      IsEmpty());
  EXPECT_THAT(Shown(), ElementsAre("101"));
}

TEST_F(HallTest, AnAbsentNumberIsMissedUntilItReturns) {
  auto call = MakeCall("101", kTen);
  Apply(MakeSnapshot({call}, kTen, false));
  call.set_state(Ticket::ABSENT);
  Apply(MakeEvent(OfficeEvent::ABSENT, call, kTen));
  EXPECT_THAT(hall_.picture().missed_numbers(), ElementsAre("101"));
  EXPECT_EQ(hall_.picture().calls(0).state(), Ticket::ABSENT);
  call.set_state(Ticket::WAITING);
  Apply(MakeEvent(OfficeEvent::RETURNED, call, kTen));
  EXPECT_THAT(hall_.picture().missed_numbers(), IsEmpty());
}

TEST_F(HallTest, EachEventBringsTheCountAndTheCounterThatItChanged) {
  Apply(MakeSnapshot({}, kTen, false));
  auto update = MakeEvent(OfficeEvent::CALLED, MakeCall("101", kTen), kTen);
  auto* const service = update.mutable_event()->add_services();
  service->set_service("renew_self");
  service->set_waiting_count(6);
  auto* const counter = update.mutable_event()->mutable_counter();
  counter->set_counter("2");
  counter->set_number("101");
  counter->mutable_label()->set_ja("2番窓口");
  Apply(update);
  EXPECT_EQ(hall_.picture().services(0).waiting_count(), 6);
  EXPECT_EQ(hall_.picture().counters(0).number(), "101");
}

TEST_F(HallTest, ANewDayForgetsTheOld) {
  Apply(MakeSnapshot({MakeCall("101", kTen)}, kTen, false));
  OfficeUpdate update;
  update.mutable_event()->set_kind(OfficeEvent::DAY_OPENED);
  Apply(update);
  EXPECT_THAT(Shown(), IsEmpty());
  EXPECT_EQ(hall_.picture().services(0).waiting_count(), 0);
}

TEST_F(HallTest, KeepsNoMoreCallsThanItCanShow) {
  Apply(MakeSnapshot({}, kTen, false));
  for (int i = 0; i != 50; ++i) {
    Apply(MakeEvent(OfficeEvent::CALLED, MakeCall(std::to_string(i), kTen),
                    kTen));
  }
  EXPECT_EQ(hall_.picture().calls_size(), Hall::kCallsKept);
}

TEST_F(HallTest, NamesACounterThatTheOfficeDoesNotKnow) {
  Apply(MakeSnapshot({}, kTen, false));
  EXPECT_EQ(hall_.LabelOf("2").ja(), "2番窓口");
  EXPECT_EQ(hall_.LabelOf("9").ja(), "9番窓口");
  EXPECT_EQ(hall_.LabelOf("9").en(), "Counter 9");
}

/// What a step that was taken back makes true.
Call CorrectedTo(Ticket::State state) {
  auto call = MakeCall("101", kTen);
  call.set_state(state);
  return call;
}

TEST_F(HallTest, ANumberThatLeftIsShownNowhere) {
  Apply(MakeSnapshot({MakeCall("102", kTen), MakeCall("101", kTen)}, kTen,
                     false));
  Apply(MakeEvent(OfficeEvent::ABSENT, CorrectedTo(Ticket::ABSENT), kTen));
  Apply(MakeEvent(OfficeEvent::LEFT, CorrectedTo(Ticket::WAITING), kTen));
  EXPECT_THAT(Shown(), ElementsAre("102"));
  EXPECT_THAT(hall_.picture().missed_numbers(), IsEmpty());
}

TEST_F(HallTest, AnAbsenceTakenBackIsACallAgainAndDoesNotRing) {
  Apply(MakeSnapshot({MakeCall("101", kTen)}, kTen, false));
  Apply(MakeEvent(OfficeEvent::ABSENT, CorrectedTo(Ticket::ABSENT), kTen));
  EXPECT_THAT(Apply(MakeEvent(OfficeEvent::CORRECTED,
                              CorrectedTo(Ticket::CALLED), kTen + 5)),
              IsEmpty());
  EXPECT_THAT(hall_.picture().missed_numbers(), IsEmpty());
  EXPECT_EQ(hall_.picture().calls(0).state(), Ticket::CALLED);
}

TEST_F(HallTest, ATransferTakenBackIsShownAgain) {
  Apply(MakeSnapshot({MakeCall("101", kTen)}, kTen, false));
  Apply(MakeEvent(OfficeEvent::LEFT, CorrectedTo(Ticket::WAITING), kTen));
  EXPECT_THAT(Apply(MakeEvent(OfficeEvent::CORRECTED,
                              CorrectedTo(Ticket::SERVING), kTen)),
              IsEmpty());
  EXPECT_THAT(Shown(), ElementsAre("101"));
}

TEST_F(HallTest, ACorrectionToEachStateIsWhatIsShown) {
  Apply(MakeSnapshot({MakeCall("101", kTen)}, kTen, false));
  Apply(
      MakeEvent(OfficeEvent::CORRECTED, CorrectedTo(Ticket::COMPLETED), kTen));
  EXPECT_EQ(hall_.picture().calls(0).state(), Ticket::COMPLETED);
  Apply(MakeEvent(OfficeEvent::CORRECTED, CorrectedTo(Ticket::ABSENT), kTen));
  EXPECT_THAT(hall_.picture().missed_numbers(), ElementsAre("101"));
  Apply(MakeEvent(OfficeEvent::CORRECTED, CorrectedTo(Ticket::WAITING), kTen));
  EXPECT_THAT(Shown(), IsEmpty());
  EXPECT_THAT(hall_.picture().missed_numbers(), IsEmpty());
}

TEST_F(HallTest, APausedCounterIsKnownUntilItGoesOnOrTheDayChanges) {
  Apply(MakeSnapshot({}, kTen, false));
  OfficeUpdate update;
  update.mutable_event()->set_kind(OfficeEvent::COUNTER_CHANGED);
  auto& counter = *update.mutable_event()->mutable_counter();
  counter.set_counter("2");
  counter.set_open(true);
  counter.set_paused(true);
  Apply(update);
  EXPECT_TRUE(hall_.picture().counters(0).paused());
  OfficeUpdate day;
  day.mutable_event()->set_kind(OfficeEvent::DAY_OPENED);
  Apply(day);
  EXPECT_FALSE(hall_.picture().counters(0).paused());
}

// The same number may be called twice for two reasons.
TEST_F(HallTest, ACallToPickUpRingsAfterTheFirstCallDid) {
  Apply(MakeSnapshot({}, kTen, false));
  Apply(MakeEvent(OfficeEvent::CALLED, MakeCall("101", kTen), kTen));
  Apply(MakeEvent(OfficeEvent::LEFT, CorrectedTo(Ticket::ON_HOLD), kTen));
  auto pickup = MakeCall("101", kTen + 600);
  pickup.set_pickup(true);
  EXPECT_THAT(Apply(MakeEvent(OfficeEvent::CALLED, pickup, kTen + 600)),
              ElementsAre("101"));
  EXPECT_TRUE(hall_.picture().calls(0).pickup());
}

}  // namespace
}  // namespace madoguchi::wall_display
