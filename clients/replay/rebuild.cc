#include "clients/replay/rebuild.h"
#include "clients/replay/rebuilt_office.h"
#include "clients/sdk/event_log.h"
#include "services/base/status_macros.h"
#include <utility>

namespace madoguchi::replay {
namespace {

// A day changes once in a day, or a few times in a minute on a fast clock.
constexpr int kMostAttempts = 5;

absl::StatusOr<ListedOffice> List(sdk::TicketingClient& client,
                                  std::string const& office) {
  ListedOffice listed;
  ticketing::v1::ListTicketsRequest tickets;
  tickets.set_office(office);
  tickets.set_page_size(500);
  do {
    MADOGUCHI_ASSIGN_OR_RETURN(auto const page, client.ListTickets(tickets));
    listed.tickets.insert(listed.tickets.end(), page.tickets().begin(),
                          page.tickets().end());
    tickets.set_page_token(page.next_page_token());
  } while (!tickets.page_token().empty());

  ticketing::v1::ListCountersRequest counters;
  counters.set_office(office);
  MADOGUCHI_ASSIGN_OR_RETURN(auto const all, client.ListCounters(counters));
  listed.counters.assign(all.counters().begin(), all.counters().end());

  ticketing::v1::ListServicesRequest services;
  services.set_office(office);
  MADOGUCHI_ASSIGN_OR_RETURN(auto const served, client.ListServices(services));
  listed.services.assign(served.services().begin(), served.services().end());
  return listed;
}

}  // namespace

absl::StatusOr<Rebuild> RebuildOffice(sdk::ClientOptions const& options,
                                      std::string const& office) {
  sdk::TicketingClient client(options);
  RebuiltOffice rebuilt;
  auto const read = [&] {
    return sdk::ReadEventLog(options, office, rebuilt.last_sequence(),
                             [&](ticketing::v1::Event const& event) {
                               rebuilt.Apply(event);
                               return absl::OkStatus();
                             });
  };
  for (int i = 0; i != kMostAttempts; ++i) {
    MADOGUCHI_RETURN_IF_ERROR(read());
    rebuilt.BeginListing();
    MADOGUCHI_ASSIGN_OR_RETURN(auto const listed, List(client, office));
    MADOGUCHI_RETURN_IF_ERROR(read());
    if (rebuilt.day_changed()) continue;
    return Rebuild{rebuilt.events(), listed.tickets.size(),
                   listed.counters.size(), rebuilt.Compare(listed)};
  }
  return absl::AbortedError(
      "The business day changed whenever the tickets were listed. Try again, "
      "or slow the clock down.");
}

}  // namespace madoguchi::replay
