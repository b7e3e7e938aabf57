#include "services/ticketing/domain/request.h"
#include "tests/support/status_matchers.h"
#include "tests/support/ticket_builders.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <string>

namespace madoguchi::ticketing {
namespace {

using absl::StatusCode;
using madoguchi::testing::IsError;
using madoguchi::testing::IsOk;
using madoguchi::testing::IsOkAnd;
using ::testing::Eq;
using ::testing::Field;

TEST(RequestTest, AUuidIsTakenInAnyCaseAndKeptInLower) {
  auto const request =
      MakeRequest("0190ABCD-EF01-7234-8ABC-DEF012345678", "issue", {"x"});
  EXPECT_THAT(
      request,
      IsOkAnd(Field(&Request::id,
                    Eq(RequestId{"0190abcd-ef01-7234-8abc-def012345678"}))));
}

TEST(RequestTest, WhatIsNoUuidIsRefused) {
  for (std::string const id : {"", "1", "0190abcd-ef01-7234-8abc-def01234567",
                               "0190abcd-ef01-7234-8abc-def0123456789",
                               "0190abcdeef01-7234-8abc-def012345678",
                               "0190abcd-ef01-7234-8abc-def01234567g",
                               "0190abcd-ef01-7234-8abc-def01234567-",
                               "{190abcd-ef01-7234-8abc-def012345678}"}) {
    EXPECT_THAT(MakeRequest(id, "issue", {}),
                IsError(StatusCode::kInvalidArgument, "REQUEST_ID_INVALID"))
        << id;
  }
}

TEST(RequestTest, CommandsAndArgumentsTellRequestsApart) {
  std::set<std::string> commands;
  auto const add = [&](absl::StatusOr<Request> const& request) {
    ASSERT_THAT(request, IsOk());
    EXPECT_TRUE(commands.insert(request->command).second) << request->command;
  };
  add(MakeRequest(Uuid(1), "issue", {}));
  add(MakeRequest(Uuid(1), "cancel", {}));
  add(MakeRequest(Uuid(1), "issue", {""}));
  add(MakeRequest(Uuid(1), "issue", {"", ""}));
  add(MakeRequest(Uuid(1), "issue", {"ab", "c"}));
  add(MakeRequest(Uuid(1), "issue", {"a", "bc"}));
  add(MakeRequest(Uuid(1), "issue", {"bc", "a"}));
  add(MakeRequest(Uuid(1), "issue", {"abc"}));
}

TEST(RequestTest, TheDigestIsTheSameInEveryProcessAndRelease) {
  // FNV-1a of "honcho\0renew\0", computed elsewhere.
  EXPECT_EQ(MakeRequest(Uuid(1), "issue", {"honcho", "renew"})->command,
            "issue:a151858b2abb0429");
}

TEST(RequestTest, WhatWasNotSettledIsNoRepeat) {
  auto const request = *MakeRequest(Uuid(1), "issue", {"a"});
  EXPECT_THAT(OutcomeOfRepeat(request, std::nullopt),
              IsOkAnd(Eq(std::nullopt)));
}

TEST(RequestTest, ARepeatGetsTheOutcome) {
  auto const request = *MakeRequest(Uuid(1), "issue", {"a"});
  Outcome const outcome{WaitingTicket(1), 5, "NOBODY_WAITS", {}};
  EXPECT_THAT(
      OutcomeOfRepeat(request, SettledRequest{request.command, outcome}),
      IsOkAnd(Eq(outcome)));
}

TEST(RequestTest, AnIdOfAnotherCommandOrOtherArgumentsIsRefused) {
  auto const first = *MakeRequest(Uuid(1), "issue", {"a"});
  for (auto const& other : {*MakeRequest(Uuid(1), "cancel", {"a"}),
                            *MakeRequest(Uuid(1), "issue", {"b"})}) {
    EXPECT_THAT(OutcomeOfRepeat(other, SettledRequest{first.command, {}}),
                IsError(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
  }
}

}  // namespace
}  // namespace madoguchi::ticketing
