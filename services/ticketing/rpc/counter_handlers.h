#ifndef MADOGUCHI_SERVICES_TICKETING_RPC_COUNTER_HANDLERS_H
#define MADOGUCHI_SERVICES_TICKETING_RPC_COUNTER_HANDLERS_H

#include "services/rpc/method_metrics.h"
#include "services/ticketing/domain/counter_desk.h"
#include "services/ticketing/rpc/ticket_handlers.h"
#include "madoguchi/ticketing/v1/counter_service.grpc.pb.h"

namespace madoguchi::ticketing {

/// Translates between `CounterService` and the counter desk; decides nothing.
class CounterHandlers : public v1::CounterService::CallbackService {
 public:
  /// `desk` and `clock` must outlive the handlers.
  CounterHandlers(HandlerContext const& context, CounterDesk& desk,
                  Clock const& clock);

  grpc::ServerUnaryReactor* OpenCounter(
      grpc::CallbackServerContext* context,
      v1::OpenCounterRequest const* request,
      v1::OpenCounterResponse* response) override;
  grpc::ServerUnaryReactor* CloseCounter(
      grpc::CallbackServerContext* context,
      v1::CloseCounterRequest const* request,
      v1::CloseCounterResponse* response) override;
  grpc::ServerUnaryReactor* CallNextTicket(
      grpc::CallbackServerContext* context,
      v1::CallNextTicketRequest const* request,
      v1::CallNextTicketResponse* response) override;
  grpc::ServerUnaryReactor* RecallTicket(
      grpc::CallbackServerContext* context,
      v1::RecallTicketRequest const* request,
      v1::RecallTicketResponse* response) override;
  grpc::ServerUnaryReactor* StartServing(
      grpc::CallbackServerContext* context,
      v1::StartServingRequest const* request,
      v1::StartServingResponse* response) override;
  grpc::ServerUnaryReactor* CompleteTicket(
      grpc::CallbackServerContext* context,
      v1::CompleteTicketRequest const* request,
      v1::CompleteTicketResponse* response) override;
  grpc::ServerUnaryReactor* MarkAbsent(
      grpc::CallbackServerContext* context,
      v1::MarkAbsentRequest const* request,
      v1::MarkAbsentResponse* response) override;
  grpc::ServerUnaryReactor* ReturnTicket(
      grpc::CallbackServerContext* context,
      v1::ReturnTicketRequest const* request,
      v1::ReturnTicketResponse* response) override;
  grpc::ServerUnaryReactor* ListTickets(
      grpc::CallbackServerContext* context,
      v1::ListTicketsRequest const* request,
      v1::ListTicketsResponse* response) override;

 private:
  /// The methods that move a ticket differ in their command alone.
  template <typename Request, typename Response, typename Run>
  grpc::ServerUnaryReactor* RunTicketCommand(
      grpc::CallbackServerContext* context, Request const& request,
      Response* response, rpc::MethodMetrics& metrics, Run run);

  HandlerContext const context_;
  CounterDesk& desk_;
  Clock const& clock_;
  rpc::MethodMetrics open_counter_;
  rpc::MethodMetrics close_counter_;
  rpc::MethodMetrics call_next_ticket_;
  rpc::MethodMetrics recall_ticket_;
  rpc::MethodMetrics start_serving_;
  rpc::MethodMetrics complete_ticket_;
  rpc::MethodMetrics mark_absent_;
  rpc::MethodMetrics return_ticket_;
  rpc::MethodMetrics list_tickets_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_RPC_COUNTER_HANDLERS_H
