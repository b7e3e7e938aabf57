#include "services/renewal/adapters/settings_file.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <string>

namespace madoguchi::renewal {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::SizeIs;
using namespace std::chrono_literals;

constexpr char kGood[] = R"(national_system {
  connector: RPC
  open_from_hour: 7 open_until_hour: 19
  no_monthly_maintenance: true
  stops { begins: "2026-05-03T00:00" ends: "2026-05-04T08:30" }
  patience_minutes: 20
}
offices {
  id: "honcho"
  time_zone: "Asia/Tokyo"
  renewal {
    reset_proof: CARD_ONLY
    proxy_reset_in_two_visits: true
    custody: true
    hours { opens: "09:00" last_ticket: "16:45" closes: "17:00" }
  }
}
offices { id: "tobu" time_zone: "Asia/Tokyo" }
)";

Timestamp Utc(std::chrono::year_month_day day, std::chrono::minutes time) {
  return Timestamp(std::chrono::sys_days(day).time_since_epoch() + time);
}

TEST(RenewalSettingsTest, ReadsEachField) {
  auto const settings = ParseRenewalSettings(kGood, "c");
  ASSERT_THAT(settings, IsOk());
  EXPECT_EQ(settings->connector, Connector::kRpc);
  EXPECT_EQ(settings->closures.time_zone, "Asia/Tokyo");
  EXPECT_EQ(settings->closures.open_from, 7);
  EXPECT_EQ(settings->closures.open_until, 19);
  EXPECT_FALSE(settings->closures.monthly_maintenance);
  ASSERT_THAT(settings->closures.stops, SizeIs(1));
  using std::chrono::May;
  using std::chrono::year;
  EXPECT_EQ(settings->closures.stops[0].begins, Utc(year(2026) / May / 2, 15h));
  EXPECT_EQ(settings->closures.stops[0].ends,
            Utc(year(2026) / May / 3, 23h + 30min));
  auto const& office = settings->offices.at({"honcho"});
  EXPECT_EQ(office.connector, Connector::kRpc);
  EXPECT_EQ(office.patience, 20min);
  EXPECT_EQ(office.rules.reset_proof, ResetProof::kCardOnly);
  EXPECT_EQ(office.rules.proxy_reset, ProxyReset::kTwoVisits);
  EXPECT_FALSE(office.rules.proxy_after_expiry);
  EXPECT_TRUE(office.rules.custody);
  EXPECT_EQ(office.hours.opens, 9h);
  EXPECT_EQ(office.hours.last_ticket, 16h + 45min);
  EXPECT_EQ(office.hours.closes, 17h);
}

TEST(RenewalSettingsTest, WhatIsLeftOutIsAsMostCitiesHaveIt) {
  auto const settings = ParseRenewalSettings(kGood, "c");
  ASSERT_THAT(settings, IsOk());
  auto const& office = settings->offices.at({"tobu"});
  EXPECT_EQ(office.rules.reset_proof, ResetProof::kSecondId);
  EXPECT_EQ(office.rules.proxy_reset, ProxyReset::kHolderOnly);
  EXPECT_FALSE(office.rules.custody);
  EXPECT_EQ(office.hours.opens, 8h + 30min);
  EXPECT_EQ(office.hours.last_ticket, 17h);
  EXPECT_EQ(office.hours.closes, 17h + 15min);
  auto const bare = ParseRenewalSettings("offices { id: \"a\" }", "c");
  ASSERT_THAT(bare, IsOk());
  EXPECT_EQ(bare->connector, Connector::kManual);
  EXPECT_EQ(bare->closures.open_until, 20);
  EXPECT_TRUE(bare->closures.monthly_maintenance);
  EXPECT_EQ(bare->offices.at({"a"}).patience, 30min);
}

// ctest starts this in the root of the repository.
TEST(RenewalSettingsTest, TheExampleHoldsForEachOffice) {
  auto const settings =
      ReadRenewalSettings("deploy/config/example-city.textproto");
  ASSERT_THAT(settings, IsOk());
  EXPECT_EQ(settings->connector, Connector::kManual);
  EXPECT_THAT(settings->offices, SizeIs(2));
}

TEST(RenewalSettingsTest, AFileThatCannotBeReadIsNotFound) {
  EXPECT_EQ(ReadRenewalSettings("no/such/file").status().code(),
            absl::StatusCode::kNotFound);
}

struct Slip {
  char const* name;
  std::string from;
  std::string to;
  std::string told;
};

class RenewalSettingsSlipTest : public ::testing::TestWithParam<Slip> {};

TEST_P(RenewalSettingsSlipTest, IsToldWithItsLine) {
  auto const& slip = GetParam();
  std::string text(kGood);
  auto const at = text.find(slip.from);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, slip.from.size(), slip.to);
  EXPECT_THAT(std::string(ParseRenewalSettings(text, "c").status().message()),
              HasSubstr(slip.told));
}

INSTANTIATE_TEST_SUITE_P(
    Slips, RenewalSettingsSlipTest,
    ::testing::Values(
        Slip{"NoSuchConnector", "RPC", "7",
             "c:2: national_system.connector: is none of MANUAL, RPC"},
        Slip{"NoSuchWord", "RPC", "FAX", "Unknown enumeration value of"},
        Slip{"NoSuchZone", "connector: RPC", "time_zone: \"Asia/Akebono\"",
             "c:2: national_system.time_zone"},
        Slip{"NeverOpen", "open_until_hour: 19", "open_until_hour: 7",
             "c:3: national_system.open_until_hour: is 7. Choose 8 to 24."},
        Slip{"NoSuchHour", "open_from_hour: 7", "open_from_hour: -1",
             "c:3: national_system.open_from_hour"},
        Slip{"NoSuchDay", "2026-05-03T00:00", "2026-02-30T00:00",
             "c:5: national_system.stops[0].begins"},
        Slip{"NoEnd", "ends: \"2026-05-04T08:30\"", "",
             "c:5: national_system.stops[0].ends: is missing"},
        Slip{"Backwards", "2026-05-04", "2026-05-01",
             "c:5: national_system.stops[0].ends: is not later"},
        Slip{"TooPatient", "patience_minutes: 20", "patience_minutes: 241",
             "c:6: national_system.patience_minutes"},
        Slip{"NoSuchProof", "CARD_ONLY", "9",
             "c:12: offices[0].renewal.reset_proof"},
        Slip{"NoTime", "\"09:00\"", "\"9:00\"",
             "c:15: offices[0].renewal.hours.opens: is not a time of day"},
        Slip{"NoNumbers", "16:45", "09:00",
             "c:15: offices[0].renewal.hours.last_ticket: no number"},
        Slip{"NumbersAfterClosing", "closes: \"17:00\"", "closes: \"16:00\"",
             "c:15: offices[0].renewal.hours.closes: numbers would"}),
    [](auto const& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace madoguchi::renewal
