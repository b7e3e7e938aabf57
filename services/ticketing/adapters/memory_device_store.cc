#include "services/ticketing/adapters/memory_device_store.h"
#include <utility>

namespace madoguchi::ticketing {

void MemoryDeviceStore::Put(OfficeId const& office, DeviceState const& state,
                            MachineTime /*deadline*/,
                            Done<std::monostate> done) {
  {
    MutexLock const lock(mu_);
    offices_[office][state.device] = state;
  }
  done(std::monostate());
}

void MemoryDeviceStore::List(OfficeId const& office, MachineTime /*deadline*/,
                             Done<std::vector<DeviceState>> done) {
  std::vector<DeviceState> states;
  {
    MutexLock const lock(mu_);
    for (auto const& [id, state] : offices_[office]) states.push_back(state);
  }
  done(std::move(states));
}

}  // namespace madoguchi::ticketing
