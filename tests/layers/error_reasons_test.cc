#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace madoguchi {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using Reasons = std::set<std::string>;

// Reasons that no caller can get: the store's answer to the desk, which acts on
// it.
Reasons const kInternal = {
    // The desk opens the day and repeats.
    "DAY_NOT_OPEN",
    // The desk sweeps what the day before left, and repeats.
    "DAY_SWEEPING",
    // The desk looks again; in the end it says QUEUE_CONTENDED.
    "LOOK_AGAIN",
};

std::string Read(std::filesystem::path const& path) {
  std::ifstream in(path);
  EXPECT_TRUE(in) << path;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void AddMatches(std::string const& text, std::regex const& pattern,
                Reasons& reasons) {
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end;
       at != end; ++at) {
    reasons.insert((*at)[1]);
  }
}

// The reasons that the code makes: an `ErrorInfo` begins with one, and
// `WrongState` ends with one.
Reasons ReasonsOfCode(std::string const& code) {
  Reasons reasons;
  AddMatches(code, std::regex(R"re(\{\s*"([A-Z]+(?:_[A-Z]+)*)",)re"), reasons);
  AddMatches(code, std::regex(R"re(return WrongState\([^;]*"([A-Z_]+)"\);)re"),
             reasons);
  return reasons;
}

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

// ctest starts this in the root of the repository.
Reasons OurReasonsOfCode() {
  auto reasons = ReasonsOfCode(Read("services/ticketing/domain/errors.cc"));
  reasons.merge(ReasonsOfCode(Read("services/rpc/errors.cc")));
  return reasons;
}

Reasons OurReasonsOfProtos() {
  Reasons reasons;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(
           "proto/madoguchi/ticketing")) {
    if (entry.path().extension() == ".proto") {
      reasons.merge(ReasonsOfProto(Read(entry.path())));
    }
  }
  return reasons;
}

Reasons Without(Reasons all, Reasons const& some) {
  for (auto const& each : some) all.erase(each);
  return all;
}

TEST(ErrorReasonsTest, EachReasonOfTheCodeIsInAProto) {
  EXPECT_THAT(OurReasonsOfCode(), SizeIs(testing::Gt(10)));
  EXPECT_THAT(
      Without(Without(OurReasonsOfCode(), kInternal), OurReasonsOfProtos()),
      IsEmpty());
}

TEST(ErrorReasonsTest, EachReasonOfAProtoIsMadeByTheCode) {
  EXPECT_THAT(Without(OurReasonsOfProtos(), OurReasonsOfCode()), IsEmpty());
}

TEST(ErrorReasonsTest, ReasonsThatNobodyGetsAreMadeButNotPromised) {
  for (auto const& reason : kInternal) {
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
