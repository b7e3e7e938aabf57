#ifndef MADOGUCHI_SERVICES_WEB_SAME_ORIGIN_H
#define MADOGUCHI_SERVICES_WEB_SAME_ORIGIN_H

#include "services/web/headers.h"
#include <set>
#include <string>
#include <string_view>

// Keeps foreign pages out: those that only pretend to be ours by a name of
// theirs that leads here, and those that ask from elsewhere. All is pure.
namespace madoguchi::web {

/// The names by which a server may be asked for.
class HostNames {
 public:
  /// `localhost`, names that end in `.localhost`, 127.0.0.1, [::1] and `more`.
  /// Of these one that begins with a dot stands for all names that end so.
  explicit HostNames(std::set<std::string> const& more);

  /// Whether `host`, a header's value with or without a port, is among them.
  bool Contain(std::string_view host) const;

 private:
  std::set<std::string, std::less<>> names_;
  std::set<std::string, std::less<>> endings_;
};

/// `host` without its port, in lower case.
std::string NameOf(std::string_view host);

/// Whether a request with these headers, to `host`, was made by a page of that
/// same origin, or by no page at all.
bool IsOfSameOrigin(Headers const& headers, std::string_view host);

/// Whether somebody followed a link or typed an address, which may be from
/// anywhere: only the page itself is shown, never within another.
bool IsVisit(Headers const& headers);

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_SAME_ORIGIN_H
