#include "clients/ticket_machine/file_journal.h"
#include "services/disk/whole_file.h"
#include <sys/file.h>
#include <sys/stat.h>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>
#include <utility>

namespace madoguchi::ticket_machine {
namespace {

constexpr std::string_view kHeader = "madoguchi-ticket-machine-journal 1\n";

// More than the lines of one press take, at four to ten lines of some 500
// bytes.
constexpr off_t kRoomForAPress = off_t{16} * 1024;

absl::Status Failed(std::string const& what, std::string const& path) {
  int const error = errno;
  auto const text = what + " " + path + ": " + std::strerror(error);
  // EFBIG: a limit on the size of files, which the next compaction may undo.
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
    return absl::ResourceExhaustedError(text);
  }
  return absl::InternalError(text);
}

}  // namespace

absl::StatusOr<std::unique_ptr<FileJournal>> FileJournal::Open(
    std::string path, std::size_t compact_above) {
  // Apart from the journal itself, whose file changes when it is compacted.
  auto const lock_path = path + ".lock";
  int const lock = open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) return Failed("Cannot open", lock_path);
  std::unique_ptr<FileJournal> journal(
      new FileJournal(std::move(path), lock, compact_above));
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    return absl::UnavailableError("Another ticket machine uses " +
                                  journal->path_ +
                                  "; each machine has a journal of its own.");
  }
  if (auto status = journal->Load(); !status.ok()) return status;
  return journal;
}

FileJournal::~FileJournal() {
  if (file_ >= 0) close(file_);
  close(lock_);
}

void FileJournal::Take(Press const& press) {
  last_ = press;
  if (press.step == Step::kPrinted) last_printed_ = press;
}

absl::Status FileJournal::Load() {
  file_ = open(path_.c_str(), O_RDWR | O_CLOEXEC);
  if (file_ < 0 && errno == ENOENT) return Rewrite();
  if (file_ < 0) return Failed("Cannot open", path_);
  // A device might never end.
  struct stat about {};
  if (fstat(file_, &about) != 0 || !S_ISREG(about.st_mode)) {
    return absl::FailedPreconditionError(path_ + " is not a file.");
  }
  std::string bytes;
  if (!disk::ReadAll(file_, bytes)) return Failed("Cannot read", path_);
  // Somebody may have made the file beforehand, with the right owner.
  if (bytes.empty()) return Rewrite();
  if (!bytes.starts_with(kHeader)) {
    return absl::FailedPreconditionError(
        path_ + " is not a ticket machine's journal of this version.");
  }
  size_ = kHeader.size();
  bool damaged = false;
  bool end_is_known = true;
  while (size_ != bytes.size()) {
    auto const end = bytes.find('\n', size_);
    auto const line = std::string_view(bytes).substr(size_, end - size_);
    auto const press =
        end == std::string::npos ? std::nullopt : ParsePress(line);
    // A power cut leaves the last line short, or with blocks that were never
    // written. What it was to announce has not been done.
    bool const torn =
        end == std::string::npos ||
        (end + 1 == bytes.size() && line.find('\0') != std::string_view::npos);
    if (!press && torn) break;
    if (press) Take(*press);
    damaged = damaged || !press;
    end_is_known = press.has_value();
    size_ = end + 1;
  }
  if (damaged) return SetAside(end_is_known);
  if (size_ != bytes.size() && ftruncate(file_, static_cast<off_t>(size_)) != 0)
    return Failed("Cannot shorten", path_);
  return fdatasync(file_) == 0 ? absl::OkStatus()
                               : Failed("Cannot sync", path_);
}

absl::Status FileJournal::SetAside(bool end_is_known) {
  std::string aside;
  for (int i = 1; aside.empty() || std::filesystem::exists(aside); ++i) {
    aside = path_ + ".damaged-" + std::to_string(i);
  }
  // A second name, not another one: at no moment is there no journal.
  if (link(path_.c_str(), aside.c_str()) != 0) {
    return Failed("Cannot set aside", path_);
  }
  notice_ = "The journal was damaged and is kept as " + aside + ".";
  if (!end_is_known) {
    bool const open = last_ && IsOpen(*last_);
    if (open) last_->doubtful = true;
    notice_ += open ? " Its last press is not known for sure."
                    : " A number may have been issued that was not printed.";
  }
  close(std::exchange(file_, -1));
  return Rewrite();
}

absl::Status FileJournal::Rewrite() {
  std::string bytes(kHeader);
  if (last_printed_ && last_printed_ != last_) {
    bytes += FormatPress(*last_printed_) + "\n";
  }
  if (last_) bytes += FormatPress(*last_) + "\n";
  auto const temporary = path_ + ".new";
  int const file =
      open(temporary.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return Failed("Cannot open", temporary);
  if (!disk::WriteAll(file, bytes, 0) || fdatasync(file) != 0 ||
      std::rename(temporary.c_str(), path_.c_str()) != 0) {
    auto status = Failed("Cannot write", temporary);
    close(file);
    unlink(temporary.c_str());
    return status;
  }
  if (file_ >= 0) close(file_);
  file_ = file;
  size_ = bytes.size();
  return disk::SyncFolderOf(path_) ? absl::OkStatus()
                                   : Failed("Cannot sync the folder of", path_);
}

absl::Status FileJournal::Record(Press const& press) {
  if (!broken_.ok()) return broken_;
  if (press.step == Step::kPlanned) {
    if (size_ > compact_above_) {
      // A full disk has no room for the new file; the old one still serves.
      auto const status = Rewrite();
      if (!status.ok() && !absl::IsResourceExhausted(status)) {
        return broken_ = status;
      }
    }
    if (fallocate(file_, FALLOC_FL_KEEP_SIZE, static_cast<off_t>(size_),
                  kRoomForAPress) != 0 &&
        (errno == ENOSPC || errno == EDQUOT)) {
      return Failed("No room in", path_);
    }
  }
  auto const line = FormatPress(press) + "\n";
  if (!disk::WriteAll(file_, line, size_)) {
    auto status = Failed("Cannot write", path_);
    // What a full disk took of the line goes again, so that the next fits.
    if (ftruncate(file_, static_cast<off_t>(size_)) != 0 ||
        !absl::IsResourceExhausted(status)) {
      broken_ = status;
    }
    return status;
  }
  // After a failed sync the kernel calls the pages clean: a second try would
  // succeed and prove nothing.
  if (fdatasync(file_) != 0) return broken_ = Failed("Cannot sync", path_);
  size_ += line.size();
  Take(press);
  return absl::OkStatus();
}

}  // namespace madoguchi::ticket_machine
