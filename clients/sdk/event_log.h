#ifndef MADOGUCHI_CLIENTS_SDK_EVENT_LOG_H
#define MADOGUCHI_CLIENTS_SDK_EVENT_LOG_H

#include "clients/sdk/ticketing_client.h"
#include "madoguchi/ticketing/v1/event_service.pb.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include <cstdint>
#include <string>

namespace madoguchi::sdk {

/// Takes the next event of a log. Any other status than OK ends the reading.
using OnEvent =
    absl::FunctionRef<absl::Status(ticketing::v1::Event const& event)>;

/// Reads the events of `office` (`offices/{office}`) behind `after_sequence`,
/// or from the oldest kept if that is 0, up to now: to the server's first
/// heartbeat, or to what happened after the reading began. Hands each to `take`
/// once and in order, across lost connections: resumes behind the last one, at
/// another replica if there is one.
///
/// Blocks. Returns what `take` did if that was not OK; else the server's
/// refusal (`SEQUENCE_UNKNOWN` if the log no longer holds `after_sequence`), or
/// the last failure once no event came for `options.call_timeout`.
absl::Status ReadEventLog(ClientOptions const& options,
                          std::string const& office,
                          std::int64_t after_sequence, OnEvent take);

}  // namespace madoguchi::sdk

#endif  // MADOGUCHI_CLIENTS_SDK_EVENT_LOG_H
