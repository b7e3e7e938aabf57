#include "tests/simulation/city_model.h"
#include "tests/simulation/city_model_step.h"
#include "tests/simulation/model_changes.h"
#include <algorithm>

// What happens by itself, and the change of day.
namespace madoguchi::simulation {

using ticketing::CounterActivity;
using ticketing::Event;
using ticketing::EventKind;
using ticketing::TicketId;
using ticketing::TicketState;

CityModel::Events CityModel::Fire(OfficeId const& office,
                                  ticketing::DueEntry const& entry,
                                  Timestamp now) {
  auto& at = offices_.at(office);
  auto const key = KeyOf(entry);
  auto const due = at.due.find(key);
  if (due == at.due.end() || due->second != entry.time || entry.time > now) {
    Fault(key + " fired and was not due");
    return {};
  }
  if (!at.fired.emplace(key, entry.time).second) Fault(key + " fired twice");
  at.due.erase(due);
  Event event;
  event.day = at.day;
  event.time = now;
  auto const kind = key.substr(0, key.find(':'));
  if (kind == "wrap-up") {
    auto counter = at.counters[CounterId{entry.subject}];
    // That of a counter of yesterday means nothing.
    if (counter.activity != CounterActivity::kWrapUp) return {};
    ++counter.version;
    SetReady(counter);
    Put(at, counter);
    event.kind = EventKind::kCounterResumed;
    event.counter = counter;
    event.at = counter.id;
    event.reason = "WRAP_UP_ENDED";
    return {{office, event}};
  }
  auto const found = at.tickets.find(TicketId{entry.subject});
  if (found == at.tickets.end()) return {};
  auto const before = found->second;
  auto after = before;
  ++after.version;
  auto const queue =
      ServiceQueueName(*at.office, before.service, before.language);
  if (kind == "hold") {
    auto const& hold = *before.hold;
    bool const to_counter =
        hold.to_counter && Seen(office).counters.at(hold.counter).open;
    after.pickup = true;
    Wait(after, to_counter ? "@" + hold.counter.value : queue, now);
    event.kind = EventKind::kHoldEnded;
    event.reason = "DEADLINE";
  } else if (kind == "absence") {
    End(after, TicketState::kExpired, now);
    event.kind = EventKind::kTicketExpired;
    event.reason = "ABSENT_TOO_LONG";
  } else if (kind == "finish") {
    after.time_uncertain = true;
    event.kind = EventKind::kFinishOverdue;
    event.reason = "FINISH_FORGOTTEN";
  } else {
    event.waited_in.value = QueueName(before);
    SetQueue(after, queue);
    event.kind = EventKind::kTicketTransferred;
    event.reason = "COUNTER_DID_NOT_CALL";
  }
  Put(at, after);
  event.ticket = after;
  return {{office, event}};
}

CityModel::Events CityModel::OpenDay(OfficeId const& office, BusinessDay day,
                                     Timestamp now) {
  auto& at = offices_.at(office);
  if (day <= at.day || at.sweeping) {
    Fault("a day was opened that must not be");
    return {};
  }
  at.sweeping = at.day.yyyymmdd != 0;
  at.day = day;
  at.leftovers = std::exchange(at.tickets, {});
  at.steps.clear();
  at.overtakers.clear();
  at.counters.clear();
  for (auto const& counter : at.office->counters) {
    at.counters[counter.id].id = counter.id;
  }
  Event event;
  event.kind = EventKind::kDayOpened;
  event.day = day;
  event.time = now;
  return {{office, event}};
}

CityModel::Events CityModel::Sweep(OfficeId const& office,
                                   std::vector<TicketId> const& ids, bool last,
                                   Timestamp now) {
  auto& at = offices_.at(office);
  Events events;
  for (auto const& id : ids) {
    auto const found = at.leftovers.find(id);
    if (found == at.leftovers.end()) {
      Fault(id.value + " was swept and not left");
      continue;
    }
    auto const before = found->second;
    at.leftovers.erase(found);
    if (!IsLive(before.state)) {
      Fault(id.value + " was swept though it had ended");
      continue;
    }
    for (auto const& [key, time] : DueAbout(*at.office, before)) {
      at.due.erase(key);
    }
    auto after = before;
    ++after.version;
    Event event;
    event.day = at.day;
    event.time = now;
    event.reason = "DAY_ENDED";
    if (before.state == TicketState::kWaiting) {
      event.waited_in.value = QueueName(before);
    }
    if (before.state == TicketState::kServing) {
      event.kind = EventKind::kTicketCompleted;
      after.outcome = "unfinished";
      after.time_uncertain = true;
      End(after, TicketState::kCompleted, now);
      ++at.gone;
    } else if (at.office->day_end == DayEnd::kExpire ||
               before.state == TicketState::kAbsent) {
      event.kind = EventKind::kTicketExpired;
      End(after, TicketState::kExpired, now);
      ++at.gone;
    } else {
      event.kind = EventKind::kTicketCarriedOver;
      if (before.state == TicketState::kOnHold) after.pickup = true;
      if (!after.carried_over_from) {
        after.carried_over_from = BusinessDay{std::stoi(id.value.substr(0, 8))};
      }
      Wait(after, ServiceQueueName(*at.office, after.service, after.language),
           now);
      Put(at, after);
    }
    event.ticket = after;
    events.emplace_back(office, event);
  }
  if (!last) return events;
  for (auto const& [id, ticket] : at.leftovers) {
    if (IsLive(ticket.state)) Fault(id.value + " was left behind");
    ++at.gone;
  }
  at.leftovers.clear();
  at.sweeping = false;
  return events;
}

}  // namespace madoguchi::simulation
