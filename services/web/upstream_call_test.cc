#include "services/web/upstream_call.h"
#include "services/web/scripted_service.h"
#include <gtest/gtest.h>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <string>
#include <utility>

namespace madoguchi::web {
namespace {

// What a call has brought until it ended. Its owner's part.
class Waiter {
 public:
  void Wake() {
    MutexLock lock(mu_);
    has_news_ = true;
    changed_.notify_all();
  }

  // The end of `call`, whose messages are counted; a code of -1 if it does not
  // end.
  CallStatus AwaitEnd(UpstreamCall& call) {
    auto const until =
        std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (true) {
      auto news = call.Take();
      if (news.message) {
        ++messages;
        call.ReadOn();
      }
      if (news.ended) return *std::move(news.ended);
      if (!news.IsNone()) continue;
      MutexLock lock(mu_);
      while (!has_news_) {
        if (changed_.wait_until(mu_, until) == std::cv_status::timeout) {
          return {-1, "", ""};
        }
      }
      has_news_ = false;
    }
  }

  int messages = 0;

 private:
  Mutex mu_;
  std::condition_variable_any changed_;
  bool has_news_ ABSL_GUARDED_BY(mu_) = false;
};

// Whoever ends last may end the channel, and gRPC then waits for its threads:
// it must be none of them.
TEST(UpstreamCallTest, HoldsNothingOnceItHasToldOfTheEnd) {
  ScriptedService service;
  for (int i = 0; i != 200; ++i) {
    auto const waiter = std::make_shared<Waiter>();
    auto call =
        UpstreamCall::Start(service.Connect(), {"/test.Script/Echo", {}, {}},
                            "hello", [waiter] { waiter->Wake(); });
    ASSERT_EQ(waiter->AwaitEnd(*call).code, 0);
    EXPECT_EQ(waiter->messages, 1);
    EXPECT_EQ(waiter.use_count(), 1);
    EXPECT_EQ(call.use_count(), 1);
  }
}

TEST(UpstreamCallTest, EndsWhenItIsCancelled) {
  ScriptedService service;
  auto const waiter = std::make_shared<Waiter>();
  auto const call =
      UpstreamCall::Start(service.Connect(), {"/test.Script/Wait", {}, {}}, "",
                          [waiter] { waiter->Wake(); });
  ASSERT_TRUE(service.AwaitCalls(1));
  call->Cancel();
  EXPECT_EQ(waiter->AwaitEnd(*call).code, 1);
  EXPECT_TRUE(service.AwaitCalls(0));
}

// Nothing else is asked for before the owner asks: that is what slows a service
// down.
TEST(UpstreamCallTest, HoldsOneMessageAtATime) {
  ScriptedService service;
  auto const waiter = std::make_shared<Waiter>();
  auto const call =
      UpstreamCall::Start(service.Connect(), {"/test.Script/Flood", {}, {}}, "",
                          [waiter] { waiter->Wake(); });
  ASSERT_TRUE(service.AwaitCalls(1));
  // It ends while nobody reads: what the wire still held is lost.
  call->Cancel();
  ASSERT_TRUE(service.AwaitCalls(0));
  EXPECT_EQ(waiter->AwaitEnd(*call).code, 1);
  EXPECT_LE(waiter->messages, 1);
}

}  // namespace
}  // namespace madoguchi::web
