#include "services/ticketing/domain/life.h"
#include "services/ticketing/domain/office_projection.h"
#include "tests/support/ticket_builders.h"
#include <gtest/gtest.h>
#include <utility>

namespace madoguchi::ticketing {
namespace {

// A display that watches while the business day changes.
class OfficeProjectionDayTest : public ::testing::Test {
 protected:
  void Apply(EventKind kind, BusinessDay day, std::optional<Ticket> ticket,
             QueueId const& waited_in = {}, std::string const& reason = {}) {
    Event event;
    event.sequence = ++sequence_;
    event.kind = kind;
    event.day = day;
    event.time = kTenOClock;
    event.ticket = std::move(ticket);
    event.waited_in = waited_in;
    event.reason = reason;
    projection_.Apply(event);
  }

  std::int64_t Waiting() const {
    return projection_.Picture(kTenOClock).services.front().waiting;
  }

  void BeginTheNextDay(DayEnd end, EventKind kind) {
    auto const ticket = WaitingTicket(0);
    Apply(EventKind::kDayOpened, kToday, {});
    Apply(EventKind::kTicketIssued, kToday, ticket);
    ASSERT_EQ(Waiting(), 1);
    Apply(EventKind::kDayOpened, kTomorrow, {});
    ASSERT_EQ(Waiting(), 0);
    Apply(kind, kTomorrow,
          life::EndDay(ticket, kToday, end, {"renew"}, kTenOClock), {"renew"},
          kDayEndedReason);
  }

  BusinessDay const kTomorrow{20261124};
  Office const office_ = MakeCity().offices.front();
  OfficeProjection projection_{office_};
  std::int64_t sequence_ = 0;
};

TEST_F(OfficeProjectionDayTest, WhoIsCarriedOverWaitsOnTheNewDay) {
  BeginTheNextDay(DayEnd::kCarryOver, EventKind::kTicketCarriedOver);
  EXPECT_EQ(Waiting(), 1);
}

TEST_F(OfficeProjectionDayTest, WhoExpiresDidNotWaitOnTheNewDay) {
  BeginTheNextDay(DayEnd::kExpire, EventKind::kTicketExpired);
  EXPECT_EQ(Waiting(), 0);
}

}  // namespace
}  // namespace madoguchi::ticketing
