#include "tests/support/ticket_builders.h"
#include <utility>

namespace madoguchi::ticketing {
namespace {

using std::chrono::minutes;

Series SeriesOf(Office const& office, ServiceId const& id) {
  auto const* const service = office.FindService(id);
  if (service == nullptr) return {{"x"}, "X", 1, 100};
  return *office.FindSeries(service->series);
}

Office MakeOffice(OfficeId const& id) {
  Office office;
  office.id = id;
  office.display_name = {id.value, id.value, id.value};
  office.time_zone = "Asia/Tokyo";
  office.cut_over_hour = 4;
  office.series = {
      {{"a"}, "A", 101, 200}, {{"b"}, "B", 301, 100}, {{"c"}, "C", 501, 100}};
  office.services = {MakeService("renew", "a", 15, 30),
                     MakeService("reset", "b", 25, 30),
                     MakeService("pickup", "c", 10, 60)};
  office.counters = {MakeCounter("1", {"renew", "reset", "pickup"}),
                     MakeCounter("2", {"renew"}),
                     MakeCounter("3", {"renew", "reset", "pickup"})};
  office.counters[2].serves[1].preference = Preference::kLast;
  office.counters[2].serves[2].preference = Preference::kFirst;
  office.call_policy.max_recalls = 2;
  office.call_policy.recall_spacing = std::chrono::seconds(30);
  office.call_policy.recalls_before_absent = 1;
  office.call_policy.overtaking_limit = 3;
  return office;
}

}  // namespace

Service MakeService(std::string const& id, std::string const& series,
                    int expected_minutes, int target_minutes) {
  return {{id},
          {id, id, id},
          {series},
          minutes(expected_minutes),
          minutes(target_minutes)};
}

CounterSettings MakeCounter(std::string const& id,
                            std::vector<std::string> const& services) {
  CounterSettings counter;
  counter.id = {id};
  counter.label = {id, id, id};
  for (auto const& service : services) {
    counter.serves.push_back({{service}, Preference::kNormal});
  }
  return counter;
}

City MakeCity() {
  City city;
  city.id = {"akebono"};
  city.offices = {MakeOffice(kHall), MakeOffice(kBranch)};
  return city;
}

std::string Uuid(std::int64_t n) {
  auto digits = std::to_string(n);
  digits.insert(0, 12 - digits.size(), '0');
  return "00000000-0000-4000-8000-" + digits;
}

Ticket WaitingTicket(std::int64_t serial, std::string const& service,
                     int minute) {
  Ticket ticket;
  ticket.service = {service};
  auto const series = SeriesOf(MakeOffice(kHall), ticket.service);
  ticket.id = MakeTicketId(kToday, series.id, serial);
  ticket.number = NumberOf(series, serial);
  ticket.arrival = kTenOClock + minutes(minute);
  ticket.rank.ms = ticket.arrival.time_since_epoch().count();
  ticket.language = "ja";
  return ticket;
}

Ticket CalledTicket(std::int64_t serial, std::string const& counter,
                    std::string const& service, int minute) {
  auto ticket = WaitingTicket(serial, service, minute);
  ticket.state = TicketState::kCalled;
  ticket.version = 2;
  ticket.counter = {counter};
  ticket.called = ticket.arrival + minutes(2);
  return ticket;
}

Ticket ServingTicket(std::int64_t serial, std::string const& counter,
                     std::string const& service, int minute) {
  auto ticket = CalledTicket(serial, counter, service, minute);
  ticket.state = TicketState::kServing;
  ++ticket.version;
  ticket.serving_started = ticket.arrival + minutes(3);
  return ticket;
}

Ticket HeldTicket(std::int64_t serial, std::string const& counter,
                  std::string const& service, int minute) {
  auto ticket = ServingTicket(serial, counter, service, minute);
  auto const since = ticket.arrival + minutes(10);
  ticket.state = TicketState::kOnHold;
  ++ticket.version;
  ticket.hold = Hold{.reason = "form",
                     .owner = {"aoi"},
                     .counter = ticket.counter,
                     .since = since,
                     .deadline = since + minutes(15)};
  ticket.served = since - *ticket.serving_started;
  return ticket;
}

Ticket AbsentTicket(std::int64_t serial, std::string const& counter,
                    std::string const& service, int minute) {
  auto ticket = CalledTicket(serial, counter, service, minute);
  ticket.state = TicketState::kAbsent;
  ++ticket.version;
  ticket.ended = ticket.arrival + minutes(5);
  return ticket;
}

Ticket CarriedOver(Ticket ticket) {
  ticket.id.value.replace(0, 8, std::to_string(kFriday.yyyymmdd));
  ticket.carried_over_from = kFriday;
  ++ticket.version;
  return ticket;
}

QueueView QueueOf(std::string const& queue,
                  std::vector<Waiting> const& waiting) {
  return {{queue}, static_cast<std::int64_t>(waiting.size()), waiting};
}

}  // namespace madoguchi::ticketing
