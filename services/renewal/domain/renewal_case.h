#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RENEWAL_CASE_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RENEWAL_CASE_H

#include "services/base/clock.h"
#include "services/base/strong_id.h"
#include "services/office/office.h"
#include "services/office/staff.h"
#include "services/renewal/domain/case_plan.h"
#include "absl/status/statusor.h"
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace madoguchi::renewal {

/// A case's id: its ticket's, `-` and which of the family it is for, 1 to 9.
using CaseId = StrongId<struct CaseTag>;
/// A ticket of ticketing, as it names it within its office.
using TicketRef = StrongId<struct TicketRefTag>;
/// One request to the authority: a UUID, of which it hears at most once.
using AttemptId = StrongId<struct AttemptTag>;

/// So many of a family may come on one ticket.
inline constexpr int kMostPersons = 9;

/// The id of the case of the `person`-th, from 1, on `ticket`.
CaseId MakeCaseId(TicketRef const& ticket, int person);

/// The ticket in a case's id; nothing if it has not the form of one.
std::optional<TicketRef> TicketOf(CaseId const& id);

enum class CaseState {
  /// At a counter.
  kOpen,
  /// The visitor, or the card alone, waits for something.
  kParked,
  kFinished,
  /// Ended without an outcome: begun by mistake, or the visitor left.
  kAbandoned,
};

/// Where one request to the authority stands. It may move only downward here,
/// and SENT is never sent again (design.md 7).
enum class IssuanceState {
  kPlanned,
  /// Written before the first byte leaves, or the clerk has pressed start.
  kSent,
  /// It was sent, and nobody knows what came of it: a clerk looks at the
  /// terminal. Kept out of every figure.
  kUnknown,
  kIssued,
  kRefused,
};

/// One request to the authority.
struct Issuance {
  AttemptId id;
  IssuanceState state = IssuanceState::kPlanned;
  Timestamp planned;
  /// From SENT on.
  std::optional<Timestamp> sent;
  /// From ISSUED or REFUSED on.
  std::optional<Timestamp> ended;
  /// Of REFUSED: the authority's code.
  std::string refusal;

  friend bool operator==(Issuance const&, Issuance const&) = default;
};

/// What was done at a counter, when and by whom.
struct StepRecord {
  enum class Kind {
    kDone,
    /// A PIN was wrong; how often is nobody's to count (C-23).
    kWrongPin,
    /// The reset that was offered after it is wanted.
    kResetChosen,
  };

  Step step = Step::kExplain;
  Kind kind = Kind::kDone;
  Timestamp time;
  StaffId staff;
  CounterId counter;

  friend bool operator==(StepRecord const&, StepRecord const&) = default;
};

/// Why a case is parked.
enum class ParkReason {
  /// The visitor looks for a PIN, fills in a form.
  kVisitor,
  /// The authority is slow or down; the visitor keeps the place.
  kUpstream,
  /// The same, and the card stays here with a receipt (B1-20).
  kCustody,
};

struct Parking {
  ParkReason reason = ParkReason::kVisitor;
  Timestamp since;
  /// When the ticket waits again by itself; nothing with custody.
  std::optional<Timestamp> until;
  /// Of `kUpstream`: when the ticket was let go to wait again, since the
  /// authority is back. The case stays parked until its turn comes.
  std::optional<Timestamp> released = std::nullopt;

  friend bool operator==(Parking const&, Parking const&) = default;
};

/// What ticketing is still to be told. It is told until it has answered, by
/// whichever replica comes first, under a request id made of the case and
/// `number`: so it happens once.
struct Errand {
  enum class Kind {
    kHold,
    /// To be served at `counter`.
    kResume,
    kComplete,
    /// To wait again with the place it had.
    kWait,
  };

  Kind kind = Kind::kHold;
  /// Grows with each errand of the case.
  std::int64_t number = 0;
  CounterId counter;
  StaffId staff;
  /// Of `kHold`: for how long at most; as is usual in the office if nothing.
  /// Not an end: a repeat must ask for the same.
  std::optional<std::chrono::milliseconds> hold_for;
  /// Of `kComplete`: the ticket's outcome.
  std::string outcome;

  friend bool operator==(Errand const&, Errand const&) = default;
};

/// How a case ended.
enum class CaseResult {
  kNone,
  kRenewed,
  kNewlyIssued,
  /// The first of two visits is done.
  kApplied,
  /// Told what to bring, when to come or whither to go.
  kAdvised,
  kRefused,
  /// The holder must come and reset the PIN (C-33).
  kHolderReset,
};

/// One holder's renewal, from the first step at a counter to its outcome.
/// Nothing in it tells who the holder is (domain.md B3-02).
struct RenewalCase {
  CaseId id;
  OfficeId office;
  TicketRef ticket;
  CasePlan plan;
  CaseState state = CaseState::kOpen;
  /// Where it is worked on, or was last.
  CounterId counter;
  /// In the order in which they were taken.
  std::vector<StepRecord> steps;
  /// The last request to the authority.
  std::optional<Issuance> issuance;
  std::optional<Parking> parking;
  std::optional<Errand> errand;
  std::int64_t errands = 0;
  CaseResult result = CaseResult::kNone;
  /// Of an abandoned case: why, as a code.
  std::string reason;
  Timestamp started;
  std::optional<Timestamp> ended;
  /// Grows with each change.
  std::int64_t version = 0;

  friend bool operator==(RenewalCase const&, RenewalCase const&) = default;
};

/// Whether it is neither finished nor abandoned.
constexpr bool IsLive(CaseState state) {
  return state == CaseState::kOpen || state == CaseState::kParked;
}

/// Whether the authority may have issued, and nobody knows yet.
inline bool IsUnclear(RenewalCase const& renewal) {
  return renewal.issuance &&
         (renewal.issuance->state == IssuanceState::kSent ||
          renewal.issuance->state == IssuanceState::kUnknown);
}

/// Whether it waits for the authority, and its ticket for being let go.
inline bool WaitsForUpstream(RenewalCase const& renewal) {
  return renewal.state == CaseState::kParked && renewal.parking &&
         renewal.parking->reason == ParkReason::kUpstream &&
         !renewal.parking->released;
}

/// The first step of the path that is not done yet; nothing if all are.
std::optional<Step> NextStep(RenewalCase const& renewal);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RENEWAL_CASE_H
