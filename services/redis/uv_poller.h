#ifndef MADOGUCHI_SERVICES_REDIS_UV_POLLER_H
#define MADOGUCHI_SERVICES_REDIS_UV_POLLER_H

#include <hiredis/async.h>
#include <uv.h>

namespace madoguchi::redis {

/// Lets a libuv loop drive a context of hiredis. Belongs to the context, which
/// frees it. Only on the loop's thread.
///
/// Replaces hiredis/adapters/libuv.h, which overlooks errors of the socket (a
/// refused connection would stay "connecting" for ever) and asks the kernel
/// before every write: here all commands of one round of the loop go out in one
/// write before the loop sleeps.
class UvPoller {
 public:
  /// Returns false if the loop cannot watch the socket of `context`.
  static bool Attach(redisAsyncContext* context, uv_loop_t* loop);

 private:
  explicit UvPoller(redisAsyncContext* context) : context_(context) {}

  static UvPoller* From(void* self) { return static_cast<UvPoller*>(self); }
  void Watch(int events);
  void Want(int event);
  void Unwant(int event);
  void WantWrite();
  void Write();
  void OnEvents(int status, int events);
  void Close();
  void Closed();

  redisAsyncContext* context_;
  uv_poll_t poll_;
  // Runs before the loop sleeps.
  uv_prepare_t prepare_;
  int events_ = 0;
  int open_handles_ = 0;
  bool unsent_ = false;
  bool writing_ = false;
};

}  // namespace madoguchi::redis

#endif  // MADOGUCHI_SERVICES_REDIS_UV_POLLER_H
