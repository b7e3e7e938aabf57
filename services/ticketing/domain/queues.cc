#include "services/ticketing/domain/queues.h"
#include <algorithm>
#include <string>

namespace madoguchi::ticketing {
namespace {

constexpr char kCounterMark = '@';
constexpr char kLanguageMark = '~';

}  // namespace

QueueId ServiceQueue(Office const& office, ServiceId const& service,
                     std::string_view language) {
  auto const& routed = office.routed_languages;
  if (std::find(routed.begin(), routed.end(), language) == routed.end()) {
    return {service.value};
  }
  return {service.value + kLanguageMark + std::string(language)};
}

QueueId CounterQueue(CounterId const& counter) {
  return {kCounterMark + counter.value};
}

bool IsCounterQueue(QueueId const& queue) {
  return !queue.value.empty() && queue.value.front() == kCounterMark;
}

std::string_view LanguageOf(QueueId const& queue) {
  auto const mark = queue.value.find(kLanguageMark);
  if (mark == std::string::npos) return {};
  return std::string_view(queue.value).substr(mark + 1);
}

std::optional<ServiceId> ServiceOf(QueueId const& queue) {
  if (IsCounterQueue(queue)) return std::nullopt;
  return ServiceId{queue.value.substr(0, queue.value.find(kLanguageMark))};
}

std::vector<QueueId> QueuesOf(Office const& office,
                              CounterSettings const& counter) {
  std::vector<QueueId> queues = {CounterQueue(counter.id)};
  for (auto const& served : counter.serves) {
    auto const parts = QueuesOf(office, served.service);
    queues.insert(queues.end(), parts.begin(), parts.end());
  }
  return queues;
}

std::vector<QueueId> QueuesOf(Office const& office, ServiceId const& service) {
  std::vector<QueueId> queues = {{service.value}};
  for (auto const& language : office.routed_languages) {
    queues.push_back(ServiceQueue(office, service, language));
  }
  return queues;
}

std::vector<QueueId> QueuesOf(Office const& office) {
  std::vector<QueueId> queues;
  for (auto const& service : office.services) {
    auto const parts = QueuesOf(office, service.id);
    queues.insert(queues.end(), parts.begin(), parts.end());
  }
  for (auto const& counter : office.counters) {
    queues.push_back(CounterQueue(counter.id));
  }
  return queues;
}

}  // namespace madoguchi::ticketing
