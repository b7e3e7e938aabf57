#include "services/renewal/adapters/memory_upstream_store.h"
#include <utility>

namespace madoguchi::renewal {

void MemoryUpstreamStore::Look(RequestId const& request, MachineTime,
                               Done<UpstreamLook> done) {
  UpstreamLook look;
  {
    MutexLock const lock(mu_);
    auto const settled = settled_.find(request);
    if (settled != settled_.end()) look.settled = settled->second;
    look.record = record_;
  }
  done(std::move(look));
}

void MemoryUpstreamStore::Settle(UpstreamSettlement const& settlement,
                                 MachineTime, Done<SettledUpstream> done) {
  auto settled = [&] {
    MutexLock const lock(mu_);
    return SettleNow(settlement);
  }();
  done(std::move(settled));
}

absl::StatusOr<SettledUpstream> MemoryUpstreamStore::SettleNow(
    UpstreamSettlement const& settlement) {
  auto const& request = settlement.request;
  auto const before = settled_.find(request.id);
  if (before != settled_.end()) return before->second;
  if (record_.version != settlement.seen_version) {
    return absl::AbortedError("Others were faster.");
  }
  record_ = settlement.after;
  if (settlement.took) {
    AddLatency(baseline_, settlement.took->when, settlement.took->latency);
  }
  SettledUpstream settled{request.command, record_};
  if (!request.id.value.empty()) settled_[request.id] = settled;
  return settled;
}

void MemoryUpstreamStore::ReadBaseline(MachineTime,
                                       Done<LatencyBaseline> done) {
  LatencyBaseline baseline;
  {
    MutexLock const lock(mu_);
    baseline = baseline_;
  }
  done(std::move(baseline));
}

}  // namespace madoguchi::renewal
