#ifndef MADOGUCHI_SERVICES_TICKETING_RPC_STORE_ROOM_METRICS_H
#define MADOGUCHI_SERVICES_TICKETING_RPC_STORE_ROOM_METRICS_H

#include "services/ticketing/domain/store_room.h"
#include "absl/status/status.h"
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <map>
#include <optional>
#include <string>

namespace madoguchi::ticketing {

/// Shows what the store has left and whether new tickets are refused for it.
/// Used by one thread.
class StoreRoomMetrics {
 public:
  /// `registry` must outlive it.
  explicit StoreRoomMetrics(prometheus::Registry& registry);

  /// `gate` is OK while new tickets are made, else the refusal.
  void Show(StoreRoom const& room, absl::Status const& gate);

 private:
  // What is unknown is not shown: 0 would raise the alarm.
  void Show(std::string const& kind, std::optional<Room> const& room);

  prometheus::Family<prometheus::Gauge>& free_;
  std::map<std::string, prometheus::Gauge*> shown_;
  std::map<std::string, prometheus::Gauge*> refused_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_RPC_STORE_ROOM_METRICS_H
