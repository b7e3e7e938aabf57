#include "services/ticketing/adapters/ticket_codec.h"
#include "services/base/record.h"
#include "tests/support/status_matchers.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <algorithm>

namespace madoguchi::ticketing {
namespace {

using ::testing::Eq;
using testing::IsError;
using testing::IsOkAnd;

Timestamp AnyTime() {
  return Timestamp(std::chrono::milliseconds(*rc::gen::arbitrary<int>()));
}

Timestamp At(int ms) { return Timestamp(std::chrono::milliseconds(ms)); }

std::optional<Timestamp> PerhapsTime() {
  if (*rc::gen::arbitrary<bool>()) return std::nullopt;
  return AnyTime();
}

std::string AnyText() { return *rc::gen::arbitrary<std::string>(); }

std::chrono::milliseconds AnyDuration() {
  return std::chrono::milliseconds(*rc::gen::arbitrary<int>());
}

// An id is never empty.
std::string AnyId() { return "i" + AnyText(); }

Hold AnyHold() {
  Hold hold;
  hold.reason = AnyText();
  hold.owner.value = AnyText();
  hold.counter.value = AnyText();
  hold.since = AnyTime();
  hold.deadline = AnyTime();
  hold.to_counter = *rc::gen::arbitrary<bool>();
  return hold;
}

std::vector<ServiceId> AnyServices() {
  std::vector<ServiceId> services;
  auto const count = *rc::gen::inRange(0, 4);
  for (int i = 0; i != count; ++i) services.push_back({AnyText()});
  return services;
}

// Fields that the first release did not have: all of them, or none.
void SetLaterFields(Ticket& ticket) {
  ticket.queue.value = AnyText();
  ticket.queued = PerhapsTime();
  if (*rc::gen::arbitrary<bool>()) ticket.hold = AnyHold();
  ticket.head_start = AnyDuration();
  ticket.note = AnyText();
  ticket.next_services = AnyServices();
  ticket.served = AnyDuration();
  ticket.pickup = *rc::gen::arbitrary<bool>();
  ticket.time_uncertain = *rc::gen::arbitrary<bool>();
  ticket.unqueued = *rc::gen::arbitrary<bool>();
  if (*rc::gen::arbitrary<bool>()) {
    ticket.carried_over_from = {*rc::gen::arbitrary<int>()};
  }
  if (*rc::gen::arbitrary<bool>()) {
    ticket.moved_from = Origin{{AnyId()}, {AnyId()}};
  }
}

EventKind AnyKind() { return static_cast<EventKind>(*rc::gen::inRange(0, 26)); }

Ticket AnyTicket() {
  Ticket ticket;
  ticket.id.value = AnyText();
  ticket.number = AnyText();
  ticket.service.value = AnyText();
  ticket.state = static_cast<TicketState>(*rc::gen::inRange(0, 9));
  ticket.version = *rc::gen::arbitrary<std::int64_t>();
  ticket.arrival = AnyTime();
  ticket.rank.ms = *rc::gen::arbitrary<std::int64_t>();
  ticket.language = AnyText();
  ticket.counter.value = AnyText();
  ticket.recalls = *rc::gen::arbitrary<int>();
  ticket.called = PerhapsTime();
  ticket.serving_started = PerhapsTime();
  ticket.ended = PerhapsTime();
  ticket.outcome = AnyText();
  if (*rc::gen::arbitrary<bool>()) SetLaterFields(ticket);
  return ticket;
}

RC_GTEST_PROP(TicketCodecTest, ATicketComesBackAsItWas, ()) {
  auto const ticket = AnyTicket();
  auto const back = UnpackTicket(PackTicket(ticket));
  RC_ASSERT(back.ok());
  RC_ASSERT(*back == ticket);
}

// How many separators `record` lacks to have `fields` fields.
std::size_t FieldsMissing(std::string const& record, int fields) {
  return static_cast<std::size_t>(
      fields - 1 - std::count(record.begin(), record.end(), '|'));
}

RC_GTEST_PROP(TicketCodecTest, FieldsOfLaterReleasesArePassedOver, ()) {
  auto const ticket = AnyTicket();
  auto record = PackTicket(ticket);
  record.append(FieldsMissing(record, 31), '|');
  auto const back = UnpackTicket(record + "|new|fields");
  RC_ASSERT(back.ok());
  RC_ASSERT(*back == ticket);
}

RC_GTEST_PROP(TicketCodecTest, ACutRecordIsRefused, ()) {
  auto record = PackTicket(AnyTicket());
  // What the first release had must all be there.
  auto end = record.begin();
  for (int field = 0; field != 14; ++field) {
    end = std::find(end, record.end(), '|') + 1;
  }
  record.resize(*rc::gen::inRange<std::size_t>(
      0, static_cast<std::size_t>(end - record.begin())));
  RC_ASSERT(!UnpackTicket(record).ok());
}

RC_GTEST_PROP(TicketCodecTest, ACounterComesBackAsItWas, ()) {
  Counter counter;
  counter.id.value = AnyText();
  counter.open = *rc::gen::arbitrary<bool>();
  counter.session = *rc::gen::arbitrary<std::int64_t>();
  counter.staff.value = AnyText();
  counter.ticket.value = AnyText();
  counter.version = *rc::gen::arbitrary<std::int64_t>();
  counter.activity = static_cast<CounterActivity>(*rc::gen::inRange(0, 3));
  counter.activity_reason = AnyText();
  counter.activity_since = PerhapsTime();
  auto const back = UnpackCounter(PackCounter(counter));
  RC_ASSERT(back.ok());
  RC_ASSERT(*back == counter);
}

RC_GTEST_PROP(TicketCodecTest, AStepComesBackAsItWas, ()) {
  UndoableStep step;
  step.kind = AnyKind();
  step.time = AnyTime();
  step.before = AnyTicket();
  step.ticket_version = *rc::gen::arbitrary<std::int64_t>();
  step.counter_version = *rc::gen::arbitrary<std::int64_t>();
  auto const back = UnpackStep(PackStep(step));
  RC_ASSERT(back.ok());
  RC_ASSERT(*back == step);
}

RC_GTEST_PROP(TicketCodecTest, ASettledRequestComesBackAsItWas, ()) {
  SettledRequest settled;
  settled.command = AnyText();
  settled.outcome.session = *rc::gen::arbitrary<std::int64_t>();
  settled.outcome.reason = AnyText();
  if (*rc::gen::arbitrary<bool>()) settled.outcome.ticket = AnyTicket();
  if (*rc::gen::arbitrary<bool>()) settled.outcome.arrived = AnyTicket();
  auto const back =
      UnpackSettled(PackSettled(settled.command, settled.outcome));
  RC_ASSERT(back.ok());
  RC_ASSERT(*back == settled);
}

RC_GTEST_PROP(TicketCodecTest, AnEventComesBackAsItWas, ()) {
  Event event;
  event.kind = AnyKind();
  event.day.yyyymmdd = *rc::gen::arbitrary<int>();
  event.time = AnyTime();
  event.staff.value = AnyText();
  event.reason = AnyText();
  event.waited_in.value = AnyText();
  event.at.value = AnyText();
  event.device = AnyText();
  auto const back = UnpackEventHeader(PackEventHeader(event));
  RC_ASSERT(back.ok());
  RC_ASSERT(*back == event);
}

// Redis Functions find these by their bytes.
RC_GTEST_PROP(TicketCodecTest, NoTextCanPassForAMark, ()) {
  for (auto const& record :
       {PackTicket(AnyTicket()), PackRecordText(AnyText()),
        PackSettledBegin(AnyText(), {std::nullopt, 0, AnyText(), {}})}) {
    RC_ASSERT(std::none_of(record.begin(), record.end(),
                           [](char c) { return c >= '\0' && c < ' '; }));
    RC_ASSERT(record != "=");
    RC_ASSERT(record != "+");
  }
}

RC_GTEST_PROP(TicketCodecTest, AnyTextIsReadOrRefused, (std::string text)) {
  for (std::string const begin : {"", "W|1|", "1|", "1|O|", "1|O|0|0|0~",
                                  "H|1|a|b|c|1|5|6|ja||0||||a|"}) {
    (void)UnpackStep(begin + text).ok();
    (void)UnpackTicket(begin + text).ok();
    (void)UnpackCounter(begin + text).ok();
    (void)UnpackSettled(begin + text).ok();
    (void)UnpackEventHeader(begin + text).ok();
  }
}

// Redis Functions and the records of released versions depend on these.
TEST(TicketCodecTest, RecordsAreWrittenLikeThis) {
  Ticket ticket;
  ticket.id = {"20261123-a-00007"};
  ticket.number = "A8";
  ticket.service = {"tax"};
  ticket.arrival = Timestamp(std::chrono::milliseconds(5));
  ticket.rank.ms = 6;
  ticket.language = "ja-easy";
  EXPECT_EQ(PackTicket(ticket),
            "W|1|20261123-a-00007|A8|tax|1|5|6|ja-easy||0||||");
  ticket.state = TicketState::kCompleted;
  ticket.outcome = "a|b";
  EXPECT_EQ(PackTicket(ticket),
            "D|1|20261123-a-00007|A8|tax|1|5|6|ja-easy||0||||a%7cb");
  ticket.state = TicketState::kOnHold;
  ticket.queue = {"tax~en"};
  ticket.next_services = {{"child"}, {"a,b"}};
  ticket.queued = ticket.arrival;
  ticket.served = std::chrono::milliseconds(7);
  ticket.pickup = ticket.time_uncertain = ticket.unqueued = true;
  ticket.head_start = std::chrono::milliseconds(8);
  ticket.note = "n\n";
  ticket.hold = Hold{"form", {"aoi"}, {"5"}, At(9), At(10), true};
  ticket.carried_over_from = {20261122};
  ticket.moved_from = Origin{{"annex"}, {"20261123-b-00001"}};
  EXPECT_EQ(PackTicket(ticket),
            "H|1|20261123-a-00007|A8|tax|1|5|6|ja-easy||0||||a%7cb|tax%7een|"
            "child,a%2cb,|5|7|puq|8|n%0a|9|10|form|aoi|5|1|20261122|annex|"
            "20261123-b-00001");
  EXPECT_EQ(PackSettled("Call:1", {}), "1|Call:1|0|~");
  Counter counter;
  counter.id = {"5"};
  EXPECT_EQ(PackCounter(counter), "1|5|0|0|||0");
  counter.activity = CounterActivity::kPaused;
  counter.activity_reason = "lunch";
  counter.activity_since = At(9);
  EXPECT_EQ(PackCounter(counter), "1|5|0|0|||0|P|lunch|9");
  Event event;
  event.day = {20261123};
  EXPECT_EQ(PackEventHeader(event), "1|O|20261123|0||");
  event.waited_in = {"tax"};
  event.at = {"5"};
  EXPECT_EQ(PackEventHeader(event), "1|O|20261123|0|||tax|5");
}

TEST(TicketCodecTest, StatesAndEventsHaveTheirLetters) {
  std::string states;
  for (int i = 0; i != 9; ++i) {
    Ticket ticket;
    ticket.state = static_cast<TicketState>(i);
    states.push_back(PackTicket(ticket).front());
  }
  EXPECT_EQ(states, "WCSDAXHEM");
  std::string events;
  for (int i = 0; i != 26; ++i) {
    Event event;
    event.kind = static_cast<EventKind>(i);
    events.push_back(PackEventHeader(event).at(2));
  }
  EXPECT_EQ(events, "OICRSDABXPQHhrTFMmVEUoxKpq");
}

// As the first release wrote them.
TEST(TicketCodecTest, RecordsOfTheFirstReleaseAreRead) {
  Ticket ticket;
  ticket.id = {"20261123-a-00007"};
  ticket.number = "A8";
  ticket.service = {"tax"};
  ticket.state = TicketState::kCompleted;
  ticket.arrival = At(5);
  ticket.rank.ms = 6;
  ticket.language = "en";
  ticket.ended = At(7);
  ticket.outcome = "issued";
  std::string const record =
      "D|1|20261123-a-00007|A8|tax|1|5|6|en||0|||7|issued";
  EXPECT_THAT(UnpackTicket(record), IsOkAnd(Eq(ticket)));
  // Settling compares records.
  EXPECT_EQ(PackTicket(ticket), record);
  Counter counter;
  counter.id = {"5"};
  counter.open = true;
  counter.session = 2;
  counter.staff = {"aoi"};
  counter.ticket = ticket.id;
  counter.version = 3;
  EXPECT_THAT(UnpackCounter("1|5|1|2|aoi|20261123-a-00007|3"),
              IsOkAnd(Eq(counter)));
  SettledRequest settled{"Call:1", {ticket, 0, "NEXT_IN_TURN", {}}};
  EXPECT_THAT(UnpackSettled("1|Call:1|0|NEXT_IN_TURN~" + record),
              IsOkAnd(Eq(settled)));
  Event event;
  event.kind = EventKind::kTicketCompleted;
  event.day = {20261123};
  event.time = At(7);
  event.staff = {"aoi"};
  EXPECT_THAT(UnpackEventHeader("1|D|20261123|7|aoi|"), IsOkAnd(Eq(event)));
}

TEST(TicketCodecTest, ANewTicketAndItsCounterHaveMarks) {
  NewTicket issue;
  issue.ticket.service = {"tax"};
  issue.ticket.state = TicketState::kServing;
  issue.ticket.arrival = At(5);
  issue.ticket.rank.ms = 6;
  issue.ticket.language = "ja";
  issue.ticket.unqueued = true;
  EXPECT_EQ(PackNewTicket(issue), "S|1|\1|\2|tax|1|5|\3|ja||0|||||||||q");
  issue.ranked_now = false;
  EXPECT_EQ(PackNewTicket(issue), "S|1|\1|\2|tax|1|5|6|ja||0|||||||||q");
  Counter counter;
  counter.id = {"5"};
  EXPECT_EQ(PackCounterOfNewTicket(counter), "1|5|0|0||\1|0");
}

TEST(TicketCodecTest, AnIssueIsPutTogetherFromItsPieces) {
  IssueOrder order;
  order.hall.day = {20261123};
  order.now = Timestamp(std::chrono::milliseconds(5));
  order.service = {"tax"};
  order.series.prefix = "%";
  order.language = "en";
  order.queue = {"tax~en"};
  order.next_services = {{"child"}};
  order.device = "kiosk-1";
  order.request.command = "IssueTicket:1";
  auto const pieces = PackIssue(order);
  auto const record = pieces.before + "20261123-a-00007" + "|" +
                      PackRecordText(order.series.prefix) + "8" +
                      pieces.middle + "6" + pieces.after;
  Ticket expected;
  expected.id = {"20261123-a-00007"};
  expected.number = "%8";
  expected.service = {"tax"};
  expected.arrival = order.now;
  expected.rank.ms = 6;
  expected.language = "en";
  expected.queue = order.queue;
  expected.next_services = order.next_services;
  EXPECT_THAT(UnpackTicket(record), IsOkAnd(Eq(expected)));
  auto const event = UnpackEventHeader(pieces.event);
  ASSERT_TRUE(event.ok());
  EXPECT_EQ(event->kind, EventKind::kTicketIssued);
  EXPECT_EQ(event->device, "kiosk-1");
  auto const settled = UnpackSettled(pieces.settled + record);
  ASSERT_TRUE(settled.ok());
  EXPECT_EQ(settled->command, "IssueTicket:1");
  EXPECT_EQ(settled->outcome.ticket, expected);
}

// The queue of the service itself is not written.
TEST(TicketCodecTest, AFreshTicketIsShort) {
  IssueOrder order;
  order.service = {"tax"};
  order.queue = {"tax"};
  order.language = "ja";
  auto const pieces = PackIssue(order);
  EXPECT_EQ(pieces.before + pieces.middle + pieces.after,
            "W|1||tax|1|0||ja||0||||");
}

TEST(TicketCodecTest, ForeignRecordsAreNamedAsSuch) {
  for (auto const* const record :
       {"", "?", "W", "Z|1|a|b|c|1|5|6|ja||0||||", "W|2|a|b|c|1|5|6|ja||0||||",
        "W|1|a|b|c|x|5|6|ja||0||||", "W|1|a|b|c|1|5|6|ja||0||||%7",
        "W|1|a|b|c|1|5|6|ja||99999999999||||",
        // No end of a list, no mark, half a hold.
        "W|1|a|b|c|1|5|6|ja||0|||||q|a", "W|1|a|b|c|1|5|6|ja||0|||||q||||z",
        "W|1|a|b|c|1|5|6|ja||0|||||q|||||||5",
        "W|1|a|b|c|1|5|6|ja||0|||||q|||||||||form"}) {
    EXPECT_THAT(UnpackTicket(record),
                IsError(absl::StatusCode::kInternal, "STORE_KEY_FOREIGN"))
        << record;
  }
}

}  // namespace
}  // namespace madoguchi::ticketing
