#include "services/ticketing/adapters/memory_device_store.h"
#include "services/ticketing/adapters/redis_device_store.h"
#include "tests/contract/store_under_test.h"
#include "tests/support/await.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::testing {
namespace {

using namespace ticketing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A store as two replicas have it.
class DeviceStoreUnderTest {
 public:
  virtual ~DeviceStoreUnderTest() = default;
  virtual DeviceStore& store() = 0;
  virtual DeviceStore& rival() = 0;
};

class MemoryUnderTest : public DeviceStoreUnderTest {
 public:
  DeviceStore& store() override { return store_; }
  DeviceStore& rival() override { return store_; }

 private:
  MemoryDeviceStore store_;
};

class RedisUnderTest : public DeviceStoreUnderTest {
 public:
  DeviceStore& store() override { return store_; }
  DeviceStore& rival() override { return rival_; }

 private:
  RedisServer server_;
  RedisProcess process_{OptionsFor(server_)};
  RedisProcess rival_process_{OptionsFor(server_)};
  RedisDeviceStore store_{process_.client(), kCity};
  RedisDeviceStore rival_{rival_process_.client(), kCity};
};

template <typename Store>
std::unique_ptr<DeviceStoreUnderTest> Make() {
  return std::make_unique<Store>();
}

using MakeDeviceStore = std::unique_ptr<DeviceStoreUnderTest> (*)();

DeviceState StateOf(std::string const& device) {
  DeviceState state;
  state.device = {device};
  state.printer = PrinterState::kNearEnd;
  state.screen = ScreenState::kOn;
  state.program_version = "1.2.0-rc1+g12_3";
  state.can_issue = true;
  state.heard = At(5);
  return state;
}

absl::Status Put(DeviceStore& store, DeviceState const& state,
                 OfficeId const& office = kOffice) {
  return Await<std::monostate>([&](auto done) {
           store.Put(office, state, Soon(), std::move(done));
         })
      .status();
}

absl::StatusOr<std::vector<DeviceState>> List(
    DeviceStore& store, OfficeId const& office = kOffice) {
  return Await<std::vector<DeviceState>>(
      [&](auto done) { store.List(office, Soon(), std::move(done)); });
}

class DeviceStoreContractTest
    : public ::testing::TestWithParam<MakeDeviceStore> {
 protected:
  std::unique_ptr<DeviceStoreUnderTest> const under_test_ = GetParam()();
  DeviceStore& store_ = under_test_->store();
  DeviceStore& rival_ = under_test_->rival();
};

TEST_P(DeviceStoreContractTest, AnOfficeBeginsWithoutDevices) {
  EXPECT_THAT(List(store_), IsOkAnd(IsEmpty()));
}

TEST_P(DeviceStoreContractTest, WhatADeviceSaysEveryReplicaKnows) {
  ASSERT_THAT(Put(store_, StateOf("kiosk-1")), IsOk());
  EXPECT_THAT(List(rival_), IsOkAnd(ElementsAre(StateOf("kiosk-1"))));
}

TEST_P(DeviceStoreContractTest, TheLastWordCounts) {
  auto state = StateOf("kiosk-1");
  ASSERT_THAT(Put(store_, state), IsOk());
  state.printer = PrinterState::kEnd;
  state.can_issue = false;
  state.program_version = "";
  state.heard = At(9);
  ASSERT_THAT(Put(rival_, state), IsOk());
  EXPECT_THAT(List(store_), IsOkAnd(ElementsAre(state)));
}

TEST_P(DeviceStoreContractTest, DevicesAreListedById) {
  for (auto const* id : {"b", "c", "a"}) {
    ASSERT_THAT(Put(store_, StateOf(id)), IsOk());
  }
  EXPECT_THAT(List(store_),
              IsOkAnd(ElementsAre(StateOf("a"), StateOf("b"), StateOf("c"))));
}

TEST_P(DeviceStoreContractTest, OfficesAreApart) {
  ASSERT_THAT(Put(store_, StateOf("kiosk-1"), {"branch"}), IsOk());
  EXPECT_THAT(List(store_), IsOkAnd(IsEmpty()));
  EXPECT_THAT(List(store_, {"branch"}),
              IsOkAnd(ElementsAre(StateOf("kiosk-1"))));
}

TEST_P(DeviceStoreContractTest, EveryStateIsKept) {
  std::vector<DeviceState> states;
  for (int printer = 0; printer <= static_cast<int>(PrinterState::kOffline);
       ++printer) {
    for (int screen = 0; screen <= static_cast<int>(ScreenState::kOff);
         ++screen) {
      auto state = StateOf("d" + std::to_string(printer * 10 + screen + 100));
      state.printer = static_cast<PrinterState>(printer);
      state.screen = static_cast<ScreenState>(screen);
      ASSERT_THAT(Put(store_, state), IsOk());
      states.push_back(state);
    }
  }
  EXPECT_THAT(List(rival_), IsOkAnd(::testing::ElementsAreArray(states)));
}

INSTANTIATE_TEST_SUITE_P(Memory, DeviceStoreContractTest,
                         ::testing::Values(Make<MemoryUnderTest>));
INSTANTIATE_TEST_SUITE_P(Redis, DeviceStoreContractTest,
                         ::testing::Values(Make<RedisUnderTest>));

TEST(DeviceRecordTest, ALaterReleaseMayAddFieldsAndStates) {
  EXPECT_THAT(
      UnpackDeviceState({"kiosk-1"}, "1|Z|Y|2.0|1|17|more|fields"),
      IsOkAnd(::testing::Field(&DeviceState::printer, PrinterState::kNone)));
}

TEST(DeviceRecordTest, WhatIsNoRecordIsForeign) {
  for (auto const* record :
       {"", "x", "2|K|Y|1.0|1|17", "1|K|Y|1.0|1", "1|K|Y|1.0|1|soon"}) {
    EXPECT_THAT(UnpackDeviceState({"kiosk-1"}, record),
                IsError(absl::StatusCode::kInternal, "STORE_KEY_FOREIGN"))
        << record;
  }
}

TEST(RedisDeviceStoreTest, AForeignKeyIsTold) {
  RedisServer server;
  RedisProcess process(OptionsFor(server));
  RedisDeviceStore store(process.client(), kCity);
  server.Ask({"SET", "mdg:{tsukimi}:main:devices", "not ours"});
  EXPECT_THAT(Put(store, StateOf("kiosk-1")),
              IsError(absl::StatusCode::kInternal, "STORE_KEY_FOREIGN"));
  EXPECT_THAT(List(store),
              IsError(absl::StatusCode::kInternal, "STORE_KEY_FOREIGN"));
}

}  // namespace
}  // namespace madoguchi::testing
