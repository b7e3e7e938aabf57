#include "clients/sdk/renewal_client.h"
#include "madoguchi/renewal/v1/renewal_service.grpc.pb.h"
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::sdk {
namespace {

/// Renewal in the process of the test, whose first answers are lost.
class FakeRenewal : public renewal::v1::RenewalService::Service {
 public:
  FakeRenewal() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    options.targets = {"127.0.0.1:" + std::to_string(port)};
  }
  ~FakeRenewal() override {
    server_->Shutdown(std::chrono::system_clock::now());
  }

  grpc::Status StartRenewal(
      grpc::ServerContext* /*context*/,
      renewal::v1::StartRenewalRequest const* request,
      renewal::v1::StartRenewalResponse* response) override {
    ids.push_back(request->request_id());
    if (ids.size() == 1) return {grpc::StatusCode::UNAVAILABLE, "lost"};
    response->mutable_renewal()->set_name("offices/honcho/renewals/t-1");
    return grpc::Status::OK;
  }

  grpc::Status WatchUpstream(
      grpc::ServerContext* context,
      renewal::v1::WatchUpstreamRequest const* request,
      grpc::ServerWriter<renewal::v1::Upstream>* writer) override {
    if (request->parent() != "offices/honcho") {
      return {grpc::StatusCode::NOT_FOUND, "no such office"};
    }
    renewal::v1::Upstream upstream;
    upstream.set_state(renewal::v1::Upstream::SLOW);
    while (!context->IsCancelled() && writer->Write(upstream)) {
    }
    return grpc::Status::OK;
  }

  ClientOptions options;
  std::vector<std::string> ids;

 private:
  std::unique_ptr<grpc::Server> server_;
};

TEST(RenewalClientTest, APressIsRepeatedUnderOneIdUntilItIsAnswered) {
  FakeRenewal renewal;
  RenewalClient client(renewal.options);
  auto const started = client.StartRenewal({});
  ASSERT_TRUE(started.ok()) << started.status();
  EXPECT_EQ(started->renewal().name(), "offices/honcho/renewals/t-1");
  ASSERT_EQ(renewal.ids.size(), 2U);
  EXPECT_EQ(renewal.ids[0], renewal.ids[1]);
  EXPECT_EQ(renewal.ids[0].size(), 36U);
}

TEST(RenewalClientTest, LooksAtTheUpstreamOnce) {
  FakeRenewal renewal;
  RenewalClient client(renewal.options);
  auto const upstream = client.LookAtUpstream("offices/honcho");
  ASSERT_TRUE(upstream.ok()) << upstream.status();
  EXPECT_EQ(upstream->state(), renewal::v1::Upstream::SLOW);
  EXPECT_EQ(client.LookAtUpstream("offices/tobu").status().code(),
            absl::StatusCode::kNotFound);
  RenewalClient nobody({});
  EXPECT_FALSE(nobody.LookAtUpstream("offices/honcho").ok());
}

}  // namespace
}  // namespace madoguchi::sdk
