#ifndef MADOGUCHI_SERVICES_REDIS_CLIENT_H
#define MADOGUCHI_SERVICES_REDIS_CLIENT_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/base/mutex.h"
#include "services/redis/command_line.h"
#include "services/redis/event_loop.h"
#include "services/redis/reply.h"
#include <cstddef>
#include <list>
#include <memory>
#include <random>
#include <string>
#include <vector>

struct redisAsyncContext;

namespace madoguchi::redis {

/// Where Redis is, and how to begin with it.
struct ClientOptions {
  /// If set, the path of its socket; `host` and `port` are not used.
  std::string unix_socket;
  /// An address, or a name that resolves without delay: resolving blocks.
  std::string host = "127.0.0.1";
  int port = 6379;
  /// No login if `password` is empty; the default user if only `user` is.
  std::string user;
  std::string password;
  /// Sent on each new connection before all else, and again when Redis says
  /// that it does not have a function. What it answers matters only to the
  /// commands that rely on it.
  std::vector<CommandLine> greeting;
};

/// One connection to Redis, on which the commands of all threads are pipelined.
///
/// Connects by itself, again after each loss, 100 to 500 ms apart. Commands
/// wait for the first connection; later, while there is none, they fail at
/// once.
///
/// Thread safe, and never blocks a caller. Not to be destroyed on the loop's
/// thread.
class Client {
 public:
  Client(EventLoop& loop, ClientOptions options);
  /// As `Stop`.
  ~Client();

  Client(Client const&) = delete;
  Client& operator=(Client const&) = delete;

  /// Sends `command`; `done` takes the answer on the loop's thread.
  ///
  /// Fails with (`KindOf` tells the cases apart)
  /// * kUnavailable: no connection, or lost before the answer came.
  /// * kDeadlineExceeded: no answer until `deadline`, give or take 10 ms. A
  ///   late one is dropped.
  /// * kInternal: Redis refused; nothing was done, the message is its own.
  ///
  /// If Redis does not have a function, greets it again and repeats the command
  /// once.
  void Command(CommandLine command, MachineTime deadline, Done<Reply> done);

  /// Fails what is still pending with kUnavailable, before it returns, and
  /// everything later at once: for who owns what the answers go to. Not to be
  /// called on the loop's thread.
  void Stop();

  /// The loop that answers run on.
  EventLoop& loop() { return loop_; }

 private:
  struct Pending;
  struct Timers;
  using PendingList = std::list<Pending>;
  enum class State { kFirstConnect, kUp, kDown };

  // Everything below runs on the loop's thread.
  void TakeInbox();
  void Start(PendingList& one);
  void Send(PendingList& one);
  void Connect();
  void Greet();
  void SendGreeting();
  void SendOwn(CommandLine command, Done<Reply> done);
  void BecomeUp();
  void Drop(std::string const& cause);
  void LinkLost(std::string const& cause);
  void TakeReply(Pending& pending, void* raw);
  bool Repeat(Pending& pending, absl::Status const& refusal);
  void WatchDeadlines();
  void Sweep();
  void Close();

  static void OnConnect(redisAsyncContext const* context, int status);
  static void OnDisconnect(redisAsyncContext const* context, int status);
  static void OnReply(redisAsyncContext* context, void* raw, void* pending);

  EventLoop& loop_;
  ClientOptions const options_;

  Mutex mu_;
  PendingList inbox_ ABSL_GUARDED_BY(mu_);
  bool closed_ ABSL_GUARDED_BY(mu_) = false;

  // Only on the loop's thread.
  State state_ = State::kFirstConnect;
  redisAsyncContext* context_ = nullptr;
  std::unique_ptr<Timers> timers_;
  // Commands that wait for the first connection.
  PendingList waiting_;
  // Sent, oldest first; without `done` if its time was up.
  PendingList in_flight_;
  // No deadline of a pending command is earlier.
  MachineTime next_deadline_ = MachineTime::max();
  MachineTime connect_deadline_;
  std::size_t greetings_left_ = 0;
  // What became of the last greeting; explains a function still missing.
  absl::Status greeted_;
  std::string last_cause_ = "not connected yet";
  std::minstd_rand random_{std::random_device()()};
  bool closing_ = false;
};

}  // namespace madoguchi::redis

#endif  // MADOGUCHI_SERVICES_REDIS_CLIENT_H
