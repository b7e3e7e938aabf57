#include "services/ticketing/rpc/convert.h"
#include "services/rpc/proto_time.h"
#include "services/ticketing/rpc/names.h"
#include <chrono>

namespace madoguchi::ticketing {
namespace {

v1::Event::Kind ToProto(EventKind kind) {
  switch (kind) {
    case EventKind::kDayOpened:
      return v1::Event::DAY_OPENED;
    case EventKind::kTicketIssued:
      return v1::Event::TICKET_ISSUED;
    case EventKind::kTicketCalled:
      return v1::Event::TICKET_CALLED;
    case EventKind::kTicketRecalled:
      return v1::Event::TICKET_RECALLED;
    case EventKind::kServingStarted:
      return v1::Event::SERVING_STARTED;
    case EventKind::kTicketCompleted:
      return v1::Event::TICKET_COMPLETED;
    case EventKind::kTicketMarkedAbsent:
      return v1::Event::TICKET_MARKED_ABSENT;
    case EventKind::kTicketReturned:
      return v1::Event::TICKET_RETURNED;
    case EventKind::kTicketCancelled:
      return v1::Event::TICKET_CANCELLED;
    case EventKind::kCounterOpened:
      return v1::Event::COUNTER_OPENED;
    case EventKind::kCounterClosed:
      return v1::Event::COUNTER_CLOSED;
    case EventKind::kTicketHeld:
      return v1::Event::TICKET_HELD;
    case EventKind::kHoldEnded:
      return v1::Event::HOLD_ENDED;
    case EventKind::kServingResumed:
      return v1::Event::SERVING_RESUMED;
    case EventKind::kTicketTransferred:
      return v1::Event::TICKET_TRANSFERRED;
    case EventKind::kServiceFinished:
      return v1::Event::SERVICE_FINISHED;
    case EventKind::kTicketMoved:
      return v1::Event::TICKET_MOVED;
    case EventKind::kTicketArrived:
      return v1::Event::TICKET_ARRIVED;
    case EventKind::kVisitorServed:
      return v1::Event::VISITOR_SERVED;
    case EventKind::kTicketEdited:
      return v1::Event::TICKET_EDITED;
    case EventKind::kStepUndone:
      return v1::Event::STEP_UNDONE;
    case EventKind::kFinishOverdue:
      return v1::Event::FINISH_OVERDUE;
    case EventKind::kTicketExpired:
      return v1::Event::TICKET_EXPIRED;
    case EventKind::kTicketCarriedOver:
      return v1::Event::TICKET_CARRIED_OVER;
    case EventKind::kCounterPaused:
      return v1::Event::COUNTER_PAUSED;
    case EventKind::kCounterResumed:
      return v1::Event::COUNTER_RESUMED;
  }
  return v1::Event::KIND_UNSPECIFIED;
}

v1::CallReason::Code ToProto(CallReason reason) {
  switch (reason) {
    case CallReason::kNobodyWaits:
      return v1::CallReason::NOBODY_WAITS;
    case CallReason::kOnlyServiceWaiting:
      return v1::CallReason::ONLY_SERVICE_WAITING;
    case CallReason::kOvertakenToLimit:
      return v1::CallReason::OVERTAKEN_TO_LIMIT;
    case CallReason::kPreferredService:
      return v1::CallReason::PREFERRED_SERVICE;
    case CallReason::kLongestShareOfTarget:
      return v1::CallReason::LONGEST_SHARE_OF_TARGET;
    case CallReason::kSentToCounter:
      return v1::CallReason::SENT_TO_COUNTER;
    case CallReason::kByNumber:
      return v1::CallReason::BY_NUMBER;
  }
  return v1::CallReason::CODE_UNSPECIFIED;
}

v1::Ticket::Hold ToProto(OfficeId const& office, Hold const& hold) {
  v1::Ticket::Hold proto;
  proto.set_reason(hold.reason);
  proto.set_owner(hold.owner.value);
  proto.set_counter(FormatCounterName(office, hold.counter));
  *proto.mutable_start_time() = rpc::TimeToProto(hold.since);
  *proto.mutable_deadline_time() = rpc::TimeToProto(hold.deadline);
  proto.set_to_counter(hold.to_counter);
  return proto;
}

v1::Counter::Activity ToProto(CounterActivity activity) {
  switch (activity) {
    case CounterActivity::kReady:
      return v1::Counter::READY;
    case CounterActivity::kPaused:
      return v1::Counter::PAUSED;
    case CounterActivity::kWrapUp:
      return v1::Counter::WRAP_UP;
  }
  return v1::Counter::ACTIVITY_UNSPECIFIED;
}

}  // namespace

v1::LocalizedText ToProto(LocalizedText const& text) {
  v1::LocalizedText proto;
  proto.set_ja(text.ja);
  proto.set_ja_easy(text.ja_easy);
  proto.set_en(text.en);
  return proto;
}

v1::Ticket::State ToProto(TicketState state) {
  switch (state) {
    case TicketState::kWaiting:
      return v1::Ticket::WAITING;
    case TicketState::kCalled:
      return v1::Ticket::CALLED;
    case TicketState::kServing:
      return v1::Ticket::SERVING;
    case TicketState::kCompleted:
      return v1::Ticket::COMPLETED;
    case TicketState::kAbsent:
      return v1::Ticket::ABSENT;
    case TicketState::kCancelled:
      return v1::Ticket::CANCELLED;
    case TicketState::kOnHold:
      return v1::Ticket::ON_HOLD;
    case TicketState::kExpired:
      return v1::Ticket::EXPIRED;
    case TicketState::kMoved:
      return v1::Ticket::MOVED;
  }
  return v1::Ticket::STATE_UNSPECIFIED;
}

v1::Ticket ToProto(OfficeId const& office, Ticket const& ticket) {
  v1::Ticket proto;
  proto.set_name(FormatTicketName(office, ticket.id));
  proto.set_number(ticket.number);
  proto.set_service(ticket.service.value);
  proto.set_state(ToProto(ticket.state));
  *proto.mutable_arrival_time() = rpc::TimeToProto(ticket.arrival);
  if (!ticket.counter.value.empty()) {
    proto.set_counter(FormatCounterName(office, ticket.counter));
  }
  proto.set_version(ticket.version);
  proto.set_language(ticket.language);
  proto.set_recall_count(ticket.recalls);
  if (ticket.called)
    *proto.mutable_call_time() = rpc::TimeToProto(*ticket.called);
  if (ticket.serving_started) {
    *proto.mutable_serving_start_time() =
        rpc::TimeToProto(*ticket.serving_started);
  }
  if (ticket.ended) *proto.mutable_end_time() = rpc::TimeToProto(*ticket.ended);
  proto.set_outcome(ticket.outcome);
  if (ticket.queued)
    *proto.mutable_queue_time() = rpc::TimeToProto(*ticket.queued);
  for (auto const& service : ticket.next_services) {
    proto.add_next_services(service.value);
  }
  if (ticket.served.count() != 0) {
    *proto.mutable_served_duration() = rpc::DurationToProto(ticket.served);
  }
  proto.set_pickup(ticket.pickup);
  proto.set_time_uncertain(ticket.time_uncertain);
  proto.set_unqueued(ticket.unqueued);
  if (ticket.carried_over_from) {
    proto.set_carried_over_from(
        std::to_string(ticket.carried_over_from->yyyymmdd));
  }
  if (ticket.moved_from) {
    proto.set_moved_from(
        FormatTicketName(ticket.moved_from->office, ticket.moved_from->ticket));
  }
  return proto;
}

v1::Ticket ToServiceProto(OfficeId const& office, Ticket const& ticket) {
  auto proto = ToProto(office, ticket);
  proto.set_queue(QueueOf(ticket).value);
  proto.set_rank(ticket.rank.ms);
  proto.set_assist(IsAssisted(ticket));
  proto.set_noted(!ticket.note.empty());
  if (ticket.hold) *proto.mutable_hold() = ToProto(office, *ticket.hold);
  return proto;
}

v1::Ticket ToStaffProto(OfficeId const& office, Ticket const& ticket) {
  auto proto = ToServiceProto(office, ticket);
  proto.set_note(ticket.note);
  return proto;
}

v1::Counter ToProto(OfficeId const& office, Counter const& counter) {
  v1::Counter proto;
  proto.set_name(FormatCounterName(office, counter.id));
  proto.set_open(counter.open);
  proto.set_staff(counter.staff.value);
  proto.set_session(counter.session);
  proto.set_version(counter.version);
  if (counter.open && !counter.Busy()) {
    proto.set_activity(ToProto(counter.activity));
  }
  proto.set_activity_reason(counter.activity_reason);
  if (counter.activity_since) {
    *proto.mutable_activity_start_time() =
        rpc::TimeToProto(*counter.activity_since);
  }
  if (counter.Busy()) {
    proto.mutable_ticket()->set_name(FormatTicketName(office, counter.ticket));
  }
  return proto;
}

v1::Counter ToProto(Office const& office, CounterStatus const& status) {
  auto proto = ToProto(office.id, status.counter);
  if (auto const* settings = office.FindCounter(status.counter.id)) {
    *proto.mutable_label() = ToProto(settings->label);
  }
  proto.clear_ticket();
  if (status.ticket) {
    *proto.mutable_ticket() = ToStaffProto(office.id, *status.ticket);
  }
  proto.set_own_waiting_count(static_cast<int>(status.own_waiting));
  return proto;
}

v1::Service ToProto(Service const& service, std::int64_t waiting) {
  v1::Service proto;
  proto.set_service(service.id.value);
  *proto.mutable_display_name() = ToProto(service.display_name);
  proto.set_waiting_count(static_cast<int>(waiting));
  proto.mutable_expected_duration()->set_seconds(
      std::chrono::seconds(service.expected).count());
  return proto;
}

v1::CallReason ToProto(CallReason reason, Office const& office,
                       std::optional<Ticket> const& ticket) {
  v1::CallReason proto;
  proto.set_code(ToProto(reason));
  *proto.mutable_text() = ToProto(InWords(reason, office, ticket));
  return proto;
}

v1::Event ToProto(OfficeId const& office, Event const& event) {
  v1::Event proto;
  proto.set_sequence(event.sequence);
  proto.set_kind(ToProto(event.kind));
  *proto.mutable_office_time() = rpc::TimeToProto(event.time);
  proto.set_business_day(std::to_string(event.day.yyyymmdd));
  if (event.ticket) {
    *proto.mutable_ticket() = ToServiceProto(office, *event.ticket);
    proto.set_rank(event.ticket->rank.ms);
  }
  if (!event.at.value.empty()) {
    proto.set_counter(FormatCounterName(office, event.at));
  }
  if (event.counter) {
    proto.set_counter(FormatCounterName(office, event.counter->id));
    proto.set_session(event.counter->session);
    *proto.mutable_counter_state() = ToProto(office, *event.counter);
  }
  proto.set_waited_in(event.waited_in.value);
  proto.set_device(event.device);
  proto.set_staff(event.staff.value);
  proto.set_reason(event.reason);
  return proto;
}

v1::Call ToProto(CallView const& call) {
  v1::Call proto;
  proto.set_sequence(call.sequence);
  proto.set_number(call.number);
  proto.set_service(call.service.value);
  proto.set_counter(call.counter.value);
  *proto.mutable_call_time() = rpc::TimeToProto(call.call_time);
  proto.set_recall_count(call.recalls);
  proto.set_state(ToProto(call.state));
  proto.set_language(call.language);
  proto.set_pickup(call.pickup);
  return proto;
}

v1::CounterView ToProto(CounterView const& counter, Office const& office) {
  v1::CounterView proto;
  proto.set_counter(counter.counter.value);
  if (auto const* settings = office.FindCounter(counter.counter)) {
    *proto.mutable_label() = ToProto(settings->label);
  }
  proto.set_open(counter.open);
  proto.set_number(counter.number);
  proto.set_paused(counter.paused);
  return proto;
}

v1::ServiceView ToProto(ServiceView const& service, Office const& office) {
  v1::ServiceView proto;
  proto.set_service(service.service.value);
  if (auto const* settings = office.FindService(service.service)) {
    *proto.mutable_display_name() = ToProto(settings->display_name);
  }
  proto.set_waiting_count(static_cast<int>(service.waiting));
  return proto;
}

v1::OfficeSnapshot ToProto(HallPicture const& picture, Office const& office,
                           bool reset) {
  v1::OfficeSnapshot proto;
  proto.set_reset(reset);
  for (auto const& call : picture.calls) *proto.add_calls() = ToProto(call);
  for (auto const& number : picture.missed) proto.add_missed_numbers(number);
  for (auto const& counter : picture.counters) {
    *proto.add_counters() = ToProto(counter, office);
  }
  for (auto const& service : picture.services) {
    *proto.add_services() = ToProto(service, office);
  }
  *proto.mutable_office_name() = ToProto(office.display_name);
  return proto;
}

v1::OfficeEvent::Kind ToDisplayKind(EventKind kind) {
  switch (kind) {
    case EventKind::kTicketIssued:
    case EventKind::kTicketCancelled:
    case EventKind::kHoldEnded:
    case EventKind::kTicketArrived:
    case EventKind::kTicketEdited:
    case EventKind::kTicketCarriedOver:
    // Nothing that the hall sees; staff are told by the ticket's flag.
    case EventKind::kFinishOverdue:
      return v1::OfficeEvent::WAITING_CHANGED;
    case EventKind::kTicketCalled:
      return v1::OfficeEvent::CALLED;
    case EventKind::kTicketRecalled:
      return v1::OfficeEvent::RECALLED;
    case EventKind::kServingStarted:
    case EventKind::kServingResumed:
      return v1::OfficeEvent::SERVING;
    case EventKind::kTicketCompleted:
      return v1::OfficeEvent::COMPLETED;
    case EventKind::kTicketMarkedAbsent:
      return v1::OfficeEvent::ABSENT;
    case EventKind::kTicketReturned:
      return v1::OfficeEvent::RETURNED;
    case EventKind::kCounterOpened:
      return v1::OfficeEvent::COUNTER_OPENED;
    case EventKind::kCounterClosed:
      return v1::OfficeEvent::COUNTER_CLOSED;
    case EventKind::kTicketHeld:
    case EventKind::kTicketTransferred:
    case EventKind::kServiceFinished:
    case EventKind::kTicketMoved:
    case EventKind::kTicketExpired:
      return v1::OfficeEvent::LEFT;
    case EventKind::kStepUndone:
      return v1::OfficeEvent::CORRECTED;
    case EventKind::kVisitorServed:
    case EventKind::kCounterPaused:
    case EventKind::kCounterResumed:
      return v1::OfficeEvent::COUNTER_CHANGED;
    case EventKind::kDayOpened:
      return v1::OfficeEvent::DAY_OPENED;
  }
  return v1::OfficeEvent::KIND_UNSPECIFIED;
}

}  // namespace madoguchi::ticketing
