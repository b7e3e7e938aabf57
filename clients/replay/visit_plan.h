#ifndef MADOGUCHI_CLIENTS_REPLAY_VISIT_PLAN_H
#define MADOGUCHI_CLIENTS_REPLAY_VISIT_PLAN_H

#include "clients/replay/case_kind.h"
#include "clients/replay/day.h"
#include "clients/replay/random.h"
#include "services/base/clock.h"
#include "services/office/office.h"
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace madoguchi::replay {

/// What one visitor will do, whatever happens in the hall.
struct VisitPlan {
  ServiceId service;
  Timestamp arrival;
  std::chrono::milliseconds service_time{0};
  /// False if the day file left the service time to be drawn.
  bool service_time_given = false;
  std::chrono::milliseconds way_time{0};
  /// How long they wait for a call at most.
  std::optional<std::chrono::milliseconds> patience;
  /// Out of patience they give their number back rather than just leave.
  bool cancels = false;
  /// They do not come when called.
  bool no_show = false;
  /// What they have to do with certificates.
  CaseKind case_kind = CaseKind::kNone;
  /// They answer the kiosk's questions rather than choose a service.
  bool asks_kiosk = false;
  /// Of `kWrongPin`: after so many wrong tries they know it, or give it up.
  int wrong_pins = 1;
};

/// Decides everything that the day file leaves open, the same for the same
/// seed. `day` must have passed `CheckDay` with `office`. Of those who give up,
/// `cancel_share` (0 to 1) give their number back, and of those who come for
/// certificates `kiosk_share` answer the kiosk's questions.
std::vector<VisitPlan> PlanVisits(Day const& day, Office const& office,
                                  std::uint64_t seed, double cancel_share,
                                  double kiosk_share);

/// A service time around what `office` expects of `service`.
std::chrono::milliseconds DrawServiceTime(Random& random, Office const& office,
                                          ServiceId const& service);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_VISIT_PLAN_H
