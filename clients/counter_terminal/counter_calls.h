#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_COUNTER_CALLS_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_COUNTER_CALLS_H

#include "clients/sdk/ticketing_client.h"
#include "madoguchi/ticketing/v1/counter_service.pb.h"
#include "absl/status/statusor.h"

namespace madoguchi::counter_terminal {

/// The calls a counter makes, each as in `CounterService`. They block.
class CounterCalls {
 public:
  virtual ~CounterCalls() = default;

  virtual absl::StatusOr<ticketing::v1::OpenCounterResponse> OpenCounter(
      ticketing::v1::OpenCounterRequest const& request) = 0;
  virtual absl::StatusOr<ticketing::v1::CloseCounterResponse> CloseCounter(
      ticketing::v1::CloseCounterRequest const& request) = 0;
  virtual absl::StatusOr<ticketing::v1::CallNextTicketResponse> CallNextTicket(
      ticketing::v1::CallNextTicketRequest const& request) = 0;
  virtual absl::StatusOr<ticketing::v1::RecallTicketResponse> RecallTicket(
      ticketing::v1::RecallTicketRequest const& request) = 0;
  virtual absl::StatusOr<ticketing::v1::StartServingResponse> StartServing(
      ticketing::v1::StartServingRequest const& request) = 0;
  virtual absl::StatusOr<ticketing::v1::CompleteTicketResponse> CompleteTicket(
      ticketing::v1::CompleteTicketRequest const& request) = 0;
  virtual absl::StatusOr<ticketing::v1::MarkAbsentResponse> MarkAbsent(
      ticketing::v1::MarkAbsentRequest const& request) = 0;
  virtual absl::StatusOr<ticketing::v1::ReturnTicketResponse> ReturnTicket(
      ticketing::v1::ReturnTicketRequest const& request) = 0;
  virtual absl::StatusOr<ticketing::v1::ListTicketsResponse> ListTickets(
      ticketing::v1::ListTicketsRequest const& request) = 0;
};

/// Makes them through `client`, which must outlive it.
class RemoteCounterCalls : public CounterCalls {
 public:
  explicit RemoteCounterCalls(sdk::TicketingClient& client) : client_(client) {}

  absl::StatusOr<ticketing::v1::OpenCounterResponse> OpenCounter(
      ticketing::v1::OpenCounterRequest const& request) override {
    return client_.OpenCounter(request);
  }
  absl::StatusOr<ticketing::v1::CloseCounterResponse> CloseCounter(
      ticketing::v1::CloseCounterRequest const& request) override {
    return client_.CloseCounter(request);
  }
  absl::StatusOr<ticketing::v1::CallNextTicketResponse> CallNextTicket(
      ticketing::v1::CallNextTicketRequest const& request) override {
    return client_.CallNextTicket(request);
  }
  absl::StatusOr<ticketing::v1::RecallTicketResponse> RecallTicket(
      ticketing::v1::RecallTicketRequest const& request) override {
    return client_.RecallTicket(request);
  }
  absl::StatusOr<ticketing::v1::StartServingResponse> StartServing(
      ticketing::v1::StartServingRequest const& request) override {
    return client_.StartServing(request);
  }
  absl::StatusOr<ticketing::v1::CompleteTicketResponse> CompleteTicket(
      ticketing::v1::CompleteTicketRequest const& request) override {
    return client_.CompleteTicket(request);
  }
  absl::StatusOr<ticketing::v1::MarkAbsentResponse> MarkAbsent(
      ticketing::v1::MarkAbsentRequest const& request) override {
    return client_.MarkAbsent(request);
  }
  absl::StatusOr<ticketing::v1::ReturnTicketResponse> ReturnTicket(
      ticketing::v1::ReturnTicketRequest const& request) override {
    return client_.ReturnTicket(request);
  }
  absl::StatusOr<ticketing::v1::ListTicketsResponse> ListTickets(
      ticketing::v1::ListTicketsRequest const& request) override {
    return client_.ListTickets(request);
  }

 private:
  sdk::TicketingClient& client_;
};

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_COUNTER_CALLS_H
