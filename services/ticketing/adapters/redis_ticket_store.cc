#include "services/ticketing/adapters/redis_ticket_store.h"
#include "services/ticketing/adapters/store_answers.h"
#include "services/ticketing/adapters/store_errors.h"
#include "services/ticketing/adapters/store_keys.h"
#include "services/ticketing/adapters/ticket_codec.h"
#include "services/ticketing/domain/errors.h"
#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace madoguchi::ticketing {
namespace {

using redis::CommandLine;

// The place of a ticket in the order of a list: its id, taken apart.
struct ListPlace {
  std::string_view series;
  std::int64_t serial = -1;
};

// The beginning, if `id` is no ticket's.
ListPlace PlaceOf(TicketId const& id) {
  ListPlace place;
  if (!DayOf(id)) return place;
  std::string_view const text = id.value;
  auto const day_end = text.find('-');
  auto const series_end = text.rfind('-');
  place.series = text.substr(day_end + 1, series_end - day_end - 1);
  std::from_chars(text.data() + series_end + 1, text.data() + text.size(),
                  place.serial);
  return place;
}

void AddRank(CommandLine& command, Ticket const& ticket) {
  if (ticket.state == TicketState::kWaiting) {
    command.Add(ticket.rank.ms);
  } else {
    command.Add("");
  }
}

// A counter never opened today has no record.
void AddBefore(CommandLine& command, Counter const& counter) {
  Counter closed;
  closed.id = counter.id;
  command.Add(counter == closed ? "" : PackCounter(counter));
}

void AddKeys(CommandLine& command, HallKeys const& keys,
             Settlement const& settlement) {
  keys.AddHead(command);
  keys.AddLog(command);
  keys.AddTickets(command);
  keys.AddCounters(command);
  keys.AddRequests(command);
  if (settlement.ticket) {
    keys.AddQueue(command, settlement.ticket->before.service);
    keys.AddQueue(command, settlement.ticket->after.service);
    keys.AddOver(command, settlement.ticket->before.service);
    if (settlement.call) {
      for (auto const& other : settlement.call->others) {
        keys.AddQueue(command, other);
        keys.AddOver(command, other);
      }
    }
  }
  for (auto const& service : settlement.empty_queues) {
    keys.AddQueue(command, service);
  }
}

std::size_t CountKeys(Settlement const& settlement) {
  auto count = 5 + settlement.empty_queues.size();
  if (settlement.ticket) {
    count += 3;
    if (settlement.call) count += 2 * settlement.call->others.size();
  }
  return count;
}

void AddEvent(CommandLine& command, Settlement const& settlement) {
  auto const& event = settlement.event;
  command.Add(event ? PackEventHeader(*event) : "");
  command.Add(event && event->ticket ? PackTicket(*event->ticket) : "");
  command.Add(event && event->counter ? PackCounter(*event->counter) : "");
}

void AddChanges(CommandLine& command, Settlement const& settlement) {
  if (auto const& counter = settlement.counter) {
    command.Add(counter->after.id.value);
    AddBefore(command, counter->before);
    command.Add(PackCounter(counter->after));
  } else {
    command.Add("").Add("").Add("");
  }
  if (auto const& ticket = settlement.ticket) {
    command.Add(ticket->after.id.value)
        .Add(PackTicket(ticket->before))
        .Add(PackTicket(ticket->after));
    AddRank(command, ticket->before);
    AddRank(command, ticket->after);
  } else {
    command.Add("").Add("").Add("").Add("").Add("");
  }
  if (settlement.ticket && settlement.call) {
    command.Add(settlement.call->limit).Add(settlement.call->others.size());
  } else {
    command.Add("").Add(0);
  }
}

// Turns the answer to a function into what `read` makes of it.
template <typename T, typename Read>
Done<redis::Reply> Answer(BusinessDay day, Read read, Done<T> done) {
  return [day, read = std::move(read),
          done = std::move(done)](absl::StatusOr<redis::Reply> answer) mutable {
    if (!answer.ok()) return done(ToStoreError(answer.status()));
    auto status = StatusOfAnswer(*answer, day);
    if (!status.ok()) return done(std::move(status));
    done(read(*answer));
  };
}

}  // namespace

RedisTicketStore::RedisTicketStore(redis::Client& client, CityId const& city)
    : client_(client),
      prefix_(CityPrefix(city)),
      issues_(std::make_shared<IssueBatcher>(client, prefix_)) {}

RedisTicketStore::~RedisTicketStore() { issues_->SendAll(); }

void RedisTicketStore::OpenDay(Hall const& hall, Timestamp now,
                               MachineTime deadline,
                               Done<std::monostate> done) {
  Event opened;
  opened.kind = EventKind::kDayOpened;
  opened.day = hall.day;
  opened.time = now;
  HallKeys const keys(prefix_, hall);
  CommandLine command{"FCALL", "mdg1_open_day", "2"};
  keys.AddHead(command);
  keys.AddLog(command);
  command.Add(keys.Day()).Add(PackEventHeader(opened));
  client_.Command(std::move(command), deadline,
                  Answer(
                      hall.day, [](redis::Reply) { return std::monostate(); },
                      std::move(done)));
}

void RedisTicketStore::Issue(IssueOrder const& order, MachineTime deadline,
                             Done<Settled> done) {
  issues_->Issue(order, deadline, std::move(done));
}

void RedisTicketStore::Look(LookQuery const& query, MachineTime deadline,
                            Done<View> done) {
  HallKeys const keys(prefix_, query.hall);
  CommandLine command{"FCALL_RO", "mdg1_look"};
  command.Add(4 + 2 * query.services.size());
  keys.AddHead(command);
  keys.AddTickets(command);
  keys.AddCounters(command);
  keys.AddRequests(command);
  for (auto const& service : query.services) {
    keys.AddQueue(command, service);
    keys.AddOver(command, service);
  }
  command.Add(keys.Day())
      .Add(query.depth)
      .Add(query.requests.size())
      .Add(query.counters.size())
      .Add(query.tickets.size());
  for (auto const& id : query.requests) command.Add(id.value);
  for (auto const& id : query.counters) command.Add(id.value);
  for (auto const& id : query.tickets) command.Add(id.value);
  client_.Command(
      std::move(command), deadline,
      Answer(
          query.hall.day,
          [query](redis::Reply answer) { return ReadView(answer, query); },
          std::move(done)));
}

void RedisTicketStore::Settle(Settlement const& settlement,
                              MachineTime deadline, Done<Settled> done) {
  HallKeys const keys(prefix_, settlement.hall);
  CommandLine command{"FCALL", "mdg1_settle"};
  command.Add(CountKeys(settlement));
  AddKeys(command, keys, settlement);
  command.Add(settlement.request.id.value)
      .Add(keys.Day())
      .Add(PackSettled(settlement.request.command, settlement.outcome));
  AddEvent(command, settlement);
  AddChanges(command, settlement);
  client_.Command(std::move(command), deadline,
                  Answer(settlement.hall.day, ReadSettled, std::move(done)));
}

void RedisTicketStore::ListTickets(Hall const& hall, TicketId const& after,
                                   int limit, MachineTime deadline,
                                   Done<TicketPage> done) {
  auto const place = PlaceOf(after);
  HallKeys const keys(prefix_, hall);
  CommandLine command{"FCALL_RO", "mdg1_list", "2"};
  keys.AddHead(command);
  keys.AddTickets(command);
  command.Add(keys.Day())
      .Add(place.series)
      .Add(place.serial)
      .Add(std::max(limit, 0));
  client_.Command(std::move(command), deadline,
                  Answer(hall.day, ReadTicketPage, std::move(done)));
}

void RedisTicketStore::ReadLog(OfficeId const& office, std::int64_t after,
                               int limit, MachineTime deadline,
                               Done<EventPage> done) {
  CommandLine command{"FCALL_RO", "mdg1_log", "1"};
  command.Add({prefix_, office.value, ":log"});
  command.Add(std::max<std::int64_t>(after, 0)).Add(std::max(limit, 0));
  client_.Command(
      std::move(command), deadline,
      [done = std::move(done)](absl::StatusOr<redis::Reply> answer) mutable {
        if (!answer.ok()) return done(ToStoreError(answer.status()));
        done(ReadEventPage(*answer));
      });
}

}  // namespace madoguchi::ticketing
