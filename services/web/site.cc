#include "services/web/site.h"
#include "services/web/grpc_web.h"
#include "services/web/metadata.h"
#include <utility>

namespace madoguchi::web {
namespace {

Answer Refuse(absl::Status const& status) {
  return CallAnswer({static_cast<int>(status.code()),
                     std::string(status.message()),
                     /*details=*/{}});
}

}  // namespace

Site::Site(MethodSet methods, HostNames names, Pages& pages,
           std::function<absl::Status()> readiness)
    : methods_(std::move(methods)),
      names_(std::move(names)),
      pages_(pages),
      readiness_(std::move(readiness)) {}

std::variant<Answer, CallHead> Site::Route(RequestHead const& head) {
  bool const asks = head.verb == "GET" || head.verb == "HEAD";
  // Whoever watches over us may know us by an address of its own.
  if (asks && head.target == "/healthz") return TextAnswer(200, "alive");
  if (asks && head.target == "/readyz") return Readiness();

  auto const host = Find(head.headers, "host");
  if (!host || CountOf(head.headers, "host") != 1 ||
      !head.target.starts_with('/')) {
    return TextAnswer(400, "Ask for a path, with one Host.");
  }
  if (!names_.Contain(*host)) {
    return TextAnswer(421, "This server has another name.");
  }
  if (!IsOfSameOrigin(head.headers, *host) &&
      !(asks && IsVisit(head.headers))) {
    return TextAnswer(403, "Pages of others get nothing here.");
  }
  if (asks) return pages_.Get(head.target, *host, head.headers);
  if (head.verb == "POST") return RouteCall(head);
  auto answer = TextAnswer(405, "Use GET, HEAD or POST.");
  answer.headers.emplace_back("allow", "GET, HEAD, POST");
  return answer;
}

std::variant<Answer, CallHead> Site::RouteCall(RequestHead const& head) const {
  auto const type = Find(head.headers, "content-type");
  if (!type || !IsGrpcWebType(*type)) {
    return TextAnswer(415, std::string("Send ") + kGrpcWebType + ".");
  }
  if (!methods_.contains(head.target)) {
    return Refuse(
        absl::UnimplementedError("Pages may not call this method here."));
  }
  CallHead call;
  call.method = head.target;
  auto metadata = RequestMetadata(head.headers);
  if (!metadata.ok()) return Refuse(metadata.status());
  call.metadata = *std::move(metadata);
  auto const timeout = Find(head.headers, "grpc-timeout");
  if (timeout) {
    auto const left = ParseTimeout(*timeout);
    if (!left.ok()) return Refuse(left.status());
    call.timeout = *left;
  }
  return call;
}

Answer Site::Readiness() const {
  auto const status = readiness_();
  if (status.ok()) return TextAnswer(200, "ready");
  return TextAnswer(503, "not ready: " + std::string(status.message()));
}

}  // namespace madoguchi::web
