#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_DEVICE_STORE_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_DEVICE_STORE_H

#include "services/base/mutex.h"
#include "services/ticketing/domain/device_store.h"
#include "absl/base/thread_annotations.h"
#include <map>

namespace madoguchi::ticketing {

/// `DeviceStore` in memory, for tests. Answers on the caller's thread, before
/// it returns.
class MemoryDeviceStore : public DeviceStore {
 public:
  void Put(OfficeId const& office, DeviceState const& state,
           MachineTime deadline, Done<std::monostate> done) override;
  void List(OfficeId const& office, MachineTime deadline,
            Done<std::vector<DeviceState>> done) override;

 private:
  Mutex mu_;
  std::map<OfficeId, std::map<DeviceId, DeviceState>> offices_
      ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEMORY_DEVICE_STORE_H
