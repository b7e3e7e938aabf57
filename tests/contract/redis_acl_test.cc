#include "services/ticketing/adapters/link_token_keys.h"
#include "services/ticketing/adapters/redis_device_store.h"
#include "services/ticketing/adapters/store_readiness.h"
#include "tests/contract/store_under_test.h"
#include "tests/support/await.h"
#include "tests/support/status_matchers.h"
#include <sstream>

namespace madoguchi::testing {
namespace {

using namespace ticketing;
using absl::StatusCode;

// As services/ticketing/adapters/README.md lists them.
constexpr char kCommands[] =
    "ping info time config|get function|load function|list fcall fcall_ro "
    "xread set "
    "hget hmget hset hdel hgetall hlen expire unlink xadd xlen xrange "
    "xrevrange xtrim zadd zrem zcard zcount zrange zremrangebyscore zscore";

class RedisAclTest : public ::testing::Test {
 protected:
  RedisAclTest() {
    std::vector<std::string> user = {"ACL",     "SETUSER", "ticketing", "on",
                                     ">secret", "~mdg:*",  "-@all"};
    std::istringstream commands(kCommands);
    for (std::string command; commands >> command;) {
      user.push_back("+" + command);
    }
    EXPECT_EQ(server_.AskOne(user), "OK");
    server_.Ask({"ACL", "SETUSER", "default", "off"});
    options_ = OptionsFor(server_);
    options_.user = "ticketing";
    options_.password = "secret";
  }

  RedisServer server_;
  redis::ClientOptions options_;
};

TEST_F(RedisAclTest, TheCommandsOfTheReadmeSuffice) {
  RedisProcess process(options_);
  StoreCalls calls(process.store());
  ASSERT_THAT(calls.Open(), IsOk());
  calls.IssueTicket(kTax, 0);
  auto const ticket = calls.IssueTicket(kResidence, 1);
  EXPECT_EQ(calls.Queue(kResidence).length, 1);
  DueEntry const due{DueKind::kWrapUpEnd, "1", At(5)};
  auto call = CallOf(ticket, {kTaxQueue}, 3);
  call.due = {{due}, {"wrap-up:2"}};
  ASSERT_THAT(calls.Settle(call), IsOk());
  EXPECT_THAT(calls.LookDue(5), IsOk());
  auto serve = SettlementOf(MoveTo(call.ticket->after, TicketState::kServing),
                            EventKind::kServingStarted);
  Counter counter;
  counter.id = kDesk;
  serve.counter = {counter, counter};
  serve.counter->after.version = 1;
  serve.undoable = UndoableStep{};
  serve.fires = due;
  serve.issue.emplace();
  serve.issue->hall = kHall;
  serve.issue->series = {{"m"}, "M", 1, 9};
  serve.issue->ticket.service = kTax;
  EXPECT_THAT(calls.Settle(serve), IsOk());
  LookQuery query;
  query.hall = kHall;
  query.undo_at = kDesk;
  EXPECT_THAT(calls.Look(query), IsOk());
  EXPECT_THAT(calls.FindNumber(serve.issue->series, "M1"), IsOk());
  EXPECT_THAT(calls.List({}, 9), IsOk());
  EXPECT_THAT(calls.Log(0, 9), IsOk());
  ASSERT_THAT(calls.Open(kNextHall), IsOk());
  EXPECT_THAT(calls.Sweep(kHall.day, kNextHall, /*carry_over=*/true), IsOk());
  EXPECT_THAT(calls.TrimLog(1), IsOk());
  EXPECT_THAT(Await<std::string>([&](auto done) {
                GetLinkSecret(process.client(), kCity, Soon(), std::move(done));
              }),
              IsOk());
  DeviceState state;
  state.device = {"kiosk-1"};
  RedisDeviceStore devices(process.client(), kCity);
  EXPECT_THAT(Await<std::monostate>([&](auto done) {
                devices.Put(kOffice, state, Soon(), std::move(done));
              }),
              IsOk());
  EXPECT_THAT(Await<std::vector<DeviceState>>([&](auto done) {
                devices.List(kOffice, Soon(), std::move(done));
              }),
              IsOk());
  SystemClock const clock;
  auto const check = [&](bool relaxed) {
    return Await<Readiness>([&](auto done) {
      CheckReadiness(process.client(), {relaxed, &clock}, Soon(),
                     std::move(done));
    });
  };
  EXPECT_THAT(check(/*relaxed=*/true), IsOk());
  EXPECT_THAT(check(/*relaxed=*/false),
              IsError(StatusCode::kUnavailable, "STORE_NOT_DURABLE"));
  EXPECT_THAT(Await<std::monostate>([&](auto done) {
                process.client().Command(
                    {"XREAD", "STREAMS", "mdg:{tsukimi}:main:log", "0-0"},
                    Soon(), [done = std::move(done)](auto answer) mutable {
                      if (!answer.ok()) return done(answer.status());
                      done(std::monostate());
                    });
              }),
              IsOk());
}

TEST_F(RedisAclTest, StrangersAreNotLetIn) {
  options_.password = "wrong";
  RedisProcess process(options_);
  EXPECT_THAT(StoreCalls(process.store()).Open(),
              IsError(StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
}

}  // namespace
}  // namespace madoguchi::testing
