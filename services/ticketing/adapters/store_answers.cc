#include "services/ticketing/adapters/store_answers.h"
#include "services/base/status_macros.h"
#include "services/ticketing/adapters/ticket_codec.h"
#include "services/ticketing/domain/errors.h"
#include <charconv>
#include <chrono>
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

absl::StatusOr<std::vector<Ticket>> ReadTickets(redis::Reply records) {
  std::vector<Ticket> tickets;
  tickets.reserve(records.Size());
  for (std::size_t i = 0; i != records.Size(); ++i) {
    MADOGUCHI_ASSIGN_OR_RETURN(auto ticket, UnpackTicket(records[i].Text()));
    tickets.push_back(std::move(ticket));
  }
  return tickets;
}

absl::StatusOr<Timestamp> ReadMs(std::string_view score) {
  std::int64_t ms = 0;
  auto const* const end = score.data() + score.size();
  auto const read = std::from_chars(score.data(), end, ms);
  if (read.ec != std::errc() || read.ptr != end) {
    return error::StoreKeyForeign("What is due has a strange time.");
  }
  return Timestamp(std::chrono::milliseconds(ms));
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

absl::Status StatusOfAnswer(redis::Reply answer, Hall const& hall) {
  return StatusOfCode(answer[0].Text(), hall);
}

absl::Status StatusOfCode(std::string_view code, Hall const& hall) {
  if (code == "OK") return absl::OkStatus();
  if (code == "ABORTED") return error::LookAgain();
  if (code == "DAY_NOT_OPEN") return error::DayNotOpen(hall.office, hall.day);
  if (code == "DAY_CLOSED") return error::DayClosed(hall.day);
  if (code == "DAY_SWEEPING") return error::DaySweeping(hall.office, hall.day);
  return error::StoreError("an answer without a known code");
}

absl::Status StatusOfSettling(redis::Reply answer,
                              Settlement const& settlement) {
  auto const code = answer[0].Text();
  // Said of the new ticket and its hall.
  if (settlement.issue && answer[1].Text() == "new") {
    auto const& issue = *settlement.issue;
    return code == "SERIES_EXHAUSTED" ? error::SeriesExhausted(issue.series.id)
                                      : StatusOfCode(code, issue.hall);
  }
  if (settlement.counter && code == "NUMBER_TAKEN") {
    return error::NothingToUndo(settlement.counter->after.id);
  }
  return StatusOfCode(code, settlement.hall);
}

absl::StatusOr<Settled> ReadSettled(redis::Reply answer) {
  return ReadSettledParts(answer[1].Text(), answer[2].Text());
}

absl::StatusOr<Settled> ReadIssued(redis::Reply answer, std::size_t order,
                                   Hall const& hall, SeriesId const& series) {
  auto const code = answer[1 + 2 * order].Text();
  if (code == "SERIES_EXHAUSTED") return error::SeriesExhausted(series);
  auto const record = answer[2 + 2 * order].Text();
  if (record.empty()) return StatusOfCode(code, hall);
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
  for (std::size_t i = 0; i != query.queues.size(); ++i) {
    MADOGUCHI_ASSIGN_OR_RETURN(auto queue, ReadQueue(answer[4][i]));
    queue.queue = query.queues[i];
    view.queues.push_back(std::move(queue));
  }
  if (query.undo_at && !answer[5].IsNothing()) {
    MADOGUCHI_ASSIGN_OR_RETURN(view.undo, UnpackStep(answer[5].Text()));
  }
  return view;
}

absl::StatusOr<DueView> ReadDue(redis::Reply answer) {
  DueView view;
  view.day.yyyymmdd = static_cast<int>(answer[1].Integer());
  auto const sweeping = static_cast<int>(answer[2].Integer());
  if (sweeping != 0) view.sweeping = {sweeping};
  view.carry_over = answer[4].Integer() == 1;
  auto const entries = answer[3];
  for (std::size_t i = 0; i + 1 < entries.Size(); i += 2) {
    MADOGUCHI_ASSIGN_OR_RETURN(auto const ms, ReadMs(entries[i + 1].Text()));
    auto entry = DueEntryOf(entries[i].Text(), ms);
    // Another's kind, of a later release.
    if (entry) view.entries.push_back(*std::move(entry));
  }
  return view;
}

absl::StatusOr<SweepView> ReadSweep(redis::Reply answer) {
  SweepView view;
  view.cursor = answer[1].Text();
  view.next = answer[2].Text();
  MADOGUCHI_ASSIGN_OR_RETURN(view.tickets, ReadTickets(answer[3]));
  return view;
}

absl::StatusOr<std::optional<Ticket>> ReadFound(redis::Reply answer) {
  if (answer[1].IsNothing()) return std::nullopt;
  MADOGUCHI_ASSIGN_OR_RETURN(auto ticket, UnpackTicket(answer[1].Text()));
  return std::optional<Ticket>(std::move(ticket));
}

absl::StatusOr<TicketPage> ReadTicketPage(redis::Reply answer) {
  TicketPage page;
  page.more = answer[1].Integer() == 1;
  MADOGUCHI_ASSIGN_OR_RETURN(page.tickets, ReadTickets(answer[2]));
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
