#ifndef MADOGUCHI_SERVICES_REDIS_EVENT_LOOP_H
#define MADOGUCHI_SERVICES_REDIS_EVENT_LOOP_H

#include "services/base/mutex.h"
#include "services/base/scheduler.h"
#include "absl/functional/any_invocable.h"
#include <chrono>
#include <thread>
#include <uv.h>
#include <vector>

namespace madoguchi::redis {

/// One thread that waits for sockets, timers and posted work.
///
/// Thread safe. Whatever runs on it must not block. Clients on the loop must be
/// gone before it is destroyed; it must not be destroyed on its own thread.
class EventLoop : public Scheduler {
 public:
  EventLoop();
  /// Finishes the work that runs and destroys the rest without running it.
  ~EventLoop() override;

  EventLoop(EventLoop const&) = delete;
  EventLoop& operator=(EventLoop const&) = delete;

  /// Runs `work` on the loop's thread, in the order of posting.
  void Post(absl::AnyInvocable<void()> work);

  void After(std::chrono::milliseconds delay,
             absl::AnyInvocable<void()> work) override;

  /// Runs `work` on the loop's thread and returns when it is done. Not to be
  /// called on that thread.
  void RunAndWait(absl::AnyInvocable<void()> work);

  /// For handles of the loop's own; only on its thread.
  uv_loop_t* Raw() { return &loop_; }

 private:
  void TakeInbox();
  void CloseAll();

  uv_loop_t loop_;
  uv_async_t wake_;
  Mutex mu_;
  std::vector<absl::AnyInvocable<void()>> inbox_ ABSL_GUARDED_BY(mu_);
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::thread thread_;
};

}  // namespace madoguchi::redis

#endif  // MADOGUCHI_SERVICES_REDIS_EVENT_LOOP_H
