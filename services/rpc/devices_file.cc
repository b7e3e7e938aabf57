#include "services/rpc/devices_file.h"
#include "services/textproto/textproto.h"
#include "madoguchi/device/v1/devices.pb.h"
#include "absl/strings/escaping.h"
#include <google/protobuf/stubs/common.h>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace madoguchi::rpc {
namespace {

namespace pb = device::v1;
using textproto::Place;
using textproto::Problems;

constexpr char kProto[] = "proto/madoguchi/device/v1/devices.proto";
constexpr std::size_t kLongestId = 32;
constexpr std::size_t kLongestLabel = 64;
constexpr std::size_t kHexDigits = 64;

bool IsMadeOf(std::string const& text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string::npos;
}

std::optional<Role> ToRole(pb::Device::Role role) {
  switch (role) {
    case pb::Device::TICKET_MACHINE:
      return Role::kTicketMachine;
    case pb::Device::WALL_DISPLAY:
      return Role::kWallDisplay;
    case pb::Device::COUNTER_TERMINAL:
      return Role::kCounterTerminal;
    case pb::Device::SUPERVISOR:
      return Role::kSupervisor;
    case pb::Device::GATEWAY:
      return Role::kGateway;
    case pb::Device::SERVICE:
      return Role::kService;
    case pb::Device::OPERATOR:
      return Role::kOperator;
    default:  // Text format lets any number through.
      return std::nullopt;
  }
}

// Turns the messages into devices and gathers what is wrong.
class Reader {
 public:
  Reader(Places const& places, Problems& problems)
      : places_(places), problems_(problems) {}

  Device ReadDevice(pb::Device const& from, Place const& place) {
    CheckId(from, place);
    CheckUnique(from.id(), place, "id", "id", ids_);
    auto const role = ToRole(from.role());
    if (!role) {
      problems_.Add(place, "role",
                    "is missing or unknown. Choose one of Device.Role in " +
                        std::string(kProto) + ".");
    }
    CheckHash(from, place);
    CheckUnique(from.token_sha256(), place, "token_sha256", "token", hashes_);
    CheckPlace(from, place);
    if (from.label().size() > kLongestLabel) {
      problems_.Add(place, "label", "is longer than 64 bytes. Shorten it.");
    }
    // gRPC would refuse to send it.
    if (!google::protobuf::internal::IsStructurallyValidUTF8(
            from.label().data(), static_cast<int>(from.label().size()))) {
      problems_.Add(place, "label", "is not UTF-8. Save the file as UTF-8.");
    }
    return {from.id(),     role.value_or(Role::kWallDisplay),
            from.office(), from.counter(),
            from.label(),  absl::HexStringToBytes(from.token_sha256())};
  }

 private:
  // The values that a field has had so far, with their lines.
  using Seen = std::map<std::string, int>;

  void CheckId(pb::Device const& from, Place const& place) {
    if (!from.id().empty() && from.id().size() <= kLongestId &&
        IsMadeOf(from.id(), "abcdefghijklmnopqrstuvwxyz0123456789-")) {
      return;
    }
    problems_.Add(
        place, "id",
        (from.id().empty() ? "is missing" : "is `" + from.id() + "`") +
            ". Choose 1 to 32 of a-z, 0-9, `-`.");
  }

  // Never repeats what is there: it may be a token put in by mistake.
  void CheckHash(pb::Device const& from, Place const& place) {
    if (from.token_sha256().size() == kHexDigits &&
        IsMadeOf(from.token_sha256(), "0123456789abcdef")) {
      return;
    }
    problems_.Add(
        place, "token_sha256",
        (from.token_sha256().empty() ? "is missing" : "is not 64 of 0-9, a-f") +
            std::string(". Write what `sha256sum` prints for the "
                        "token without a line end."));
  }

  void CheckUnique(std::string const& value, Place const& place,
                   std::string const& field, std::string const& what,
                   Seen& seen) {
    if (value.empty()) return;  // Said already.
    auto const [first, is_new] = seen.emplace(value, place.LineOf(field));
    if (is_new) return;
    problems_.Add(place, field,
                  "is already the " + what + " of line " +
                      std::to_string(first->second) +
                      ". Give each device its own.");
  }

  void CheckPlace(pb::Device const& from, Place const& place) {
    auto const office = places_.find(from.office());
    if (!from.office().empty() && office == places_.end()) {
      problems_.Add(place, "office",
                    "the city has no office `" + from.office() +
                        "`. Name one of the settings, or leave it out.");
    }
    if (from.counter().empty()) return;
    if (from.role() != pb::Device::COUNTER_TERMINAL) {
      problems_.Add(place, "counter",
                    "is for COUNTER_TERMINAL alone. Leave it out.");
    }
    if (from.office().empty()) {
      problems_.Add(place, "counter",
                    "means nothing without `office`. Add that.");
    } else if (office != places_.end() &&
               !office->second.contains(from.counter())) {
      problems_.Add(place, "counter",
                    "the office has no counter `" + from.counter() +
                        "`. Name one of the settings, or leave it out.");
    }
  }

  Places const& places_;
  Problems& problems_;
  Seen ids_;
  Seen hashes_;
};

}  // namespace

absl::StatusOr<std::vector<Device>> ParseDevices(std::string const& text,
                                                 std::string const& file_name,
                                                 Places const& places) {
  Problems problems(file_name);
  pb::Devices from;
  std::vector<Device> devices;
  textproto::Parse(text, kProto, from, problems, [&](Place const& place) {
    Reader reader(places, problems);
    for (int i = 0; i != from.devices_size(); ++i) {
      devices.push_back(
          reader.ReadDevice(from.devices(i), place.Inside("devices", i)));
    }
  });
  auto status = problems.ToStatus();
  if (!status.ok()) return status;
  return devices;
}

absl::StatusOr<std::vector<Device>> ReadDevices(std::string const& path,
                                                Places const& places) {
  auto const text = textproto::ReadFile(path, "devices");
  if (!text.ok()) return text.status();
  return ParseDevices(*text, path, places);
}

}  // namespace madoguchi::rpc
