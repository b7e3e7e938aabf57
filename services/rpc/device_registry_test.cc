#include "services/rpc/device_registry.h"
#include "absl/strings/escaping.h"
#include <gtest/gtest.h>

namespace madoguchi::rpc {
namespace {

Device WithToken(std::string const& id, std::string const& token) {
  Device device;
  device.id = id;
  device.token_sha256 = Sha256(token);
  return device;
}

TEST(DeviceRegistryTest, TheHashIsTheOneThatSha256sumPrints) {
  EXPECT_EQ(absl::BytesToHexString(Sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(DeviceRegistryTest, ADeviceIsKnownByItsTokenAlone) {
  DeviceRegistry const registry(
      {WithToken("kiosk-1", "one"), WithToken("kiosk-2", "two")});
  ASSERT_NE(registry.FindByToken("one"), nullptr);
  EXPECT_EQ(registry.FindByToken("one")->id, "kiosk-1");
  EXPECT_EQ(registry.FindByToken("two")->id, "kiosk-2");
  for (auto const* wrong : {"", "on", "one ", "ONE", "kiosk-1"}) {
    EXPECT_EQ(registry.FindByToken(wrong), nullptr) << wrong;
  }
  // Nor is the hash, which the file shows, a token.
  EXPECT_EQ(registry.FindByToken(Sha256("one")), nullptr);
}

TEST(DeviceRegistryTest, AHashThatBeginsAlikeIsNotEnough) {
  auto device = WithToken("kiosk-1", "one");
  device.token_sha256.back() ^= 1;
  EXPECT_EQ(DeviceRegistry({device}).FindByToken("one"), nullptr);
}

TEST(DeviceRegistryTest, ADeviceIsFoundByItsId) {
  DeviceRegistry const registry({WithToken("kiosk-1", "one")});
  ASSERT_NE(registry.FindById("kiosk-1"), nullptr);
  EXPECT_EQ(registry.FindById("kiosk-2"), nullptr);
}

TEST(DeviceRegistryTest, WithoutDevicesNobodyIsKnown) {
  EXPECT_EQ(DeviceRegistry({}).FindByToken(""), nullptr);
}

}  // namespace
}  // namespace madoguchi::rpc
