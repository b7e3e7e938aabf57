#include "clients/replay/ledger.h"
#include <algorithm>
#include <chrono>

namespace madoguchi::replay {
namespace {

bool IsFinal(Visit::State state) {
  return state == Visit::State::kRefused ||
         state == Visit::State::kToldAtKiosk ||
         state >= Visit::State::kCompleted;
}

}  // namespace

Ledger::Ledger(std::vector<VisitPlan> const& plans)
    : plans_(plans), visits_(plans.size()), not_final_(plans.size()) {
  for (std::size_t i = 0; i != plans.size(); ++i) {
    visits_[i].service = plans[i].service;
  }
}

void Ledger::MoveTo(Visit& visit, Visit::State state) {
  if (!IsFinal(visit.state) && IsFinal(state)) --not_final_;
  visit.state = state;
  changed_.notify_all();
}

void Ledger::Asks(std::size_t visitor) {
  MutexLock lock(mu_);
  visits_[visitor].asked = std::chrono::steady_clock::now();
  ++asking_;
}

void Ledger::Issued(std::size_t visitor, ticketing::v1::Ticket const& ticket) {
  MutexLock lock(mu_);
  --asking_;
  auto& visit = visits_[visitor];
  visit.answered = std::chrono::steady_clock::now();
  visit.ticket = ticket.name();
  visit.arrival = FromProto(ticket.arrival_time());
  by_ticket_[ticket.name()] = visitor;
  MoveTo(visit, Visit::State::kWaiting);
}

void Ledger::Refused(std::size_t visitor) {
  MutexLock lock(mu_);
  --asking_;
  MoveTo(visits_[visitor], Visit::State::kRefused);
}

void Ledger::ToldAtKiosk(std::size_t visitor) {
  MutexLock lock(mu_);
  MoveTo(visits_[visitor], Visit::State::kToldAtKiosk);
}

bool Ledger::GivesUp(std::size_t visitor) {
  MutexLock lock(mu_);
  auto& visit = visits_[visitor];
  if (visit.state != Visit::State::kWaiting) return false;
  visit.gone = true;
  visit.waits_until = std::chrono::steady_clock::now();
  return true;
}

void Ledger::Cancelled(std::size_t visitor,
                       ticketing::v1::Ticket const& ticket) {
  MutexLock lock(mu_);
  visits_[visitor].end = FromProto(ticket.end_time());
  MoveTo(visits_[visitor], Visit::State::kCancelled);
}

std::optional<Ledger::CalledVisitor> Ledger::Called(
    ticketing::v1::Ticket const& ticket, CounterId const& counter,
    MachineTime pressed) {
  auto const called_by = std::chrono::steady_clock::now();
  MutexLock lock(mu_);
  auto found = by_ticket_.find(ticket.name());
  while (found == by_ticket_.end() && asking_ != 0) {
    changed_.wait(mu_);
    found = by_ticket_.find(ticket.name());
  }
  if (found == by_ticket_.end()) return std::nullopt;
  auto& visit = visits_[found->second];
  // Who was held meanwhile is called again: the wait ended with the first call.
  if (!visit.call) {
    visit.call = FromProto(ticket.call_time());
    visit.called_by = called_by;
    visit.waits_until = std::min(visit.waits_until, pressed);
    visit.counter = counter.value;
  }
  MoveTo(visit, Visit::State::kCalled);
  return CalledVisitor{found->second,
                       !visit.gone && !plans_[found->second].no_show};
}

void Ledger::Serving(std::size_t visitor, ticketing::v1::Ticket const& ticket) {
  MutexLock lock(mu_);
  visits_[visitor].serving_start = FromProto(ticket.serving_start_time());
  MoveTo(visits_[visitor], Visit::State::kServing);
}

void Ledger::Completed(std::size_t visitor, Timestamp end) {
  MutexLock lock(mu_);
  visits_[visitor].end = end;
  MoveTo(visits_[visitor], Visit::State::kCompleted);
}

void Ledger::Resumed(std::size_t visitor) {
  MutexLock lock(mu_);
  MoveTo(visits_[visitor], Visit::State::kServing);
}

void Ledger::Held(std::size_t visitor) {
  MutexLock lock(mu_);
  MoveTo(visits_[visitor], Visit::State::kHeld);
}

void Ledger::Absent(std::size_t visitor, ticketing::v1::Ticket const& ticket) {
  MutexLock lock(mu_);
  visits_[visitor].end = FromProto(ticket.end_time());
  MoveTo(visits_[visitor], Visit::State::kAbsent);
}

Ledger::Tally Ledger::Count() const {
  MutexLock lock(mu_);
  return CountVisits(visits_);
}

bool Ledger::AwaitAllFinal(std::chrono::system_clock::time_point deadline) {
  MutexLock lock(mu_);
  while (not_final_ != 0 && std::chrono::system_clock::now() < deadline) {
    changed_.wait_until(mu_, deadline);
  }
  return not_final_ == 0;
}

std::vector<Visit> Ledger::Visits() const {
  MutexLock lock(mu_);
  return visits_;
}

Ledger::Tally CountVisits(std::vector<Visit> const& visits) {
  Ledger::Tally tally;
  for (auto const& visit : visits) {
    switch (visit.state) {
      case Visit::State::kComing:
        ++tally.coming;
        continue;
      case Visit::State::kRefused:
        ++tally.refused;
        continue;
      case Visit::State::kToldAtKiosk:
        ++tally.told_at_kiosk;
        continue;
      case Visit::State::kWaiting:
        ++tally.waiting;
        break;
      case Visit::State::kHeld:
        ++tally.held;
        break;
      case Visit::State::kCalled:
        ++tally.called;
        break;
      case Visit::State::kServing:
        ++tally.serving;
        break;
      case Visit::State::kCompleted:
        ++tally.completed;
        break;
      case Visit::State::kAbsent:
        ++tally.absent;
        break;
      case Visit::State::kCancelled:
        ++tally.cancelled;
        break;
    }
    ++tally.issued;
  }
  return tally;
}

}  // namespace madoguchi::replay
