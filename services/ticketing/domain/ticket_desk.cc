#include "services/ticketing/domain/ticket_desk.h"
#include "services/base/status_macros.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/domain/life.h"
#include "services/ticketing/domain/look_decide_settle.h"
#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>
#include <variant>

namespace madoguchi::ticketing {
namespace {

// Answers a command that concerns a ticket.
Done<Outcome> ToTicket(Done<Ticket> done) {
  return [done = std::move(done)](absl::StatusOr<Outcome> outcome) mutable {
    if (!outcome.ok()) return done(outcome.status());
    done(*std::move(outcome->ticket));
  };
}

// Issues, and opens the business day if this is its first ticket.
void SendIssue(DeskContext const& context, std::shared_ptr<IssueOrder> order,
               MachineTime deadline, Done<Ticket> done) {
  auto const& sent = *order;
  context.store.Issue(
      sent, deadline,
      [&context, order = std::move(order), deadline,
       done = std::move(done)](absl::StatusOr<Settled> settled) mutable {
        if (IsDayNotOpen(settled.status())) {
          auto const& opening = *order;
          return context.store.OpenDay(
              opening.hall, opening.now, deadline,
              [&context, order = std::move(order), deadline,
               done = std::move(done)](
                  absl::StatusOr<std::monostate> const& opened) mutable {
                if (!opened.ok()) return done(opened.status());
                SendIssue(context, std::move(order), deadline, std::move(done));
              });
        }
        if (!settled.ok()) return done(settled.status());
        auto outcome = OutcomeOfRepeat(order->request, settled->request);
        if (!outcome.ok()) return done(outcome.status());
        done(*std::move((*outcome)->ticket));
      });
}

}  // namespace

void TicketDesk::Issue(OfficeId const& office_id, ServiceId const& service_id,
                       std::string const& language,
                       std::string const& request_id, MachineTime deadline,
                       Done<Ticket> done) {
  auto const* const office = context_.city.FindOffice(office_id);
  if (office == nullptr) return done(error::OfficeNotFound(office_id));
  auto const* const service = office->FindService(service_id);
  if (service == nullptr) return done(error::ServiceNotFound(service_id));
  std::string const chosen =
      language.empty() ? std::string(kLanguages[0]) : language;
  if (std::find(std::begin(kLanguages), std::end(kLanguages), chosen) ==
      std::end(kLanguages)) {
    return done(error::LanguageUnknown());
  }
  auto request = MakeRequest(request_id, "issue",
                             {office_id.value, service_id.value, chosen});
  if (!request.ok()) return done(request.status());
  auto const now = context_.clock.Now();
  SendIssue(context_,
            std::make_shared<IssueOrder>(
                IssueOrder{.request = *std::move(request),
                           .hall = context_.HallAt(*office, now),
                           .now = now,
                           .service = service_id,
                           .series = *office->FindSeries(service->series),
                           .language = chosen}),
            deadline, std::move(done));
}

void TicketDesk::Get(OfficeId const& office_id, TicketId const& ticket,
                     MachineTime deadline, Done<Ticket> done) {
  auto const* const office = context_.city.FindOffice(office_id);
  if (office == nullptr) return done(error::OfficeNotFound(office_id));
  LookQuery query;
  query.hall = context_.HallAt(*office, context_.clock.Now());
  query.tickets = {ticket};
  if (DayOf(ticket) != query.hall.day) {
    return done(error::TicketNotFound(ticket));
  }
  context_.store.Look(
      query, deadline,
      [ticket, done = std::move(done)](absl::StatusOr<View> view) mutable {
        if (IsDayNotOpen(view.status())) {
          return done(error::TicketNotFound(ticket));
        }
        if (!view.ok()) return done(view.status());
        auto& found = view->tickets.front();
        if (!found) return done(error::TicketNotFound(ticket));
        done(*std::move(found));
      });
}

void TicketDesk::Cancel(OfficeId const& office_id, TicketId const& ticket_id,
                        std::string const& request_id, MachineTime deadline,
                        Done<Ticket> done) {
  auto const* const office = context_.city.FindOffice(office_id);
  if (office == nullptr) return done(error::OfficeNotFound(office_id));
  auto request =
      MakeRequest(request_id, "cancel", {office_id.value, ticket_id.value});
  if (!request.ok()) return done(request.status());
  LookQuery query;
  query.tickets = {ticket_id};
  auto decide = [ticket_id, request = *request](
                    View const& view, Hall const& hall,
                    Timestamp now) -> absl::StatusOr<Settlement> {
    auto const& ticket = view.tickets.front();
    if (!ticket) return error::TicketNotFound(ticket_id);
    MADOGUCHI_ASSIGN_OR_RETURN(auto const cancelled,
                               life::Cancel(*ticket, now));
    Settlement settlement;
    settlement.request = request;
    settlement.hall = hall;
    settlement.outcome.ticket = cancelled;
    settlement.ticket = Change<Ticket>{*ticket, cancelled};
    settlement.event = Event{.sequence = 0,
                             .kind = EventKind::kTicketCancelled,
                             .day = hall.day,
                             .time = now,
                             .ticket = cancelled,
                             .counter = std::nullopt,
                             .staff = {},
                             .reason = {}};
    return settlement;
  };
  LookDecideSettle(context_, *office, *request, std::move(query),
                   std::move(decide), deadline, ToTicket(std::move(done)));
}

void TicketDesk::CountWaiting(OfficeId const& office_id, MachineTime deadline,
                              Done<std::vector<std::int64_t>> done) {
  auto const* const office = context_.city.FindOffice(office_id);
  if (office == nullptr) return done(error::OfficeNotFound(office_id));
  LookQuery query;
  query.hall = context_.HallAt(*office, context_.clock.Now());
  query.depth = 0;
  for (auto const& service : office->services) {
    query.services.push_back(service.id);
  }
  auto const services = query.services.size();
  context_.store.Look(
      query, deadline,
      [services, done = std::move(done)](absl::StatusOr<View> view) mutable {
        if (IsDayNotOpen(view.status())) {
          return done(std::vector<std::int64_t>(services));
        }
        if (!view.ok()) return done(view.status());
        std::vector<std::int64_t> counts;
        for (auto const& queue : view->queues) counts.push_back(queue.length);
        done(std::move(counts));
      });
}

}  // namespace madoguchi::ticketing
