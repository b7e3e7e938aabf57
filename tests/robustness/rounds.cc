#include "tests/robustness/rounds.h"
#include "services/base/status_macros.h"
#include "tests/robustness/sdk_sender.h"
#include "tests/robustness/watchers.h"
#include <algorithm>
#include <cstdio>
#include <random>
#include <set>
#include <thread>
#include <utility>

namespace madoguchi::robustness {
namespace {

constexpr std::chrono::seconds kListenLimit{20};

// Each number issued leads to about this many acknowledged operations: issue,
// call, start, complete.
constexpr std::int64_t kOperationsPerTicket = 4;

constexpr int kOperationsWhileFrozen = 300;

std::vector<std::string> TurnedRound(std::vector<std::string> targets) {
  std::reverse(targets.begin(), targets.end());
  return targets;
}

sdk::ClientOptions ClientOf(std::vector<std::string> targets) {
  sdk::ClientOptions options;
  options.targets = std::move(targets);
  return options;
}

// A device that gives up long before a restart is over.
sdk::ClientOptions HastyClientOf(std::vector<std::string> targets) {
  auto options = ClientOf(std::move(targets));
  options.call_timeout = std::chrono::milliseconds(100);
  options.attempt_timeout = std::chrono::milliseconds(60);
  options.shortest_pause = std::chrono::milliseconds(1);
  options.longest_pause = std::chrono::milliseconds(10);
  return options;
}

class RoundRunner {
 public:
  RoundRunner(Office const& office, RoundOptions const& options,
              std::unique_ptr<House> house)
      : office_(office),
        options_(options),
        office_name_("offices/" + office.id.value),
        house_(std::move(house)),
        random_(options.load.seed),
        one_(ClientOf(house_->Targets()), office_name_),
        other_(ClientOf(TurnedRound(house_->Targets())), office_name_),
        hasty_(HastyClientOf(house_->Targets()), office_name_) {}

  absl::StatusOr<Round> Run() {
    auto const start = std::chrono::steady_clock::now();
    round_.seed = options_.load.seed;
    Display display("display 1", ClientOf(house_->Targets()), office_name_);
    Display other_display("display 2", ClientOf(TurnedRound(house_->Targets())),
                          office_name_);
    Follower follower(house_->Targets(), office_name_);
    Load load(office_, options_.load, {one_, other_, hasty_}, history_);
    bool const prepared = load.Prepare();
    auto const prepared_operations = history_.acknowledged();
    load.Start();
    MADOGUCHI_RETURN_IF_ERROR(StrikeAll(prepared_operations));
    round_.drained = load.Finish() && prepared;

    MADOGUCHI_RETURN_IF_ERROR(ReadLog());
    auto const last = record_.log.back().sequence;
    display.WaitFor(last, kListenLimit);
    other_display.WaitFor(last, kListenLimit);
    follower.WaitForTicket(last_ticket_, kListenLimit);
    record_.watches = {display.Take(), other_display.Take(),
                       AsWatch("follower", follower.Entries())};
    record_.tickets = one_.ListTickets();
    Judge();
    round_.length = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - start);
    return std::move(round_);
  }

 private:
  // The moments are spread over the operations to come, at random.
  absl::Status StrikeAll(std::int64_t from) {
    if (options_.strike == Strike::kNone) return absl::OkStatus();
    auto const to_come = kOperationsPerTicket * options_.load.tickets - from;
    auto const share =
        std::max(std::int64_t{1}, to_come * 3 / 4 / options_.strikes);
    std::uniform_int_distribution<std::int64_t> pick(1, share);
    for (int i = 0; i != options_.strikes; ++i) {
      auto const at = from + i * share + pick(random_);
      history_.WaitForAcknowledged(at, options_.load.limit);
      MADOGUCHI_RETURN_IF_ERROR(StrikeOnce());
      for (auto* sender : {&one_, &other_, &hasty_}) sender->StartAgain();
    }
    return absl::OkStatus();
  }

  absl::Status StrikeOnce() {
    struck_.push_back(NowMoment());
    switch (options_.strike) {
      case Strike::kNone:
        return absl::OkStatus();
      case Strike::kKillReplica: {
        auto const victim =
            static_cast<std::size_t>(random_() % house_->Targets().size());
        house_->KillReplica(victim);
        return house_->RestartReplica(victim);
      }
      case Strike::kFreezeReplica: {
        auto const victim =
            static_cast<std::size_t>(random_() % house_->Targets().size());
        house_->FreezeReplica(victim);
        history_.WaitForAcknowledged(
            history_.acknowledged() + kOperationsWhileFrozen,
            options_.load.limit);
        house_->ThawReplica(victim);
        return absl::OkStatus();
      }
      case Strike::kKillRedis:
        house_->KillRedis();
        return house_->RestartRedis();
      case Strike::kPowerCut: {
        MADOGUCHI_ASSIGN_OR_RETURN(auto const cut, house_->CutPower());
        round_.bytes_cut += cut;
        return house_->RestartRedis();
      }
    }
    return absl::OkStatus();
  }

  // One more number marks the end of the log.
  absl::Status ReadLog() {
    Operation last;
    last.press.command = Command::kIssue;
    last.press.service = office_.services.front().id.value;
    last.press.request = "00000000-0000-4000-8000-000000000000";
    last.invoked = NowMoment();
    last.answer = one_.Send(last.press);
    last.returned = NowMoment();
    if (last.answer.verdict != Verdict::kDone) {
      return absl::UnavailableError("the last number: " + last.answer.reason);
    }
    last_ticket_ = last.answer.ticket->id;
    history_.Add(last);
    Follower reader(house_->Targets(), office_name_);
    if (reader.WaitForTicket(last_ticket_, kListenLimit) == 0) {
      return absl::UnavailableError("the log could not be read to its end");
    }
    record_.log = reader.Entries();
    return absl::OkStatus();
  }

  void Judge() {
    record_.operations = history_.Operations();
    round_.operations = record_.operations.size();
    round_.acknowledged = history_.acknowledged();
    round_.events = record_.log.size();
    std::set<std::string> unanswered;
    std::set<std::string> answered;
    for (auto const& operation : record_.operations) {
      (operation.answer.verdict == Verdict::kUnknown ? unanswered : answered)
          .insert(operation.press.request);
    }
    round_.unanswered = std::count_if(
        unanswered.begin(), unanswered.end(),
        [&](auto const& request) { return !answered.contains(request); });
    for (auto const& watch : record_.watches) {
      round_.resets += std::count_if(watch.heard.begin(), watch.heard.end(),
                                     [](Heard const& h) { return h.reset; });
    }
    for (auto const moment : struck_) {
      auto const time = TimeToNextCall(record_.operations, moment);
      if (time == kNever) continue;
      round_.to_next_call.push_back(
          std::chrono::duration_cast<std::chrono::milliseconds>(
              std::chrono::nanoseconds(time)));
    }
    round_.overtakers = MostOvertakers(record_.log, office_);
    round_.violations = Check(record_, office_);
    if (!round_.Passed() && !options_.record_path.empty()) {
      WriteRecord(record_, options_.record_path);
      std::fprintf(stderr, "seed %llu: record in %s, servers' output in %s\n",
                   static_cast<unsigned long long>(round_.seed),
                   options_.record_path.c_str(), house_->KeepFolder().c_str());
    }
  }

  Office const& office_;
  RoundOptions const& options_;
  std::string const office_name_;
  std::unique_ptr<House> house_;
  std::mt19937_64 random_;
  SdkSender one_;
  SdkSender other_;
  SdkSender hasty_;
  History history_;
  std::vector<Moment> struck_;
  std::string last_ticket_;
  Record record_;
  Round round_;
};

}  // namespace

absl::StatusOr<Round> RunRound(Office const& office,
                               RoundOptions const& options) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto house, House::Start(options.house));
  return RoundRunner(office, options, std::move(house)).Run();
}

Moment TimeToNextCall(std::vector<Operation> const& operations, Moment moment) {
  auto first = kNever;
  for (auto const& operation : operations) {
    if (operation.press.command == Command::kCallNext &&
        operation.invoked >= moment &&
        operation.answer.verdict == Verdict::kDone) {
      first = std::min(first, operation.returned - moment);
    }
  }
  return first;
}

std::string HeadOfTable() {
  return "    seed      ops     done  unknown   events  overtaken  resets  "
         "cut bytes  to next call  seconds  violations";
}

std::string RowOf(Round const& round) {
  std::chrono::milliseconds slowest{0};
  for (auto const time : round.to_next_call) {
    slowest = std::max(slowest, time);
  }
  char row[200];
  std::snprintf(
      row, sizeof row,
      "%8llu %8zu %8lld %8lld %8zu %10zu %7lld %10lld %10lld ms %8.1f %11zu%s",
      static_cast<unsigned long long>(round.seed), round.operations,
      static_cast<long long>(round.acknowledged),
      static_cast<long long>(round.unanswered), round.events, round.overtakers,
      static_cast<long long>(round.resets),
      static_cast<long long>(round.bytes_cut),
      static_cast<long long>(slowest.count()),
      static_cast<double>(round.length.count()) / 1000, round.violations.size(),
      round.drained ? "" : "  not everybody was served");
  return row;
}

}  // namespace madoguchi::robustness
