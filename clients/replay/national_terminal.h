#ifndef MADOGUCHI_CLIENTS_REPLAY_NATIONAL_TERMINAL_H
#define MADOGUCHI_CLIENTS_REPLAY_NATIONAL_TERMINAL_H

#include "clients/replay/pace.h"
#include "madoguchi/certification/v1/authority_service.grpc.pb.h"
#include "madoguchi/renewal/v1/renewal_service.pb.h"
#include <memory>
#include <string>

namespace madoguchi::replay {

/// The terminal of the national system that stands beside each counter, played
/// by the sandbox authority: clerks type there and read what it shows, and tell
/// renewal. Calls block. Thread safe.
class NationalTerminal {
 public:
  enum class Shows { kIssued, kRefused, kNothingIssued, kNoAnswer };

  /// What it shows; of a refusal the code that a clerk would note.
  struct Screen {
    Shows shows = Shows::kNoAnswer;
    std::string refusal;
  };

  /// `target` is `host:port` of the authority; `pace` must outlive this.
  NationalTerminal(std::string const& target, Pace const& pace);

  /// Has the certificates of `renewal` issued under `attempt`, once, and waits
  /// a minute of the office for the answer; without one it is looked up.
  Screen Issue(renewal::v1::Renewal const& renewal, std::string const& attempt);

  /// Looks up what became of `attempt`.
  Screen LookUp(std::string const& attempt);

  /// Notes in `request` what `screen` says of the last request of `renewal`.
  static void Note(Screen const& screen, renewal::v1::Renewal const& renewal,
                   renewal::v1::RecordStepRequest& request);

 private:
  std::unique_ptr<certification::v1::CertificationAuthority::Stub> const stub_;
  Pace const& pace_;
};

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_NATIONAL_TERMINAL_H
