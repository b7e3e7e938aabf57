#include "services/ticketing/rpc/method_roles.h"
#include "services/rpc/device_place.h"
#include "tests/support/role_letters.h"
#include "madoguchi/ticketing/v1/counter_service.pb.h"
#include "madoguchi/ticketing/v1/device_service.pb.h"
#include "madoguchi/ticketing/v1/display_service.pb.h"
#include "madoguchi/ticketing/v1/event_service.pb.h"
#include "madoguchi/ticketing/v1/ticket_service.pb.h"
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace madoguchi::ticketing {
namespace {

using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using testing::Letters;
using testing::PathOf;

// Every method that this program has.
std::vector<MethodDescriptor const*> AllMethods() {
  std::vector<MethodDescriptor const*> methods;
  for (auto const* file : {v1::IssueTicketRequest::descriptor()->file(),
                           v1::CallNextTicketRequest::descriptor()->file(),
                           v1::WatchOfficeRequest::descriptor()->file(),
                           v1::FollowEventsRequest::descriptor()->file(),
                           v1::HeartbeatRequest::descriptor()->file()}) {
    for (int i = 0; i != file->service_count(); ++i) {
      for (int j = 0; j != file->service(i)->method_count(); ++j) {
        methods.push_back(file->service(i)->method(j));
      }
    }
  }
  return methods;
}

// Who may do what is a promise of its own, so it is written down here again,
// role by role.
std::map<std::string, std::string> const kWanted = {
    {"TicketService/ListServices", "M.CSGsO"},
    {"TicketService/IssueTicket", "M.....O"},
    {"TicketService/GetTicket", "M...G.O"},
    {"TicketService/CancelTicket", "M...G.O"},
    {"CounterService/OpenCounter", "..CS..O"},
    {"CounterService/CloseCounter", "..CS..O"},
    {"CounterService/PauseCounter", "..CS..O"},
    {"CounterService/ResumeCounter", "..CS..O"},
    {"CounterService/CallNextTicket", "..CS..O"},
    {"CounterService/CallTicket", "..CS..O"},
    {"CounterService/DesignateTicket", "..CS..O"},
    {"CounterService/ServeVisitor", "..CS..O"},
    {"CounterService/RecallTicket", "..CS..O"},
    {"CounterService/StartServing", "..CS..O"},
    {"CounterService/CompleteTicket", "..CS.sO"},
    {"CounterService/MarkAbsent", "..CS..O"},
    {"CounterService/ReturnTicket", "..CS..O"},
    {"CounterService/HoldTicket", "..CS.sO"},
    {"CounterService/ResumeTicket", "..CS.sO"},
    {"CounterService/TransferTicket", "..CS..O"},
    {"CounterService/EditTicket", "..CS..O"},
    {"CounterService/SetAssist", "..CS..O"},
    {"CounterService/UndoLastStep", "..CS..O"},
    {"CounterService/FindTicket", "..CS.sO"},
    {"CounterService/ListTickets", "..CS.sO"},
    {"CounterService/ListCounters", "..CS.sO"},
    {"DisplayService/WatchOffice", "MDCSG.O"},
    {"EventService/FollowEvents", ".....sO"},
    {"DeviceService/Heartbeat", "MDCSGs."},
    {"DeviceService/ListDevices", "..CS..O"},
};

TEST(MethodRolesTest, EachRoleMayCallTheseMethodsAndNoOthers) {
  std::map<std::string, std::string> actual;
  std::string const package = "/madoguchi.ticketing.v1.";
  for (auto const& [path, roles] : TicketingMethodRoles()) {
    ASSERT_TRUE(path.starts_with(package)) << path;
    actual[path.substr(package.size())] = Letters(roles);
  }
  EXPECT_EQ(actual, kWanted);
}

TEST(MethodRolesTest, EveryMethodHasARow) {
  auto const rows = TicketingMethodRoles();
  EXPECT_THAT(AllMethods(), ::testing::SizeIs(::testing::Ge(17)));
  for (auto const* method : AllMethods()) {
    EXPECT_TRUE(rows.contains(PathOf(*method)))
        << PathOf(*method) << ": nobody may call it. Add a row.";
  }
}

// Otherwise a device could not be held to its office, and a refused call would
// not be refused by its handler.
TEST(MethodRolesTest, EveryRequestNamesAPlaceThatIsChecked) {
  for (auto const* method : AllMethods()) {
    EXPECT_TRUE(std::any_of(rpc::kPlaceFields.begin(), rpc::kPlaceFields.end(),
                            [&](auto const* field) {
                              return method->input_type()->FindFieldByName(
                                         field) != nullptr;
                            }))
        << PathOf(*method);
  }
}

// The interceptor reads requests of streams as bytes and others as messages.
TEST(MethodRolesTest, NoMethodTakesAStream) {
  for (auto const* method : AllMethods()) {
    EXPECT_FALSE(method->client_streaming()) << PathOf(*method);
  }
}

}  // namespace
}  // namespace madoguchi::ticketing
