#include "services/ticketing/adapters/link_token_keys.h"
#include "services/ticketing/adapters/log_tail.h"
#include "services/ticketing/adapters/store_readiness.h"
#include "tests/contract/store_under_test.h"
#include "tests/support/await.h"
#include "tests/support/status_matchers.h"
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>

namespace madoguchi::testing {
namespace {

using namespace ticketing;
using absl::StatusCode;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> const kDurable = {"--appendonly", "yes",
                                           "--appendfsync", "always"};

class Notebook : public LogListener {
 public:
  void OnEvents(OfficeId const& office, std::vector<Event> events) override {
    std::lock_guard const lock(mu_);
    for (auto& event : events) seen_[office].push_back(std::move(event));
    changed_.notify_all();
  }
  void OnLinkUp() override { Note("up"); }
  void OnLinkDown(absl::Status const&) override { Note("down"); }

  bool WaitFor(std::function<bool()> const& condition) {
    std::unique_lock lock(mu_);
    return changed_.wait_for(lock, std::chrono::seconds(20), condition);
  }
  bool WaitForEvents(OfficeId const& office, std::size_t count) {
    return WaitFor([&] { return seen_[office].size() >= count; });
  }
  bool WaitForLinks(std::vector<std::string> const& links) {
    return WaitFor([&] { return links_ == links; });
  }
  std::vector<Event> Seen(OfficeId const& office) {
    std::lock_guard const lock(mu_);
    return seen_[office];
  }

 private:
  void Note(std::string const& link) {
    std::lock_guard const lock(mu_);
    links_.push_back(link);
    changed_.notify_all();
  }

  std::mutex mu_;
  std::condition_variable changed_;
  std::map<OfficeId, std::vector<Event>> seen_;
  std::vector<std::string> links_;
};

class LogTailTest : public ::testing::Test {
 protected:
  RedisServer server_{kDurable};
  RedisProcess process_{OptionsFor(server_)};
  StoreCalls calls_{process_.store()};
  OfficeId const annex_{"annex"};
  Notebook notebook_;
  LogTail tail_{process_.loop(),
                OptionsFor(server_),
                kCity,
                {kOffice, annex_},
                notebook_};
};

TEST_F(LogTailTest, EventsOfAllOfficesComeAsTheyHappen) {
  ASSERT_THAT(calls_.Open(), IsOk());
  tail_.Start({});
  ASSERT_TRUE(notebook_.WaitForEvents(kOffice, 1));
  ASSERT_TRUE(notebook_.WaitForLinks({"up"}));
  ASSERT_THAT(calls_.Open({annex_, kHall.day}), IsOk());
  calls_.IssueTicket(kResidence, 0);
  ASSERT_TRUE(notebook_.WaitForEvents(kOffice, 2));
  ASSERT_TRUE(notebook_.WaitForEvents(annex_, 1));
  EXPECT_EQ(notebook_.Seen(kOffice), calls_.Log(0, 10)->events);
}

TEST_F(LogTailTest, ATailBeginsWhereItIsTold) {
  ASSERT_THAT(calls_.Open(), IsOk());
  calls_.IssueTicket(kResidence, 0);
  auto const last = calls_.IssueTicket(kResidence, 1);
  tail_.Start({{kOffice, 2}});
  ASSERT_TRUE(notebook_.WaitForEvents(kOffice, 1));
  EXPECT_EQ(notebook_.Seen(kOffice)[0].ticket, last);
}

TEST_F(LogTailTest, AcrossARestartNothingIsMissedOrRepeated) {
  ASSERT_THAT(calls_.Open(), IsOk());
  tail_.Start({});
  ASSERT_TRUE(notebook_.WaitForLinks({"up"}));
  ASSERT_TRUE(notebook_.WaitForEvents(kOffice, 1));
  server_.Kill();
  ASSERT_TRUE(notebook_.WaitForLinks({"up", "down"}));
  server_.Start();
  RedisProcess other(OptionsFor(server_));
  StoreCalls calls(other.store());
  for (int i = 0; i != 600; ++i) {
    auto order = OrderFor(kResidence, i);
    order.series.size = 1000;
    ASSERT_THAT(calls.Issue(order), IsOk());
  }
  ASSERT_TRUE(notebook_.WaitForEvents(kOffice, 601));
  ASSERT_TRUE(notebook_.WaitForLinks({"up", "down", "up"}));
  EXPECT_EQ(notebook_.Seen(kOffice), calls.Log(0, 1000)->events);
}

TEST_F(LogTailTest, AStalledRedisIsNoticedAndCaughtUpWith) {
  ASSERT_THAT(calls_.Open(), IsOk());
  tail_.Start({});
  ASSERT_TRUE(notebook_.WaitForLinks({"up"}));
  server_.Pause();
  ASSERT_TRUE(notebook_.WaitForLinks({"up", "down"}));
  server_.Resume();
  calls_.IssueTicket(kResidence, 0);
  ASSERT_TRUE(notebook_.WaitForEvents(kOffice, 2));
  ASSERT_TRUE(notebook_.WaitForLinks({"up", "down", "up"}));
  EXPECT_EQ(notebook_.Seen(kOffice), calls_.Log(0, 10)->events);
}

class FixedClock : public Clock {
 public:
  explicit FixedClock(Timestamp now) : now_(now) {}
  Timestamp Now() const override { return now_; }

 private:
  Timestamp now_;
};

absl::StatusOr<Readiness> ReadinessOf(RedisServer const& server,
                                      ReadinessRules const& rules) {
  RedisProcess process(OptionsFor(server));
  return Await<Readiness>([&](auto done) {
    CheckReadiness(process.client(), rules, Soon(), std::move(done));
  });
}

TEST(StoreReadinessTest, ADurableRedisWithOurTimeIsReady) {
  RedisServer const server(kDurable);
  SystemClock const clock;
  EXPECT_THAT(ReadinessOf(server, {false, &clock}),
              IsOkAnd(Field(&Readiness::caveat, IsEmpty())));
}

TEST(StoreReadinessTest, ARedisThatForgetsIsNotReadyUnlessAccepted) {
  RedisServer const server;
  EXPECT_THAT(ReadinessOf(server, {}),
              IsError(StatusCode::kUnavailable, "STORE_NOT_DURABLE"));
  EXPECT_THAT(ReadinessOf(server, {true, nullptr}),
              IsOkAnd(Field(&Readiness::caveat, HasSubstr("relaxed"))));
}

TEST(StoreReadinessTest, EachSettingIsChecked) {
  RedisServer const server(kDurable);
  server.Ask({"CONFIG", "SET", "maxmemory-policy", "allkeys-lru"});
  EXPECT_THAT(ReadinessOf(server, {}),
              IsError(StatusCode::kUnavailable, "STORE_NOT_DURABLE"));
  server.Ask({"CONFIG", "SET", "maxmemory-policy", "noeviction"});
  server.Ask({"CONFIG", "SET", "appendfsync", "everysec"});
  EXPECT_THAT(ReadinessOf(server, {}),
              IsError(StatusCode::kUnavailable, "STORE_NOT_DURABLE"));
}

TEST(StoreReadinessTest, AReplicaIsNotReady) {
  RedisServer const server(kDurable);
  server.Ask({"REPLICAOF", "127.0.0.1", "1"});
  EXPECT_THAT(ReadinessOf(server, {}),
              IsError(StatusCode::kUnavailable, "STORE_READ_ONLY"));
}

TEST(StoreReadinessTest, ClocksMayNotBeFarApart) {
  RedisServer const server(kDurable);
  for (int const apart_ms : {-3000, 3000}) {
    FixedClock const clock(SystemClock().Now() +
                           std::chrono::milliseconds(apart_ms));
    EXPECT_THAT(ReadinessOf(server, {false, &clock}),
                IsError(StatusCode::kUnavailable, "CLOCK_SKEWED"));
  }
}

TEST(StoreReadinessTest, AnotherLibraryOfOurNameIsNotOurs) {
  RedisServer const server(kDurable);
  ASSERT_EQ(server.AskOne({"FUNCTION", "LOAD",
                           "#!lua name=mdg2\nredis.register_function('mdg2_x', "
                           "function() return 1 end)"}),
            "mdg2");
  EXPECT_THAT(ReadinessOf(server, {}),
              IsError(StatusCode::kInternal, "STORE_ERROR"));
}

TEST(StoreReadinessTest, ARedisThatIsGoneIsUnavailable) {
  RedisServer server(kDurable);
  server.Kill();
  EXPECT_THAT(ReadinessOf(server, {}),
              IsError(StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
}

absl::StatusOr<std::string> SecretOf(RedisServer const& server) {
  RedisProcess process(OptionsFor(server));
  return Await<std::string>([&](auto done) {
    GetLinkSecret(process.client(), kCity, Soon(), std::move(done));
  });
}

TEST(LinkTokenKeysTest, AllProcessesHaveTheSameSecret) {
  RedisServer const server;
  auto const first = SecretOf(server);
  ASSERT_THAT(first, IsOkAnd(::testing::SizeIs(kLinkSecretSize)));
  EXPECT_EQ(SecretOf(server), first);
  server.Ask({"FLUSHALL"});
  EXPECT_THAT(SecretOf(server), IsOkAnd(Not(*first)));
}

TEST(LinkTokenKeysTest, WhatIsNoSecretIsForeign) {
  RedisServer const server;
  server.Ask({"SET", "mdg:{tsukimi}:link-secret", "short"});
  EXPECT_THAT(SecretOf(server),
              IsError(StatusCode::kInternal, "STORE_KEY_FOREIGN"));
  server.Ask({"DEL", "mdg:{tsukimi}:link-secret"});
  server.Ask({"LPUSH", "mdg:{tsukimi}:link-secret", "list"});
  EXPECT_THAT(SecretOf(server),
              IsError(StatusCode::kInternal, "STORE_KEY_FOREIGN"));
}

}  // namespace
}  // namespace madoguchi::testing
