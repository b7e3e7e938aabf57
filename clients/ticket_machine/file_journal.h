#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_FILE_JOURNAL_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_FILE_JOURNAL_H

#include "clients/ticket_machine/journal.h"
#include "absl/status/statusor.h"
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace madoguchi::ticket_machine {

/// Keeps the journal in a local file that grows by one line for each step.
///
/// The first line names the format; each further line holds all that is known
/// of a press (`FormatPress`), so the last one alone says how things stand. A
/// line is on the disk before `Record` returns. `FILE.lock` keeps a second
/// machine out. Only the owner can read the file: it holds link tokens.
class FileJournal : public Journal {
 public:
  /// What a journal may grow to before what is settled is left out.
  static constexpr std::size_t kCompactAbove = std::size_t{256} * 1024;

  /// Opens the journal at `path`, or begins one.
  ///
  /// A last line that a power cut left unfinished is cut off. A journal that is
  /// damaged otherwise is set aside as `FILE.damaged-N`, and a new one begins
  /// with what is known for sure; `notice` says so. Returns kUnavailable if
  /// another machine holds it, kFailedPrecondition if it is not a journal, and
  /// the system's error if it cannot be read or written.
  static absl::StatusOr<std::unique_ptr<FileJournal>> Open(
      std::string path, std::size_t compact_above = kCompactAbove);
  ~FileJournal() override;
  FileJournal(FileJournal const&) = delete;
  FileJournal& operator=(FileJournal const&) = delete;

  /// A line for staff if the journal was damaged; empty otherwise.
  std::string const& notice() const { return notice_; }

  std::optional<Press> Last() const override { return last_; }
  std::optional<Press> LastPrinted() const override { return last_printed_; }

  /// Returns kResourceExhausted if the disk is full; it may be tried again.
  /// Room for a whole press is taken when it is planned, so a disk that fills
  /// up stops the next press and not this one. Any other error is final until
  /// the journal is opened again: what the disk holds is then not known.
  absl::Status Record(Press const& press) override;

 private:
  FileJournal(std::string path, int lock, std::size_t compact_above)
      : path_(std::move(path)), lock_(lock), compact_above_(compact_above) {}

  absl::Status Load();
  absl::Status SetAside(bool end_is_known);
  /// Puts a new file with `Last` and `LastPrinted` in the place of the old one.
  absl::Status Rewrite();
  void Take(Press const& press);

  std::string const path_;
  int const lock_;
  std::size_t const compact_above_;
  int file_ = -1;
  // Where the last whole line ends.
  std::size_t size_ = 0;
  absl::Status broken_;
  std::string notice_;
  std::optional<Press> last_;
  std::optional<Press> last_printed_;
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_FILE_JOURNAL_H
