#include "services/rpc/readiness.h"
#include "services/base/error.h"
#include <utility>

namespace madoguchi::rpc {

Readiness::Readiness(absl::Status initial, std::string caveat)
    : ready_(initial.ok()),
      caveat_(std::move(caveat)),
      status_(std::move(initial)) {}

bool Readiness::Set(absl::Status const& status) {
  MutexLock lock(mu_);
  if (status_ == status) return false;
  status_ = status;
  ready_ = status.ok();
  return true;
}

absl::Status Readiness::Check() const {
  if (ready_) return absl::OkStatus();
  MutexLock lock(mu_);
  return status_;
}

void Readiness::SetCaveat(std::string caveat) {
  MutexLock lock(mu_);
  caveat_ = std::move(caveat);
}

std::string Readiness::caveat() const {
  MutexLock lock(mu_);
  return caveat_;
}

grpc::ServerUnaryReactor* ReadinessHandlers::CheckReadiness(
    grpc::CallbackServerContext* context,
    v1::CheckReadinessRequest const* /*request*/,
    v1::CheckReadinessResponse* response) {
  auto const status = readiness_.Check();
  response->set_ready(status.ok());
  response->set_reason(GetErrorInfo(status).reason);
  response->set_message(status.ok() ? readiness_.caveat()
                                    : std::string(status.message()));
  auto* reactor = context->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

}  // namespace madoguchi::rpc
