#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_FLOOR_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_FLOOR_H

#include "clients/counter_terminal/counter_calls.h"
#include "services/base/clock.h"
#include "services/base/mutex.h"
#include "madoguchi/ticketing/v1/display_service.pb.h"
#include "madoguchi/ticketing/v1/ticket.pb.h"
#include "absl/status/statusor.h"
#include <google/protobuf/timestamp.pb.h>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::counter_terminal {

/// The lists of the office, as one look found them.
struct FloorLists {
  /// In the order of the settings.
  std::vector<ticketing::v1::Counter> counters;
  /// Those on hold, the soonest deadline first.
  std::vector<ticketing::v1::Ticket> parked;
  /// Those who did not come, the last first.
  std::vector<ticketing::v1::Ticket> missed;
  /// Office time at which this was true.
  google::protobuf::Timestamp office_time;
  /// When the look began.
  MachineTime asked_at;
};

/// What the terminal knows of its office.
struct Floor {
  /// How many wait for what, as the hall's stream says.
  std::vector<ticketing::v1::ServiceView> services;
  /// The office's clock now, as far as it was told.
  google::protobuf::Timestamp office_time;
  /// Whether the hall's stream lives.
  bool connected = false;
  /// Absent until the first look.
  std::optional<FloorLists> lists;
};

/// Puts those on hold in the order of their deadlines.
void SortByDeadline(std::vector<ticketing::v1::Ticket>& parked);

/// Looks at the office. Fails as `ListCounters` and `ListTickets` do.
absl::StatusOr<FloorLists> LookAtFloor(CounterCalls& calls,
                                       std::string const& office,
                                       MachineTime now);

/// All tickets of `office` in one of `states`. Fails as `ListTickets` does.
absl::StatusOr<std::vector<ticketing::v1::Ticket>> ListAllTickets(
    CounterCalls& calls, std::string const& office,
    std::vector<ticketing::v1::Ticket::State> const& states);

/// How many other counters of the office can call: open, and not paused.
/// Nothing while that is not known.
std::optional<int> OthersAbleToCall(Floor const& floor,
                                    std::string const& counter);

/// Puts together what the hall's stream and the looks tell. Thread safe.
class FloorBoard {
 public:
  void Take(ticketing::v1::OfficeUpdate const& update, MachineTime heard_at);
  void SetConnected(bool connected);
  void Put(FloorLists lists);

  /// The clock goes on between two updates, but no further than the next
  /// heartbeat should have come.
  Floor Get(MachineTime now) const;

 private:
  mutable Mutex mu_;
  Floor floor_ ABSL_GUARDED_BY(mu_);
  MachineTime heard_at_ ABSL_GUARDED_BY(mu_){};
};

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_FLOOR_H
