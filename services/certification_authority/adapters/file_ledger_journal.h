#ifndef MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_ADAPTERS_FILE_LEDGER_JOURNAL_H
#define MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_ADAPTERS_FILE_LEDGER_JOURNAL_H

#include "services/certification_authority/domain/issuance_ledger.h"
#include "absl/status/statusor.h"
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::certification_authority {

/// Keeps the ledger in a file that grows by a line for each decision, which is
/// on the disk before `Append` returns. The first line names the format. Used
/// by one thread.
class FileLedgerJournal : public LedgerJournal {
 public:
  /// Opens the journal at `path`, or begins one.
  ///
  /// A last line that a kill or a power cut left unfinished is cut off: nobody
  /// was told of it. Returns kUnavailable if another server holds the file,
  /// kFailedPrecondition if it is not a journal or is damaged otherwise (a
  /// judge must not go on from a guess), and kInternal if it cannot be read or
  /// written.
  static absl::StatusOr<std::unique_ptr<FileLedgerJournal>> Open(
      std::string path);
  ~FileLedgerJournal() override;
  FileLedgerJournal(FileLedgerJournal const&) = delete;
  FileLedgerJournal& operator=(FileLedgerJournal const&) = delete;

  /// Hands over what the file held when it was opened, in order, once.
  std::vector<Issuance> TakeKept() { return std::move(kept_); }

  absl::Status Append(Issuance const& issuance) override;

 private:
  FileLedgerJournal(std::string path, int file)
      : path_(std::move(path)), file_(file) {}

  absl::Status Load();
  absl::Status Begin();

  std::string const path_;
  int const file_;
  // Where the last whole line ends.
  std::size_t size_ = 0;
  absl::Status broken_;
  std::vector<Issuance> kept_;
};

}  // namespace madoguchi::certification_authority

#endif  // MADOGUCHI_SERVICES_CERTIFICATION_AUTHORITY_ADAPTERS_FILE_LEDGER_JOURNAL_H
