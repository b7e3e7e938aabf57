#ifndef MADOGUCHI_TESTS_SUPPORT_SMALL_DISK_H
#define MADOGUCHI_TESTS_SUPPORT_SMALL_DISK_H

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <cstdint>
#include <memory>
#include <string>

namespace madoguchi::testing {

/// A disk of its own that can be filled: a tmpfs that only this thread, and the
/// threads and processes it starts from now on, can see. It goes with them,
/// also if the test crashes.
class SmallDisk {
 public:
  /// Returns kPermissionDenied if this process may not mount; skip the test
  /// then.
  static absl::StatusOr<std::unique_ptr<SmallDisk>> Mount(std::int64_t bytes);
  ~SmallDisk();
  SmallDisk(SmallDisk const&) = delete;
  SmallDisk& operator=(SmallDisk const&) = delete;

  std::string const& path() const { return path_; }

  /// Bytes that nobody uses.
  std::int64_t Free() const;

  /// Somebody else's file fills it until only `bytes` are free, give or take a
  /// page.
  absl::Status LeaveFree(std::int64_t bytes);

  /// That file goes.
  absl::Status MakeRoom();

 private:
  explicit SmallDisk(std::string path) : path_(std::move(path)) {}

  std::string const path_;
};

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_SUPPORT_SMALL_DISK_H
