#ifndef MADOGUCHI_SERVICES_TICKETING_RPC_COUNTER_REQUESTS_H
#define MADOGUCHI_SERVICES_TICKETING_RPC_COUNTER_REQUESTS_H

#include "services/base/status_macros.h"
#include "services/rpc/admission.h"
#include "services/rpc/unary_call.h"
#include "services/ticketing/domain/counter_desk.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/rpc/convert.h"
#include "services/ticketing/rpc/names.h"
#include "services/ticketing/rpc/ticket_handlers.h"
#include "absl/status/statusor.h"
#include <utility>

// What the requests of `CounterService` have in common. For its handlers alone.
namespace madoguchi::ticketing {

/// The counter that a request names, its session, and the device that asks.
template <typename Request>
absl::StatusOr<CounterRef> ParseCounter(
    grpc::CallbackServerContext const& context, Request const& request) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto const name,
                             ParseCounterName("counter", request.counter()));
  return CounterRef{name.office, name.counter, request.session(),
                    rpc::DeviceOf(context)};
}

/// The command on a ticket that a request is.
template <typename Request>
absl::StatusOr<TicketCommand> ParseCommand(
    grpc::CallbackServerContext const& context, Request const& request) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto const at, ParseCounter(context, request));
  MADOGUCHI_ASSIGN_OR_RETURN(auto const ticket,
                             ParseTicketName("ticket", request.ticket()));
  if (ticket.office != at.office) return error::TicketNotFound(ticket.ticket);
  return TicketCommand{at, ticket.ticket, request.expected_version(),
                       request.request_id()};
}

/// Runs `run(command, deadline, done)` for a method that answers the ticket:
/// the methods that move one differ in their command alone.
template <typename Request, typename Response, typename Run>
grpc::ServerUnaryReactor* RunTicketMethod(HandlerContext const& handlers,
                                          grpc::CallbackServerContext* context,
                                          Request const& request,
                                          Response* response,
                                          rpc::MethodMetrics& metrics,
                                          Run run) {
  rpc::UnaryCall call(context, response, metrics);
  auto const fit = CheckFit(handlers.readiness);
  if (!fit.ok()) return call.Refuse(fit);
  auto const command = ParseCommand(*context, request);
  if (!command.ok()) return call.Refuse(command.status());
  run(*command, call.deadline(),
      [office = command->at.office,
       call](absl::StatusOr<Ticket> const& ticket) {
        if (!ticket.ok()) return call.Finish(ticket.status());
        *call.response().mutable_ticket() = ToStaffProto(office, *ticket);
        call.Finish(absl::OkStatus());
      });
  return call.reactor();
}

/// Runs `run(counter, deadline, done)` for a method that answers nothing.
template <typename Request, typename Response, typename Run>
grpc::ServerUnaryReactor* RunCounterMethod(HandlerContext const& handlers,
                                           grpc::CallbackServerContext* context,
                                           Request const& request,
                                           Response* response,
                                           rpc::MethodMetrics& metrics,
                                           Run run) {
  rpc::UnaryCall call(context, response, metrics);
  auto const fit = CheckFit(handlers.readiness);
  if (!fit.ok()) return call.Refuse(fit);
  auto const at = ParseCounter(*context, request);
  if (!at.ok()) return call.Refuse(at.status());
  run(*at, call.deadline(), [call](absl::StatusOr<std::monostate> const& done) {
    call.Finish(done.status());
  });
  return call.reactor();
}

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_RPC_COUNTER_REQUESTS_H
