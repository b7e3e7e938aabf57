#include "tests/support/small_disk.h"
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sched.h>
#include <unistd.h>

namespace madoguchi::testing {
namespace {

absl::Status DiskFailed(std::string const& what) {
  auto const text = what + ": " + std::strerror(errno);
  return errno == EPERM || errno == EACCES ? absl::PermissionDeniedError(text)
                                           : absl::UnavailableError(text);
}

// From now on what this thread mounts is seen by nobody else.
absl::Status SeparateMounts() {
  if (unshare(CLONE_NEWNS) != 0) return DiskFailed("unshare");
  if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return DiskFailed("making the mounts private");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<SmallDisk>> SmallDisk::Mount(
    std::int64_t bytes) {
  if (auto separated = SeparateMounts(); !separated.ok()) return separated;
  auto pattern =
      (std::filesystem::temp_directory_path() / "madoguchi-disk-XXXXXX")
          .string();
  if (mkdtemp(pattern.data()) == nullptr)
    return DiskFailed("no temporary folder");
  auto const size = "size=" + std::to_string(bytes);
  if (mount("tmpfs", pattern.c_str(), "tmpfs", 0, size.c_str()) != 0) {
    auto const failed = DiskFailed("mounting a tmpfs");
    std::filesystem::remove(pattern);
    return failed;
  }
  return std::unique_ptr<SmallDisk>(new SmallDisk(pattern));
}

SmallDisk::~SmallDisk() {
  umount2(path_.c_str(), MNT_DETACH);
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

std::int64_t SmallDisk::Free() const {
  struct statvfs disk {};
  if (statvfs(path_.c_str(), &disk) != 0) return 0;
  return static_cast<std::int64_t>(disk.f_bavail * disk.f_frsize);
}

absl::Status SmallDisk::LeaveFree(std::int64_t bytes) {
  auto const fd = open((path_ + "/ballast").c_str(),
                       O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return DiskFailed("the ballast");
  int error = ENOSPC;
  // Others write meanwhile: what was free just now may be gone.
  for (int attempt = 0; attempt != 100 && error == ENOSPC; ++attempt) {
    auto const fill = Free() - bytes;
    // They have done it themselves.
    error = fill > 0 ? posix_fallocate(fd, 0, fill) : 0;
  }
  close(fd);
  if (error == 0) return absl::OkStatus();
  return absl::UnavailableError(std::string("the ballast: ") +
                                std::strerror(error));
}

absl::Status SmallDisk::MakeRoom() {
  std::error_code error;
  std::filesystem::remove(path_ + "/ballast", error);
  return error ? absl::UnavailableError(error.message()) : absl::OkStatus();
}

}  // namespace madoguchi::testing
