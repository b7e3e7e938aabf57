#include "services/ticketing/adapters/read_office_state.h"
#include "services/base/status_macros.h"
#include "services/redis/store_errors.h"
#include "services/ticketing/adapters/store_keys.h"
#include "services/ticketing/adapters/ticket_codec.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/domain/queues.h"
#include <charconv>
#include <cstddef>
#include <future>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace madoguchi::ticketing {
namespace {

using redis::CommandLine;
// A hash or a sorted set with scores, as Redis answers them.
using Pairs = std::vector<std::pair<std::string, std::string>>;

absl::StatusOr<std::int64_t> NumberOf(std::string_view text) {
  std::int64_t number = 0;
  auto const* const end = text.data() + text.size();
  auto const read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) {
    return error::StoreKeyForeign("`" + std::string(text) +
                                  "` is not a number.");
  }
  return number;
}

// One reading of one office.
class Reading {
 public:
  Reading(redis::Client& client, CityId const& city, Office const& office,
          MachineTime deadline)
      : client_(client),
        prefix_(CityPrefix(city)),
        office_(office),
        deadline_(deadline) {}

  absl::StatusOr<OfficeState> Run() {
    MADOGUCHI_RETURN_IF_ERROR(ReadHead());
    if (state_.day.yyyymmdd == 0) return state_;
    HallKeys const keys(prefix_, hall_);
    MADOGUCHI_RETURN_IF_ERROR(ReadTickets(keys, state_.tickets));
    MADOGUCHI_RETURN_IF_ERROR(ReadCounters(keys));
    for (auto const& queue : QueuesOf(office_)) {
      MADOGUCHI_RETURN_IF_ERROR(ReadQueue(keys, queue));
    }
    CommandLine due{"ZRANGE"};
    keys.AddDue(due);
    MADOGUCHI_ASSIGN_OR_RETURN(auto const entries, AskRanked(due));
    for (auto const& [key, time] : entries) {
      state_.due[key] = Timestamp(std::chrono::milliseconds(time));
    }
    return state_;
  }

 private:
  absl::StatusOr<Pairs> Ask(CommandLine command) {
    auto promise = std::make_shared<std::promise<absl::StatusOr<Pairs>>>();
    auto future = promise->get_future();
    client_.Command(
        std::move(command), deadline_,
        [promise](absl::StatusOr<redis::Reply> answer) {
          if (!answer.ok()) {
            promise->set_value(redis::ToStoreError(answer.status()));
            return;
          }
          Pairs pairs;
          for (std::size_t i = 0; i + 1 < answer->Size(); i += 2) {
            pairs.emplace_back((*answer)[i].Text(), (*answer)[i + 1].Text());
          }
          promise->set_value(std::move(pairs));
        });
    return future.get();
  }

  // All of a sorted set; `command` has its key.
  absl::StatusOr<std::vector<std::pair<std::string, std::int64_t>>> AskRanked(
      CommandLine command) {
    command.Add("0").Add("-1").Add("WITHSCORES");
    MADOGUCHI_ASSIGN_OR_RETURN(auto const pairs, Ask(std::move(command)));
    std::vector<std::pair<std::string, std::int64_t>> ranked;
    for (auto const& [member, score] : pairs) {
      MADOGUCHI_ASSIGN_OR_RETURN(auto const number, NumberOf(score));
      ranked.emplace_back(member, number);
    }
    return ranked;
  }

  absl::Status ReadHead() {
    CommandLine command{"HGETALL"};
    HallKeys(prefix_, {office_.id, {}}).AddHead(command);
    MADOGUCHI_ASSIGN_OR_RETURN(auto const head, Ask(std::move(command)));
    for (auto const& [field, value] : head) {
      if (field == "sweep") {
        MADOGUCHI_RETURN_IF_ERROR(ReadLeftovers(value));
      } else if (field == "day" || field == "seq" ||
                 field.compare(0, 2, "n:") == 0) {
        MADOGUCHI_ASSIGN_OR_RETURN(auto const number, NumberOf(value));
        if (field == "day") {
          state_.day.yyyymmdd = static_cast<int>(number);
        } else if (field == "seq") {
          state_.sequence = number;
        } else {
          state_.next_serials[{field.substr(2)}] = number;
        }
      }
    }
    hall_ = {office_.id, state_.day};
    return absl::OkStatus();
  }

  // `sweep` is the day, `|` and where the sweep is.
  absl::Status ReadLeftovers(std::string const& sweep) {
    MADOGUCHI_ASSIGN_OR_RETURN(auto const day,
                               NumberOf(sweep.substr(0, sweep.find('|'))));
    Hall const before{office_.id, {static_cast<int>(day)}};
    MADOGUCHI_RETURN_IF_ERROR(
        ReadTickets(HallKeys(prefix_, before), state_.leftovers));
    // What is swept has ended or is gone.
    std::erase_if(state_.leftovers, [](auto const& entry) {
      return !IsLive(entry.second.state);
    });
    return absl::OkStatus();
  }

  absl::Status ReadTickets(HallKeys const& keys,
                           std::map<TicketId, Ticket>& tickets) {
    CommandLine command{"HGETALL"};
    keys.AddTickets(command);
    MADOGUCHI_ASSIGN_OR_RETURN(auto const records, Ask(std::move(command)));
    for (auto const& [id, record] : records) {
      MADOGUCHI_ASSIGN_OR_RETURN(tickets[{id}], UnpackTicket(record));
    }
    return absl::OkStatus();
  }

  absl::Status ReadCounters(HallKeys const& keys) {
    CommandLine command{"HGETALL"};
    keys.AddCounters(command);
    MADOGUCHI_ASSIGN_OR_RETURN(auto const records, Ask(std::move(command)));
    for (auto const& [id, record] : records) {
      // Commands that ask nothing of a counter keep one that nobody has opened.
      if (record.empty()) continue;
      MADOGUCHI_ASSIGN_OR_RETURN(auto counter, UnpackCounter(record));
      if (counter.version != 0) state_.counters[{id}] = std::move(counter);
    }
    return absl::OkStatus();
  }

  absl::Status ReadQueue(HallKeys const& keys, QueueId const& queue) {
    CommandLine waiting{"ZRANGE"};
    keys.AddQueue(waiting, queue);
    MADOGUCHI_ASSIGN_OR_RETURN(auto const ranked, AskRanked(waiting));
    for (auto const& [id, rank] : ranked) {
      state_.waiting[queue].insert({{rank}, {id}});
    }
    CommandLine over{"ZRANGE"};
    keys.AddOver(over, queue);
    MADOGUCHI_ASSIGN_OR_RETURN(auto const overtakers, AskRanked(over));
    for (auto const& [id, rank] : overtakers) {
      state_.over[queue][{id}] = {rank};
    }
    return absl::OkStatus();
  }

  redis::Client& client_;
  std::string const prefix_;
  Office const& office_;
  MachineTime const deadline_;
  Hall hall_;
  OfficeState state_;
};

}  // namespace

absl::StatusOr<OfficeState> ReadOfficeState(redis::Client& client,
                                            CityId const& city,
                                            Office const& office,
                                            MachineTime deadline) {
  return Reading(client, city, office, deadline).Run();
}

}  // namespace madoguchi::ticketing
