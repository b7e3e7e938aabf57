#include "clients/replay/rebuilt_office.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include <google/protobuf/util/message_differencer.h>
#include <algorithm>
#include <utility>

namespace madoguchi::replay {
namespace {

using google::protobuf::util::MessageDifferencer;
using ticketing::v1::Counter;
using ticketing::v1::Event;
using ticketing::v1::Ticket;

// Of events by which a sweep settles what a closed day left: where their
// tickets waited was on that day.
constexpr char kDayEnded[] = "DAY_ENDED";

bool IsLive(Ticket const& ticket) {
  switch (ticket.state()) {
    case Ticket::COMPLETED:
    case Ticket::CANCELLED:
    case Ticket::EXPIRED:
    case Ticket::MOVED:
      return false;
    default:
      return true;
  }
}

// `renew` of `renew~en`; empty for those sent to one counter, who are not
// counted with a service.
std::string ServiceOf(std::string const& queue) {
  if (queue.empty() || queue.front() == '@') return {};
  return queue.substr(0, queue.find('~'));
}

// As an event carries it.
Ticket WithoutNote(Ticket ticket) {
  ticket.clear_note();
  return ticket;
}

Counter WithoutSettings(Counter counter) {
  counter.clear_label();
  counter.clear_own_waiting_count();
  if (counter.has_ticket()) {
    auto const name = counter.ticket().name();
    counter.mutable_ticket()->Clear();
    counter.mutable_ticket()->set_name(name);
  }
  return counter;
}

// Adds in which fields `listed` is none of `states`, but for the last of them.
template <typename T>
void AddDifferences(std::vector<T> const& states, T const& listed,
                    std::vector<std::string>& found) {
  for (auto const& state : states) {
    if (MessageDifferencer::Equals(state, listed)) return;
  }
  std::string report;
  MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&report);
  differencer.Compare(states.back(), listed);
  for (auto const& line : absl::StrSplit(report, '\n', absl::SkipEmpty())) {
    found.push_back(absl::StrCat(listed.name(), ": ", std::string(line)));
  }
}

}  // namespace

void RebuiltOffice::Apply(Event const& event) {
  if (last_sequence_ != 0 && event.sequence() != last_sequence_ + 1) {
    impossible_.push_back(absl::StrCat("event ", event.sequence(),
                                       " follows event ", last_sequence_));
  }
  last_sequence_ = event.sequence();
  ++events_;
  if (event.kind() == Event::DAY_OPENED) return OpenDay(event.business_day());
  if (event.business_day() != day_) {
    impossible_.push_back(absl::StrCat("event ", event.sequence(), " is of ",
                                       event.business_day(), ", open is ",
                                       day_));
  }
  if (event.has_ticket()) ApplyTicket(event);
  if (event.has_counter_state()) {
    auto& states = counters_[event.counter_state().name()];
    if (!is_listing_) states.clear();
    states.push_back(WithoutSettings(event.counter_state()));
  }
}

void RebuiltOffice::OpenDay(std::string const& day) {
  if (!leftovers_.empty()) {
    impossible_.push_back(absl::StrCat(leftovers_.size(), " tickets of before ",
                                       day_, " were never settled"));
  }
  leftovers_.clear();
  for (auto const& [name, states] : tickets_) {
    if (IsLive(states.back())) leftovers_.insert(name);
  }
  tickets_.clear();
  counters_.clear();
  waiting_.clear();
  day_ = day;
  day_changed_ = is_listing_;
}

void RebuiltOffice::ApplyTicket(Event const& event) {
  auto const& ticket = event.ticket();
  bool const is_swept = event.reason() == kDayEnded;
  if (is_swept) {
    leftovers_.erase(ticket.name());
    // It ended with its day.
    if (event.kind() != Event::TICKET_CARRIED_OVER) return;
  } else {
    Count(event.waited_in(), -1);
  }
  if (ticket.state() == Ticket::WAITING) Count(ticket.queue(), +1);
  auto& states = tickets_[ticket.name()];
  if (states.empty() && is_listing_) new_tickets_.insert(ticket.name());
  if (!states.empty() && ticket.version() != states.back().version() + 1) {
    impossible_.push_back(absl::StrCat(
        "event ", event.sequence(), ": ", ticket.name(), " goes from version ",
        states.back().version(), " to ", ticket.version()));
  }
  if (!is_listing_) states.clear();
  states.push_back(WithoutNote(ticket));
}

void RebuiltOffice::Count(std::string const& queue, int by) {
  auto const service = ServiceOf(queue);
  if (service.empty()) return;
  auto& counts = waiting_[service];
  if (counts.empty()) counts.push_back(0);
  auto const count = counts.back() + by;
  if (!is_listing_) counts.clear();
  counts.push_back(count);
}

void RebuiltOffice::BeginListing() {
  is_listing_ = true;
  day_changed_ = false;
  new_tickets_.clear();
  auto const keep_last = [](auto& all) {
    for (auto& [name, states] : all) states = {states.back()};
  };
  keep_last(tickets_);
  keep_last(counters_);
  keep_last(waiting_);
}

std::vector<std::string> RebuiltOffice::Compare(
    ListedOffice const& listed) const {
  auto found = impossible_;
  std::set<std::string> seen;
  for (auto const& ticket : listed.tickets) {
    seen.insert(ticket.name());
    auto const rebuilt = tickets_.find(ticket.name());
    if (rebuilt == tickets_.end()) {
      found.push_back(ticket.name() + ": is listed, but not in the log");
    } else {
      AddDifferences(rebuilt->second, WithoutNote(ticket), found);
    }
  }
  for (auto const& [name, states] : tickets_) {
    if (seen.contains(name) || new_tickets_.contains(name)) continue;
    found.push_back(name + ": is in the log, but not listed");
  }
  for (auto const& counter : listed.counters) {
    auto const rebuilt = counters_.find(counter.name());
    std::vector<Counter> states;
    if (rebuilt != counters_.end()) states = rebuilt->second;
    // Until its first event of the day it is closed.
    if (states.empty() || states.front().version() == 1) {
      states.insert(states.begin(), Counter())->set_name(counter.name());
    }
    AddDifferences(states, WithoutSettings(counter), found);
  }
  for (auto const& service : listed.services) {
    auto const rebuilt = waiting_.find(service.service());
    auto const counts = rebuilt == waiting_.end() ? std::vector<std::int64_t>{0}
                                                  : rebuilt->second;
    if (std::find(counts.begin(), counts.end(), service.waiting_count()) ==
        counts.end()) {
      found.push_back(absl::StrCat(service.service(), ": ",
                                   service.waiting_count(), " wait as listed, ",
                                   counts.back(), " by the log"));
    }
  }
  return found;
}

}  // namespace madoguchi::replay
