#ifndef MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_RPC_LEDGER_HANDLERS_H
#define MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_RPC_LEDGER_HANDLERS_H

#include "services/certification_authority/domain/authority_desk.h"
#include "services/rpc/method_metrics.h"
#include "madoguchi/certification/v1/ledger_service.grpc.pb.h"
#include <prometheus/registry.h>

namespace madoguchi::certification_authority {

/// Shows judges what the ledger holds; decides nothing.
class LedgerHandlers
    : public certification::v1::LedgerService::CallbackService {
 public:
  /// `metrics` and `desk` must outlive the handlers.
  LedgerHandlers(prometheus::Registry& metrics, AuthorityDesk& desk);

  grpc::ServerUnaryReactor* ListIssuances(
      grpc::CallbackServerContext* context,
      certification::v1::ListIssuancesRequest const* request,
      certification::v1::ListIssuancesResponse* response) override;
  grpc::ServerUnaryReactor* CountIssuances(
      grpc::CallbackServerContext* context,
      certification::v1::CountIssuancesRequest const* request,
      certification::v1::CountIssuancesResponse* response) override;

 private:
  AuthorityDesk& desk_;
  rpc::MethodMetrics list_issuances_;
  rpc::MethodMetrics count_issuances_;
};

}  // namespace madoguchi::certification_authority

#endif  // MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_RPC_LEDGER_HANDLERS_H
