// Preloaded into redis-server: notes how much of its log is on disk.
//
// `kill -9` loses nothing of what was written, for the page cache survives it;
// a power cut does not. So after each successful fdatasync or fsync of a file
// `*.incr.aof` this writes the size that the file had when the call began,
// eight bytes, to `<name>.synced` in the folder MADOGUCHI_SYNCED. A power cut
// is then kill -9 and cutting the file to that size (power_cut.h). Redis writes
// the other files of its log (base and manifest) under another name, syncs and
// renames them, so they are always whole.
#include <sys/stat.h>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unistd.h>

namespace {

constexpr std::string_view kLogSuffix = ".incr.aof";

using Sync = int (*)(int);

Sync Original(char const* name) {
  return reinterpret_cast<Sync>(dlsym(RTLD_NEXT, name));
}

// The name of a log's file, without its folder; empty for all other files.
std::string LogNameOf(int fd) {
  char link[64];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  char path[4096];
  auto const size = readlink(link, path, sizeof path);
  if (size <= 0) return {};
  std::string_view const whole(path, static_cast<std::size_t>(size));
  if (!whole.ends_with(kLogSuffix)) return {};
  return std::string(whole.substr(whole.rfind('/') + 1));
}

void Note(std::string const& name, off_t size) {
  static std::mutex mu;
  static std::map<std::string, off_t> noted;
  std::lock_guard const lock(mu);
  // Redis also syncs in a thread of its own: an older call may end later.
  auto const [at, first] = noted.emplace(name, size);
  if (!first && size <= at->second) return;
  at->second = size;
  auto const* const folder = std::getenv("MADOGUCHI_SYNCED");
  if (folder == nullptr) return;
  auto const path = std::string(folder) + "/" + name + ".synced";
  auto const fd = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return;
  // One call, so that a kill leaves the old value or the new one.
  auto const written = pwrite(fd, &size, sizeof size, 0);
  close(fd);
  // A log without its note would be cut where it is whole.
  if (written != sizeof size) std::abort();
}

int SyncAndNote(Sync sync, int fd) {
  auto const name = LogNameOf(fd);
  struct stat before {};
  bool const is_log = !name.empty() && fstat(fd, &before) == 0;
  auto const result = sync(fd);
  auto const error = errno;
  if (result == 0 && is_log) Note(name, before.st_size);
  errno = error;
  return result;
}

}  // namespace

extern "C" int fdatasync(int fildes) {
  static Sync const original = Original("fdatasync");
  return SyncAndNote(original, fildes);
}

extern "C" int fsync(int fd) {
  static Sync const original = Original("fsync");
  return SyncAndNote(original, fd);
}
