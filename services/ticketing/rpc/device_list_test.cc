#include "services/ticketing/rpc/device_list.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace madoguchi::ticketing {
namespace {

using testing::IsError;
using testing::IsOkAnd;

OfficeId const kMain{"main"};
Timestamp const kNow{std::chrono::milliseconds(1'795'392'000'000)};

DeviceState Heard(std::string const& device, std::chrono::seconds ago) {
  DeviceState state;
  state.device = {device};
  state.heard = kNow - ago;
  return state;
}

rpc::DeviceRegistry Known() {
  rpc::Device kiosk{"kiosk-1", rpc::Role::kTicketMachine, "main", "",
                    "入口",    std::string(32, 'a')};
  rpc::Device display{"display-1", rpc::Role::kWallDisplay, "", "",
                      "",          std::string(32, 'b')};
  rpc::Device branch{"kiosk-2", rpc::Role::kTicketMachine, "branch", "",
                     "",        std::string(32, 'c')};
  return rpc::DeviceRegistry({kiosk, display, branch});
}

std::vector<std::string> NamesIn(v1::ListDevicesResponse const& list) {
  std::vector<std::string> names;
  for (auto const& device : list.devices()) names.push_back(device.name());
  return names;
}

TEST(DeviceListTest, SilenceOfFifteenSecondsIsStale) {
  auto const list = ListOf(kMain,
                           {Heard("a", std::chrono::seconds(0)),
                            Heard("b", std::chrono::seconds(14)),
                            Heard("c", std::chrono::seconds(15)),
                            // A replica whose clock is ahead heard it.
                            Heard("d", std::chrono::seconds(-1))},
                           nullptr, kNow);
  ASSERT_EQ(list.devices_size(), 4);
  EXPECT_FALSE(list.devices(0).stale());
  EXPECT_FALSE(list.devices(1).stale());
  EXPECT_TRUE(list.devices(2).stale());
  EXPECT_FALSE(list.devices(3).stale());
}

TEST(DeviceListTest, ADeviceOfTheOfficeThatWasNeverHeardIsListedAsStale) {
  auto const known = Known();
  auto const list = ListOf(kMain, {}, &known, kNow);
  ASSERT_THAT(NamesIn(list),
              ::testing::ElementsAre("offices/main/devices/kiosk-1"));
  EXPECT_EQ(list.devices(0).label(), "入口");
  EXPECT_TRUE(list.devices(0).stale());
  EXPECT_FALSE(list.devices(0).has_state());
  EXPECT_FALSE(list.devices(0).has_heartbeat_time());
}

TEST(DeviceListTest, ADeviceOfNoOfficeIsListedWhereItWasHeard) {
  auto const known = Known();
  EXPECT_THAT(
      NamesIn(ListOf(kMain, {Heard("display-1", std::chrono::seconds(1))},
                     &known, kNow)),
      ::testing::ElementsAre("offices/main/devices/display-1",
                             "offices/main/devices/kiosk-1"));
}

TEST(DeviceListTest, ADeviceThatIsNoLongerInTheFileIsLeftOut) {
  auto const known = Known();
  EXPECT_THAT(NamesIn(ListOf(kMain, {Heard("gone", std::chrono::seconds(1))},
                             &known, kNow)),
              ::testing::ElementsAre("offices/main/devices/kiosk-1"));
}

TEST(DeviceListTest, EveryStateOfPrinterAndScreenComesBack) {
  v1::DeviceState said;
  said.set_program_version("1.2.0-rc1+g12_3");
  said.set_can_issue(true);
  for (int printer = 0; v1::DeviceState::Printer_IsValid(printer); ++printer) {
    for (int screen = 0; v1::DeviceState::Screen_IsValid(screen); ++screen) {
      said.set_printer(static_cast<v1::DeviceState::Printer>(printer));
      said.set_screen(static_cast<v1::DeviceState::Screen>(screen));
      auto const state = ToDeviceState({"a"}, said, kNow);
      ASSERT_TRUE(state.ok()) << state.status();
      auto const list = ListOf(kMain, {*state}, nullptr, kNow);
      EXPECT_EQ(list.devices(0).state().SerializeAsString(),
                said.SerializeAsString());
    }
  }
}

TEST(DeviceListTest, UnknownStatesAndTextAreRefused) {
  auto const invalid =
      IsError(absl::StatusCode::kInvalidArgument, "INVALID_NAME");
  v1::DeviceState said;
  said.set_printer(static_cast<v1::DeviceState::Printer>(99));
  EXPECT_THAT(ToDeviceState({"a"}, said, kNow), invalid);
  said.Clear();
  said.set_screen(static_cast<v1::DeviceState::Screen>(99));
  EXPECT_THAT(ToDeviceState({"a"}, said, kNow), invalid);
  for (auto const& version :
       {std::string("a b"), std::string("紙切れ"), std::string(33, 'a')}) {
    said.Clear();
    said.set_program_version(version);
    EXPECT_THAT(ToDeviceState({"a"}, said, kNow), invalid) << version;
  }
}

}  // namespace
}  // namespace madoguchi::ticketing
