#include "services/ticketing/adapters/ticket_codec.h"
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

namespace madoguchi::ticketing {
namespace {

// Grows when a field changes its meaning; new ones at the end need no other.
constexpr std::int64_t kFormat = 1;
constexpr std::size_t kUsualRecord = 192;

// Letters stay what they are: Redis keeps them.
constexpr char kStates[] = {'W', 'C', 'S', 'D', 'A', 'X'};
constexpr char kEvents[] = {'O', 'I', 'C', 'R', 'S', 'D',
                            'A', 'B', 'X', 'P', 'Q'};

template <typename Enum, std::size_t size>
char LetterOf(Enum value, char const (&letters)[size]) {
  return letters[static_cast<std::size_t>(value)];
}

template <typename Enum, std::size_t size>
std::optional<Enum> FromLetter(std::string_view text,
                               char const (&letters)[size]) {
  for (std::size_t i = 0; i != size; ++i) {
    if (text.size() == 1 && text[0] == letters[i]) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

constexpr char kHex[] = "0123456789abcdef";

// `~` parts a request from its ticket.
bool IsSpecial(char c) {
  return c == '|' || c == '%' || c == '~' ||
         static_cast<unsigned char>(c) < ' ';
}

void AppendText(std::string& record, std::string_view text) {
  // As a rule nothing is special.
  auto const first = std::find_if(text.begin(), text.end(), IsSpecial);
  record.append(text.begin(), first);
  text.remove_prefix(static_cast<std::size_t>(first - text.begin()));
  for (char const c : text) {
    if (!IsSpecial(c)) {
      record.push_back(c);
      continue;
    }
    auto const byte = static_cast<unsigned char>(c);
    record.push_back('%');
    record.push_back(kHex[byte >> 4U]);
    record.push_back(kHex[byte & 15U]);
  }
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::optional<std::string> ReadText(std::string_view field) {
  // As a rule nothing is special.
  if (std::none_of(field.begin(), field.end(), IsSpecial)) {
    return std::string(field);
  }
  std::string text;
  text.reserve(field.size());
  for (std::size_t i = 0; i != field.size(); ++i) {
    if (field[i] != '%') {
      if (IsSpecial(field[i])) return std::nullopt;
      text.push_back(field[i]);
      continue;
    }
    if (field.size() - i < 3) return std::nullopt;
    int const high = HexDigit(field[i + 1]);
    int const low = HexDigit(field[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    text.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return text;
}

class Writer {
 public:
  Writer() { record_.reserve(kUsualRecord); }

  Writer& Letter(char letter) {
    Separate();
    record_.push_back(letter);
    return *this;
  }
  Writer& Text(std::string_view text) {
    Separate();
    AppendText(record_, text);
    return *this;
  }
  Writer& Number(std::int64_t number) {
    Separate();
    std::array<char, 24> text;
    auto* const end =
        std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    record_.append(text.data(), end);
    return *this;
  }
  Writer& Time(Timestamp time) {
    return Number(time.time_since_epoch().count());
  }
  Writer& Time(std::optional<Timestamp> const& time) {
    return time ? Time(*time) : Text("");
  }

  std::string Take() { return std::move(record_); }

 private:
  void Separate() {
    if (begun_) record_.push_back('|');
    begun_ = true;
  }

  std::string record_;
  bool begun_ = false;
};

// Reads fields one after another; `ok` tells afterwards whether all were there.
class Reader {
 public:
  explicit Reader(std::string_view record) : rest_(record) {}

  std::string_view Field() {
    if (ended_) {
      ok_ = false;
      return {};
    }
    auto const end = rest_.find('|');
    auto const field = rest_.substr(0, end);
    ended_ = end == std::string_view::npos;
    if (!ended_) rest_.remove_prefix(end + 1);
    return field;
  }
  std::string Text() {
    auto text = ReadText(Field());
    ok_ = ok_ && text.has_value();
    return ok_ ? *std::move(text) : std::string();
  }
  template <std::integral Integer = std::int64_t>
  Integer Number() {
    return ToNumber<Integer>(Field());
  }
  Timestamp Time() { return Timestamp(std::chrono::milliseconds(Number())); }
  std::optional<Timestamp> OptionalTime() {
    auto const field = Field();
    if (field.empty()) return std::nullopt;
    return Timestamp(std::chrono::milliseconds(ToNumber<std::int64_t>(field)));
  }
  template <typename Enum, std::size_t size>
  Enum Letter(char const (&letters)[size]) {
    auto const value = FromLetter<Enum>(Field(), letters);
    ok_ = ok_ && value.has_value();
    return value.value_or(Enum());
  }
  void Format() { ok_ = Number() == kFormat && ok_; }

  bool ok() const { return ok_; }

 private:
  template <std::integral Integer>
  Integer ToNumber(std::string_view field) {
    Integer number = 0;
    auto const end = field.data() + field.size();
    auto const read = std::from_chars(field.data(), end, number);
    ok_ = ok_ && read.ec == std::errc() && read.ptr == end;
    return number;
  }

  std::string_view rest_;
  bool ended_ = false;
  bool ok_ = true;
};

// Says what it was, not what it held.
absl::Status Broken(std::string const& what) {
  return error::StoreKeyForeign("The record of a " + what + " is broken.");
}

}  // namespace

std::string PackTicket(Ticket const& ticket) {
  return Writer()
      .Letter(LetterOf(ticket.state, kStates))
      .Number(kFormat)
      .Text(ticket.id.value)
      .Text(ticket.number)
      .Text(ticket.service.value)
      .Number(ticket.version)
      .Time(ticket.arrival)
      .Number(ticket.rank.ms)
      .Text(ticket.language)
      .Text(ticket.counter.value)
      .Number(ticket.recalls)
      .Time(ticket.called)
      .Time(ticket.serving_started)
      .Time(ticket.ended)
      .Text(ticket.outcome)
      .Take();
}

absl::StatusOr<Ticket> UnpackTicket(std::string_view record) {
  Reader reader(record);
  Ticket ticket;
  ticket.state = reader.Letter<TicketState>(kStates);
  reader.Format();
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
  if (!reader.ok()) return Broken("ticket");
  return ticket;
}

std::string PackCounter(Counter const& counter) {
  return Writer()
      .Number(kFormat)
      .Text(counter.id.value)
      .Number(counter.open ? 1 : 0)
      .Number(counter.session)
      .Text(counter.staff.value)
      .Text(counter.ticket.value)
      .Number(counter.version)
      .Take();
}

absl::StatusOr<Counter> UnpackCounter(std::string_view record) {
  Reader reader(record);
  Counter counter;
  reader.Format();
  counter.id.value = reader.Text();
  auto const open = reader.Number<int>();
  counter.open = open == 1;
  counter.session = reader.Number();
  counter.staff.value = reader.Text();
  counter.ticket.value = reader.Text();
  counter.version = reader.Number();
  if (!reader.ok() || open < 0 || open > 1) return Broken("counter");
  return counter;
}

std::string PackSettled(std::string_view command, Outcome const& outcome) {
  auto record = Writer()
                    .Number(kFormat)
                    .Text(command)
                    .Number(outcome.session)
                    .Text(outcome.reason)
                    .Take();
  record.push_back('~');
  if (outcome.ticket) record += PackTicket(*outcome.ticket);
  return record;
}

absl::StatusOr<SettledRequest> UnpackSettled(std::string_view record) {
  auto const end = record.find('~');
  if (end == std::string_view::npos) return Broken("request");
  Reader reader(record.substr(0, end));
  SettledRequest settled;
  reader.Format();
  settled.command = reader.Text();
  settled.outcome.session = reader.Number();
  settled.outcome.reason = reader.Text();
  if (!reader.ok()) return Broken("request");
  auto const ticket = record.substr(end + 1);
  if (!ticket.empty()) {
    MADOGUCHI_ASSIGN_OR_RETURN(settled.outcome.ticket, UnpackTicket(ticket));
  }
  return settled;
}

std::string PackEventHeader(Event const& event) {
  return Writer()
      .Number(kFormat)
      .Letter(LetterOf(event.kind, kEvents))
      .Number(event.day.yyyymmdd)
      .Time(event.time)
      .Text(event.staff.value)
      .Text(event.reason)
      .Take();
}

absl::StatusOr<Event> UnpackEventHeader(std::string_view record) {
  Reader reader(record);
  Event event;
  reader.Format();
  event.kind = reader.Letter<EventKind>(kEvents);
  event.day.yyyymmdd = reader.Number<int>();
  event.time = reader.Time();
  event.staff.value = reader.Text();
  event.reason = reader.Text();
  if (!reader.ok()) return Broken("event");
  return event;
}

IssuePieces PackIssue(IssueOrder const& order) {
  Ticket ticket;
  ticket.service = order.service;
  ticket.arrival = order.now;
  ticket.language = order.language;
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
  pieces.event = PackEventHeader(event);
  pieces.settled = PackSettled(order.request.command, Outcome());
  AppendText(pieces.number_prefix, order.series.prefix);
  return pieces;
}

}  // namespace madoguchi::ticketing
