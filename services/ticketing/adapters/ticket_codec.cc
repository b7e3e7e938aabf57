#include "services/ticketing/adapters/ticket_codec.h"
#include "services/base/record.h"
#include "services/base/status_macros.h"
#include "services/ticketing/domain/errors.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <concepts>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace madoguchi::ticketing {
namespace {

// Grows when a field changes its meaning; new ones at the end need no other.
constexpr std::int64_t kFormat = 1;

// In the place of what the store gives to a new ticket.
constexpr std::string_view kNewNumber = "\2";
constexpr std::string_view kNewRank = "\3";

// Letters stay what they are: Redis keeps them.
constexpr char kStates[] = {'W', 'C', 'S', 'D', 'A', 'X', 'H', 'E', 'M'};
constexpr char kEvents[] = {'O', 'I', 'C', 'R', 'S', 'D', 'A', 'B', 'X',
                            'P', 'Q', 'H', 'h', 'r', 'T', 'F', 'M', 'm',
                            'V', 'E', 'U', 'o', 'x', 'K', 'p', 'q'};
constexpr char kActivities[] = {'R', 'P', 'W'};

// Between the items of a list, in one field.
constexpr char kListMark = ',';
// Marks of a ticket, in one field.
constexpr char kPickup = 'p';
constexpr char kTimeUncertain = 'u';
constexpr char kUnqueued = 'q';

// Says what it was, not what it held.
absl::Status Broken(std::string const& what) {
  return error::StoreKeyForeign("The record of a " + what + " is broken.");
}

void WriteServices(RecordWriter& writer,
                   std::vector<ServiceId> const& services) {
  std::string field;
  for (auto const& service : services) {
    for (char const c : PackRecordText(service.value)) {
      if (c == kListMark) {
        field += "%2c";
      } else {
        field.push_back(c);
      }
    }
    field.push_back(kListMark);
  }
  writer.Raw(field);
}

std::vector<ServiceId> ReadServices(RecordReader& reader) {
  std::vector<ServiceId> services;
  for (auto rest = reader.Field(); !rest.empty();) {
    auto const end = rest.find(kListMark);
    auto text = ReadRecordText(rest.substr(0, end));
    reader.Require(end != std::string_view::npos && text.has_value());
    if (!reader.ok()) return {};
    services.push_back({*std::move(text)});
    rest.remove_prefix(end + 1);
  }
  return services;
}

void WriteMarks(RecordWriter& writer, Ticket const& ticket) {
  std::string field;
  if (ticket.pickup) field.push_back(kPickup);
  if (ticket.time_uncertain) field.push_back(kTimeUncertain);
  if (ticket.unqueued) field.push_back(kUnqueued);
  writer.Raw(field);
}

void ReadMarks(RecordReader& reader, Ticket& ticket) {
  for (char const mark : reader.Field()) {
    switch (mark) {
      case kPickup:
        ticket.pickup = true;
        break;
      case kTimeUncertain:
        ticket.time_uncertain = true;
        break;
      case kUnqueued:
        ticket.unqueued = true;
        break;
      default:
        reader.Require(false);
    }
  }
}

void WriteHold(RecordWriter& writer, std::optional<Hold> const& hold) {
  if (!hold) {
    writer.Raw("").Raw("").Raw("").Raw("").Raw("").Raw("");
    return;
  }
  writer.Time(hold->since)
      .Time(hold->deadline)
      .Text(hold->reason)
      .Text(hold->owner.value)
      .Text(hold->counter.value)
      .Raw(hold->to_counter ? "1" : "");
}

std::optional<Hold> ReadHold(RecordReader& reader) {
  auto const since = reader.OptionalTime();
  auto const deadline = reader.OptionalTime();
  Hold hold;
  hold.reason = reader.Text();
  hold.owner.value = reader.Text();
  hold.counter.value = reader.Text();
  auto const to_counter = reader.Field();
  reader.Require(to_counter.empty() || to_counter == "1");
  hold.to_counter = !to_counter.empty();
  reader.Require(since.has_value() == deadline.has_value());
  if (!since || !deadline) {
    reader.Require(hold == Hold());
    return std::nullopt;
  }
  hold.since = *since;
  hold.deadline = *deadline;
  return hold;
}

RecordWriter& BeginTicket(RecordWriter& writer, Ticket const& ticket) {
  return writer.Letter(LetterOf(ticket.state, kStates)).Number(kFormat);
}

// What follows the rank.
RecordWriter& EndTicket(RecordWriter& writer, Ticket const& ticket) {
  writer.Text(ticket.language)
      .Text(ticket.counter.value)
      .Number(ticket.recalls)
      .Time(ticket.called)
      .Time(ticket.serving_started)
      .Time(ticket.ended)
      .Text(ticket.outcome)
      .Later()
      .Text(ticket.queue.value);
  WriteServices(writer, ticket.next_services);
  writer.Time(ticket.queued).Duration(ticket.served);
  WriteMarks(writer, ticket);
  writer.Duration(ticket.head_start).Text(ticket.note);
  WriteHold(writer, ticket.hold);
  if (ticket.carried_over_from) {
    writer.Number(ticket.carried_over_from->yyyymmdd);
  } else {
    writer.Raw("");
  }
  auto const origin = ticket.moved_from.value_or(Origin());
  return writer.Text(origin.office.value).Text(origin.ticket.value);
}

// Up to the ticket.
RecordWriter& BeginCounter(RecordWriter& writer, Counter const& counter) {
  return writer.Number(kFormat)
      .Text(counter.id.value)
      .Number(counter.open ? 1 : 0)
      .Number(counter.session)
      .Text(counter.staff.value);
}

// What follows the ticket.
RecordWriter& EndCounter(RecordWriter& writer, Counter const& counter) {
  writer.Number(counter.version).Later();
  if (counter.activity == CounterActivity::kReady) {
    writer.Raw("");
  } else {
    writer.Letter(LetterOf(counter.activity, kActivities));
  }
  return writer.Text(counter.activity_reason).Time(counter.activity_since);
}

}  // namespace

std::string PackTicket(Ticket const& ticket) {
  RecordWriter writer;
  BeginTicket(writer, ticket)
      .Text(ticket.id.value)
      .Text(ticket.number)
      .Text(ticket.service.value)
      .Number(ticket.version)
      .Time(ticket.arrival)
      .Number(ticket.rank.ms);
  return EndTicket(writer, ticket).Take();
}

std::string PackNewTicket(NewTicket const& issue) {
  auto const& ticket = issue.ticket;
  RecordWriter writer;
  BeginTicket(writer, ticket)
      .Raw(kNewTicketId)
      .Raw(kNewNumber)
      .Text(ticket.service.value)
      .Number(ticket.version)
      .Time(ticket.arrival);
  if (issue.ranked_now) {
    writer.Raw(kNewRank);
  } else {
    writer.Number(ticket.rank.ms);
  }
  return EndTicket(writer, ticket).Take();
}

absl::StatusOr<Ticket> UnpackTicket(std::string_view record) {
  RecordReader reader(record);
  Ticket ticket;
  ticket.state = reader.Letter<TicketState>(kStates);
  reader.Format(kFormat);
  ticket.id.value = reader.Text();
  ticket.number = reader.Text();
  ticket.service.value = reader.Text();
  ticket.version = reader.Number();
  ticket.arrival = reader.Time();
  ticket.rank.ms = reader.Number();
  ticket.language = reader.Text();
  ticket.counter.value = reader.Text();
  ticket.recalls = reader.Number<int>();
  ticket.called = reader.OptionalTime();
  ticket.serving_started = reader.OptionalTime();
  ticket.ended = reader.OptionalTime();
  ticket.outcome = reader.Text();
  reader.Later();
  ticket.queue.value = reader.Text();
  ticket.next_services = ReadServices(reader);
  ticket.queued = reader.OptionalTime();
  ticket.served = reader.Duration();
  ReadMarks(reader, ticket);
  ticket.head_start = reader.Duration();
  ticket.note = reader.Text();
  ticket.hold = ReadHold(reader);
  if (auto const day = reader.Field(); !day.empty()) {
    ticket.carried_over_from = {reader.ToNumber<int>(day)};
  }
  Origin origin{{reader.Text()}, {reader.Text()}};
  if (origin != Origin()) ticket.moved_from = std::move(origin);
  if (!reader.ok()) return Broken("ticket");
  return ticket;
}

std::string PackCounter(Counter const& counter) {
  RecordWriter writer;
  BeginCounter(writer, counter).Text(counter.ticket.value);
  return EndCounter(writer, counter).Take();
}

std::string PackCounterOfNewTicket(Counter const& counter) {
  RecordWriter writer;
  BeginCounter(writer, counter).Raw(kNewTicketId);
  return EndCounter(writer, counter).Take();
}

absl::StatusOr<Counter> UnpackCounter(std::string_view record) {
  RecordReader reader(record);
  Counter counter;
  reader.Format(kFormat);
  counter.id.value = reader.Text();
  auto const open = reader.Number<int>();
  counter.open = open == 1;
  counter.session = reader.Number();
  counter.staff.value = reader.Text();
  counter.ticket.value = reader.Text();
  counter.version = reader.Number();
  reader.Later();
  if (auto const activity = reader.Field(); !activity.empty()) {
    auto const known = FromLetter<CounterActivity>(activity, kActivities);
    reader.Require(known.has_value());
    counter.activity = known.value_or(CounterActivity::kReady);
  }
  counter.activity_reason = reader.Text();
  counter.activity_since = reader.OptionalTime();
  if (!reader.ok() || open < 0 || open > 1) return Broken("counter");
  return counter;
}

std::string PackStep(UndoableStep const& step) {
  auto record = RecordWriter()
                    .Number(kFormat)
                    .Letter(LetterOf(step.kind, kEvents))
                    .Time(step.time)
                    .Number(step.ticket_version)
                    .Number(step.counter_version)
                    .Take();
  record.push_back(kRecordMark);
  record += PackTicket(step.before);
  return record;
}

absl::StatusOr<UndoableStep> UnpackStep(std::string_view record) {
  auto const end = record.find(kRecordMark);
  if (end == std::string_view::npos) return Broken("step");
  RecordReader reader(record.substr(0, end));
  UndoableStep step;
  reader.Format(kFormat);
  step.kind = reader.Letter<EventKind>(kEvents);
  step.time = reader.Time();
  step.ticket_version = reader.Number();
  step.counter_version = reader.Number();
  if (!reader.ok()) return Broken("step");
  MADOGUCHI_ASSIGN_OR_RETURN(step.before, UnpackTicket(record.substr(end + 1)));
  return step;
}

std::string PackSettledBegin(std::string_view command, Outcome const& outcome) {
  auto record = RecordWriter()
                    .Number(kFormat)
                    .Text(command)
                    .Number(outcome.session)
                    .Text(outcome.reason)
                    .Take();
  record.push_back(kRecordMark);
  return record;
}

std::string PackSettled(std::string_view command, Outcome const& outcome) {
  auto record = PackSettledBegin(command, outcome);
  if (outcome.ticket) record += PackTicket(*outcome.ticket);
  if (outcome.arrived) {
    record.push_back(kRecordMark);
    record += PackTicket(*outcome.arrived);
  }
  return record;
}

absl::StatusOr<SettledRequest> UnpackSettled(std::string_view record) {
  auto const end = record.find(kRecordMark);
  if (end == std::string_view::npos) return Broken("request");
  RecordReader reader(record.substr(0, end));
  SettledRequest settled;
  reader.Format(kFormat);
  settled.command = reader.Text();
  settled.outcome.session = reader.Number();
  settled.outcome.reason = reader.Text();
  if (!reader.ok()) return Broken("request");
  auto ticket = record.substr(end + 1);
  auto const ticket_end = ticket.find(kRecordMark);
  if (ticket_end != std::string_view::npos) {
    MADOGUCHI_ASSIGN_OR_RETURN(settled.outcome.arrived,
                               UnpackTicket(ticket.substr(ticket_end + 1)));
    ticket = ticket.substr(0, ticket_end);
  }
  if (!ticket.empty()) {
    MADOGUCHI_ASSIGN_OR_RETURN(settled.outcome.ticket, UnpackTicket(ticket));
  }
  return settled;
}

std::string PackEventHeader(Event const& event) {
  return RecordWriter()
      .Number(kFormat)
      .Letter(LetterOf(event.kind, kEvents))
      .Number(event.day.yyyymmdd)
      .Time(event.time)
      .Text(event.staff.value)
      .Text(event.reason)
      .Later()
      .Text(event.waited_in.value)
      .Text(event.at.value)
      .Text(event.device)
      .Take();
}

absl::StatusOr<Event> UnpackEventHeader(std::string_view record) {
  RecordReader reader(record);
  Event event;
  reader.Format(kFormat);
  event.kind = reader.Letter<EventKind>(kEvents);
  event.day.yyyymmdd = reader.Number<int>();
  event.time = reader.Time();
  event.staff.value = reader.Text();
  event.reason = reader.Text();
  reader.Later();
  event.waited_in.value = reader.Text();
  event.at.value = reader.Text();
  event.device = reader.Text();
  if (!reader.ok()) return Broken("event");
  return event;
}

IssuePieces PackIssue(IssueOrder const& order) {
  Ticket ticket;
  ticket.service = order.service;
  ticket.arrival = order.now;
  ticket.language = order.language;
  if (order.queue.value != order.service.value) ticket.queue = order.queue;
  ticket.next_services = order.next_services;
  // Without id, number and rank the record is `W|1|` `|` middle `0` after.
  auto const record = PackTicket(ticket);
  IssuePieces pieces;
  pieces.before = record.substr(0, record.find('|', 2) + 1);
  auto rank = pieces.before.size() + 1;
  for (int field = 0; field != 4; ++field) rank = record.find('|', rank) + 1;
  pieces.middle =
      record.substr(pieces.before.size() + 1, rank - pieces.before.size() - 1);
  pieces.after = record.substr(rank + 1);
  Event event;
  event.kind = EventKind::kTicketIssued;
  event.day = order.hall.day;
  event.time = order.now;
  event.device = order.device;
  pieces.event = PackEventHeader(event);
  pieces.settled = PackSettled(order.request.command, Outcome());
  return pieces;
}

}  // namespace madoguchi::ticketing
