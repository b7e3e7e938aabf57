#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ATTEMPT_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ATTEMPT_H

#include "services/base/clock.h"
#include "services/base/strong_id.h"
#include <chrono>
#include <optional>
#include <span>

namespace madoguchi::renewal {

/// A UUID, chosen when the attempt is planned and never used for another.
using AttemptId = StrongId<struct AttemptTag>;

/// How far an attempt went (design.md 7).
enum class AttemptState {
  /// Nothing has left yet.
  kPlanned,
  /// Written before the first byte leaves: it may have been acted on. It is
  /// never sent again.
  kSent,
  /// The upstream said so. Final.
  kIssued,
  kRefused,
  /// The call ended without an answer: only the upstream knows.
  kUnknown,
};

/// One attempt to have a case's certificates issued: a plain record.
struct Attempt {
  AttemptId id;
  AttemptState state = AttemptState::kPlanned;
  /// When it was sent, in office time; of no meaning while it is planned.
  Timestamp sent = {};
  /// How often `GetIssuance` was asked without learning the outcome.
  int asked = 0;

  friend bool operator==(Attempt const&, Attempt const&) = default;
};

/// What an attempt's own call, `GetIssuance`, or a clerk at the terminal says.
enum class AttemptAnswer {
  kIssued,
  kRefused,
  /// Nobody could tell. Also a ledger that never heard of the attempt: what we
  /// talk to may not keep its word, and then a clerk looks.
  kNone,
};

/// The attempt as it is written before it leaves. Nothing if it was sent
/// before, whatever became of it.
std::optional<Attempt> Send(Attempt attempt, Timestamp now);

/// The attempt after its call ended, or after `GetIssuance` or a clerk told.
///
/// SENT and UNKNOWN become what `answer` says; no answer makes SENT UNKNOWN and
/// counts a question of UNKNOWN. A final state stays if `answer` agrees or says
/// nothing. Nothing if the attempt was never sent, or `answer` contradicts what
/// is final: somebody has to look.
std::optional<Attempt> Learn(Attempt attempt, AttemptAnswer answer);

/// What has to be done for an attempt next.
enum class AttemptStep {
  kSend,
  /// Its call is under way.
  kAwait,
  /// Ask `GetIssuance`.
  kAsk,
  /// A clerk looks at the authority's own terminal (CHECK_AT_TERMINAL).
  kCheckAtTerminal,
  kNone,
};

/// Until when the call of an attempt may be under way, and how often is asked
/// before a clerk has to look.
struct AttemptLimits {
  std::chrono::seconds call{30};
  int questions = 5;
};

/// What is next at `now`. One that is SENT beyond its call's limit was left by
/// a process that ended: it is asked after like an UNKNOWN one.
AttemptStep NextStep(Attempt const& attempt, AttemptLimits const& limits,
                     Timestamp now);

/// Whether a case that made `attempts` may plan another: only if nothing of
/// them was, is, or may be issued.
bool MayPlanAnother(std::span<Attempt const> attempts);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ATTEMPT_H
