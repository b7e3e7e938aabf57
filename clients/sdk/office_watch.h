#ifndef MADOGUCHI_CLIENTS_SDK_OFFICE_WATCH_H
#define MADOGUCHI_CLIENTS_SDK_OFFICE_WATCH_H

#include "clients/sdk/ticketing_client.h"
#include "madoguchi/ticketing/v1/display_service.pb.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include <cstdint>
#include <memory>
#include <string>

namespace madoguchi::sdk {

/// Follows what the displays of an office show, across lost connections.
///
/// Resumes behind the last update seen, at another replica if there is one,
/// 100 to 500 ms after a stream ended or went silent. An update that was seen
/// before is dropped, so each event arrives once and in order; a snapshot
/// marked `reset` says that a gap could not be closed.
class OfficeWatch {
 public:
  /// Takes each update, heartbeats included, on the watch's own thread.
  using OnUpdate =
      absl::AnyInvocable<void(ticketing::v1::OfficeUpdate const& update)>;
  /// Takes the news that nothing was heard for `kStaleAfter` or that the stream
  /// failed (a status), and that it is alive again (OK). Told when the code
  /// changes, not for each attempt.
  using OnLiveness = absl::AnyInvocable<void(absl::Status const& status)>;

  /// Heartbeats come every 2 s.
  static constexpr std::chrono::milliseconds kStaleAfter{5'000};

  /// Begins to follow `office`, `offices/{office}`. Both callbacks are called
  /// from one thread at a time, until the destructor returns.
  OfficeWatch(ClientOptions options, std::string office,
              std::int64_t after_sequence, OnUpdate on_update,
              OnLiveness on_liveness);
  ~OfficeWatch();
  OfficeWatch(OfficeWatch const&) = delete;
  OfficeWatch& operator=(OfficeWatch const&) = delete;

 private:
  class Stream;
  std::unique_ptr<Stream> stream_;
};

}  // namespace madoguchi::sdk

#endif  // MADOGUCHI_CLIENTS_SDK_OFFICE_WATCH_H
