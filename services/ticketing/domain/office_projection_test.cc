#include "services/ticketing/domain/office_projection.h"
#include "services/ticketing/domain/counter_life.h"
#include "services/ticketing/domain/day_change.h"
#include "services/ticketing/domain/life.h"
#include "services/ticketing/domain/settlement.h"
#include "tests/support/ticket_builders.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace madoguchi::ticketing {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

// Folds a day that is lived by the steps of life.h.
class OfficeProjectionTest : public ::testing::Test {
 protected:
  std::optional<PictureChange> Apply(EventKind kind,
                                     std::optional<Ticket> const& ticket,
                                     std::optional<Counter> const& counter) {
    Event event;
    event.sequence = ++sequence_;
    event.kind = kind;
    event.day = kToday;
    event.time = now_;
    event.ticket = ticket;
    event.counter = counter;
    event.staff = {"sato"};
    event.reason = "ONLY_SERVICE_WAITING";
    if (ticket) {
      auto const before = told_.find(ticket->id);
      if (before != told_.end()) event.waited_in = WaitsIn(before->second);
      told_[ticket->id] = *ticket;
    }
    last_ = event;
    return projection_.Apply(event);
  }

  std::optional<PictureChange> Open(std::string const& counter) {
    auto& at = counters_[counter];
    at.id = {counter};
    at = *life::OpenCounter(at, kToday, {"sato"}, /*take_over=*/true);
    return Apply(EventKind::kCounterOpened, std::nullopt, at);
  }
  std::optional<PictureChange> Close(std::string const& counter) {
    auto& at = counters_[counter];
    at = *life::CloseCounter(at);
    return Apply(EventKind::kCounterClosed, std::nullopt, at);
  }
  std::optional<PictureChange> Issue(int serial,
                                     std::string const& service = "renew") {
    auto& ticket = tickets_[serial];
    ticket = WaitingTicket(serial, service);
    return Apply(EventKind::kTicketIssued, ticket, std::nullopt);
  }
  std::optional<PictureChange> Call(int serial, std::string const& counter) {
    auto& ticket = tickets_[serial];
    auto& at = counters_[counter];
    at.id = {counter};
    ticket = *life::Call(ticket, {counter}, now_);
    at = *life::Occupy(at, ticket.id);
    return Apply(EventKind::kTicketCalled, ticket, at);
  }
  std::optional<PictureChange> Recall(int serial) {
    auto& ticket = tickets_[serial];
    CallPolicy policy;
    ticket = *life::Recall(ticket, policy, now_);
    return Apply(EventKind::kTicketRecalled, ticket, At(ticket));
  }
  std::optional<PictureChange> Serve(int serial) {
    auto& ticket = tickets_[serial];
    ticket = *life::StartServing(ticket, now_);
    return Apply(EventKind::kServingStarted, ticket, At(ticket));
  }
  std::optional<PictureChange> Complete(int serial) {
    auto& ticket = tickets_[serial];
    ticket = *life::Complete(ticket, "done", now_);
    auto& at = At(ticket);
    at = life::Release(at);
    return Apply(EventKind::kTicketCompleted, ticket, at);
  }
  std::optional<PictureChange> Miss(int serial) {
    auto& ticket = tickets_[serial];
    ticket = *life::MarkAbsent(ticket, {}, now_);
    auto& at = At(ticket);
    at = life::Release(at);
    return Apply(EventKind::kTicketMarkedAbsent, ticket, at);
  }
  std::optional<PictureChange> Return(int serial, std::string const& counter) {
    auto& ticket = tickets_[serial];
    ticket = *life::Return(ticket, QueueOf(ticket), ticket.rank, now_);
    return Apply(EventKind::kTicketReturned, ticket, counters_[counter]);
  }
  std::optional<PictureChange> Cancel(int serial) {
    auto& ticket = tickets_[serial];
    ticket = *life::Cancel(ticket, now_);
    return Apply(EventKind::kTicketCancelled, ticket, std::nullopt);
  }

  Counter& At(Ticket const& ticket) { return counters_[ticket.counter.value]; }
  HallPicture Picture() const { return projection_.Picture(now_); }
  std::vector<std::string> Numbers() const {
    std::vector<std::string> numbers;
    for (auto const& call : Picture().calls) numbers.push_back(call.number);
    return numbers;
  }

  Office const office_ = MakeCity().offices.front();
  OfficeProjection projection_{office_};
  Timestamp now_ = kTenOClock;
  std::int64_t sequence_ = 0;
  Event last_;
  std::map<int, Ticket> tickets_;
  std::map<TicketId, Ticket> told_;
  std::map<std::string, Counter> counters_;
};

TEST_F(OfficeProjectionTest, BeginsWithClosedCountersAndNobodyWaiting) {
  auto const picture = Picture();
  EXPECT_EQ(picture.sequence, 0);
  EXPECT_THAT(picture.calls, IsEmpty());
  EXPECT_THAT(picture.missed, IsEmpty());
  EXPECT_THAT(picture.counters, ElementsAre(CounterView{{"1"}, false, ""},
                                            CounterView{{"2"}, false, ""},
                                            CounterView{{"3"}, false, ""}));
  EXPECT_THAT(picture.services,
              ElementsAre(ServiceView{{"renew"}, 0}, ServiceView{{"reset"}, 0},
                          ServiceView{{"pickup"}, 0}));
}

TEST_F(OfficeProjectionTest, AnIssuedNumberWaitsAndIsNotCalled) {
  auto const change = Issue(0, "reset");
  ASSERT_TRUE(change);
  EXPECT_EQ(change->sequence, 1);
  EXPECT_EQ(change->kind, EventKind::kTicketIssued);
  EXPECT_THAT(change->services, ElementsAre(ServiceView{{"reset"}, 1}));
  EXPECT_EQ(change->counter, std::nullopt);
  EXPECT_EQ(Picture().services[1].waiting, 1);
  EXPECT_THAT(Picture().calls, IsEmpty());
}

TEST_F(OfficeProjectionTest, ACallShowsNumberCounterAndOneWaitingLess) {
  Issue(0);
  now_ += minutes(5);
  auto const change = Call(0, "2");
  CallView const call{
      2, "A101", {"renew"}, {"2"}, now_, 0, TicketState::kCalled, "ja"};
  EXPECT_THAT(change->call, Optional(call));
  EXPECT_THAT(change->counter, Optional(Field(&CounterView::number, "A101")));
  EXPECT_THAT(change->services, ElementsAre(ServiceView{{"renew"}, 0}));
  EXPECT_THAT(Picture().calls, ElementsAre(call));
}

TEST_F(OfficeProjectionTest, TheNewestCallComesFirst) {
  Issue(0);
  Issue(1);
  Call(0, "1");
  Call(1, "2");
  EXPECT_THAT(Numbers(), ElementsAre("A102", "A101"));
}

TEST_F(OfficeProjectionTest, ARecallIsANewCallOfTheSameNumber) {
  Issue(0);
  Issue(1);
  Call(0, "1");
  Call(1, "2");
  now_ += minutes(1);
  auto const change = Recall(0);
  EXPECT_EQ(change->call->sequence, 5);
  EXPECT_EQ(change->call->recalls, 1);
  EXPECT_EQ(change->call->call_time, now_);
  EXPECT_THAT(Numbers(), ElementsAre("A101", "A102"));
  EXPECT_EQ(Picture().calls.front(), *change->call);
}

TEST_F(OfficeProjectionTest, ServingChangesTheStateAndRingsNoMore) {
  Issue(0);
  auto const called = Call(0, "1")->call;
  auto const change = Serve(0);
  EXPECT_EQ(change->call->state, TicketState::kServing);
  EXPECT_EQ(Picture().calls.front().state, TicketState::kServing);
  EXPECT_EQ(Picture().calls.front().sequence, called->sequence);
  EXPECT_EQ(Picture().counters[0].number, "A101");
}

// A display tells by the call's sequence what it has announced.
TEST_F(OfficeProjectionTest, AChangeNamesTheCallAndNotItself) {
  Issue(0);
  Call(0, "1");
  Recall(0);
  EXPECT_EQ(Serve(0)->call->sequence, 3);
  EXPECT_EQ(Complete(0)->call->sequence, 3);
  Issue(1);
  Call(1, "1");
  EXPECT_EQ(Miss(1)->call->sequence, 7);
}

TEST_F(OfficeProjectionTest, ANumberNeverCalledHasNoCallToName) {
  EXPECT_EQ(Issue(0)->call->sequence, 0);
  EXPECT_EQ(Cancel(0)->call->sequence, 0);
}

TEST_F(OfficeProjectionTest, CompletingFreesTheCounter) {
  Open("1");
  Issue(0);
  Call(0, "1");
  Serve(0);
  auto const change = Complete(0);
  EXPECT_THAT(change->counter, Optional(Eq(CounterView{{"1"}, true, ""})));
  EXPECT_THAT(change->services, IsEmpty());
  EXPECT_EQ(Picture().calls.front().state, TicketState::kCompleted);
  EXPECT_THAT(Picture().missed, IsEmpty());
}

TEST_F(OfficeProjectionTest, AnAbsentNumberIsMissedUntilItReturns) {
  Open("1");
  Issue(0);
  Issue(1);
  Call(0, "1");
  Miss(0);
  Call(1, "1");
  Miss(1);
  EXPECT_THAT(Picture().missed, ElementsAre("A102", "A101"));
  EXPECT_EQ(Picture().counters[0].number, "");
  EXPECT_EQ(Picture().services[0].waiting, 0);

  auto const change = Return(0, "1");
  EXPECT_EQ(change->call->state, TicketState::kWaiting);
  EXPECT_THAT(change->services, ElementsAre(ServiceView{{"renew"}, 1}));
  EXPECT_THAT(Picture().missed, ElementsAre("A102"));
  EXPECT_THAT(Numbers(), ElementsAre("A102"));

  Call(0, "1");
  EXPECT_THAT(Numbers(), ElementsAre("A101", "A102"));
  EXPECT_EQ(Picture().services[0].waiting, 0);
}

TEST_F(OfficeProjectionTest, AReturnLeavesTheCounterWhereItIsDone) {
  Open("1");
  Open("2");
  Issue(0);
  Issue(1);
  Call(0, "1");
  Miss(0);
  Call(1, "2");
  Return(0, "2");
  EXPECT_EQ(Picture().counters[1].number, "A102");
}

TEST_F(OfficeProjectionTest, ACancelledNumberWaitsNoMore) {
  Issue(0);
  auto const change = Cancel(0);
  EXPECT_THAT(change->services, ElementsAre(ServiceView{{"renew"}, 0}));
  EXPECT_THAT(Picture().calls, IsEmpty());
}

TEST_F(OfficeProjectionTest, CountersOpenChangeHandsAndClose) {
  EXPECT_THAT(Open("1")->counter, Optional(Eq(CounterView{{"1"}, true, ""})));
  Issue(0);
  Call(0, "1");
  // Taken over with the number there.
  EXPECT_THAT(Open("1")->counter,
              Optional(Eq(CounterView{{"1"}, true, "A101"})));
  Serve(0);
  Complete(0);
  EXPECT_THAT(Close("1")->counter, Optional(Eq(CounterView{{"1"}, false, ""})));
}

TEST_F(OfficeProjectionTest, ANewDayBeginsEmpty) {
  Open("1");
  Issue(0);
  Issue(1);
  Call(0, "1");
  Miss(0);
  auto const change = Apply(EventKind::kDayOpened, {}, {});
  EXPECT_EQ(change->kind, EventKind::kDayOpened);
  OfficeProjection fresh(office_);
  auto expected = fresh.Picture(now_);
  expected.sequence = sequence_;
  EXPECT_EQ(Picture(), expected);
}

TEST_F(OfficeProjectionTest, AnEventFoldedTwiceCountsOnce) {
  Issue(0);
  auto const once = Picture();
  EXPECT_EQ(projection_.Apply(last_), std::nullopt);
  EXPECT_EQ(Picture(), once);
  last_.sequence = 0;
  EXPECT_EQ(projection_.Apply(last_), std::nullopt);
  EXPECT_EQ(Picture(), once);
}

TEST_F(OfficeProjectionTest, ShowsTheLastCallsHoweverOld) {
  for (int i = 0; i != 20; ++i) {
    Issue(i);
    Call(i, "1");
    Serve(i);
    Complete(i);
    now_ += minutes(5);
  }
  EXPECT_THAT(Numbers(), SizeIs(kCallsShown));
  EXPECT_EQ(Numbers().front(), "A120");
  EXPECT_EQ(Numbers().back(), "A109");
}

TEST_F(OfficeProjectionTest, RemembersEveryCallOfTheLastThreeMinutes) {
  for (int i = 0; i != 40; ++i) {
    Issue(i);
    Call(i, "1");
    Serve(i);
    Complete(i);
    now_ += seconds(6);
  }
  // The last was 6 s ago; 3 minutes ago exactly is still remembered.
  EXPECT_THAT(Numbers(), SizeIs(30));
  now_ += seconds(6);
  EXPECT_THAT(Numbers(), SizeIs(29));
  now_ += minutes(10);
  EXPECT_THAT(Numbers(), SizeIs(kCallsShown));
}

TEST_F(OfficeProjectionTest, TheHallNeverSeesTicketIdsStaffOrReasons) {
  Open("1");
  Issue(0);
  Call(0, "1");
  Miss(0);
  auto const picture = Picture();
  std::vector<std::string> shown = picture.missed;
  for (auto const& call : picture.calls) {
    shown.insert(shown.end(), {call.number, call.service.value,
                               call.counter.value, call.language});
  }
  for (auto const& counter : picture.counters) {
    shown.insert(shown.end(), {counter.counter.value, counter.number});
  }
  for (auto const& text : shown) {
    EXPECT_EQ(text.find("2026"), std::string::npos) << text;
    EXPECT_EQ(text.find("sato"), std::string::npos) << text;
    EXPECT_EQ(text.find("WAITING"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace madoguchi::ticketing
