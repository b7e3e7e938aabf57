#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_QUEUES_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_QUEUES_H

#include "services/ticketing/domain/ticket.h"
#include <optional>
#include <string_view>
#include <vector>

// The queues of an office. Inside each the order is strict; across them
// ChooseNext decides. A queue's id is
//   renew_self       those who wait for a service,
//   renew_self~en    those of them who speak a language that is routed,
//   @5               those whom staff have sent to counter 5 alone.
namespace madoguchi::ticketing {

/// The queue of `service` for somebody who speaks `language`.
QueueId ServiceQueue(Office const& office, ServiceId const& service,
                     std::string_view language);

/// The queue of those sent to `counter` alone.
QueueId CounterQueue(CounterId const& counter);

/// Whether `queue` is a counter's own.
bool IsCounterQueue(QueueId const& queue);

/// The language that `queue` is for; empty if it is for all.
std::string_view LanguageOf(QueueId const& queue);

/// The service of `queue`; nothing for a counter's own.
std::optional<ServiceId> ServiceOf(QueueId const& queue);

/// All queues that `counter` calls from: its own first, then those of each
/// service it serves.
std::vector<QueueId> QueuesOf(Office const& office,
                              CounterSettings const& counter);

/// All queues of a service.
std::vector<QueueId> QueuesOf(Office const& office, ServiceId const& service);

/// All queues that `office` may have.
std::vector<QueueId> QueuesOf(Office const& office);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_QUEUES_H
