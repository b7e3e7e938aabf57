#ifndef MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_RPC_AUTHORITY_HANDLERS_H
#define MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_RPC_AUTHORITY_HANDLERS_H

#include "services/certification_authority/domain/authority_desk.h"
#include "services/rpc/method_metrics.h"
#include "madoguchi/certification/v1/authority_service.grpc.pb.h"
#include <prometheus/registry.h>

namespace madoguchi::certification_authority {

/// Translates between `CertificationAuthority` and the desk; decides nothing.
class AuthorityHandlers
    : public certification::v1::CertificationAuthority::CallbackService {
 public:
  /// `metrics` and `desk` must outlive the handlers.
  AuthorityHandlers(prometheus::Registry& metrics, AuthorityDesk& desk);

  grpc::ServerUnaryReactor* Issue(
      grpc::CallbackServerContext* context,
      certification::v1::IssueRequest const* request,
      certification::v1::IssueResponse* response) override;
  grpc::ServerUnaryReactor* GetIssuance(
      grpc::CallbackServerContext* context,
      certification::v1::GetIssuanceRequest const* request,
      certification::v1::Issuance* response) override;
  grpc::ServerUnaryReactor* GetStatus(
      grpc::CallbackServerContext* context,
      certification::v1::GetStatusRequest const* request,
      certification::v1::GetStatusResponse* response) override;

 private:
  AuthorityDesk& desk_;
  rpc::MethodMetrics issue_;
  rpc::MethodMetrics get_issuance_;
  rpc::MethodMetrics get_status_;
};

}  // namespace madoguchi::certification_authority

#endif  // MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_RPC_AUTHORITY_HANDLERS_H
