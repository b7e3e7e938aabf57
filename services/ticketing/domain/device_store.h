#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_DEVICE_STORE_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_DEVICE_STORE_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/base/strong_id.h"
#include "services/office/office.h"
#include <string>
#include <variant>
#include <vector>

namespace madoguchi::ticketing {

using DeviceId = StrongId<struct DeviceTag>;

enum class PrinterState {
  kNone,
  kOk,
  kNearEnd,
  kEnd,
  kJam,
  kCoverOpen,
  kOffline,
};

enum class ScreenState { kNone, kOn, kOff };

/// What a device last said of itself.
struct DeviceState {
  DeviceId device;
  PrinterState printer = PrinterState::kNone;
  ScreenState screen = ScreenState::kNone;
  /// Of its program; `IsProgramVersion`.
  std::string program_version;
  bool can_issue = false;
  /// When it was heard, by the system's clock: not office time, which a replay
  /// runs faster.
  Timestamp heard;

  friend bool operator==(DeviceState const&, DeviceState const&) = default;
};

/// Whether `text` is at most 32 of a-z, A-Z, 0-9, `.`, `+`, `-`, `_`.
bool IsProgramVersion(std::string const& text);

/// Keeps how the devices of each office are, for all replicas.
///
/// Thread safe. Any method may fail with the errors of a store
/// (`STORE_UNAVAILABLE`, `DEADLINE_EXCEEDED`, ...). Every implementation must
/// pass `DeviceStoreContractTest`.
class DeviceStore {
 public:
  virtual ~DeviceStore() = default;

  /// Keeps `state` in the place of what the device said before. `STORE_FULL` if
  /// there is no memory.
  virtual void Put(OfficeId const& office, DeviceState const& state,
                   MachineTime deadline, Done<std::monostate> done) = 0;

  /// Answers the devices that were ever heard in `office`, ordered by id.
  virtual void List(OfficeId const& office, MachineTime deadline,
                    Done<std::vector<DeviceState>> done) = 0;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_DEVICE_STORE_H
