#include "clients/counter_terminal/lists.h"
#include "clients/counter_terminal/panels.h"
#include "clients/counter_terminal/words.h"
#include "clients/terminal/program.h"
#include "clients/terminal/text_width.h"
#include <algorithm>
#include <cstddef>

namespace madoguchi::counter_terminal {

using terminal::PadLeft;
using terminal::PadRight;
using terminal::ShowTime;
using texts::InBoth;
using ticketing::v1::ServiceView;
using ticketing::v1::Ticket;

namespace {

// From here on the lists stand side by side.
constexpr int kSideBySide = 110;
constexpr int kCountColumns = 6;
// More would push the counters off the screen; `k` shows them all.
constexpr std::size_t kParkedShown = 5;
// Looks come every few seconds; older lists must say so.
constexpr absl::Duration kListsStaleAfter = absl::Seconds(20);

std::string NameOfService(ServiceView const& service) {
  return service.display_name().ja().empty() ? service.service()
                                             : service.display_name().ja();
}

int TotalWaiting(Floor const& floor) {
  int total = 0;
  for (auto const& service : floor.services) total += service.waiting_count();
  return total;
}

/// `7人`
std::string People(int count) {
  return texts::TextOf(texts::Language::kJapanese, "counter.floor_people",
                       {{"k", std::to_string(count)}});
}

std::string WaitingTitle(Floor const& floor) {
  return InBoth("state_of_ticket.WAITING") + " " + People(TotalWaiting(floor));
}

void AddWrapped(std::string const& text, int columns,
                std::vector<std::string>& lines) {
  for (auto const& line : terminal::Wrap(text, columns)) lines.push_back(line);
}

void AddParked(FloorLists const& lists, Floor const& floor, int columns,
               std::vector<std::string>& lines) {
  lines.push_back(InBoth("state_of_ticket.ON_HOLD") + " " +
                  People(static_cast<int>(lists.parked.size())));
  std::size_t shown = 0;
  for (auto const& ticket : lists.parked) {
    if (shown++ == kParkedShown) {
      lines.push_back("  " + InBoth("terminal.more") + ": k");
      break;
    }
    lines.push_back(
        terminal::Cut(ParkedLine(ticket, floor.office_time), columns));
  }
}

void AddMissed(FloorLists const& lists, int columns,
               std::vector<std::string>& lines) {
  std::string line = InBoth("terminal.missed") + " " +
                     People(static_cast<int>(lists.missed.size()));
  for (auto const& ticket : lists.missed) line += "  " + ticket.number();
  lines.push_back(terminal::Cut(line, columns));
}

void AddCounters(FloorLists const& lists, Floor const& floor, int columns,
                 std::vector<std::string>& lines) {
  for (auto const& counter : lists.counters) {
    lines.push_back(
        terminal::Cut(CounterLine(counter, floor.office_time), columns));
  }
}

void AddCounterWords(FloorLists const& lists, int columns,
                     std::vector<std::string>& lines) {
  std::vector<std::string> words = {InBoth("terminal.counters") + ":"};
  std::string closed;
  for (auto const& counter : lists.counters) {
    if (counter.open()) {
      words.push_back(CounterWord(counter));
    } else {
      closed += " " + LastPart(counter.name());
    }
  }
  if (!closed.empty()) {
    words.push_back(InBoth("terminal.closed") + ":" + closed);
  }
  for (auto const& line : terminal::Pack(words, columns)) {
    lines.push_back(line);
  }
}

bool AreStale(Floor const& floor) {
  return floor.lists && Between(floor.lists->office_time, floor.office_time) >
                            kListsStaleAfter;
}

}  // namespace

std::string WaitingLine(Floor const& floor) {
  std::string line;
  for (auto const& service : floor.services) {
    // Where nobody waits there is nothing to see in a line as short as this.
    if (service.waiting_count() == 0) continue;
    line +=
        "  " + NameOfService(service) + " " + People(service.waiting_count());
  }
  return WaitingTitle(floor) + ":" + line;
}

std::vector<std::string> FloorPanel(Floor const& floor, int columns) {
  std::vector<std::string> lines;
  if (columns < kSideBySide) {
    AddWrapped(WaitingLine(floor), columns, lines);
    if (!floor.lists) return lines;
    AddCounterWords(*floor.lists, columns, lines);
    AddMissed(*floor.lists, columns, lines);
    AddParked(*floor.lists, floor, columns, lines);
    return lines;
  }
  // The lists of people have more to say than the counts.
  int const left_columns = columns * 2 / 5;
  int const right_columns = columns - left_columns - 3;
  std::vector<std::string> left = {WaitingTitle(floor)};
  for (auto const& service : floor.services) {
    left.push_back(
        "  " +
        PadRight(NameOfService(service), left_columns - kCountColumns - 2) +
        PadLeft(People(service.waiting_count()), kCountColumns));
  }
  std::vector<std::string> right;
  if (floor.lists) {
    AddParked(*floor.lists, floor, right_columns, right);
    AddMissed(*floor.lists, right_columns, right);
    AddCounters(*floor.lists, floor, right_columns, right);
  }
  for (std::size_t i = 0; i != std::max(left.size(), right.size()); ++i) {
    lines.push_back(PadRight(i < left.size() ? left[i] : "", left_columns) +
                    " | " + (i < right.size() ? right[i] : ""));
  }
  return lines;
}

std::string ConnectionLine(Floor const& floor, absl::TimeZone zone) {
  auto const at = ShowTime(floor.office_time, zone, "%H:%M:%S");
  if (!floor.connected) {
    return InBoth("terminal.connection_lost", {{"time", at}}, "  ");
  }
  auto line = InBoth("state.connected") + " " + at;
  if (AreStale(floor)) {
    auto const since = ShowTime(floor.lists->office_time, zone, "%H:%M:%S");
    line += "  " + InBoth("terminal.lists_as_of", {{"time", since}}, "  ");
  }
  return line;
}

}  // namespace madoguchi::counter_terminal
