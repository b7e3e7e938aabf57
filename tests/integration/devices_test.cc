#include "services/rpc/device_registry.h"
#include "services/ticketing/rpc/method_roles.h"
#include "tests/integration/ticketing_house.h"
#include "tests/support/child_process.h"
#include "tests/support/status_matchers.h"
#include "absl/strings/escaping.h"
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <gtest/gtest.h>
#include <fstream>
#include <future>
#include <map>
#include <string>
#include <unistd.h>
#include <vector>

// Devices that belong, and others, at real servers with a devices file.
namespace madoguchi::testing {
namespace {

using ::testing::HasSubstr;
using ticketing::v1::CounterService;
using ticketing::v1::DeviceService;
using ticketing::v1::DisplayService;
using ticketing::v1::EventService;
using ticketing::v1::TicketService;
using enum rpc::Role;

constexpr auto kUnauthenticated = absl::StatusCode::kUnauthenticated;
constexpr auto kDenied = absl::StatusCode::kPermissionDenied;
constexpr std::chrono::seconds kLimit{10};

// One device of each role, bound to no place, and three that are bound.
std::map<std::string, rpc::Role> const kRoleOf = {
    {"machine", kTicketMachine},    {"display", kWallDisplay},
    {"terminal", kCounterTerminal}, {"supervisor", kSupervisor},
    {"gateway", kGateway},          {"service", kService},
    {"operator", kOperator}};

std::string TokenOf(std::string const& device) { return "token-of-" + device; }

std::string Entry(std::string const& id, std::string const& role,
                  std::string const& more = {}) {
  return "devices { id: \"" + id + "\" role: " + role + " token_sha256: \"" +
         absl::BytesToHexString(rpc::Sha256(TokenOf(id))) + "\" label: \"the " +
         id + "\" " + more + " }\n";
}

std::string AllDevices() {
  std::string file;
  for (auto const& [id, role] : kRoleOf) file += Entry(id, NameOf(role));
  return file +
         Entry("honcho-machine", "TICKET_MACHINE", "office: \"honcho\"") +
         Entry("honcho-display", "WALL_DISPLAY", "office: \"honcho\"") +
         Entry("honcho-service", "SERVICE", "office: \"honcho\"") +
         Entry("counter-2", "COUNTER_TERMINAL",
               "office: \"honcho\" counter: \"2\"");
}

// Answers what a unary call of any method ends with, or the first answer of a
// stream.
absl::Status CallAny(std::string const& address, std::string const& path,
                     grpc::ByteBuffer const& request,
                     std::string const& token) {
  using Bytes = grpc::ByteBuffer;
  grpc::TemplatedGenericStub<Bytes, Bytes> stub(
      grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kLimit);
  context.set_wait_for_ready(true);
  sdk::ShowToken(token, context);
  Bytes response;
  std::promise<grpc::Status> status;
  stub.UnaryCall(&context, path, {}, &request, &response,
                 [&](grpc::Status const& end) { status.set_value(end); });
  return sdk::FromGrpcStatus(status.get_future().get());
}

grpc::ByteBuffer NoBytes() {
  grpc::Slice const nothing;
  return {&nothing, 1};
}

// A request that names `device` in `honcho` in every field that names a place.
grpc::ByteBuffer RequestOf(google::protobuf::Descriptor const* type,
                           std::string const& device) {
  std::unique_ptr<google::protobuf::Message> const request(
      google::protobuf::MessageFactory::generated_factory()
          ->GetPrototype(type)
          ->New());
  std::map<std::string, std::string> const values = {
      {"office", "offices/honcho"},
      {"counter", "offices/honcho/counters/2"},
      {"ticket", "offices/honcho/tickets/20261123-renew-1"},
      {"name", "offices/honcho/devices/" + device}};
  for (auto const& [field, value] : values) {
    auto const* const descriptor = type->FindFieldByName(field);
    if (descriptor == nullptr) continue;
    request->GetReflection()->SetString(request.get(), descriptor, value);
  }
  grpc::ByteBuffer bytes;
  bool own = false;
  grpc::SerializationTraits<google::protobuf::Message>::Serialize(*request,
                                                                  &bytes, &own);
  return bytes;
}

class DevicesTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    file_ = ::testing::TempDir() + "/madoguchi-devices-" +
            std::to_string(getpid()) + ".textproto";
    Write(AllDevices());
    house_ = new TicketingHouse(2, {"--devices", file_});
  }
  static void TearDownTestSuite() {
    delete house_;
    house_ = nullptr;
  }

  static void Write(std::string const& devices) {
    std::ofstream(file_) << devices;
  }

  template <typename Stub, typename Request, typename Response>
  static absl::StatusOr<Response> CallAs(
      std::string const& device, std::unique_ptr<Stub> const& stub,
      grpc::Status (Stub::*method)(grpc::ClientContext*, Request const&,
                                   Response*),
      Request const& request) {
    return Call(stub, method, request, kLimit, TokenOf(device));
  }

  static ReplicaStubs& at(int replica) { return house_->at(replica); }

  static absl::Status Display(std::string const& token,
                              std::string const& office) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kLimit);
    sdk::ShowToken(token, context);
    ticketing::v1::WatchOfficeRequest request;
    request.set_office("offices/" + office);
    auto const reader = at(0).displays->WatchOffice(&context, request);
    ticketing::v1::OfficeUpdate update;
    return FirstOf(context, *reader, update);
  }

  static absl::Status Follow(std::string const& token,
                             std::string const& office) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kLimit);
    sdk::ShowToken(token, context);
    ticketing::v1::FollowEventsRequest request;
    request.set_office("offices/" + office);
    auto const reader = at(0).events->FollowEvents(&context, request);
    ticketing::v1::FollowEventsResponse response;
    return FirstOf(context, *reader, response);
  }

  // OK if the stream says something, otherwise what it ends with.
  template <typename Reader, typename Update>
  static absl::Status FirstOf(grpc::ClientContext& context, Reader& reader,
                              Update& update) {
    bool const heard = reader.Read(&update);
    if (heard) context.TryCancel();
    auto const end = sdk::FromGrpcStatus(reader.Finish());
    return heard ? absl::OkStatus() : end;
  }

  static ticketing::v1::HeartbeatRequest BeatOf(std::string const& device,
                                                std::string const& office) {
    ticketing::v1::HeartbeatRequest request;
    request.set_name("offices/" + office + "/devices/" + device);
    request.mutable_state()->set_printer(ticketing::v1::DeviceState::JAM);
    request.mutable_state()->set_program_version("0.3.0");
    return request;
  }

  static ticketing::v1::ListDevicesRequest DevicesIn(
      std::string const& office) {
    ticketing::v1::ListDevicesRequest request;
    request.set_office("offices/" + office);
    return request;
  }

  static inline std::string file_;
  static inline TicketingHouse* house_ = nullptr;
};

TEST_F(DevicesTest, EachRoleMayCallItsMethodsAndNoOthers) {
  auto const table = ticketing::TicketingMethodRoles();
  auto const* const pool = google::protobuf::DescriptorPool::generated_pool();
  int refused = 0;
  for (auto const& [path, roles] : table) {
    auto name = path.substr(1);
    name.replace(name.find('/'), 1, ".");
    auto const* const method = pool->FindMethodByName(name);
    if (method == nullptr) continue;  // Of a release to come.
    for (auto const& [device, role] : kRoleOf) {
      bool const allowed = roles.Contains(role);
      // Such a stream goes on; there is a test of its own.
      if (allowed && method->server_streaming()) continue;
      auto const status =
          CallAny(house_->server(0).address(), path,
                  RequestOf(method->input_type(), device), TokenOf(device));
      if (allowed) {
        EXPECT_NE(status.code(), kUnauthenticated) << path << " " << device;
        EXPECT_NE(GetErrorInfo(status).reason, "ROLE_NOT_ALLOWED")
            << path << " " << device;
      } else {
        EXPECT_THAT(status, IsError(kDenied, "ROLE_NOT_ALLOWED"))
            << path << " " << device;
        ++refused;
      }
    }
    for (auto const* token : {"", "token-of-nobody", "token-of-machin"}) {
      EXPECT_THAT(CallAny(house_->server(0).address(), path,
                          RequestOf(method->input_type(), "machine"), token),
                  IsError(kUnauthenticated, "DEVICE_UNKNOWN"))
          << path;
    }
  }
  EXPECT_GT(refused, 50);
}

TEST_F(DevicesTest, ADayGoesItsWayWithATokenForEach) {
  ASSERT_THAT(CallAs("machine", at(0).tickets,
                     &TicketService::Stub::IssueTicket, IssueOf("renew_self")),
              IsOk());
  auto const opened = CallAs("terminal", at(1).counters,
                             &CounterService::Stub::OpenCounter, OpenOf("3"));
  ASSERT_THAT(opened, IsOk());
  EXPECT_THAT(
      CallAs("terminal", at(0).counters, &CounterService::Stub::CallNextTicket,
             CallNextOf("3", opened->session())),
      IsOk());
  ticketing::v1::ListTicketsRequest list;
  list.set_office("offices/honcho");
  for (auto const* device : {"supervisor", "service", "operator"}) {
    EXPECT_THAT(CallAs(device, at(0).counters,
                       &CounterService::Stub::ListTickets, list),
                IsOk())
        << device;
  }
  ticketing::v1::ListServicesRequest services;
  services.set_office("offices/honcho");
  EXPECT_THAT(CallAs("gateway", at(0).tickets,
                     &TicketService::Stub::ListServices, services),
              IsOk());
}

TEST_F(DevicesTest, StreamsAreForWhoMaySeeThem) {
  for (auto const* device : {"machine", "display", "terminal", "supervisor",
                             "gateway", "operator"}) {
    EXPECT_THAT(Display(TokenOf(device), "honcho"), IsOk()) << device;
  }
  for (auto const* device : {"service", "operator"}) {
    EXPECT_THAT(Follow(TokenOf(device), "honcho"), IsOk()) << device;
  }
  EXPECT_THAT(Display(TokenOf("service"), "honcho"),
              IsError(kDenied, "ROLE_NOT_ALLOWED"));
  EXPECT_THAT(Follow(TokenOf("display"), "honcho"),
              IsError(kDenied, "ROLE_NOT_ALLOWED"));
  for (auto const* token : {"", "token-of-nobody"}) {
    EXPECT_THAT(Display(token, "honcho"),
                IsError(kUnauthenticated, "DEVICE_UNKNOWN"));
    EXPECT_THAT(Follow(token, "honcho"),
                IsError(kUnauthenticated, "DEVICE_UNKNOWN"));
  }
}

TEST_F(DevicesTest, ADeviceOfAnOfficeMayNameNoOther) {
  auto issue = IssueOf("renew_self");
  EXPECT_THAT(CallAs("honcho-machine", at(0).tickets,
                     &TicketService::Stub::IssueTicket, issue),
              IsOk());
  auto const before = house_->redis().DumpAll();
  issue = IssueOf("renew_self");
  issue.set_office("offices/tobu");
  EXPECT_THAT(CallAs("honcho-machine", at(0).tickets,
                     &TicketService::Stub::IssueTicket, issue),
              IsError(kDenied, "DEVICE_NOT_HERE"));
  ticketing::v1::CancelTicketRequest cancel;
  cancel.set_name("offices/tobu/tickets/20261123-renew-1");
  EXPECT_THAT(CallAs("honcho-machine", at(0).tickets,
                     &TicketService::Stub::CancelTicket, cancel),
              IsError(kDenied, "DEVICE_NOT_HERE"));
  EXPECT_EQ(house_->redis().DumpAll(), before);

  EXPECT_THAT(Display(TokenOf("honcho-display"), "honcho"), IsOk());
  EXPECT_THAT(Display(TokenOf("honcho-display"), "tobu"),
              IsError(kDenied, "DEVICE_NOT_HERE"));
  EXPECT_THAT(Follow(TokenOf("honcho-service"), "honcho"), IsOk());
  EXPECT_THAT(Follow(TokenOf("honcho-service"), "tobu"),
              IsError(kDenied, "DEVICE_NOT_HERE"));
}

TEST_F(DevicesTest, ATerminalOfACounterMayNameNoOther) {
  EXPECT_THAT(CallAs("counter-2", at(0).counters,
                     &CounterService::Stub::OpenCounter, OpenOf("2")),
              IsOk());
  auto const before = house_->redis().DumpAll();
  EXPECT_THAT(CallAs("counter-2", at(0).counters,
                     &CounterService::Stub::OpenCounter, OpenOf("4")),
              IsError(kDenied, "DEVICE_NOT_HERE"));
  EXPECT_THAT(CallAs("counter-2", at(0).counters,
                     &CounterService::Stub::CallNextTicket, CallNextOf("4", 0)),
              IsError(kDenied, "DEVICE_NOT_HERE"));
  EXPECT_EQ(house_->redis().DumpAll(), before);
  // What is of its office and no counter's it may see.
  EXPECT_THAT(Display(TokenOf("counter-2"), "honcho"), IsOk());
}

TEST_F(DevicesTest, StaffSeeAtAnyReplicaHowADeviceIs) {
  ASSERT_THAT(
      CallAs("honcho-machine", at(0).devices, &DeviceService::Stub::Heartbeat,
             BeatOf("honcho-machine", "honcho")),
      IsOk());
  auto const list =
      CallAs("supervisor", at(1).devices, &DeviceService::Stub::ListDevices,
             DevicesIn("honcho"));
  ASSERT_THAT(list, IsOk());
  std::map<std::string, ticketing::v1::Device> devices;
  for (auto const& device : list->devices()) devices[device.name()] = device;
  auto const& machine = devices["offices/honcho/devices/honcho-machine"];
  EXPECT_EQ(machine.label(), "the honcho-machine");
  EXPECT_EQ(machine.state().printer(), ticketing::v1::DeviceState::JAM);
  EXPECT_EQ(machine.state().program_version(), "0.3.0");
  EXPECT_FALSE(machine.stale());
  EXPECT_TRUE(devices["offices/honcho/devices/counter-2"].stale());
  EXPECT_FALSE(devices.contains("offices/honcho/devices/operator"));
}

TEST_F(DevicesTest, ADeviceSpeaksForItselfAlone) {
  auto const before = house_->redis().DumpAll();
  auto const beat = [](std::string const& device,
                       ticketing::v1::HeartbeatRequest const& request) {
    return CallAs(device, at(0).devices, &DeviceService::Stub::Heartbeat,
                  request);
  };
  auto const not_here = IsError(kDenied, "DEVICE_NOT_HERE");
  EXPECT_THAT(beat("machine", BeatOf("honcho-machine", "honcho")), not_here);
  EXPECT_THAT(beat("machine", BeatOf("nobody", "honcho")), not_here);
  EXPECT_THAT(beat("honcho-machine", BeatOf("honcho-machine", "tobu")),
              not_here);
  EXPECT_THAT(beat("machine", BeatOf("machine", "nowhere")),
              IsError(absl::StatusCode::kNotFound, "OFFICE_NOT_FOUND"));
  EXPECT_EQ(house_->redis().DumpAll(), before);
}

TEST_F(DevicesTest, HealthAndReadinessAreOpenAndNothingElseIs) {
  auto const address = house_->server(0).address();
  EXPECT_THAT(CallAny(address, "/grpc.health.v1.Health/Check", NoBytes(), ""),
              IsOk());
  EXPECT_THAT(
      Call(at(0).readiness, &rpc::v1::ReadinessService::Stub::CheckReadiness,
           rpc::v1::CheckReadinessRequest()),
      IsOk());
  for (auto const* path :
       {"/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        "/madoguchi.ticketing.v1.CounterService/Unheard"}) {
    EXPECT_THAT(CallAny(address, path, NoBytes(), ""),
                IsError(kUnauthenticated, "DEVICE_UNKNOWN"))
        << path;
    EXPECT_THAT(CallAny(address, path, NoBytes(), TokenOf("operator")),
                IsError(kDenied, "ROLE_NOT_ALLOWED"))
        << path;
  }
}

TEST_F(DevicesTest, ARevokedTokenOpensNothingAfterARestart) {
  auto const list = [](std::string const& device) {
    return CallAs(device, at(1).devices, &DeviceService::Stub::ListDevices,
                  DevicesIn("honcho"));
  };
  ASSERT_THAT(list("supervisor"), IsOk());
  Write(Entry("operator", "OPERATOR"));
  ASSERT_TRUE(house_->server(1).Stop(kLimit));
  ASSERT_THAT(house_->server(1).Restart(), IsOk());
  EXPECT_THAT(list("supervisor"), IsError(kUnauthenticated, "DEVICE_UNKNOWN"));
  EXPECT_THAT(list("operator"), IsOk());
  Write(AllDevices());
  ASSERT_TRUE(house_->server(1).Stop(kLimit));
  ASSERT_THAT(house_->server(1).Restart(), IsOk());
  EXPECT_THAT(list("supervisor"), IsOk());
}

// Starts a server that must not start, and answers what it said.
std::string RefusalOf(std::vector<std::string> const& command) {
  auto const server = ChildProcess::Start({command, {}, {}});
  EXPECT_THAT(server, IsOk());
  auto const line = (*server)->WaitForLine("ticketing:", kLimit);
  EXPECT_THAT(line, IsOk());
  EXPECT_FALSE((*server)->Stop(kLimit));
  return line.value_or("");
}

TEST_F(DevicesTest, AMistakeInTheFileIsToldWithItsLine) {
  Write(
      "devices {\n  id: \"kiosk\"\n  role: TICKET_MACHINE\n  office: "
      "\"mars\"\n}\n");
  auto const said =
      RefusalOf(house_->Command("127.0.0.1:0", {"--devices", file_}));
  EXPECT_THAT(said, HasSubstr("ticketing: " + file_ +
                              ":1: "
                              "devices[0].token_sha256: is missing"));
  Write(AllDevices());
}

TEST_F(DevicesTest, TheExampleFileFitsTheExampleCity) {
  auto const server = ChildProcess::Start(
      {house_->Command("127.0.0.1:0",
                       {"--devices", "deploy/config/devices.textproto"}),
       {},
       {}});
  ASSERT_THAT(server, IsOk());
  EXPECT_THAT((*server)->WaitForLine("ticketing: ready on", kLimit), IsOk());
  EXPECT_TRUE((*server)->Stop(kLimit));
}

TEST_F(DevicesTest, WithoutAFileAServerListensToThisMachineAlone) {
  EXPECT_THAT(RefusalOf(house_->Command("0.0.0.0:0", {})),
              HasSubstr("ticketing: Not listening on 0.0.0.0:0: without a "
                        "devices file everybody"));
}

TEST(WithoutDevicesTest, EverybodyIsLetIn) {
  TicketingHouse house(1);
  EXPECT_THAT(Call(house.at(0).tickets, &TicketService::Stub::IssueTicket,
                   IssueOf("renew_self"), kLimit, "token-of-nobody"),
              IsOk());
  ticketing::v1::HeartbeatRequest beat;
  beat.set_name("offices/honcho/devices/kiosk-1");
  EXPECT_THAT(Call(house.at(0).devices, &DeviceService::Stub::Heartbeat, beat),
              IsOk());
  ticketing::v1::ListDevicesRequest list;
  list.set_office("offices/honcho");
  auto const devices =
      Call(house.at(0).devices, &DeviceService::Stub::ListDevices, list);
  ASSERT_THAT(devices, IsOk());
  ASSERT_EQ(devices->devices_size(), 1);
  EXPECT_EQ(devices->devices(0).name(), "offices/honcho/devices/kiosk-1");
}

}  // namespace
}  // namespace madoguchi::testing
