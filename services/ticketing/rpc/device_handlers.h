#ifndef MADOGUCHI_SERVICES_TICKETING_RPC_DEVICE_HANDLERS_H
#define MADOGUCHI_SERVICES_TICKETING_RPC_DEVICE_HANDLERS_H

#include "services/rpc/device_registry.h"
#include "services/rpc/method_metrics.h"
#include "services/ticketing/domain/device_store.h"
#include "services/ticketing/rpc/ticket_handlers.h"
#include "madoguchi/ticketing/v1/device_service.grpc.pb.h"

namespace madoguchi::ticketing {

/// Translates between `DeviceService` and the device store.
class DeviceHandlers : public v1::DeviceService::CallbackService {
 public:
  /// `known` are the devices of the devices file; null without one. It and
  /// `store` must outlive the handlers. `machine_clock` tells the system's
  /// time.
  DeviceHandlers(HandlerContext const& context, DeviceStore& store,
                 rpc::DeviceRegistry const* known, Clock const& machine_clock);

  grpc::ServerUnaryReactor* Heartbeat(grpc::CallbackServerContext* context,
                                      v1::HeartbeatRequest const* request,
                                      v1::HeartbeatResponse* response) override;
  grpc::ServerUnaryReactor* ListDevices(
      grpc::CallbackServerContext* context,
      v1::ListDevicesRequest const* request,
      v1::ListDevicesResponse* response) override;

 private:
  HandlerContext const context_;
  DeviceStore& store_;
  rpc::DeviceRegistry const* const known_;
  Clock const& machine_clock_;
  rpc::MethodMetrics heartbeat_;
  rpc::MethodMetrics list_devices_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_RPC_DEVICE_HANDLERS_H
