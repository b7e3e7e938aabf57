#include "services/ticketing/adapters/issue_batcher.h"
#include "services/base/record.h"
#include "services/redis/store_errors.h"
#include "services/ticketing/adapters/store_answers.h"
#include "services/ticketing/adapters/store_keys.h"
#include "services/ticketing/adapters/ticket_codec.h"
#include "services/ticketing/domain/errors.h"
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <utility>

namespace madoguchi::ticketing {
namespace {

// While Redis works on one the next fills. With two at once each is smaller,
// and fewer tickets share a write.
constexpr int kMostInFlight = 1;
// Bounds how long Redis does nothing else: some half a millisecond.
constexpr std::size_t kLargestBatch = 64;

redis::CommandLine PackRest(IssueOrder const& order) {
  auto const pieces = PackIssue(order);
  redis::CommandLine rest;
  rest.Add(order.now.time_since_epoch().count())
      .Add({std::to_string(order.hall.day.yyyymmdd), "-", order.series.id.value,
            "-"})
      .Add(order.series.id.value)
      .Add(PackRecordText(order.series.prefix))
      .Add(order.series.first)
      .Add(order.series.size)
      .Add(pieces.before)
      .Add(pieces.middle)
      .Add(pieces.after)
      .Add(pieces.event)
      .Add(pieces.settled);
  return rest;
}

QueueId QueueOf(IssueOrder const& order) {
  return order.queue.value.empty() ? QueueId{order.service.value} : order.queue;
}

}  // namespace

void IssueBatcher::Issue(IssueOrder const& order, MachineTime deadline,
                         Done<Settled> done) {
  Pending pending{order.hall,       QueueOf(order),  order.series.id,
                  order.request.id, PackRest(order), deadline,
                  std::move(done)};
  bool first = false;
  {
    MutexLock lock(mu_);
    first = pending_.empty();
    pending_.push_back(std::move(pending));
  }
  if (!first) return;
  client_.loop().Post(
      [self = shared_from_this()] { self->Take(/*impatient=*/false); });
}

void IssueBatcher::SendAll() { Take(/*impatient=*/true); }

void IssueBatcher::Take(bool impatient) {
  Batch taken;
  {
    MutexLock lock(mu_);
    if (pending_.empty()) return;
    if (in_flight_ < kMostInFlight || impatient) {
      taken.swap(pending_);
      held_ = false;
    } else if (held_) {
      return;
    } else {
      held_ = true;
    }
  }
  if (!taken.empty()) return SendByHall(std::move(taken));
  client_.loop().After(kPatience, [self = shared_from_this()] {
    self->Take(/*impatient=*/true);
  });
}

void IssueBatcher::SendByHall(Batch orders) {
  // As good as always there is one hall; each of them keeps its order.
  std::stable_sort(
      orders.begin(), orders.end(),
      [](Pending const& a, Pending const& b) { return a.hall < b.hall; });
  Batch batch;
  for (auto& order : orders) {
    if (!batch.empty() &&
        (batch.front().hall != order.hall || batch.size() == kLargestBatch)) {
      Send(std::exchange(batch, {}));
    }
    batch.push_back(std::move(order));
  }
  Send(std::move(batch));
}

void IssueBatcher::Send(Batch orders) {
  HallKeys const keys(city_prefix_, orders.front().hall);
  std::vector<QueueId> queues;
  std::vector<std::size_t> places;
  auto deadline = orders.front().deadline;
  for (auto const& order : orders) {
    auto const at = std::find(queues.begin(), queues.end(), order.queue);
    // From 1, as Lua counts.
    places.push_back(static_cast<std::size_t>(at - queues.begin()) + 1);
    if (at == queues.end()) queues.push_back(order.queue);
    deadline = std::min(deadline, order.deadline);
  }
  redis::CommandLine command{"FCALL", "mdg2_issue"};
  command.Add(5 + queues.size());
  keys.AddHead(command);
  keys.AddLog(command);
  keys.AddTickets(command);
  keys.AddCarried(command);
  keys.AddRequests(command);
  for (auto const& queue : queues) keys.AddQueue(command, queue);
  command.Add(keys.Day());
  for (std::size_t i = 0; i != orders.size(); ++i) {
    command.Add(orders[i].request.value).Add(places[i]);
    command.Append(orders[i].rest);
  }
  {
    MutexLock lock(mu_);
    ++in_flight_;
  }
  client_.Command(std::move(command), deadline,
                  [self = shared_from_this(), orders = std::move(orders)](
                      absl::StatusOr<redis::Reply> answer) mutable {
                    {
                      MutexLock lock(self->mu_);
                      --self->in_flight_;
                    }
                    self->Answer(std::move(orders), answer);
                    self->Take(/*impatient=*/false);
                  });
}

void IssueBatcher::Answer(Batch orders,
                          absl::StatusOr<redis::Reply> const& answer) {
  if (answer.ok()) {
    for (std::size_t i = 0; i != orders.size(); ++i) {
      orders[i].done(ReadIssued(*answer, i, orders[i].hall, orders[i].series));
    }
    return;
  }
  auto const now = std::chrono::steady_clock::now();
  // The deadline was that of the most hurried; and what Redis refuses may be
  // the fault of one. The others go again, which their request ids make safe.
  bool const hurried = absl::IsDeadlineExceeded(answer.status());
  bool const refused = absl::IsInternal(answer.status());
  for (auto& order : orders) {
    bool const again =
        orders.size() > 1 && (refused || (hurried && now < order.deadline));
    if (again) {
      Batch alone;
      alone.push_back(std::move(order));
      Send(std::move(alone));
    } else {
      order.done(redis::ToStoreError(answer.status()));
    }
  }
}

}  // namespace madoguchi::ticketing
