#include "services/ticketing/rpc/device_handlers.h"
#include "services/rpc/unary_call.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/rpc/device_list.h"
#include "services/ticketing/rpc/names.h"
#include <variant>
#include <vector>

namespace madoguchi::ticketing {

DeviceHandlers::DeviceHandlers(HandlerContext const& context,
                               DeviceStore& store,
                               rpc::DeviceRegistry const* known,
                               Clock const& machine_clock)
    : context_(context),
      store_(store),
      known_(known),
      machine_clock_(machine_clock),
      heartbeat_(context.metrics, "Heartbeat"),
      list_devices_(context.metrics, "ListDevices") {}

grpc::ServerUnaryReactor* DeviceHandlers::Heartbeat(
    grpc::CallbackServerContext* context, v1::HeartbeatRequest const* request,
    v1::HeartbeatResponse* response) {
  rpc::UnaryCall call(context, response, heartbeat_);
  auto const name = ParseDeviceName("name", request->name());
  if (!name.ok()) return call.Refuse(name.status());
  if (context_.city.FindOffice(name->office) == nullptr) {
    return call.Refuse(error::OfficeNotFound(name->office));
  }
  // That a device speaks for itself alone is seen to before: with a devices
  // file no other is let in, and so none that the file does not know.
  auto const state =
      ToDeviceState(name->device, request->state(), machine_clock_.Now());
  if (!state.ok()) return call.Refuse(state.status());
  store_.Put(name->office, *state, call.deadline(),
             [call](absl::StatusOr<std::monostate> const& put) {
               call.Finish(put.status());
             });
  return call.reactor();
}

grpc::ServerUnaryReactor* DeviceHandlers::ListDevices(
    grpc::CallbackServerContext* context, v1::ListDevicesRequest const* request,
    v1::ListDevicesResponse* response) {
  rpc::UnaryCall call(context, response, list_devices_);
  auto const office = ParseOfficeName("office", request->office());
  if (!office.ok()) return call.Refuse(office.status());
  if (context_.city.FindOffice(*office) == nullptr) {
    return call.Refuse(error::OfficeNotFound(*office));
  }
  store_.List(*office, call.deadline(),
              [this, office = *office,
               call](absl::StatusOr<std::vector<DeviceState>> const& heard) {
                if (!heard.ok()) return call.Finish(heard.status());
                call.response() =
                    ListOf(office, *heard, known_, machine_clock_.Now());
                call.Finish(absl::OkStatus());
              });
  return call.reactor();
}

}  // namespace madoguchi::ticketing
