#include "services/ticketing/rpc/counter_handlers.h"
#include "services/ticketing/rpc/counter_requests.h"
#include <utility>

// Where a ticket waits: transfers, designations, corrections.
namespace madoguchi::ticketing {
namespace {

life::Position PositionOf(v1::TransferTicketRequest const& request) {
  switch (request.position()) {
    case v1::TransferTicketRequest::FIRST:
      return life::Position::kFirst;
    case v1::TransferTicketRequest::LAST:
      return life::Position::kLast;
    default:
      return life::Position::kByArrival;
  }
}

absl::StatusOr<TransferOrder> ParseOrder(
    OfficeId const& office, v1::TransferTicketRequest const& request) {
  TransferOrder order;
  if (!request.service().empty()) {
    MADOGUCHI_ASSIGN_OR_RETURN(order.service.value,
                               ParseId("service", request.service()));
  }
  if (!request.to_counter().empty()) {
    MADOGUCHI_ASSIGN_OR_RETURN(
        auto const name, ParseCounterName("to_counter", request.to_counter()));
    if (name.office != office) return error::TransferInvalid();
    order.counter = name.counter;
  }
  if (!request.to_office().empty()) {
    MADOGUCHI_ASSIGN_OR_RETURN(
        order.office, ParseOfficeName("to_office", request.to_office()));
  }
  order.position = PositionOf(request);
  order.note = request.note();
  return order;
}

}  // namespace

grpc::ServerUnaryReactor* CounterHandlers::TransferTicket(
    grpc::CallbackServerContext* context,
    v1::TransferTicketRequest const* request,
    v1::TransferTicketResponse* response) {
  rpc::UnaryCall call(context, response, transfer_ticket_);
  auto const fit = CheckFit(context_.readiness);
  if (!fit.ok()) return call.Refuse(fit);
  auto const command = ParseCommand(*context, *request);
  if (!command.ok()) return call.Refuse(command.status());
  auto const order = ParseOrder(command->at.office, *request);
  if (!order.ok()) return call.Refuse(order.status());
  desk_.Transfer(*command, *order, call.deadline(),
                 [this, office = command->at.office, other = order->office,
                  call](absl::StatusOr<Transferred> const& transferred) {
                   if (!transferred.ok())
                     return call.Finish(transferred.status());
                   auto& answer = call.response();
                   *answer.mutable_ticket() =
                       ToStaffProto(office, transferred->ticket);
                   if (auto const& arrived = transferred->arrived) {
                     *answer.mutable_arrived() = ToStaffProto(other, *arrived);
                     answer.set_link_token(
                         context_.link_tokens.TokenOf(other, arrived->id));
                   }
                   call.Finish(absl::OkStatus());
                 });
  return call.reactor();
}

grpc::ServerUnaryReactor* CounterHandlers::DesignateTicket(
    grpc::CallbackServerContext* context,
    v1::DesignateTicketRequest const* request,
    v1::DesignateTicketResponse* response) {
  rpc::UnaryCall call(context, response, designate_ticket_);
  auto const fit = CheckFit(context_.readiness);
  if (!fit.ok()) return call.Refuse(fit);
  auto const counter = ParseCounterName("counter", request->counter());
  if (!counter.ok()) return call.Refuse(counter.status());
  auto const ticket = ParseTicketName("ticket", request->ticket());
  if (!ticket.ok()) return call.Refuse(ticket.status());
  if (ticket->office != counter->office) {
    return call.Refuse(error::TicketNotFound(ticket->ticket));
  }
  TicketCommand const command{
      {counter->office, counter->counter, 0, rpc::DeviceOf(*context)},
      ticket->ticket,
      request->expected_version(),
      request->request_id()};
  desk_.Designate(
      command, StaffId{request->staff()}, call.deadline(),
      [office = counter->office, call](absl::StatusOr<Ticket> const& sent) {
        if (!sent.ok()) return call.Finish(sent.status());
        *call.response().mutable_ticket() = ToStaffProto(office, *sent);
        call.Finish(absl::OkStatus());
      });
  return call.reactor();
}

grpc::ServerUnaryReactor* CounterHandlers::SetAssist(
    grpc::CallbackServerContext* context, v1::SetAssistRequest const* request,
    v1::SetAssistResponse* response) {
  return RunTicketMethod(
      context_, context, *request, response, set_assist_,
      [this, request](TicketCommand const& command, MachineTime deadline,
                      Done<Ticket> done) {
        desk_.SetAssist(command, request->assist(), deadline, std::move(done));
      });
}

grpc::ServerUnaryReactor* CounterHandlers::EditTicket(
    grpc::CallbackServerContext* context, v1::EditTicketRequest const* request,
    v1::EditTicketResponse* response) {
  return RunTicketMethod(
      context_, context, *request, response, edit_ticket_,
      [this, request](TicketCommand const& command, MachineTime deadline,
                      Done<Ticket> done) {
        life::Edit edit;
        if (request->has_language()) edit.language = request->language();
        if (request->has_note()) edit.note = request->note();
        if (request->has_service()) {
          edit.service = ServiceId{request->service()};
        }
        desk_.Edit(command, edit, deadline, std::move(done));
      });
}

}  // namespace madoguchi::ticketing
