#ifndef MADOGUCHI_SERVICES_WEB_UPSTREAM_CALL_H
#define MADOGUCHI_SERVICES_WEB_UPSTREAM_CALL_H

#include "services/base/mutex.h"
#include "services/web/grpc_web.h"
#include "services/web/headers.h"
#include "services/web/site.h"
#include "absl/base/thread_annotations.h"
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/client_callback.h>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace madoguchi::web {

/// One call at a service, unary or streaming: it makes no difference here.
/// Holds one message at a time and asks for the next one only when told to, so
/// that a page that reads slowly slows its service down.
///
/// Thread safe. Its owner holds it until `Take` has told of the end.
class UpstreamCall
    : private grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  /// What came since one last looked.
  struct News {
    /// Once: the service has begun to answer, with this metadata.
    std::optional<Headers> began;
    std::optional<grpc::ByteBuffer> message;
    /// After all messages, once: how it ended, and the metadata behind.
    std::optional<CallStatus> ended;
    Headers trailers;

    bool IsNone() const { return !began && !message && !ended; }
  };

  /// Starts `head` with `message`. Calls `on_news` when there may be news, on
  /// any thread, under a lock: it must not block or call back. Once `Take` has
  /// told of the end it is neither called nor held any more.
  static std::shared_ptr<UpstreamCall> Start(
      std::shared_ptr<grpc::Channel> const& channel, CallHead const& head,
      std::string_view message, std::function<void()> on_news);

  News Take() ABSL_LOCKS_EXCLUDED(mu_);

  /// Asks for the next message. Once after each that `Take` gave.
  void ReadOn();

  /// Ends the call soon, as far as it has not ended.
  void Cancel() { context_.TryCancel(); }

 private:
  explicit UpstreamCall(std::function<void()> on_news)
      : on_news_(std::move(on_news)) {}

  void OnReadInitialMetadataDone(bool ok) override ABSL_LOCKS_EXCLUDED(mu_);
  void OnReadDone(bool ok) override ABSL_LOCKS_EXCLUDED(mu_);
  void OnDone(grpc::Status const& status) override ABSL_LOCKS_EXCLUDED(mu_);

  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  // gRPC's while a read is under way.
  grpc::ByteBuffer reading_;

  Mutex mu_;
  // Until gRPC is done with us.
  std::shared_ptr<UpstreamCall> self_ ABSL_GUARDED_BY(mu_);
  std::function<void()> on_news_ ABSL_GUARDED_BY(mu_);
  // Whether gRPC has told of the beginning, or that there is none. Another of
  // its threads may tell of the first message before.
  bool has_begun_ ABSL_GUARDED_BY(mu_) = false;
  News news_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_UPSTREAM_CALL_H
