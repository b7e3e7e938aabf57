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

TEST_F(ReplayTest, RefusesServersWithAnotherClock) {
  options_.scale.office_start += std::chrono::hours(24);
  auto const outcome = PlayDay(day_, *office_, options_);
  EXPECT_EQ(outcome.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(outcome.status().message()),
              HasSubstr("--clock_scale"));
}

}  // namespace
}  // namespace madoguchi::replay
