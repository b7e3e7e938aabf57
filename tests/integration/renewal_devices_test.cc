#include "clients/sdk/status_details.h"
#include "clients/sdk/token.h"
#include "services/rpc/device_registry.h"
#include "tests/integration/renewal_replica.h"
#include "tests/integration/ticketing_house.h"
#include "tests/support/renewal_requests.h"
#include "absl/strings/escaping.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <unistd.h>

// Renewal with a devices file, beside ticketing with the same.
namespace madoguchi::testing {
namespace {

namespace v1 = renewal::v1;
using Renewals = v1::RenewalService;
using ticketing::v1::CounterService;
using ticketing::v1::TicketService;

constexpr auto kUnauthenticated = absl::StatusCode::kUnauthenticated;
constexpr auto kDenied = absl::StatusCode::kPermissionDenied;
constexpr std::chrono::seconds kLimit{10};

std::string TokenOf(std::string const& device) { return "token-of-" + device; }

std::string Entry(std::string const& id, std::string const& role,
                  std::string const& more = {}) {
  return "devices { id: \"" + id + "\" role: " + role + " token_sha256: \"" +
         absl::BytesToHexString(rpc::Sha256(TokenOf(id))) + "\" " + more +
         " }\n";
}

class RenewalDevicesTest : public ::testing::Test {
 protected:
  static std::string WriteFiles() {
    auto const folder =
        ::testing::TempDir() + "/renewal-devices-" + std::to_string(getpid());
    std::ofstream(folder + ".textproto")
        << Entry("machine", "TICKET_MACHINE", "office: \"honcho\"")
        << Entry("display", "WALL_DISPLAY", "office: \"honcho\"")
        << Entry("counter-2", "COUNTER_TERMINAL",
                 "office: \"honcho\" counter: \"2\"")
        << Entry("renewal", "SERVICE");
    std::ofstream(folder + ".token") << TokenOf("renewal") << "\n";
    return folder;
  }

  template <typename Stub, typename Request, typename Response>
  static absl::StatusOr<Response> CallAs(
      std::string const& device, std::unique_ptr<Stub> const& stub,
      grpc::Status (Stub::*method)(grpc::ClientContext*, Request const&,
                                   Response*),
      Request const& request) {
    return Call(stub, method, request, kLimit,
                device.empty() ? "" : TokenOf(device));
  }

  // OK if the stream says something, otherwise what it ends with.
  absl::Status Watch(std::string const& device, std::string const& parent) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kLimit);
    sdk::ShowToken(device.empty() ? "" : TokenOf(device), context);
    v1::WatchUpstreamRequest request;
    request.set_parent(parent);
    auto const reader = renewal_.stub->WatchUpstream(&context, request);
    v1::Upstream upstream;
    bool const heard = reader->Read(&upstream);
    if (heard) context.TryCancel();
    v1::Upstream later;
    while (reader->Read(&later)) {
    }
    auto const end = sdk::FromGrpcStatus(reader->Finish());
    return heard ? absl::OkStatus() : end;
  }

  absl::Status Report(std::string const& device, std::string const& counter) {
    v1::ReportUpstreamRequest report;
    report.set_press(v1::ReportUpstreamRequest::SLOW);
    report.set_counter("offices/honcho/counters/" + counter);
    report.set_staff("hana");
    report.set_request_id(sdk::NewRequestId());
    return CallAs(device, renewal_.stub, &Renewals::Stub::ReportUpstream,
                  report)
        .status();
  }

  std::string const files_ = WriteFiles();
  std::vector<std::string> const clock_ = ClockFlagsAtNine();
  std::vector<std::string> const flags_ = [this] {
    auto flags = clock_;
    flags.insert(flags.end(), {"--devices", files_ + ".textproto"});
    return flags;
  }();
  TicketingHouse house_{1, flags_};
  RenewalReplica renewal_{
      "unix:" + house_.redis().socket(), house_.server(0).address(), [this] {
        auto flags = flags_;
        flags.insert(flags.end(),
                     {"--ticketing_token_file", files_ + ".token"});
        return flags;
      }()};
};

TEST_F(RenewalDevicesTest, EachMayWhatItsRoleMayAndNobodyElseAnything) {
  EXPECT_THAT(Watch("display", "offices/honcho"), IsOk());
  EXPECT_THAT(Watch("", "offices/honcho"),
              IsError(kUnauthenticated, "DEVICE_UNKNOWN"));
  EXPECT_THAT(Watch("display", "offices/tobu"),
              IsError(kDenied, "DEVICE_NOT_HERE"));
  v1::TriageRequest ask;
  ask.set_parent("offices/honcho");
  EXPECT_THAT(CallAs("machine", renewal_.stub, &Renewals::Stub::Triage, ask),
              IsOk());
  EXPECT_THAT(CallAs("display", renewal_.stub, &Renewals::Stub::Triage, ask),
              IsError(kDenied, "ROLE_NOT_ALLOWED"));
  EXPECT_THAT(Report("counter-2", "2"), IsOk());
  EXPECT_THAT(Report("counter-2", "3"), IsError(kDenied, "DEVICE_NOT_HERE"));
  EXPECT_THAT(Report("machine", "2"), IsError(kDenied, "ROLE_NOT_ALLOWED"));
}

TEST_F(RenewalDevicesTest, RenewalMovesTicketsWithATokenOfItsOwn) {
  auto const issued =
      CallAs("machine", house_.at(0).tickets, &TicketService::Stub::IssueTicket,
             IssueOf("renew_self"));
  ASSERT_THAT(issued, IsOk());
  auto& counters = house_.at(0).counters;
  ASSERT_THAT(CallAs("counter-2", counters, &CounterService::Stub::OpenCounter,
                     OpenOf("2")),
              IsOk());
  ASSERT_THAT(CallAs("counter-2", counters,
                     &CounterService::Stub::CallNextTicket, CallNextOf("2", 0)),
              IsOk());
  ticketing::v1::StartServingRequest serve;
  serve.set_ticket(issued->ticket().name());
  serve.set_counter("offices/honcho/counters/2");
  serve.set_request_id(sdk::NewRequestId());
  ASSERT_THAT(
      CallAs("counter-2", counters, &CounterService::Stub::StartServing, serve),
      IsOk());
  constexpr char kCounter[] = "offices/honcho/counters/2";
  auto const start = StartOf(issued->ticket().name(), kCounter);
  auto const started =
      CallAs("counter-2", renewal_.stub, &Renewals::Stub::StartRenewal, start);
  ASSERT_THAT(started, IsOk());
  auto park = PressOn<v1::ParkRenewalRequest>(started->renewal(), kCounter);
  park.set_reason(v1::Renewal::Parking::VISITOR);
  auto const parked =
      CallAs("counter-2", renewal_.stub, &Renewals::Stub::ParkRenewal, park);
  ASSERT_THAT(parked, IsOk());
  // Ticketing let renewal hold the ticket.
  EXPECT_FALSE(parked->renewal().ticket_lags());
}

}  // namespace
}  // namespace madoguchi::testing
