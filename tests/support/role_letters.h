#ifndef MADOGUCHI_TESTS_SUPPORT_ROLE_LETTERS_H
#define MADOGUCHI_TESTS_SUPPORT_ROLE_LETTERS_H

#include "services/rpc/device.h"
#include <google/protobuf/descriptor.h>
#include <cstddef>
#include <iterator>
#include <string>

namespace madoguchi::testing {

/// One letter for each role that is in `roles`, a dot for each that is not: M
/// ticket machine, D wall display, C counter terminal, S supervisor, G gateway,
/// s service, O operator.
inline std::string Letters(rpc::RoleSet const& roles) {
  using enum rpc::Role;
  constexpr rpc::Role kRoles[] = {
      kTicketMachine, kWallDisplay, kCounterTerminal, kSupervisor,
      kGateway,       kService,     kOperator};
  std::string letters;
  for (std::size_t i = 0; i != std::size(kRoles); ++i) {
    letters += roles.Contains(kRoles[i]) ? "MDCSGsO"[i] : '.';
  }
  return letters;
}

/// As a table of roles writes it: `/package.Service/Method`.
inline std::string PathOf(google::protobuf::MethodDescriptor const& method) {
  return "/" + method.service()->full_name() + "/" + method.name();
}

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_SUPPORT_ROLE_LETTERS_H
