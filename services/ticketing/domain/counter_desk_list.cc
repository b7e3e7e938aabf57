#include "services/base/status_macros.h"
#include "services/ticketing/domain/counter_desk.h"
#include "services/ticketing/domain/day_change.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/domain/queues.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include <cstddef>
#include <utility>

// What staff look at.
namespace madoguchi::ticketing {
namespace {

// Whether a ticket may be at `counter`, as far as the counter knows.
bool IsAt(Ticket const& ticket, CounterId const& counter) {
  return ticket.counter == counter && (ticket.state == TicketState::kCalled ||
                                       ticket.state == TicketState::kServing);
}

// The series that `number` is of; null if of none.
Series const* SeriesOf(Office const& office, std::string_view number) {
  for (auto const& series : office.series) {
    int value = 0;
    if (absl::StartsWith(std::string(number), series.prefix) &&
        absl::SimpleAtoi(std::string(number.substr(series.prefix.size())),
                         &value) &&
        value >= series.first && value < series.first + series.size) {
      return &series;
    }
  }
  return nullptr;
}

}  // namespace

void CounterDesk::List(OfficeId const& office_id, TicketId const& after,
                       int limit, MachineTime deadline, Done<TicketPage> done) {
  auto const* const office = context_.city.FindOffice(office_id);
  if (office == nullptr) return done(error::OfficeNotFound(office_id));
  context_.store.ListTickets(
      context_.HallAt(*office, context_.clock.Now()), after, limit, deadline,
      [done = std::move(done)](absl::StatusOr<TicketPage> page) mutable {
        if (DayToPrepare(page.status())) return done(TicketPage{});
        done(std::move(page));
      });
}

void CounterDesk::ListCounters(OfficeId const& office_id, MachineTime deadline,
                               Done<std::vector<CounterStatus>> done) {
  auto const* const office = context_.city.FindOffice(office_id);
  if (office == nullptr) return done(error::OfficeNotFound(office_id));
  LookQuery query;
  query.hall = context_.HallAt(*office, context_.clock.Now());
  query.depth = 0;
  for (auto const& counter : office->counters) {
    query.counters.push_back(counter.id);
    query.queues.push_back(CounterQueue(counter.id));
  }
  context_.store.Look(
      query, deadline,
      [this, office, hall = query.hall, deadline,
       done = std::move(done)](absl::StatusOr<View> const& view) mutable {
        std::vector<CounterStatus> counters;
        if (DayToPrepare(view.status())) {
          for (auto const& counter : office->counters) {
            counters.emplace_back().counter.id = counter.id;
          }
          return done(std::move(counters));
        }
        if (!view.ok()) return done(view.status());
        LookQuery tickets;
        tickets.hall = hall;
        for (std::size_t i = 0; i != view->counters.size(); ++i) {
          auto const& counter = view->counters[i];
          counters.push_back({counter, std::nullopt, view->queues[i].length});
          if (counter.Busy()) tickets.tickets.push_back(counter.ticket);
        }
        if (tickets.tickets.empty()) return done(std::move(counters));
        context_.store.Look(
            tickets, deadline,
            [counters = std::move(counters), done = std::move(done)](
                absl::StatusOr<View> const& found) mutable {
              if (!found.ok()) return done(found.status());
              for (auto const& ticket : found->tickets) {
                if (!ticket) continue;
                for (auto& each : counters) {
                  // It may have left between the looks.
                  if (each.counter.ticket == ticket->id &&
                      IsAt(*ticket, each.counter.id)) {
                    each.ticket = ticket;
                  }
                }
              }
              done(std::move(counters));
            });
      });
}

void CounterDesk::FindNumber(OfficeId const& office_id,
                             std::string const& number, MachineTime deadline,
                             Done<Ticket> done) {
  auto const* const office = context_.city.FindOffice(office_id);
  if (office == nullptr) return done(error::OfficeNotFound(office_id));
  auto const* const series = SeriesOf(*office, number);
  if (series == nullptr) return done(error::NumberNotFound());
  context_.store.FindNumber(
      context_.HallAt(*office, context_.clock.Now()), *series, number, deadline,
      [done = std::move(done)](
          absl::StatusOr<std::optional<Ticket>> ticket) mutable {
        if (DayToPrepare(ticket.status())) return done(error::NumberNotFound());
        if (!ticket.ok()) return done(ticket.status());
        if (!*ticket) return done(error::NumberNotFound());
        done(**std::move(ticket));
      });
}

}  // namespace madoguchi::ticketing
