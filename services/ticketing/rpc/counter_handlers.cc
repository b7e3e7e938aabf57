#include "services/ticketing/rpc/counter_handlers.h"
#include "services/rpc/proto_time.h"
#include "services/ticketing/rpc/counter_requests.h"
#include <algorithm>
#include <utility>

namespace madoguchi::ticketing {
namespace {

constexpr int kDefaultPage = 100;
constexpr int kLargestPage = 500;

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
      pause_counter_(context.metrics, "PauseCounter"),
      resume_counter_(context.metrics, "ResumeCounter"),
      call_next_ticket_(context.metrics, "CallNextTicket"),
      call_ticket_(context.metrics, "CallTicket"),
      recall_ticket_(context.metrics, "RecallTicket"),
      start_serving_(context.metrics, "StartServing"),
      serve_visitor_(context.metrics, "ServeVisitor"),
      complete_ticket_(context.metrics, "CompleteTicket"),
      mark_absent_(context.metrics, "MarkAbsent"),
      return_ticket_(context.metrics, "ReturnTicket"),
      hold_ticket_(context.metrics, "HoldTicket"),
      resume_ticket_(context.metrics, "ResumeTicket"),
      undo_last_step_(context.metrics, "UndoLastStep"),
      transfer_ticket_(context.metrics, "TransferTicket"),
      designate_ticket_(context.metrics, "DesignateTicket"),
      set_assist_(context.metrics, "SetAssist"),
      edit_ticket_(context.metrics, "EditTicket"),
      list_tickets_(context.metrics, "ListTickets"),
      list_counters_(context.metrics, "ListCounters"),
      find_ticket_(context.metrics, "FindTicket") {}

grpc::ServerUnaryReactor* CounterHandlers::OpenCounter(
    grpc::CallbackServerContext* context, v1::OpenCounterRequest const* request,
    v1::OpenCounterResponse* response) {
  rpc::UnaryCall call(context, response, open_counter_);
  auto const fit = CheckFit(context_.readiness);
  if (!fit.ok()) return call.Refuse(fit);
  auto const name = ParseCounterName("counter", request->counter());
  if (!name.ok()) return call.Refuse(name.status());
  desk_.Open({name->office, name->counter, 0, rpc::DeviceOf(*context)},
             StaffId{request->staff()}, request->take_over(),
             request->request_id(), call.deadline(),
             [office = name->office,
              call](absl::StatusOr<OpenedCounter> const& opened) {
               if (!opened.ok()) return call.Finish(opened.status());
               call.response().set_session(opened->session);
               if (opened->ticket) {
                 *call.response().mutable_ticket() =
                     ToStaffProto(office, *opened->ticket);
               }
               call.Finish(absl::OkStatus());
             });
  return call.reactor();
}

grpc::ServerUnaryReactor* CounterHandlers::CloseCounter(
    grpc::CallbackServerContext* context,
    v1::CloseCounterRequest const* request,
    v1::CloseCounterResponse* response) {
  return RunCounterMethod(
      context_, context, *request, response, close_counter_,
      [this, request](CounterRef const& at, MachineTime deadline,
                      Done<std::monostate> done) {
        desk_.Close(at, request->request_id(), deadline, std::move(done));
      });
}

grpc::ServerUnaryReactor* CounterHandlers::PauseCounter(
    grpc::CallbackServerContext* context,
    v1::PauseCounterRequest const* request,
    v1::PauseCounterResponse* response) {
  return RunCounterMethod(
      context_, context, *request, response, pause_counter_,
      [this, request](CounterRef const& at, MachineTime deadline,
                      Done<std::monostate> done) {
        desk_.Pause(at, request->reason(), request->request_id(), deadline,
                    std::move(done));
      });
}

grpc::ServerUnaryReactor* CounterHandlers::ResumeCounter(
    grpc::CallbackServerContext* context,
    v1::ResumeCounterRequest const* request,
    v1::ResumeCounterResponse* response) {
  return RunCounterMethod(
      context_, context, *request, response, resume_counter_,
      [this, request](CounterRef const& at, MachineTime deadline,
                      Done<std::monostate> done) {
        desk_.EndActivity(at, request->request_id(), deadline, std::move(done));
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
          auto proto = ToStaffProto(office, ticket);
          if (IsWanted(*request, proto)) {
            *call.response().add_tickets() = std::move(proto);
          }
        }
        if (page->more) {
          call.response().set_next_page_token(page->tickets.back().id.value);
        }
        *call.response().mutable_office_time() = rpc::TimeToProto(clock_.Now());
        call.Finish(absl::OkStatus());
      });
  return call.reactor();
}

grpc::ServerUnaryReactor* CounterHandlers::ListCounters(
    grpc::CallbackServerContext* context,
    v1::ListCountersRequest const* request,
    v1::ListCountersResponse* response) {
  rpc::UnaryCall call(context, response, list_counters_);
  auto const name = ParseOfficeName("office", request->office());
  if (!name.ok()) return call.Refuse(name.status());
  desk_.ListCounters(
      *name, call.deadline(),
      [this, id = *name,
       call](absl::StatusOr<std::vector<CounterStatus>> const& counters) {
        if (!counters.ok()) return call.Finish(counters.status());
        auto const& office = *context_.city.FindOffice(id);
        for (auto const& counter : *counters) {
          *call.response().add_counters() = ToProto(office, counter);
        }
        *call.response().mutable_office_time() = rpc::TimeToProto(clock_.Now());
        call.Finish(absl::OkStatus());
      });
  return call.reactor();
}

grpc::ServerUnaryReactor* CounterHandlers::FindTicket(
    grpc::CallbackServerContext* context, v1::FindTicketRequest const* request,
    v1::FindTicketResponse* response) {
  rpc::UnaryCall call(context, response, find_ticket_);
  auto const office = ParseOfficeName("office", request->office());
  if (!office.ok()) return call.Refuse(office.status());
  auto const number = ParseId("number", request->number());
  if (!number.ok()) return call.Refuse(number.status());
  desk_.FindNumber(
      *office, *number, call.deadline(),
      [office = *office, call](absl::StatusOr<Ticket> const& ticket) {
        if (!ticket.ok()) return call.Finish(ticket.status());
        *call.response().mutable_ticket() = ToStaffProto(office, *ticket);
        call.Finish(absl::OkStatus());
      });
  return call.reactor();
}

}  // namespace madoguchi::ticketing
