#ifndef MADOGUCHI_TESTS_SIMULATION_WIRE_H
#define MADOGUCHI_TESTS_SIMULATION_WIRE_H

#include "services/ticketing/domain/ticket_store.h"
#include "tests/simulation/chance.h"
#include "tests/simulation/day_settings.h"
#include "tests/simulation/timeline.h"
#include <optional>
#include <string>

namespace madoguchi::simulation {

/// A store at the other end of a wire: commands and answers take their time,
/// overtake each other, and answers of mutations may be lost. All that is given
/// must outlive it and the timeline's run.
class Wire : public ticketing::TicketStore {
 public:
  Wire(ticketing::TicketStore& store, WireSettings const& settings,
       Timeline& timeline, Chance& chance)
      : store_(store),
        settings_(settings),
        timeline_(timeline),
        chance_(chance) {}

  void OpenDay(ticketing::Hall const& hall, bool carry_over, Timestamp now,
               MachineTime deadline, Done<std::monostate> done) override;
  void Issue(ticketing::IssueOrder const& order, MachineTime deadline,
             Done<ticketing::Settled> done) override;
  void Look(ticketing::LookQuery const& query, MachineTime deadline,
            Done<ticketing::View> done) override;
  void Settle(ticketing::Settlement const& settlement, MachineTime deadline,
              Done<ticketing::Settled> done) override;
  void LookDue(OfficeId const& office, Timestamp now, int limit,
               MachineTime deadline, Done<ticketing::DueView> done) override;
  void LookSweep(OfficeId const& office, BusinessDay from, int limit,
                 MachineTime deadline,
                 Done<ticketing::SweepView> done) override;
  void SettleSweep(ticketing::SweepSettlement const& settlement,
                   MachineTime deadline, Done<std::monostate> done) override;
  void TrimLog(OfficeId const& office, int days, MachineTime deadline,
               Done<std::monostate> done) override;
  void FindNumber(ticketing::Hall const& hall, Series const& series,
                  std::string const& number, MachineTime deadline,
                  Done<std::optional<ticketing::Ticket>> done) override;
  void ListTickets(ticketing::Hall const& hall,
                   ticketing::TicketId const& after, int limit,
                   MachineTime deadline,
                   Done<ticketing::TicketPage> done) override;
  void ReadLog(OfficeId const& office, std::int64_t after, int limit,
               MachineTime deadline, Done<ticketing::EventPage> done) override;

 private:
  std::chrono::milliseconds Travel();
  void Send(absl::AnyInvocable<void()> command);
  template <typename T>
  Done<T> Answering(Done<T> done, bool may_be_lost);

  ticketing::TicketStore& store_;
  WireSettings const settings_;
  Timeline& timeline_;
  Chance& chance_;
};

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_WIRE_H
