#include "services/ticketing/domain/office_projection.h"
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
          ticket.language};
}

// How an event changes the number of those who wait.
int WaitingDelta(EventKind kind) {
  switch (kind) {
    case EventKind::kTicketIssued:
    case EventKind::kTicketReturned:
      return 1;
    case EventKind::kTicketCalled:
    case EventKind::kTicketCancelled:
      return -1;
    default:
      return 0;
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
    counters_[counter.id] = {counter.id, false, ""};
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
    if (!event.counter->Busy()) {
      counter.number.clear();
    } else if (event.ticket && event.counter->ticket == event.ticket->id) {
      counter.number = event.ticket->number;
    }
    change.counter = counter;
  }
  if (int const delta = WaitingDelta(event.kind); delta != 0) {
    auto& waiting = waiting_[event.ticket->service];
    waiting += delta;
    change.service = ServiceView{event.ticket->service, waiting};
  }
  return change;
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
  std::erase_if(missed_,
                [&](auto const& missed) { return missed.first == ticket.id; });
  if (event.kind == EventKind::kTicketCalled ||
      event.kind == EventKind::kTicketRecalled) {
    std::erase_if(calls_, [&](Called const& called) {
      return called.ticket == ticket.id;
    });
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
  }
  if (event.kind == EventKind::kTicketMarkedAbsent) {
    missed_.emplace_front(ticket.id, ticket.number);
  }
  if (event.kind == EventKind::kTicketReturned) {
    std::erase_if(calls_, [&](Called const& called) {
      return called.ticket == ticket.id;
    });
  }
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
