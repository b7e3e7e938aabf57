#include "tests/robustness/rounds.h"
#include "services/base/status_macros.h"
#include "tests/robustness/round_office.h"
#include <algorithm>
#include <cstdio>
#include <random>
#include <set>
#include <thread>
#include <utility>

namespace madoguchi::robustness {
namespace {

// Each number issued leads to about this many acknowledged operations: issue,
// call, start, complete.
constexpr std::int64_t kOperationsPerTicket = 4;

constexpr int kOperationsWhileFrozen = 300;

// 2026-11-24, 4:00 in Tokyo, when the day changes, and a little before.
constexpr Timestamp kDayChange{std::chrono::milliseconds(1'795'460'400'000)};
constexpr std::chrono::minutes kBeforeDayChange{5};
// How far from the moment it strikes, at most.
constexpr int kStrikeSpreadMs = 60;
// What is pressed on the new day before the door closes.
constexpr std::int64_t kPressesOnNewDay = 600;

// The second office's share of the visitors.
constexpr int kAnnexShare = 8;
constexpr int kAnnexCounters = 6;

LoadOptions AnnexOptions(LoadOptions hall) {
  hall.seed += 500'000;
  hall.counters = kAnnexCounters;
  hall.ticket_machines = 1;
  hall.tickets /= kAnnexShare;
  hall.waiting /= kAnnexShare;
  hall.open_end = true;
  hall.other = nullptr;
  return hall;
}

LoadOptions HallOptions(LoadOptions hall, Office const& annex) {
  hall.other = &annex;
  return hall;
}

class RoundRunner {
 public:
  RoundRunner(City const& city, RoundOptions const& options,
              std::unique_ptr<House> house)
      : options_(options),
        house_(std::move(house)),
        random_(options.load.seed),
        annex_(city.offices.at(1), house_->Targets(),
               AnnexOptions(options.load)),
        hall_(city.offices.front(), house_->Targets(),
              HallOptions(options.load, city.offices.at(1))) {}

  absl::StatusOr<Round> Run() {
    auto const start = std::chrono::steady_clock::now();
    round_.seed = options_.load.seed;
    bool const prepared = hall_.load().Prepare() && annex_.load().Prepare();
    auto const prepared_operations = hall_.history().acknowledged();
    annex_.load().Start();
    hall_.load().Start();
    if (options_.day_change) {
      MADOGUCHI_RETURN_IF_ERROR(ChangeDay());
    } else {
      MADOGUCHI_RETURN_IF_ERROR(StrikeAll(prepared_operations));
    }
    bool const hall_drained = hall_.load().Finish();
    annex_.load().CloseDoor();
    round_.drained = annex_.load().Finish() && hall_drained && prepared;

    MADOGUCHI_RETURN_IF_ERROR(hall_.ReadRecord());
    MADOGUCHI_RETURN_IF_ERROR(annex_.ReadRecord());
    Judge();
    round_.length = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - start);
    return std::move(round_);
  }

 private:
  // Strikes when the day begins: a little before, or once the first watcher was
  // told, while those of the day before are being swept.
  absl::Status ChangeDay() {
    if (random_() % 2 == 0) {
      auto const spread = static_cast<int>(random_() % (2 * kStrikeSpreadMs));
      std::this_thread::sleep_until(
          house_->MachineTimeOf(kDayChange) +
          std::chrono::milliseconds(spread - kStrikeSpreadMs));
    } else if (!hall_.WaitForNextDay(options_.load.limit)) {
      return absl::DeadlineExceededError("the day did not change");
    }
    MADOGUCHI_RETURN_IF_ERROR(StrikeOnce(
        random_() % 2 == 0 ? Strike::kKillRedis : Strike::kKillReplica));
    if (!hall_.WaitForNextDay(options_.load.limit) ||
        !annex_.WaitForNextDay(options_.load.limit)) {
      return absl::DeadlineExceededError("the day did not change");
    }
    annex_.load().StartOver();
    hall_.history().WaitForAcknowledged(
        hall_.history().acknowledged() + kPressesOnNewDay, options_.load.limit);
    hall_.load().CloseDoor();
    return absl::OkStatus();
  }

  // The moments are spread over the operations to come, at random.
  absl::Status StrikeAll(std::int64_t from) {
    if (options_.strike == Strike::kNone) return absl::OkStatus();
    auto const to_come = kOperationsPerTicket * options_.load.tickets - from;
    auto const share =
        std::max(std::int64_t{1}, to_come * 3 / 4 / options_.strikes);
    std::uniform_int_distribution<std::int64_t> pick(1, share);
    for (int i = 0; i != options_.strikes; ++i) {
      auto const at = from + i * share + pick(random_);
      hall_.history().WaitForAcknowledged(at, options_.load.limit);
      MADOGUCHI_RETURN_IF_ERROR(StrikeOnce(options_.strike));
    }
    return absl::OkStatus();
  }

  absl::Status StrikeOnce(Strike strike) {
    struck_.push_back(NowMoment());
    auto status = Hit(strike);
    hall_.StartDevicesAgain();
    annex_.StartDevicesAgain();
    return status;
  }

  absl::Status Hit(Strike strike) {
    switch (strike) {
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
        hall_.history().WaitForAcknowledged(
            hall_.history().acknowledged() + kOperationsWhileFrozen,
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

  void Judge() {
    for (auto const* office : {&hall_, &annex_}) {
      Count(office->record());
      auto const found = Check(office->record(), office->office());
      round_.violations.insert(round_.violations.end(), found.begin(),
                               found.end());
    }
    auto const moves =
        CheckMoves(hall_.record().log, hall_.office().id.value,
                   annex_.record().log, annex_.office().id.value);
    round_.violations.insert(round_.violations.end(), moves.begin(),
                             moves.end());
    round_.overtakers = MostOvertakers(hall_.record().log, hall_.office());
    for (auto const moment : struck_) {
      auto const time = TimeToNextCall(hall_.record().operations, moment);
      if (time == kNever) continue;
      round_.to_next_call.push_back(
          std::chrono::duration_cast<std::chrono::milliseconds>(
              std::chrono::nanoseconds(time)));
    }
    if (!round_.Passed() && !options_.record_path.empty()) Keep();
  }

  void Count(Record const& record) {
    round_.operations += record.operations.size();
    round_.events += record.log.size();
    std::set<std::string> unanswered;
    std::set<std::string> answered;
    for (auto const& operation : record.operations) {
      auto const verdict = operation.answer.verdict;
      if (verdict == Verdict::kDone) ++round_.acknowledged;
      (verdict == Verdict::kUnknown ? unanswered : answered)
          .insert(operation.press.request);
    }
    round_.unanswered += std::count_if(
        unanswered.begin(), unanswered.end(),
        [&](auto const& request) { return !answered.contains(request); });
    for (auto const& watch : record.watches) {
      round_.resets += std::count_if(watch.heard.begin(), watch.heard.end(),
                                     [](Heard const& h) { return h.reset; });
    }
    for (auto const& entry : record.log) CountEvent(entry);
  }

  void CountEvent(LogEntry const& entry) {
    using ticketing::EventKind;
    if (entry.kind == EventKind::kTicketCarriedOver) ++round_.carried_over;
    if (entry.kind == EventKind::kTicketMoved) ++round_.moved;
    if (entry.kind == EventKind::kStepUndone) ++round_.undone;
    bool const fired = IsOfItself(entry) && entry.reason != "DAY_ENDED" &&
                       entry.reason != "COUNTER_CLOSED" &&
                       entry.kind != EventKind::kTicketArrived &&
                       entry.kind != EventKind::kDayOpened;
    if (fired) ++round_.fired;
  }

  void Keep() {
    for (auto const* office : {&hall_, &annex_}) {
      WriteRecord(office->record(),
                  options_.record_path + "-" + office->office().id.value);
    }
    std::fprintf(stderr, "seed %llu: records in %s-*, servers' output in %s\n",
                 static_cast<unsigned long long>(round_.seed),
                 options_.record_path.c_str(), house_->KeepFolder().c_str());
  }

  RoundOptions const& options_;
  std::unique_ptr<House> house_;
  std::mt19937_64 random_;
  RoundOffice annex_;
  RoundOffice hall_;
  std::vector<Moment> struck_;
  Round round_;
};

}  // namespace

void OpenBeforeDayChange(RoundOptions& options) {
  options.day_change = true;
  options.house.office_start = kDayChange - kBeforeDayChange;
  options.load.open_end = true;
  options.load.tickets = 1'000'000;
}

absl::StatusOr<Round> RunRound(City const& city, RoundOptions const& options) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto house, House::Start(options.house));
  return RoundRunner(city, options, std::move(house)).Run();
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
  return "    seed      ops     done  unknown   events  overtaken  fired  "
         "undone "
         " moved  carried  resets  cut bytes  to next call  seconds  "
         "violations";
}

std::string RowOf(Round const& round) {
  std::chrono::milliseconds slowest{0};
  for (auto const time : round.to_next_call) {
    slowest = std::max(slowest, time);
  }
  char row[240];
  std::snprintf(
      row, sizeof row,
      "%8llu %8zu %8lld %8lld %8zu %10zu %6lld %7lld %6lld %8lld %7lld %10lld "
      "%10lld ms %8.1f %11zu%s",
      static_cast<unsigned long long>(round.seed), round.operations,
      static_cast<long long>(round.acknowledged),
      static_cast<long long>(round.unanswered), round.events, round.overtakers,
      static_cast<long long>(round.fired), static_cast<long long>(round.undone),
      static_cast<long long>(round.moved),
      static_cast<long long>(round.carried_over),
      static_cast<long long>(round.resets),
      static_cast<long long>(round.bytes_cut),
      static_cast<long long>(slowest.count()),
      static_cast<double>(round.length.count()) / 1000, round.violations.size(),
      round.drained ? "" : "  not everybody was served");
  return row;
}

}  // namespace madoguchi::robustness
