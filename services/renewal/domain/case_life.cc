#include "services/renewal/domain/case_life.h"
#include "services/base/status_macros.h"
#include "services/renewal/domain/decision_table.h"
#include "services/renewal/domain/errors.h"
#include "services/renewal/domain/outcome.h"
#include "services/renewal/domain/step_events.h"
#include <algorithm>
#include <utility>

namespace madoguchi::renewal::life {
namespace {

// Of the ticket, when the visitor goes home and the card stays.
constexpr char kCustodyOutcome[] = "custody";
constexpr char kDoneOutcome[] = "done";
constexpr char kDayEndedReason[] = "day_ended";

RenewalCase Next(RenewalCase renewal) {
  ++renewal.version;
  return renewal;
}

absl::Status CheckOpen(RenewalCase const& renewal) {
  if (renewal.state != CaseState::kOpen) return error::CaseNotOpen(renewal);
  return absl::OkStatus();
}

// `step` is the next one, at a counter.
absl::Status CheckNext(RenewalCase const& renewal, Step step) {
  MADOGUCHI_RETURN_IF_ERROR(CheckOpen(renewal));
  auto const next = NextStep(renewal);
  if (next != step) return error::StepNotNext(renewal, next);
  return absl::OkStatus();
}

absl::Status CheckSent(RenewalCase const& renewal, AttemptId const& id) {
  if (!IsUnclear(renewal) || renewal.issuance->id != id) {
    return error::IssuanceNotSent(renewal);
  }
  return absl::OkStatus();
}

void Append(RenewalCase& renewal, Step step, StepRecord::Kind kind,
            Hand const& by) {
  renewal.steps.push_back({step, kind, by.now, by.staff, by.counter});
}

// From now on by another row of the decision table.
void GoOnBy(RowId row, RenewalCase& renewal) {
  auto const& rows = Rows();
  renewal.plan.row = std::string(CodeOf(row));
  renewal.plan.outcome =
      std::string(CodeOf(rows[static_cast<std::size_t>(row)].outcome));
}

void AddReset(RenewalRules const& rules, RenewalCase& renewal) {
  renewal.plan.resets_pin = true;
  renewal.plan.needs_second_id = rules.reset_proof == ResetProof::kSecondId;
}

void SendErrand(RenewalCase& renewal, Errand::Kind kind, Hand const& by) {
  renewal.errand =
      Errand{kind, ++renewal.errands, by.counter, by.staff, {}, {}};
}

// A request that is planned and not sent: nobody may send it any more.
void Withdraw(RenewalCase& renewal) {
  if (renewal.issuance && renewal.issuance->state == IssuanceState::kPlanned) {
    renewal.issuance.reset();
  }
}

void Open(RenewalCase& renewal) {
  renewal.state = CaseState::kOpen;
  renewal.parking.reset();
}

CaseResult ResultOf(CasePlan const& plan) {
  switch (plan.ending) {
    case Ending::kNone:
      break;
    case Ending::kWrongPinInForm:
      return CaseResult::kHolderReset;
    case Ending::kRefused:
      return CaseResult::kRefused;
  }
  if (plan.is_first_of_two) return CaseResult::kApplied;
  switch (plan.act) {
    case Act::kNone:
      return CaseResult::kAdvised;
    case Act::kRenew:
      return CaseResult::kRenewed;
    case Act::kNewIssue:
      return CaseResult::kNewlyIssued;
  }
  return CaseResult::kNone;
}

}  // namespace

RenewalCase Start(OfficeId const& office, TicketRef const& ticket, int person,
                  CasePlan const& plan, Hand const& by) {
  RenewalCase renewal;
  renewal.id = MakeCaseId(ticket, person);
  renewal.office = office;
  renewal.ticket = ticket;
  renewal.plan = plan;
  renewal.counter = by.counter;
  renewal.started = by.now;
  renewal.version = 1;
  return renewal;
}

RenewalCase StartAgain(RenewalCase const& abandoned, CasePlan const& plan,
                       Hand const& by) {
  auto renewal = Start(abandoned.office, abandoned.ticket, 1, plan, by);
  renewal.id = abandoned.id;
  renewal.version = abandoned.version + 1;
  renewal.errand = abandoned.errand;
  renewal.errands = abandoned.errands;
  return renewal;
}

absl::StatusOr<RenewalCase> Record(RenewalCase const& renewal, Step step,
                                   Hand const& by) {
  MADOGUCHI_RETURN_IF_ERROR(CheckNext(renewal, step));
  // The authority's to take, and no clerk's.
  if (step == Step::kIssue) return error::StepNotNext(renewal, step);
  auto after = Next(renewal);
  Append(after, step, StepRecord::Kind::kDone, by);
  return after;
}

absl::StatusOr<RenewalCase> NoteWrongPin(RenewalCase const& renewal,
                                         WrongPin const& wrong,
                                         RenewalRules const& rules,
                                         Hand const& by) {
  MADOGUCHI_RETURN_IF_ERROR(CheckNext(renewal, Step::kEnterPin));
  auto after = Next(renewal);
  Append(after, Step::kEnterPin, StepRecord::Kind::kWrongPin, by);
  auto const row = RowOf(renewal.plan.row);
  if (!row) return after;
  if (auto const in_form = AfterWrongPinInForm(*row, rules)) {
    GoOnBy(in_form->row, after);
    after.plan.ending = Ending::kWrongPinInForm;
  } else if (auto const effect =
                 AfterWrongPin(*row, wrong.kind, wrong.in_a_row);
             effect && effect->row != *row) {
    GoOnBy(effect->row, after);
    AddReset(rules, after);
  }
  return after;
}

absl::StatusOr<RenewalCase> ChooseReset(RenewalCase const& renewal,
                                        RenewalRules const& rules,
                                        Hand const& by) {
  MADOGUCHI_RETURN_IF_ERROR(CheckOpen(renewal));
  auto const running = RowOf(renewal.plan.row);
  auto const row = running ? RowAfterReset(*running) : std::nullopt;
  if (!row || NextStep(renewal) != Step::kEnterPin) {
    return error::ResetNotPossible(renewal);
  }
  auto after = Next(renewal);
  Append(after, Step::kResetPin, StepRecord::Kind::kResetChosen, by);
  GoOnBy(*row, after);
  AddReset(rules, after);
  return after;
}

absl::StatusOr<RenewalCase> PlanIssuance(RenewalCase const& renewal,
                                         AttemptId const& id, Hand const& by) {
  MADOGUCHI_RETURN_IF_ERROR(CheckNext(renewal, Step::kIssue));
  if (renewal.issuance) return error::IssuanceUnderWay(renewal);
  auto after = Next(renewal);
  after.counter = by.counter;
  after.issuance = Issuance{id, IssuanceState::kPlanned, by.now, {}, {}, {}};
  return after;
}

absl::StatusOr<RenewalCase> Send(RenewalCase const& renewal,
                                 AttemptId const& id, Timestamp now) {
  if (!renewal.issuance || renewal.issuance->id != id ||
      renewal.issuance->state != IssuanceState::kPlanned) {
    return error::IssuanceSent(renewal);
  }
  auto after = Next(renewal);
  after.issuance->state = IssuanceState::kSent;
  after.issuance->sent = now;
  return after;
}

absl::StatusOr<RenewalCase> TakeIssued(RenewalCase const& renewal,
                                       AttemptId const& id, Hand const& by) {
  MADOGUCHI_RETURN_IF_ERROR(CheckSent(renewal, id));
  auto after = Next(renewal);
  after.issuance->state = IssuanceState::kIssued;
  after.issuance->ended = by.now;
  Append(after, Step::kIssue, StepRecord::Kind::kDone, by);
  return after;
}

absl::StatusOr<RenewalCase> TakeRefused(RenewalCase const& renewal,
                                        AttemptId const& id,
                                        std::string const& code,
                                        Hand const& by) {
  MADOGUCHI_RETURN_IF_ERROR(CheckSent(renewal, id));
  auto after = Next(renewal);
  after.issuance->state = IssuanceState::kRefused;
  after.issuance->ended = by.now;
  after.issuance->refusal = code;
  after.plan.ending = Ending::kRefused;
  return after;
}

absl::StatusOr<RenewalCase> LoseTrack(RenewalCase const& renewal,
                                      AttemptId const& id) {
  MADOGUCHI_RETURN_IF_ERROR(CheckSent(renewal, id));
  auto after = Next(renewal);
  after.issuance->state = IssuanceState::kUnknown;
  return after;
}

absl::StatusOr<RenewalCase> TakeNotIssued(RenewalCase const& renewal,
                                          AttemptId const& id) {
  MADOGUCHI_RETURN_IF_ERROR(CheckSent(renewal, id));
  auto after = Next(renewal);
  after.issuance.reset();
  return after;
}

absl::StatusOr<RenewalCase> Park(RenewalCase const& renewal, ParkReason reason,
                                 std::optional<Timestamp> until,
                                 Hand const& by) {
  MADOGUCHI_RETURN_IF_ERROR(CheckOpen(renewal));
  auto after = Next(renewal);
  after.state = CaseState::kParked;
  Withdraw(after);
  after.counter = by.counter;
  after.parking = Parking{reason, by.now, until};
  if (reason == ParkReason::kCustody) {
    after.parking->until.reset();
    SendErrand(after, Errand::Kind::kComplete, by);
    after.errand->outcome = kCustodyOutcome;
  } else {
    SendErrand(after, Errand::Kind::kHold, by);
    if (until) after.errand->hold_for = *until - by.now;
  }
  return after;
}

absl::StatusOr<RenewalCase> AskToResume(RenewalCase const& renewal,
                                        Hand const& by) {
  if (renewal.state != CaseState::kParked) return error::CaseNotParked(renewal);
  if (renewal.errand) return error::ErrandUnderWay(renewal);
  auto after = Next(renewal);
  after.counter = by.counter;
  if (renewal.parking->reason == ParkReason::kCustody) {
    Open(after);
  } else {
    SendErrand(after, Errand::Kind::kResume, by);
  }
  return after;
}

absl::StatusOr<RenewalCase> Release(RenewalCase const& renewal,
                                    Hand const& by) {
  if (!WaitsForUpstream(renewal)) return error::CaseNotParked(renewal);
  if (renewal.errand) return error::ErrandUnderWay(renewal);
  auto after = Next(renewal);
  after.parking->released = by.now;
  SendErrand(after, Errand::Kind::kWait, by);
  return after;
}

RenewalCase EndErrand(RenewalCase const& renewal, std::int64_t number,
                      bool is_done) {
  if (!renewal.errand || renewal.errand->number != number) return renewal;
  auto after = Next(renewal);
  bool const has_resumed =
      renewal.errand->kind == Errand::Kind::kResume && is_done;
  after.errand.reset();
  if (has_resumed && renewal.state == CaseState::kParked) Open(after);
  // Whom ticketing did not let wait again is to be let go another time.
  bool const was_kept = renewal.errand->kind == Errand::Kind::kWait && !is_done;
  if (was_kept && after.parking) after.parking->released.reset();
  return after;
}

absl::StatusOr<RenewalCase> Finish(RenewalCase const& renewal,
                                   bool completes_ticket, Hand const& by) {
  MADOGUCHI_RETURN_IF_ERROR(CheckOpen(renewal));
  if (auto const next = NextStep(renewal)) {
    return error::StepsLeft(renewal, *next);
  }
  auto after = Next(renewal);
  after.state = CaseState::kFinished;
  after.result = ResultOf(renewal.plan);
  after.ended = by.now;
  after.counter = by.counter;
  if (completes_ticket) {
    SendErrand(after, Errand::Kind::kComplete, by);
    after.errand->outcome = kDoneOutcome;
  }
  return after;
}

absl::StatusOr<RenewalCase> Abandon(RenewalCase const& renewal,
                                    std::string const& reason, Hand const& by) {
  if (!IsLive(renewal.state)) return error::CaseEnded(renewal);
  if (IsUnclear(renewal)) return error::IssuanceUnclear(renewal);
  auto after = Next(renewal);
  after.state = CaseState::kAbandoned;
  after.reason = reason;
  after.ended = by.now;
  after.counter = by.counter;
  Withdraw(after);
  return after;
}

RenewalCase EndOfDay(RenewalCase const& renewal, Timestamp now) {
  bool const in_custody =
      renewal.parking && renewal.parking->reason == ParkReason::kCustody;
  if (!IsLive(renewal.state) || IsUnclear(renewal) || in_custody ||
      renewal.errand) {
    return renewal;
  }
  auto after = Next(renewal);
  bool const has_result =
      renewal.issuance && (renewal.issuance->state == IssuanceState::kIssued ||
                           renewal.issuance->state == IssuanceState::kRefused);
  after.state = has_result ? CaseState::kFinished : CaseState::kAbandoned;
  if (has_result) after.result = ResultOf(renewal.plan);
  after.reason = kDayEndedReason;
  after.ended = now;
  after.parking.reset();
  Withdraw(after);
  return after;
}

std::optional<Timestamp> LosesTrackAt(RenewalCase const& renewal,
                                      std::chrono::minutes patience) {
  if (!renewal.issuance || renewal.issuance->state != IssuanceState::kSent) {
    return std::nullopt;
  }
  return *renewal.issuance->sent + patience;
}

}  // namespace madoguchi::renewal::life
