#ifndef MADOGUCHI_SERVICES_RPC_DEVICE_H
#define MADOGUCHI_SERVICES_RPC_DEVICE_H

#include <functional>
#include <initializer_list>
#include <map>
#include <string>

namespace madoguchi::rpc {

/// What a device is for; proto/madoguchi/device/v1 says more.
enum class Role {
  kTicketMachine,
  kWallDisplay,
  kCounterTerminal,
  kSupervisor,
  kGateway,
  kService,
  kOperator,
};

/// As the devices file writes it, such as `WALL_DISPLAY`.
std::string NameOf(Role role);

/// Some of the roles.
class RoleSet {
 public:
  constexpr RoleSet(std::initializer_list<Role> roles) {
    for (auto const role : roles) bits_ |= Bit(role);
  }
  constexpr bool Contains(Role role) const { return (bits_ & Bit(role)) != 0; }

 private:
  static constexpr unsigned Bit(Role role) {
    return 1U << static_cast<unsigned>(role);
  }
  unsigned bits_ = 0;
};

/// Who may call a method: by its path, `/package.Service/Method`. What is not
/// there nobody may call.
using MethodRoles = std::map<std::string, RoleSet, std::less<>>;

/// A machine or program that may call us.
struct Device {
  std::string id;
  Role role = Role::kWallDisplay;
  /// The only office and counter that it may name; empty for all.
  std::string office;
  std::string counter;
  /// What staff read.
  std::string label;
  /// The SHA-256 of its token: 32 bytes.
  std::string token_sha256;
};

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_DEVICE_H
