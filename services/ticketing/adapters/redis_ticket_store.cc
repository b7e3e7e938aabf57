#include "services/ticketing/adapters/redis_ticket_store.h"
#include "services/base/record.h"
#include "services/redis/store_errors.h"
#include "services/ticketing/adapters/settle_command.h"
#include "services/ticketing/adapters/store_answers.h"
#include "services/ticketing/adapters/store_keys.h"
#include "services/ticketing/adapters/ticket_codec.h"
#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace madoguchi::ticketing {
namespace {

using redis::CommandLine;

// Turns the answer to a function into what `read` makes of it, unless `judge`
// finds that it is an error.
template <typename T, typename Judge, typename Read>
Done<redis::Reply> Answer(Judge judge, Read read, Done<T> done) {
  return [judge = std::move(judge), read = std::move(read),
          done = std::move(done)](absl::StatusOr<redis::Reply> answer) mutable {
    if (!answer.ok()) return done(redis::ToStoreError(answer.status()));
    auto status = judge(*answer);
    if (!status.ok()) return done(std::move(status));
    done(read(*answer));
  };
}

auto JudgeOf(Hall const& hall) {
  return [hall](redis::Reply answer) { return StatusOfAnswer(answer, hall); };
}

std::monostate ReadNothing(redis::Reply /*answer*/) { return {}; }

// Where `number` is in `series`, from 0; -1 if it is not one of it.
std::int64_t PlaceIn(Series const& series, std::string_view number) {
  if (number.substr(0, series.prefix.size()) != series.prefix) return -1;
  auto const digits = number.substr(series.prefix.size());
  std::int64_t value = 0;
  auto const* const end = digits.data() + digits.size();
  auto const read = std::from_chars(digits.data(), end, value);
  auto const place = value - series.first;
  if (read.ec != std::errc() || read.ptr != end || place < 0 ||
      place >= series.size) {
    return -1;
  }
  return place;
}

}  // namespace

RedisTicketStore::RedisTicketStore(redis::Client& client, CityId const& city)
    : client_(client),
      prefix_(CityPrefix(city)),
      issues_(std::make_shared<IssueBatcher>(client, prefix_)) {}

RedisTicketStore::~RedisTicketStore() { issues_->SendAll(); }

void RedisTicketStore::OpenDay(Hall const& hall, bool carry_over, Timestamp now,
                               MachineTime deadline,
                               Done<std::monostate> done) {
  Event opened;
  opened.kind = EventKind::kDayOpened;
  opened.day = hall.day;
  opened.time = now;
  HallKeys const keys(prefix_, hall);
  CommandLine command{"FCALL", "mdg2_open_day", "3"};
  keys.AddHead(command);
  keys.AddLog(command);
  keys.AddDays(command);
  command.Add(keys.Day()).Add(PackEventHeader(opened)).Add(carry_over ? 1 : 0);
  client_.Command(std::move(command), deadline,
                  Answer(JudgeOf(hall), ReadNothing, std::move(done)));
}

void RedisTicketStore::Issue(IssueOrder const& order, MachineTime deadline,
                             Done<Settled> done) {
  issues_->Issue(order, deadline, std::move(done));
}

void RedisTicketStore::Look(LookQuery const& query, MachineTime deadline,
                            Done<View> done) {
  HallKeys const keys(prefix_, query.hall);
  CommandLine command{"FCALL_RO", "mdg2_look"};
  command.Add(5 + 2 * query.queues.size());
  keys.AddHead(command);
  keys.AddTickets(command);
  keys.AddCounters(command);
  keys.AddRequests(command);
  keys.AddUndo(command);
  for (auto const& queue : query.queues) {
    keys.AddQueue(command, queue);
    keys.AddOver(command, queue);
  }
  command.Add(keys.Day())
      .Add(query.depth)
      .Add(query.undo_at ? query.undo_at->value : "")
      .Add(query.requests.size())
      .Add(query.counters.size())
      .Add(query.tickets.size());
  for (auto const& id : query.requests) command.Add(id.value);
  for (auto const& id : query.counters) command.Add(id.value);
  for (auto const& id : query.tickets) command.Add(id.value);
  client_.Command(
      std::move(command), deadline,
      Answer(
          JudgeOf(query.hall),
          [query](redis::Reply answer) { return ReadView(answer, query); },
          std::move(done)));
}

void RedisTicketStore::Settle(Settlement const& settlement,
                              MachineTime deadline, Done<Settled> done) {
  auto command = SettleCommand(prefix_, settlement);
  if (!settlement.issue && !settlement.number_back) {
    return client_.Command(
        std::move(command), deadline,
        Answer(JudgeOf(settlement.hall), ReadSettled, std::move(done)));
  }
  auto const judge = [settlement](redis::Reply answer) {
    return StatusOfSettling(answer, settlement);
  };
  client_.Command(std::move(command), deadline,
                  Answer(judge, ReadSettled, std::move(done)));
}

void RedisTicketStore::LookDue(OfficeId const& office, Timestamp now, int limit,
                               MachineTime deadline, Done<DueView> done) {
  Hall const hall{office, {}};
  HallKeys const keys(prefix_, hall);
  CommandLine command{"FCALL_RO", "mdg2_due", "2"};
  keys.AddHead(command);
  keys.AddDue(command);
  command.Add(now.time_since_epoch().count()).Add(std::max(limit, 0));
  client_.Command(std::move(command), deadline,
                  Answer(JudgeOf(hall), ReadDue, std::move(done)));
}

void RedisTicketStore::LookSweep(OfficeId const& office, BusinessDay from,
                                 int limit, MachineTime deadline,
                                 Done<SweepView> done) {
  Hall const hall{office, from};
  HallKeys const keys(prefix_, hall);
  CommandLine command{"FCALL_RO", "mdg2_look_sweep", "3"};
  keys.AddHead(command);
  keys.AddTickets(command);
  keys.AddCarried(command);
  command.Add(keys.Day()).Add(std::max(limit, 1));
  client_.Command(std::move(command), deadline,
                  Answer(JudgeOf(hall), ReadSweep, std::move(done)));
}

void RedisTicketStore::SettleSweep(SweepSettlement const& settlement,
                                   MachineTime deadline,
                                   Done<std::monostate> done) {
  Hall const hall{settlement.office, settlement.to};
  client_.Command(SettleSweepCommand(prefix_, settlement), deadline,
                  Answer(JudgeOf(hall), ReadNothing, std::move(done)));
}

void RedisTicketStore::TrimLog(OfficeId const& office, int days,
                               MachineTime deadline,
                               Done<std::monostate> done) {
  Hall const hall{office, {}};
  HallKeys const keys(prefix_, hall);
  CommandLine command{"FCALL", "mdg2_trim", "2"};
  keys.AddLog(command);
  keys.AddDays(command);
  command.Add(std::max(days, 1));
  client_.Command(std::move(command), deadline,
                  Answer(JudgeOf(hall), ReadNothing, std::move(done)));
}

void RedisTicketStore::FindNumber(Hall const& hall, Series const& series,
                                  std::string const& number,
                                  MachineTime deadline,
                                  Done<std::optional<Ticket>> done) {
  HallKeys const keys(prefix_, hall);
  CommandLine command{"FCALL_RO", "mdg2_find", "3"};
  keys.AddHead(command);
  keys.AddTickets(command);
  keys.AddCarried(command);
  command.Add(keys.Day())
      .Add(series.id.value)
      .Add(PackRecordText(number))
      .Add(PlaceIn(series, number))
      .Add(series.size);
  client_.Command(std::move(command), deadline,
                  Answer(JudgeOf(hall), ReadFound, std::move(done)));
}

void RedisTicketStore::ListTickets(Hall const& hall, TicketId const& after,
                                   int limit, MachineTime deadline,
                                   Done<TicketPage> done) {
  HallKeys const keys(prefix_, hall);
  CommandLine command{"FCALL_RO", "mdg2_list", "3"};
  keys.AddHead(command);
  keys.AddTickets(command);
  keys.AddCarried(command);
  // From the beginning, if `after` is no ticket's.
  command.Add(keys.Day())
      .Add(DayOf(after) ? after.value : "")
      .Add(std::max(limit, 0));
  client_.Command(std::move(command), deadline,
                  Answer(JudgeOf(hall), ReadTicketPage, std::move(done)));
}

void RedisTicketStore::ReadLog(OfficeId const& office, std::int64_t after,
                               int limit, MachineTime deadline,
                               Done<EventPage> done) {
  CommandLine command{"FCALL_RO", "mdg2_log", "1"};
  command.Add({prefix_, office.value, ":log"});
  command.Add(std::max<std::int64_t>(after, 0)).Add(std::max(limit, 0));
  client_.Command(
      std::move(command), deadline,
      [done = std::move(done)](absl::StatusOr<redis::Reply> answer) mutable {
        if (!answer.ok()) return done(redis::ToStoreError(answer.status()));
        done(ReadEventPage(*answer));
      });
}

}  // namespace madoguchi::ticketing
