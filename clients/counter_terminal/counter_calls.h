#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_COUNTER_CALLS_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_COUNTER_CALLS_H

#include "clients/sdk/counter_methods.h"
#include "clients/sdk/ticketing_client.h"
#include "madoguchi/ticketing/v1/counter_service.pb.h"
#include "absl/status/statusor.h"

namespace madoguchi::counter_terminal {

/// The calls a counter makes, each as in `CounterService`. They block. Thread
/// safe.
class CounterCalls {
 public:
  virtual ~CounterCalls() = default;

#define MADOGUCHI_DECLARE(Method)                                 \
  virtual absl::StatusOr<ticketing::v1::Method##Response> Method( \
      ticketing::v1::Method##Request const& request) = 0;
  MADOGUCHI_COUNTER_METHODS(MADOGUCHI_DECLARE)
#undef MADOGUCHI_DECLARE
};

/// Makes them through `client`, which must outlive it.
class RemoteCounterCalls : public CounterCalls {
 public:
  explicit RemoteCounterCalls(sdk::TicketingClient& client) : client_(client) {}

#define MADOGUCHI_FORWARD(Method)                               \
  absl::StatusOr<ticketing::v1::Method##Response> Method(       \
      ticketing::v1::Method##Request const& request) override { \
    return client_.Method(request);                             \
  }
  MADOGUCHI_COUNTER_METHODS(MADOGUCHI_FORWARD)
#undef MADOGUCHI_FORWARD

 private:
  sdk::TicketingClient& client_;
};

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_COUNTER_CALLS_H
