#include "services/ticketing/rpc/store_room_metrics.h"
#include "services/base/error.h"

namespace madoguchi::ticketing {

StoreRoomMetrics::StoreRoomMetrics(prometheus::Registry& registry)
    : free_(prometheus::BuildGauge()
                .Name("madoguchi_store_room")
                .Help("Bytes that Redis has left, of its disk and its memory.")
                .Register(registry)) {
  auto& refused = prometheus::BuildGauge()
                      .Name("madoguchi_new_tickets_refused")
                      .Help("1 while new tickets are refused for this reason.")
                      .Register(registry);
  for (auto const* reason : {"STORE_DISK_LOW", "STORE_MEMORY_LOW"}) {
    refused_[reason] = &refused.Add({{"reason", reason}});
  }
}

void StoreRoomMetrics::Show(StoreRoom const& room, absl::Status const& gate) {
  Show("disk", room.disk);
  Show("memory", room.memory);
  auto const refusal = GetErrorInfo(gate).reason;
  for (auto const& [reason, gauge] : refused_) {
    gauge->Set(reason == refusal ? 1 : 0);
  }
}

void StoreRoomMetrics::Show(std::string const& kind,
                            std::optional<Room> const& room) {
  auto& gauge = shown_[kind];
  if (room) {
    if (gauge == nullptr) gauge = &free_.Add({{"kind", kind}});
    gauge->Set(static_cast<double>(room->free));
  } else if (gauge != nullptr) {
    free_.Remove(gauge);
    gauge = nullptr;
  }
}

}  // namespace madoguchi::ticketing
