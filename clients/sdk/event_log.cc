#include "clients/sdk/event_log.h"
#include "clients/sdk/channel.h"
#include "clients/sdk/status_details.h"
#include "clients/sdk/token.h"
#include "services/base/jitter.h"
#include "madoguchi/ticketing/v1/event_service.grpc.pb.h"
#include <google/protobuf/timestamp.pb.h>
#include <grpcpp/client_context.h>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <thread>
#include <tuple>

namespace madoguchi::sdk {
namespace {

using google::protobuf::Timestamp;
using ticketing::v1::EventService;
using ticketing::v1::FollowEventsRequest;
using ticketing::v1::FollowEventsResponse;

bool IsAfter(Timestamp const& a, Timestamp const& b) {
  return std::make_tuple(a.seconds(), a.nanos()) >
         std::make_tuple(b.seconds(), b.nanos());
}

// One reading, over as many streams as it takes.
class Reading {
 public:
  Reading(ClientOptions const& options, std::string const& office,
          std::int64_t after_sequence, OnEvent take)
      : options_(options),
        office_(office),
        last_(after_sequence),
        take_(take) {}

  absl::Status Run() {
    if (options_.targets.empty()) {
      return absl::InvalidArgumentError("No target to read from.");
    }
    auto progress = std::chrono::steady_clock::now();
    for (std::size_t i = 0;; i = (i + 1) % options_.targets.size()) {
      auto const before = last_;
      auto const ended = Read(options_.targets[i]);
      if (is_done_ || !IsOutcomeUnknown(ended)) return ended;
      auto const now = std::chrono::steady_clock::now();
      if (last_ != before) progress = now;
      if (now - progress >= options_.call_timeout) return ended;
      Pause();
    }
  }

 private:
  // Follows one stream until it ends or there is nothing more to read.
  absl::Status Read(std::string const& target) {
    EventService::Stub stub(MakeChannel(options_, target));
    grpc::ClientContext context;
    ShowToken(options_.token, context);
    FollowEventsRequest request;
    request.set_office(office_);
    request.set_after_sequence(last_);
    auto const reader = stub.FollowEvents(&context, request);
    absl::Status taken;
    FollowEventsResponse response;
    while (!is_done_ && reader->Read(&response)) taken = Take(response);
    if (is_done_) {
      context.TryCancel();
      reader->Finish();
      return taken;
    }
    auto const status = reader->Finish();
    // The server never ends a stream without a reason; a proxy might.
    if (status.ok()) return absl::UnavailableError("The stream ended.");
    return FromGrpcStatus(status);
  }

  absl::Status Take(FollowEventsResponse const& response) {
    if (!began_) began_ = response.office_time();
    if (!response.has_event()) {
      is_done_ = true;
      return absl::OkStatus();
    }
    auto const& event = response.event();
    if (event.sequence() <= last_) return absl::OkStatus();
    if (IsAfter(event.office_time(), *began_)) {
      is_done_ = true;
      return absl::OkStatus();
    }
    last_ = event.sequence();
    auto taken = take_(event);
    is_done_ = !taken.ok();
    return taken;
  }

  void Pause() const {
    auto const pause = Jitter(options_.shortest_pause, options_.longest_pause);
    if (options_.pause) {
      options_.pause(pause);
    } else {
      std::this_thread::sleep_for(pause);
    }
  }

  ClientOptions const& options_;
  std::string const& office_;
  std::int64_t last_;
  OnEvent take_;
  // The office's clock when the first answer was made.
  std::optional<Timestamp> began_;
  bool is_done_ = false;
};

}  // namespace

absl::Status ReadEventLog(ClientOptions const& options,
                          std::string const& office,
                          std::int64_t after_sequence, OnEvent take) {
  return Reading(options, office, after_sequence, take).Run();
}

}  // namespace madoguchi::sdk
