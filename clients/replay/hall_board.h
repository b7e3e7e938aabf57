#ifndef MADOGUCHI_CLIENTS_REPLAY_HALL_BOARD_H
#define MADOGUCHI_CLIENTS_REPLAY_HALL_BOARD_H

#include "services/base/mutex.h"
#include "services/office/office.h"
#include "madoguchi/ticketing/v1/display_service.pb.h"
#include "absl/base/thread_annotations.h"
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>

namespace madoguchi::replay {

/// How many wait, as the clerks read it off the wall. A clerk who found nobody
/// presses again when this shows someone, and not before. Thread safe.
class HallBoard {
 public:
  /// Takes an update of the office's watch.
  void OnUpdate(ticketing::v1::OfficeUpdate const& update)
      ABSL_LOCKS_EXCLUDED(mu_);
  /// Takes the news that the watch was lost; kept to explain a failure.
  void OnLost(std::string const& why) ABSL_LOCKS_EXCLUDED(mu_);

  /// The office time of the first update, once there was one.
  std::optional<ticketing::v1::OfficeUpdate> AwaitFirstUpdate(
      std::chrono::milliseconds at_most) ABSL_LOCKS_EXCLUDED(mu_);
  std::string why_lost() const ABSL_LOCKS_EXCLUDED(mu_);

  /// Grows with each update that changed something.
  std::uint64_t news() const ABSL_LOCKS_EXCLUDED(mu_);

  /// Tells the clerk who has had nobody for longest, of those who serve
  /// `service`, that a visitor has just taken a number: idle clerks see the
  /// machine. The wall says so up to a quarter of a second later, which is half
  /// a minute of the office at speed 120. No one is told if all are busy.
  void OnNumberTaken(ServiceId const& service) ABSL_LOCKS_EXCLUDED(mu_);

  /// Waits until `OnNumberTaken` tells this clerk, or until the board has
  /// changed since `seen_news` and shows more people waiting for `counter` than
  /// other clerks are about to call; at most until `deadline` or the end of the
  /// day. Returns whether the clerk was told to press; `Answered` must follow
  /// that press.
  ///
  /// Without that count every idle clerk would press for every visitor.
  bool AwaitVisitor(CounterSettings const& counter, std::uint64_t seen_news,
                    std::chrono::system_clock::time_point deadline)
      ABSL_LOCKS_EXCLUDED(mu_);
  void Answered() ABSL_LOCKS_EXCLUDED(mu_);

  /// Ends every wait.
  void EndDay() ABSL_LOCKS_EXCLUDED(mu_);

 private:
  struct Idle {
    CounterSettings const& counter;
    bool told = false;
  };

  int WaitingFor(CounterSettings const& counter) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  mutable Mutex mu_;
  std::condition_variable_any changed_;
  std::map<std::string, int> waiting_ ABSL_GUARDED_BY(mu_);
  std::uint64_t news_ ABSL_GUARDED_BY(mu_) = 0;
  // Those in `AwaitVisitor`, the one who has been there for longest first.
  std::list<Idle> idle_ ABSL_GUARDED_BY(mu_);
  int about_to_call_ ABSL_GUARDED_BY(mu_) = 0;
  bool day_ended_ ABSL_GUARDED_BY(mu_) = false;
  std::optional<ticketing::v1::OfficeUpdate> first_ ABSL_GUARDED_BY(mu_);
  std::string why_lost_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_HALL_BOARD_H
