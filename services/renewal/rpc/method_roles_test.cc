#include "services/renewal/rpc/method_roles.h"
#include "services/rpc/device_place.h"
#include "tests/support/role_letters.h"
#include "madoguchi/renewal/v1/renewal_service.pb.h"
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <map>
#include <string>

namespace madoguchi::renewal {
namespace {

using testing::Letters;
using testing::PathOf;

google::protobuf::ServiceDescriptor const& Service() {
  return *v1::TriageRequest::descriptor()->file()->service(0);
}

// Who may do what is a promise of its own, so it is written down here again.
std::map<std::string, std::string> const kWanted = {
    {"Triage", "M.CSG.O"},         {"StartRenewal", "..CS..O"},
    {"RecordStep", "..CS..O"},     {"RequestIssuance", "..CS..O"},
    {"ParkRenewal", "..CS..O"},    {"ResumeRenewal", "..CS..O"},
    {"FinishRenewal", "..CS..O"},  {"AbandonRenewal", "..CS..O"},
    {"GetRenewal", "..CS..O"},     {"ListRenewals", "..CS..O"},
    {"ReportUpstream", "..CS..O"}, {"WatchUpstream", "MDCSG.O"},
};

TEST(RenewalMethodRolesTest, EachRoleMayCallTheseMethodsAndNoOthers) {
  std::map<std::string, std::string> actual;
  std::string const service = "/madoguchi.renewal.v1.RenewalService/";
  for (auto const& [path, roles] : RenewalMethodRoles()) {
    ASSERT_TRUE(path.starts_with(service)) << path;
    actual[path.substr(service.size())] = Letters(roles);
  }
  EXPECT_EQ(actual, kWanted);
}

TEST(RenewalMethodRolesTest, EveryMethodHasARowAndAPlaceAndTakesNoStream) {
  auto const rows = RenewalMethodRoles();
  ASSERT_GE(Service().method_count(), 12);
  for (int i = 0; i != Service().method_count(); ++i) {
    auto const& method = *Service().method(i);
    EXPECT_TRUE(rows.contains(PathOf(method)))
        << PathOf(method) << ": nobody may call it. Add a row.";
    EXPECT_TRUE(std::any_of(rpc::kPlaceFields.begin(), rpc::kPlaceFields.end(),
                            [&](auto const* field) {
                              return method.input_type()->FindFieldByName(
                                         field) != nullptr;
                            }))
        << PathOf(method) << ": a device could not be held to its office.";
    EXPECT_FALSE(method.client_streaming()) << PathOf(method);
  }
}

}  // namespace
}  // namespace madoguchi::renewal
