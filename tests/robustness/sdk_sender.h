#ifndef MADOGUCHI_TESTS_ROBUSTNESS_SDK_SENDER_H
#define MADOGUCHI_TESTS_ROBUSTNESS_SDK_SENDER_H

#include "clients/sdk/ticketing_client.h"
#include "services/base/mutex.h"
#include "tests/robustness/sender.h"
#include "madoguchi/ticketing/v1/ticket.pb.h"
#include "absl/base/thread_annotations.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::robustness {

/// Presses as devices do: through the client library. Thread safe.
class SdkSender : public Sender {
 public:
  /// `office` is `offices/{office}`.
  SdkSender(sdk::ClientOptions options, std::string office)
      : options_(std::move(options)), office_(std::move(office)) {
    StartAgain();
  }

  Answer Send(Press const& press) override ABSL_LOCKS_EXCLUDED(mu_);

  /// As a device that is switched off and on: presses from now on go to the
  /// first replica again. A client stays at the one that answered last, so
  /// after a strike all of them would be at one replica.
  void StartAgain() ABSL_LOCKS_EXCLUDED(mu_);

  /// Every ticket of the day; nothing if a page could not be had.
  std::optional<std::vector<TicketFacts>> ListTickets()
      ABSL_LOCKS_EXCLUDED(mu_);

 private:
  std::shared_ptr<sdk::TicketingClient> Client() ABSL_LOCKS_EXCLUDED(mu_);

  sdk::ClientOptions const options_;
  std::string const office_;
  Mutex mu_;
  std::shared_ptr<sdk::TicketingClient> client_ ABSL_GUARDED_BY(mu_);
};

/// A ticket of the wire as the checker knows it.
TicketFacts FactsOf(ticketing::v1::Ticket const& ticket);

/// A client of the replicas at `targets`, the first of them first.
sdk::ClientOptions ClientOf(std::vector<std::string> targets);

/// The last of them first.
std::vector<std::string> TurnedRound(std::vector<std::string> targets);

/// The last part of a resource name.
std::string LastPartOf(std::string const& name);

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_SDK_SENDER_H
