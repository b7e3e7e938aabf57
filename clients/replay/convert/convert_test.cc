#include "clients/replay/convert/bank.h"
#include "clients/replay/convert/conversion.h"
#include "clients/replay/convert/synthetic.h"
#include "clients/replay/convert/warsaw.h"
#include "clients/replay/csv.h"
#include "services/office/settings.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace madoguchi::replay {
namespace {

using ::madoguchi::testing::IsOk;
using ::testing::DoubleEq;
using ::testing::DoubleNear;
using ::testing::HasSubstr;
using ::testing::Optional;

// Beside the project, not in it.
constexpr char kQueueLogs[] = "../shared/data/queue-logs";

std::string Write(std::string const& name, std::string const& text) {
  // Cases run side by side, each in a process of its own.
  auto const path =
      ::testing::TempDir() + "/" + std::to_string(getpid()) + "-" + name;
  std::ofstream(path) << text;
  return path;
}

/// Whether replay and servers read what was made.
void ExpectPlayable(Conversion const& conversion) {
  auto const day = ParseDay(FormatDay(conversion.day), "day.csv");
  ASSERT_THAT(day, IsOk());
  auto const city = ParseCity(FormatSettings(conversion), "city.textproto");
  ASSERT_THAT(city, IsOk());
  auto const* const office = city->FindOffice(day->office);
  ASSERT_NE(office, nullptr);
  EXPECT_THAT(CheckDay(*day, *office), IsOk());
}

WarsawOptions SampleOfWarsaw() {
  WarsawOptions options;
  options.tickets =
      Write("tickets.csv",
            "office,group_id,group_name,date,ticket_no,arr_lo_min,arr_hi_min,"
            "arr_est_min,call_lo_min,call_hi_min,call_est_min,wait_est_min\n"
            "UD_A,2,\"B: Paszporty, odbiór\",2020-01-20,1,1,1,540.5,1,1,1,9\n"
            "UD_A,1,A: Działalność,2020-01-20,1,1,1,480.1,1,1,1,9\n"
            "UD_A,1,A: Działalność,2020-01-21,1,1,1,481,1,1,1,9\n"
            "UD_B,1,A: inne,2020-01-20,1,1,1,482,1,1,1,9\n");
  options.groups =
      Write("groups.csv",
            "office,group_id,letter,nominal_service_min,group_name\n"
            "UD_A,1,A,10,x\nUD_A,2,A,0,x\nUD_B,1,A,60,x\n");
  options.snapshots =
      Write("snapshots.csv",
            "office,group_id,date,minute,current_no,waiting,open_counters\n"
            "UD_A,1,2020-01-20,479,0,0,0\nUD_A,1,2020-01-20,484,0,0,2\n"
            "UD_A,1,2020-01-20,489,0,0,3\nUD_A,1,2020-01-20,494,0,0,2\n");
  options.office = "UD_A";
  options.date = "2020-01-20";
  return options;
}

TEST(ConvertWarsaw, TakesTheArrivalsOfOneOfficeAndDay) {
  auto const made = ConvertWarsaw(SampleOfWarsaw());
  ASSERT_THAT(made, IsOk());
  ExpectPlayable(*made);
  auto const& day = made->day;
  EXPECT_EQ(day.office.value, "ud-a");
  ASSERT_EQ(day.arrivals.size(), 2U);
  EXPECT_EQ(FormatTimeOfDay(day.arrivals[0].time), "08:00:06");
  EXPECT_EQ(day.arrivals[0].service.value, "g1");
  EXPECT_EQ(FormatTimeOfDay(day.arrivals[1].time), "09:00:30");
  EXPECT_EQ(made->settings.offices(0).services(1).display_name().ja(),
            "B: Paszporty, odbiór");
}

TEST(ConvertWarsaw, MarksTheServiceMinutesAsAssumed) {
  auto options = SampleOfWarsaw();
  auto const made = ConvertWarsaw(options);
  ASSERT_THAT(made, IsOk());
  EXPECT_EQ(made->day.service_minutes, ServiceMinutes::kAssumed);
  EXPECT_THAT(FormatDay(made->day), HasSubstr("# service_minutes: assumed\n"));

  EXPECT_EQ(FormatDay(ConvertWarsaw(options)->day), FormatDay(made->day));
  options.seed = 2;
  EXPECT_NE(FormatDay(ConvertWarsaw(options)->day), FormatDay(made->day));
}

TEST(ConvertWarsaw, TakesTheCountersFromTheSnapshots) {
  auto const made = ConvertWarsaw(SampleOfWarsaw());
  ASSERT_THAT(made, IsOk());
  // Two for group 1, and one for group 2, of which the sample shows none.
  EXPECT_EQ(made->settings.offices(0).counters_size(), 3);
  EXPECT_EQ(made->settings.offices(0).counters(1).serves(0).service(), "g1");
  EXPECT_EQ(made->settings.offices(0).counters(2).serves(0).service(), "g2");
}

TEST(ConvertWarsaw, LetsEachOfTheCountersGivenServeAll) {
  auto options = SampleOfWarsaw();
  options.snapshots = "";
  EXPECT_EQ(ConvertWarsaw(options).status().code(),
            absl::StatusCode::kInvalidArgument);
  options.counters = 4;
  auto const made = ConvertWarsaw(options);
  ASSERT_THAT(made, IsOk());
  ExpectPlayable(*made);
  EXPECT_EQ(made->settings.offices(0).counters_size(), 4);
  EXPECT_EQ(made->settings.offices(0).counters(3).serves_size(), 2);
}

TEST(ConvertWarsaw, SaysThatNobodyCame) {
  auto options = SampleOfWarsaw();
  options.date = "2020-02-01";
  EXPECT_EQ(ConvertWarsaw(options).status().code(),
            absl::StatusCode::kNotFound);
}

TEST(ConvertWarsaw, SaysWhichRowIsWrong) {
  auto options = SampleOfWarsaw();
  options.groups = Write("bad_groups.csv",
                         "office,group_id,letter,nominal_service_min\n"
                         "UD_A,1,A,soon\n");
  EXPECT_THAT(std::string(ConvertWarsaw(options).status().message()),
              HasSubstr("bad_groups.csv, line 2: \"soon\" is not a number."));
}

BankOptions SampleOfTheBank() {
  BankOptions options;
  options.date = "1999-03-10";
  options.log = Write(
      "calls.csv",
      "date,isoweekday,type,priority,vru_entry,vru_exit,q_start,q_exit,q_time,"
      "outcome,ser_start,ser_exit,ser_time,server\n"
      "1999-03-10,3,PS,2,25200,25210,25210,25270,60,AGENT,25270,25390,120,S07\n"
      "1999-03-10,3,NW,0,25200,25230,0,0,0,AGENT,25230,25260,30,S01\n"
      "1999-03-10,3,PS,0,25300,25310,25310,25355,45,HANG,0,0,0,\n"
      "1999-03-10,3,PS,0,25300,25310,0,0,0,HANG,0,0,0,\n"
      "1999-03-10,3,PS,0,25300,25310,25310,25311,1,PHANTOM,0,0,0,\n"
      "1999-03-11,4,PS,0,25300,25310,25310,25311,1,HANG,0,0,0,\n");
  return options;
}

TEST(ConvertBank, TakesWhoWasServedAndWhoHungUp) {
  auto const made = ConvertBank(SampleOfTheBank());
  ASSERT_THAT(made, IsOk());
  ExpectPlayable(*made);
  auto const& day = made->day;
  EXPECT_EQ(day.service_minutes, ServiceMinutes::kMeasured);
  ASSERT_EQ(day.arrivals.size(), 3U);
  EXPECT_EQ(FormatTimeOfDay(day.arrivals[0].time), "07:00:10");
  EXPECT_THAT(day.arrivals[0].service_minutes, Optional(DoubleEq(2)));
  EXPECT_EQ(day.arrivals[0].leaves_after_minutes, std::nullopt);
  // Served without waiting: came when the menu ended.
  EXPECT_EQ(FormatTimeOfDay(day.arrivals[1].time), "07:00:30");
  EXPECT_THAT(day.arrivals[1].service_minutes, Optional(DoubleEq(0.5)));
  // Hung up: gives up as late, and the minutes are to be drawn.
  EXPECT_EQ(day.arrivals[2].service_minutes, std::nullopt);
  EXPECT_THAT(day.arrivals[2].leaves_after_minutes,
              Optional(DoubleNear(0.75, 1e-9)));
}

TEST(ConvertBank, GivesAgentsTheShiftsAndTypesOfTheirCalls) {
  auto const made = ConvertBank(SampleOfTheBank());
  ASSERT_THAT(made, IsOk());
  ASSERT_EQ(made->day.shifts.size(), 2U);
  EXPECT_EQ(made->day.shifts[1].counter.value, "s07");
  EXPECT_EQ(FormatTimeOfDay(made->day.shifts[1].from), "07:01:00");
  EXPECT_EQ(FormatTimeOfDay(made->day.shifts[1].to), "07:04:00");
  ASSERT_EQ(made->settings.offices(0).counters(1).serves_size(), 1);
  EXPECT_EQ(made->settings.offices(0).counters(1).serves(0).service(), "ps");
}

TEST(ConvertBank, SaysThatNobodyWasServed) {
  auto options = SampleOfTheBank();
  options.date = "1999-03-11";
  EXPECT_EQ(ConvertBank(options).status().code(), absl::StatusCode::kNotFound);
  options.log = "/nowhere/calls.csv";
  EXPECT_EQ(ConvertBank(options).status().code(), absl::StatusCode::kNotFound);
}

TEST(InventMonday, IsWhatTheProjectShips) {
  auto const shipped = ReadMaybeGzipped("deploy/demo/monday.csv");
  ASSERT_THAT(shipped, IsOk());
  EXPECT_EQ(FormatDay(InventMonday(1)), *shipped)
      << "make it again with replay_convert --from=synthetic --seed=1";
}

TEST(InventMonday, IsPlayedByTheExampleCity) {
  auto const city = ReadCity("deploy/config/example-city.textproto");
  ASSERT_THAT(city, IsOk());
  auto const day = InventMonday(1);
  auto const* const office = city->FindOffice(day.office);
  ASSERT_NE(office, nullptr);
  EXPECT_THAT(CheckDay(day, *office), IsOk());

  EXPECT_EQ(day.arrivals.size(), 220U);
  auto const peak = std::count_if(
      day.arrivals.begin(), day.arrivals.end(), [](Arrival const& arrival) {
        return arrival.time >= std::chrono::hours(10) &&
               arrival.time < std::chrono::hours(15);
      });
  EXPECT_GT(peak, 110);
  EXPECT_LT(day.arrivals.back().time, std::chrono::hours(17));
}

class QueueLogs : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kQueueLogs)) {
      GTEST_SKIP() << "skipped: no queue logs";
    }
  }
};

TEST_F(QueueLogs, GiveADayOfWarsaw) {
  WarsawOptions options;
  options.tickets = std::string(kQueueLogs) + "/warsaw_tickets.csv.gz";
  options.groups = std::string(kQueueLogs) + "/warsaw_groups.csv";
  options.snapshots = std::string(kQueueLogs) + "/warsaw_snapshots.csv.gz";
  options.office = "UD_Bemowo";
  options.date = "2020-01-20";
  auto const made = ConvertWarsaw(options);
  ASSERT_THAT(made, IsOk());
  ExpectPlayable(*made);
  EXPECT_EQ(made->day.arrivals.size(), 1362U);
}

TEST_F(QueueLogs, GiveADayOfTheBank) {
  auto const made =
      ConvertBank({std::string(kQueueLogs) + "/bank_calls_1999_jan_aug.csv.gz",
                   "1999-03-10"});
  ASSERT_THAT(made, IsOk());
  ExpectPlayable(*made);
  // 1481 served and 506 who hung up in the queue.
  EXPECT_EQ(made->day.arrivals.size(), 1987U);
}

}  // namespace
}  // namespace madoguchi::replay
