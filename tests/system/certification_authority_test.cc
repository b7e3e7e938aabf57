#include "services/base/mutex.h"
#include "tests/support/authority_builders.h"
#include "tests/support/child_process.h"
#include "tests/support/status_matchers.h"
#include "madoguchi/certification/v1/authority_service.grpc.pb.h"
#include "madoguchi/certification/v1/ledger_service.grpc.pb.h"
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

// The program itself: as a process that is killed and started again.
namespace madoguchi::certification_authority {
namespace {

namespace v1 = certification::v1;
using testing::ChildProcess;
using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::SizeIs;

constexpr char kQuickWeather[] = R"(time_zone: "Asia/Tokyo"
hours { from_hour: 0 until_hour: 24 median_ms: 2 sigma: 0.5 }
)";
constexpr char kHangingWeather[] = R"(time_zone: "Asia/Tokyo"
hours { from_hour: 0 until_hour: 24 median_ms: 2 }
outages { begins: "00:00" minutes: 1440 kind: HANGS }
)";

class AuthorityServerTest : public ::testing::Test {
 protected:
  AuthorityServerTest() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~AuthorityServerTest() override {
    process_.reset();
    std::filesystem::remove_all(folder_);
  }

  void Start(std::string const& weather,
             std::vector<std::string> const& flags = {}) {
    auto const port = testing::FreePort();
    ASSERT_THAT(port, IsOk());
    auto const address = "127.0.0.1:" + std::to_string(*port);
    std::ofstream(folder_ + "/weather") << weather;
    testing::ChildOptions options;
    options.command = {AUTHORITY_BINARY,
                       "--listen",
                       address,
                       "--data",
                       folder_ + "/data",
                       "--weather",
                       folder_ + "/weather"};
    options.command.insert(options.command.end(), flags.begin(), flags.end());
    options.output_path = folder_ + "/output";
    auto process = ChildProcess::Start(options);
    ASSERT_THAT(process, IsOk());
    process_ = *std::move(process);
    auto const line =
        process_->WaitForLine("ready on", std::chrono::seconds(30));
    ASSERT_THAT(line, IsOk());
    EXPECT_THAT(*line, HasSubstr("sandbox, not the national system"));
    channel_ = grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
    authority_ = v1::CertificationAuthority::NewStub(channel_);
    ledger_ = v1::LedgerService::NewStub(channel_);
  }

  // An idle client of this process looks at its connection every 5 seconds
  // alone, and until then a server that stops waits for it.
  void Disconnect() {
    authority_.reset();
    ledger_.reset();
    channel_.reset();
  }

  static void SetDeadline(grpc::ClientContext& context,
                          std::chrono::milliseconds limit = 20s) {
    context.set_deadline(std::chrono::system_clock::now() + limit);
  }

  grpc::Status Issue(int attempt, v1::IssueResponse& response,
                     std::chrono::milliseconds limit = 20s) {
    grpc::ClientContext context;
    SetDeadline(context, limit);
    v1::IssueRequest request;
    request.set_attempt_id(UuidOf(1, attempt));
    request.set_case_key(UuidOf(2, attempt));
    request.add_certificates(v1::Issuance::SIGNING);
    request.add_certificates(v1::Issuance::USER);
    request.set_kind(v1::Issuance::RENEW);
    return authority_->Issue(&context, request, &response);
  }

  v1::CountIssuancesResponse Count() {
    grpc::ClientContext context;
    SetDeadline(context);
    v1::CountIssuancesResponse response;
    EXPECT_TRUE(ledger_->CountIssuances(&context, {}, &response).ok());
    return response;
  }

  std::vector<v1::Issuance> ListAll() {
    std::vector<v1::Issuance> all;
    v1::ListIssuancesRequest request;
    request.set_page_size(7);
    do {
      grpc::ClientContext context;
      SetDeadline(context);
      v1::ListIssuancesResponse response;
      EXPECT_TRUE(ledger_->ListIssuances(&context, request, &response).ok());
      all.insert(all.end(), response.issuances().begin(),
                 response.issuances().end());
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    return all;
  }

  std::string const folder_ =
      ::testing::TempDir() + "authority-" +
      ::testing::UnitTest::GetInstance()->current_test_info()->name();
  std::unique_ptr<ChildProcess> process_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::CertificationAuthority::Stub> authority_;
  std::unique_ptr<v1::LedgerService::Stub> ledger_;
};

// What was acknowledged is still there after kill -9 in the middle of work, and
// what was not is there once or never.
TEST_F(AuthorityServerTest, KeepsWhatItAcknowledgedThroughKills) {
  std::set<std::string> acknowledged;
  int attempt = 0;
  for (int round = 0; round != 3; ++round) {
    ASSERT_NO_FATAL_FAILURE(Start(kQuickWeather));
    std::vector<std::thread> callers;
    Mutex mu;
    int left_until_kill = 40;
    for (int caller = 0; caller != 4; ++caller) {
      callers.emplace_back([&, first = attempt + caller * 1000] {
        for (int i = 0; i != 1000; ++i) {
          v1::IssueResponse response;
          if (!Issue(first + i, response).ok()) return;
          MutexLock const lock(mu);
          acknowledged.insert(response.issuance().attempt_id());
          if (--left_until_kill == 0) kill(process_->pid(), SIGKILL);
        }
      });
    }
    for (auto& each : callers) each.join();
    process_->Kill();
    attempt += 4000;
  }

  ASSERT_NO_FATAL_FAILURE(Start(kQuickWeather));
  std::multiset<std::string> kept;
  for (auto const& each : ListAll()) kept.insert(each.attempt_id());
  for (auto const& each : acknowledged) EXPECT_EQ(kept.count(each), 1U) << each;
  EXPECT_GE(acknowledged.size(), 120U);
  EXPECT_EQ(Count().issued(), static_cast<std::int64_t>(kept.size()));
  EXPECT_EQ(Count().cases_issued_again(), 0);
}

TEST_F(AuthorityServerTest, ARepeatIssuesOnceAcrossARestart) {
  ASSERT_NO_FATAL_FAILURE(Start(kQuickWeather));
  v1::IssueResponse first;
  ASSERT_TRUE(Issue(1, first).ok());
  Disconnect();
  EXPECT_TRUE(process_->Stop(10s));

  ASSERT_NO_FATAL_FAILURE(Start(kQuickWeather));
  v1::IssueResponse second;
  ASSERT_TRUE(Issue(1, second).ok());
  EXPECT_EQ(second.SerializeAsString(), first.SerializeAsString());
  EXPECT_THAT(ListAll(), SizeIs(1));
}

TEST_F(AuthorityServerTest, OneThatIsNotIdempotentShowsWhoAsksTwice) {
  ASSERT_NO_FATAL_FAILURE(Start(kQuickWeather, {"--not_idempotent"}));
  v1::IssueResponse response;
  ASSERT_TRUE(Issue(1, response).ok());
  ASSERT_TRUE(Issue(1, response).ok());
  EXPECT_EQ(Count().cases_issued_again(), 1);
  EXPECT_THAT(Count().case_keys_issued_again(),
              ::testing::ElementsAre(UuidOf(2, 1)));
}

TEST_F(AuthorityServerTest, AnswersHowItIsAndStopsWhileCallsHang) {
  ASSERT_NO_FATAL_FAILURE(Start(kHangingWeather));
  grpc::Status ended;
  std::thread caller([&] {
    v1::IssueResponse response;
    ended = Issue(1, response);
  });
  // It was heard when the ledger, which is asked behind it, has answered; it
  // may still be on its way, and then it is refused the same way.
  EXPECT_EQ(Count().issued(), 0);
  grpc::ClientContext context;
  SetDeadline(context);
  v1::GetStatusResponse status;
  ASSERT_TRUE(authority_->GetStatus(&context, {}, &status).ok());
  EXPECT_EQ(status.state(), v1::GetStatusResponse::UNAVAILABLE);
  EXPECT_EQ(status.cause(), v1::GetStatusResponse::OUTAGE);
  EXPECT_EQ(status.system(), "sandbox, not the national system");

  kill(process_->pid(), SIGTERM);
  caller.join();
  Disconnect();
  EXPECT_TRUE(process_->Stop(10s));
  EXPECT_EQ(ended.error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(AuthorityServerTest, SaysWhatIsWrongWithARequest) {
  ASSERT_NO_FATAL_FAILURE(Start(kQuickWeather));
  grpc::ClientContext context;
  SetDeadline(context);
  v1::IssueRequest request;
  request.set_attempt_id("123456789012");
  v1::IssueResponse response;
  auto const status = authority_->Issue(&context, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(),
              ::testing::Not(HasSubstr("123456789012")));
  EXPECT_THAT(status.error_details(), HasSubstr("ATTEMPT_ID_INVALID"));
}

}  // namespace
}  // namespace madoguchi::certification_authority
