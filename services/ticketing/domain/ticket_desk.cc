#include "services/ticketing/domain/ticket_desk.h"
#include "services/base/error.h"
#include "services/base/status_macros.h"
#include "services/ticketing/domain/day_change.h"
#include "services/ticketing/domain/errors.h"
#include "services/ticketing/domain/life.h"
#include "services/ticketing/domain/look_decide_settle.h"
#include "services/ticketing/domain/queues.h"
#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>
#include <variant>

namespace madoguchi::ticketing {
namespace {

// The services of a visit, each once and not too many.
constexpr std::size_t kMostServices = 5;

absl::Status CheckServices(Office const& office, Visit const& visit) {
  std::vector<ServiceId> services = {visit.service};
  for (auto const& service : visit.next_services) {
    if (std::find(services.begin(), services.end(), service) !=
        services.end()) {
      return error::ServicesInvalid();
    }
    services.push_back(service);
  }
  if (services.size() > kMostServices) return error::ServicesInvalid();
  for (auto const& service : services) {
    if (office.FindService(service) == nullptr) {
      return error::ServiceNotFound(service);
    }
  }
  return absl::OkStatus();
}

bool IsStoreFull(absl::Status const& status) {
  return absl::IsResourceExhausted(status) &&
         GetErrorInfo(status).reason == "STORE_FULL";
}

// Answers a command that makes no ticket now: with the ticket it made before,
// or else with `refusal`.
void AnswerRepeat(DeskContext const& context, Office const& office,
                  Request const& request, absl::Status refusal,
                  MachineTime deadline, Done<Ticket> done) {
  LookDecideSettle(
      context, office, request, LookQuery(),
      [refusal = std::move(refusal)](View const&, Hall const&, Timestamp)
          -> absl::StatusOr<Settlement> { return refusal; },
      deadline, ToTicket(std::move(done)));
}

std::string Joined(std::vector<ServiceId> const& services) {
  std::string joined;
  for (auto const& service : services) joined += service.value + ",";
  return joined;
}

// One issue under way. Keeps itself alive through the callbacks it hands out.
class Issuing : public std::enable_shared_from_this<Issuing> {
 public:
  Issuing(DeskContext const& context, Office const& office, IssueOrder order,
          MachineTime deadline, Done<Ticket> done)
      : context_(context),
        office_(office),
        order_(std::move(order)),
        deadline_(deadline),
        done_(std::move(done)) {}

  void Send() {
    order_.now = context_.clock.Now();
    order_.hall = context_.HallAt(office_, order_.now);
    context_.store.Issue(
        order_, deadline_,
        [self = shared_from_this()](absl::StatusOr<Settled> const& settled) {
          self->Sent(settled);
        });
  }

 private:
  void Sent(absl::StatusOr<Settled> const& settled) {
    if (!settled.ok()) return Fail(settled.status());
    auto outcome = OutcomeOfRepeat(order_.request, settled->request);
    if (!outcome.ok()) return done_(outcome.status());
    done_(*std::move((*outcome)->ticket));
  }

  // Opens the business day if this is its first ticket.
  void Fail(absl::Status const& status) {
    if (IsDayAboutToChange(office_, status, order_.now) &&
        context_.scheduler.Now() + kAgain < deadline_) {
      context_.scheduler.After(kAgain,
                               [self = shared_from_this()] { self->Send(); });
      return;
    }
    if (IsStoreFull(status)) {
      return AnswerRepeat(context_, office_, order_.request, status, deadline_,
                          std::move(done_));
    }
    if (!DayToPrepare(status)) return done_(status);
    PrepareDay(context_, office_, order_.hall.day, deadline_,
               [self = shared_from_this()](
                   absl::StatusOr<std::monostate> const& prepared) {
                 if (!prepared.ok()) return self->Fail(prepared.status());
                 self->Send();
               });
  }

  static constexpr std::chrono::milliseconds kAgain{20};

  DeskContext const context_;
  Office const& office_;
  IssueOrder order_;
  MachineTime const deadline_;
  Done<Ticket> done_;
};

}  // namespace

void TicketDesk::Issue(OfficeId const& office_id, Visit const& visit,
                       std::string const& request_id, MachineTime deadline,
                       Done<Ticket> done) {
  auto const* const office = context_.city.FindOffice(office_id);
  if (office == nullptr) return done(error::OfficeNotFound(office_id));
  auto services = CheckServices(*office, visit);
  if (!services.ok()) return done(std::move(services));
  auto language = ParseLanguage(visit.language);
  if (!language.ok()) return done(language.status());
  auto request = MakeRequest(request_id, "issue",
                             {office_id.value, visit.service.value, *language,
                              Joined(visit.next_services)});
  if (!request.ok()) return done(request.status());
  auto refusal = context_.gate.Check();
  if (!refusal.ok()) {
    return AnswerRepeat(context_, *office, *request, std::move(refusal),
                        deadline, std::move(done));
  }
  IssueOrder order{
      .request = *std::move(request),
      .hall = {},
      .now = {},
      .service = visit.service,
      .series = *office->FindSeries(office->FindService(visit.service)->series),
      .language = *language,
      .queue = ServiceQueue(*office, visit.service, *language),
      .next_services = visit.next_services,
      .device = visit.device};
  std::make_shared<Issuing>(context_, *office, std::move(order), deadline,
                            std::move(done))
      ->Send();
}

void TicketDesk::Get(OfficeId const& office_id, TicketId const& ticket,
                     MachineTime deadline, Done<Ticket> done) {
  auto const* const office = context_.city.FindOffice(office_id);
  if (office == nullptr) return done(error::OfficeNotFound(office_id));
  LookQuery query;
  query.hall = context_.HallAt(*office, context_.clock.Now());
  query.tickets = {ticket};
  context_.store.Look(
      query, deadline,
      [ticket, done = std::move(done)](absl::StatusOr<View> view) mutable {
        if (DayToPrepare(view.status())) {
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
                             .reason = {},
                             .waited_in = {},
                             .at = {},
                             .device = {}};
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
  query.queues = QueuesOf(*office);
  auto const no_one = [office] {
    return std::vector<std::int64_t>(office->services.size());
  };
  context_.store.Look(query, deadline,
                      [office, no_one, done = std::move(done)](
                          absl::StatusOr<View> const& view) mutable {
                        if (DayToPrepare(view.status())) return done(no_one());
                        if (!view.ok()) return done(view.status());
                        auto counts = no_one();
                        for (auto const& queue : view->queues) {
                          auto const service = ServiceOf(queue.queue);
                          for (std::size_t i = 0; i != counts.size(); ++i) {
                            if (service == office->services[i].id)
                              counts[i] += queue.length;
                          }
                        }
                        done(std::move(counts));
                      });
}

}  // namespace madoguchi::ticketing
