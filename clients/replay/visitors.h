#ifndef MADOGUCHI_CLIENTS_REPLAY_VISITORS_H
#define MADOGUCHI_CLIENTS_REPLAY_VISITORS_H

#include "clients/replay/clerk.h"
#include "clients/replay/timed_pool.h"
#include <cstddef>
#include <optional>
#include <string>

namespace madoguchi::replay {

/// Lets every visitor of the day come: each takes a number at their time, and
/// gives up when out of patience.
class Visitors {
 public:
  /// Returns at once; the visitors come until the destructor, which waits for
  /// those at the ticket machine.
  explicit Visitors(Hall const& hall);

 private:
  void TakeNumber(std::size_t visitor);
  /// What to take a number for; nothing if there is nothing to wait for today.
  std::optional<ServiceId> AskKiosk(std::size_t visitor);
  void GiveUp(std::size_t visitor, std::string const& ticket,
              std::string const& link_token);

  Hall const hall_;
  TimedPool pool_;
};

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_VISITORS_H
