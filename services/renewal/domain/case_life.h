#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_LIFE_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_LIFE_H

#include "services/renewal/domain/renewal_case.h"
#include "services/renewal/domain/renewal_rules.h"
#include "services/renewal/domain/wrong_pin.h"
#include "absl/status/statusor.h"
#include <chrono>
#include <optional>
#include <string>

// The life of a case as a machine: one pure function per step. Each answers the
// case after the step, its version one higher, or refuses by name; none changes
// anything.
//
//   Start --> OPEN --Record..., PlanIssuance...--> Finish --> FINISHED
//              |  ^
//         Park |  | Resume            OPEN, PARKED --Abandon--> ABANDONED
//              v  |
//            PARKED
//
//   PlanIssuance: PLANNED --Send--> SENT --> ISSUED | REFUSED | UNKNOWN
//                                   UNKNOWN --> ISSUED | REFUSED | NotIssued
namespace madoguchi::renewal::life {

/// Who takes a step, and when.
struct Hand {
  StaffId staff;
  CounterId counter;
  Timestamp now;
};

/// A case of the `person`-th on `ticket`, OPEN at the counter of `by`.
RenewalCase Start(OfficeId const& office, TicketRef const& ticket, int person,
                  CasePlan const& plan, Hand const& by);

/// The same in the place of a case that was begun by mistake: its errands go on
/// being counted, for ticketing knows each by its number.
RenewalCase StartAgain(RenewalCase const& abandoned, CasePlan const& plan,
                       Hand const& by);

/// Takes the next step. Refuses with `CASE_NOT_OPEN`, and any but the next one
/// with `STEP_NOT_NEXT`, which names that; ISSUE is taken by the functions
/// below only.
absl::StatusOr<RenewalCase> Record(RenewalCase const& renewal, Step step,
                                   Hand const& by);

/// A PIN was wrong while it was being entered, as the decision table has it
/// (step_events.h): the holder may try again, goes on with a reset once it is
/// locked (C-23), or, with the reply form of a voluntary proxy, cannot go on
/// today (C-33). How often it was wrong is not kept. Refuses with
/// `CASE_NOT_OPEN` or `STEP_NOT_NEXT`.
absl::StatusOr<RenewalCase> NoteWrongPin(RenewalCase const& renewal,
                                         WrongPin const& wrong,
                                         RenewalRules const& rules,
                                         Hand const& by);

/// Puts a reset of the PIN before its entry: the holder wants it after a wrong
/// try (C-23). Refuses with `CASE_NOT_OPEN`, and with `RESET_NOT_POSSIBLE` if
/// no PIN that was said to be known is being entered.
absl::StatusOr<RenewalCase> ChooseReset(RenewalCase const& renewal,
                                        RenewalRules const& rules,
                                        Hand const& by);

/// Plans a request to the authority. ISSUE must be next (`STEP_NOT_NEXT`) and
/// no earlier request under way or unclear (`ISSUANCE_UNDER_WAY`).
absl::StatusOr<RenewalCase> PlanIssuance(RenewalCase const& renewal,
                                         AttemptId const& id, Hand const& by);

/// PLANNED to SENT: to be kept before the first byte leaves. Refuses with
/// `ISSUANCE_SENT` if it is not PLANNED, or not `id`: nobody may send it.
absl::StatusOr<RenewalCase> Send(RenewalCase const& renewal,
                                 AttemptId const& id, Timestamp now);

/// Of a request that was sent, also if unclear meanwhile: the certificates were
/// issued. The step ISSUE is then done. Refuses with `ISSUANCE_NOT_SENT`.
absl::StatusOr<RenewalCase> TakeIssued(RenewalCase const& renewal,
                                       AttemptId const& id, Hand const& by);

/// The same: the authority refused, with its code. Nothing more is tried today.
absl::StatusOr<RenewalCase> TakeRefused(RenewalCase const& renewal,
                                        AttemptId const& id,
                                        std::string const& code,
                                        Hand const& by);

/// SENT to UNKNOWN: nobody can say what came of it. Refuses with
/// `ISSUANCE_NOT_SENT`.
absl::StatusOr<RenewalCase> LoseTrack(RenewalCase const& renewal,
                                      AttemptId const& id);

/// A clerk has seen at the terminal, or the authority has said, that nothing
/// was issued: another request may be planned. Refuses with
/// `ISSUANCE_NOT_SENT`.
absl::StatusOr<RenewalCase> TakeNotIssued(RenewalCase const& renewal,
                                          AttemptId const& id);

/// OPEN to PARKED; a request that is planned is withdrawn, for neither card nor
/// holder will be there. With an errand to hold the ticket; with custody, to
/// complete it: the visitor goes home. Refuses with `CASE_NOT_OPEN`.
absl::StatusOr<RenewalCase> Park(RenewalCase const& renewal, ParkReason reason,
                                 std::optional<Timestamp> until,
                                 Hand const& by);

/// An errand to resume the ticket at the counter of `by`; the case is OPEN when
/// that was done, or at once with custody, whose ticket has ended. Refuses with
/// `CASE_NOT_PARKED`, and with `ERRAND_UNDER_WAY` while ticketing has not
/// answered the one before: two under way could come in any order.
absl::StatusOr<RenewalCase> AskToResume(RenewalCase const& renewal,
                                        Hand const& by);

/// The authority is back: an errand to let the ticket wait again, at `by`'s
/// counter; the case stays PARKED until a clerk resumes it. Refuses with
/// `CASE_NOT_PARKED` unless it waits for the authority, and with
/// `ERRAND_UNDER_WAY`.
absl::StatusOr<RenewalCase> Release(RenewalCase const& renewal, Hand const& by);

/// Ticketing has answered the errand `number`; `is_done` says whether it did
/// it. A resume opens the case; one that was refused leaves it parked, and who
/// was not let wait again still waits for the upstream. Changes
/// nothing if that errand is no longer the case's.
RenewalCase EndErrand(RenewalCase const& renewal, std::int64_t number,
                      bool is_done);

/// Ends a case whose path is walked to its end, with an errand to complete the
/// ticket if `completes_ticket`. Refuses with `CASE_NOT_OPEN`, and with
/// `STEPS_LEFT`, which names the next.
absl::StatusOr<RenewalCase> Finish(RenewalCase const& renewal,
                                   bool completes_ticket, Hand const& by);

/// Ends a case without an outcome. Refuses with `CASE_ENDED`, and with
/// `ISSUANCE_UNCLEAR` while nobody knows what the authority did.
absl::StatusOr<RenewalCase> Abandon(RenewalCase const& renewal,
                                    std::string const& reason, Hand const& by);

/// What becomes of a case whose business day is over, and its ticket with it:
/// FINISHED with what the authority did, or ABANDONED. As it is while that is
/// unclear, the card is in custody, or ticketing has not answered: a clerk, or
/// a later look, ends it.
RenewalCase EndOfDay(RenewalCase const& renewal, Timestamp now);

/// When a request that was sent becomes UNKNOWN without an answer; nothing if
/// none is under way.
std::optional<Timestamp> LosesTrackAt(RenewalCase const& renewal,
                                      std::chrono::minutes patience);

}  // namespace madoguchi::renewal::life

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_LIFE_H
