#include "services/renewal/domain/attempt.h"
#include <algorithm>

namespace madoguchi::renewal {

std::optional<Attempt> Send(Attempt attempt, Timestamp now) {
  if (attempt.state != AttemptState::kPlanned) return std::nullopt;
  attempt.state = AttemptState::kSent;
  attempt.sent = now;
  return attempt;
}

std::optional<Attempt> Learn(Attempt attempt, AttemptAnswer answer) {
  auto const told = answer == AttemptAnswer::kIssued ? AttemptState::kIssued
                                                     : AttemptState::kRefused;
  switch (attempt.state) {
    case AttemptState::kPlanned:
      return std::nullopt;
    case AttemptState::kSent:
      attempt.state =
          answer == AttemptAnswer::kNone ? AttemptState::kUnknown : told;
      return attempt;
    case AttemptState::kUnknown:
      if (answer == AttemptAnswer::kNone) {
        ++attempt.asked;
      } else {
        attempt.state = told;
      }
      return attempt;
    case AttemptState::kIssued:
    case AttemptState::kRefused:
      if (answer != AttemptAnswer::kNone && attempt.state != told) {
        return std::nullopt;
      }
      return attempt;
  }
  return std::nullopt;
}

AttemptStep NextStep(Attempt const& attempt, AttemptLimits const& limits,
                     Timestamp now) {
  switch (attempt.state) {
    case AttemptState::kPlanned:
      return AttemptStep::kSend;
    case AttemptState::kSent:
      return now < attempt.sent + limits.call ? AttemptStep::kAwait
                                              : AttemptStep::kAsk;
    case AttemptState::kUnknown:
      return attempt.asked < limits.questions ? AttemptStep::kAsk
                                              : AttemptStep::kCheckAtTerminal;
    case AttemptState::kIssued:
    case AttemptState::kRefused:
      return AttemptStep::kNone;
  }
  return AttemptStep::kNone;
}

bool MayPlanAnother(std::span<Attempt const> attempts) {
  return std::all_of(attempts.begin(), attempts.end(),
                     [](Attempt const& attempt) {
                       return attempt.state == AttemptState::kRefused;
                     });
}

}  // namespace madoguchi::renewal
