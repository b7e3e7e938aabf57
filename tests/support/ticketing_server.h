#ifndef MADOGUCHI_TESTS_SUPPORT_TICKETING_SERVER_H
#define MADOGUCHI_TESTS_SUPPORT_TICKETING_SERVER_H

#include "tests/support/child_process.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::testing {

/// How to start a ticketing server.
struct TicketingOptions {
  /// The program.
  std::string binary;
  std::string settings;
  /// `127.0.0.1:PORT` or `unix:PATH`.
  std::string redis;
  /// More of its flags, such as `--durability`, `relaxed`.
  std::vector<std::string> flags;
  /// Where what it prints goes.
  std::string output_path;
};

/// One replica of ticketing on a loopback port of its own, which it keeps when
/// it is started again. Used by one thread (see `ChildProcess`).
class TicketingServer {
 public:
  /// Starts a replica and waits until it says that it is ready.
  static absl::StatusOr<std::unique_ptr<TicketingServer>> Start(
      TicketingOptions options);

  /// `127.0.0.1:PORT`.
  std::string const& address() const { return address_; }

  /// Ends it at once.
  void Kill() { process_.reset(); }

  /// See `ChildProcess`. It must run.
  void Freeze() { process_->Freeze(); }
  void Thaw() { process_->Thaw(); }

  /// Ends it in order; see `ChildProcess::Stop`.
  bool Stop(std::chrono::milliseconds limit);

  /// Starts it again after it ended, on the same address, and waits until it is
  /// ready.
  absl::Status Restart();

 private:
  TicketingServer(TicketingOptions options, std::string address);

  TicketingOptions const options_;
  std::string const address_;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_SUPPORT_TICKETING_SERVER_H
