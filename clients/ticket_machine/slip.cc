#include "clients/ticket_machine/slip.h"
#include "clients/terminal/big_text.h"
#include "clients/terminal/text_width.h"
#include "clients/texts/texts.h"
#include <cstddef>

namespace madoguchi::ticket_machine {

using terminal::DisplayWidth;
using terminal::PadRight;
using texts::Fill;

namespace {

constexpr int kColumns = 44;

/// One line, in the middle of the frame.
std::string Line(std::string const& text) {
  int const free = kColumns - DisplayWidth(text);
  return "|" +
         PadRight(std::string(static_cast<std::size_t>(free / 2), ' ') + text,
                  kColumns) +
         "|\n";
}

std::string Lines(std::string const& text) {
  std::string lines;
  for (auto const& line : terminal::Wrap(text, kColumns - 4)) {
    lines += Line(line);
  }
  return lines;
}

}  // namespace

std::string DrawSlip(Slip const& slip, absl::TimeZone zone) {
  auto const& texts = TextsIn(slip.language);
  auto const arrival =
      absl::FromUnixMillis(slip.arrival_time.time_since_epoch().count());
  std::string const frame =
      "+" + std::string(static_cast<std::size_t>(kColumns), '-') + "+\n";
  std::string drawn = frame + Line(texts.slip_title) + Line("");
  for (auto const& line : terminal::BigText(slip.number)) drawn += Line(line);
  drawn += Line("") + Lines(slip.service_name);
  drawn += Line(ShowDay(absl::ToCivilDay(arrival, zone), slip.language) + "  " +
                absl::FormatTime("%H:%M", arrival, zone));
  if (slip.reprint) drawn += Line(texts.reprint);
  drawn += Line("");
  drawn += Line(Fill(texts.slip_number, {{"n", slip.number}}));
  if (slip.ahead) {
    drawn += Line(Fill(texts.slip_ahead, {{"k", std::to_string(*slip.ahead)}}));
  }
  drawn += Lines(texts.slip_order);
  drawn += Line("") + Lines(texts.assist);
  return drawn + frame;
}

}  // namespace madoguchi::ticket_machine
