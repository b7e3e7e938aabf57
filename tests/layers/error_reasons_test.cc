#include "tests/layers/error_reasons.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <filesystem>
#include <regex>
#include <sstream>
#include <string>

namespace madoguchi {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using layers::AddMatches;
using layers::kInternalReasons;
using layers::Read;
using layers::Reasons;
using layers::ReasonsOfCode;

// The reasons that the comments of a proto name: words in backquotes with at
// least one underscore.
Reasons ReasonsOfProto(std::string const& proto) {
  std::string comments;
  std::istringstream in(proto);
  for (std::string line; std::getline(in, line);) {
    auto const at = line.find("//");
    if (at != std::string::npos) comments += line.substr(at) + "\n";
  }
  Reasons reasons;
  AddMatches(comments, std::regex("`([A-Z]+(?:_[A-Z]+)+)`"), reasons);
  return reasons;
}

// Of the errors that every service has.
Reasons ReasonsOfAll() {
  auto reasons = ReasonsOfCode(Read("services/base/errors.cc"));
  reasons.merge(ReasonsOfCode(Read("services/office/errors.cc")));
  return reasons;
}

// ctest starts this in the root of the repository.
Reasons OurReasonsOfCode() {
  auto reasons = ReasonsOfAll();
  reasons.merge(ReasonsOfCode(Read("services/ticketing/domain/errors.cc")));
  reasons.merge(ReasonsOfCode(Read("services/rpc/errors.cc")));
  return reasons;
}

Reasons ReasonsOfProtosIn(std::filesystem::path const& folder) {
  Reasons reasons;
  for (auto const& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".proto") {
      reasons.merge(ReasonsOfProto(Read(entry.path())));
    }
  }
  return reasons;
}

Reasons OurReasonsOfProtos() {
  return ReasonsOfProtosIn("proto/madoguchi/ticketing");
}

Reasons Without(Reasons all, Reasons const& some) {
  for (auto const& each : some) all.erase(each);
  return all;
}

TEST(ErrorReasonsTest, EachReasonOfTheCodeIsInAProto) {
  EXPECT_THAT(OurReasonsOfCode(), SizeIs(testing::Gt(10)));
  EXPECT_THAT(Without(Without(OurReasonsOfCode(), kInternalReasons),
                      OurReasonsOfProtos()),
              IsEmpty());
}

TEST(ErrorReasonsTest, EachReasonOfAProtoIsMadeByTheCode) {
  EXPECT_THAT(Without(OurReasonsOfProtos(), OurReasonsOfCode()), IsEmpty());
}

TEST(ErrorReasonsTest, TheReasonsOfRenewalAreMadeAndPromised) {
  auto reasons = ReasonsOfAll();
  reasons.merge(ReasonsOfCode(Read("services/renewal/domain/errors.cc")));
  EXPECT_EQ(reasons, ReasonsOfProtosIn("proto/madoguchi/renewal"));
}

// A ticket machine answers its page with reasons of its own.
TEST(ErrorReasonsTest, TheKiosksReasonsAreMadeAndPromised) {
  EXPECT_EQ(ReasonsOfCode(Read("clients/ticket_machine/errors.cc")),
            ReasonsOfProtosIn("proto/madoguchi/kiosk"));
}

TEST(ErrorReasonsTest, TheAuthoritysReasonsAreMadeAndPromised) {
  EXPECT_EQ(
      ReasonsOfCode(Read("services/certification_authority/domain/errors.cc")),
      ReasonsOfProtosIn("proto/madoguchi/certification"));
}

TEST(ErrorReasonsTest, ReasonsThatNobodyGetsAreMadeButNotPromised) {
  for (auto const& reason : kInternalReasons) {
    EXPECT_THAT(OurReasonsOfCode(), Contains(reason));
    EXPECT_THAT(OurReasonsOfProtos(), Not(Contains(reason)));
  }
}

TEST(ErrorReasonsTest, FindsReasonsInCodeButNotStates) {
  EXPECT_EQ(ReasonsOfCode(R"cc(
              return MakeError(StatusCode::kNotFound, "No. A_B",
                               {"NOT_THERE", {{"name", "C_D"}}});
              return WrongState(ticket, "WAITING", "TICKET_NOT_WAITING");
              case TicketState::kOnHold:
                return "ON_HOLD";
            )cc"),
            (Reasons{"NOT_THERE", "TICKET_NOT_WAITING"}));
}

TEST(ErrorReasonsTest, FindsReasonsInCommentsOfProtosOnly) {
  EXPECT_EQ(ReasonsOfProto("// * NOT_FOUND, `NO_OFFICE` or `NO_TICKET`.\n"
                           "string `A_B` = 1;  // `WAITING`, `request_id`\n"),
            (Reasons{"NO_OFFICE", "NO_TICKET"}));
}

}  // namespace
}  // namespace madoguchi
