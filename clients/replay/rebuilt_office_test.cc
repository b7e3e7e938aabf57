#include "clients/replay/rebuilt_office.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace madoguchi::replay {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ticketing::v1::Counter;
using ticketing::v1::Event;
using ticketing::v1::Service;
using ticketing::v1::Ticket;

class RebuiltOfficeTest : public ::testing::Test {
 protected:
  void OpenDay(std::string const& day) {
    day_ = day;
    Event event;
    event.set_kind(Event::DAY_OPENED);
    Apply(event);
  }

  // The ticket in its next version.
  Ticket Apply(Event::Kind kind, Ticket ticket, std::string const& waited_in,
               std::string const& reason = {}) {
    ticket.set_version(ticket.version() + 1);
    Event event;
    event.set_kind(kind);
    event.set_waited_in(waited_in);
    event.set_reason(reason);
    *event.mutable_ticket() = ticket;
    Apply(event);
    return ticket;
  }

  void Apply(Event event) {
    event.set_sequence(++sequence_);
    event.set_business_day(day_);
    rebuilt_.Apply(event);
  }

  void ApplyCounter(Counter const& counter) {
    Event event;
    event.set_kind(Event::COUNTER_OPENED);
    *event.mutable_counter_state() = counter;
    Apply(event);
  }

  Ticket Issue(std::string const& id) {
    Ticket ticket;
    ticket.set_name("offices/honcho/tickets/" + id);
    ticket.set_state(Ticket::WAITING);
    ticket.set_service("renew");
    ticket.set_queue("renew~en");
    return Apply(Event::TICKET_ISSUED, ticket, "");
  }

  static ListedOffice Listed(std::vector<Ticket> tickets, int waiting) {
    ListedOffice listed;
    listed.tickets = std::move(tickets);
    Service service;
    service.set_service("renew");
    service.set_waiting_count(waiting);
    listed.services = {service};
    return listed;
  }

  static Counter CounterAt(std::int64_t version) {
    Counter counter;
    counter.set_name("offices/honcho/counters/2");
    counter.set_version(version);
    counter.set_open(version != 0);
    return counter;
  }

  RebuiltOffice rebuilt_;
  std::string day_;
  std::int64_t sequence_ = 0;
};

TEST_F(RebuiltOfficeTest, IsWhatTheServersList) {
  OpenDay("20261123");
  auto ticket = Issue("a");
  ApplyCounter(CounterAt(1));
  rebuilt_.BeginListing();
  ticket.set_note("is not in events");
  auto listed = Listed({ticket}, 1);
  auto counter = CounterAt(1);
  counter.mutable_label()->set_en("Counter 2");
  counter.set_own_waiting_count(3);
  listed.counters = {counter};
  EXPECT_THAT(rebuilt_.Compare(listed), IsEmpty());
}

TEST_F(RebuiltOfficeTest, DifferencesAreToldFieldByField) {
  OpenDay("20261123");
  auto ticket = Issue("a");
  Issue("b");
  rebuilt_.BeginListing();
  ticket.set_state(Ticket::CALLED);
  ticket.set_number("A101");
  auto other = ticket;
  other.set_name("offices/honcho/tickets/c");
  auto listed = Listed({ticket, other}, 1);
  listed.counters = {CounterAt(4)};
  EXPECT_THAT(
      rebuilt_.Compare(listed),
      ElementsAre(
          "offices/honcho/tickets/a: added: number: \"A101\"",
          "offices/honcho/tickets/a: modified: state: WAITING -> CALLED",
          "offices/honcho/tickets/c: is listed, but not in the log",
          "offices/honcho/tickets/b: is in the log, but not listed",
          "offices/honcho/counters/2: added: open: true",
          "offices/honcho/counters/2: added: version: 4",
          "renew: 1 wait as listed, 2 by the log"));
}

TEST_F(RebuiltOfficeTest, WhatChangesWhileTheServersListMayBeListedSoOrSo) {
  OpenDay("20261123");
  auto const before = Issue("a");
  ApplyCounter(CounterAt(1));
  rebuilt_.BeginListing();
  auto called = before;
  called.set_state(Ticket::CALLED);
  auto const after = Apply(Event::TICKET_CALLED, called, "renew~en");
  ApplyCounter(CounterAt(2));
  auto const issued = Issue("b");
  for (auto const& tickets :
       std::vector<std::vector<Ticket>>{{before}, {after}, {after, issued}}) {
    for (int const waiting : {0, 1}) {
      for (int const version : {1, 2}) {
        auto listed = Listed(tickets, waiting);
        listed.counters = {CounterAt(version)};
        EXPECT_THAT(rebuilt_.Compare(listed), IsEmpty());
      }
    }
  }
  EXPECT_FALSE(rebuilt_.Compare(Listed({after}, 2)).empty());
}

TEST_F(RebuiltOfficeTest, ADayBeginsWithWhoIsCarriedOver) {
  OpenDay("20261123");
  auto carried = Issue("a");
  auto expired = Issue("b");
  OpenDay("20261124");
  carried = Apply(Event::TICKET_CARRIED_OVER, carried, "renew~en", "DAY_ENDED");
  expired.set_state(Ticket::EXPIRED);
  Apply(Event::TICKET_EXPIRED, expired, "renew~en", "DAY_ENDED");
  rebuilt_.BeginListing();
  EXPECT_THAT(rebuilt_.Compare(Listed({carried}, 1)), IsEmpty());
  OpenDay("20261125");
  EXPECT_TRUE(rebuilt_.day_changed());
}

TEST_F(RebuiltOfficeTest, ALogThatCannotBeIsTold) {
  OpenDay("20261123");
  auto ticket = Issue("a");
  ticket.set_version(7);
  ++sequence_;
  auto const edited = Apply(Event::TICKET_EDITED, ticket, "renew~en");
  rebuilt_.BeginListing();
  EXPECT_THAT(rebuilt_.Compare(Listed({edited}, 1)),
              ElementsAre("event 4 follows event 2",
                          "event 4: offices/honcho/tickets/a goes from version "
                          "1 to 8"));
}

}  // namespace
}  // namespace madoguchi::replay
