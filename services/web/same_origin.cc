#include "services/web/same_origin.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include <algorithm>

namespace madoguchi::web {

HostNames::HostNames(std::set<std::string> const& more)
    : names_{"localhost", "127.0.0.1", "[::1]"}, endings_{".localhost"} {
  for (auto const& each : more) {
    auto name = absl::AsciiStrToLower(each);
    if (name.empty()) continue;
    (name.front() == '.' ? endings_ : names_).insert(std::move(name));
  }
}

bool HostNames::Contain(std::string_view host) const {
  auto const name = NameOf(host);
  return names_.contains(name) ||
         std::any_of(endings_.begin(), endings_.end(), [&](auto const& ending) {
           return name.size() > ending.size() && name.ends_with(ending);
         });
}

std::string NameOf(std::string_view host) {
  // An IPv6 address has colons of its own, within brackets.
  auto const colon = host.find(
      ':', host.find(']') == std::string_view::npos ? 0 : host.find(']'));
  return absl::AsciiStrToLower(std::string(host.substr(0, colon)));
}

bool IsOfSameOrigin(Headers const& headers, std::string_view host) {
  auto const site = Find(headers, "sec-fetch-site");
  if (site && *site != "same-origin" && *site != "none") return false;
  auto const origin = Find(headers, "origin");
  if (!origin) return true;
  if (CountOf(headers, "origin") != 1) return false;
  for (std::string_view const scheme : {"http://", "https://"}) {
    if (!origin->starts_with(scheme)) continue;
    return absl::EqualsIgnoreCase(std::string(origin->substr(scheme.size())),
                                  std::string(host));
  }
  return false;
}

bool IsVisit(Headers const& headers) {
  return Find(headers, "sec-fetch-mode") == "navigate" &&
         Find(headers, "sec-fetch-dest") == "document";
}

}  // namespace madoguchi::web
