#include "clients/replay/day.h"
#include "clients/replay/csv.h"
#include "clients/replay/visit_plan.h"
#include "tests/support/status_matchers.h"
#include "absl/strings/str_replace.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::replay {
namespace {

using ::madoguchi::testing::IsOk;
using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Optional;

constexpr char kDay[] =
    "# date: 2026-06-01\n"
    "# office: honcho\n"
    "# source: a test\n"
    "# service_minutes: invented\n"
    "# way_seconds: 10-20\n"
    "# note: nobody was there\n"
    "# shift: 2 08:30-12:00\n"
    "# shift: 2 12:45-17:15\n"
    "# shift: 3 09:00-24:00\n"
    "arrival_time,service,service_minutes,leaves_after_minutes,no_show\n"
    "08:31:05,renew,14.50,,\n"
    "08:31:05,card,,30.25,1\n";

Office MakeOffice() {
  Office office;
  office.id = OfficeId{"honcho"};
  office.time_zone = "Asia/Tokyo";
  office.cut_over_hour = 4;
  for (auto const* id : {"renew", "card"}) {
    Service service;
    service.id = ServiceId{id};
    service.expected = std::chrono::minutes(15);
    office.services.push_back(service);
  }
  office.counters = {
      {CounterId{"2"}, {}, {{ServiceId{"renew"}}}},
      {CounterId{"3"}, {}, {{ServiceId{"renew"}}, {ServiceId{"card"}}}}};
  return office;
}

/// The message of the error that `text` is refused with.
std::string Refusal(std::string const& text) {
  auto const day = ParseDay(text, "day.csv");
  EXPECT_EQ(day.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(day.status().message());
}

std::string Edited(std::string const& from, std::string const& to) {
  auto const text = absl::StrReplaceAll(kDay, {{from, to}});
  EXPECT_NE(text, kDay) << from << " is not in the day";
  return text;
}

TEST(ParseDay, ReadsWhatTheReadmeDescribes) {
  auto const day = ParseDay(kDay, "day.csv");
  ASSERT_THAT(day, IsOk());
  EXPECT_EQ(day->date, "2026-06-01");
  EXPECT_EQ(day->office.value, "honcho");
  EXPECT_EQ(day->service_minutes, ServiceMinutes::kInvented);
  EXPECT_EQ(day->longest_way, std::chrono::seconds(20));
  EXPECT_THAT(day->notes, ElementsAre("nobody was there"));
  ASSERT_EQ(day->shifts.size(), 3U);
  EXPECT_EQ(day->shifts[2].to, std::chrono::hours(24));
  ASSERT_EQ(day->arrivals.size(), 2U);
  EXPECT_EQ(FormatTimeOfDay(day->arrivals[0].time), "08:31:05");
  EXPECT_THAT(day->arrivals[0].service_minutes, Optional(DoubleEq(14.5)));
  EXPECT_EQ(day->arrivals[0].leaves_after_minutes, std::nullopt);
  EXPECT_EQ(day->arrivals[1].service_minutes, std::nullopt);
  EXPECT_THAT(day->arrivals[1].leaves_after_minutes, Optional(DoubleEq(30.25)));
  EXPECT_TRUE(day->arrivals[1].no_show);
}

TEST(ParseDay, ReadsWhatFormatDayWrote) {
  auto const day = ParseDay(kDay, "day.csv");
  ASSERT_THAT(day, IsOk());
  EXPECT_EQ(FormatDay(*day), kDay);
}

TEST(ParseDay, ReadsAndWritesWhatThereIsToDoAboutCertificates) {
  auto const text =
      absl::StrReplaceAll(kDay, {{"no_show\n", "no_show,case\n"},
                                 {"14.50,,\n", "14.50,,,pin_forgotten\n"},
                                 {"30.25,1\n", "30.25,1,\n"}});
  auto const day = ParseDay(text, "day.csv");
  ASSERT_THAT(day, IsOk());
  EXPECT_EQ(day->arrivals[0].case_kind, CaseKind::kPinForgotten);
  EXPECT_EQ(day->arrivals[1].case_kind, CaseKind::kNone);
  EXPECT_EQ(FormatDay(*day), text);
  EXPECT_THAT(Refusal(absl::StrReplaceAll(text, {{"pin_forgotten", "pin"}})),
              HasSubstr("line 11, column case: \"pin\""));
}

TEST(ParseDay, NamesTheLineAndTheColumn) {
  EXPECT_EQ(
      Refusal(Edited("14.50", "long")),
      "day.csv, line 11, column service_minutes: \"long\" is not a number "
      "from 0 to 1440 or empty.");
  EXPECT_THAT(Refusal(Edited("30.25", "-1")),
              HasSubstr("line 12, column leaves_after_minutes"));
  EXPECT_THAT(Refusal(Edited("30.25", "nan")),
              HasSubstr("column leaves_after_minutes"));
  EXPECT_THAT(Refusal(Edited("30.25,1", "30.25,yes")),
              HasSubstr("line 12, column no_show"));
  EXPECT_THAT(Refusal(Edited("08:31:05,card", "08:31:04,card")),
              HasSubstr("line 12, column arrival_time"));
  EXPECT_THAT(Refusal(Edited("08:31:05,card", "24:00:00,card")),
              HasSubstr("line 12, column arrival_time"));
  EXPECT_THAT(Refusal(Edited("08:31:05,renew", "8:31,renew")),
              HasSubstr("line 11, column arrival_time"));
  EXPECT_THAT(Refusal(Edited("05,renew,", "05,,")),
              HasSubstr("line 11, column service"));
  EXPECT_THAT(Refusal(Edited("14.50,,", "14.50,")),
              HasSubstr("line 11: 4 values, not 5."));
}

TEST(ParseDay, NamesTheLineAndTheKey) {
  EXPECT_THAT(Refusal(Edited("2026-06-01", "2026-06-31")),
              HasSubstr("line 1, key date"));
  EXPECT_THAT(Refusal(Edited("2026-06-01", "1 June")),
              HasSubstr("line 1, key date"));
  EXPECT_THAT(Refusal(Edited("invented", "guessed")),
              HasSubstr("line 4, key service_minutes"));
  EXPECT_THAT(Refusal(Edited("10-20", "20-10")),
              HasSubstr("line 5, key way_seconds"));
  EXPECT_THAT(Refusal(Edited("12:45-17:15", "11:45-17:15")),
              HasSubstr("line 8, key shift"));
  EXPECT_THAT(Refusal(Edited("12:45-17:15", "17:15-12:45")),
              HasSubstr("line 8, key shift"));
  EXPECT_THAT(Refusal(Edited("# note", "# remark")),
              HasSubstr("line 6: key remark is unknown."));
  EXPECT_THAT(Refusal(Edited("# note: nobody was there", "# office: tobu")),
              HasSubstr("line 6: key office stands there twice."));
}

TEST(ParseDay, RefusesADayThatIsNotWhole) {
  EXPECT_THAT(Refusal(""), HasSubstr("without a key date"));
  EXPECT_THAT(Refusal(Edited("# source: a test\n", "")),
              HasSubstr("without a key source"));
  EXPECT_THAT(Refusal(Edited("# shift", "# note")),
              HasSubstr("without a key shift"));
  EXPECT_THAT(Refusal(Edited("leaves_after_minutes,", "")),
              HasSubstr("line 10: the heading must be arrival_time,"));
  EXPECT_THAT(Refusal(std::string(kDay) + "# note: late\n"),
              HasSubstr("line 13: keys stand above the heading."));
}

TEST(ReadDay, TellsThatAFileIsMissing) {
  EXPECT_EQ(ReadDay("/nowhere/day.csv").status().code(),
            absl::StatusCode::kNotFound);
}

TEST(CheckDay, WantsCountersAndServicesThatTheOfficeHas) {
  auto const office = MakeOffice();
  auto day = ParseDay(kDay, "day.csv");
  ASSERT_THAT(day, IsOk());
  EXPECT_THAT(CheckDay(*day, office), IsOk());

  day->shifts.pop_back();
  EXPECT_THAT(std::string(CheckDay(*day, office).message()),
              HasSubstr("Nobody serves card"));

  day->shifts.push_back(
      {CounterId{"9"}, std::chrono::hours(9), std::chrono::hours(10)});
  EXPECT_THAT(std::string(CheckDay(*day, office).message()),
              HasSubstr("counter 9"));
}

// A day that ran into the next business day lost its last tickets.
TEST(CheckDay, WantsADayInsideOneBusinessDay) {
  auto office = MakeOffice();
  auto const day = ParseDay(kDay, "day.csv");
  ASSERT_THAT(day, IsOk());
  // The last shift ends at 24:00.
  office.cut_over_hour = 1;
  EXPECT_THAT(CheckDay(*day, office), IsOk());
  office.cut_over_hour = 0;
  EXPECT_THAT(std::string(CheckDay(*day, office).message()),
              HasSubstr("from 08:30:00 to 24:00:00"));
  office.cut_over_hour = 9;
  EXPECT_THAT(std::string(CheckDay(*day, office).message()),
              HasSubstr("begins at 9:00"));
}

TEST(PointInTime, IsOnTheOfficesWall) {
  auto const office = MakeOffice();
  auto const day = ParseDay(kDay, "day.csv");
  ASSERT_THAT(day, IsOk());
  auto const point = PointInTime(*day, office, std::chrono::hours(10));
  EXPECT_EQ(WallClock(office, point), "10:00");
  EXPECT_EQ(BusinessDayOf(office, point).yyyymmdd, 20260601);
}

TEST(PlanVisits, IsTheSameForTheSameSeed) {
  auto const office = MakeOffice();
  auto const day = ParseDay(kDay, "day.csv");
  ASSERT_THAT(day, IsOk());
  auto const once = PlanVisits(*day, office, 7, 0.5, 1);
  auto const again = PlanVisits(*day, office, 7, 0.5, 1);
  auto const other = PlanVisits(*day, office, 8, 0.5, 1);
  ASSERT_EQ(once.size(), 2U);
  EXPECT_EQ(once[1].service_time, again[1].service_time);
  EXPECT_EQ(once[1].way_time, again[1].way_time);
  EXPECT_NE(once[1].service_time, other[1].service_time);
}

TEST(PlanVisits, DrawsOnlyWhatTheFileLeavesOpen) {
  auto const office = MakeOffice();
  auto const day = ParseDay(kDay, "day.csv");
  ASSERT_THAT(day, IsOk());
  auto const plans = PlanVisits(*day, office, 7, 1, 1);
  EXPECT_TRUE(plans[0].service_time_given);
  EXPECT_EQ(plans[0].service_time, std::chrono::seconds(870));
  EXPECT_FALSE(plans[1].service_time_given);
  EXPECT_GT(plans[1].service_time, std::chrono::minutes(1));
  EXPECT_TRUE(plans[1].cancels);
  EXPECT_TRUE(plans[1].no_show);
  EXPECT_GE(plans[0].way_time, std::chrono::seconds(10));
  EXPECT_LE(plans[0].way_time, std::chrono::seconds(20));
}

TEST(Random, DrawsServiceTimesWithTheMeanAsked) {
  constexpr int kDraws = 20'000;
  Random random(1);
  double sum = 0;
  for (int i = 0; i != kDraws; ++i) {
    sum += random.LognormalWithMean(15, kServiceSigma);
  }
  EXPECT_NEAR(sum / kDraws, 15, 0.3);
}

TEST(SplitCsvLine, KnowsQuotes) {
  auto const values = SplitCsvLine("a,\"b,\"\"c\"\"\",");
  ASSERT_THAT(values, IsOk());
  EXPECT_THAT(*values, ElementsAre("a", "b,\"c\"", ""));
  EXPECT_EQ(SplitCsvLine("\"a,b").status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace madoguchi::replay
