#ifndef MADOGUCHI_SERVICES_WEB_METADATA_H
#define MADOGUCHI_SERVICES_WEB_METADATA_H

#include "services/web/headers.h"
#include "absl/status/statusor.h"
#include <string_view>

// Which headers travel between a page and a service. All functions are pure.
namespace madoguchi::web {

/// What of a request's headers becomes metadata: `authorization` and nothing
/// else. A page's cookies and its browser's headers mean nothing to a service.
///
/// kInvalidArgument if it is there twice or is no text that gRPC takes.
absl::StatusOr<Headers> RequestMetadata(Headers const& headers);

/// Whether metadata `name` of an answer becomes a header. Those that HTTP, a
/// browser's protection or gRPC itself gives a meaning do not.
bool MayBecomeHeader(std::string_view name);

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_METADATA_H
