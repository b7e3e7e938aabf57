#include "clients/counter_terminal/screen.h"
#include "clients/terminal/text_width.h"
#include "clients/texts/texts.h"
#include <algorithm>
#include <cstddef>
#include <utility>

namespace madoguchi::counter_terminal {
namespace {

using Lines = std::vector<std::string>;

// Room for what is said of one press, whatever the lists take.
constexpr std::size_t kMessagesAtLeast = 2;

Lines Wrapped(std::string const& text, int columns) {
  return terminal::Wrap(text, columns);
}

void Append(Lines& lines, Lines more) {
  for (auto& line : more) lines.push_back(std::move(line));
}

/// The last `count` lines, or all.
Lines Last(Lines lines, std::size_t count) {
  if (lines.size() > count) {
    lines.erase(lines.begin(),
                lines.end() - static_cast<std::ptrdiff_t>(count));
  }
  return lines;
}

}  // namespace

Lines Legend(Desk const& desk, int columns) {
  Lines keys;
  for (auto const command : LawfulCommands(desk)) {
    if (IsAlwaysShown(command)) keys.push_back(KeyOf(command));
  }
  return terminal::Pack(keys, columns);
}

Lines Screen(Desk const& desk, CaseBoard const& cases, Floor const& floor,
             Lines const& messages, Settings const& settings, MachineTime now,
             terminal::Size size) {
  int const columns = std::max(size.columns, 1);
  auto const room = static_cast<std::size_t>(std::max(size.lines, 1));
  std::string const rule(static_cast<std::size_t>(columns), '-');

  Lines head =
      Wrapped(texts::InBoth("display.sign", {{"c", desk.counter}}) + " (" +
                  desk.staff + ")   " + ConnectionLine(floor, settings.zone),
              columns);
  Append(head, TicketPanel(desk, floor, columns));
  Append(head, Prompts(desk, floor, settings, now, columns));
  Append(head, CasePanel(cases, desk, columns));
  head.push_back(rule);

  Lines foot = {rule};
  Append(foot, Legend(desk, columns));

  Lines said;
  for (auto const& message : messages) {
    Append(said, Wrapped(message, columns));
  }

  auto const fixed = head.size() + foot.size() + 1;
  auto const left = room > fixed ? room - fixed : 0;
  said = Last(std::move(said), std::max(left, kMessagesAtLeast));
  auto lists = FloorPanel(floor, columns);
  lists.resize(
      std::min(lists.size(),
               left - std::min(left, std::max(said.size(), kMessagesAtLeast))));

  Lines lines = std::move(head);
  if (!lists.empty()) {
    Append(lines, std::move(lists));
    if (!said.empty()) lines.push_back(rule);
  }
  Append(lines, std::move(said));
  Append(lines, std::move(foot));
  lines.resize(std::min(lines.size(), room));
  return lines;
}

}  // namespace madoguchi::counter_terminal
