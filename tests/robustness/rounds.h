#ifndef MADOGUCHI_TESTS_ROBUSTNESS_ROUNDS_H
#define MADOGUCHI_TESTS_ROBUSTNESS_ROUNDS_H

#include "services/office/office.h"
#include "tests/robustness/checker.h"
#include "tests/robustness/house.h"
#include "tests/robustness/load.h"
#include "absl/status/statusor.h"
#include <cstdint>
#include <string>
#include <vector>

namespace madoguchi::robustness {

/// What strikes while people press.
enum class Strike {
  kNone,
  kKillReplica,
  /// Stopped while the other works on, and then goes on with what it had begun.
  kFreezeReplica,
  kKillRedis,
  kPowerCut,
};

/// One round: a new house, people in it, a strike, and the judgement.
struct RoundOptions {
  HouseOptions house;
  LoadOptions load;
  Strike strike = Strike::kKillReplica;
  /// How often it strikes; each time the victim is started again at once.
  int strikes = 1;
  /// The day changes while people press, and it strikes just then: Redis or a
  /// replica, as the seed gives. The house must open shortly before.
  bool day_change = false;
  /// Where a failing round's record goes; nowhere if empty.
  std::string record_path;
};

/// What came of a round.
struct Round {
  std::uint64_t seed = 0;
  std::size_t operations = 0;
  std::int64_t acknowledged = 0;
  /// Requests whose outcome stayed unknown to those who pressed.
  std::int64_t unanswered = 0;
  std::size_t events = 0;
  /// Of whoever was overtaken most.
  std::size_t overtakers = 0;
  /// Snapshots marked `reset` that displays were sent.
  std::int64_t resets = 0;
  /// Who waited when the day changed, and waits on the next.
  std::int64_t carried_over = 0;
  /// Who went from one office to the other, and what happened by itself.
  std::int64_t moved = 0;
  std::int64_t fired = 0;
  std::int64_t undone = 0;
  /// Bytes that power cuts took from Redis' log.
  std::int64_t bytes_cut = 0;
  /// For each strike, from the kill to the acknowledgement of the first call
  /// that was pressed after it; empty if no call was.
  std::vector<std::chrono::milliseconds> to_next_call;
  std::chrono::milliseconds length{0};
  /// Everybody was served before the limit.
  bool drained = false;
  std::vector<Violation> violations;

  bool Passed() const { return drained && violations.empty(); }
};

/// Runs one round. Fails if the house cannot be started, or not again after a
/// strike, or if the log cannot be read at the end.
///
/// The first office of `city` is the hall that `options` fill; some of its
/// visitors are sent on to the second, where fewer people work.
absl::StatusOr<Round> RunRound(City const& city, RoundOptions const& options);

/// A house that opens a few minutes of office time before the day changes, and
/// people who are in it then.
void OpenBeforeDayChange(RoundOptions& options);

/// From `moment` to the acknowledgement of the first call pressed after it;
/// kNever if there is none.
Moment TimeToNextCall(std::vector<Operation> const& operations, Moment moment);

/// A line for the table of rounds, and the table's head.
std::string HeadOfTable();
std::string RowOf(Round const& round);

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_ROUNDS_H
