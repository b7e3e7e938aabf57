#include "services/renewal/domain/issuance_worker.h"
#include "services/base/name_uuid.h"
#include "services/base/status_macros.h"
#include "services/renewal/domain/case_command.h"
#include "services/renewal/domain/case_life.h"
#include "services/renewal/domain/errors.h"
#include "services/renewal/domain/retry_budget.h"
#include <algorithm>
#include <functional>
#include <utility>

namespace madoguchi::renewal {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A hall has some ten counters, and a city a few halls.
constexpr int kMostHeld = 64;
// Until the breaker may have changed its mind.
constexpr milliseconds kLookAgain{500};
constexpr seconds kStoreTimeout{5};
// How long a question waits for its answer, in office time.
constexpr seconds kQuestionLimit{30};
// A machine is no faster because office time is.
constexpr milliseconds kShortestWait{1'000};

IssuanceOrder OrderOf(RenewalCase const& renewal) {
  IssuanceOrder order;
  order.attempt = renewal.issuance->id;
  order.case_key =
      NameUuid("case:" + renewal.office.value + "/" + renewal.id.value);
  order.signing = renewal.plan.has_signing;
  order.user = renewal.plan.has_user;
  order.is_new_issue = renewal.plan.act == Act::kNewIssue;
  return order;
}

CaseEventKind EventOf(AuthorityAnswer::Kind kind) {
  switch (kind) {
    case AuthorityAnswer::Kind::kIssued:
      return CaseEventKind::kIssued;
    case AuthorityAnswer::Kind::kRefused:
      return CaseEventKind::kIssuanceRefused;
    case AuthorityAnswer::Kind::kNothing:
    case AuthorityAnswer::Kind::kPending:
      break;
  }
  return CaseEventKind::kNotIssued;
}

char const* CodeOf(AuthorityAnswer::Kind kind) {
  switch (kind) {
    case AuthorityAnswer::Kind::kIssued:
      return "issued";
    case AuthorityAnswer::Kind::kRefused:
      return "refused";
    case AuthorityAnswer::Kind::kNothing:
    case AuthorityAnswer::Kind::kPending:
      break;
  }
  return "nothing";
}

absl::StatusOr<RenewalCase> Apply(AuthorityAnswer const& answer,
                                  AttemptId const& attempt,
                                  RenewalCase const& renewal, Timestamp now) {
  life::Hand const by{{}, renewal.counter, now};
  switch (answer.kind) {
    case AuthorityAnswer::Kind::kIssued:
      return life::TakeIssued(renewal, attempt, by);
    case AuthorityAnswer::Kind::kRefused:
      return life::TakeRefused(renewal, attempt, answer.refusal, by);
    case AuthorityAnswer::Kind::kNothing:
    case AuthorityAnswer::Kind::kPending:
      break;
  }
  return life::TakeNotIssued(renewal, attempt);
}

bool IsUnknownOutcome(absl::Status const& status) {
  return !status.ok() && !absl::IsFailedPrecondition(status) &&
         !absl::IsNotFound(status);
}

}  // namespace

IssuanceWorker::IssuanceWorker(WorkerContext context)
    : context_(std::move(context)), caller_{context_.replica} {}

void IssuanceWorker::Pass() {
  // Nobody waits for a connection that fell asleep.
  context_.authority.Connect();
  auto const may = MayCallNow();
  // What is planned stays so, and what was sent stays sent.
  if (may == Permission::kNo) return;
  int room = 0;
  {
    MutexLock const lock(mu_);
    if (stopped_) return;
    room = kMostHeld - static_cast<int>(held_.size());
    // One is enough to try with. Those that wait for their time cannot, and
    // may be handed out here again.
    if (may == Permission::kProbe) {
      int const held = static_cast<int>(held_.size());
      room = IsOneDue() ? 0 : std::min(room, held + 1);
    }
    if (taking_) room = 0;
    taking_ = taking_ || room > 0;
  }
  BeginDue();
  if (room > 0) Take(room);
}

// As far as is known here; `UpstreamDesk::Ask` says it for all replicas.
Permission IssuanceWorker::MayCallNow() const {
  return MayCall(context_.upstream.Known().record.breaker,
                 context_.upstream.settings(), context_.clock.Now(), caller_);
}

bool IssuanceWorker::IsOneDue() const {
  auto const now = context_.scheduler.Now();
  return std::any_of(held_.begin(), held_.end(), [now](auto const& each) {
    return each.second.busy || now >= each.second.next;
  });
}

void IssuanceWorker::Stop() {
  MutexLock const lock(mu_);
  stopped_ = true;
}

void IssuanceWorker::Take(int limit) {
  context_.queue.TakeQueued(
      context_.replica, limit,
      std::max(kShortestWait, InMachineTime(kCallLimit)), StoreDeadline(),
      [self = shared_from_this()](
          absl::StatusOr<std::vector<QueuedIssuance>> const& taken) {
        self->Taken(taken);
      });
}

void IssuanceWorker::Taken(
    absl::StatusOr<std::vector<QueuedIssuance>> const& taken) {
  {
    MutexLock const lock(mu_);
    taking_ = false;
    if (!taken.ok()) return;
    for (auto const& issuance : *taken) {
      bool const is_held =
          std::any_of(held_.begin(), held_.end(), [&](auto const& each) {
            return each.second.issuance.entry == issuance.entry;
          });
      if (!is_held) held_[++last_].issuance = issuance;
    }
  }
  BeginDue();
}

void IssuanceWorker::BeginDue() {
  auto const now = context_.scheduler.Now();
  std::vector<std::pair<Number, QueuedIssuance>> due;
  {
    MutexLock const lock(mu_);
    if (stopped_) return;
    for (auto& [number, held] : held_) {
      if (held.busy || now < held.next) continue;
      held.busy = true;
      due.emplace_back(number, held.issuance);
    }
  }
  for (auto const& [number, issuance] : due) Step(number, issuance);
}

void IssuanceWorker::Step(Number number, QueuedIssuance const& issuance) {
  context_.store.Look(issuance.office, {}, issuance.id, StoreDeadline(),
                      [self = shared_from_this(), number,
                       issuance](absl::StatusOr<CaseView> const& view) {
                        if (!view.ok()) return self->Later(number, kLookAgain);
                        if (!view->renewal) return self->Drop(number);
                        self->Decide(number, issuance, *view->renewal);
                      });
}

void IssuanceWorker::Decide(Number number, QueuedIssuance const& issuance,
                            RenewalCase const& renewal) {
  if (!renewal.issuance || renewal.issuance->id != issuance.attempt) {
    return Drop(number);
  }
  switch (renewal.issuance->state) {
    case IssuanceState::kPlanned:
      return AskToSend(number, renewal);
    case IssuanceState::kSent:
      return Question(number, renewal);
    case IssuanceState::kUnknown:
    case IssuanceState::kIssued:
    case IssuanceState::kRefused:
      return Drop(number);
  }
}

void IssuanceWorker::AskToSend(Number number, RenewalCase const& renewal) {
  auto const connection = context_.authority.Connect();
  if (connection == Connection::kConnecting) return Later(number, kLookAgain);
  auto const began = context_.clock.Now();
  context_.upstream.Ask(
      caller_, began, StoreDeadline(),
      [self = shared_from_this(), number, renewal, began,
       connection](absl::StatusOr<Permission> const& may) {
        if (!may.ok() || *may == Permission::kNo) {
          return self->Later(number, kLookAgain);
        }
        if (connection != Connection::kReady) {
          // It surely did not leave, and is as planned as before.
          self->NoteCall(EndedCall::End::kFailed, began, /*is_repeat=*/false);
          return self->Later(number,
                             self->PauseBefore(self->CountTry(number), number));
        }
        self->Send(number, renewal, began);
      });
}

// Under an id that no other try has: two that both believed to have settled it
// would both send.
void IssuanceWorker::Send(Number number, RenewalCase const& renewal,
                          Timestamp began) {
  auto const attempt = renewal.issuance->id;
  auto const name = attempt.value + "/" + context_.replica + "/" +
                    std::to_string(number) + "/" +
                    std::to_string(CountTry(number));
  CaseCommand command;
  command.office = renewal.office;
  command.id = renewal.id;
  command.request = *ReadRequest(NameUuid("send:" + name), "send", {name});
  auto const settings = context_.settings.find(renewal.office);
  if (settings != context_.settings.end()) {
    command.patience = settings->second.patience;
  }
  RunCaseCommand(
      context_.store, context_.clock, context_.scheduler, std::move(command),
      [attempt, began, id = renewal.id](
          std::optional<RenewalCase> const& seen,
          Timestamp) -> absl::StatusOr<CaseDecision> {
        if (!seen) return error::CaseNotFound(id);
        MADOGUCHI_ASSIGN_OR_RETURN(auto after,
                                   life::Send(*seen, attempt, began));
        return CaseDecision{std::move(after), CaseEventKind::kIssuanceSent};
      },
      StoreDeadline(),
      [self = shared_from_this(),
       number](absl::StatusOr<RenewalCase> const& sent) {
        // Whether SENT was kept is not known, or somebody else was faster: then
        // nothing leaves from here, and the case says how to go on.
        if (!sent.ok()) return self->Later(number, kLookAgain);
        self->Call(number, *sent);
      });
}

void IssuanceWorker::Call(Number number, RenewalCase const& renewal) {
  auto const left = *renewal.issuance->sent + kCallLimit - context_.clock.Now();
  auto const deadline = context_.scheduler.Now() + InMachineTime(left);
  context_.authority.Issue(OrderOf(renewal), deadline,
                           [self = shared_from_this(), number, renewal](
                               absl::StatusOr<AuthorityAnswer> const& answer) {
                             self->TakeCallResult(number, renewal, answer);
                           });
}

void IssuanceWorker::TakeCallResult(
    Number number, RenewalCase const& renewal,
    absl::StatusOr<AuthorityAnswer> const& answer) {
  auto const sent = *renewal.issuance->sent;
  auto const now = context_.clock.Now();
  EndedCall call{EndedCall::End::kAnswered, caller_, sent};
  bool const is_answer = answer.ok() &&
                         answer->kind != AuthorityAnswer::Kind::kPending &&
                         answer->kind != AuthorityAnswer::Kind::kNothing;
  if (is_answer) {
    call.latency = now - sent;
  } else {
    call.end = absl::IsDeadlineExceeded(answer.status())
                   ? EndedCall::End::kTimedOut
                   : EndedCall::End::kFailed;
  }
  context_.upstream.Note(call, renewal.issuance->id.value, StoreDeadline(),
                         [](auto const&) {});
  if (answer.ok() && answer->kind != AuthorityAnswer::Kind::kPending) {
    return Settle(number, renewal, *answer);
  }
  Later(number, InMachineTime(sent + kFinalAfter - now));
}

void IssuanceWorker::Question(Number number, RenewalCase const& renewal) {
  auto const final_at = *renewal.issuance->sent + kFinalAfter;
  auto const now = context_.clock.Now();
  if (now < final_at) return Later(number, InMachineTime(final_at - now));
  if (MayCallNow() == Permission::kNo) return Later(number, kLookAgain);
  // The first one is free.
  if (QuestionsOf(number) == 0) {
    return AskToFind(number, renewal, /*is_repeat=*/false);
  }
  context_.upstream.SpendRepeat(
      StoreDeadline(), [self = shared_from_this(), number,
                        renewal](absl::StatusOr<bool> const& may) {
        if (may.ok() && *may) {
          return self->AskToFind(number, renewal, /*is_repeat=*/true);
        }
        self->Later(number, self->InMachineTime(kLongestRetryDelay));
      });
}

void IssuanceWorker::AskToFind(Number number, RenewalCase const& renewal,
                               bool is_repeat) {
  auto const began = context_.clock.Now();
  context_.upstream.Ask(caller_, began, StoreDeadline(),
                        [self = shared_from_this(), number, renewal, began,
                         is_repeat](absl::StatusOr<Permission> const& may) {
                          if (!may.ok() || *may == Permission::kNo) {
                            return self->Later(number, kLookAgain);
                          }
                          self->Find(number, renewal, began, is_repeat);
                        });
}

void IssuanceWorker::Find(Number number, RenewalCase const& renewal,
                          Timestamp began, bool is_repeat) {
  auto const limit = std::max(kShortestWait, InMachineTime(kQuestionLimit));
  auto const nth = CountQuestion(number);
  context_.authority.Find(
      renewal.issuance->id, context_.scheduler.Now() + limit,
      [self = shared_from_this(), number, renewal, began, is_repeat,
       nth](absl::StatusOr<AuthorityAnswer> const& answer) {
        self->NoteCall(answer.ok() ? EndedCall::End::kAnswered
                       : absl::IsDeadlineExceeded(answer.status())
                           ? EndedCall::End::kTimedOut
                           : EndedCall::End::kFailed,
                       began, is_repeat);
        if (answer.ok() && answer->kind != AuthorityAnswer::Kind::kPending) {
          return self->Settle(number, renewal, *answer);
        }
        self->Later(number, self->PauseBefore(nth, number));
      });
}

void IssuanceWorker::Settle(Number number, RenewalCase const& renewal,
                            AuthorityAnswer const& answer) {
  auto const attempt = renewal.issuance->id;
  auto const name = attempt.value + "/" + CodeOf(answer.kind);
  CaseCommand command;
  command.office = renewal.office;
  command.id = renewal.id;
  command.request = *ReadRequest(NameUuid("answer:" + name), "answer", {name});
  RunCaseCommand(
      context_.store, context_.clock, context_.scheduler, std::move(command),
      [attempt, answer, id = renewal.id](
          std::optional<RenewalCase> const& seen,
          Timestamp now) -> absl::StatusOr<CaseDecision> {
        if (!seen) return error::CaseNotFound(id);
        MADOGUCHI_ASSIGN_OR_RETURN(auto after,
                                   Apply(answer, attempt, *seen, now));
        return CaseDecision{std::move(after), EventOf(answer.kind)};
      },
      StoreDeadline(),
      [self = shared_from_this(),
       number](absl::StatusOr<RenewalCase> const& settled) {
        if (IsUnknownOutcome(settled.status())) {
          return self->Later(number, kLookAgain);
        }
        self->Drop(number);
      });
}

// One that is not the answer to a request.
void IssuanceWorker::NoteCall(EndedCall::End end, Timestamp began,
                              bool is_repeat) {
  EndedCall call{end, caller_, began};
  call.is_repeat = is_repeat;
  context_.upstream.Note(call, {}, StoreDeadline(), [](auto const&) {});
}

void IssuanceWorker::Drop(Number number) {
  std::string entry;
  {
    MutexLock const lock(mu_);
    auto const held = held_.find(number);
    if (held == held_.end()) return;
    entry = held->second.issuance.entry;
    held_.erase(held);
  }
  // If that fails somebody takes it again, and drops it.
  context_.queue.DropQueued(entry, StoreDeadline(), [](auto const&) {});
}

void IssuanceWorker::Later(Number number, milliseconds pause) {
  MutexLock const lock(mu_);
  auto const held = held_.find(number);
  if (held == held_.end()) return;
  held->second.busy = false;
  held->second.next = context_.scheduler.Now() + pause;
}

int IssuanceWorker::CountQuestion(Number number) {
  MutexLock const lock(mu_);
  return ++held_[number].asked;
}

int IssuanceWorker::QuestionsOf(Number number) {
  MutexLock const lock(mu_);
  return held_[number].asked;
}

int IssuanceWorker::CountTry(Number number) {
  MutexLock const lock(mu_);
  return ++held_[number].tries;
}

MachineTime IssuanceWorker::StoreDeadline() const {
  return context_.scheduler.Now() + kStoreTimeout;
}

milliseconds IssuanceWorker::InMachineTime(milliseconds office_time) const {
  return milliseconds(static_cast<std::int64_t>(
      static_cast<double>(office_time.count()) / context_.speed));
}

milliseconds IssuanceWorker::PauseBefore(int nth, Number number) const {
  return InMachineTime(RetryDelay(nth, static_cast<std::uint64_t>(number)));
}

}  // namespace madoguchi::renewal
