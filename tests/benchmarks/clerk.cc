#include "tests/benchmarks/clerk.h"
#include "clients/sdk/uuid.h"
#include "tests/benchmarks/channels.h"
#include "tests/benchmarks/measure.h"
#include <grpcpp/client_context.h>
#include <chrono>
#include <utility>

namespace madoguchi::benchmark {
namespace {

namespace v1 = ticketing::v1;
using std::chrono::steady_clock;

void Check(grpc::Status const& status) {
  if (!status.ok()) Die("a clerk's command failed: " + status.error_message());
}

}  // namespace

Clerk::Clerk(std::string const& address, std::string counter)
    : stub_(v1::CounterService::NewStub(Connect(address))),
      counter_(std::move(counter)) {
  v1::OpenCounterRequest request;
  request.set_counter(counter_);
  request.set_staff("clerk");
  request.set_request_id(sdk::NewRequestId());
  grpc::ClientContext context;
  v1::OpenCounterResponse response;
  Check(stub_->OpenCounter(&context, request, &response));
}

double Clerk::Call() {
  v1::CallNextTicketRequest request;
  request.set_counter(counter_);
  request.set_request_id(sdk::NewRequestId());
  grpc::ClientContext context;
  v1::CallNextTicketResponse response;
  auto const began = steady_clock::now();
  Check(stub_->CallNextTicket(&context, request, &response));
  auto const took =
      std::chrono::duration<double, std::milli>(steady_clock::now() - began);
  if (!response.has_ticket()) Die("nobody waits");
  ticket_ = response.ticket().name();
  return took.count();
}

void Clerk::Serve() {
  {
    v1::StartServingRequest request;
    request.set_ticket(ticket_);
    request.set_counter(counter_);
    request.set_request_id(sdk::NewRequestId());
    grpc::ClientContext context;
    v1::StartServingResponse response;
    Check(stub_->StartServing(&context, request, &response));
  }
  v1::CompleteTicketRequest request;
  request.set_ticket(ticket_);
  request.set_counter(counter_);
  request.set_request_id(sdk::NewRequestId());
  grpc::ClientContext context;
  v1::CompleteTicketResponse response;
  Check(stub_->CompleteTicket(&context, request, &response));
}

}  // namespace madoguchi::benchmark
