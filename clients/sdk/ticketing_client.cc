#include "clients/sdk/ticketing_client.h"
#include <utility>

namespace madoguchi::sdk {

using ticketing::v1::CounterService;
using ticketing::v1::DeviceService;
using ticketing::v1::TicketService;

TicketingClient::TicketingClient(ClientOptions options)
    : replicas_(std::move(options)) {}

absl::StatusOr<ticketing::v1::ListServicesResponse>
TicketingClient::ListServices(ticketing::v1::ListServicesRequest request) {
  return replicas_.Call(&TicketService::Stub::ListServices, std::move(request));
}

absl::StatusOr<ticketing::v1::IssueTicketResponse> TicketingClient::IssueTicket(
    ticketing::v1::IssueTicketRequest request) {
  return replicas_.Call(&TicketService::Stub::IssueTicket, std::move(request));
}

absl::StatusOr<ticketing::v1::Ticket> TicketingClient::GetTicket(
    ticketing::v1::GetTicketRequest request) {
  return replicas_.Call(&TicketService::Stub::GetTicket, std::move(request));
}

absl::StatusOr<ticketing::v1::CancelTicketResponse>
TicketingClient::CancelTicket(ticketing::v1::CancelTicketRequest request) {
  return replicas_.Call(&TicketService::Stub::CancelTicket, std::move(request));
}

#define MADOGUCHI_DEFINE(Method)                                              \
  absl::StatusOr<ticketing::v1::Method##Response> TicketingClient::Method(    \
      ticketing::v1::Method##Request request) {                               \
    return replicas_.Call(&CounterService::Stub::Method, std::move(request)); \
  }
MADOGUCHI_COUNTER_METHODS(MADOGUCHI_DEFINE)
#undef MADOGUCHI_DEFINE

absl::StatusOr<ticketing::v1::HeartbeatResponse> TicketingClient::Heartbeat(
    ticketing::v1::HeartbeatRequest request) {
  return replicas_.Call(&DeviceService::Stub::Heartbeat, std::move(request));
}

absl::StatusOr<ticketing::v1::ListDevicesResponse> TicketingClient::ListDevices(
    ticketing::v1::ListDevicesRequest request) {
  return replicas_.Call(&DeviceService::Stub::ListDevices, std::move(request));
}

}  // namespace madoguchi::sdk
