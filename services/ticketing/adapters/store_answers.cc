#include "services/ticketing/adapters/store_answers.h"
#include "services/base/status_macros.h"
#include "services/ticketing/adapters/ticket_codec.h"
#include "services/ticketing/domain/errors.h"
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace madoguchi::ticketing {
namespace {

// Of an entry `<sequence>-0`; of none, 0.
absl::StatusOr<std::int64_t> ReadSequence(std::string_view id) {
  if (id.empty()) return 0;
  std::int64_t sequence = 0;
  auto const* const end = id.data() + id.size();
  auto const read = std::from_chars(id.data(), end, sequence);
  if (read.ec != std::errc() ||
      std::string_view(read.ptr, static_cast<std::size_t>(end - read.ptr)) !=
          "-0") {
    return error::StoreKeyForeign("An entry of a log has a strange id.");
  }
  return sequence;
}

absl::StatusOr<Event> ReadEvent(redis::Reply entry) {
  auto const fields = entry[1];
  std::string_view header;
  std::string_view ticket;
  std::string_view counter;
  for (std::size_t i = 0; i + 1 < fields.Size(); i += 2) {
    auto const name = fields[i].Text();
    auto const value = fields[i + 1].Text();
    if (name == "e") header = value;
    if (name == "t") ticket = value;
    if (name == "c") counter = value;
  }
  MADOGUCHI_ASSIGN_OR_RETURN(auto event, UnpackEventHeader(header));
  MADOGUCHI_ASSIGN_OR_RETURN(event.sequence, ReadSequence(entry[0].Text()));
  if (!ticket.empty()) {
    MADOGUCHI_ASSIGN_OR_RETURN(event.ticket, UnpackTicket(ticket));
  }
  if (!counter.empty()) {
    MADOGUCHI_ASSIGN_OR_RETURN(event.counter, UnpackCounter(counter));
  }
  return event;
}

absl::StatusOr<Settled> ReadSettledParts(std::string_view sequence,
                                         std::string_view record) {
  Settled settled;
  std::from_chars(sequence.data(), sequence.data() + sequence.size(),
                  settled.sequence);
  MADOGUCHI_ASSIGN_OR_RETURN(settled.request, UnpackSettled(record));
  return settled;
}

absl::StatusOr<QueueView> ReadQueue(redis::Reply queue) {
  QueueView view;
  view.length = queue[0].Integer();
  for (std::size_t i = 1; i + 1 < queue.Size(); i += 2) {
    MADOGUCHI_ASSIGN_OR_RETURN(auto ticket, UnpackTicket(queue[i].Text()));
    view.first.push_back({std::move(ticket), queue[i + 1].Integer()});
  }
  return view;
}

}  // namespace

absl::Status StatusOfAnswer(redis::Reply answer, BusinessDay day) {
  return StatusOfCode(answer[0].Text(), day);
}

absl::Status StatusOfCode(std::string_view code, BusinessDay day) {
  if (code == "OK") return absl::OkStatus();
  if (code == "ABORTED") return error::LookAgain();
  if (code == "DAY_NOT_OPEN") return error::DayNotOpen(day);
  if (code == "DAY_CLOSED") return error::DayClosed(day);
  return error::StoreError("an answer without a known code");
}

absl::StatusOr<Settled> ReadSettled(redis::Reply answer) {
  return ReadSettledParts(answer[1].Text(), answer[2].Text());
}

absl::StatusOr<Settled> ReadIssued(redis::Reply answer, std::size_t order,
                                   BusinessDay day, SeriesId const& series) {
  auto const code = answer[1 + 2 * order].Text();
  if (code == "SERIES_EXHAUSTED") return error::SeriesExhausted(series);
  auto const record = answer[2 + 2 * order].Text();
  if (record.empty()) return StatusOfCode(code, day);
  return ReadSettledParts(code, record);
}

absl::StatusOr<View> ReadView(redis::Reply answer, LookQuery const& query) {
  View view;
  for (std::size_t i = 0; i != query.requests.size(); ++i) {
    auto const record = answer[1][i];
    auto& settled = view.requests.emplace_back();
    if (record.IsNothing()) continue;
    MADOGUCHI_ASSIGN_OR_RETURN(settled, UnpackSettled(record.Text()));
  }
  for (std::size_t i = 0; i != query.counters.size(); ++i) {
    auto const record = answer[2][i];
    auto& counter = view.counters.emplace_back();
    counter.id = query.counters[i];
    if (record.IsNothing()) continue;
    MADOGUCHI_ASSIGN_OR_RETURN(counter, UnpackCounter(record.Text()));
  }
  for (std::size_t i = 0; i != query.tickets.size(); ++i) {
    auto const record = answer[3][i];
    auto& ticket = view.tickets.emplace_back();
    if (record.IsNothing()) continue;
    MADOGUCHI_ASSIGN_OR_RETURN(ticket, UnpackTicket(record.Text()));
  }
  for (std::size_t i = 0; i != query.services.size(); ++i) {
    MADOGUCHI_ASSIGN_OR_RETURN(auto queue, ReadQueue(answer[4][i]));
    queue.service = query.services[i];
    view.queues.push_back(std::move(queue));
  }
  return view;
}

absl::StatusOr<TicketPage> ReadTicketPage(redis::Reply answer) {
  TicketPage page;
  page.more = answer[1].Integer() == 1;
  auto const records = answer[2];
  for (std::size_t i = 0; i != records.Size(); ++i) {
    MADOGUCHI_ASSIGN_OR_RETURN(auto ticket, UnpackTicket(records[i].Text()));
    page.tickets.push_back(std::move(ticket));
  }
  return page;
}

absl::StatusOr<EventPage> ReadEventPage(redis::Reply answer) {
  EventPage page;
  MADOGUCHI_ASSIGN_OR_RETURN(page.first_sequence,
                             ReadSequence(answer[1].Text()));
  MADOGUCHI_ASSIGN_OR_RETURN(page.last_sequence,
                             ReadSequence(answer[2].Text()));
  MADOGUCHI_ASSIGN_OR_RETURN(page.events, ReadEvents(answer[3]));
  return page;
}

absl::StatusOr<std::vector<Event>> ReadEvents(redis::Reply entries) {
  std::vector<Event> events;
  events.reserve(entries.Size());
  for (std::size_t i = 0; i != entries.Size(); ++i) {
    MADOGUCHI_ASSIGN_OR_RETURN(auto event, ReadEvent(entries[i]));
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace madoguchi::ticketing
