#ifndef MADOGUCHI_CLIENTS_REPLAY_PERSIST_H
#define MADOGUCHI_CLIENTS_REPLAY_PERSIST_H

#include "clients/replay/pace.h"
#include "clients/sdk/uuid.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <chrono>

namespace madoguchi::replay {

/// How long a press is repeated while its outcome is unknown, in machine time.
/// Servers are back within seconds of a crash; after this long something is
/// wrong that a replay cannot outlast.
inline constexpr std::chrono::seconds kPersistence{60};

/// Calls `method` with `request` under a new request id until its outcome is
/// known, and notes how long that took.
template <typename Client, typename Response, typename Request>
absl::StatusOr<Response> Persist(
    Pace& pace, Client& client,
    absl::StatusOr<Response> (Client::*method)(Request), Request request) {
  request.set_request_id(sdk::NewRequestId());
  auto const begin = std::chrono::steady_clock::now();
  auto const took = [&begin] {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - begin);
  };
  auto response = (client.*method)(request);
  while ((absl::IsUnavailable(response.status()) ||
          absl::IsDeadlineExceeded(response.status()) ||
          absl::IsCancelled(response.status())) &&
         took() < kPersistence) {
    response = (client.*method)(request);
  }
  pace.NoteAnswer(took());
  return response;
}

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_PERSIST_H
