#include "services/ticketing/domain/call_lane.h"
#include "tests/support/desks.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace madoguchi::ticketing {
namespace {

using absl::StatusCode;
using madoguchi::testing::IsError;
using madoguchi::testing::IsOk;
using std::chrono::milliseconds;
using ::testing::ElementsAre;

// One office in which `counters` counters serve all.
City CityWith(int counters) {
  auto city = MakeCity();
  auto& office = city.offices.front();
  office.counters.clear();
  for (int i = 1; i <= counters; ++i) {
    office.counters.push_back(
        MakeCounter(std::to_string(i), {"renew", "reset", "pickup"}));
  }
  return city;
}

class CallLaneTest : public ::testing::Test {
 protected:
  explicit CallLaneTest(City city = CityWith(20)) : desks_(std::move(city)) {}

  void OpenAll() {
    for (auto const& counter : desks_.city.offices.front().counters) {
      ASSERT_THAT(desks_.Open(counter.id.value), IsOk());
    }
  }
  void IssueMany(int count) {
    for (int i = 0; i != count; ++i) ASSERT_THAT(desks_.Issue(), IsOk());
  }
  Answer<CallAnswer> Press(std::string const& counter,
                           std::string const& request_id,
                           milliseconds limit = std::chrono::seconds(5)) {
    return Press(desks_.counters, counter, request_id, limit);
  }
  Answer<CallAnswer> Press(CounterDesk& desk, std::string const& counter,
                           std::string const& request_id,
                           milliseconds limit = std::chrono::seconds(5)) {
    Answer<CallAnswer> answer;
    desk.CallNext({kHall, {counter}, 0}, request_id,
                  desks_.scheduler.Now() + limit, answer.Catch());
    return answer;
  }
  // The numbers called, "" for nobody.
  static std::vector<std::string> Numbers(
      std::vector<Answer<CallAnswer>> const& answers) {
    std::vector<std::string> numbers;
    for (auto const& each : answers) {
      auto const answer = each.Get();
      EXPECT_THAT(answer, IsOk());
      numbers.push_back(answer.ok() && answer->ticket ? answer->ticket->number
                                                      : "");
    }
    return numbers;
  }

  Desks desks_;
};

TEST_F(CallLaneTest, PressesThatComeTogetherGoTogetherAndCallNobodyTwice) {
  OpenAll();
  IssueMany(30);
  int const looks = desks_.store.Looks();
  desks_.store.Hold();
  std::vector<Answer<CallAnswer>> answers;
  for (int i = 1; i <= 12; ++i) {
    answers.push_back(Press(std::to_string(i), Uuid(1000 + i)));
  }
  desks_.store.Release();
  auto const numbers = Numbers(answers);
  std::vector<std::string> expected;
  for (int i = 101; i <= 112; ++i) {
    expected.push_back("A" + std::to_string(i));
  }
  EXPECT_EQ(numbers, expected);
  // The first went alone, the others together.
  EXPECT_EQ(desks_.store.Looks() - looks, 2);
}

TEST_F(CallLaneTest, ALookIsForSixteenPressesAtMost) {
  OpenAll();
  IssueMany(30);
  int const looks = desks_.store.Looks();
  desks_.store.Hold();
  std::vector<Answer<CallAnswer>> answers;
  for (int i = 1; i <= 20; ++i) {
    answers.push_back(Press(std::to_string(i), Uuid(1000 + i)));
  }
  desks_.store.Release();
  std::set<std::string> called;
  for (auto const& number : Numbers(answers)) called.insert(number);
  EXPECT_EQ(called.size(), 20U);
  EXPECT_EQ(desks_.store.Looks() - looks, 3);
}

TEST_F(CallLaneTest, WhoComesTooLateForTheLastTicketIsToldNobodyWaits) {
  OpenAll();
  IssueMany(2);
  desks_.store.Hold();
  std::vector<Answer<CallAnswer>> answers;
  for (int i = 1; i <= 4; ++i) {
    answers.push_back(Press(std::to_string(i), Uuid(1000 + i)));
  }
  desks_.store.Release();
  EXPECT_THAT(Numbers(answers), ElementsAre("A101", "A102", "", ""));
  EXPECT_EQ(answers[3].Get()->reason, CallReason::kNobodyWaits);
}

TEST_F(CallLaneTest, TheSamePressTwiceInFlightIsOne) {
  OpenAll();
  IssueMany(3);
  desks_.store.Hold();
  auto const first = Press("1", Uuid(1001));
  auto const copy = Press("1", Uuid(1001));
  auto const other = Press("2", Uuid(1002));
  desks_.store.Release();
  EXPECT_EQ(first.Get()->ticket, copy.Get()->ticket);
  EXPECT_THAT(Numbers({first, copy, other}),
              ElementsAre("A101", "A101", "A102"));
}

TEST_F(CallLaneTest, ASecondPressOfABusyCounterIsRefused) {
  OpenAll();
  IssueMany(3);
  desks_.store.Hold();
  // Keeps the lane busy so that the others could go together.
  auto const opener = Press("9", Uuid(1009));
  auto const first = Press("1", Uuid(1001));
  auto const second = Press("1", Uuid(1002));
  desks_.store.Release();
  EXPECT_THAT(Numbers({opener, first}), ElementsAre("A101", "A102"));
  EXPECT_THAT(second.Get(),
              IsError(StatusCode::kFailedPrecondition, "COUNTER_BUSY"));
}

TEST_F(CallLaneTest, ARefusedPressTakesNobodyFromTheOthers) {
  ASSERT_THAT(desks_.Open("1"), IsOk());
  ASSERT_THAT(desks_.Open("3"), IsOk());
  IssueMany(2);
  desks_.store.Hold();
  // Keeps the lane busy so that the others go together.
  auto const opener = Press("9", Uuid(1009));
  auto const one = Press("1", Uuid(1001));
  auto const closed = Press("2", Uuid(1002));
  auto const three = Press("3", Uuid(1003));
  desks_.store.Release();
  EXPECT_THAT(closed.Get(),
              IsError(StatusCode::kFailedPrecondition, "COUNTER_CLOSED"));
  EXPECT_THAT(Numbers({one, three}), ElementsAre("A101", "A102"));
}

TEST_F(CallLaneTest, OneIdAtTwoCountersIsForTheFirst) {
  OpenAll();
  IssueMany(3);
  desks_.store.Hold();
  auto const opener = Press("9", Uuid(1009));
  auto const one = Press("1", Uuid(1001));
  auto const two = Press("2", Uuid(1001));
  desks_.store.Release();
  EXPECT_THAT(Numbers({opener, one}), ElementsAre("A101", "A102"));
  EXPECT_THAT(two.Get(),
              IsError(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
}

TEST_F(CallLaneTest, PressesThatAreBeatenGoAgainTogether) {
  OpenAll();
  IssueMany(5);
  desks_.store.Hold();
  auto const opener = Press("9", Uuid(1009));
  auto const one = Press("1", Uuid(1001));
  auto const two = Press("2", Uuid(1002));
  // The first of the two is aborted, so the second chose somebody who is not
  // the head: both go again.
  desks_.store.ReleaseOnly(0);
  desks_.store.ReleaseOnly(0);
  ASSERT_TRUE(opener.Arrived());
  desks_.store.AbortNext();
  desks_.store.Release();
  EXPECT_FALSE(one.Arrived());
  EXPECT_FALSE(two.Arrived());
  desks_.scheduler.Advance(milliseconds(5));
  EXPECT_THAT(Numbers({opener, one, two}), ElementsAre("A101", "A102", "A103"));
}

TEST_F(CallLaneTest, ALostReplyLosesNobody) {
  OpenAll();
  IssueMany(3);
  desks_.store.LoseNextReply();
  auto const lost = Press("1", Uuid(1001));
  EXPECT_THAT(lost.Get(),
              IsError(StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
  auto const other = Press("2", Uuid(1002));
  auto const again = Press("1", Uuid(1001));
  EXPECT_THAT(Numbers({again, other}), ElementsAre("A101", "A102"));
}

TEST_F(CallLaneTest, ALookThatFailsFailsItsPressesAndNoOthers) {
  OpenAll();
  IssueMany(3);
  desks_.store.LoseNextRequest();
  auto const lost = Press("1", Uuid(1001));
  EXPECT_THAT(lost.Get(),
              IsError(StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
  EXPECT_THAT(Numbers({Press("1", Uuid(1001))}), ElementsAre("A101"));
}

// "Nobody" is settled: the copy of a press that still is on its way must not
// call somebody to a clerk who was told that nobody waits.
TEST_F(CallLaneTest, NobodyIsTheAnswerToTheCopyToo) {
  OpenAll();
  auto const first = Press("1", Uuid(1001));
  EXPECT_THAT(Numbers({first}), ElementsAre(""));
  IssueMany(1);
  auto const events = desks_.Log().size();
  EXPECT_THAT(Numbers({Press("1", Uuid(1001))}), ElementsAre(""));
  EXPECT_EQ(desks_.Log().size(), events);
  EXPECT_THAT(Numbers({Press("1", Uuid(1002))}), ElementsAre("A101"));
}

TEST_F(CallLaneTest, NobodyIsNotSettledOnceSomebodyCame) {
  OpenAll();
  desks_.store.BeforeNextSettle([&] { IssueMany(1); });
  auto const answer = Press("1", Uuid(1001));
  EXPECT_FALSE(answer.Arrived());
  desks_.scheduler.Advance(milliseconds(5));
  EXPECT_THAT(Numbers({answer}), ElementsAre("A101"));
}

TEST_F(CallLaneTest, TheFirstPressOfTheDayOpensIt) {
  EXPECT_THAT(Press("1", Uuid(1001)).Get(),
              IsError(StatusCode::kFailedPrecondition, "COUNTER_CLOSED"));
  EXPECT_EQ(desks_.Log().size(), 1U);
  EXPECT_EQ(desks_.Log().front().kind, EventKind::kDayOpened);
}

// The deadline of one press is not that of the others that go with it.
TEST_F(CallLaneTest, ThePressThatIsOutOfTimeTakesNoOtherAlong) {
  OpenAll();
  IssueMany(1);
  desks_.store.KeepDeadlines(desks_.scheduler);
  desks_.store.Hold();
  auto const opener = Press("9", Uuid(1009));
  auto const hasty = Press("1", Uuid(1001), milliseconds(10));
  auto const patient = Press("2", Uuid(1002));
  desks_.scheduler.Advance(milliseconds(20));
  // By then the day has changed, so that the batch must open it first.
  desks_.clock.Advance(std::chrono::hours(24));
  desks_.store.Release();
  EXPECT_THAT(patient.Get(),
              IsError(StatusCode::kFailedPrecondition, "COUNTER_CLOSED"));
}

TEST_F(CallLaneTest, RivalsUntilTheDeadlineAreContention) {
  OpenAll();
  IssueMany(3);
  desks_.store.AbortNext(1'000'000);
  auto const hasty = Press("1", Uuid(1001), milliseconds(50));
  auto const patient = Press("2", Uuid(1002), milliseconds(500));
  desks_.scheduler.Advance(milliseconds(60));
  EXPECT_THAT(hasty.Get(),
              IsError(StatusCode::kDeadlineExceeded, "QUEUE_CONTENDED"));
  EXPECT_FALSE(patient.Arrived());
  desks_.scheduler.Advance(milliseconds(440));
  EXPECT_THAT(patient.Get(),
              IsError(StatusCode::kDeadlineExceeded, "QUEUE_CONTENDED"));
  EXPECT_EQ(desks_.scheduler.Pending(), 0U);
  // Nothing is left of it.
  desks_.store.AbortNext(-1'000'000);
}

// Two processes, each with its lane, over one store.
TEST_F(CallLaneTest, AnotherProcessIsARivalAndBothCallSomebody) {
  OpenAll();
  IssueMany(4);
  CounterDesk other(desks_.context);
  Answer<CallAnswer> rival;
  desks_.store.BeforeNextSettle([&] { rival = Press(other, "2", Uuid(1002)); });
  auto const beaten = Press("1", Uuid(1001));
  EXPECT_FALSE(beaten.Arrived());
  desks_.scheduler.Advance(milliseconds(5));
  EXPECT_THAT(Numbers({rival, beaten}), ElementsAre("A101", "A102"));
}

TEST_F(CallLaneTest, TheSamePressAtTwoProcessesIsOne) {
  OpenAll();
  IssueMany(4);
  CounterDesk other(desks_.context);
  Answer<CallAnswer> copy;
  desks_.store.BeforeNextSettle([&] { copy = Press(other, "1", Uuid(1001)); });
  auto const first = Press("1", Uuid(1001));
  EXPECT_THAT(Numbers({copy, first}), ElementsAre("A101", "A101"));
}

TEST_F(CallLaneTest, WhoeverIsSentToTheCounterMeanwhileGoesFirst) {
  OpenAll();
  IssueMany(1);
  auto const second = *desks_.Issue();
  desks_.store.BeforeNextSettle([&] {
    Answer<Ticket> sent;
    desks_.counters.Designate({{kHall, {"1"}, 0}, second.id, 0, Uuid(2001)},
                              {"sato"}, desks_.Deadline(), sent.Catch());
    EXPECT_THAT(sent.Get(), IsOk());
  });
  auto const answer = Press("1", Uuid(1001));
  desks_.scheduler.Advance(milliseconds(5));
  EXPECT_THAT(Numbers({answer}), ElementsAre("A102"));
  EXPECT_EQ(answer.Get()->reason, CallReason::kSentToCounter);
}

// A rival of another process raises the overtakes of a head to the limit
// between look and settle: the guard refuses, and the head goes first.
TEST_F(CallLaneTest, NoRivalryOvertakesAHeadBeyondTheLimit) {
  auto& office = desks_.city.offices.front();
  office.call_policy.overtaking_limit = 1;
  office.counters = {MakeCounter("1", {"renew", "pickup"}),
                     MakeCounter("2", {"reset", "pickup"})};
  OpenAll();
  // Whoever waits for `pickup` came first, but has the longest target.
  ASSERT_THAT(desks_.Issue("pickup"), IsOk());
  desks_.clock.Advance(std::chrono::minutes(1));
  ASSERT_THAT(desks_.Issue("renew"), IsOk());
  ASSERT_THAT(desks_.Issue("reset"), IsOk());
  desks_.clock.Advance(std::chrono::minutes(20));
  CounterDesk other(desks_.context);
  Answer<CallAnswer> rival;
  desks_.store.BeforeNextSettle([&] { rival = Press(other, "2", Uuid(1002)); });
  auto const beaten = Press("1", Uuid(1001));
  desks_.scheduler.Advance(milliseconds(5));
  EXPECT_THAT(Numbers({rival, beaten}), ElementsAre("B301", "C501"));
  EXPECT_EQ(beaten.Get()->reason, CallReason::kOvertakenToLimit);
}

// Another process, whose clock runs ahead, opens the next day between look and
// settle.
TEST_F(CallLaneTest, APressDuringTheDayChangeIsDecidedOnTheNewDay) {
  desks_.clock.Set(kTenOClock + std::chrono::hours(18) - milliseconds(1));
  OpenAll();
  IssueMany(1);
  desks_.store.BeforeNextSettle([&] {
    Answer<std::monostate> opened;
    desks_.memory.OpenDay({kHall, {20261124}}, /*carry_over=*/false,
                          desks_.clock.Now(), desks_.Deadline(),
                          opened.Catch());
  });
  auto const press = Press("1", Uuid(1001));
  EXPECT_FALSE(press.Arrived());
  desks_.clock.Advance(milliseconds(1));
  desks_.scheduler.Advance(milliseconds(5));
  EXPECT_THAT(press.Get(),
              IsError(StatusCode::kFailedPrecondition, "COUNTER_CLOSED"));
}

// Whether presses go together or one by one makes no difference to whom they
// call and why.
TEST(CallLanePropertyTest, ABatchCallsWhomOneByOneWouldHaveCalled) {
  constexpr std::uint64_t kSeed = 7001;
  for (std::uint64_t seed = kSeed; seed != kSeed + 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    auto const between = [&](int least, int most) {
      return std::uniform_int_distribution<int>(least, most)(random);
    };
    auto city = CityWith(16);
    auto& office = city.offices.front();
    office.call_policy.overtaking_limit = between(1, 4);
    for (auto& counter : office.counters) {
      std::shuffle(counter.serves.begin(), counter.serves.end(), random);
      counter.serves.resize(static_cast<std::size_t>(between(1, 3)));
      for (auto& served : counter.serves) {
        served.preference = static_cast<Preference>(between(0, 2));
      }
    }
    Desks together(city);
    Desks apart(city);
    for (auto* desks : {&together, &apart}) {
      for (auto const& counter : office.counters) {
        ASSERT_THAT(desks->Open(counter.id.value), IsOk());
      }
    }
    for (int i = between(0, 25); i > 0; --i) {
      auto const& service =
          office.services[static_cast<std::size_t>(between(0, 2))].id.value;
      milliseconds const pause(between(1, 300'000));
      for (auto* desks : {&together, &apart}) {
        ASSERT_THAT(desks->Issue(service), IsOk());
        desks->clock.Advance(pause);
      }
    }
    std::vector<Answer<CallAnswer>> batch;
    together.store.Hold();
    for (int i = 1; i <= 16; ++i) {
      batch.emplace_back();
      together.counters.CallNext({kHall, {std::to_string(i)}, 0},
                                 Uuid(5000 + i), together.Deadline(),
                                 batch.back().Catch());
    }
    together.store.Release();
    for (int i = 1; i <= 16; ++i) {
      auto const one =
          apart.CallNextAgain(std::to_string(i), 0, Uuid(5000 + i));
      auto const many = batch[static_cast<std::size_t>(i) - 1].Get();
      ASSERT_THAT(one, IsOk());
      ASSERT_THAT(many, IsOk());
      EXPECT_EQ(one->ticket, many->ticket);
      EXPECT_EQ(one->reason, many->reason);
    }
    EXPECT_EQ(together.Log(), apart.Log());
    if (::testing::Test::HasFailure()) FAIL();
  }
}

}  // namespace
}  // namespace madoguchi::ticketing
