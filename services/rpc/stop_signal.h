#ifndef MADOGUCHI_SERVICES_RPC_STOP_SIGNAL_H
#define MADOGUCHI_SERVICES_RPC_STOP_SIGNAL_H

#include <chrono>
#include <csignal>

namespace madoguchi::rpc {

/// Waits until somebody tells this program to stop, by SIGTERM or Ctrl-C.
///
/// To be made before any thread starts, so that all of them leave these signals
/// to whoever waits.
class StopSignal {
 public:
  StopSignal();
  StopSignal(StopSignal const&) = delete;
  StopSignal& operator=(StopSignal const&) = delete;

  /// Blocks until then, and logs that.
  void Wait() const;

  /// The same, but no longer than `limit`; whether it was told.
  bool WaitFor(std::chrono::milliseconds limit) const;

 private:
  sigset_t signals_{};
};

}  // namespace madoguchi::rpc

#endif  // MADOGUCHI_SERVICES_RPC_STOP_SIGNAL_H
