#include "services/web/metadata.h"
#include "services/web/grpc_web.h"
#include <algorithm>
#include <iterator>

namespace madoguchi::web {
namespace {

constexpr char kToken[] = "authorization";

// Names that a service could only set by mistake.
constexpr std::string_view kKept[] = {"cache-control",
                                      "clear-site-data",
                                      "connection",
                                      "date",
                                      "etag",
                                      "keep-alive",
                                      "location",
                                      "permissions-policy",
                                      "referrer-policy",
                                      "server",
                                      "set-cookie",
                                      "strict-transport-security",
                                      "te",
                                      "trailer",
                                      "transfer-encoding",
                                      "upgrade",
                                      "user-agent",
                                      "vary"};

// All headers of these families are somebody else's.
constexpr std::string_view kKeptFamilies[] = {
    ":",      "grpc-", "access-control-", "content-", "cross-origin-",
    "proxy-", "sec-",  "x-content-type-", "x-frame-"};

}  // namespace

absl::StatusOr<Headers> RequestMetadata(Headers const& headers) {
  auto const token = Find(headers, kToken);
  if (!token) return Headers();
  if (CountOf(headers, kToken) != 1 || !IsMetadataText(*token)) {
    return absl::InvalidArgumentError(
        "The header `authorization` is there twice or is no text; send one "
        "token.");
  }
  return Headers{{kToken, std::string(*token)}};
}

bool MayBecomeHeader(std::string_view name) {
  return std::find(std::begin(kKept), std::end(kKept), name) ==
             std::end(kKept) &&
         std::none_of(
             std::begin(kKeptFamilies), std::end(kKeptFamilies),
             [&](auto const& family) { return name.starts_with(family); });
}

}  // namespace madoguchi::web
