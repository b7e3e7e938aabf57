#include "services/web/answer.h"
#include <utility>

namespace madoguchi::web {

Answer TextAnswer(int status, std::string text) {
  text += '\n';
  Answer answer;
  answer.status = status;
  answer.headers = {{"content-type", "text/plain; charset=utf-8"},
                    {"cache-control", "no-store"}};
  answer.body = std::make_shared<std::string>(std::move(text));
  return answer;
}

Answer CallAnswer(CallStatus const& status) {
  Answer answer;
  answer.headers = {{"content-type", kGrpcWebType},
                    {"cache-control", "no-store"}};
  answer.body = std::make_shared<std::string>(TrailersFrame(status, {}));
  return answer;
}

Headers const& SecurityHeaders() {
  static auto const& headers = *new Headers{
      {"content-security-policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; "
       "font-src 'self'; img-src 'self'; media-src 'self'; "
       "connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
       "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
      {"cross-origin-resource-policy", "same-origin"},
      {"permissions-policy", "camera=(), geolocation=(), microphone=()"},
      {"referrer-policy", "no-referrer"},
      {"x-content-type-options", "nosniff"},
      {"x-frame-options", "DENY"}};
  return headers;
}

}  // namespace madoguchi::web
