#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_ISSUE_BATCHER_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_ISSUE_BATCHER_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/base/mutex.h"
#include "services/redis/client.h"
#include "services/redis/command_line.h"
#include "services/ticketing/domain/ticket_store.h"
#include "absl/base/thread_annotations.h"
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::ticketing {

/// Sends orders that come while others are under way together, as one call of
/// the function that issues.
///
/// An order that comes alone goes at once. In a rush each write of Redis serves
/// many, which is where an issue spends most of its time there. An order is
/// held back for at most `kPatience`.
///
/// Thread safe. Made with `std::make_shared`; stays alive while orders are
/// under way.
class IssueBatcher : public std::enable_shared_from_this<IssueBatcher> {
 public:
  /// `client` must outlive the orders.
  IssueBatcher(redis::Client& client, std::string city_prefix)
      : client_(client), city_prefix_(std::move(city_prefix)) {}

  /// As `TicketStore::Issue`.
  void Issue(IssueOrder const& order, MachineTime deadline, Done<Settled> done)
      ABSL_LOCKS_EXCLUDED(mu_);

  /// Sends what is held back.
  void SendAll() ABSL_LOCKS_EXCLUDED(mu_);

 private:
  static constexpr std::chrono::milliseconds kPatience{2};

  struct Pending {
    Hall hall;
    QueueId queue;
    SeriesId series;
    RequestId request;
    // What follows the request and the queue in the order's arguments.
    redis::CommandLine rest;
    MachineTime deadline;
    Done<Settled> done;
  };
  using Batch = std::vector<Pending>;

  void Take(bool impatient) ABSL_LOCKS_EXCLUDED(mu_);
  void SendByHall(Batch orders);
  void Send(Batch orders);
  void Answer(Batch orders, absl::StatusOr<redis::Reply> const& answer);

  redis::Client& client_;
  std::string const city_prefix_;

  Mutex mu_;
  Batch pending_ ABSL_GUARDED_BY(mu_);
  bool held_ ABSL_GUARDED_BY(mu_) = false;
  /// Calls not answered yet.
  int in_flight_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_ISSUE_BATCHER_H
