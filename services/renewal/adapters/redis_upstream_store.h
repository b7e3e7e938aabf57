#ifndef MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_REDIS_UPSTREAM_STORE_H
#define MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_REDIS_UPSTREAM_STORE_H

#include "services/office/office.h"
#include "services/redis/client.h"
#include "services/renewal/domain/upstream_store.h"
#include <string>

namespace madoguchi::renewal {

/// What a city knows of its upstream, on Redis; the keys are in ../README.md.
/// Thread safe; does not block.
class RedisUpstreamStore : public UpstreamStore {
 public:
  /// `client`, whose greeting is `LoadRenewalLibrary`, must outlive the store.
  RedisUpstreamStore(redis::Client& client, CityId const& city);

  void Look(RequestId const& request, MachineTime deadline,
            Done<UpstreamLook> done) override;
  void Settle(UpstreamSettlement const& settlement, MachineTime deadline,
              Done<SettledUpstream> done) override;
  void ReadBaseline(MachineTime deadline, Done<LatencyBaseline> done) override;

 private:
  redis::Client& client_;
  std::string const prefix_;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_REDIS_UPSTREAM_STORE_H
