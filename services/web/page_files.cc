#include "services/web/page_files.h"
#include "absl/cleanup/cleanup.h"
#include "absl/strings/escaping.h"
#include <openssl/sha.h>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace madoguchi::web {
namespace {

// Of a digest; enough that no two versions of a page share it.
constexpr std::size_t kEtagBytes = 15;

bool IsSame(struct stat const& a, struct stat const& b) {
  return a.st_ino == b.st_ino && a.st_dev == b.st_dev &&
         a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
         a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

std::string EtagOf(std::string const& content) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<unsigned char const*>(content.data()), content.size(),
         digest);
  return '"' +
         absl::WebSafeBase64Escape(
             {reinterpret_cast<char const*>(digest), kEtagBytes}) +
         '"';
}

// What is in the open `file`, `size` bytes when it was looked at; nothing if it
// is not that any more.
std::optional<std::string> ReadAll(int file, std::size_t size) {
  std::string content(size, '\0');
  std::size_t done = 0;
  while (done != size) {
    auto const count = read(file, content.data() + done, size - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::nullopt;
    done += static_cast<std::size_t>(count);
  }
  return content;
}

}  // namespace

std::optional<PageFile> PageFiles::Find(std::string const& path) {
  auto const held = held_.find(path);
  // Not blocking: a pipe in the directory would stop us for ever.
  int const file = open((directory_ + '/' + path).c_str(),
                        O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return std::nullopt;
  absl::Cleanup const closing = [file] { close(file); };
  struct stat state {};
  if (fstat(file, &state) != 0 || !S_ISREG(state.st_mode) ||
      static_cast<std::size_t>(state.st_size) > kLargest) {
    return std::nullopt;
  }
  if (held != held_.end() && IsSame(held->second.state, state)) {
    return held->second.file;
  }
  auto content = ReadAll(file, static_cast<std::size_t>(state.st_size));
  if (!content) return std::nullopt;

  if (held != held_.end()) {
    bytes_held_ -= held->second.file.content->size();
    held_.erase(held);
  }
  if (bytes_held_ + content->size() > kMostHeld) {
    held_.clear();
    bytes_held_ = 0;
  }
  PageFile page;
  page.etag = EtagOf(*content);
  page.content = std::make_shared<std::string const>(*std::move(content));
  bytes_held_ += page.content->size();
  held_[path] = {state, page};
  return page;
}

}  // namespace madoguchi::web
