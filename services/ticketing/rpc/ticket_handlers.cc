#include "services/ticketing/rpc/ticket_handlers.h"
#include "services/base/error.h"
#include "services/rpc/admission.h"
#include "services/rpc/unary_call.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/rpc/convert.h"
#include "services/ticketing/rpc/names.h"
#include <utility>
#include <vector>

namespace madoguchi::ticketing {

absl::Status CheckFit(rpc::Readiness const& readiness) {
  auto status = readiness.Check();
  if (GetErrorInfo(status).reason == "STORE_UNAVAILABLE") {
    return absl::OkStatus();
  }
  return status;
}

TicketHandlers::TicketHandlers(HandlerContext const& context, TicketDesk& desk)
    : context_(context),
      desk_(desk),
      list_services_(context.metrics, "ListServices"),
      issue_ticket_(context.metrics, "IssueTicket"),
      get_ticket_(context.metrics, "GetTicket"),
      cancel_ticket_(context.metrics, "CancelTicket"),
      refusals_(prometheus::BuildCounter()
                    .Name("madoguchi_new_ticket_refusals_total")
                    .Help("New tickets refused for want of room or numbers.")
                    .Register(context.metrics)) {}

grpc::ServerUnaryReactor* TicketHandlers::ListServices(
    grpc::CallbackServerContext* context,
    v1::ListServicesRequest const* request,
    v1::ListServicesResponse* response) {
  rpc::UnaryCall call(context, response, list_services_);
  auto const name = ParseOfficeName("office", request->office());
  if (!name.ok()) return call.Refuse(name.status());
  auto const* const office = context_.city.FindOffice(*name);
  if (office == nullptr) return call.Refuse(error::OfficeNotFound(*name));
  desk_.CountWaiting(
      *name, call.deadline(),
      [office, call](absl::StatusOr<std::vector<std::int64_t>> const& counts) {
        if (!counts.ok()) return call.Finish(counts.status());
        for (std::size_t i = 0; i != office->services.size(); ++i) {
          *call.response().add_services() =
              ToProto(office->services[i], (*counts)[i]);
        }
        call.Finish(absl::OkStatus());
      });
  return call.reactor();
}

grpc::ServerUnaryReactor* TicketHandlers::IssueTicket(
    grpc::CallbackServerContext* context, v1::IssueTicketRequest const* request,
    v1::IssueTicketResponse* response) {
  rpc::UnaryCall call(context, response, issue_ticket_);
  auto const fit = CheckFit(context_.readiness);
  if (!fit.ok()) return call.Refuse(fit);
  auto office = ParseOfficeName("office", request->office());
  if (!office.ok()) return call.Refuse(office.status());
  auto service = ParseId("service", request->service());
  if (!service.ok()) return call.Refuse(service.status());
  Visit visit{ServiceId{*std::move(service)},
              request->language(),
              {},
              rpc::DeviceOf(*context)};
  for (auto const& next : request->next_services()) {
    auto id = ParseId("next_services", next);
    if (!id.ok()) return call.Refuse(id.status());
    visit.next_services.push_back(ServiceId{*std::move(id)});
  }
  desk_.Issue(
      *office, visit, request->request_id(), call.deadline(),
      [this, office = *office, call](absl::StatusOr<Ticket> const& ticket) {
        if (absl::IsResourceExhausted(ticket.status())) {
          refusals_.Add({{"reason", GetErrorInfo(ticket.status()).reason}})
              .Increment();
        }
        if (!ticket.ok()) return call.Finish(ticket.status());
        *call.response().mutable_ticket() = ToProto(office, *ticket);
        call.response().set_link_token(
            context_.link_tokens.TokenOf(office, ticket->id));
        call.Finish(absl::OkStatus());
      });
  return call.reactor();
}

grpc::ServerUnaryReactor* TicketHandlers::GetTicket(
    grpc::CallbackServerContext* context, v1::GetTicketRequest const* request,
    v1::Ticket* response) {
  rpc::UnaryCall call(context, response, get_ticket_);
  auto const name = ParseTicketName("name", request->name());
  if (!name.ok()) return call.Refuse(name.status());
  if (context_.city.FindOffice(name->office) == nullptr) {
    return call.Refuse(error::OfficeNotFound(name->office));
  }
  if (!context_.link_tokens.Opens(request->link_token(), name->office,
                                  name->ticket)) {
    return call.Refuse(error::LinkTokenWrong());
  }
  desk_.Get(
      name->office, name->ticket, call.deadline(),
      [office = name->office, call](absl::StatusOr<Ticket> const& ticket) {
        if (!ticket.ok()) return call.Finish(ticket.status());
        call.response() = ToProto(office, *ticket);
        call.Finish(absl::OkStatus());
      });
  return call.reactor();
}

grpc::ServerUnaryReactor* TicketHandlers::CancelTicket(
    grpc::CallbackServerContext* context,
    v1::CancelTicketRequest const* request,
    v1::CancelTicketResponse* response) {
  rpc::UnaryCall call(context, response, cancel_ticket_);
  auto const fit = CheckFit(context_.readiness);
  if (!fit.ok()) return call.Refuse(fit);
  auto const name = ParseTicketName("name", request->name());
  if (!name.ok()) return call.Refuse(name.status());
  if (context_.city.FindOffice(name->office) == nullptr) {
    return call.Refuse(error::OfficeNotFound(name->office));
  }
  if (!context_.link_tokens.Opens(request->link_token(), name->office,
                                  name->ticket)) {
    return call.Refuse(error::LinkTokenWrong());
  }
  desk_.Cancel(
      name->office, name->ticket, request->request_id(), call.deadline(),
      [office = name->office, call](absl::StatusOr<Ticket> const& ticket) {
        if (!ticket.ok()) return call.Finish(ticket.status());
        *call.response().mutable_ticket() = ToProto(office, *ticket);
        call.Finish(absl::OkStatus());
      });
  return call.reactor();
}

}  // namespace madoguchi::ticketing
