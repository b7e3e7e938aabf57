#include "services/redis/uv_poller.h"

namespace madoguchi::redis {

bool UvPoller::Attach(redisAsyncContext* context, uv_loop_t* loop) {
  auto* const self = new UvPoller(context);
  if (uv_poll_init(loop, &self->poll_, context->c.fd) != 0) {
    delete self;
    return false;
  }
  uv_prepare_init(loop, &self->prepare_);
  self->open_handles_ = 2;
  self->poll_.data = self;
  self->prepare_.data = self;
  uv_prepare_start(&self->prepare_, [](uv_prepare_t* handle) {
    auto* const poller = From(handle->data);
    if (poller->unsent_) poller->Write();
  });
  context->ev.data = self;
  context->ev.addRead = [](void* p) { From(p)->Want(UV_READABLE); };
  context->ev.delRead = [](void* p) { From(p)->Unwant(UV_READABLE); };
  context->ev.addWrite = [](void* p) { From(p)->WantWrite(); };
  context->ev.delWrite = [](void* p) { From(p)->Unwant(UV_WRITABLE); };
  context->ev.cleanup = [](void* p) { From(p)->Close(); };
  return true;
}

void UvPoller::Watch(int events) {
  if (events == events_) return;
  events_ = events;
  if (events == 0) {
    uv_poll_stop(&poll_);
    return;
  }
  uv_poll_start(&poll_, events, [](uv_poll_t* handle, int status, int seen) {
    From(handle->data)->OnEvents(status, seen);
  });
}

void UvPoller::Want(int event) { Watch(events_ | event); }

void UvPoller::Unwant(int event) { Watch(events_ & ~event); }

void UvPoller::WantWrite() {
  bool const connected = (context_->c.flags & REDIS_CONNECTED) != 0;
  // While connecting, "writable" means connected; while writing, that the
  // socket was full.
  if (!connected || writing_) {
    Want(UV_WRITABLE);
  } else {
    unsent_ = true;
  }
}

// May free the context; `this` lives on until its handles are closed.
void UvPoller::Write() {
  unsent_ = false;
  writing_ = true;
  redisAsyncHandleWrite(context_);
  writing_ = false;
}

void UvPoller::OnEvents(int status, int events) {
  // libuv stops to watch a socket in error: reading it makes hiredis find out.
  if (status != 0) {
    events_ = 0;
    if (context_ != nullptr) redisAsyncHandleRead(context_);
    return;
  }
  if (context_ != nullptr && (events & UV_READABLE) != 0) {
    redisAsyncHandleRead(context_);
  }
  if (context_ != nullptr && (events & UV_WRITABLE) != 0) Write();
}

void UvPoller::Close() {
  context_ = nullptr;
  unsent_ = false;
  auto const closed = [](uv_handle_t* handle) { From(handle->data)->Closed(); };
  uv_close(reinterpret_cast<uv_handle_t*>(&poll_), closed);
  uv_close(reinterpret_cast<uv_handle_t*>(&prepare_), closed);
}

void UvPoller::Closed() {
  if (--open_handles_ == 0) delete this;
}

}  // namespace madoguchi::redis
