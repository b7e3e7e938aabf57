#include "clients/replay/play_day.h"
#include "clients/replay/rebuild.h"
#include "clients/replay/report.h"
#include "clients/sdk/office_watch.h"
#include "services/office/settings.h"
#include "tests/support/redis_server.h"
#include "tests/support/status_matchers.h"
#include "tests/support/ticketing_server.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::replay {
namespace {

using ::madoguchi::testing::IsOk;
using ::madoguchi::testing::RedisServer;
using ::madoguchi::testing::TicketingOptions;
using ::madoguchi::testing::TicketingServer;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kSettings[] = "deploy/config/example-city.textproto";

/// Office seconds in a second of the machine: the day below takes some seven.
constexpr double kSpeed = 600;

/// An hour with 40 visitors at three counters. Every eighth does not come when
/// called, every seventh gives up after five minutes.
Day MakeDay() {
  Day day;
  day.date = "2026-06-01";
  day.office = OfficeId{"honcho"};
  day.source = "a system test";
  for (auto const* counter : {"2", "5", "8"}) {
    day.shifts.push_back(
        {CounterId{counter}, std::chrono::hours(9), std::chrono::hours(12)});
  }
  char const* const services[] = {"renew_self", "renew_proxy", "card_apply",
                                  "card_pickup"};
  for (int i = 0; i != 40; ++i) {
    Arrival arrival;
    arrival.time = std::chrono::hours(9) + std::chrono::seconds(90 * i);
    arrival.service = ServiceId{services[i % 4]};
    arrival.service_minutes = 3 + i % 5;
    if (i % 7 == 6) arrival.leaves_after_minutes = 5;
    arrival.no_show = i % 8 == 7;
    day.arrivals.push_back(arrival);
  }
  return day;
}

/// Two replicas on one Redis, on the office's clock of the day.
class ReplayTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto city = ReadCity(kSettings);
    ASSERT_THAT(city, IsOk());
    city_ = *std::move(city);
    office_ = city_.FindOffice(day_.office);
    ASSERT_NE(office_, nullptr);
    options_.scale =
        StartScale(day_, *office_, kSpeed, std::chrono::seconds(2));
    for (int replica = 0; replica != 2; ++replica) {
      TicketingOptions options;
      options.binary = TICKETING_BINARY;
      options.settings = kSettings;
      options.redis = "unix:" + redis_.socket();
      options.flags = {"--clock", "scaled", "--clock_scale",
                       FormatScale(options_.scale)};
      options.output_path = redis_.folder() + "/ticketing.log";
      auto server = TicketingServer::Start(options);
      ASSERT_THAT(server, IsOk());
      servers_.push_back(*std::move(server));
      options_.targets.push_back(servers_.back()->address());
    }
  }

  void ExpectGood(Outcome const& outcome) {
    EXPECT_THAT(FindContradictions(outcome), IsEmpty());
    EXPECT_THAT(outcome.problems, IsEmpty());
    auto const tally = CountVisits(outcome.visits);
    EXPECT_EQ(tally.issued, 40);
    EXPECT_EQ(tally.waiting, 0);
    EXPECT_GE(tally.completed, 20);
    EXPECT_GE(tally.absent, 1);
    EXPECT_GE(tally.cancelled, 1);
  }

  // The servers list what their log says.
  void ExpectRebuilt() {
    sdk::ClientOptions options;
    options.targets = options_.targets;
    auto const rebuild = RebuildOffice(options, "offices/honcho");
    ASSERT_THAT(rebuild, IsOk());
    EXPECT_EQ(rebuild->tickets, 40U);
    EXPECT_THAT(rebuild->differences, IsEmpty());
  }

  Day const day_ = MakeDay();
  City city_;
  Office const* office_ = nullptr;
  RedisServer redis_{{"--appendonly", "yes", "--appendfsync", "always",
                      "--maxmemory-policy", "noeviction"}};
  std::vector<std::unique_ptr<TicketingServer>> servers_;
  PlayOptions options_;
};

TEST_F(ReplayTest, ADayAddsUp) {
  auto const outcome = PlayDay(day_, *office_, options_);
  ASSERT_THAT(outcome, IsOk());
  ExpectGood(*outcome);
  EXPECT_THAT(FormatReport(*outcome),
              HasSubstr("inside a service 0 out of order"));
  ExpectRebuilt();
}

TEST_F(ReplayTest, ADayAddsUpThoughAReplicaIsKilled) {
  std::promise<void> under_way;
  int completed = 0;
  sdk::ClientOptions watched;
  watched.targets = {servers_[1]->address()};
  sdk::OfficeWatch const watch(
      watched, "offices/honcho", 0,
      [&](auto const& update) {
        bool const one_more =
            update.event().kind() == ticketing::v1::OfficeEvent::COMPLETED;
        if (one_more && ++completed == 5) under_way.set_value();
      },
      [](auto const&) {});

  auto outcome = std::async(
      std::launch::async, [this] { return PlayDay(day_, *office_, options_); });
  under_way.get_future().wait();
  servers_[0]->Kill();
  ASSERT_THAT(servers_[0]->Restart(), IsOk());

  auto const played = outcome.get();
  ASSERT_THAT(played, IsOk());
  ExpectGood(*played);
  ExpectRebuilt();
}

// A newcomer takes counter 5 from its clerk in the middle of the day, finishes
// with whoever is there, and closes it: the clerk comes back, and nobody's day
// is spoilt.
TEST_F(ReplayTest, AClerkLeavesTheCounterToAPersonAndComesBack) {
  constexpr char kCounter[] = "offices/honcho/counters/5";
  std::promise<void> under_way;
  std::promise<void> back;
  std::atomic<bool> closed = false;
  int completed = 0;
  bool told = false;
  sdk::ClientOptions watched;
  watched.targets = options_.targets;
  sdk::OfficeWatch const watch(
      watched, "offices/honcho", 0,
      [&](auto const& update) {
        using Event = ticketing::v1::OfficeEvent;
        auto const kind = update.event().kind();
        if (kind == Event::COMPLETED && ++completed == 5) under_way.set_value();
        bool const opened = kind == Event::COUNTER_OPENED &&
                            update.event().counter().counter() == "5";
        if (opened && closed && !told) {
          told = true;
          back.set_value();
        }
      },
      [](auto const&) {});
  options_.with_people = true;
  auto outcome = std::async(
      std::launch::async, [this] { return PlayDay(day_, *office_, options_); });
  under_way.get_future().wait();

  sdk::TicketingClient client(watched);
  ticketing::v1::OpenCounterRequest open;
  open.set_counter(kCounter);
  open.set_staff("hana");
  open.set_take_over(true);
  auto const opened = client.OpenCounter(open);
  ASSERT_THAT(opened, IsOk());
  if (opened->has_ticket()) {
    auto const& ticket = opened->ticket();
    ticketing::v1::StartServingRequest start;
    start.set_ticket(ticket.name());
    start.set_counter(kCounter);
    start.set_session(opened->session());
    if (ticket.state() == ticketing::v1::Ticket::CALLED) {
      ASSERT_THAT(client.StartServing(start), IsOk());
    }
    ticketing::v1::CompleteTicketRequest complete;
    complete.set_ticket(ticket.name());
    complete.set_counter(kCounter);
    complete.set_session(opened->session());
    ASSERT_THAT(client.CompleteTicket(complete), IsOk());
  }
  closed = true;
  ticketing::v1::CloseCounterRequest close;
  close.set_counter(kCounter);
  close.set_session(opened->session());
  ASSERT_THAT(client.CloseCounter(close), IsOk());
  back.get_future().wait();

  auto const played = outcome.get();
  ASSERT_THAT(played, IsOk());
  EXPECT_THAT(played->problems, IsEmpty());
}

TEST_F(ReplayTest, RefusesServersWithAnotherClock) {
  options_.scale.office_start += std::chrono::hours(24);
  auto const outcome = PlayDay(day_, *office_, options_);
  EXPECT_EQ(outcome.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(outcome.status().message()),
              HasSubstr("--clock_scale"));
}

}  // namespace
}  // namespace madoguchi::replay
