#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_TRIAGE_LINE_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_TRIAGE_LINE_H

#include "clients/sdk/ticketing_client.h"
#include "madoguchi/renewal/v1/renewal_service.grpc.pb.h"
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace madoguchi::ticket_machine {

/// Whether visitors for `service` are asked before they take a number: what
/// they come for may turn out to be another thing, or not to be possible today.
bool AsksBefore(std::string_view service);

/// Where whoever would rather talk to staff waits.
inline constexpr char kConsult[] = "consult";

/// The line to the renewal service, which knows what to ask before a number is
/// taken. Nobody is kept from a number because it is dead. Thread safe.
class TriageLine {
 public:
  /// A question, or advice; neither if renewal did not answer.
  using Next = renewal::v1::TriageResponse;
  using Given = renewal::v1::TriageRequest::Given;

  struct Said {
    std::vector<Given> answers;
    bool talk_to_staff = false;
  };

  /// Of `office`, `offices/{office}`. `options.targets` are the renewal
  /// servers; with none nothing is asked. Waits for no connection.
  TriageLine(sdk::ClientOptions const& options, std::string office);
  ~TriageLine();
  TriageLine(TriageLine const&) = delete;
  TriageLine& operator=(TriageLine const&) = delete;

  /// Calls `done` within two seconds, on any thread, with what is next. It must
  /// outlive that.
  void Ask(Said const& said, std::function<void(Next)> done);

  /// The same, for whoever has time to wait.
  Next AskAndWait(Said const& said);

 private:
  struct Call;

  std::string const token_;
  std::string const office_;
  std::unique_ptr<renewal::v1::RenewalService::Stub> stub_;
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_TRIAGE_LINE_H
