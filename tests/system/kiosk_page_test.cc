#include "services/web/grpc_web.h"
#include "services/web/raw_client.h"
#include "tests/integration/ticketing_house.h"
#include "tests/support/child_process.h"
#include "tests/support/status_matchers.h"
#include "madoguchi/kiosk/v1/kiosk_service.pb.h"
#include <gmock/gmock.h>
#include <google/protobuf/message.h>
#include <gtest/gtest.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

// The ticket machine of a kiosk as its page sees it, on a real server: killed
// between any two of its steps, and asked again with the same request id.
namespace madoguchi::testing {
namespace {

using kiosk::v1::Press;

constexpr std::chrono::seconds kStartWithin{30};
constexpr char kStaffKey[] = "4711";

// One press has a stop point before and after each of: PLANNED, the call,
// ISSUED, PRINTING, the slip, PRINTED.
constexpr int kPointsOfAPress = 12;

// A gRPC status whose call may be made again at once.
constexpr std::string_view kFailedPrecondition = "grpc-status: 9\r\n";
constexpr std::string_view kFine = "grpc-status: 0\r\n";

class KioskPageTest : public ::testing::Test {
 protected:
  KioskPageTest() {
    auto name =
        (std::filesystem::temp_directory_path() / "kiosk-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~KioskPageTest() override {
    machine_ = nullptr;
    std::filesystem::remove_all(folder_);
  }

  // Begins with an empty journal and a new roll.
  void UseNewPaper() {
    ++roll_;
    paper_ = folder_ + "/paper-" + std::to_string(roll_);
    issued_before_ = Waiting();
  }

  // Starts the machine; it is killed at its `stops_at`th stop point.
  void Start(int stops_at = 0) {
    machine_ = nullptr;
    auto const port = FreePort();
    ASSERT_THAT(port, IsOk());
    port_ = *port;
    auto started = ChildProcess::Start(
        {{PROGRAMS_FOLDER "/ticket_machine", "--target",
          house_.server(0).address(), "--office", "honcho", "--journal",
          folder_ + "/journal-" + std::to_string(roll_), "--printer", paper_,
          "--pages", folder_, "--staff_key", kStaffKey, "--page_listen",
          "127.0.0.1:" + std::to_string(port_)},
         {"TICKET_MACHINE_STOPS_AT=" + std::to_string(stops_at)},
         folder_ + "/log"});
    ASSERT_THAT(started, IsOk());
    machine_ = *std::move(started);
    ASSERT_THAT(machine_->WaitForLine("ticket_machine: ready on", kStartWithin),
                IsOk());
  }

  // The body of the answer; empty if the machine ended instead.
  std::string Post(std::string const& method,
                   google::protobuf::Message const& request) const {
    auto const message = request.SerializeAsString();
    auto const header = web::MessageFrameHeader(message.size());
    auto const body = std::string(header.begin(), header.end()) + message;
    web::RawClient client(port_);
    client.Send("POST /madoguchi.kiosk.v1.KioskService/" + method +
                " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
                "\r\nContent-Type: " + web::kGrpcWebType +
                "\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n\r\n" + body);
    return client.ReadAnswer().body;
  }

  // Presses as often as an earlier press is still being looked at. Nothing if
  // the machine ended meanwhile.
  std::optional<Press> IssueNumber(std::string const& request_id) const {
    kiosk::v1::IssueNumberRequest request;
    request.set_request_id(request_id);
    request.set_service("renew_self");
    std::string answer;
    do {
      answer = Post("IssueNumber", request);
    } while (answer.find(kFailedPrecondition) != std::string::npos);
    if (answer.find(kFine) == std::string::npos) return std::nullopt;
    auto const size = (static_cast<unsigned char>(answer[3]) << 8) +
                      static_cast<unsigned char>(answer[4]);
    kiosk::v1::IssueNumberResponse response;
    EXPECT_TRUE(response.ParseFromString(
        answer.substr(web::kFrameHeaderSize, static_cast<std::size_t>(size))));
    return response.press();
  }

  void Settle(std::string const& request_id, bool visitor_has_it) const {
    kiosk::v1::SettlePrintingRequest request;
    request.set_staff_key(kStaffKey);
    request.set_press(request_id);
    request.set_visitor_has_it(visitor_has_it);
    EXPECT_THAT(Post("SettlePrinting", request), ::testing::HasSubstr(kFine));
  }

  // How many slips of each number came out.
  std::map<std::string, int> Slips() const {
    std::map<std::string, int> slips;
    std::ifstream paper(paper_);
    std::string const before_number = "番号札 ";
    for (std::string line; std::getline(paper, line);) {
      auto const at = line.find(before_number);
      if (at == std::string::npos) continue;
      auto const number = line.substr(at + before_number.size());
      ++slips[number.substr(0, number.find(' '))];
    }
    return slips;
  }

  // How many wait for the service: nobody is called in these tests.
  int Waiting() {
    ticketing::v1::ListServicesRequest request;
    request.set_office("offices/honcho");
    auto const listed =
        Call(house_.at(0).tickets,
             &ticketing::v1::TicketService::Stub::ListServices, request);
    EXPECT_THAT(listed, IsOk());
    if (!listed.ok()) return -1;
    for (auto const& service : listed->services()) {
      if (service.service() == "renew_self") return service.waiting_count();
    }
    return -1;
  }

  TicketingHouse house_{1};
  std::string folder_;
  std::string paper_;
  int roll_ = 0;
  int issued_before_ = 0;
  int port_ = 0;
  std::unique_ptr<ChildProcess> machine_;
};

// Features, details 3 and 19.
TEST_F(KioskPageTest, KilledAtAnyStepThePageStillGetsItsOneNumber) {
  for (int stops_at = 1; stops_at <= kPointsOfAPress; ++stops_at) {
    SCOPED_TRACE("killed at stop point " + std::to_string(stops_at));
    UseNewPaper();
    auto const request_id = sdk::NewRequestId();
    Start(stops_at);
    EXPECT_FALSE(IssueNumber(request_id));
    Start();
    auto const press = IssueNumber(request_id);
    ASSERT_TRUE(press);
    EXPECT_EQ(press->request_id(), request_id);
    EXPECT_FALSE(press->number().empty());
    if (press->state() == Press::PRINT_UNKNOWN) {
      // Somebody looks at the paper.
      Settle(request_id, /*visitor_has_it=*/Slips().contains(press->number()));
    } else {
      EXPECT_EQ(press->state(), Press::DONE);
    }
    EXPECT_EQ(IssueNumber(request_id)->number(), press->number());
    EXPECT_EQ(Waiting() - issued_before_, 1);
    EXPECT_EQ(Slips(), (std::map<std::string, int>{{press->number(), 1}}));
  }
}

TEST_F(KioskPageTest, AMachineToldToStopEndsInOrder) {
  UseNewPaper();
  Start();
  EXPECT_TRUE(IssueNumber(sdk::NewRequestId()));
  EXPECT_TRUE(machine_->Stop(std::chrono::seconds(10)));
}

}  // namespace
}  // namespace madoguchi::testing
