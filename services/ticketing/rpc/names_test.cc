#include "services/ticketing/rpc/names.h"
#include "tests/support/status_matchers.h"
#include <gtest/gtest.h>

namespace madoguchi::ticketing {
namespace {

using testing::IsError;
using testing::IsOk;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

TEST(NamesTest, ReadsWhatItWrites) {
  OfficeId const office{"honcho"};
  TicketId const ticket{"20261123-renew-00007"};
  auto const name = ParseTicketName("name", FormatTicketName(office, ticket));
  ASSERT_THAT(name, IsOk());
  EXPECT_EQ(name->office, office);
  EXPECT_EQ(name->ticket, ticket);

  auto const counter =
      ParseCounterName("counter", FormatCounterName(office, {"2"}));
  ASSERT_THAT(counter, IsOk());
  EXPECT_EQ(counter->counter, CounterId{"2"});
  EXPECT_EQ(ParseOfficeName("office", "offices/honcho")->value, "honcho");
}

TEST(NamesTest, RefusesEverythingElse) {
  std::string const huge(10'000, 'a');
  for (auto const& name :
       {std::string(), std::string("honcho"), std::string("offices/"),
        std::string("offices/a/b"), std::string("offices/a b"),
        std::string("offices/{a}"), std::string("offices/a|b"),
        "offices/" + huge, std::string("offices/a\0b", 11)}) {
    EXPECT_THAT(ParseOfficeName("office", name),
                IsError(kInvalid, "INVALID_NAME"))
        << name.substr(0, 40);
  }
  for (auto const* name :
       {"", "offices/a/tickets/", "offices/a/tickets/7",
        "offices/a/tickets/20261123-renew-", "offices/a/tickets/20261123--1",
        "offices/a/tickets/2026112x-r-1", "offices/a/counters/2",
        "tickets/20261123-r-1", "offices/a/tickets/20261123-r-1/x"}) {
    EXPECT_THAT(ParseTicketName("name", name),
                IsError(kInvalid, "INVALID_NAME"))
        << name;
  }
  EXPECT_THAT(ParseCounterName("counter", "offices/a/tickets/2"),
              IsError(kInvalid, "INVALID_NAME"));
  EXPECT_THAT(ParseId("service", ""), IsError(kInvalid, "INVALID_NAME"));
}

TEST(NamesTest, NoMessageRepeatsWhatWasSent) {
  auto const status = ParseOfficeName("office", "offices/9876 5432 1098");
  EXPECT_EQ(std::string(status.status().message()).find("5432"),
            std::string::npos);
}

TEST(NamesTest, ADeviceIsNamedInItsOffice) {
  auto const name = ParseDeviceName("name", "offices/main/devices/kiosk-1");
  ASSERT_TRUE(name.ok()) << name.status();
  EXPECT_EQ(name->office.value, "main");
  EXPECT_EQ(name->device.value, "kiosk-1");
  EXPECT_EQ(FormatDeviceName(name->office, name->device),
            "offices/main/devices/kiosk-1");
  for (auto const* bad :
       {"kiosk-1", "offices/main/devices/", "offices/main/devices/Kiosk",
        "offices/main/devices/a_b", "offices/main/devices/a/b",
        "offices/main/devices/a2345678901234567890123456789012x"}) {
    EXPECT_FALSE(ParseDeviceName("name", bad).ok()) << bad;
  }
}

}  // namespace
}  // namespace madoguchi::ticketing
