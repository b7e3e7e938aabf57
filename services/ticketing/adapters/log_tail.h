#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_LOG_TAIL_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_LOG_TAIL_H

#include "services/base/clock.h"
#include "services/redis/client.h"
#include "services/redis/event_loop.h"
#include "services/ticketing/domain/event.h"
#include "absl/status/statusor.h"
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::ticketing {

/// Takes what a `LogTail` reads.
///
/// THREAD: all methods are called on the thread of the tail's event loop, never
/// two at once. They must not block, nor destroy the tail.
class LogListener {
 public:
  virtual ~LogListener() = default;

  /// The next events of an office, in order, without gap or repeat; never
  /// empty.
  virtual void OnEvents(OfficeId const& office, std::vector<Event> events) = 0;

  /// Redis answers again, or for the first time: from here on events come as
  /// they happen. What was missed comes first.
  virtual void OnLinkUp() = 0;

  /// Redis does not answer, or what it answers is not our log (`cause` tells).
  /// The tail keeps trying; nothing is lost.
  virtual void OnLinkDown(absl::Status const& cause) = 0;
};

/// Follows the logs of all offices of a city, over one connection of its own.
class LogTail {
 public:
  /// `loop` and `listener` must outlive the tail.
  LogTail(redis::EventLoop& loop, redis::ClientOptions const& options,
          CityId const& city, std::vector<OfficeId> const& offices,
          LogListener& listener);
  /// The listener is not called any more once this returns. Not to be called on
  /// the loop's thread.
  ~LogTail();

  LogTail(LogTail const&) = delete;
  LogTail& operator=(LogTail const&) = delete;

  /// Begins to read, in each log after the sequence in `from`, or after 0 for
  /// those not named. To be called once, from any thread.
  void Start(std::map<OfficeId, std::int64_t> const& from);

 private:
  struct Log {
    OfficeId office;
    std::string key;
    std::int64_t last = 0;
  };

  // On the loop's thread.
  void Ask();
  void AskLater(std::chrono::milliseconds pause);
  void Take(absl::StatusOr<redis::Reply> answer);
  absl::Status TakeLog(redis::Reply log);
  void SetLink(absl::Status const& status);

  redis::EventLoop& loop_;
  LogListener& listener_;
  // Empty once the tail is being destroyed: what the loop still has in store
  // for it finds that out here.
  std::shared_ptr<LogTail*> self_;
  // On the loop's thread, after `Start`.
  std::vector<Log> logs_;
  // The last answer that held events, and how many.
  MachineTime answered_;
  std::size_t events_ = 0;
  bool link_known_ = false;
  bool link_up_ = false;
  std::unique_ptr<redis::Client> client_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_LOG_TAIL_H
