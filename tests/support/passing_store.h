#ifndef MADOGUCHI_TESTS_SUPPORT_PASSING_STORE_H
#define MADOGUCHI_TESTS_SUPPORT_PASSING_STORE_H

#include "services/ticketing/domain/ticket_store.h"
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace madoguchi::ticketing {

/// Passes everything on to a store that must outlive it: what stores with one
/// mistake are made from. Thread safe.
class Passing : public TicketStore {
 public:
  explicit Passing(TicketStore& good) : good_(good) {}

  void OpenDay(Hall const& hall, bool carry_over, Timestamp now,
               MachineTime deadline, Done<std::monostate> done) override {
    good_.OpenDay(hall, carry_over, now, deadline, std::move(done));
  }
  void Issue(IssueOrder const& order, MachineTime deadline,
             Done<Settled> done) override {
    good_.Issue(order, deadline, std::move(done));
  }
  void Look(LookQuery const& query, MachineTime deadline,
            Done<View> done) override {
    good_.Look(query, deadline, std::move(done));
  }
  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) override {
    good_.Settle(settlement, deadline, std::move(done));
  }
  void LookDue(OfficeId const& office, Timestamp now, int limit,
               MachineTime deadline, Done<DueView> done) override {
    good_.LookDue(office, now, limit, deadline, std::move(done));
  }
  void LookSweep(OfficeId const& office, BusinessDay from, int limit,
                 MachineTime deadline, Done<SweepView> done) override {
    good_.LookSweep(office, from, limit, deadline, std::move(done));
  }
  void SettleSweep(SweepSettlement const& settlement, MachineTime deadline,
                   Done<std::monostate> done) override {
    good_.SettleSweep(settlement, deadline, std::move(done));
  }
  void TrimLog(OfficeId const& office, int days, MachineTime deadline,
               Done<std::monostate> done) override {
    good_.TrimLog(office, days, deadline, std::move(done));
  }
  void FindNumber(Hall const& hall, Series const& series,
                  std::string const& number, MachineTime deadline,
                  Done<std::optional<Ticket>> done) override {
    good_.FindNumber(hall, series, number, deadline, std::move(done));
  }
  void ListTickets(Hall const& hall, TicketId const& after, int limit,
                   MachineTime deadline, Done<TicketPage> done) override {
    good_.ListTickets(hall, after, limit, deadline, std::move(done));
  }
  void ReadLog(OfficeId const& office, std::int64_t after, int limit,
               MachineTime deadline, Done<EventPage> done) override {
    good_.ReadLog(office, after, limit, deadline, std::move(done));
  }

 protected:
  /// True for every `n`-th question.
  bool EveryNth(std::int64_t n) { return ++count_ % n == 0; }

 private:
  TicketStore& good_;
  std::atomic<std::int64_t> count_{0};
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_TESTS_SUPPORT_PASSING_STORE_H
