#ifndef MADOGUCHI_SERVICES_RENEWAL_RPC_RENEWAL_HANDLERS_H
#define MADOGUCHI_SERVICES_RENEWAL_RPC_RENEWAL_HANDLERS_H

#include "services/renewal/domain/renewal_desk.h"
#include "services/renewal/domain/triage_desk.h"
#include "services/renewal/domain/upstream_desk.h"
#include "services/renewal/rpc/upstream_feed.h"
#include "services/rpc/method_metrics.h"
#include "madoguchi/renewal/v1/renewal_service.grpc.pb.h"
#include <grpcpp/support/byte_buffer.h>
#include <prometheus/registry.h>

namespace madoguchi::renewal {

/// Translates between `RenewalService` and the desks; decides nothing. Thread
/// safe.
class RenewalHandlers
    : public v1::RenewalService::WithRawCallbackMethod_WatchUpstream<
          v1::RenewalService::CallbackService> {
 public:
  /// All must outlive the handlers.
  RenewalHandlers(RenewalDesk& desk, TriageDesk const& triage,
                  UpstreamDesk& upstream, UpstreamFeed& feed, City const& city,
                  prometheus::Registry& metrics);

  grpc::ServerUnaryReactor* Triage(grpc::CallbackServerContext* context,
                                   v1::TriageRequest const* request,
                                   v1::TriageResponse* response) override;
  grpc::ServerUnaryReactor* StartRenewal(
      grpc::CallbackServerContext* context,
      v1::StartRenewalRequest const* request,
      v1::StartRenewalResponse* response) override;
  grpc::ServerUnaryReactor* RecordStep(
      grpc::CallbackServerContext* context,
      v1::RecordStepRequest const* request,
      v1::RecordStepResponse* response) override;
  grpc::ServerUnaryReactor* RequestIssuance(
      grpc::CallbackServerContext* context,
      v1::RequestIssuanceRequest const* request,
      v1::RequestIssuanceResponse* response) override;
  grpc::ServerUnaryReactor* ParkRenewal(
      grpc::CallbackServerContext* context,
      v1::ParkRenewalRequest const* request,
      v1::ParkRenewalResponse* response) override;
  grpc::ServerUnaryReactor* ResumeRenewal(
      grpc::CallbackServerContext* context,
      v1::ResumeRenewalRequest const* request,
      v1::ResumeRenewalResponse* response) override;
  grpc::ServerUnaryReactor* FinishRenewal(
      grpc::CallbackServerContext* context,
      v1::FinishRenewalRequest const* request,
      v1::FinishRenewalResponse* response) override;
  grpc::ServerUnaryReactor* AbandonRenewal(
      grpc::CallbackServerContext* context,
      v1::AbandonRenewalRequest const* request,
      v1::AbandonRenewalResponse* response) override;
  grpc::ServerUnaryReactor* GetRenewal(grpc::CallbackServerContext* context,
                                       v1::GetRenewalRequest const* request,
                                       v1::Renewal* response) override;
  grpc::ServerUnaryReactor* ListRenewals(
      grpc::CallbackServerContext* context,
      v1::ListRenewalsRequest const* request,
      v1::ListRenewalsResponse* response) override;
  grpc::ServerUnaryReactor* ReportUpstream(
      grpc::CallbackServerContext* context,
      v1::ReportUpstreamRequest const* request,
      v1::ReportUpstreamResponse* response) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchUpstream(
      grpc::CallbackServerContext* context,
      grpc::ByteBuffer const* request) override;

 private:
  RenewalDesk& desk_;
  TriageDesk const& triage_;
  UpstreamDesk& upstream_;
  UpstreamFeed& feed_;
  City const& city_;
  rpc::MethodMetrics triage_metrics_;
  rpc::MethodMetrics start_;
  rpc::MethodMetrics record_;
  rpc::MethodMetrics request_;
  rpc::MethodMetrics park_;
  rpc::MethodMetrics resume_;
  rpc::MethodMetrics finish_;
  rpc::MethodMetrics abandon_;
  rpc::MethodMetrics get_;
  rpc::MethodMetrics list_;
  rpc::MethodMetrics report_;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_RPC_RENEWAL_HANDLERS_H
