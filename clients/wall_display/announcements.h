#ifndef MADOGUCHI_CLIENTS_WALL_DISPLAY_ANNOUNCEMENTS_H
#define MADOGUCHI_CLIENTS_WALL_DISPLAY_ANNOUNCEMENTS_H

#include "clients/wall_display/hall.h"
#include "services/base/clock.h"
#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::wall_display {

/// Deals announcements out one at a time, in the order of the calls, so that
/// none cuts another off. Not thread safe.
class Announcements {
 public:
  /// How long the hall is given to take one in.
  static constexpr std::chrono::seconds kEach{3};
  /// How long the last one stays marked as new.
  static constexpr std::chrono::seconds kMarkedFor{20};

  void Add(ticketing::v1::Call call) { waiting_.push_back(std::move(call)); }

  /// Drops what has become false through `event`: a call that was taken back,
  /// or everything when a day begins.
  void TakeBack(ticketing::v1::OfficeEvent const& event);

  /// Moves on to the next if the current one has had its time. Returns whether
  /// a new one began: ring.
  bool Advance(MachineTime now);

  /// The one being announced or marked as new.
  std::optional<ticketing::v1::Call> Current(MachineTime now) const;

 private:
  std::deque<ticketing::v1::Call> waiting_;
  std::optional<ticketing::v1::Call> current_;
  MachineTime began_{};
};

/// What is said of `call`: in Japanese, then easy Japanese if its visitor reads
/// that, then in English. A call to pick something up has words of its own.
std::vector<std::string> AnnouncementOf(Hall const& hall,
                                        ticketing::v1::Call const& call);

}  // namespace madoguchi::wall_display

#endif  // MADOGUCHI_CLIENTS_WALL_DISPLAY_ANNOUNCEMENTS_H
