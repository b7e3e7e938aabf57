#include "tests/simulation/wire.h"
#include "services/ticketing/domain/errors.h"
#include <utility>

namespace madoguchi::simulation {

std::chrono::milliseconds Wire::Travel() {
  // Mostly quick, sometimes up to the slowest.
  auto const share = chance_.Share();
  return std::chrono::milliseconds(static_cast<std::int64_t>(
      static_cast<double>(settings_.slowest.count()) * share * share * share));
}

void Wire::Send(absl::AnyInvocable<void()> command) {
  if (settings_.slowest.count() == 0) return command();
  timeline_.After(Travel(), std::move(command));
}

template <typename T>
Done<T> Wire::Answering(Done<T> done, bool may_be_lost) {
  return [this, done = std::move(done),
          may_be_lost](absl::StatusOr<T> answer) mutable {
    if (may_be_lost && chance_.Happens(settings_.lost_replies)) {
      answer = ticketing::error::StoreUnavailable("answer lost");
    }
    Send([done = std::move(done), answer = std::move(answer)]() mutable {
      done(std::move(answer));
    });
  };
}

void Wire::OpenDay(ticketing::Hall const& hall, bool carry_over, Timestamp now,
                   MachineTime deadline, Done<std::monostate> done) {
  Send([this, hall, carry_over, now, deadline,
        done = std::move(done)]() mutable {
    store_.OpenDay(hall, carry_over, now, deadline,
                   Answering(std::move(done), /*may_be_lost=*/true));
  });
}

void Wire::Issue(ticketing::IssueOrder const& order, MachineTime deadline,
                 Done<ticketing::Settled> done) {
  Send([this, order, deadline, done = std::move(done)]() mutable {
    store_.Issue(order, deadline,
                 Answering(std::move(done), /*may_be_lost=*/true));
  });
}

void Wire::Look(ticketing::LookQuery const& query, MachineTime deadline,
                Done<ticketing::View> done) {
  Send([this, query, deadline, done = std::move(done)]() mutable {
    store_.Look(query, deadline,
                Answering(std::move(done), /*may_be_lost=*/false));
  });
}

void Wire::Settle(ticketing::Settlement const& settlement, MachineTime deadline,
                  Done<ticketing::Settled> done) {
  Send([this, settlement, deadline, done = std::move(done)]() mutable {
    store_.Settle(settlement, deadline,
                  Answering(std::move(done), /*may_be_lost=*/true));
  });
}

void Wire::LookDue(OfficeId const& office, Timestamp now, int limit,
                   MachineTime deadline, Done<ticketing::DueView> done) {
  Send([this, office, now, limit, deadline, done = std::move(done)]() mutable {
    store_.LookDue(office, now, limit, deadline,
                   Answering(std::move(done), /*may_be_lost=*/false));
  });
}

void Wire::LookSweep(OfficeId const& office, BusinessDay from, int limit,
                     MachineTime deadline, Done<ticketing::SweepView> done) {
  Send([this, office, from, limit, deadline, done = std::move(done)]() mutable {
    store_.LookSweep(office, from, limit, deadline,
                     Answering(std::move(done), /*may_be_lost=*/false));
  });
}

void Wire::SettleSweep(ticketing::SweepSettlement const& settlement,
                       MachineTime deadline, Done<std::monostate> done) {
  Send([this, settlement, deadline, done = std::move(done)]() mutable {
    store_.SettleSweep(settlement, deadline,
                       Answering(std::move(done), /*may_be_lost=*/true));
  });
}

void Wire::TrimLog(OfficeId const& office, int days, MachineTime deadline,
                   Done<std::monostate> done) {
  Send([this, office, days, deadline, done = std::move(done)]() mutable {
    store_.TrimLog(office, days, deadline,
                   Answering(std::move(done), /*may_be_lost=*/true));
  });
}

void Wire::FindNumber(ticketing::Hall const& hall, Series const& series,
                      std::string const& number, MachineTime deadline,
                      Done<std::optional<ticketing::Ticket>> done) {
  Send(
      [this, hall, series, number, deadline, done = std::move(done)]() mutable {
        store_.FindNumber(hall, series, number, deadline,
                          Answering(std::move(done), /*may_be_lost=*/false));
      });
}

void Wire::ListTickets(ticketing::Hall const& hall,
                       ticketing::TicketId const& after, int limit,
                       MachineTime deadline, Done<ticketing::TicketPage> done) {
  Send([this, hall, after, limit, deadline, done = std::move(done)]() mutable {
    store_.ListTickets(hall, after, limit, deadline,
                       Answering(std::move(done), /*may_be_lost=*/false));
  });
}

void Wire::ReadLog(OfficeId const& office, std::int64_t after, int limit,
                   MachineTime deadline, Done<ticketing::EventPage> done) {
  Send(
      [this, office, after, limit, deadline, done = std::move(done)]() mutable {
        store_.ReadLog(office, after, limit, deadline,
                       Answering(std::move(done), /*may_be_lost=*/false));
      });
}

}  // namespace madoguchi::simulation
