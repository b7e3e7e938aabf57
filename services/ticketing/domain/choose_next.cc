#include "services/ticketing/domain/choose_next.h"
#include "services/ticketing/domain/queues.h"
#include <algorithm>
#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <tuple>
#include <utility>

namespace madoguchi::ticketing {
namespace {

// A mild shortest-first tie-break, at most a tenth of a target wait.
constexpr double kShortestFirst = 0.1;

constexpr std::array<std::pair<CallReason, std::string_view>, 7> kCodes = {{
    {CallReason::kNobodyWaits, "NOBODY_WAITS"},
    {CallReason::kOnlyServiceWaiting, "ONLY_SERVICE_WAITING"},
    {CallReason::kOvertakenToLimit, "OVERTAKEN_TO_LIMIT"},
    {CallReason::kPreferredService, "PREFERRED_SERVICE"},
    {CallReason::kLongestShareOfTarget, "LONGEST_SHARE_OF_TARGET"},
    {CallReason::kSentToCounter, "SENT_TO_COUNTER"},
    {CallReason::kByNumber, "BY_NUMBER"},
}};

struct Head {
  Waiting const* waiting;
  Preference preference;
  double index;
};

using Minutes = std::chrono::duration<double, std::ratio<60>>;

double ShareOfTarget(Service const& service, Rank rank, Timestamp now) {
  Minutes const waited = now - Timestamp(std::chrono::milliseconds(rank.ms));
  return waited / Minutes(service.target_wait);
}

double Index(Service const& service, std::chrono::minutes shortest, Rank rank,
             Timestamp now) {
  return ShareOfTarget(service, rank, now) +
         kShortestFirst * (Minutes(shortest) / Minutes(service.expected));
}

// A counter leaves those who speak another language to counters that speak it
// too, but not beyond their target wait: nobody may be able to.
Preference PreferenceFor(CounterSettings const& counter,
                         ServedService const& served, Service const& service,
                         QueueView const& queue, Timestamp now) {
  auto const language = LanguageOf(queue.queue);
  bool const spoken =
      language.empty() ||
      std::find(counter.languages.begin(), counter.languages.end(), language) !=
          counter.languages.end();
  bool const waits_too_long =
      ShareOfTarget(service, queue.first.front().ticket.rank, now) >= 1;
  return spoken || waits_too_long ? served.preference : Preference::kLast;
}

QueueView const* FindQueue(std::span<QueueView const> queues,
                           QueueId const& id) {
  auto const found =
      std::find_if(queues.begin(), queues.end(),
                   [&](QueueView const& each) { return each.queue == id; });
  return found == queues.end() || found->first.empty() ? nullptr : &*found;
}

// Sorts the head that goes first to the front.
bool GoesBefore(Head const& a, Head const& b) {
  if (a.preference != b.preference) return a.preference < b.preference;
  if (a.index != b.index) return a.index > b.index;
  return CallOrderOf(a.waiting->ticket) < CallOrderOf(b.waiting->ticket);
}

Head const* EarliestAtLimit(std::vector<Head> const& heads, int limit) {
  Head const* earliest = nullptr;
  for (auto const& head : heads) {
    if (head.waiting->overtakes < limit) continue;
    if (earliest == nullptr || CallOrderOf(head.waiting->ticket) <
                                   CallOrderOf(earliest->waiting->ticket)) {
      earliest = &head;
    }
  }
  return earliest;
}

std::vector<Head> HeadsFor(Office const& office, CounterSettings const& counter,
                           std::span<QueueView const> queues, Timestamp now) {
  auto shortest = std::chrono::minutes::max();
  for (auto const& served : counter.serves) {
    shortest = std::min(shortest, office.FindService(served.service)->expected);
  }
  std::vector<Head> heads;
  for (auto const& served : counter.serves) {
    auto const& service = *office.FindService(served.service);
    for (auto const& queue : queues) {
      if (queue.first.empty() || ServiceOf(queue.queue) != served.service) {
        continue;
      }
      auto const& first = queue.first.front();
      heads.push_back({&first,
                       PreferenceFor(counter, served, service, queue, now),
                       Index(service, shortest, first.ticket.rank, now)});
    }
  }
  return heads;
}

}  // namespace

std::string_view CodeOf(CallReason reason) {
  for (auto const& [each, code] : kCodes) {
    if (each == reason) return code;
  }
  return "";
}

std::optional<CallReason> CallReasonOf(std::string_view code) {
  for (auto const& [reason, each] : kCodes) {
    if (each == code) return reason;
  }
  return std::nullopt;
}

LocalizedText InWords(CallReason reason, Office const& office,
                      std::optional<Ticket> const& ticket) {
  auto const waited = [&] {
    if (!ticket || !ticket->called) return std::string("0");
    return std::to_string(std::chrono::duration_cast<std::chrono::minutes>(
                              *ticket->called - ticket->arrival)
                              .count());
  }();
  switch (reason) {
    case CallReason::kNobodyWaits:
      return {"この窓口でお呼びする方はいません",
              "待(ま)っている人(ひと)はいません",
              "Nobody waits for this counter"};
    case CallReason::kOnlyServiceWaiting:
      return {"この窓口の業務で先頭の方です(待ち" + waited + "分)",
              "いちばん前(まえ)の人(ひと)です(" + waited + "分(ふん))",
              "First in the only service waiting (" + waited + " min)"};
    case CallReason::kOvertakenToLimit: {
      auto const limit = std::to_string(office.call_policy.overtaking_limit);
      return {"他の業務の方に" + limit + "回追い越されたため、先にお呼びします",
              "ほかの人(ひと)が" + limit +
                  "回(かい)先(さき)でした。次(つぎ)はこの人です",
              "Overtaken " + limit + " times by other services: goes first"};
    }
    case CallReason::kPreferredService:
      return {"この窓口が優先する業務です(待ち" + waited + "分)",
              "この窓口(まどぐち)で先(さき)にする用事(ようじ)です(" + waited +
                  "分(ふん))",
              "A service this counter takes first (" + waited + " min)"};
    case CallReason::kLongestShareOfTarget: {
      auto const* const service =
          ticket ? office.FindService(ticket->service) : nullptr;
      auto const target = service == nullptr
                              ? "0"
                              : std::to_string(service->target_wait.count());
      return {"目標に対して最も長くお待ちです(待ち" + waited + "分・目標" +
                  target + "分)",
              "いちばん長(なが)く待(ま)っています(" + waited + "分(ふん))",
              "Has used up most of the target wait (" + waited + " of " +
                  target + " min)"};
    }
    case CallReason::kSentToCounter:
      return {"この窓口へご案内した方です(待ち" + waited + "分)",
              "この窓口(まどぐち)に来(き)てもらう人(ひと)です(" + waited +
                  "分(ふん))",
              "Was sent to this counter (" + waited + " min)"};
    case CallReason::kByNumber:
      return {"番号を指定してお呼びしました(順番外)",
              "番号(ばんごう)をえらんで、よびました",
              "Called by number, out of turn"};
  }
  return {};
}

std::optional<Choice> ChooseNext(Office const& office,
                                 CounterSettings const& counter,
                                 std::span<QueueView const> queues,
                                 Timestamp now) {
  if (auto const* own = FindQueue(queues, CounterQueue(counter.id))) {
    return Choice{own->first.front().ticket, CallReason::kSentToCounter};
  }
  auto const heads = HeadsFor(office, counter, queues, now);
  if (heads.empty()) return std::nullopt;
  if (heads.size() == 1) {
    return Choice{heads.front().waiting->ticket,
                  CallReason::kOnlyServiceWaiting};
  }
  if (auto const* due =
          EarliestAtLimit(heads, office.call_policy.overtaking_limit)) {
    return Choice{due->waiting->ticket, CallReason::kOvertakenToLimit};
  }
  auto const& first = *std::min_element(heads.begin(), heads.end(), GoesBefore);
  bool const preferred = std::any_of(
      heads.begin(), heads.end(),
      [&](Head const& head) { return head.preference != first.preference; });
  return Choice{first.waiting->ticket, preferred
                                           ? CallReason::kPreferredService
                                           : CallReason::kLongestShareOfTarget};
}

void TakeCalled(Office const& office, CounterSettings const& counter,
                Ticket const& ticket, std::vector<QueueView>& queues) {
  auto const called = QueueOf(ticket);
  auto const others = OthersServed(office, counter, called);
  for (auto& queue : queues) {
    if (queue.queue == called) {
      std::erase_if(queue.first, [&](Waiting const& waiting) {
        return waiting.ticket.id == ticket.id;
      });
      --queue.length;
    } else if (std::find(others.begin(), others.end(), queue.queue) !=
               others.end()) {
      for (auto& waiting : queue.first) {
        if (waiting.ticket.rank < ticket.rank) ++waiting.overtakes;
      }
    }
  }
}

std::vector<QueueId> OthersServed(Office const& office,
                                  CounterSettings const& counter,
                                  QueueId const& queue) {
  if (IsCounterQueue(queue)) return {};
  auto others = QueuesOf(office, counter);
  std::erase_if(others, [&](QueueId const& other) {
    return other == queue || IsCounterQueue(other);
  });
  return others;
}

}  // namespace madoguchi::ticketing
