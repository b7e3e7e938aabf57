#include "tests/benchmarks/clerk_crowd.h"
#include "clients/sdk/uuid.h"
#include "tests/benchmarks/channels.h"
#include "tests/benchmarks/measure.h"
#include "madoguchi/ticketing/v1/counter_service.grpc.pb.h"
#include <grpcpp/client_context.h>
#include <chrono>
#include <cstddef>
#include <optional>
#include <utility>

namespace madoguchi::benchmark {
namespace {

namespace v1 = ticketing::v1;

struct OwnCounter {
  std::string name;
  std::string ticket;
};

}  // namespace

// One clerk. Everything happens in the callbacks of one call after the other.
class ClerkCrowd::Member {
 public:
  Member(ClerkCrowd& crowd, std::string const& address)
      : crowd_(crowd), stub_(v1::CounterService::NewStub(Connect(address))) {}

  void Give(std::string counter) {
    counters_.push_back({std::move(counter), ""});
  }

  void Begin(std::vector<Step> const& steps) {
    steps_ = steps;
    counter_ = 0;
    step_ = 0;
    Next();
  }

 private:
  void Next() {
    if (step_ == steps_.size()) {
      step_ = 0;
      ++counter_;
    }
    if (counter_ == counters_.size()) return crowd_.MemberIsDone();
    auto& at = counters_[counter_];
    context_.emplace();
    switch (steps_[step_++]) {
      case Step::kOpen:
        open_.set_counter(at.name);
        open_.set_staff("clerk");
        open_.set_request_id(sdk::NewRequestId());
        return stub_->async()->OpenCounter(&*context_, &open_, &opened_,
                                           Goes());
      case Step::kCall:
        call_.set_counter(at.name);
        call_.set_request_id(sdk::NewRequestId());
        return stub_->async()->CallNextTicket(
            &*context_, &call_, &called_,
            [this, &at](grpc::Status const& status) {
              if (status.ok() && !called_.has_ticket()) Die("nobody waits");
              at.ticket = called_.ticket().name();
              Answered(status);
            });
      case Step::kStart:
        Fill(start_, at);
        return stub_->async()->StartServing(&*context_, &start_, &started_,
                                            Goes());
      case Step::kComplete:
        Fill(complete_, at);
        return stub_->async()->CompleteTicket(&*context_, &complete_,
                                              &completed_, Goes());
    }
  }

  template <typename Request>
  void Fill(Request& request, OwnCounter const& at) {
    request.set_counter(at.name);
    request.set_ticket(at.ticket);
    request.set_request_id(sdk::NewRequestId());
  }

  std::function<void(grpc::Status)> Goes() {
    return [this](grpc::Status const& status) { Answered(status); };
  }

  void Answered(grpc::Status const& status) {
    if (!status.ok()) Die("a clerk's step failed: " + status.error_message());
    Next();
  }

  ClerkCrowd& crowd_;
  std::unique_ptr<v1::CounterService::Stub> stub_;
  std::vector<OwnCounter> counters_;
  std::vector<Step> steps_;
  std::size_t counter_ = 0;
  std::size_t step_ = 0;
  std::optional<grpc::ClientContext> context_;
  v1::OpenCounterRequest open_;
  v1::OpenCounterResponse opened_;
  v1::CallNextTicketRequest call_;
  v1::CallNextTicketResponse called_;
  v1::StartServingRequest start_;
  v1::StartServingResponse started_;
  v1::CompleteTicketRequest complete_;
  v1::CompleteTicketResponse completed_;
};

ClerkCrowd::ClerkCrowd(std::string const& address, int clerks, Serves serves,
                       int counters) {
  for (int i = 0; i != clerks; ++i) {
    clerks_.push_back(std::make_unique<Member>(*this, address));
  }
  for (int i = 0; i != counters; ++i) {
    clerks_[static_cast<std::size_t>(i % clerks)]->Give(CounterName(serves, i));
  }
  AtEachCounter({Step::kOpen});
}

ClerkCrowd::~ClerkCrowd() = default;

double ClerkCrowd::AtEachCounter(std::vector<Step> const& steps) {
  {
    MutexLock lock(mu_);
    busy_ = clerks_.size();
  }
  auto const began = std::chrono::steady_clock::now();
  for (auto const& clerk : clerks_) clerk->Begin(steps);
  MutexLock lock(mu_);
  while (busy_ != 0) done_.wait(mu_);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began)
      .count();
}

void ClerkCrowd::MemberIsDone() {
  MutexLock lock(mu_);
  if (--busy_ == 0) done_.notify_one();
}

}  // namespace madoguchi::benchmark
