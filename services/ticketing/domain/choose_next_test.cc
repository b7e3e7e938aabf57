#include "services/ticketing/domain/choose_next.h"
#include "tests/support/ticket_builders.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace madoguchi::ticketing {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

constexpr Timestamp kNow = kTenOClock + minutes(30);

Waiting Waits(std::int64_t serial, std::string const& service, int minute,
              std::int64_t overtakes = 0) {
  return {WaitingTicket(serial, service, minute), overtakes};
}

class ChooseNextTest : public ::testing::Test {
 protected:
  std::optional<Choice> Choose(std::string const& counter) const {
    return ChooseNext(office_, *office_.FindCounter({counter}), queues_, kNow);
  }
  // Whom counter 1, which serves all alike, calls: its number and the reason.
  std::string Chosen(std::string const& counter = "1") const {
    auto const choice = Choose(counter);
    if (!choice) return "nobody";
    return choice->ticket.number + " " + std::string(CodeOf(choice->reason));
  }
  void Queue(std::string const& service, std::vector<Waiting> const& waiting) {
    queues_.push_back(QueueOf(service, waiting));
  }
  Service& ServiceOf(std::string const& id) {
    return *std::find_if(
        office_.services.begin(), office_.services.end(),
        [&](Service const& service) { return service.id.value == id; });
  }

  Office office_ = MakeCity().offices.front();
  std::vector<QueueView> queues_;
};

TEST_F(ChooseNextTest, NobodyIsChosenWhereNobodyWaits) {
  EXPECT_EQ(Chosen(), "nobody");
  Queue("renew", {});
  Queue("reset", {});
  EXPECT_EQ(Chosen(), "nobody");
}

TEST_F(ChooseNextTest, NobodyIsChosenForAServiceTheCounterDoesNotServe) {
  Queue("reset", {Waits(0, "reset", 0, 99)});
  EXPECT_EQ(Chosen("2"), "nobody");
}

TEST_F(ChooseNextTest, ACounterWithOneServiceCallsItsHead) {
  Queue("reset", {Waits(0, "reset", 0, 99)});
  Queue("renew", {Waits(4, "renew", 10), Waits(5, "renew", 11)});
  EXPECT_EQ(Chosen("2"), "A105 ONLY_SERVICE_WAITING");
}

TEST_F(ChooseNextTest, WhereOneServiceWaitsItsHeadIsCalled) {
  Queue("renew", {});
  Queue("pickup", {Waits(4, "pickup", 10), Waits(5, "pickup", 11)});
  EXPECT_EQ(Chosen(), "C505 ONLY_SERVICE_WAITING");
}

TEST_F(ChooseNextTest, TheLongestShareOfTheTargetGoesFirst) {
  // 20 of 30 minutes used up against 29 of 60.
  Queue("pickup", {Waits(0, "pickup", 1)});
  Queue("renew", {Waits(0, "renew", 10)});
  EXPECT_EQ(Chosen(), "A101 LONGEST_SHARE_OF_TARGET");
}

TEST_F(ChooseNextTest, AShortServiceIsPreferredMildly) {
  // Both have a target of 30; 10 / 25 against 10 / 15 of the tenth: 0.0267 of
  // the target, 48 seconds.
  Queue("reset", {Waits(0, "reset", 10)});
  auto short_one = Waits(0, "renew", 10);
  short_one.ticket.rank.ms += 47'000;
  Queue("renew", {short_one});
  EXPECT_EQ(Chosen(), "A101 LONGEST_SHARE_OF_TARGET");
  queues_[1].first[0].ticket.rank.ms += 2'000;
  EXPECT_EQ(Chosen(), "B301 LONGEST_SHARE_OF_TARGET");
}

TEST_F(ChooseNextTest, EqualsGoByRankAndThenById) {
  ServiceOf("reset").expected = ServiceOf("renew").expected;
  Queue("reset", {Waits(0, "reset", 10)});
  Queue("renew", {Waits(0, "renew", 10)});
  EXPECT_EQ(Chosen(), "A101 LONGEST_SHARE_OF_TARGET");
  std::reverse(queues_.begin(), queues_.end());
  EXPECT_EQ(Chosen(), "A101 LONGEST_SHARE_OF_TARGET");
  // A third of the target each.
  ServiceOf("pickup").expected = ServiceOf("renew").expected;
  queues_ = {QueueOf("renew", {Waits(0, "renew", 20)}),
             QueueOf("pickup", {Waits(0, "pickup", 10)})};
  EXPECT_EQ(Chosen(), "C501 LONGEST_SHARE_OF_TARGET");
}

TEST_F(ChooseNextTest, TheIndexGoesByRankAndNotByArrival) {
  // Back from an absence, behind others: arrival counts no more.
  auto back = Waits(0, "renew", 0);
  back.ticket.rank.ms += 20 * 60'000;
  Queue("renew", {back});
  Queue("reset", {Waits(0, "reset", 10)});
  EXPECT_EQ(Chosen(), "B301 LONGEST_SHARE_OF_TARGET");
}

TEST_F(ChooseNextTest, AHeadOvertakenToTheLimitGoesFirst) {
  // By the index, and by preference at counter 3, pickup would go.
  Queue("pickup", {Waits(0, "pickup", 0)});
  Queue("reset", {Waits(0, "reset", 29, 3)});
  EXPECT_EQ(Chosen("1"), "B301 OVERTAKEN_TO_LIMIT");
  EXPECT_EQ(Chosen("3"), "B301 OVERTAKEN_TO_LIMIT");
}

TEST_F(ChooseNextTest, OneBelowTheLimitIsNotAtTheLimit) {
  Queue("pickup", {Waits(0, "pickup", 0)});
  Queue("reset", {Waits(0, "reset", 29, 2)});
  EXPECT_EQ(Chosen(), "C501 LONGEST_SHARE_OF_TARGET");
  office_.call_policy.overtaking_limit = 2;
  EXPECT_EQ(Chosen(), "B301 OVERTAKEN_TO_LIMIT");
}

TEST_F(ChooseNextTest, OfSeveralAtTheLimitTheEarliestGoes) {
  Queue("renew", {Waits(0, "renew", 12, 4)});
  Queue("reset", {Waits(0, "reset", 11, 3)});
  Queue("pickup", {Waits(0, "pickup", 13, 9)});
  EXPECT_EQ(Chosen("1"), "B301 OVERTAKEN_TO_LIMIT");
  EXPECT_EQ(Chosen("3"), "B301 OVERTAKEN_TO_LIMIT");
  std::reverse(queues_.begin(), queues_.end());
  EXPECT_EQ(Chosen("1"), "B301 OVERTAKEN_TO_LIMIT");
}

TEST_F(ChooseNextTest, OfSeveralAtTheLimitTheEarliestIsByRank) {
  auto back = Waits(0, "reset", 1, 3);
  back.ticket.rank.ms += 15 * 60'000;
  Queue("reset", {back});
  Queue("renew", {Waits(0, "renew", 12, 3)});
  EXPECT_EQ(Chosen(), "A101 OVERTAKEN_TO_LIMIT");
}

TEST_F(ChooseNextTest, OnlyHeadsCountAsOvertaken) {
  Queue("renew", {Waits(0, "renew", 10, 0), Waits(1, "renew", 11, 9)});
  Queue("reset", {Waits(0, "reset", 0)});
  EXPECT_EQ(Chosen(), "B301 LONGEST_SHARE_OF_TARGET");
}

TEST_F(ChooseNextTest, PreferredServicesComeFirstAndLastOnesLast) {
  Queue("renew", {Waits(0, "renew", 0)});
  Queue("reset", {Waits(0, "reset", 0)});
  EXPECT_EQ(Chosen("3"), "A101 PREFERRED_SERVICE");
  Queue("pickup", {Waits(0, "pickup", 29)});
  EXPECT_EQ(Chosen("3"), "C501 PREFERRED_SERVICE");
  queues_.erase(queues_.begin());
  EXPECT_EQ(Chosen("3"), "C501 PREFERRED_SERVICE");
}

TEST_F(ChooseNextTest, InsideATierTheShareOfTheTargetDecides) {
  office_.counters[2].serves[0].preference = Preference::kFirst;
  Queue("renew", {Waits(0, "renew", 10)});
  Queue("pickup", {Waits(0, "pickup", 1)});
  EXPECT_EQ(Chosen("3"), "A101 LONGEST_SHARE_OF_TARGET");
  Queue("reset", {Waits(0, "reset", 0)});
  EXPECT_EQ(Chosen("3"), "A101 PREFERRED_SERVICE");
}

TEST_F(ChooseNextTest, AnswersTheTicketAsItWasSeen) {
  Queue("renew", {Waits(3, "renew", 5)});
  EXPECT_THAT(Choose("1"), Optional(Choice{WaitingTicket(3, "renew", 5),
                                           CallReason::kOnlyServiceWaiting}));
}

TEST_F(ChooseNextTest, AQueueSeenToBeEmptyButNotLookedIntoIsPassedOver) {
  Queue("renew", {});
  queues_[0].length = 5;
  Queue("reset", {Waits(0, "reset", 0)});
  EXPECT_EQ(Chosen(), "B301 ONLY_SERVICE_WAITING");
}

// What is left once somebody was called.

class TakeCalledTest : public ChooseNextTest {
 protected:
  void Take(std::string const& counter, Ticket const& ticket) {
    TakeCalled(office_, *office_.FindCounter({counter}), ticket, queues_);
  }
  std::vector<std::int64_t> Overtakes(std::size_t queue) const {
    std::vector<std::int64_t> overtakes;
    for (auto const& waiting : queues_[queue].first) {
      overtakes.push_back(waiting.overtakes);
    }
    return overtakes;
  }
};

TEST_F(TakeCalledTest, TheCalledIsGoneAndNobodyElse) {
  Queue("renew", {Waits(0, "renew", 0), Waits(1, "renew", 1)});
  Queue("reset", {Waits(0, "reset", 9)});
  queues_[0].length = 7;
  Take("1", queues_[0].first[0].ticket);
  EXPECT_EQ(queues_[0].length, 6);
  EXPECT_THAT(queues_[0].first, ElementsAre(Waits(1, "renew", 1)));
  EXPECT_EQ(queues_[1], QueueOf("reset", {Waits(0, "reset", 9)}));
}

TEST_F(TakeCalledTest, ThoseOfOtherServicesWhoRankBeforeWereOvertaken) {
  Queue("renew", {Waits(0, "renew", 5)});
  Queue("reset",
        {Waits(0, "reset", 3, 1), Waits(1, "reset", 4), Waits(2, "reset", 6)});
  Queue("pickup", {Waits(0, "pickup", 5)});
  Take("1", queues_[0].first[0].ticket);
  EXPECT_THAT(queues_[0].first, IsEmpty());
  EXPECT_THAT(Overtakes(1), ElementsAre(2, 1, 0));
  // Of equal rank: neither went before the other.
  EXPECT_THAT(Overtakes(2), ElementsAre(0));
}

TEST_F(TakeCalledTest, NobodyOfTheSameServiceWasOvertaken) {
  Queue("renew", {Waits(0, "renew", 5), Waits(1, "renew", 2)});
  Take("1", queues_[0].first[0].ticket);
  EXPECT_THAT(Overtakes(0), ElementsAre(0));
}

TEST_F(TakeCalledTest, WhatTheCounterDoesNotServeWasNotOvertaken) {
  Queue("renew", {Waits(0, "renew", 5)});
  Queue("reset", {Waits(0, "reset", 3)});
  Take("2", queues_[0].first[0].ticket);
  EXPECT_THAT(Overtakes(1), ElementsAre(0));
}

TEST(OthersServedTest, AreAllServicesOfTheCounterButTheOne) {
  auto const office = MakeCity().offices.front();
  auto const counter = MakeCounter("1", {"renew", "reset", "pickup"});
  EXPECT_THAT(OthersServed(office, counter, {"reset"}),
              ElementsAre(QueueId{"renew"}, QueueId{"pickup"}));
  EXPECT_THAT(OthersServed(office, MakeCounter("2", {"renew"}), {"renew"}),
              IsEmpty());
}

// Reasons.

constexpr CallReason kReasons[] = {CallReason::kNobodyWaits,
                                   CallReason::kOnlyServiceWaiting,
                                   CallReason::kOvertakenToLimit,
                                   CallReason::kPreferredService,
                                   CallReason::kLongestShareOfTarget,
                                   CallReason::kSentToCounter,
                                   CallReason::kByNumber};

TEST(CallReasonTest, ItsCodeLeadsBackToIt) {
  for (auto const reason : kReasons) {
    EXPECT_NE(CodeOf(reason), "");
    EXPECT_EQ(CallReasonOf(CodeOf(reason)), reason);
  }
  EXPECT_EQ(CallReasonOf(""), std::nullopt);
  EXPECT_EQ(CallReasonOf("nobody_waits"), std::nullopt);
}

TEST(CallReasonTest, IsToldInEveryLanguageWithAndWithoutATicket) {
  auto const office = MakeCity().offices.front();
  std::vector<std::optional<Ticket>> const tickets = {
      std::nullopt, CalledTicket(0), WaitingTicket(0),
      CalledTicket(0, "1", "closed-down")};
  for (auto const reason : kReasons) {
    for (auto const& ticket : tickets) {
      auto const words = InWords(reason, office, ticket);
      EXPECT_NE(words.ja, "");
      EXPECT_NE(words.ja_easy, "");
      EXPECT_NE(words.en, "");
    }
  }
}

TEST(CallReasonTest, TellsHowLongHowOftenAndOfHowMuch) {
  auto const office = MakeCity().offices.front();
  auto ticket = CalledTicket(0, "1", "pickup");
  ticket.called = ticket.arrival + minutes(17) + std::chrono::seconds(59);
  auto const in_english = [&](CallReason reason) {
    return InWords(reason, office, ticket).en;
  };
  EXPECT_EQ(in_english(CallReason::kOnlyServiceWaiting),
            "First in the only service waiting (17 min)");
  EXPECT_EQ(in_english(CallReason::kOvertakenToLimit),
            "Overtaken 3 times by other services: goes first");
  EXPECT_EQ(in_english(CallReason::kPreferredService),
            "A service this counter takes first (17 min)");
  EXPECT_EQ(in_english(CallReason::kLongestShareOfTarget),
            "Has used up most of the target wait (17 of 60 min)");
  EXPECT_EQ(in_english(CallReason::kNobodyWaits),
            "Nobody waits for this counter");
}

// Later states of the ticket change nothing: a repeat is told the same.
TEST(CallReasonTest, IsToldFromTheCallAlone) {
  auto const office = MakeCity().offices.front();
  auto ticket = CalledTicket(0);
  auto const words = InWords(CallReason::kLongestShareOfTarget, office, ticket);
  ticket.state = TicketState::kCompleted;
  ticket.version = 9;
  ticket.rank.ms += 600'000;
  EXPECT_EQ(InWords(CallReason::kLongestShareOfTarget, office, ticket), words);
}

}  // namespace
}  // namespace madoguchi::ticketing
