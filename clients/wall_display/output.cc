// The ways out of the program: a plain text, a terminal, a log.
#include "clients/terminal/program.h"
#include "clients/wall_display/screen.h"
#include <algorithm>
#include <string_view>

namespace madoguchi::wall_display {

using ticketing::v1::OfficeEvent;

namespace {

std::string_view Codes(Style style) {
  switch (style) {
    case Style::kNormal:
      return "\x1b[0m";
    case Style::kStrong:
    case Style::kBig:
      return "\x1b[0;1m";
    case Style::kCall:
    case Style::kBigCall:
      return "\x1b[0;1;33m";
    case Style::kDim:
    case Style::kBigDim:
      return "\x1b[0;2m";
    case Style::kBanner:
      return "\x1b[0;1;37;41m";
  }
  return "";
}

bool IsBig(Style style) {
  return style == Style::kBig || style == Style::kBigCall ||
         style == Style::kBigDim;
}

}  // namespace

std::string ToText(std::vector<Line> const& lines) {
  std::string text;
  for (auto const& line : lines) {
    for (auto const& span : line) text += span.text;
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
  }
  return text;
}

std::string ToAnsi(std::vector<Line> const& lines) {
  std::string text = "\x1b[H";
  for (auto const& line : lines) {
    if (&line != &lines.front()) text += "\r\n";
    for (auto const& span : line) {
      text += Codes(span.style);
      if (!IsBig(span.style)) {
        text += span.text;
        continue;
      }
      for (char const dot : span.text) {
        text += dot == '#' ? "\x1b[7m \x1b[27m" : std::string(1, dot);
      }
    }
    text += "\x1b[0m\x1b[K";
  }
  return text + "\x1b[J";
}

std::optional<std::string> PlainLine(ticketing::v1::OfficeUpdate const& update,
                                     bool rings, absl::TimeZone zone) {
  std::string line =
      terminal::ShowTime(update.office_time(), zone, "%H:%M:%S") + " #" +
      std::to_string(update.sequence());
  if (update.has_snapshot()) {
    auto const& snapshot = update.snapshot();
    int waiting = 0;
    for (auto const& service : snapshot.services()) {
      waiting += service.waiting_count();
    }
    return line + (snapshot.reset() ? " RESET" : " SNAPSHOT") +
           " calls=" + std::to_string(snapshot.calls_size()) +
           " missed=" + std::to_string(snapshot.missed_numbers_size()) +
           " waiting=" + std::to_string(waiting) + (rings ? " RING" : "");
  }
  if (!update.has_event()) return std::nullopt;
  auto const& event = update.event();
  line += " " + OfficeEvent::Kind_Name(event.kind());
  if (event.has_call()) {
    line += " " + event.call().number();
    if (!event.call().counter().empty()) {
      line += " -> counter " + event.call().counter();
    }
    if (event.call().pickup()) line += " PICKUP";
    if (event.kind() == OfficeEvent::CORRECTED) {
      line += " is " + ticketing::v1::Ticket::State_Name(event.call().state());
    }
  } else if (event.has_counter()) {
    line += " counter " + event.counter().counter();
    if (event.counter().paused()) line += " PAUSED";
  }
  for (auto const& service : event.services()) {
    line += " (" + service.service() + ": " +
            std::to_string(service.waiting_count()) + " waiting)";
  }
  return line + (rings ? " RING" : "");
}

}  // namespace madoguchi::wall_display
