#ifndef MADOGUCHI_TESTS_INTEGRATION_RENEWAL_REPLICA_H
#define MADOGUCHI_TESTS_INTEGRATION_RENEWAL_REPLICA_H

#include "services/base/clock.h"
#include "tests/support/child_process.h"
#include "tests/support/status_matchers.h"
#include "madoguchi/renewal/v1/renewal_service.grpc.pb.h"
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::testing {

/// The flags with which office time is nine o'clock now in Tokyo, on Tuesday,
/// 2026-11-24, and runs `speed` times as fast as the machine's.
inline std::vector<std::string> ClockFlagsAtNine(double speed = 1) {
  constexpr Timestamp kNineOClock{std::chrono::milliseconds(1'795'478'400'000)};
  auto const now = std::chrono::time_point_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now());
  return {"--clock", "scaled", "--clock_scale",
          FormatScale({speed, kNineOClock, now})};
}

/// One replica of renewal, on a port of its own, which it keeps. Used by one
/// thread (see `ChildProcess`), except `stub`.
class RenewalReplica {
 public:
  RenewalReplica(std::string redis, std::string ticketing,
                 std::vector<std::string> const& flags,
                 std::string settings = "deploy/config/example-city.textproto")
      : address_("127.0.0.1:" + std::to_string(*FreePort())),
        stub(renewal::v1::RenewalService::NewStub(grpc::CreateChannel(
            address_, grpc::InsecureChannelCredentials()))) {
    options_.command = {RENEWAL_BINARY,   "--settings",  std::move(settings),
                        "--listen",       address_,      "--redis",
                        std::move(redis), "--ticketing", std::move(ticketing)};
    options_.command.insert(options_.command.end(), flags.begin(), flags.end());
    Start();
  }

  void Start() {
    auto process = ChildProcess::Start(options_);
    ASSERT_THAT(process, IsOk());
    process_ = *std::move(process);
    ASSERT_THAT(
        process_->WaitForLine("renewal: ready on", std::chrono::seconds(30)),
        IsOk());
  }
  void Kill() { process_.reset(); }
  bool Stop() { return process_->Stop(std::chrono::seconds(20)); }

 private:
  std::string const address_;
  ChildOptions options_;
  std::unique_ptr<ChildProcess> process_;

 public:
  std::unique_ptr<renewal::v1::RenewalService::Stub> const stub;
};

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_INTEGRATION_RENEWAL_REPLICA_H
