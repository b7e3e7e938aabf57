#include "services/ticketing/adapters/ticket_codec.h"
#include "tests/support/status_matchers.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace madoguchi::ticketing {
namespace {

using ::testing::Eq;
using testing::IsError;
using testing::IsOkAnd;

Timestamp AnyTime() {
  return Timestamp(std::chrono::milliseconds(*rc::gen::arbitrary<int>()));
}

std::optional<Timestamp> PerhapsTime() {
  if (*rc::gen::arbitrary<bool>()) return std::nullopt;
  return AnyTime();
}

std::string AnyText() { return *rc::gen::arbitrary<std::string>(); }

Ticket AnyTicket() {
  Ticket ticket;
  ticket.id.value = AnyText();
  ticket.number = AnyText();
  ticket.service.value = AnyText();
  ticket.state = static_cast<TicketState>(*rc::gen::inRange(0, 6));
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
  return ticket;
}

RC_GTEST_PROP(TicketCodecTest, ATicketComesBackAsItWas, ()) {
  auto const ticket = AnyTicket();
  auto const back = UnpackTicket(PackTicket(ticket));
  RC_ASSERT(back.ok());
  RC_ASSERT(*back == ticket);
}

RC_GTEST_PROP(TicketCodecTest, FieldsOfLaterReleasesArePassedOver, ()) {
  auto const ticket = AnyTicket();
  auto const back = UnpackTicket(PackTicket(ticket) + "|new|fields");
  RC_ASSERT(back.ok());
  RC_ASSERT(*back == ticket);
}

RC_GTEST_PROP(TicketCodecTest, ACutRecordIsRefused, ()) {
  auto record = PackTicket(AnyTicket());
  auto const last = record.rfind('|');
  record.resize(*rc::gen::inRange<std::size_t>(0, last + 1));
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
  auto const back = UnpackCounter(PackCounter(counter));
  RC_ASSERT(back.ok());
  RC_ASSERT(*back == counter);
}

RC_GTEST_PROP(TicketCodecTest, ASettledRequestComesBackAsItWas, ()) {
  SettledRequest settled;
  settled.command = AnyText();
  settled.outcome.session = *rc::gen::arbitrary<std::int64_t>();
  settled.outcome.reason = AnyText();
  if (*rc::gen::arbitrary<bool>()) settled.outcome.ticket = AnyTicket();
  auto const back =
      UnpackSettled(PackSettled(settled.command, settled.outcome));
  RC_ASSERT(back.ok());
  RC_ASSERT(*back == settled);
}

RC_GTEST_PROP(TicketCodecTest, AnEventComesBackAsItWas, ()) {
  Event event;
  event.kind = static_cast<EventKind>(*rc::gen::inRange(0, 11));
  event.day.yyyymmdd = *rc::gen::arbitrary<int>();
  event.time = AnyTime();
  event.staff.value = AnyText();
  event.reason = AnyText();
  auto const back = UnpackEventHeader(PackEventHeader(event));
  RC_ASSERT(back.ok());
  RC_ASSERT(*back == event);
}

RC_GTEST_PROP(TicketCodecTest, AnyTextIsReadOrRefused, (std::string text)) {
  for (auto const& begin : {"", "W|1|", "1|", "1|O|"}) {
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
  EXPECT_EQ(PackSettled("Call:1", {}), "1|Call:1|0|~");
  Event event;
  event.day = {20261123};
  EXPECT_EQ(PackEventHeader(event), "1|O|20261123|0||");
}

TEST(TicketCodecTest, AnIssueIsPutTogetherFromItsPieces) {
  IssueOrder order;
  order.hall.day = {20261123};
  order.now = Timestamp(std::chrono::milliseconds(5));
  order.service = {"tax"};
  order.series.prefix = "%";
  order.language = "en";
  order.request.command = "IssueTicket:1";
  auto const pieces = PackIssue(order);
  auto const record = pieces.before + "20261123-a-00007" + "|" +
                      pieces.number_prefix + "8" + pieces.middle + "6" +
                      pieces.after;
  Ticket expected;
  expected.id = {"20261123-a-00007"};
  expected.number = "%8";
  expected.service = {"tax"};
  expected.arrival = order.now;
  expected.rank.ms = 6;
  expected.language = "en";
  EXPECT_THAT(UnpackTicket(record), IsOkAnd(Eq(expected)));
  auto const settled = UnpackSettled(pieces.settled + record);
  ASSERT_TRUE(settled.ok());
  EXPECT_EQ(settled->command, "IssueTicket:1");
  EXPECT_EQ(settled->outcome.ticket, expected);
}

TEST(TicketCodecTest, ForeignRecordsAreNamedAsSuch) {
  for (auto const* const record :
       {"", "?", "W", "Z|1|a|b|c|1|5|6|ja||0||||", "W|2|a|b|c|1|5|6|ja||0||||",
        "W|1|a|b|c|x|5|6|ja||0||||", "W|1|a|b|c|1|5|6|ja||0||||%7",
        "W|1|a|b|c|1|5|6|ja||99999999999||||"}) {
    EXPECT_THAT(UnpackTicket(record),
                IsError(absl::StatusCode::kInternal, "STORE_KEY_FOREIGN"))
        << record;
  }
}

}  // namespace
}  // namespace madoguchi::ticketing
