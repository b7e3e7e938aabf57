#ifndef MADOGUCHI_CLIENTS_REPLAY_CLERK_H
#define MADOGUCHI_CLIENTS_REPLAY_CLERK_H

#include "clients/replay/case_worker.h"
#include "clients/replay/hall_board.h"
#include "clients/replay/ledger.h"
#include "clients/replay/pace.h"
#include "clients/replay/problems.h"
#include "clients/replay/random.h"
#include "clients/replay/visit_plan.h"
#include "clients/sdk/ticketing_client.h"
#include "services/office/office.h"
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace madoguchi::replay {

/// What everybody in the hall shares. All of it must outlive them.
struct Hall {
  Office const& office;
  std::vector<VisitPlan> const& plans;
  sdk::TicketingClient& client;
  Pace& pace;
  Ledger& ledger;
  HallBoard& board;
  Problems& problems;
  /// Whether people may take counters; see `PlayOptions`.
  bool with_people = false;
  /// Null: certificates are an errand like any other.
  RenewalDeskParts const* renewal = nullptr;
};

/// Works at one counter: opens it for each shift, calls, serves and finishes
/// visitors, and recalls those who do not come until they count as absent.
///
/// Who was called before the end of a shift is served to the end. With people
/// in the hall, a counter that one of them has taken is left to them.
class Clerk {
 public:
  struct Shift {
    Timestamp from;
    Timestamp to;
  };

  /// `counter` must outlive the clerk; `shifts` are in order and apart.
  Clerk(Hall const& hall, CounterSettings const& counter,
        std::vector<Shift> shifts, std::uint64_t seed);

  /// Works until the last shift or the day ends. Blocks. On an error that
  /// repeating does not cure, adds it to the problems and goes home.
  void Work();

 private:
  absl::Status WorkShift(Shift const& shift);
  /// Works until the shift ends or somebody else has the counter.
  absl::Status WorkWhileOurs(Shift const& shift);
  absl::Status CallUntil(Timestamp end);
  absl::Status Attend(ticketing::v1::Ticket const& ticket, MachineTime pressed);
  absl::Status Serve(ticketing::v1::Ticket const& ticket,
                     Ledger::CalledVisitor const* visitor);
  std::chrono::system_clock::time_point NextLook() const;
  bool HasCase(Ledger::CalledVisitor const& visitor) const;
  absl::Status WorkOnCase(std::string const& ticket, std::size_t visitor);
  /// Tries the national system with the first case that waits for it, if this
  /// counter is asked to; returns whether it did.
  absl::StatusOr<bool> TryUpstream();
  std::string StaffName() const;
  absl::Status GiveUpOn(ticketing::v1::Ticket const& ticket,
                        std::size_t visitor);

  /// A command about `ticket` at this counter.
  template <typename Request>
  Request About(ticketing::v1::Ticket const& ticket) const;

  Hall const hall_;
  CounterSettings const& counter_;
  std::vector<Shift> const shifts_;
  std::string const name_;
  std::int64_t session_ = 0;
  /// For visitors who are not of the replay.
  Random random_;
};

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_CLERK_H
