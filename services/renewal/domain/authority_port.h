#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_AUTHORITY_PORT_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_AUTHORITY_PORT_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/renewal/domain/renewal_case.h"
#include <string>

namespace madoguchi::renewal {

/// What is asked of the authority. Two UUIDs and no word about the holder.
struct IssuanceOrder {
  AttemptId attempt;
  /// That of all attempts of a case.
  std::string case_key;
  bool signing = false;
  bool user = false;
  /// After expiry, rather than a renewal.
  bool is_new_issue = false;
};

/// What the authority says of an attempt.
struct AuthorityAnswer {
  enum class Kind {
    kIssued,
    kRefused,
    /// Nothing was done.
    kNothing,
    /// It has not decided yet.
    kPending,
  };
  Kind kind = Kind::kPending;
  /// Of `kRefused`: its code.
  std::string refusal;
};

/// How the way to the authority stands.
enum class Connection {
  kReady,
  /// Being made: what will come of it is not known yet.
  kConnecting,
  /// The last try to make it failed.
  kUnreachable,
};

/// Whoever issues certificates. Thread safe; does not block.
///
/// Any error means that the outcome is unknown.
class AuthorityPort {
 public:
  virtual ~AuthorityPort() = default;

  /// Whether a call could leave now. If not, begins to connect.
  virtual Connection Connect() = 0;

  /// Sends an attempt, which must never have been sent before. What the
  /// authority has not decided at `deadline` it never will.
  virtual void Issue(IssuanceOrder const& order, MachineTime deadline,
                     Done<AuthorityAnswer> done) = 0;

  /// Asks what became of an attempt; may be repeated at will. `kNothing` if the
  /// authority never heard of it, which is final once the deadline of its
  /// `Issue` has passed.
  virtual void Find(AttemptId const& attempt, MachineTime deadline,
                    Done<AuthorityAnswer> done) = 0;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_AUTHORITY_PORT_H
