#include "clients/replay/progress.h"
#include "absl/strings/str_format.h"
#include <cstdio>
#include <unistd.h>

namespace madoguchi::replay {

Progress::~Progress() {
  if (line_open_) std::fputs("\n", stdout);
}

Progress::Style Progress::StyleOfOutput() {
  return isatty(STDOUT_FILENO) == 1 ? Style::kTerminal : Style::kLines;
}

void Progress::Show(Timestamp now, Ledger::Tally const& tally) {
  if (style_ == Style::kQuiet) return;
  auto const line = FormatProgress(office_, now, tally);
  if (style_ == Style::kTerminal) {
    // Erases what a longer line before may have left.
    std::printf("\r%s\x1b[K", line.c_str());
    line_open_ = true;
  } else {
    auto const hour = WallClock(office_, now).substr(0, 2);
    if (hour == last_hour_) return;
    last_hour_ = hour;
    std::printf("%s\n", line.c_str());
  }
  std::fflush(stdout);
}

std::string FormatProgress(Office const& office, Timestamp now,
                           Ledger::Tally const& tally) {
  return absl::StrFormat(
      "%s  issued %d  waiting %d  serving %d  completed %d  absent %d  "
      "cancelled %d",
      WallClock(office, now), tally.issued, tally.waiting,
      tally.called + tally.serving, tally.completed, tally.absent,
      tally.cancelled);
}

}  // namespace madoguchi::replay
