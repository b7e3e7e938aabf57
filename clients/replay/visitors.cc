#include "clients/replay/visitors.h"
#include "clients/replay/persist.h"
#include "services/base/error.h"
#include "absl/strings/str_cat.h"

namespace madoguchi::replay {
namespace {

using sdk::TicketingClient;

// Each holds one call in flight; a call takes a few milliseconds, so these
// issue some thousand numbers a second, more than any day has at any speed.
constexpr int kThreads = 16;

}  // namespace

Visitors::Visitors(Hall const& hall) : hall_(hall), pool_(kThreads) {
  for (std::size_t i = 0; i != hall_.plans.size(); ++i) {
    pool_.At(hall_.pace.MachineTimeOf(hall_.plans[i].arrival),
             [this, i] { TakeNumber(i); });
  }
}

void Visitors::TakeNumber(std::size_t visitor) {
  auto const& plan = hall_.plans[visitor];
  hall_.pace.NoteDone(plan.arrival);
  ticketing::v1::IssueTicketRequest request;
  request.set_office(absl::StrCat("offices/", hall_.office.id.value));
  auto const service = AskKiosk(visitor);
  if (!service) {
    hall_.ledger.ToldAtKiosk(visitor);
    return;
  }
  request.set_service(service->value);
  hall_.ledger.Asks(visitor);
  auto const issued =
      Persist(hall_.pace, hall_.client, &TicketingClient::IssueTicket, request);
  if (!issued.ok()) {
    hall_.problems.Add(absl::StrCat("visitor ", visitor + 1), issued.status());
    hall_.ledger.Refused(visitor);
    return;
  }
  hall_.ledger.Issued(visitor, issued->ticket());
  hall_.board.OnNumberTaken(*service);
  if (!plan.patience) return;
  auto const leaves =
      FromProto(issued->ticket().arrival_time()) + *plan.patience;
  pool_.At(hall_.pace.MachineTimeOf(leaves),
           [this, visitor, ticket = issued->ticket().name(),
            token = issued->link_token()] { GiveUp(visitor, ticket, token); });
}

std::optional<ServiceId> Visitors::AskKiosk(std::size_t visitor) {
  auto const& plan = hall_.plans[visitor];
  if (hall_.renewal == nullptr || plan.case_kind == CaseKind::kNone ||
      !plan.asks_kiosk) {
    return plan.service;
  }
  renewal::v1::TriageRequest ask;
  ask.set_parent(absl::StrCat("offices/", hall_.office.id.value));
  while (true) {
    auto const next = hall_.renewal->client.Triage(ask);
    if (!next.ok()) {
      // Nobody is kept from a number by questions that do not come.
      hall_.problems.Add(absl::StrCat("visitor ", visitor + 1, " at the kiosk"),
                         next.status());
      return plan.service;
    }
    if (!next->has_question()) {
      auto const& advice = next->advice();
      if (advice.service().empty()) {
        hall_.renewal->cases.ToldAtKiosk(visitor, advice.row());
        return std::nullopt;
      }
      hall_.renewal->cases.Advised(visitor, advice.row());
      return ServiceId{advice.service()};
    }
    auto* const given = ask.add_answers();
    given->set_question(next->question().question());
    given->set_choice(
        ChoiceAtKiosk(plan.case_kind, next->question().question()));
  }
}

void Visitors::GiveUp(std::size_t visitor, std::string const& ticket,
                      std::string const& link_token) {
  if (!hall_.ledger.GivesUp(visitor)) return;
  if (!hall_.plans[visitor].cancels) return;
  ticketing::v1::CancelTicketRequest request;
  request.set_name(ticket);
  request.set_link_token(link_token);
  auto const cancelled = Persist(hall_.pace, hall_.client,
                                 &TicketingClient::CancelTicket, request);
  if (cancelled.ok()) {
    hall_.ledger.Cancelled(visitor, cancelled->ticket());
  } else if (GetErrorInfo(cancelled.status()).reason != "TICKET_NOT_WAITING") {
    // Called in the same moment is no problem: nobody will come to that call.
    hall_.problems.Add(absl::StrCat("visitor ", visitor + 1),
                       cancelled.status());
  }
}

}  // namespace madoguchi::replay
