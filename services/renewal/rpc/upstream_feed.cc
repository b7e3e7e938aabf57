#include "services/renewal/rpc/upstream_feed.h"
#include "services/renewal/domain/errors.h"
#include "services/renewal/rpc/convert.h"
#include "services/renewal/rpc/upstream_stream.h"
#include <utility>

namespace madoguchi::renewal {

absl::StatusOr<v1::Upstream> UpstreamFeed::Now(OfficeId const& office) const {
  auto const known = desk_.Known();
  if (scheduler_.Now() - known.heard > kLongestSilence) {
    return error::StoreUnavailable("nothing is heard of the upstream");
  }
  return Tell(office, known);
}

v1::Upstream UpstreamFeed::Now(OfficeId const& office,
                               UpstreamRecord const& record) const {
  return Tell(office, desk_.KnownFrom(record));
}

v1::Upstream UpstreamFeed::Tell(OfficeId const& office,
                                KnownUpstream const& known) const {
  auto upstream = ToProto(known, desk_.settings().connector);
  MutexLock const lock(mu_);
  auto const parked = parked_.find(office);
  if (parked != parked_.end()) upstream.set_parked_count(parked->second);
  return upstream;
}

void UpstreamFeed::SetParked(OfficeId const& office, int count) {
  {
    MutexLock const lock(mu_);
    auto& parked = parked_[office];
    if (parked == count) return;
    parked = count;
  }
  Tick();
}

void UpstreamFeed::Tick() {
  Streams streams;
  {
    MutexLock const lock(mu_);
    streams = streams_;
  }
  for (auto const& [pointer, each] : streams) {
    if (auto const stream = each.lock()) stream->Look();
  }
}

void UpstreamFeed::Add(std::shared_ptr<UpstreamStream> const& stream) {
  bool ended = false;
  {
    MutexLock const lock(mu_);
    streams_[stream.get()] = stream;
    ended = ended_;
  }
  if (ended) stream->End(error::ServerStopping());
}

void UpstreamFeed::Remove(UpstreamStream const* stream) {
  MutexLock const lock(mu_);
  streams_.erase(stream);
}

void UpstreamFeed::EndAll() {
  Streams streams;
  {
    MutexLock const lock(mu_);
    ended_ = true;
    streams = streams_;
  }
  for (auto const& [pointer, each] : streams) {
    if (auto const stream = each.lock()) stream->End(error::ServerStopping());
  }
}

}  // namespace madoguchi::renewal
