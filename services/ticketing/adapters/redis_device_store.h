#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_REDIS_DEVICE_STORE_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_REDIS_DEVICE_STORE_H

#include "services/redis/client.h"
#include "services/ticketing/domain/device_store.h"
#include "absl/status/statusor.h"
#include <string>
#include <string_view>

namespace madoguchi::ticketing {

/// `DeviceStore` in Redis: the hash `mdg:{CITY}:OFFICE:devices`.
///
/// Each heartbeat replaces one field and needs nothing that was there before,
/// so plain commands do.
class RedisDeviceStore : public DeviceStore {
 public:
  /// `client` must outlive the store.
  RedisDeviceStore(redis::Client& client, CityId const& city);

  void Put(OfficeId const& office, DeviceState const& state,
           MachineTime deadline, Done<std::monostate> done) override;
  void List(OfficeId const& office, MachineTime deadline,
            Done<std::vector<DeviceState>> done) override;

 private:
  redis::Client& client_;
  std::string const city_prefix_;
};

/// A state as a record, without its device: README.md has the fields.
std::string PackDeviceState(DeviceState const& state);

/// Reads what `PackDeviceState` wrote, also if a later release added fields at
/// the end or states of printer and screen, which read as none. Returns
/// kInternal, `STORE_KEY_FOREIGN`, for anything else.
absl::StatusOr<DeviceState> UnpackDeviceState(DeviceId device,
                                              std::string_view record);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_REDIS_DEVICE_STORE_H
