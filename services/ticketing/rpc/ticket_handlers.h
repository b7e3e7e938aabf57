#ifndef MADOGUCHI_SERVICES_TICKETING_RPC_TICKET_HANDLERS_H
#define MADOGUCHI_SERVICES_TICKETING_RPC_TICKET_HANDLERS_H

#include "services/rpc/method_metrics.h"
#include "services/rpc/readiness.h"
#include "services/ticketing/domain/ticket_desk.h"
#include "services/ticketing/rpc/link_tokens.h"
#include "madoguchi/ticketing/v1/ticket_service.grpc.pb.h"
#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/registry.h>

namespace madoguchi::ticketing {

/// What every group of handlers works with. None of it is owned; all of it must
/// outlive the handlers.
struct HandlerContext {
  City const& city;
  rpc::Readiness const& readiness;
  LinkTokens& link_tokens;
  prometheus::Registry& metrics;
};

/// OK if the server may work. While the store only cannot be reached, calls go
/// on to it and learn so themselves: it may be back sooner than we know.
absl::Status CheckFit(rpc::Readiness const& readiness);

/// Translates between `TicketService` and the ticket desk; decides nothing.
class TicketHandlers : public v1::TicketService::CallbackService {
 public:
  /// `desk` must outlive the handlers.
  TicketHandlers(HandlerContext const& context, TicketDesk& desk);

  grpc::ServerUnaryReactor* ListServices(
      grpc::CallbackServerContext* context,
      v1::ListServicesRequest const* request,
      v1::ListServicesResponse* response) override;
  grpc::ServerUnaryReactor* IssueTicket(
      grpc::CallbackServerContext* context,
      v1::IssueTicketRequest const* request,
      v1::IssueTicketResponse* response) override;
  grpc::ServerUnaryReactor* GetTicket(grpc::CallbackServerContext* context,
                                      v1::GetTicketRequest const* request,
                                      v1::Ticket* response) override;
  grpc::ServerUnaryReactor* CancelTicket(
      grpc::CallbackServerContext* context,
      v1::CancelTicketRequest const* request,
      v1::CancelTicketResponse* response) override;

 private:
  HandlerContext const context_;
  TicketDesk& desk_;
  rpc::MethodMetrics list_services_;
  rpc::MethodMetrics issue_ticket_;
  rpc::MethodMetrics get_ticket_;
  rpc::MethodMetrics cancel_ticket_;
  // Visitors who were not given a number for want of room, by reason.
  prometheus::Family<prometheus::Counter>& refusals_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_RPC_TICKET_HANDLERS_H
