#ifndef MADOGUCHI_SERVICES_WEB_PAGE_FILES_H
#define MADOGUCHI_SERVICES_WEB_PAGE_FILES_H

#include <sys/stat.h>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace madoguchi::web {

/// What is in a file, and a name for just that.
struct PageFile {
  std::shared_ptr<std::string const> content;
  /// Within quotes. Two files of the same content have the same, on each
  /// server.
  std::string etag;
};

/// The files of a directory, read when they are first asked for and again when
/// they have changed, so that pages can be replaced under a running server.
/// Reading blocks. Not thread safe.
class PageFiles {
 public:
  /// Files beyond 32 MiB are not shown.
  static constexpr std::size_t kLargest = std::size_t{32} << 20;
  /// No more than this is held; all is read afresh beyond.
  static constexpr std::size_t kMostHeld = std::size_t{64} << 20;

  explicit PageFiles(std::string directory)
      : directory_(std::move(directory)) {}

  /// The file at `path`, which has plain names alone (`FileOf`); nothing if
  /// there is no such file, or it cannot be read.
  std::optional<PageFile> Find(std::string const& path);

 private:
  struct Held {
    struct stat state;
    PageFile file;
  };

  std::string const directory_;
  std::map<std::string, Held> held_;
  std::size_t bytes_held_ = 0;
};

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_PAGE_FILES_H
