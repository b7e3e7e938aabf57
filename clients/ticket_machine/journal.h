#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_JOURNAL_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_JOURNAL_H

#include "clients/ticket_machine/press.h"
#include "absl/status/status.h"
#include <optional>

namespace madoguchi::ticket_machine {

/// Remembers how far the machine's presses went. Used by one thread.
class Journal {
 public:
  virtual ~Journal() = default;

  /// The press recorded last; nothing if there was none.
  virtual std::optional<Press> Last() const = 0;

  /// The last one that a visitor has the number of, for a reprint.
  virtual std::optional<Press> LastPrinted() const = 0;

  /// Records `press`. After OK it outlives a power cut. After an error `Last`
  /// is what it was; the record may yet turn up when the machine starts again.
  virtual absl::Status Record(Press const& press) = 0;
};

/// Forgets everything when the program ends: for a machine without paper.
class MemoryJournal : public Journal {
 public:
  std::optional<Press> Last() const override { return last_; }
  std::optional<Press> LastPrinted() const override { return last_printed_; }
  absl::Status Record(Press const& press) override {
    last_ = press;
    if (press.step == Step::kPrinted) last_printed_ = press;
    return absl::OkStatus();
  }

 private:
  std::optional<Press> last_;
  std::optional<Press> last_printed_;
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_JOURNAL_H
