#include "services/redis/event_loop.h"
#include <csignal>
#include <cstdint>
#include <future>
#include <utility>

namespace madoguchi::redis {
namespace {

struct Timer {
  uv_timer_t handle;
  absl::AnyInvocable<void()> work;
};

void DeleteTimer(uv_handle_t* handle) {
  delete static_cast<Timer*>(handle->data);
}

void RunTimer(uv_timer_t* handle) {
  auto* const timer = static_cast<Timer*>(handle->data);
  auto work = std::move(timer->work);
  uv_close(reinterpret_cast<uv_handle_t*>(handle), DeleteTimer);
  work();
}

}  // namespace

EventLoop::EventLoop() {
  uv_loop_init(&loop_);
  uv_async_init(&loop_, &wake_, [](uv_async_t* wake) {
    static_cast<EventLoop*>(wake->data)->TakeInbox();
  });
  wake_.data = this;
  thread_ = std::thread([this] {
    // hiredis writes to sockets whose other end is gone: that must be an error
    // of the write, not the end of the program.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    uv_run(&loop_, UV_RUN_DEFAULT);
  });
}

EventLoop::~EventLoop() {
  {
    MutexLock const lock(mu_);
    stopping_ = true;
  }
  uv_async_send(&wake_);
  thread_.join();
  uv_loop_close(&loop_);
}

void EventLoop::Post(absl::AnyInvocable<void()> work) {
  bool first;
  {
    MutexLock const lock(mu_);
    first = inbox_.empty();
    inbox_.push_back(std::move(work));
  }
  // Whoever found the inbox empty wakes the loop for all who come after.
  if (first) uv_async_send(&wake_);
}

void EventLoop::After(std::chrono::milliseconds delay,
                      absl::AnyInvocable<void()> work) {
  Post([this, delay, work = std::move(work)]() mutable {
    auto* const timer = new Timer{{}, std::move(work)};
    uv_timer_init(&loop_, &timer->handle);
    timer->handle.data = timer;
    // The loop's idea of now is that of the start of this round.
    uv_update_time(&loop_);
    auto const ms = delay.count() > 0 ? delay.count() : 0;
    uv_timer_start(&timer->handle, RunTimer, static_cast<std::uint64_t>(ms), 0);
  });
}

void EventLoop::RunAndWait(absl::AnyInvocable<void()> work) {
  std::promise<void> done;
  Post([&] {
    work();
    done.set_value();
  });
  done.get_future().wait();
}

void EventLoop::TakeInbox() {
  std::vector<absl::AnyInvocable<void()>> taken;
  bool stopping;
  {
    MutexLock const lock(mu_);
    taken.swap(inbox_);
    stopping = stopping_;
  }
  if (stopping) {
    CloseAll();
    return;
  }
  for (auto& work : taken) work();
}

void EventLoop::CloseAll() {
  uv_close(reinterpret_cast<uv_handle_t*>(&wake_), nullptr);
  auto const close_timer = [](uv_handle_t* handle, void*) {
    if (handle->type == UV_TIMER && uv_is_closing(handle) == 0) {
      uv_close(handle, DeleteTimer);
    }
  };
  uv_walk(&loop_, close_timer, nullptr);
}

}  // namespace madoguchi::redis
