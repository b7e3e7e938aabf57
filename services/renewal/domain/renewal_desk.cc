#include "services/renewal/domain/renewal_desk.h"
#include "services/base/name_uuid.h"
#include "services/base/status_macros.h"
#include "services/renewal/domain/case_command.h"
#include "services/renewal/domain/case_life.h"
#include "services/renewal/domain/errors.h"
#include <algorithm>
#include <chrono>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <utility>

namespace madoguchi::renewal {
namespace {

constexpr std::chrono::seconds kShortestHold{1};

CaseSettings SettingsIn(DeskContext const& context, OfficeId const& office) {
  auto const found = context.settings.find(office);
  return found == context.settings.end() ? CaseSettings() : found->second;
}

// What ticketing would refuse must not be asked of it.
std::chrono::minutes LongestHoldOf(DeskContext const& context,
                                   OfficeId const& office) {
  auto const* const found = context.city.FindOffice(office);
  return found == nullptr ? DeskPolicy().longest_hold
                          : found->desk_policy.longest_hold;
}

absl::StatusOr<CaseCommand> MakeCommand(
    DeskContext const& context, Press const& press, CaseId const& id,
    std::string_view name, std::initializer_list<std::string_view> arguments) {
  MADOGUCHI_RETURN_IF_ERROR(CheckPress(context.city, press));
  // Who presses is part of the press.
  std::string all;
  for (auto const argument : arguments) {
    all += std::string(argument) + std::string(1, '\0');
  }
  auto request = ReadRequest(press.request_id, name,
                             {press.office.value, press.counter.value,
                              press.staff.value, id.value, all});
  if (!request) return error::RequestIdInvalid();
  CaseCommand command;
  command.office = press.office;
  command.id = id;
  command.request = *std::move(request);
  command.staff = press.staff;
  command.device = press.device;
  command.patience = SettingsIn(context, press.office).patience;
  return command;
}

using TakeStep = std::function<absl::StatusOr<RenewalCase>(
    RenewalCase const& renewal, life::Hand const& by)>;

// A step on a case that exists.
DecideCase DecideOn(CasePress const& press, CaseEventKind kind, TakeStep step) {
  return [press, kind, step = std::move(step)](
             std::optional<RenewalCase> const& seen,
             Timestamp now) -> absl::StatusOr<CaseDecision> {
    if (!seen) return error::CaseNotFound(press.id);
    if (press.expected_version != 0 &&
        seen->version != press.expected_version) {
      return error::CaseChanged(press.id);
    }
    MADOGUCHI_ASSIGN_OR_RETURN(
        auto after, step(*seen, {press.press.staff, press.press.counter, now}));
    return CaseDecision{std::move(after), kind};
  };
}

void RunStep(DeskContext const& context, CasePress const& press,
             std::string_view name,
             std::initializer_list<std::string_view> arguments,
             CaseEventKind kind, TakeStep step, MachineTime deadline,
             Done<RenewalCase> done) {
  auto command = MakeCommand(context, press.press, press.id, name, arguments);
  if (!command.ok()) return done(command.status());
  RunCaseCommand(context.store, context.clock, context.scheduler,
                 *std::move(command), DecideOn(press, kind, std::move(step)),
                 deadline, std::move(done));
}

// The case is settled; what ticketing has to be told can also be told later, by
// whoever comes first. So a ticketing that does not answer fails nothing.
Done<RenewalCase> ThenRunErrand(DeskContext const& context,
                                MachineTime deadline, Done<RenewalCase> done) {
  return [&errands = context.errands, deadline,
          done = std::move(done)](absl::StatusOr<RenewalCase> settled) mutable {
    if (!settled.ok() || !settled->errand) return done(std::move(settled));
    auto const renewal = *settled;
    errands.Run(renewal, deadline,
                [renewal, done = std::move(done)](
                    absl::StatusOr<RenewalCase> after) mutable {
                  done(after.ok() ? *std::move(after) : renewal);
                });
  };
}

CaseEventKind KindOf(Finding finding) {
  switch (finding) {
    case Finding::kIssued:
      return CaseEventKind::kIssued;
    case Finding::kRefused:
      return CaseEventKind::kIssuanceRefused;
    case Finding::kNotIssued:
      return CaseEventKind::kNotIssued;
    case Finding::kUnclear:
      return CaseEventKind::kIssuanceUnclear;
  }
  return CaseEventKind::kIssuanceUnclear;
}

char const* CodeOf(Finding finding) {
  switch (finding) {
    case Finding::kIssued:
      return "issued";
    case Finding::kRefused:
      return "refused";
    case Finding::kNotIssued:
      return "not-issued";
    case Finding::kUnclear:
      return "unclear";
  }
  return "unclear";
}

char const* CodeOf(ParkReason reason) {
  switch (reason) {
    case ParkReason::kVisitor:
      return "visitor";
    case ParkReason::kUpstream:
      return "upstream";
    case ParkReason::kCustody:
      return "custody";
  }
  return "visitor";
}

// A clerk begins at the national terminal. That is done whatever the breaker
// says; if it waits for somebody to try, this is the try. The clerk's answer
// does not wait for it: a start that is not noted makes the figures poorer, not
// wrong.
Done<RenewalCase> ThenNoteStart(DeskContext const& context,
                                CasePress const& press, MachineTime deadline,
                                Done<RenewalCase> done) {
  return [&upstream = context.upstream,
          caller = CallerAt(press.press.office, press.press.counter), deadline,
          done = std::move(done)](absl::StatusOr<RenewalCase> settled) mutable {
    if (settled.ok() && settled->issuance && settled->issuance->sent) {
      upstream.Ask(caller, *settled->issuance->sent, deadline,
                   [](auto const&) {});
    }
    done(std::move(settled));
  };
}

// What a finding tells of the upstream.
EndedCall::End EndOf(Finding finding) {
  switch (finding) {
    case Finding::kIssued:
    case Finding::kRefused:
      return EndedCall::End::kAnswered;
    case Finding::kNotIssued:
      return EndedCall::End::kFailed;
    case Finding::kUnclear:
      return EndedCall::End::kTimedOut;
  }
  return EndedCall::End::kTimedOut;
}

// The clerk has seen what came of a request. `before` is the request before
// that: one that was unclear already is out of every figure.
Done<RenewalCase> ThenNoteEnd(DeskContext const& context, Finding finding,
                              std::shared_ptr<std::optional<Issuance>> before,
                              MachineTime deadline, Done<RenewalCase> done) {
  return [&context, finding, before, deadline,
          done = std::move(done)](absl::StatusOr<RenewalCase> settled) mutable {
    if (settled.ok() && *before && (*before)->sent &&
        (*before)->state == IssuanceState::kSent) {
      EndedCall call;
      call.end = EndOf(finding);
      // It is the request's counter that was asked to try, if any.
      call.caller = CallerAt(settled->office, settled->counter);
      call.began = *(*before)->sent;
      if (call.end == EndedCall::End::kAnswered) {
        call.latency = context.clock.Now() - call.began;
      }
      context.upstream.Note(call, (*before)->id.value, deadline,
                            [](auto const&) {});
    }
    done(std::move(settled));
  };
}

// The same for every repeat of a press, and for no other.
AttemptId AttemptOf(RenewalCase const& renewal) {
  return {NameUuid("attempt:" + renewal.office.value + "/" + renewal.id.value +
                   "/" + std::to_string(renewal.version))};
}

}  // namespace

CaseSettings RenewalDesk::SettingsOf(OfficeId const& office) const {
  return SettingsIn(context_, office);
}

void RenewalDesk::Start(Press const& press, TicketRef const& ticket, int person,
                        CasePlan const& plan, MachineTime deadline,
                        Done<RenewalCase> done) {
  if (person < 1 || person > kMostPersons) {
    return done(error::PersonInvalid());
  }
  auto const id = MakeCaseId(ticket, person);
  auto command = MakeCommand(context_, press, id, "start", {plan.row});
  if (!command.ok()) return done(command.status());
  // What ticketing says is looked at in the decision: a repeat is answered as
  // the first press was, wherever the ticket is meanwhile.
  context_.tickets.AskServed(
      press.office, ticket, press.counter, deadline,
      [context = context_, command = *std::move(command), press, ticket, person,
       plan, id, deadline,
       done = std::move(done)](absl::StatusOr<bool> const& served) mutable {
        auto decide = [press, ticket, person, plan, id, served](
                          std::optional<RenewalCase> const& seen,
                          Timestamp now) -> absl::StatusOr<CaseDecision> {
          bool const is_free = !seen || seen->state == CaseState::kAbandoned;
          if (!is_free) return error::CaseExists(id);
          if (!served.ok()) return error::TicketingUnavailable();
          if (!*served) return error::TicketNotServing(ticket, press.counter);
          life::Hand const by{press.staff, press.counter, now};
          return CaseDecision{
              seen ? life::StartAgain(*seen, plan, by)
                   : life::Start(press.office, ticket, person, plan, by),
              CaseEventKind::kStarted};
        };
        RunCaseCommand(context.store, context.clock, context.scheduler,
                       std::move(command), std::move(decide), deadline,
                       std::move(done));
      });
}

void RenewalDesk::Record(CasePress const& press, Step step,
                         MachineTime deadline, Done<RenewalCase> done) {
  RunStep(
      context_, press, "record", {renewal::CodeOf(step)},
      CaseEventKind::kStepTaken,
      [step](RenewalCase const& renewal, life::Hand const& by) {
        return life::Record(renewal, step, by);
      },
      deadline, std::move(done));
}

void RenewalDesk::NoteWrongPin(CasePress const& press, WrongPin const& wrong,
                               MachineTime deadline, Done<RenewalCase> done) {
  auto const rules = SettingsOf(press.press.office).rules;
  RunStep(
      context_, press, "wrong-pin",
      {wrong.kind == PinKind::kSigning ? "signing" : "four-digits",
       std::to_string(wrong.in_a_row)},
      CaseEventKind::kPinWrong,
      [wrong, rules](RenewalCase const& renewal, life::Hand const& by) {
        return life::NoteWrongPin(renewal, wrong, rules, by);
      },
      deadline, std::move(done));
}

void RenewalDesk::ChooseReset(CasePress const& press, MachineTime deadline,
                              Done<RenewalCase> done) {
  auto const rules = SettingsOf(press.press.office).rules;
  RunStep(
      context_, press, "choose-reset", {}, CaseEventKind::kResetChosen,
      [rules](RenewalCase const& renewal, life::Hand const& by) {
        return life::ChooseReset(renewal, rules, by);
      },
      deadline, std::move(done));
}

void RenewalDesk::RequestIssuance(CasePress const& press, MachineTime deadline,
                                  Done<RenewalCase> done) {
  bool const is_manual =
      SettingsOf(press.press.office).connector == Connector::kManual;
  RunStep(
      context_, press, "issue", {},
      is_manual ? CaseEventKind::kIssuanceSent
                : CaseEventKind::kIssuancePlanned,
      [is_manual](RenewalCase const& renewal,
                  life::Hand const& by) -> absl::StatusOr<RenewalCase> {
        bool const is_planned = renewal.issuance && renewal.issuance->state ==
                                                        IssuanceState::kPlanned;
        // It was planned when this system asked by itself: the clerk does now.
        if (is_manual && is_planned) {
          return life::Send(renewal, renewal.issuance->id, by.now);
        }
        auto const id = AttemptOf(renewal);
        MADOGUCHI_ASSIGN_OR_RETURN(auto const planned,
                                   life::PlanIssuance(renewal, id, by));
        if (!is_manual) return planned;
        return life::Send(planned, id, by.now);
      },
      deadline,
      is_manual ? ThenNoteStart(context_, press, deadline, std::move(done))
                : std::move(done));
}

void RenewalDesk::TakeFinding(CasePress const& press, AttemptId const& attempt,
                              Finding finding, std::string const& code,
                              MachineTime deadline, Done<RenewalCase> done) {
  if (finding == Finding::kRefused && !IsCode(code)) {
    return done(error::ReasonInvalid());
  }
  bool const is_manual =
      SettingsOf(press.press.office).connector == Connector::kManual;
  // The request as it was before the finding.
  auto const before = std::make_shared<std::optional<Issuance>>();
  RunStep(
      context_, press, "finding", {attempt.value, CodeOf(finding), code},
      KindOf(finding),
      [attempt, finding, code, before](
          RenewalCase const& renewal,
          life::Hand const& by) -> absl::StatusOr<RenewalCase> {
        *before = renewal.issuance;
        switch (finding) {
          case Finding::kIssued:
            return life::TakeIssued(renewal, attempt, by);
          case Finding::kRefused:
            return life::TakeRefused(renewal, attempt, code, by);
          case Finding::kNotIssued:
            return life::TakeNotIssued(renewal, attempt);
          case Finding::kUnclear:
            break;
        }
        return life::LoseTrack(renewal, attempt);
      },
      deadline,
      is_manual
          ? ThenNoteEnd(context_, finding, before, deadline, std::move(done))
          : std::move(done));
}

void RenewalDesk::Park(CasePress const& press, ParkReason reason,
                       std::optional<Timestamp> until, MachineTime deadline,
                       Done<RenewalCase> done) {
  bool const offered = SettingsOf(press.press.office).rules.custody;
  if (reason == ParkReason::kCustody && !offered) {
    return done(error::CustodyNotOffered(press.press.office));
  }
  auto const text =
      until ? std::to_string(until->time_since_epoch().count()) : std::string();
  RunStep(
      context_, press, "park", {CodeOf(reason), text}, CaseEventKind::kParked,
      [reason, until, longest = LongestHoldOf(context_, press.press.office)](
          RenewalCase const& renewal, life::Hand const& by) {
        auto end = until;
        // How long the authority stays away nobody knows, and who is let go
        // before it is back comes for nothing.
        if (!end && reason == ParkReason::kUpstream) end = by.now + longest;
        if (end) {
          end = std::clamp(*end, by.now + kShortestHold, by.now + longest);
        }
        return life::Park(renewal, reason, end, by);
      },
      deadline, ThenRunErrand(context_, deadline, std::move(done)));
}

void RenewalDesk::Resume(CasePress const& press, MachineTime deadline,
                         Done<RenewalCase> done) {
  RunStep(context_, press, "resume", {}, CaseEventKind::kResumeAsked,
          life::AskToResume, deadline,
          ThenRunErrand(context_, deadline, std::move(done)));
}

void RenewalDesk::Finish(CasePress const& press, bool completes_ticket,
                         MachineTime deadline, Done<RenewalCase> done) {
  RunStep(
      context_, press, "finish", {completes_ticket ? "ticket" : "case"},
      CaseEventKind::kFinished,
      [completes_ticket](RenewalCase const& renewal, life::Hand const& by) {
        return life::Finish(renewal, completes_ticket, by);
      },
      deadline, ThenRunErrand(context_, deadline, std::move(done)));
}

void RenewalDesk::Abandon(CasePress const& press, std::string const& reason,
                          MachineTime deadline, Done<RenewalCase> done) {
  if (!IsCode(reason)) return done(error::ReasonInvalid());
  RunStep(
      context_, press, "abandon", {reason}, CaseEventKind::kAbandoned,
      [reason](RenewalCase const& renewal, life::Hand const& by) {
        return life::Abandon(renewal, reason, by);
      },
      deadline, std::move(done));
}

void RenewalDesk::Get(OfficeId const& office, CaseId const& id,
                      MachineTime deadline, Done<RenewalCase> done) {
  if (context_.city.FindOffice(office) == nullptr) {
    return done(error::OfficeNotFound(office));
  }
  context_.store.Look(
      office, {}, id, deadline,
      [id, done = std::move(done)](absl::StatusOr<CaseView> view) mutable {
        if (!view.ok()) return done(view.status());
        if (!view->renewal) return done(error::CaseNotFound(id));
        done(*std::move(view->renewal));
      });
}

void RenewalDesk::ListOfTicket(OfficeId const& office, TicketRef const& ticket,
                               MachineTime deadline,
                               Done<std::vector<RenewalCase>> done) {
  if (context_.city.FindOffice(office) == nullptr) {
    return done(error::OfficeNotFound(office));
  }
  context_.store.ListOfTicket(office, ticket, deadline, std::move(done));
}

void RenewalDesk::ListLive(OfficeId const& office, CaseId const& after,
                           int limit, MachineTime deadline,
                           Done<std::vector<RenewalCase>> done) {
  if (context_.city.FindOffice(office) == nullptr) {
    return done(error::OfficeNotFound(office));
  }
  context_.store.ListLive(office, after, limit, deadline, std::move(done));
}

}  // namespace madoguchi::renewal
