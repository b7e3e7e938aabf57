#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_KIOSK_FEED_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_KIOSK_FEED_H

#include "services/base/mutex.h"
#include "madoguchi/kiosk/v1/kiosk_service.pb.h"
#include "absl/base/thread_annotations.h"
#include <grpcpp/support/server_callback.h>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace madoguchi::ticket_machine {

/// Tells the pages that watch what they have to show: at once when it changes,
/// and again and again so that they know that the machine lives.
///
/// Holds for each page no more than the update in flight and the newest one.
/// Thread safe.
class KioskFeed {
 public:
  using Compose = std::function<kiosk::v1::KioskUpdate()>;

  /// The proto promises one every 2 seconds.
  static constexpr std::chrono::milliseconds kBeat{1'000};
  /// How often it looks for what changes without saying so, as a printer does.
  static constexpr std::chrono::milliseconds kLook{500};

  /// `compose` says what to show; called on the feed's thread and on those that
  /// begin to follow.
  explicit KioskFeed(Compose compose);
  /// Ends all streams and waits until they are gone.
  ~KioskFeed();
  KioskFeed(KioskFeed const&) = delete;
  KioskFeed& operator=(KioskFeed const&) = delete;

  /// Begins a stream; its first update is on its way.
  grpc::ServerWriteReactor<kiosk::v1::KioskUpdate>* Follow()
      ABSL_LOCKS_EXCLUDED(mu_);

  /// Something has changed. Does not block.
  void Wake() ABSL_LOCKS_EXCLUDED(mu_);

  /// Ends all streams, and those that begin later, with `MACHINE_STOPPING`.
  void EndAll() ABSL_LOCKS_EXCLUDED(mu_);

  /// Whether somebody sees what is shown.
  bool has_pages() ABSL_LOCKS_EXCLUDED(mu_);

 private:
  class Stream;
  using Shared = std::shared_ptr<kiosk::v1::KioskUpdate const>;

  void Run() ABSL_LOCKS_EXCLUDED(mu_);
  /// Waits for news, or until it is time to look. False if it is to end.
  bool Wait() ABSL_LOCKS_EXCLUDED(mu_);
  void Remove(Stream const* stream) ABSL_LOCKS_EXCLUDED(mu_);

  Compose const compose_;
  Mutex mu_;
  std::condition_variable_any changed_;
  bool woken_ ABSL_GUARDED_BY(mu_) = false;
  bool ended_ ABSL_GUARDED_BY(mu_) = false;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::vector<std::shared_ptr<Stream>> streams_ ABSL_GUARDED_BY(mu_);
  /// The last member: it starts when all others are there.
  std::thread thread_;
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_KIOSK_FEED_H
