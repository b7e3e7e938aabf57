#include "tests/layers/include_layers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace madoguchi::layers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Read(std::filesystem::path const& path) {
  std::ifstream in(path);
  EXPECT_TRUE(in) << path;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Layers OurLayers() { return Layers(Read("services/layers.txt")); }

// ctest starts this in the root of the repository.
TEST(IncludeLayersTest, EveryFileIncludesOnlyWhatItsLayerMay) {
  auto const layers = OurLayers();
  std::size_t files = 0;
  for (auto const* root : {"services", "clients"}) {
    for (auto const& entry :
         std::filesystem::recursive_directory_iterator(root)) {
      auto const path = entry.path().generic_string();
      if (path.find("/node_modules/") != std::string::npos) continue;
      if (!path.ends_with(".cc") && !path.ends_with(".h")) continue;
      ++files;
      EXPECT_THAT(layers.Check(path, Read(path)), IsEmpty());
    }
  }
  EXPECT_GT(files, 10U) << "The files were not found.";
}

struct Violation {
  std::string path;
  std::string include;
};

class ViolationTest : public ::testing::TestWithParam<Violation> {};

TEST_P(ViolationTest, IsReportedWithFileAndLine) {
  auto const& [path, include] = GetParam();
  EXPECT_THAT(
      OurLayers().Check(path, "#include <vector>\n#include " + include + "\n"),
      ElementsAre(HasSubstr(path + ":2: may not include ")));
}

INSTANTIATE_TEST_SUITE_P(
    Violations, ViolationTest,
    ::testing::Values(
        Violation{"services/base/clock.cc", "\"services/office/office.h\""},
        Violation{"services/base/clock.cc", "<grpcpp/grpcpp.h>"},
        Violation{"services/office/office.cc",
                  "\"madoguchi/office/v1/settings.pb.h\""},
        Violation{"services/ticketing/domain/ticket.h", "<grpcpp/grpcpp.h>"},
        Violation{"services/ticketing/domain/ticket.h", "<hiredis/hiredis.h>"},
        Violation{"services/ticketing/domain/ticket.h", "<spdlog/spdlog.h>"},
        Violation{"services/ticketing/domain/ticket.h", "<unistd.h>"},
        Violation{"services/ticketing/domain/ticket.h",
                  "\"madoguchi/ticketing/v1/ticket.pb.h\""},
        Violation{"services/ticketing/domain/ticket.h",
                  "\"services/office/settings.h\""},
        Violation{"services/ticketing/domain/ticket.h",
                  "\"services/ticketing/adapters/memory_ticket_store.h\""},
        Violation{"services/ticketing/domain/ticket.h",
                  "\"services/balancing/domain/plan.h\""},
        Violation{"services/ticketing/adapters/redis_ticket_store.cc",
                  "<hiredis/hiredis.h>"},
        Violation{"services/ticketing/adapters/redis_ticket_store.cc",
                  "\"services/renewal/domain/case.h\""},
        Violation{"services/ticketing/adapters/redis_ticket_store.cc",
                  "\"madoguchi/ticketing/v1/ticket.pb.h\""},
        Violation{"services/ticketing/rpc/ticket_handlers.cc",
                  "\"services/ticketing/adapters/redis_ticket_store.h\""},
        Violation{"services/redis/client.cc",
                  "\"services/ticketing/domain/ticket.h\""},
        Violation{"clients/wall_display/main.cc",
                  "\"services/ticketing/domain/ticket.h\""},
        Violation{"services/ticketing/domain/ticket.cc", "<gtest/gtest.h>"}));

TEST(IncludeLayersTest, SpacesDoNotHideAnInclude) {
  EXPECT_THAT(OurLayers().Check("services/base/clock.cc",
                                "  #  include   <uv.h>  // Why not?"),
              ElementsAre(HasSubstr("services/base/clock.cc:1: ")));
}

TEST(IncludeLayersTest, WhatALayerMayIncludeIsNotReported) {
  auto const layers = OurLayers();
  EXPECT_THAT(layers.Check("services/office/settings.cc",
                           "#include \"madoguchi/office/v1/settings.pb.h\""),
              IsEmpty());
  EXPECT_THAT(layers.Check("services/ticketing/main.cc",
                           "#include <hiredis/hiredis.h>"),
              IsEmpty());
  EXPECT_THAT(layers.Check("services/ticketing/domain/ticket_test.cc",
                           "#include <gtest/gtest.h>"),
              IsEmpty());
  EXPECT_THAT(
      layers.Check("services/ticketing/rpc/ticket_handlers.cc",
                   "#include \"services/ticketing/domain/ticket_desk.h\""),
      IsEmpty());
}

TEST(IncludeLayersTest, AFileWithoutALayerIsReported) {
  EXPECT_THAT(OurLayers().Check("services/stray.cc", ""),
              ElementsAre(HasSubstr("no row of services/layers.txt")));
}

TEST(IncludeLayersTest, ATableThatIsNoneIsRefused) {
  EXPECT_THROW(Layers("services/base/ absl/"), std::invalid_argument);
  EXPECT_THROW(Layers("two names : absl/"), std::invalid_argument);
}

}  // namespace
}  // namespace madoguchi::layers
