#ifndef MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_MEMORY_UPSTREAM_STORE_H
#define MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_MEMORY_UPSTREAM_STORE_H

#include "services/base/mutex.h"
#include "services/renewal/domain/upstream_store.h"
#include "absl/base/thread_annotations.h"
#include <map>

namespace madoguchi::renewal {

/// The twin of `RedisUpstreamStore` for tests: in memory, answers on the
/// caller's thread, never fails by itself. Thread safe.
class MemoryUpstreamStore : public UpstreamStore {
 public:
  void Look(RequestId const& request, MachineTime deadline,
            Done<UpstreamLook> done) override ABSL_LOCKS_EXCLUDED(mu_);
  void Settle(UpstreamSettlement const& settlement, MachineTime deadline,
              Done<SettledUpstream> done) override ABSL_LOCKS_EXCLUDED(mu_);
  void ReadBaseline(MachineTime deadline, Done<LatencyBaseline> done) override
      ABSL_LOCKS_EXCLUDED(mu_);

 private:
  absl::StatusOr<SettledUpstream> SettleNow(
      UpstreamSettlement const& settlement) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  Mutex mu_;
  UpstreamRecord record_ ABSL_GUARDED_BY(mu_);
  LatencyBaseline baseline_ ABSL_GUARDED_BY(mu_);
  std::map<RequestId, SettledUpstream> settled_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_MEMORY_UPSTREAM_STORE_H
