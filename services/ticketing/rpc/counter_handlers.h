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

  // Counters (counter_handlers.cc).
  grpc::ServerUnaryReactor* OpenCounter(
      grpc::CallbackServerContext* context,
      v1::OpenCounterRequest const* request,
      v1::OpenCounterResponse* response) override;
  grpc::ServerUnaryReactor* CloseCounter(
      grpc::CallbackServerContext* context,
      v1::CloseCounterRequest const* request,
      v1::CloseCounterResponse* response) override;
  grpc::ServerUnaryReactor* PauseCounter(
      grpc::CallbackServerContext* context,
      v1::PauseCounterRequest const* request,
      v1::PauseCounterResponse* response) override;
  grpc::ServerUnaryReactor* ResumeCounter(
      grpc::CallbackServerContext* context,
      v1::ResumeCounterRequest const* request,
      v1::ResumeCounterResponse* response) override;

  // Calls and visits (visit_handlers.cc).
  grpc::ServerUnaryReactor* CallNextTicket(
      grpc::CallbackServerContext* context,
      v1::CallNextTicketRequest const* request,
      v1::CallNextTicketResponse* response) override;
  grpc::ServerUnaryReactor* CallTicket(
      grpc::CallbackServerContext* context,
      v1::CallTicketRequest const* request,
      v1::CallTicketResponse* response) override;
  grpc::ServerUnaryReactor* RecallTicket(
      grpc::CallbackServerContext* context,
      v1::RecallTicketRequest const* request,
      v1::RecallTicketResponse* response) override;
  grpc::ServerUnaryReactor* StartServing(
      grpc::CallbackServerContext* context,
      v1::StartServingRequest const* request,
      v1::StartServingResponse* response) override;
  grpc::ServerUnaryReactor* ServeVisitor(
      grpc::CallbackServerContext* context,
      v1::ServeVisitorRequest const* request,
      v1::ServeVisitorResponse* response) override;
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
  grpc::ServerUnaryReactor* HoldTicket(
      grpc::CallbackServerContext* context,
      v1::HoldTicketRequest const* request,
      v1::HoldTicketResponse* response) override;
  grpc::ServerUnaryReactor* ResumeTicket(
      grpc::CallbackServerContext* context,
      v1::ResumeTicketRequest const* request,
      v1::ResumeTicketResponse* response) override;
  grpc::ServerUnaryReactor* UndoLastStep(
      grpc::CallbackServerContext* context,
      v1::UndoLastStepRequest const* request,
      v1::UndoLastStepResponse* response) override;

  // Where a ticket waits (transfer_handlers.cc).
  grpc::ServerUnaryReactor* TransferTicket(
      grpc::CallbackServerContext* context,
      v1::TransferTicketRequest const* request,
      v1::TransferTicketResponse* response) override;
  grpc::ServerUnaryReactor* DesignateTicket(
      grpc::CallbackServerContext* context,
      v1::DesignateTicketRequest const* request,
      v1::DesignateTicketResponse* response) override;
  grpc::ServerUnaryReactor* SetAssist(grpc::CallbackServerContext* context,
                                      v1::SetAssistRequest const* request,
                                      v1::SetAssistResponse* response) override;
  grpc::ServerUnaryReactor* EditTicket(
      grpc::CallbackServerContext* context,
      v1::EditTicketRequest const* request,
      v1::EditTicketResponse* response) override;

  // Reading (counter_handlers.cc).
  grpc::ServerUnaryReactor* ListTickets(
      grpc::CallbackServerContext* context,
      v1::ListTicketsRequest const* request,
      v1::ListTicketsResponse* response) override;
  grpc::ServerUnaryReactor* ListCounters(
      grpc::CallbackServerContext* context,
      v1::ListCountersRequest const* request,
      v1::ListCountersResponse* response) override;
  grpc::ServerUnaryReactor* FindTicket(
      grpc::CallbackServerContext* context,
      v1::FindTicketRequest const* request,
      v1::FindTicketResponse* response) override;

 private:
  HandlerContext const context_;
  CounterDesk& desk_;
  Clock const& clock_;
  rpc::MethodMetrics open_counter_;
  rpc::MethodMetrics close_counter_;
  rpc::MethodMetrics pause_counter_;
  rpc::MethodMetrics resume_counter_;
  rpc::MethodMetrics call_next_ticket_;
  rpc::MethodMetrics call_ticket_;
  rpc::MethodMetrics recall_ticket_;
  rpc::MethodMetrics start_serving_;
  rpc::MethodMetrics serve_visitor_;
  rpc::MethodMetrics complete_ticket_;
  rpc::MethodMetrics mark_absent_;
  rpc::MethodMetrics return_ticket_;
  rpc::MethodMetrics hold_ticket_;
  rpc::MethodMetrics resume_ticket_;
  rpc::MethodMetrics undo_last_step_;
  rpc::MethodMetrics transfer_ticket_;
  rpc::MethodMetrics designate_ticket_;
  rpc::MethodMetrics set_assist_;
  rpc::MethodMetrics edit_ticket_;
  rpc::MethodMetrics list_tickets_;
  rpc::MethodMetrics list_counters_;
  rpc::MethodMetrics find_ticket_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_RPC_COUNTER_HANDLERS_H
