#ifndef MADOGUCHI_SERVICES_WEB_PAGE_NAME_H
#define MADOGUCHI_SERVICES_WEB_PAGE_NAME_H

#include <map>
#include <optional>
#include <string>
#include <string_view>

// From what a browser asks for to the name of a file. All functions are pure.
namespace madoguchi::web {

/// Which page opens by which short name, such as `display` -> `display.html`.
///
/// Each also opens on a host of its own, `display.localhost`: browsers open six
/// connections to a host, and a page holds one of them.
struct PageNames {
  std::map<std::string, std::string, std::less<>> page_of;
  /// The page of all other hosts.
  std::string otherwise = "index.html";
};

/// The file, as a path within the pages' directory, that `target` of a request
/// to `host` means; nothing if no file can have that name. The path has plain
/// names alone and so leads nowhere else.
std::optional<std::string> FileOf(PageNames const& names,
                                  std::string_view target,
                                  std::string_view host);

/// The media type of a file, by its ending.
std::string_view TypeOf(std::string_view file);

/// How long a browser may use `file` without asking: for ever if its name holds
/// a hash of what is in it, else not at all.
std::string_view CacheControlOf(std::string_view file);

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_PAGE_NAME_H
