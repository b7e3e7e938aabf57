#ifndef MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_AUTHORITY_DESK_H
#define MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_AUTHORITY_DESK_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/base/scheduler.h"
#include "services/certification_authority/domain/fate.h"
#include "services/certification_authority/domain/issuance_ledger.h"
#include "services/certification_authority/domain/weather.h"
#include "absl/functional/any_invocable.h"
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace madoguchi::certification_authority {

/// What this is, wherever it says who answers.
inline constexpr std::string_view kSystemName =
    "sandbox, not the national system";

/// How the authority says it is.
struct AuthorityStatus {
  Conditions conditions;
  Timestamp since;
};

/// Decides orders as the weather has it: late, wrongly, or not at all.
///
/// Thread safe. All work is done on the scheduler's one thread, on which the
/// journal may block; no caller ever waits. Each `done` runs there, once.
class AuthorityDesk {
 public:
  struct Options {
    std::uint64_t seed = 0;
    /// How fast office time runs: delays are scripted in it.
    double office_speed = 1;
  };

  /// None but `weather` is owned; the rest must outlive what the scheduler
  /// still has in store. The ledger is used on the scheduler's thread alone.
  AuthorityDesk(Weather weather, Options const& options, Clock const& clock,
                Scheduler& scheduler, IssuanceLedger& ledger);

  /// Issues or refuses. Acts only if, when the time has come, `deadline` has
  /// not passed and `still_waits` says that the caller is there.
  void Issue(Order order, MachineTime deadline,
             absl::AnyInvocable<bool()> still_waits, Done<Issuance> done);

  /// What became of an attempt; pending while it is under way. Returns
  /// ISSUANCE_NOT_FOUND if it was never heard of.
  void Get(AttemptId attempt, MachineTime deadline, Done<Issuance> done);

  /// How the authority is, without meeting its weather.
  AuthorityStatus Status() const;

  /// What the ledger holds, without meeting the weather.
  struct Totals {
    LedgerCounts counts;
    std::vector<CaseKey> issued_again;
  };
  void List(std::int64_t after, std::size_t limit,
            Done<std::vector<Issuance>> done);
  void Count(std::size_t again_limit, Done<Totals> done);

  /// Ends every call with SERVER_STOPPING, and those that come later.
  void Stop();

 private:
  // A call that was heard and is not answered.
  struct Call {
    MachineTime deadline;
    Fate fate;
    // What it does when its time has come: the answer, unless that is lost.
    absl::AnyInvocable<absl::StatusOr<Issuance>()> act;
    Done<Issuance> done;
    // Pending as long as the call is under way; nothing if it only asks.
    std::optional<Order> order;
    bool works = false;
  };

  Fate NextFate();
  void Begin(Call call);
  void End(std::int64_t id);
  absl::StatusOr<Issuance> Find(AttemptId const& attempt) const;

  Weather const weather_;
  Options const options_;
  Clock const& clock_;
  Scheduler& scheduler_;
  IssuanceLedger& ledger_;
  // All below is used on the scheduler's thread alone.
  bool stopping_ = false;
  std::map<std::int64_t, Call> calls_;
  std::int64_t last_call_ = 0;
  int working_ = 0;
  Timestamp last_now_;
  std::uint64_t nth_ = 0;
};

}  // namespace madoguchi::certification_authority

#endif  // MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_DOMAIN_AUTHORITY_DESK_H
