#ifndef MADOGUCHI_TESTS_INTEGRATION_AUTHORITY_SERVER_H
#define MADOGUCHI_TESTS_INTEGRATION_AUTHORITY_SERVER_H

#include "tests/support/child_process.h"
#include "tests/support/status_matchers.h"
#include "madoguchi/certification/v1/ledger_service.grpc.pb.h"
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::testing {

/// The sandbox authority on a port and in a folder of its own, which it keeps
/// when it is started again. It issues a repeated attempt again: whoever sends
/// one twice is found out. Used by one thread (see `ChildProcess`), except the
/// questions to its ledger.
class AuthorityServer {
 public:
  /// `weather` is the text of its weather; `flags` are more of its own.
  AuthorityServer(std::string const& weather,
                  std::vector<std::string> const& flags)
      : address_("127.0.0.1:" + std::to_string(*FreePort())),
        ledger_(certification::v1::LedgerService::NewStub(grpc::CreateChannel(
            address_, grpc::InsecureChannelCredentials()))) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ + "/weather") << weather;
    options_.command = {AUTHORITY_BINARY,  "--listen",
                        address_,          "--data",
                        folder_ + "/data", "--not_idempotent",
                        "--weather",       folder_ + "/weather"};
    options_.command.insert(options_.command.end(), flags.begin(), flags.end());
    options_.output_path = folder_ + "/output";
    Start();
  }
  ~AuthorityServer() {
    process_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::string const& address() const { return address_; }

  void Start() {
    auto process = ChildProcess::Start(options_);
    ASSERT_THAT(process, IsOk());
    process_ = *std::move(process);
    ASSERT_THAT(process_->WaitForLine("ready on", std::chrono::seconds(30)),
                IsOk());
  }
  void Kill() { process_.reset(); }

  /// How often something was issued, by attempt and by case. Asks until it
  /// answers.
  struct Issued {
    std::map<std::string, int> by_attempt;
    std::map<std::string, int> by_case;
  };
  Issued ReadLedger() const {
    Issued issued;
    std::string page;
    do {
      certification::v1::ListIssuancesRequest request;
      request.set_page_size(1000);
      request.set_page_token(page);
      certification::v1::ListIssuancesResponse response;
      grpc::Status status;
      do {
        grpc::ClientContext context;
        context.set_wait_for_ready(true);
        context.set_deadline(std::chrono::system_clock::now() +
                             std::chrono::seconds(5));
        status = ledger_->ListIssuances(&context, request, &response);
      } while (!status.ok());
      for (auto const& each : response.issuances()) {
        if (each.outcome() != certification::v1::Issuance::ISSUED) continue;
        ++issued.by_attempt[each.attempt_id()];
        ++issued.by_case[each.case_key()];
      }
      page = response.next_page_token();
    } while (!page.empty());
    return issued;
  }

 private:
  std::string const address_;
  std::unique_ptr<certification::v1::LedgerService::Stub> const ledger_;
  std::string const folder_ =
      ::testing::TempDir() + "authority-" +
      ::testing::UnitTest::GetInstance()->current_test_info()->name();
  ChildOptions options_;
  std::unique_ptr<ChildProcess> process_;
};

/// A copy of the example city whose certificates this system asks for itself.
inline std::string SettingsWithRpc() {
  std::ifstream in("deploy/config/example-city.textproto");
  std::string text((std::istreambuf_iterator<char>(in)),
                   std::istreambuf_iterator<char>());
  std::string const manual = "connector: MANUAL";
  auto const at = text.find(manual);
  EXPECT_NE(at, std::string::npos);
  text.replace(at, manual.size(), "connector: RPC");
  auto const path =
      ::testing::TempDir() + "city-" +
      ::testing::UnitTest::GetInstance()->current_test_info()->name();
  std::ofstream(path) << text;
  return path;
}

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_INTEGRATION_AUTHORITY_SERVER_H
