#include "services/ticketing/domain/choose_next.h"
#include "tests/support/ticket_builders.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace madoguchi::ticketing {
namespace {

constexpr std::uint64_t kSeed = 20261123;
constexpr int kCases = 3000;

using Random = std::mt19937_64;

int Between(Random& random, int least, int most) {
  return std::uniform_int_distribution<int>(least, most)(random);
}

// An office of 1 to 6 services and 1 to 8 counters of any profile.
Office AnyOffice(Random& random) {
  Office office;
  office.id = kHall;
  office.time_zone = "Asia/Tokyo";
  int const services = Between(random, 1, 6);
  for (int i = 0; i != services; ++i) {
    auto const id = "s" + std::to_string(i);
    office.series.push_back({{id}, "", 1 + i * 1000, 1000});
    office.services.push_back(
        MakeService(id, id, Between(random, 1, 60), Between(random, 1, 120)));
  }
  int const counters = Between(random, 1, 8);
  for (int i = 0; i != counters; ++i) {
    CounterSettings counter;
    counter.id = {std::to_string(i + 1)};
    auto mixed = office.services;
    std::shuffle(mixed.begin(), mixed.end(), random);
    mixed.resize(static_cast<std::size_t>(Between(random, 1, services)));
    for (auto const& service : mixed) {
      counter.serves.push_back(
          {service.id, static_cast<Preference>(Between(random, 0, 2))});
    }
    office.counters.push_back(std::move(counter));
  }
  office.call_policy.overtaking_limit = Between(random, 1, 5);
  return office;
}

// Everybody who waits in an office, with every overtake on record: the whole
// queues, so that `TakeCalled` can be compared with a plain count.
struct Crowd {
  std::vector<QueueView> queues;
  std::map<TicketId, std::int64_t> overtaken;
};

Crowd AnyCrowd(Random& random, Office const& office) {
  Crowd crowd;
  std::map<ServiceId, std::vector<Waiting>> waiting;
  int const visitors = Between(random, 0, 40);
  std::int64_t rank = kTenOClock.time_since_epoch().count();
  for (int i = 0; i != visitors; ++i) {
    auto const& service = office.services[static_cast<std::size_t>(
        Between(random, 0, static_cast<int>(office.services.size()) - 1))];
    Ticket ticket;
    ticket.id = MakeTicketId(kToday, service.series, i);
    ticket.number = std::to_string(i);
    ticket.service = service.id;
    rank += Between(random, 1, 120'000);
    ticket.rank.ms = rank;
    waiting[service.id].push_back({ticket, 0});
    crowd.overtaken[ticket.id] = 0;
  }
  for (auto const& service : office.services) {
    crowd.queues.push_back(QueueOf(service.id.value, waiting[service.id]));
  }
  std::shuffle(crowd.queues.begin(), crowd.queues.end(), random);
  return crowd;
}

Timestamp AnyNow(Random& random) {
  return kTenOClock + std::chrono::minutes(Between(random, 0, 240));
}

CounterSettings const& AnyCounter(Random& random, Office const& office) {
  return office.counters[static_cast<std::size_t>(
      Between(random, 0, static_cast<int>(office.counters.size()) - 1))];
}

Preference PreferenceOf(CounterSettings const& counter, ServiceId const& id) {
  for (auto const& served : counter.serves) {
    if (served.service == id) return served.preference;
  }
  ADD_FAILURE() << "not served";
  return Preference::kLast;
}

std::vector<Waiting> HeadsServed(CounterSettings const& counter,
                                 std::vector<QueueView> const& queues) {
  std::vector<Waiting> heads;
  for (auto const& served : counter.serves) {
    for (auto const& queue : queues) {
      if (queue.queue.value == served.service.value && !queue.first.empty()) {
        heads.push_back(queue.first.front());
      }
    }
  }
  return heads;
}

// Each rule of ChooseNext's contract, written down a second time.
void ExpectByTheRules(Office const& office, CounterSettings const& counter,
                      std::vector<QueueView> const& queues,
                      std::optional<Choice> const& choice) {
  auto const heads = HeadsServed(counter, queues);
  ASSERT_EQ(choice.has_value(), !heads.empty());
  if (!choice) return;
  auto const chosen = std::find_if(
      heads.begin(), heads.end(),
      [&](Waiting const& head) { return head.ticket == choice->ticket; });
  ASSERT_NE(chosen, heads.end()) << "not the head of a service it serves";
  if (heads.size() == 1) {
    EXPECT_EQ(choice->reason, CallReason::kOnlyServiceWaiting);
    return;
  }
  auto const limit = office.call_policy.overtaking_limit;
  auto const is_due = [&](Waiting const& head) {
    return head.overtakes >= limit;
  };
  auto const own = PreferenceOf(counter, choice->ticket.service);
  if (std::any_of(heads.begin(), heads.end(), is_due)) {
    EXPECT_EQ(choice->reason, CallReason::kOvertakenToLimit);
    EXPECT_TRUE(is_due(*chosen));
    for (auto const& head : heads) {
      if (is_due(head)) {
        EXPECT_LE(choice->ticket.rank, head.ticket.rank);
      }
    }
    return;
  }
  bool tiers = false;
  for (auto const& head : heads) {
    auto const other = PreferenceOf(counter, head.ticket.service);
    EXPECT_LE(own, other);
    tiers |= own != other;
    if (own != other || head.ticket.service == choice->ticket.service) continue;
    // Whoever has the shorter target and service and ranks earlier goes first.
    auto const& mine = *office.FindService(choice->ticket.service);
    auto const& theirs = *office.FindService(head.ticket.service);
    EXPECT_FALSE(theirs.target_wait <= mine.target_wait &&
                 theirs.expected <= mine.expected &&
                 head.ticket.rank < choice->ticket.rank &&
                 head.ticket.rank.ms <= kTenOClock.time_since_epoch().count());
  }
  EXPECT_EQ(choice->reason, tiers ? CallReason::kPreferredService
                                  : CallReason::kLongestShareOfTarget);
}

// Counts by the words of the rule: who ranks before, waits for another service
// that the counter serves.
void CountOvertaken(CounterSettings const& counter, Ticket const& called,
                    Crowd& crowd) {
  for (auto const& served : counter.serves) {
    if (served.service == called.service) continue;
    for (auto const& queue : crowd.queues) {
      if (queue.queue.value != served.service.value) continue;
      for (auto const& waiting : queue.first) {
        if (waiting.ticket.rank < called.rank) {
          ++crowd.overtaken[waiting.ticket.id];
        }
      }
    }
  }
}

TEST(ChooseNextPropertyTest, CallingUntilNobodyWaitsKeepsEveryRule) {
  std::int64_t calls = 0;
  std::int64_t at_limit = 0;
  for (std::uint64_t seed = kSeed; seed != kSeed + kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    auto const office = AnyOffice(random);
    auto crowd = AnyCrowd(random, office);
    auto const now = AnyNow(random);
    for (int idle = 0; idle != 30;) {
      auto const& counter = AnyCounter(random, office);
      auto const choice = ChooseNext(office, counter, crowd.queues, now);
      ExpectByTheRules(office, counter, crowd.queues, choice);
      if (!choice) {
        ++idle;
        continue;
      }
      ++calls;
      at_limit += choice->reason == CallReason::kOvertakenToLimit ? 1 : 0;
      CountOvertaken(counter, choice->ticket, crowd);
      TakeCalled(office, counter, choice->ticket, crowd.queues);
      for (auto const& queue : crowd.queues) {
        EXPECT_EQ(queue.length, static_cast<std::int64_t>(queue.first.size()));
        for (auto const& waiting : queue.first) {
          EXPECT_EQ(waiting.overtakes, crowd.overtaken[waiting.ticket.id]);
        }
      }
      if (HasFailure()) FAIL();
    }
    // Exactly the office's limit, for everyone, whoever called when.
    for (auto const& [ticket, overtakes] : crowd.overtaken) {
      EXPECT_LE(overtakes, office.call_policy.overtaking_limit) << ticket.value;
    }
    if (HasFailure()) FAIL();
  }
  // Otherwise the above proves little.
  EXPECT_GT(at_limit, calls / 50);
  RecordProperty("calls", std::to_string(calls));
}

TEST(ChooseNextPropertyTest, TheOrderOfQueuesAndOtherServicesDoNotMatter) {
  for (std::uint64_t seed = kSeed; seed != kSeed + kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    auto const office = AnyOffice(random);
    auto crowd = AnyCrowd(random, office);
    for (auto& queue : crowd.queues) {
      for (auto& waiting : queue.first) {
        waiting.overtakes = Between(random, 0, 6);
      }
    }
    auto const now = AnyNow(random);
    auto const& counter = AnyCounter(random, office);
    auto const choice = ChooseNext(office, counter, crowd.queues, now);
    EXPECT_EQ(ChooseNext(office, counter, crowd.queues, now), choice);
    std::shuffle(crowd.queues.begin(), crowd.queues.end(), random);
    EXPECT_EQ(ChooseNext(office, counter, crowd.queues, now), choice);
    auto mixed = counter;
    std::shuffle(mixed.serves.begin(), mixed.serves.end(), random);
    EXPECT_EQ(ChooseNext(office, mixed, crowd.queues, now), choice);
    std::erase_if(crowd.queues, [&](QueueView const& queue) {
      return std::none_of(counter.serves.begin(), counter.serves.end(),
                          [&](ServedService const& served) {
                            return served.service.value == queue.queue.value;
                          });
    });
    EXPECT_EQ(ChooseNext(office, counter, crowd.queues, now), choice);
    if (HasFailure()) FAIL();
  }
}

}  // namespace
}  // namespace madoguchi::ticketing
