#include "services/ticketing/rpc/counter_handlers.h"
#include "services/base/status_macros.h"
#include "services/rpc/unary_call.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/rpc/convert.h"
#include "services/ticketing/rpc/names.h"
#include <algorithm>
#include <utility>

namespace madoguchi::ticketing {
namespace {

constexpr int kDefaultPage = 100;
constexpr int kLargestPage = 500;

template <typename Request>
absl::StatusOr<CounterRef> ParseCounter(Request const& request) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto const name,
                             ParseCounterName("counter", request.counter()));
  return CounterRef{name.office, name.counter, request.session()};
}

template <typename Request>
absl::StatusOr<TicketCommand> ParseCommand(Request const& request) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto const at, ParseCounter(request));
  MADOGUCHI_ASSIGN_OR_RETURN(auto const ticket,
                             ParseTicketName("ticket", request.ticket()));
  if (ticket.office != at.office) return error::TicketNotFound(ticket.ticket);
  return TicketCommand{at, ticket.ticket, request.expected_version(),
                       request.request_id()};
}

bool IsWanted(v1::ListTicketsRequest const& request, v1::Ticket const& ticket) {
  return request.states().empty() ||
         std::find(request.states().begin(), request.states().end(),
                   ticket.state()) != request.states().end();
}

}  // namespace

CounterHandlers::CounterHandlers(HandlerContext const& context,
                                 CounterDesk& desk, Clock const& clock)
    : context_(context),
      desk_(desk),
      clock_(clock),
      open_counter_(context.metrics, "OpenCounter"),
      close_counter_(context.metrics, "CloseCounter"),
      call_next_ticket_(context.metrics, "CallNextTicket"),
      recall_ticket_(context.metrics, "RecallTicket"),
      start_serving_(context.metrics, "StartServing"),
      complete_ticket_(context.metrics, "CompleteTicket"),
      mark_absent_(context.metrics, "MarkAbsent"),
      return_ticket_(context.metrics, "ReturnTicket"),
      list_tickets_(context.metrics, "ListTickets") {}

grpc::ServerUnaryReactor* CounterHandlers::OpenCounter(
    grpc::CallbackServerContext* context, v1::OpenCounterRequest const* request,
    v1::OpenCounterResponse* response) {
  rpc::UnaryCall call(context, response, open_counter_);
  auto const fit = CheckFit(context_.readiness);
  if (!fit.ok()) return call.Refuse(fit);
  auto const name = ParseCounterName("counter", request->counter());
  if (!name.ok()) return call.Refuse(name.status());
  desk_.Open({name->office, name->counter}, StaffId{request->staff()},
             request->take_over(), request->request_id(), call.deadline(),
             [office = name->office,
              call](absl::StatusOr<OpenedCounter> const& opened) {
               if (!opened.ok()) return call.Finish(opened.status());
               call.response().set_session(opened->session);
               if (opened->ticket) {
                 *call.response().mutable_ticket() =
                     ToProto(office, *opened->ticket);
               }
               call.Finish(absl::OkStatus());
             });
  return call.reactor();
}

grpc::ServerUnaryReactor* CounterHandlers::CloseCounter(
    grpc::CallbackServerContext* context,
    v1::CloseCounterRequest const* request,
    v1::CloseCounterResponse* response) {
  rpc::UnaryCall call(context, response, close_counter_);
  auto const fit = CheckFit(context_.readiness);
  if (!fit.ok()) return call.Refuse(fit);
  auto const at = ParseCounter(*request);
  if (!at.ok()) return call.Refuse(at.status());
  desk_.Close(*at, request->request_id(), call.deadline(),
              [call](absl::StatusOr<std::monostate> const& closed) {
                call.Finish(closed.status());
              });
  return call.reactor();
}

grpc::ServerUnaryReactor* CounterHandlers::CallNextTicket(
    grpc::CallbackServerContext* context,
    v1::CallNextTicketRequest const* request,
    v1::CallNextTicketResponse* response) {
  rpc::UnaryCall call(context, response, call_next_ticket_);
  auto const fit = CheckFit(context_.readiness);
  if (!fit.ok()) return call.Refuse(fit);
  auto const at = ParseCounter(*request);
  if (!at.ok()) return call.Refuse(at.status());
  desk_.CallNext(*at, request->request_id(), call.deadline(),
                 [this, office_id = at->office,
                  call](absl::StatusOr<CallAnswer> const& answer) {
                   if (!answer.ok()) return call.Finish(answer.status());
                   auto const& office = *context_.city.FindOffice(office_id);
                   if (answer->ticket) {
                     *call.response().mutable_ticket() =
                         ToProto(office_id, *answer->ticket);
                   }
                   *call.response().mutable_reason() =
                       ToProto(answer->reason, office, answer->ticket);
                   call.Finish(absl::OkStatus());
                 });
  return call.reactor();
}

template <typename Request, typename Response, typename Run>
grpc::ServerUnaryReactor* CounterHandlers::RunTicketCommand(
    grpc::CallbackServerContext* context, Request const& request,
    Response* response, rpc::MethodMetrics& metrics, Run run) {
  rpc::UnaryCall call(context, response, metrics);
  auto const fit = CheckFit(context_.readiness);
  if (!fit.ok()) return call.Refuse(fit);
  auto const command = ParseCommand(request);
  if (!command.ok()) return call.Refuse(command.status());
  run(*command, call.deadline(),
      [office = command->at.office,
       call](absl::StatusOr<Ticket> const& ticket) {
        if (!ticket.ok()) return call.Finish(ticket.status());
        *call.response().mutable_ticket() = ToProto(office, *ticket);
        call.Finish(absl::OkStatus());
      });
  return call.reactor();
}

grpc::ServerUnaryReactor* CounterHandlers::RecallTicket(
    grpc::CallbackServerContext* context,
    v1::RecallTicketRequest const* request,
    v1::RecallTicketResponse* response) {
  return RunTicketCommand(
      context, *request, response, recall_ticket_,
      [this](auto const& command, MachineTime deadline, Done<Ticket> done) {
        desk_.Recall(command, deadline, std::move(done));
      });
}

grpc::ServerUnaryReactor* CounterHandlers::StartServing(
    grpc::CallbackServerContext* context,
    v1::StartServingRequest const* request,
    v1::StartServingResponse* response) {
  return RunTicketCommand(
      context, *request, response, start_serving_,
      [this](auto const& command, MachineTime deadline, Done<Ticket> done) {
        desk_.StartServing(command, deadline, std::move(done));
      });
}

grpc::ServerUnaryReactor* CounterHandlers::CompleteTicket(
    grpc::CallbackServerContext* context,
    v1::CompleteTicketRequest const* request,
    v1::CompleteTicketResponse* response) {
  return RunTicketCommand(
      context, *request, response, complete_ticket_,
      [this, outcome = request->outcome()](
          auto const& command, MachineTime deadline, Done<Ticket> done) {
        desk_.Complete(command, outcome, deadline, std::move(done));
      });
}

grpc::ServerUnaryReactor* CounterHandlers::MarkAbsent(
    grpc::CallbackServerContext* context, v1::MarkAbsentRequest const* request,
    v1::MarkAbsentResponse* response) {
  return RunTicketCommand(
      context, *request, response, mark_absent_,
      [this](auto const& command, MachineTime deadline, Done<Ticket> done) {
        desk_.MarkAbsent(command, deadline, std::move(done));
      });
}

grpc::ServerUnaryReactor* CounterHandlers::ReturnTicket(
    grpc::CallbackServerContext* context,
    v1::ReturnTicketRequest const* request,
    v1::ReturnTicketResponse* response) {
  return RunTicketCommand(
      context, *request, response, return_ticket_,
      [this](auto const& command, MachineTime deadline, Done<Ticket> done) {
        desk_.Return(command, deadline, std::move(done));
      });
}

grpc::ServerUnaryReactor* CounterHandlers::ListTickets(
    grpc::CallbackServerContext* context, v1::ListTicketsRequest const* request,
    v1::ListTicketsResponse* response) {
  rpc::UnaryCall call(context, response, list_tickets_);
  auto const office = ParseOfficeName("office", request->office());
  if (!office.ok()) return call.Refuse(office.status());
  TicketId const after{request->page_token()};
  if (!after.value.empty() && !DayOf(after)) {
    return call.Refuse(error::PageTokenInvalid());
  }
  int const size = request->page_size() <= 0
                       ? kDefaultPage
                       : std::min<int>(request->page_size(), kLargestPage);
  desk_.List(
      *office, after, size, call.deadline(),
      [this, office = *office, request,
       call](absl::StatusOr<TicketPage> const& page) {
        if (!page.ok()) return call.Finish(page.status());
        for (auto const& ticket : page->tickets) {
          auto proto = ToProto(office, ticket);
          if (IsWanted(*request, proto)) {
            *call.response().add_tickets() = std::move(proto);
          }
        }
        if (page->more) {
          call.response().set_next_page_token(page->tickets.back().id.value);
        }
        *call.response().mutable_office_time() = ToProto(clock_.Now());
        call.Finish(absl::OkStatus());
      });
  return call.reactor();
}

}  // namespace madoguchi::ticketing
