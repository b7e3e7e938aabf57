#ifndef MADOGUCHI_CLIENTS_REPLAY_PLAY_DAY_H
#define MADOGUCHI_CLIENTS_REPLAY_PLAY_DAY_H

#include "clients/replay/day.h"
#include "clients/replay/progress.h"
#include "clients/replay/report.h"
#include "services/base/clock.h"
#include "services/office/office.h"
#include "absl/status/statusor.h"
#include <cstdint>
#include <string>
#include <vector>

namespace madoguchi::replay {

struct PlayOptions {
  /// `host:port` of each ticketing server.
  std::vector<std::string> targets;
  /// Shown to the servers; empty for those without a devices file.
  std::string token;
  /// The office's clock, as the servers have it.
  ScaledClock::Scale scale;
  /// The counters that are staffed; empty for all that the day has shifts for.
  std::vector<CounterId> counters;
  std::uint64_t seed = 1;
  /// Of those who give up, how many give their number back.
  double cancel_share = 0.5;
  /// `host:port` of each renewal server, and of the authority that plays the
  /// national terminal; empty: certificates are an errand like any other.
  std::vector<std::string> renewal_targets = {};
  std::string authority_target = {};
  /// Of those who come for certificates, how many answer the kiosk's questions.
  double kiosk_share = 0.8;
  Progress::Style progress = Progress::Style::kQuiet;
  /// Whether people work beside the replay: a clerk whose counter a person has
  /// taken steps aside until it is closed. What people do is in no ledger, so
  /// such a day does not add up and is over with its last shift.
  bool with_people = false;
};

/// The scale with which the clock shows, `lead` from now, the minute before
/// the first shift or arrival of `day`.
ScaledClock::Scale StartScale(Day const& day, Office const& office,
                              double factor, std::chrono::seconds lead);

/// Plays a day against running servers and returns what came of it. Ends when
/// every visitor's day has, or when the last shift is over.
///
/// `day` and `office` must outlive the outcome. Returns an error if the day
/// cannot begin: kInvalidArgument if `office` cannot play it, kUnavailable if
/// no server answers, kFailedPrecondition if a server's clock shows another
/// time. What goes wrong later is a problem of the outcome.
absl::StatusOr<Outcome> PlayDay(Day const& day, Office const& office,
                                PlayOptions const& options);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_PLAY_DAY_H
