#ifndef MADOGUCHI_CLIENTS_REPLAY_PROGRESS_H
#define MADOGUCHI_CLIENTS_REPLAY_PROGRESS_H

#include "clients/replay/ledger.h"
#include "services/base/clock.h"
#include "services/office/office.h"
#include <string>

namespace madoguchi::replay {

/// Shows on standard output how the day goes: on a terminal one line that is
/// written over, elsewhere a line for each hour of the office.
class Progress {
 public:
  enum class Style { kTerminal, kLines, kQuiet };

  /// `office` must outlive this.
  Progress(Office const& office, Style style)
      : office_(office), style_(style) {}
  /// Ends a line that was being written over.
  ~Progress();
  Progress(Progress const&) = delete;
  Progress& operator=(Progress const&) = delete;

  /// The style that suits standard output.
  static Style StyleOfOutput();

  void Show(Timestamp now, Ledger::Tally const& tally);

 private:
  Office const& office_;
  Style const style_;
  std::string last_hour_;
  bool line_open_ = false;
};

/// One line, such as `10:42  issued 61  waiting 12  serving 8  completed 41`.
std::string FormatProgress(Office const& office, Timestamp now,
                           Ledger::Tally const& tally);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_PROGRESS_H
