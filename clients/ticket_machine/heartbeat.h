#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_HEARTBEAT_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_HEARTBEAT_H

#include "clients/ticket_machine/printer.h"
#include "services/base/mutex.h"
#include "absl/base/thread_annotations.h"
#include <chrono>
#include <condition_variable>
#include <functional>
#include <thread>

namespace madoguchi::ticket_machine {

/// What the machine shows.
enum class Screen {
  /// The menu, or a visitor's way through it.
  kInService,
  /// A visitor cannot take a number: no server, no paper, a question for staff.
  kCannotIssue,
  /// Staff took it out of service.
  kOutOfOrder,
  /// Staff are at work on it.
  kStaff,
  /// Nothing: no browser has its page open.
  kDark,
};

/// What the house is told of the machine.
struct MachineState {
  PrinterState printer = PrinterState::kReady;
  Screen screen = Screen::kInService;

  friend bool operator==(MachineState const&, MachineState const&) = default;
};

/// Tells the house that the machine lives, and how.
class Heartbeat {
 public:
  virtual ~Heartbeat() = default;

  /// Called by one thread at a time. May fail in silence: the next follows
  /// soon.
  virtual void Tell(MachineState const& state) = 0;
};

/// Tells the state at once, when it has changed, and at least every `interval`,
/// on a thread of its own, until it is destroyed.
class HeartbeatLoop {
 public:
  static constexpr std::chrono::milliseconds kInterval{5'000};
  /// How often it is looked whether the state has changed.
  static constexpr std::chrono::milliseconds kLook{500};

  /// `state` is called on the loop's thread.
  HeartbeatLoop(Heartbeat& heartbeat, std::function<MachineState()> state,
                std::chrono::milliseconds interval = kInterval);
  /// Waits for a `Tell` that is under way.
  ~HeartbeatLoop();
  HeartbeatLoop(HeartbeatLoop const&) = delete;
  HeartbeatLoop& operator=(HeartbeatLoop const&) = delete;

 private:
  void Run() ABSL_LOCKS_EXCLUDED(mu_);

  Heartbeat& heartbeat_;
  std::function<MachineState()> const state_;
  std::chrono::milliseconds const interval_;
  Mutex mu_;
  std::condition_variable_any stop_;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::thread thread_;
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_HEARTBEAT_H
