#include "services/ticketing/rpc/counter_handlers.h"
#include "services/ticketing/rpc/counter_requests.h"
#include <chrono>
#include <optional>
#include <utility>

// Calls, and the steps of a visit at a counter.
namespace madoguchi::ticketing {
namespace {

// No duration is the office's usual one; one that no hold could have is left as
// too long, for the desk to refuse.
std::optional<std::chrono::milliseconds> DurationOf(
    v1::HoldTicketRequest const& request) {
  using std::chrono::milliseconds;
  if (!request.has_duration()) return std::nullopt;
  auto const seconds = request.duration().seconds();
  if (seconds < 0 ||
      seconds > std::chrono::seconds(std::chrono::hours(24)).count()) {
    return milliseconds::max();
  }
  return std::chrono::seconds(seconds) +
         milliseconds(request.duration().nanos() / 1'000'000);
}

}  // namespace

grpc::ServerUnaryReactor* CounterHandlers::CallNextTicket(
    grpc::CallbackServerContext* context,
    v1::CallNextTicketRequest const* request,
    v1::CallNextTicketResponse* response) {
  rpc::UnaryCall call(context, response, call_next_ticket_);
  auto const fit = CheckFit(context_.readiness);
  if (!fit.ok()) return call.Refuse(fit);
  auto const at = ParseCounter(*context, *request);
  if (!at.ok()) return call.Refuse(at.status());
  desk_.CallNext(*at, request->request_id(), call.deadline(),
                 [this, office_id = at->office,
                  call](absl::StatusOr<CallAnswer> const& answer) {
                   if (!answer.ok()) return call.Finish(answer.status());
                   auto const& office = *context_.city.FindOffice(office_id);
                   if (answer->ticket) {
                     *call.response().mutable_ticket() =
                         ToStaffProto(office_id, *answer->ticket);
                   }
                   *call.response().mutable_reason() =
                       ToProto(answer->reason, office, answer->ticket);
                   call.Finish(absl::OkStatus());
                 });
  return call.reactor();
}

grpc::ServerUnaryReactor* CounterHandlers::CallTicket(
    grpc::CallbackServerContext* context, v1::CallTicketRequest const* request,
    v1::CallTicketResponse* response) {
  return RunTicketMethod(context_, context, *request, response, call_ticket_,
                         [this](TicketCommand const& command,
                                MachineTime deadline, Done<Ticket> done) {
                           desk_.CallOutOfTurn(command, deadline,
                                               std::move(done));
                         });
}

grpc::ServerUnaryReactor* CounterHandlers::RecallTicket(
    grpc::CallbackServerContext* context,
    v1::RecallTicketRequest const* request,
    v1::RecallTicketResponse* response) {
  return RunTicketMethod(context_, context, *request, response, recall_ticket_,
                         [this](TicketCommand const& command,
                                MachineTime deadline, Done<Ticket> done) {
                           desk_.Recall(command, deadline, std::move(done));
                         });
}

grpc::ServerUnaryReactor* CounterHandlers::StartServing(
    grpc::CallbackServerContext* context,
    v1::StartServingRequest const* request,
    v1::StartServingResponse* response) {
  return RunTicketMethod(context_, context, *request, response, start_serving_,
                         [this](TicketCommand const& command,
                                MachineTime deadline, Done<Ticket> done) {
                           desk_.StartServing(command, deadline,
                                              std::move(done));
                         });
}

grpc::ServerUnaryReactor* CounterHandlers::ServeVisitor(
    grpc::CallbackServerContext* context,
    v1::ServeVisitorRequest const* request,
    v1::ServeVisitorResponse* response) {
  rpc::UnaryCall call(context, response, serve_visitor_);
  auto const fit = CheckFit(context_.readiness);
  if (!fit.ok()) return call.Refuse(fit);
  auto const at = ParseCounter(*context, *request);
  if (!at.ok()) return call.Refuse(at.status());
  auto service = ParseId("service", request->service());
  if (!service.ok()) return call.Refuse(service.status());
  desk_.ServeVisitor(
      *at, ServiceId{*std::move(service)}, request->language(),
      request->request_id(), call.deadline(),
      [office = at->office, call](absl::StatusOr<Ticket> const& ticket) {
        if (!ticket.ok()) return call.Finish(ticket.status());
        *call.response().mutable_ticket() = ToStaffProto(office, *ticket);
        call.Finish(absl::OkStatus());
      });
  return call.reactor();
}

grpc::ServerUnaryReactor* CounterHandlers::CompleteTicket(
    grpc::CallbackServerContext* context,
    v1::CompleteTicketRequest const* request,
    v1::CompleteTicketResponse* response) {
  return RunTicketMethod(
      context_, context, *request, response, complete_ticket_,
      [this, request](TicketCommand const& command, MachineTime deadline,
                      Done<Ticket> done) {
        desk_.Complete(command, {request->outcome(), request->wrap_up()},
                       deadline, std::move(done));
      });
}

grpc::ServerUnaryReactor* CounterHandlers::MarkAbsent(
    grpc::CallbackServerContext* context, v1::MarkAbsentRequest const* request,
    v1::MarkAbsentResponse* response) {
  return RunTicketMethod(context_, context, *request, response, mark_absent_,
                         [this](TicketCommand const& command,
                                MachineTime deadline, Done<Ticket> done) {
                           desk_.MarkAbsent(command, deadline, std::move(done));
                         });
}

grpc::ServerUnaryReactor* CounterHandlers::ReturnTicket(
    grpc::CallbackServerContext* context,
    v1::ReturnTicketRequest const* request,
    v1::ReturnTicketResponse* response) {
  return RunTicketMethod(context_, context, *request, response, return_ticket_,
                         [this](TicketCommand const& command,
                                MachineTime deadline, Done<Ticket> done) {
                           desk_.Return(command, deadline, std::move(done));
                         });
}

grpc::ServerUnaryReactor* CounterHandlers::HoldTicket(
    grpc::CallbackServerContext* context, v1::HoldTicketRequest const* request,
    v1::HoldTicketResponse* response) {
  return RunTicketMethod(
      context_, context, *request, response, hold_ticket_,
      [this, request](TicketCommand const& command, MachineTime deadline,
                      Done<Ticket> done) {
        desk_.Hold(
            command,
            {request->reason(), DurationOf(*request), request->to_counter()},
            deadline, std::move(done));
      });
}

grpc::ServerUnaryReactor* CounterHandlers::ResumeTicket(
    grpc::CallbackServerContext* context,
    v1::ResumeTicketRequest const* request,
    v1::ResumeTicketResponse* response) {
  return RunTicketMethod(
      context_, context, *request, response, resume_ticket_,
      [this, request](TicketCommand const& command, MachineTime deadline,
                      Done<Ticket> done) {
        if (request->wait()) {
          desk_.EndHold(command, deadline, std::move(done));
        } else {
          desk_.ResumeServing(command, deadline, std::move(done));
        }
      });
}

grpc::ServerUnaryReactor* CounterHandlers::UndoLastStep(
    grpc::CallbackServerContext* context,
    v1::UndoLastStepRequest const* request,
    v1::UndoLastStepResponse* response) {
  rpc::UnaryCall call(context, response, undo_last_step_);
  auto const fit = CheckFit(context_.readiness);
  if (!fit.ok()) return call.Refuse(fit);
  auto const at = ParseCounter(*context, *request);
  if (!at.ok()) return call.Refuse(at.status());
  desk_.UndoLastStep(
      *at, request->request_id(), call.deadline(),
      [office = at->office, call](absl::StatusOr<Ticket> const& ticket) {
        if (!ticket.ok()) return call.Finish(ticket.status());
        *call.response().mutable_ticket() = ToStaffProto(office, *ticket);
        call.Finish(absl::OkStatus());
      });
  return call.reactor();
}

}  // namespace madoguchi::ticketing
