#include "services/ticketing/domain/office_projection.h"
#include "services/ticketing/domain/queues.h"
#include <algorithm>
#include <utility>

namespace madoguchi::ticketing {
namespace {

CallView ViewOf(Event const& event) {
  auto const& ticket = *event.ticket;
  return {event.sequence,
          ticket.number,
          ticket.service,
          ticket.counter,
          ticket.called.value_or(event.time),
          ticket.recalls,
          ticket.state,
          ticket.language,
          ticket.pickup};
}

// Whether the number is no longer on its way to a counter, nor at one, nor to
// be told that it was missed.
bool HasLeft(EventKind kind) {
  switch (kind) {
    case EventKind::kTicketReturned:
    case EventKind::kTicketHeld:
    case EventKind::kTicketTransferred:
    case EventKind::kServiceFinished:
    case EventKind::kTicketMoved:
    case EventKind::kTicketExpired:
      return true;
    default:
      return false;
  }
}

}  // namespace

OfficeProjection::OfficeProjection(Office const& office) : office_(office) {
  Clear();
}

void OfficeProjection::Clear() {
  calls_.clear();
  missed_.clear();
  counters_.clear();
  waiting_.clear();
  for (auto const& counter : office_.counters) {
    counters_[counter.id] = {counter.id, false, "", false};
  }
}

std::optional<PictureChange> OfficeProjection::Apply(Event const& event) {
  if (event.sequence <= sequence_) return std::nullopt;
  sequence_ = event.sequence;
  PictureChange change{event.sequence, event.kind, {}, {}, {}};
  if (event.kind == EventKind::kDayOpened) {
    Clear();
    return change;
  }
  if (event.ticket) change.call = ApplyTicket(event);
  if (event.counter) {
    auto& counter = counters_[event.counter->id];
    counter.counter = event.counter->id;
    counter.open = event.counter->open;
    counter.paused = event.counter->activity == CounterActivity::kPaused;
    if (!event.counter->Busy()) {
      counter.number.clear();
    } else if (event.ticket && event.counter->ticket == event.ticket->id) {
      counter.number = event.ticket->number;
    }
    change.counter = counter;
  }
  if (event.ticket) {
    if (event.reason != kDayEndedReason) {
      CountWaiting(event.waited_in, -1, change);
    }
    if (event.ticket->state == TicketState::kWaiting) {
      CountWaiting(QueueOf(*event.ticket), +1, change);
    }
  }
  return change;
}

void OfficeProjection::CountWaiting(QueueId const& queue, int delta,
                                    PictureChange& change) {
  auto const service = ServiceOf(queue);
  if (!service || service->value.empty()) return;
  auto& waiting = waiting_[*service];
  waiting += delta;
  std::erase_if(change.services, [&](ServiceView const& view) {
    return view.service == *service;
  });
  change.services.push_back({*service, waiting});
}

void OfficeProjection::ForgetCall(TicketId const& ticket) {
  std::erase_if(calls_,
                [&](Called const& called) { return called.ticket == ticket; });
}

CallView* OfficeProjection::FindCall(TicketId const& ticket) {
  auto const at = std::find_if(
      calls_.begin(), calls_.end(),
      [&](Called const& called) { return called.ticket == ticket; });
  return at == calls_.end() ? nullptr : &at->view;
}

std::optional<CallView> OfficeProjection::ApplyTicket(Event const& event) {
  auto const& ticket = *event.ticket;
  auto view = ViewOf(event);
  if (ticket.state != TicketState::kAbsent) {
    std::erase_if(
        missed_, [&](auto const& missed) { return missed.first == ticket.id; });
  }
  if (event.kind == EventKind::kTicketCalled ||
      event.kind == EventKind::kTicketRecalled) {
    ForgetCall(ticket.id);
    calls_.push_front({ticket.id, view});
    ForgetOldCalls(event.time);
    return view;
  }
  // Its sequence stays that of the call: a display that has announced it must
  // not announce it again.
  view.sequence = 0;
  if (auto* call = FindCall(ticket.id)) {
    call->state = ticket.state;
    view.sequence = call->sequence;
  } else if (event.kind == EventKind::kStepUndone &&
             (ticket.state == TicketState::kCalled ||
              ticket.state == TicketState::kServing)) {
    // A transfer took it off the list; nobody is called again.
    calls_.push_front({ticket.id, view});
    ForgetOldCalls(event.time);
  }
  if (event.kind == EventKind::kTicketMarkedAbsent) {
    missed_.emplace_front(ticket.id, ticket.number);
  }
  if (HasLeft(event.kind)) ForgetCall(ticket.id);
  return view;
}

void OfficeProjection::ForgetOldCalls(Timestamp now) {
  while (calls_.size() > kCallsHeld ||
         (calls_.size() > kCallsShown &&
          calls_.back().view.call_time + kCallsRemembered < now)) {
    calls_.pop_back();
  }
}

HallPicture OfficeProjection::Picture(Timestamp now) const {
  HallPicture picture;
  picture.sequence = sequence_;
  for (auto const& called : calls_) {
    if (picture.calls.size() >= kCallsShown &&
        called.view.call_time + kCallsRemembered < now) {
      break;
    }
    picture.calls.push_back(called.view);
  }
  for (auto const& [id, number] : missed_) picture.missed.push_back(number);
  for (auto const& counter : office_.counters) {
    picture.counters.push_back(counters_.at(counter.id));
  }
  for (auto const& service : office_.services) {
    auto const at = waiting_.find(service.id);
    picture.services.push_back(
        {service.id, at == waiting_.end() ? 0 : at->second});
  }
  return picture;
}

}  // namespace madoguchi::ticketing
