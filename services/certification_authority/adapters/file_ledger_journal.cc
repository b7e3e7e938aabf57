#include "services/certification_authority/adapters/file_ledger_journal.h"
#include "services/certification_authority/adapters/issuance_line.h"
#include "services/disk/whole_file.h"
#include <sys/file.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace madoguchi::certification_authority {
namespace {

constexpr std::string_view kHeader = "madoguchi-issuance-ledger 1\n";

absl::Status FileFailed(std::string const& what, std::string const& path) {
  return absl::InternalError(what + " " + path + ": " + std::strerror(errno));
}

}  // namespace

absl::StatusOr<std::unique_ptr<FileLedgerJournal>> FileLedgerJournal::Open(
    std::string path) {
  int const file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return FileFailed("Cannot open", path);
  std::unique_ptr<FileLedgerJournal> journal(
      new FileLedgerJournal(std::move(path), file));
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    return absl::UnavailableError("Another server uses " + journal->path_ +
                                  "; give each its own --data.");
  }
  if (auto status = journal->Load(); !status.ok()) return status;
  return journal;
}

FileLedgerJournal::~FileLedgerJournal() { close(file_); }

absl::Status FileLedgerJournal::Begin() {
  if (ftruncate(file_, 0) != 0 || !disk::WriteAll(file_, kHeader, 0) ||
      fdatasync(file_) != 0) {
    return FileFailed("Cannot write", path_);
  }
  size_ = kHeader.size();
  return disk::SyncFolderOf(path_)
             ? absl::OkStatus()
             : FileFailed("Cannot sync the folder of", path_);
}

absl::Status FileLedgerJournal::Load() {
  std::string bytes;
  if (!disk::ReadAll(file_, bytes)) return FileFailed("Cannot read", path_);
  // Also one that was killed while it wrote its first line.
  if (kHeader.starts_with(bytes) && bytes != kHeader) return Begin();
  if (!bytes.starts_with(kHeader)) {
    return absl::FailedPreconditionError(
        path_ + " is not a ledger of this version. Name another --data.");
  }
  size_ = kHeader.size();
  while (size_ != bytes.size()) {
    auto const end = bytes.find('\n', size_);
    auto const line = std::string_view(bytes).substr(size_, end - size_);
    // A power cut leaves the last line short, or with blocks that were never
    // written.
    if (end == std::string::npos ||
        (end + 1 == bytes.size() && line.find('\0') != std::string_view::npos))
      break;
    auto issuance = ParseIssuance(line);
    auto const place = static_cast<std::int64_t>(kept_.size()) + 1;
    if (!issuance || issuance->sequence != place) {
      return absl::FailedPreconditionError(path_ + ":" +
                                           std::to_string(place + 1) +
                                           ": damaged. Name another --data.");
    }
    kept_.push_back(*std::move(issuance));
    size_ = end + 1;
  }
  if (size_ != bytes.size() && ftruncate(file_, static_cast<off_t>(size_)) != 0)
    return FileFailed("Cannot shorten", path_);
  return fdatasync(file_) == 0 ? absl::OkStatus()
                               : FileFailed("Cannot sync", path_);
}

absl::Status FileLedgerJournal::Append(Issuance const& issuance) {
  if (!broken_.ok()) return broken_;
  auto const line = FormatIssuance(issuance) + "\n";
  if (!disk::WriteAll(file_, line, size_)) {
    return broken_ = FileFailed("Cannot write", path_);
  }
  // After a failed sync the kernel calls the pages clean: a second try would
  // succeed and prove nothing.
  if (fdatasync(file_) != 0) return broken_ = FileFailed("Cannot sync", path_);
  size_ += line.size();
  return absl::OkStatus();
}

}  // namespace madoguchi::certification_authority
