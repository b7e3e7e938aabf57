#include "services/disk/whole_file.h"
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace madoguchi::disk {

bool WriteAll(int file, std::string_view bytes, std::size_t at) {
  while (!bytes.empty()) {
    auto const count =
        pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
    at += static_cast<std::size_t>(count);
  }
  return true;
}

bool ReadAll(int file, std::string& bytes) {
  char chunk[65536];
  while (true) {
    auto const count = read(file, chunk, sizeof chunk);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    if (count == 0) return true;
    bytes.append(chunk, static_cast<std::size_t>(count));
  }
}

bool SyncFolderOf(std::string const& path) {
  auto const folder = std::filesystem::path(path).parent_path();
  int const file = open(folder.empty() ? "." : folder.c_str(),
                        O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return false;
  bool const is_synced = fsync(file) == 0;
  int const reason = errno;
  close(file);
  errno = reason;
  return is_synced;
}

}  // namespace madoguchi::disk
