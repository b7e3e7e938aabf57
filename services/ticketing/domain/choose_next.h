#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_CHOOSE_NEXT_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_CHOOSE_NEXT_H

#include "services/office/office.h"
#include "services/ticketing/domain/ticket_store.h"
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace madoguchi::ticketing {

/// The rule that decided whom to call, or that there is nobody.
enum class CallReason {
  kNobodyWaits,
  kOnlyServiceWaiting,
  kOvertakenToLimit,
  kPreferredService,
  kLongestShareOfTarget,
  kSentToCounter,
  /// Out of turn; not chosen here.
  kByNumber,
};

/// The name that logs and programs know a reason by, such as
/// `OVERTAKEN_TO_LIMIT`.
std::string_view CodeOf(CallReason reason);

/// The inverse of `CodeOf`; nothing for other texts.
std::optional<CallReason> CallReasonOf(std::string_view code);

/// The sentence that tells a clerk why `ticket` was called, or why nobody was:
/// a function of its arguments alone, so that a repeat tells the same.
LocalizedText InWords(CallReason reason, Office const& office,
                      std::optional<Ticket> const& ticket);

/// Whom to call, and why.
struct Choice {
  Ticket ticket;
  CallReason reason;

  friend bool operator==(Choice const&, Choice const&) = default;
};

/// Chooses whom `counter` calls next among the heads of `queues`; nobody if all
/// that it calls from are empty.
///
/// Only heads are called, so inside a queue the order is strict. Across queues:
/// 1. Whom staff sent to this counter alone goes first.
/// 2. A head that was overtaken as often as the office allows goes next; of
///    several, the one that ranks first. This bounds overtaking exactly.
/// 3. Services that the counter prefers come before others. Visitors whose
///    language is spoken elsewhere come last, until their target wait is used
///    up.
/// 4. The largest index goes first: the share of the target wait used up, plus
///    a mild preference for short services:
///    (now - rank) / target + 0.1 * shortest expected / expected.
/// 5. Equals go by rank.
/// This is an accumulating priority queue (Kleinrock 1964; Stanford, Taylor and
/// Ziedins 2014) whose slope is 1 / target, with a bound.
///
/// `queues` may hold more than those the counter calls from, in any order.
std::optional<Choice> ChooseNext(Office const& office,
                                 CounterSettings const& counter,
                                 std::span<QueueView const> queues,
                                 Timestamp now);

/// Changes `queues` into what they are once `counter` has called the head
/// `ticket`: it is gone, and everyone of the counter's other queues who ranks
/// before it was overtaken once more.
void TakeCalled(Office const& office, CounterSettings const& counter,
                Ticket const& ticket, std::vector<QueueView>& queues);

/// The queues, other than `queue`, whose waiting a call from `queue` at
/// `counter` may overtake; none for a call from the counter's own queue.
std::vector<QueueId> OthersServed(Office const& office,
                                  CounterSettings const& counter,
                                  QueueId const& queue);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_CHOOSE_NEXT_H
