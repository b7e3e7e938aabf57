#include "clients/sdk/office_watch.h"
#include "clients/sdk/channel.h"
#include "clients/sdk/status_details.h"
#include "clients/sdk/token.h"
#include "services/base/jitter.h"
#include "services/base/mutex.h"
#include "madoguchi/ticketing/v1/display_service.grpc.pb.h"
#include "absl/base/thread_annotations.h"
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/support/async_stream.h>
#include <condition_variable>
#include <cstddef>
#include <optional>
#include <thread>
#include <utility>

namespace madoguchi::sdk {

using ticketing::v1::DisplayService;
using ticketing::v1::OfficeUpdate;
using ticketing::v1::WatchOfficeRequest;

/// The thread that follows, from one stream to the next.
class OfficeWatch::Stream {
 public:
  Stream(ClientOptions options, std::string office, std::int64_t after_sequence,
         OnUpdate on_update, OnLiveness on_liveness)
      : options_(std::move(options)),
        office_(std::move(office)),
        on_update_(std::move(on_update)),
        on_liveness_(std::move(on_liveness)),
        last_(after_sequence),
        thread_([this] { Follow(); }) {}

  ~Stream() {
    {
      MutexLock const lock(mu_);
      stopping_ = true;
      if (context_ != nullptr) context_->TryCancel();
    }
    stopped_.notify_all();
    thread_.join();
  }

 private:
  void Follow() {
    if (options_.targets.empty()) {
      on_liveness_(absl::InvalidArgumentError("No target to watch."));
      return;
    }
    for (std::size_t i = 0;; i = (i + 1) % options_.targets.size()) {
      // A connection of its own: one that fell silent may be dead, and the
      // next stream must not be put on it.
      auto const ended = Read(MakeChannel(options_, options_.targets[i]));
      if (IsStopping()) return;
      TellLiveness(ended);
      if (!Pause()) return;
    }
  }

  /// Follows one stream to its end and says why it ended.
  absl::Status Read(std::shared_ptr<grpc::Channel> const& channel) {
    DisplayService::Stub stub(channel);
    grpc::ClientContext context;
    ShowToken(options_.token, context);
    {
      MutexLock const lock(mu_);
      if (stopping_) return absl::CancelledError();
      context_ = &context;
    }
    WatchOfficeRequest request;
    request.set_office(office_);
    request.set_after_sequence(last_);

    // Asynchronous although one thread does it all: only so can a read that
    // waits be given up without a second thread to watch over it.
    grpc::CompletionQueue queue;
    auto const reader = stub.AsyncWatchOffice(&context, request, &queue, this);
    bool silent = false;
    bool alive = Await(queue, context, silent);
    OfficeUpdate update;
    while (alive) {
      reader->Read(&update, this);
      alive = Await(queue, context, silent);
      if (alive && !silent) Take(update);
    }
    grpc::Status status;
    reader->Finish(&status, this);
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    queue.Shutdown();
    while (queue.Next(&tag, &ok)) {
    }
    {
      MutexLock const lock(mu_);
      context_ = nullptr;
    }
    if (silent) {
      return absl::UnavailableError("Nothing was heard from the server.");
    }
    // The server never ends a stream without a reason; a proxy might.
    if (status.ok()) return absl::UnavailableError("The stream ended.");
    return FromGrpcStatus(status);
  }

  /// Waits for the one operation under way and returns whether it succeeded.
  /// After `kStaleAfter` gives the stream up and sets `silent`.
  static bool Await(grpc::CompletionQueue& queue, grpc::ClientContext& context,
                    bool& silent) {
    void* tag = nullptr;
    bool ok = false;
    auto const next = queue.AsyncNext(
        &tag, &ok,
        GrpcDeadline(std::chrono::steady_clock::now() + kStaleAfter));
    if (next == grpc::CompletionQueue::TIMEOUT) {
      silent = true;
      context.TryCancel();
      queue.Next(&tag, &ok);
    }
    return ok;
  }

  void Take(OfficeUpdate const& update) {
    // A snapshot counts even if it is behind: a store that was restored begins
    // anew. A heartbeat does not count: changes that the server has yet to send
    // as one may carry its sequence.
    if (update.has_event() && update.sequence() <= last_) return;
    if (!update.has_heartbeat()) last_ = update.sequence();
    TellLiveness(absl::OkStatus());
    on_update_(update);
  }

  /// Tells `status` if it is another kind of news than the last.
  void TellLiveness(absl::Status const& status) {
    if (told_ == status.code()) return;
    told_ = status.code();
    on_liveness_(status);
  }

  bool IsStopping() ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock const lock(mu_);
    return stopping_;
  }

  /// Waits before the next stream. Returns false if there is to be none.
  bool Pause() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    auto const until = std::chrono::steady_clock::now() +
                       Jitter(options_.shortest_pause, options_.longest_pause);
    mu_.Lock();
    while (!stopping_ && std::chrono::steady_clock::now() < until) {
      stopped_.wait_until(mu_, until);
    }
    bool const go_on = !stopping_;
    mu_.Unlock();
    return go_on;
  }

  ClientOptions const options_;
  std::string const office_;
  // What follows is used by the thread alone.
  OnUpdate on_update_;
  OnLiveness on_liveness_;
  std::int64_t last_;
  std::optional<absl::StatusCode> told_;

  Mutex mu_;
  std::condition_variable_any stopped_;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  /// Of the stream under way.
  grpc::ClientContext* context_ ABSL_GUARDED_BY(mu_) = nullptr;

  /// The last member: it starts when all others are there.
  std::thread thread_;
};

OfficeWatch::OfficeWatch(ClientOptions options, std::string office,
                         std::int64_t after_sequence, OnUpdate on_update,
                         OnLiveness on_liveness)
    : stream_(std::make_unique<Stream>(std::move(options), std::move(office),
                                       after_sequence, std::move(on_update),
                                       std::move(on_liveness))) {}

OfficeWatch::~OfficeWatch() = default;

}  // namespace madoguchi::sdk
