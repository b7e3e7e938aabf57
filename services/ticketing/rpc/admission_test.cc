#include "services/rpc/admission.h"
#include "services/base/mutex.h"
#include "services/rpc/server.h"
#include "services/ticketing/rpc/method_roles.h"
#include "madoguchi/rpc/v1/status.pb.h"
#include "madoguchi/ticketing/v1/counter_service.grpc.pb.h"
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>
#include <filesystem>
#include <stdlib.h>
#include <string>
#include <vector>

// How calls are let in and refused, with handlers that would let all pass.
namespace madoguchi::ticketing {
namespace {

// Notes what reaches it and agrees to everything.
class AgreeingHandlers : public v1::CounterService::CallbackService {
 public:
  grpc::ServerUnaryReactor* OpenCounter(
      grpc::CallbackServerContext* context,
      v1::OpenCounterRequest const* request,
      v1::OpenCounterResponse* response) override {
    {
      MutexLock const lock(mu_);
      requests_.push_back(request->ShortDebugString());
      devices_.push_back(rpc::DeviceOf(*context));
    }
    response->set_session(7);
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  std::vector<std::string> requests() {
    MutexLock const lock(mu_);
    return requests_;
  }
  std::vector<std::string> devices() {
    MutexLock const lock(mu_);
    return devices_;
  }

 private:
  Mutex mu_;
  std::vector<std::string> requests_ ABSL_GUARDED_BY(mu_);
  std::vector<std::string> devices_ ABSL_GUARDED_BY(mu_);
};

rpc::Device DeviceWith(std::string const& id, rpc::Role role,
                       std::string const& office) {
  return {id, role, office, "", "", rpc::Sha256("token-of-" + id)};
}

class AdmissionTest : public ::testing::Test {
 protected:
  AdmissionTest() {
    std::string folder = ::testing::TempDir() + "madoguchi-rpc-XXXXXX";
    folder_ = mkdtemp(folder.data());
  }

  ~AdmissionTest() override {
    server_->Drain(std::chrono::milliseconds(0));
    std::filesystem::remove_all(folder_);
  }

  void Start(rpc::Admission const* admission) {
    auto const address = "unix:" + folder_.string() + "/socket";
    server_ = *rpc::Server::Start(address, {&handlers_}, readiness_, admission);
    stub_ = v1::CounterService::NewStub(
        grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  }

  using Headers = std::vector<std::pair<std::string, std::string>>;

  grpc::Status Open(Headers const& headers, std::string const& office) {
    grpc::ClientContext context;
    for (auto const& [key, value] : headers) context.AddMetadata(key, value);
    v1::OpenCounterRequest request;
    request.set_counter("offices/" + office + "/counters/1");
    response_.Clear();
    return stub_->OpenCounter(&context, request, &response_);
  }

  static Headers TokenOf(std::string const& device) {
    return {{"authorization", "Bearer token-of-" + device}};
  }

  std::filesystem::path folder_;
  rpc::Readiness readiness_{absl::OkStatus()};
  rpc::Admission const admission_{
      rpc::DeviceRegistry({
          DeviceWith("desk", rpc::Role::kCounterTerminal, "main"),
          DeviceWith("screen", rpc::Role::kWallDisplay, "main"),
      }),
      TicketingMethodRoles()};
  AgreeingHandlers handlers_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<v1::CounterService::Stub> stub_;
  v1::OpenCounterResponse response_;
};

std::string ReasonOf(grpc::Status const& status) {
  rpc::v1::Status details;
  rpc::v1::ErrorInfo info;
  if (!details.ParseFromString(status.error_details()) ||
      details.details().empty() ||
      !info.ParseFromString(details.details(0).value())) {
    return "no details";
  }
  return info.reason();
}

TEST_F(AdmissionTest, AHandlerIsToldWhoCalls) {
  Start(&admission_);
  EXPECT_TRUE(Open(TokenOf("desk"), "main").ok());
  EXPECT_EQ(response_.session(), 7);
  EXPECT_THAT(handlers_.devices(), ::testing::ElementsAre("desk"));
  EXPECT_THAT(handlers_.requests(),
              ::testing::ElementsAre("counter: \"offices/main/counters/1\""));
}

TEST_F(AdmissionTest, NobodyCanPretendToBeAnotherDevice) {
  Start(&admission_);
  auto headers = TokenOf("desk");
  headers.insert(headers.begin(), {"madoguchi-device", "boss"});
  EXPECT_TRUE(Open(headers, "main").ok());
  EXPECT_THAT(handlers_.devices(), ::testing::ElementsAre("desk"));
}

TEST_F(AdmissionTest, WhereEverybodyIsLetInNobodyIsADevice) {
  Start(nullptr);
  auto headers = TokenOf("desk");
  headers.emplace_back("madoguchi-device", "boss");
  EXPECT_TRUE(Open(headers, "main").ok());
  EXPECT_THAT(handlers_.devices(), ::testing::ElementsAre(""));
}

TEST_F(AdmissionTest, ARefusedRequestReachesItsHandlerEmptyAndGetsNoAnswer) {
  Start(&admission_);
  auto const no_token = Open({}, "main");
  EXPECT_EQ(no_token.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(ReasonOf(no_token), "DEVICE_UNKNOWN");
  EXPECT_EQ(response_.session(), 0);

  auto const wrong_role = Open(TokenOf("screen"), "main");
  EXPECT_EQ(wrong_role.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ReasonOf(wrong_role), "ROLE_NOT_ALLOWED");
  EXPECT_EQ(response_.session(), 0);

  auto const wrong_office = Open(TokenOf("desk"), "branch");
  EXPECT_EQ(wrong_office.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ReasonOf(wrong_office), "DEVICE_NOT_HERE");
  EXPECT_EQ(response_.session(), 0);

  EXPECT_THAT(handlers_.requests(), ::testing::Each(""));
}

TEST_F(AdmissionTest, OnlyOneTokenOfTheRightFormCounts) {
  Start(&admission_);
  for (auto const& headers : std::vector<Headers>{
           {{"authorization", "token-of-desk"}},
           {{"authorization", "Basic token-of-desk"}},
           {{"authorization", "Bearer "}},
           {{"authorization", "Bearer token-of-nobody"}},
           {{"authorization", "Bearer token-of-desk"},
            {"authorization", "Bearer token-of-screen"}},
           {{"token", "token-of-desk"}},
       }) {
    EXPECT_EQ(ReasonOf(Open(headers, "main")), "DEVICE_UNKNOWN");
  }
}

}  // namespace
}  // namespace madoguchi::ticketing
