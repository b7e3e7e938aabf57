#ifndef MADOGUCHI_SERVICES_RENEWAL_RPC_UPSTREAM_FEED_H
#define MADOGUCHI_SERVICES_RENEWAL_RPC_UPSTREAM_FEED_H

#include "services/base/clock.h"
#include "services/base/mutex.h"
#include "services/base/scheduler.h"
#include "services/renewal/domain/upstream_desk.h"
#include "madoguchi/renewal/v1/upstream.pb.h"
#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>

namespace madoguchi::renewal {

class UpstreamStream;

/// How the upstream does, for streams: what this replica knows and how many
/// cases of an office wait for it. Tells streams of changes, and keeps the list
/// of them, so that a server that stops can end them.
///
/// Thread safe. Locks: a stream's, then the feed's; a feed calls no stream
/// while it holds its own.
class UpstreamFeed {
 public:
  /// A replica that has not heard the store for so long knows nothing.
  static constexpr std::chrono::seconds kLongestSilence{5};

  /// Both must outlive the feed.
  UpstreamFeed(UpstreamDesk const& desk, Scheduler const& scheduler)
      : desk_(desk), scheduler_(scheduler) {}

  /// What an office is told now. Fails with `STORE_UNAVAILABLE` while nothing
  /// has been heard for `kLongestSilence`.
  absl::StatusOr<v1::Upstream> Now(OfficeId const& office) const
      ABSL_LOCKS_EXCLUDED(mu_);

  /// What an office is told of `record`.
  v1::Upstream Now(OfficeId const& office, UpstreamRecord const& record) const
      ABSL_LOCKS_EXCLUDED(mu_);

  /// How many cases of an office wait.
  void SetParked(OfficeId const& office, int count) ABSL_LOCKS_EXCLUDED(mu_);

  /// Something may have changed, or time has passed: lets every stream look. To
  /// be called at least every half second.
  void Tick() ABSL_LOCKS_EXCLUDED(mu_);

  MachineTime MachineNow() const { return scheduler_.Now(); }

  /// Notes a stream; ends it at once if `EndAll` was called.
  void Add(std::shared_ptr<UpstreamStream> const& stream)
      ABSL_LOCKS_EXCLUDED(mu_);
  void Remove(UpstreamStream const* stream) ABSL_LOCKS_EXCLUDED(mu_);
  /// Ends all streams, and those that begin later, with `SERVER_STOPPING`.
  void EndAll() ABSL_LOCKS_EXCLUDED(mu_);

 private:
  using Streams =
      std::map<UpstreamStream const*, std::weak_ptr<UpstreamStream>>;

  v1::Upstream Tell(OfficeId const& office, KnownUpstream const& known) const
      ABSL_LOCKS_EXCLUDED(mu_);

  UpstreamDesk const& desk_;
  Scheduler const& scheduler_;

  mutable Mutex mu_;
  bool ended_ ABSL_GUARDED_BY(mu_) = false;
  std::map<OfficeId, int> parked_ ABSL_GUARDED_BY(mu_);
  Streams streams_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_RPC_UPSTREAM_FEED_H
