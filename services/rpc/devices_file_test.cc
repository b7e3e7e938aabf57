#include "services/rpc/devices_file.h"
#include "services/rpc/device_registry.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::rpc {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Places const kPlaces = {{"honcho", {"1", "2"}}, {"kita", {"9"}}};

// Three devices without a mistake. The tests know their lines.
constexpr char kFile[] = R"(devices {
  id: "kiosk-1"
  role: TICKET_MACHINE
  token_sha256: "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
  office: "honcho"
  label: "入口"
}
devices {
  id: "terminal-2"
  role: COUNTER_TERMINAL
  token_sha256: "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3"
  office: "honcho"
  counter: "2"
}
devices {
  id: "audit"
  role: OPERATOR
  token_sha256: "8b5b9db0c13db24256c829aa364aa90c6d2eba318b9232a4ab9313b954d3555f"
}
)";

// `kFile` with `from`, which it must hold, replaced by `to`.
std::string FileWith(std::string const& from, std::string const& to) {
  std::string file = kFile;
  auto const at = file.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return file.replace(at, from.size(), to);
}

std::string ProblemOf(std::string const& text) {
  auto const devices = ParseDevices(text, "devices.textproto", kPlaces);
  EXPECT_EQ(devices.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(devices.status().message());
}

TEST(DevicesFileTest, ReadsEachDevice) {
  auto const devices = ParseDevices(kFile, "devices.textproto", kPlaces);
  ASSERT_TRUE(devices.ok()) << devices.status();
  ASSERT_EQ(devices->size(), 3U);
  auto const& kiosk = devices->at(0);
  EXPECT_EQ(kiosk.id, "kiosk-1");
  EXPECT_EQ(kiosk.role, Role::kTicketMachine);
  EXPECT_EQ(kiosk.office, "honcho");
  EXPECT_EQ(kiosk.label, "入口");
  EXPECT_EQ(kiosk.token_sha256, Sha256("one"));
  EXPECT_EQ(devices->at(1).role, Role::kCounterTerminal);
  EXPECT_EQ(devices->at(1).counter, "2");
  EXPECT_EQ(devices->at(2).role, Role::kOperator);
  EXPECT_EQ(devices->at(2).office, "");
}

TEST(DevicesFileTest, AnEmptyFileLetsNobodyIn) {
  auto const devices = ParseDevices("", "devices.textproto", kPlaces);
  ASSERT_TRUE(devices.ok()) << devices.status();
  EXPECT_TRUE(devices->empty());
}

TEST(DevicesFileTest, AnIdHasItsFormat) {
  EXPECT_THAT(ProblemOf(FileWith("kiosk-1", "Kiosk_1")),
              HasSubstr("devices.textproto:2: devices[0].id: is `Kiosk_1`. "
                        "Choose 1 to 32 of a-z, 0-9, `-`."));
  EXPECT_THAT(ProblemOf(FileWith("  id: \"audit\"\n", "")),
              HasSubstr("devices.textproto:15: devices[2].id: is missing"));
  EXPECT_THAT(ProblemOf(FileWith("kiosk-1", std::string(33, 'a'))),
              HasSubstr("devices[0].id: is `aaa"));
}

TEST(DevicesFileTest, TwoDevicesShareNeitherIdNorToken) {
  EXPECT_THAT(ProblemOf(FileWith("\"audit\"", "\"kiosk-1\"")),
              HasSubstr("devices.textproto:16: devices[2].id: is already the "
                        "id of line 2."));
  EXPECT_THAT(
      ProblemOf(FileWith(
          "8b5b9db0c13db24256c829aa364aa90c6d2eba318b9232a4ab9313b954d3555f",
          "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed")),
      HasSubstr("devices.textproto:18: devices[2].token_sha256: is already "
                "the token of line 4."));
}

TEST(DevicesFileTest, ATokenInTheHashesPlaceIsRefusedAndNotRepeated) {
  auto const problem = ProblemOf(FileWith(
      "8b5b9db0c13db24256c829aa364aa90c6d2eba318b9232a4ab9313b954d3555f",
      "sesame"));
  EXPECT_THAT(problem, HasSubstr("devices.textproto:18: "
                                 "devices[2].token_sha256: is not 64 of"));
  EXPECT_THAT(problem, Not(HasSubstr("sesame")));
  EXPECT_THAT(ProblemOf(FileWith("8b5b9db0", "8B5B9DB0")),
              HasSubstr("is not 64 of 0-9, a-f"));
}

TEST(DevicesFileTest, ARoleMustBeNamed) {
  EXPECT_THAT(ProblemOf(FileWith("  role: OPERATOR\n", "")),
              HasSubstr("devices[2].role: is missing or unknown"));
  EXPECT_THAT(ProblemOf(FileWith("role: OPERATOR", "role: 99")),
              HasSubstr("devices.textproto:17: devices[2].role"));
  EXPECT_THAT(ProblemOf(FileWith("role: OPERATOR", "role: KING")),
              HasSubstr("Unknown enumeration value of \"KING\""));
}

TEST(DevicesFileTest, OfficesAndCountersAreThoseOfTheSettings) {
  EXPECT_THAT(ProblemOf(FileWith("office: \"honcho\"", "office: \"minami\"")),
              HasSubstr("devices.textproto:5: devices[0].office: the city has "
                        "no office `minami`."));
  EXPECT_THAT(ProblemOf(FileWith("counter: \"2\"", "counter: \"9\"")),
              HasSubstr("devices.textproto:13: devices[1].counter: the office "
                        "has no counter `9`."));
}

TEST(DevicesFileTest, ACounterIsForATerminalOfAnOffice) {
  EXPECT_THAT(ProblemOf(FileWith("role: COUNTER_TERMINAL", "role: SUPERVISOR")),
              HasSubstr("devices[1].counter: is for COUNTER_TERMINAL alone."));
  EXPECT_THAT(
      ProblemOf(FileWith("  office: \"honcho\"\n  counter", "  counter")),
      HasSubstr("devices[1].counter: means nothing without `office`."));
}

TEST(DevicesFileTest, ALabelIsShort) {
  EXPECT_THAT(ProblemOf(FileWith("入口", std::string(65, 'x'))),
              HasSubstr("devices.textproto:6: devices[0].label: is longer"));
  EXPECT_THAT(ProblemOf(FileWith("入口", "\xff")), HasSubstr("is not UTF-8"));
}

TEST(DevicesFileTest, EveryProblemIsToldAtOnce) {
  auto const problem = ProblemOf("devices { office: \"x\" }\n");
  for (auto const* field : {".id", ".role", ".token_sha256", ".office"}) {
    EXPECT_THAT(problem, HasSubstr(field));
  }
}

TEST(DevicesFileTest, AFileThatCannotBeReadIsTold) {
  auto const devices = ReadDevices("/nowhere/devices.textproto", kPlaces);
  EXPECT_EQ(devices.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(devices.status().message()),
              HasSubstr("The devices file /nowhere/devices.textproto cannot"));
}

}  // namespace
}  // namespace madoguchi::rpc
