#include "tests/robustness/failover.h"
#include "services/base/status_macros.h"
#include "tests/robustness/load.h"
#include "tests/robustness/rounds.h"
#include "tests/robustness/sdk_sender.h"
#include <algorithm>
#include <utility>

namespace madoguchi::robustness {
namespace {

constexpr std::chrono::minutes kLimit{20};
// Between two kills the hall is busy again for so many operations.
constexpr int kOperationsBetween = 500;

std::string ListOf(char const* victim,
                   std::vector<std::chrono::milliseconds> times) {
  std::sort(times.begin(), times.end());
  std::string words = std::string(victim) + " killed:";
  for (auto const time : times) {
    words += " " + std::to_string(time.count()) + " ms";
  }
  return words + "\n";
}

}  // namespace

bool FailoverFigures::Passed() const {
  auto const fast = [this](std::chrono::milliseconds time) {
    return time <= options.goal;
  };
  auto const kills = static_cast<std::size_t>(options.kills);
  return redis.size() == kills && replica.size() == kills &&
         std::all_of(redis.begin(), redis.end(), fast) &&
         std::all_of(replica.begin(), replica.end(), fast);
}

std::string FailoverFigures::InWords() const {
  return "from kill to the next acknowledged call, " +
         std::to_string(options.tickets) + " tickets waiting; goal " +
         std::to_string(options.goal.count()) + " ms\n" +
         ListOf("Redis", redis) + ListOf("replica", replica);
}

absl::StatusOr<FailoverFigures> MeasureFailover(Office const& office,
                                                HouseOptions house_options,
                                                FailoverOptions options) {
  // As Redis does by itself; nothing is cut here.
  house_options.rewrites = true;
  MADOGUCHI_ASSIGN_OR_RETURN(auto house,
                             House::Start(std::move(house_options)));
  sdk::ClientOptions client;
  client.targets = house->Targets();
  SdkSender sender(client, "offices/" + office.id.value);
  LoadOptions busy;
  busy.tickets = options.tickets;
  busy.waiting = options.tickets;
  busy.counters = 16;
  busy.ticket_machines = 32;
  busy.hasty = 0;
  busy.limit = kLimit;
  History history;
  Load load(office, busy, {sender, sender, sender}, history);
  if (!load.Prepare()) return absl::DeadlineExceededError("not filled in time");
  load.Start();

  std::vector<Moment> redis_kills;
  std::vector<Moment> replica_kills;
  auto const let_them_work = [&] {
    return history.WaitForAcknowledged(
               history.acknowledged() + kOperationsBetween, kLimit)
               ? absl::OkStatus()
               : absl::DeadlineExceededError("the hall stood still");
  };
  for (int i = 0; i != options.kills; ++i) {
    MADOGUCHI_RETURN_IF_ERROR(let_them_work());
    redis_kills.push_back(NowMoment());
    house->KillRedis();
    MADOGUCHI_RETURN_IF_ERROR(house->RestartRedis());
    MADOGUCHI_RETURN_IF_ERROR(let_them_work());
    replica_kills.push_back(NowMoment());
    auto const victim = static_cast<std::size_t>(i) % house->Targets().size();
    house->KillReplica(victim);
    MADOGUCHI_RETURN_IF_ERROR(house->RestartReplica(victim));
  }
  MADOGUCHI_RETURN_IF_ERROR(let_them_work());

  FailoverFigures figures;
  figures.options = options;
  auto const operations = history.Operations();
  auto const measure = [&](std::vector<Moment> const& kills,
                           std::vector<std::chrono::milliseconds>& times) {
    for (auto const kill : kills) {
      auto const time = TimeToNextCall(operations, kill);
      if (time == kNever) continue;
      times.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(
          std::chrono::nanoseconds(time)));
    }
  };
  measure(redis_kills, figures.redis);
  measure(replica_kills, figures.replica);
  return figures;
}

}  // namespace madoguchi::robustness
