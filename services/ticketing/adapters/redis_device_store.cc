#include "services/ticketing/adapters/redis_device_store.h"
#include "services/redis/store_errors.h"
#include "services/ticketing/adapters/store_keys.h"
#include "services/ticketing/domain/errors.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace madoguchi::ticketing {
namespace {

constexpr std::string_view kDeviceFormat = "1";
constexpr std::size_t kFields = 6;

// A letter for each state, in the order of its enum; `-` is none.
constexpr std::string_view kPrinters = "-KNEJCO";
constexpr std::string_view kScreens = "-YN";

template <typename State>
State StateOf(std::string_view letter, std::string_view letters) {
  auto const at = letter.size() == 1 ? letters.find(letter) : std::string::npos;
  return at == std::string_view::npos ? State::kNone : static_cast<State>(at);
}

absl::StatusOr<std::vector<DeviceState>> StatesOf(redis::Reply reply) {
  std::vector<DeviceState> states;
  for (std::size_t i = 0; i + 1 < reply.Size(); i += 2) {
    auto state =
        UnpackDeviceState({std::string(reply[i].Text())}, reply[i + 1].Text());
    if (!state.ok()) return state.status();
    states.push_back(*std::move(state));
  }
  std::sort(states.begin(), states.end(),
            [](auto const& a, auto const& b) { return a.device < b.device; });
  return states;
}

}  // namespace

RedisDeviceStore::RedisDeviceStore(redis::Client& client, CityId const& city)
    : client_(client), city_prefix_(CityPrefix(city)) {}

void RedisDeviceStore::Put(OfficeId const& office, DeviceState const& state,
                           MachineTime deadline, Done<std::monostate> done) {
  redis::CommandLine command{"HSET"};
  command.Add({city_prefix_, office.value, ":devices"})
      .Add(state.device.value)
      .Add(PackDeviceState(state));
  client_.Command(
      std::move(command), deadline,
      [done = std::move(done)](absl::StatusOr<redis::Reply> answer) mutable {
        if (!answer.ok()) return done(redis::ToStoreError(answer.status()));
        done(std::monostate());
      });
}

void RedisDeviceStore::List(OfficeId const& office, MachineTime deadline,
                            Done<std::vector<DeviceState>> done) {
  redis::CommandLine command{"HGETALL"};
  command.Add({city_prefix_, office.value, ":devices"});
  client_.Command(
      std::move(command), deadline,
      [done = std::move(done)](absl::StatusOr<redis::Reply> answer) mutable {
        if (!answer.ok()) return done(redis::ToStoreError(answer.status()));
        done(StatesOf(*answer));
      });
}

std::string PackDeviceState(DeviceState const& state) {
  return absl::StrCat(
      std::string(kDeviceFormat), "|",
      std::string(1, kPrinters[static_cast<std::size_t>(state.printer)]), "|",
      std::string(1, kScreens[static_cast<std::size_t>(state.screen)]), "|",
      state.program_version, "|", state.can_issue ? "1" : "0", "|",
      state.heard.time_since_epoch().count());
}

absl::StatusOr<DeviceState> UnpackDeviceState(DeviceId device,
                                              std::string_view record) {
  std::vector<std::string> const fields =
      absl::StrSplit(std::string(record), '|');
  std::int64_t heard = 0;
  if (fields.size() < kFields || fields[0] != kDeviceFormat ||
      !absl::SimpleAtoi(fields[5], &heard)) {
    return error::StoreKeyForeign("The state of a device is no such record.");
  }
  DeviceState state;
  state.device = std::move(device);
  state.printer = StateOf<PrinterState>(fields[1], kPrinters);
  state.screen = StateOf<ScreenState>(fields[2], kScreens);
  state.program_version = fields[3];
  state.can_issue = fields[4] == "1";
  state.heard = Timestamp(std::chrono::milliseconds(heard));
  return state;
}

}  // namespace madoguchi::ticketing
