#include "services/web/page_name.h"
#include "services/web/same_origin.h"
#include "absl/strings/ascii.h"
#include <algorithm>
#include <utility>

namespace madoguchi::web {
namespace {

constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
    {".css", "text/css; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/x-icon"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".m4a", "audio/mp4"},
    {".mp3", "audio/mpeg"},
    {".ogg", "audio/ogg"},
    {".opus", "audio/ogg"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".wav", "audio/wav"},
    {".webm", "audio/webm"},
    {".webmanifest", "application/manifest+json"},
    {".woff2", "font/woff2"}};

constexpr std::string_view kAssets = "assets/";
// `name-XXXXXXXX.js`, as the bundler of the pages writes it.
constexpr std::size_t kHashLength = 8;

bool IsNameCharacter(char each) {
  return absl::ascii_isalnum(static_cast<unsigned char>(each)) ||
         std::string_view("-._@").find(each) != std::string_view::npos;
}

// Neither empty, nor hidden, nor `..`, nor in need of decoding.
bool IsPlainName(std::string_view name) {
  return !name.empty() && name.front() != '.' &&
         std::all_of(name.begin(), name.end(), IsNameCharacter);
}

bool IsPlainPath(std::string_view path) {
  while (true) {
    auto const slash = path.find('/');
    if (!IsPlainName(path.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

bool HasHash(std::string_view file) {
  auto const stem = file.substr(0, file.rfind('.'));
  return stem.size() > kHashLength &&
         stem.at(stem.size() - kHashLength - 1) == '-';
}

}  // namespace

std::optional<std::string> FileOf(PageNames const& names,
                                  std::string_view target,
                                  std::string_view host) {
  auto path = target.substr(0, target.find_first_of("?#"));
  if (!path.starts_with('/')) return std::nullopt;
  path.remove_prefix(1);
  if (path.empty()) {
    auto const name = NameOf(host);
    auto const page = names.page_of.find(name.substr(0, name.find('.')));
    return page == names.page_of.end() ? names.otherwise : page->second;
  }
  auto const page = names.page_of.find(path);
  if (page != names.page_of.end()) return page->second;
  if (!IsPlainPath(path)) return std::nullopt;
  return std::string(path);
}

std::string_view TypeOf(std::string_view file) {
  for (auto const& [ending, type] : kTypes) {
    if (file.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

std::string_view CacheControlOf(std::string_view file) {
  return file.starts_with(kAssets) && HasHash(file)
             ? "public, max-age=31536000, immutable"
             : "no-cache";
}

}  // namespace madoguchi::web
