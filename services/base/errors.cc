#include "services/base/errors.h"
#include "services/base/error.h"

namespace madoguchi::error {

using absl::StatusCode;

absl::Status InvalidName(std::string const& field, std::string const& format) {
  return MakeError(StatusCode::kInvalidArgument,
                   "`" + field + "` does not have the form " + format + ".",
                   {"INVALID_NAME", {{"field", field}, {"format", format}}});
}

absl::Status RequestIdInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`request_id` is not a UUID. Choose a new one for each "
                   "press, and the same for its repeats.",
                   {"REQUEST_ID_INVALID", {}});
}

absl::Status RequestIdReused(RequestId const& id) {
  return MakeError(StatusCode::kInvalidArgument,
                   "The request id " + id.value +
                       " belongs to another command or to other arguments. "
                       "Choose a new one for each press.",
                   {"REQUEST_ID_REUSED", {{"request_id", id.value}}});
}

absl::Status PageTokenInvalid() {
  return MakeError(StatusCode::kInvalidArgument,
                   "`page_token` is not one that this method answered. Start "
                   "again without it.",
                   {"PAGE_TOKEN_INVALID", {}});
}

absl::Status ServerStopping() {
  return MakeError(StatusCode::kUnavailable,
                   "This server is stopping. Repeat with the same request id "
                   "at another one.",
                   {"SERVER_STOPPING", {}});
}

absl::Status DeadlineExceeded() {
  return MakeError(StatusCode::kDeadlineExceeded,
                   "No answer in time. Repeat with the same request id.",
                   {"DEADLINE_EXCEEDED", {}});
}

absl::Status StoreUnavailable(std::string const& cause) {
  return MakeError(StatusCode::kUnavailable,
                   "Redis cannot be reached: " + cause +
                       ". Repeat with the same request id.",
                   {"STORE_UNAVAILABLE", {{"cause", cause}}});
}

absl::Status StoreReadOnly() {
  return MakeError(StatusCode::kUnavailable,
                   "Redis accepts no writes. Look at its disk and its role.",
                   {"STORE_READ_ONLY", {}});
}

absl::Status StoreTooOld(std::string const& version) {
  return MakeError(
      StatusCode::kUnavailable,
      "Redis " + version + " is too old: 7.0 or later is needed for functions.",
      {"STORE_TOO_OLD", {{"version", version}}});
}

absl::Status StoreFull() {
  return MakeError(StatusCode::kResourceExhausted,
                   "The store has no memory for anything new; what was begun "
                   "goes on. Give Redis more memory.",
                   {"STORE_FULL", {}});
}

absl::Status StoreKeyForeign(std::string const& cause) {
  return MakeError(StatusCode::kInternal,
                   "A key of ours in Redis holds something else; nothing was "
                   "changed. Give the city a Redis of its own. " +
                       cause,
                   {"STORE_KEY_FOREIGN", {{"cause", cause}}});
}

absl::Status StoreError(std::string const& cause) {
  return MakeError(StatusCode::kInternal,
                   "Redis refused a command: " + cause + ".",
                   {"STORE_ERROR", {{"cause", cause}}});
}

}  // namespace madoguchi::error
