#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_CALLS_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_CALLS_H

#include "clients/sdk/renewal_client.h"
#include "clients/sdk/renewal_methods.h"
#include "madoguchi/renewal/v1/renewal_service.pb.h"
#include "madoguchi/renewal/v1/upstream.pb.h"
#include "absl/status/statusor.h"
#include <string>

namespace madoguchi::counter_terminal {

/// The calls a counter makes about renewals, each as in `RenewalService`. They
/// block. Thread safe.
class CaseCalls {
 public:
  virtual ~CaseCalls() = default;

#define MADOGUCHI_DECLARE(Method)                               \
  virtual absl::StatusOr<renewal::v1::Method##Response> Method( \
      renewal::v1::Method##Request const& request) = 0;
  MADOGUCHI_RENEWAL_METHODS(MADOGUCHI_DECLARE)
#undef MADOGUCHI_DECLARE

  /// How the national system does now.
  virtual absl::StatusOr<renewal::v1::Upstream> LookAtUpstream(
      std::string const& office) = 0;
};

/// Makes them through `client`, which must outlive it.
class RemoteCaseCalls : public CaseCalls {
 public:
  explicit RemoteCaseCalls(sdk::RenewalClient& client) : client_(client) {}

#define MADOGUCHI_FORWARD(Method)                             \
  absl::StatusOr<renewal::v1::Method##Response> Method(       \
      renewal::v1::Method##Request const& request) override { \
    return client_.Method(request);                           \
  }
  MADOGUCHI_RENEWAL_METHODS(MADOGUCHI_FORWARD)
#undef MADOGUCHI_FORWARD

  absl::StatusOr<renewal::v1::Upstream> LookAtUpstream(
      std::string const& office) override {
    return client_.LookAtUpstream(office);
  }

 private:
  sdk::RenewalClient& client_;
};

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_CASE_CALLS_H
