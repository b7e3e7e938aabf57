#ifndef MADOGUCHI_TESTS_SIMULATION_DAY_SETTINGS_H
#define MADOGUCHI_TESTS_SIMULATION_DAY_SETTINGS_H

#include "services/office/office.h"
#include "services/ticketing/domain/ticket_store.h"
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace madoguchi::simulation {

/// Who comes for one service and how long a visit takes.
struct ServiceDemand {
  /// On the whole day, on average.
  double visitors = 40;
  /// How many times as many come between 10:00 and 15:00 as at other hours.
  double peak = 3;
  std::chrono::milliseconds mean_service = std::chrono::minutes(12);
  /// Standard deviation over mean of a visit.
  double spread = 0.6;
};

/// Shares of all visitors or of all occasions.
struct VisitorHabits {
  /// Leave and give their number back.
  double cancel = 0.03;
  /// Do not come when called.
  double miss = 0.08;
  /// Come when called again.
  double hear_recall = 0.3;
  /// Come back after they were marked absent.
  double come_back = 0.6;
};

/// Shares of all presses or of all visits.
struct ClerkHabits {
  /// Presses sent once more, with the same id, up to ten minutes later.
  double repeat = 0.05;
  /// Presses sent twice at once.
  double double_press = 0.02;
  /// Visits during which another terminal takes over.
  double take_over = 0.02;
  /// Whether counters close for an hour around noon.
  bool lunch = true;
  /// Between two looks whether somebody waits.
  std::chrono::milliseconds idle = std::chrono::seconds(40);
};

/// The way between server processes and the store.
struct WireSettings {
  /// Each way, for each command; 0 is no wire at all.
  std::chrono::milliseconds slowest{0};
  /// Share of the answers to mutations that are lost.
  double lost_replies = 0;
};

/// Puts something before the store of all processes.
using Decorate = std::function<std::unique_ptr<ticketing::TicketStore>(
    ticketing::TicketStore& store)>;

/// A day at one office. The same settings give the same day.
struct DaySettings {
  std::uint64_t seed = 1;
  Office office;
  /// Like the office's services.
  std::vector<ServiceDemand> demand;
  /// 9:00 of the day.
  Timestamp opening;
  std::chrono::milliseconds open_for = std::chrono::hours(8);
  /// How long after the last ticket the clerks stay at most.
  std::chrono::milliseconds overtime = std::chrono::hours(1);
  VisitorHabits visitors;
  ClerkHabits clerks;
  /// Server processes over one store; each press goes to any of them.
  int processes = 1;
  WireSettings wire;
  /// Nothing, or what a test wants to break.
  Decorate decorate;
};

/// An office of 1 to 6 services and 1 to 8 counters of any profile, with any
/// policy, and a day there of at most some hundred visitors.
DaySettings RandomDay(std::uint64_t seed);

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_DAY_SETTINGS_H
