#include "clients/replay/clerk.h"
#include "clients/replay/persist.h"
#include "services/base/error.h"
#include "services/base/status_macros.h"
#include "absl/strings/str_cat.h"
#include <algorithm>
#include <chrono>
#include <utility>

namespace madoguchi::replay {
namespace {

using sdk::TicketingClient;

/// A clerk who hears nothing from the wall presses anyway after this long, in
/// machine time: the watch may be down while calls still work.
constexpr std::chrono::seconds kPressAnyway{5};

/// The same while the national system is away and may have to be tried, in
/// office time.
constexpr std::chrono::seconds kTriesEvery{60};

/// A recall that the office's spacing has just not allowed is tried again after
/// this much office time.
constexpr std::chrono::seconds kTooSoonPause{1};

/// How often a clerk looks whether the person at the counter has left, in
/// office time.
constexpr std::chrono::seconds kLookWhetherFree{60};

/// The way of a visitor who is not of the replay.
constexpr std::chrono::seconds kGuestWay{20};

/// Whether `status` says that somebody else has, or had, the counter.
bool IsTaken(absl::Status const& status) {
  auto const reason = GetErrorInfo(status).reason;
  return reason == "COUNTER_ALREADY_OPEN" || reason == "COUNTER_TAKEN_OVER" ||
         reason == "COUNTER_CLOSED";
}

}  // namespace

Clerk::Clerk(Hall const& hall, CounterSettings const& counter,
             std::vector<Shift> shifts, std::uint64_t seed)
    : hall_(hall),
      counter_(counter),
      shifts_(std::move(shifts)),
      name_(absl::StrCat("offices/", hall.office.id.value, "/counters/",
                         counter.id.value)),
      random_(seed) {}

template <typename Request>
Request Clerk::About(ticketing::v1::Ticket const& ticket) const {
  Request request;
  request.set_ticket(ticket.name());
  request.set_counter(name_);
  request.set_session(session_);
  return request;
}

void Clerk::Work() {
  for (auto const& shift : shifts_) {
    if (!hall_.pace.SleepUntil(shift.from)) return;
    auto const status = WorkShift(shift);
    if (status.ok()) continue;
    hall_.problems.Add(absl::StrCat("counter ", counter_.id.value), status);
    return;
  }
}

absl::Status Clerk::WorkShift(Shift const& shift) {
  while (true) {
    auto const status = WorkWhileOurs(shift);
    if (!hall_.with_people || !IsTaken(status)) return status;
    auto const again = hall_.pace.Now() + kLookWhetherFree;
    if (again >= shift.to || !hall_.pace.SleepUntil(again)) {
      return absl::OkStatus();
    }
  }
}

absl::Status Clerk::WorkWhileOurs(Shift const& shift) {
  ticketing::v1::OpenCounterRequest open;
  open.set_counter(name_);
  open.set_staff(StaffName());
  MADOGUCHI_ASSIGN_OR_RETURN(
      auto const opened,
      Persist(hall_.pace, hall_.client, &TicketingClient::OpenCounter, open));
  session_ = opened.session();

  MADOGUCHI_RETURN_IF_ERROR(CallUntil(shift.to));

  ticketing::v1::CloseCounterRequest close;
  close.set_counter(name_);
  close.set_session(session_);
  return Persist(hall_.pace, hall_.client, &TicketingClient::CloseCounter,
                 close)
      .status();
}

absl::Status Clerk::CallUntil(Timestamp end) {
  ticketing::v1::CallNextTicketRequest press;
  press.set_counter(name_);
  press.set_session(session_);
  auto const shift_end = hall_.pace.MachineTimeOf(end);
  bool told = false;
  while (hall_.pace.Now() < end && !hall_.pace.DayEnded()) {
    MADOGUCHI_ASSIGN_OR_RETURN(bool const tried, TryUpstream());
    if (tried) continue;
    // Read before the press: who comes after the answer is newer than this.
    auto const news = hall_.board.news();
    auto const pressed = std::chrono::steady_clock::now();
    auto const called = Persist(hall_.pace, hall_.client,
                                &TicketingClient::CallNextTicket, press);
    if (told) hall_.board.Answered();
    told = false;
    if (!called.ok()) return called.status();
    if (called->has_ticket()) {
      MADOGUCHI_RETURN_IF_ERROR(Attend(called->ticket(), pressed));
      continue;
    }
    auto const anyway = NextLook();
    told = hall_.board.AwaitVisitor(
        counter_, news,
        std::min<std::chrono::system_clock::time_point>(anyway, shift_end));
  }
  if (told) hall_.board.Answered();
  return absl::OkStatus();
}

// When a clerk who hears nothing looks again: soon, while something has to be
// tried.
std::chrono::system_clock::time_point Clerk::NextLook() const {
  std::chrono::system_clock::time_point const anyway =
      std::chrono::system_clock::now() + kPressAnyway;
  bool const is_down =
      hall_.renewal != nullptr &&
      hall_.renewal->upstream.Now().state() != renewal::v1::Upstream::WORKS;
  if (!is_down) return anyway;
  return std::min<std::chrono::system_clock::time_point>(
      anyway, hall_.pace.MachineTimeOf(hall_.pace.Now() + kTriesEvery));
}

absl::Status Clerk::Attend(ticketing::v1::Ticket const& ticket,
                           MachineTime pressed) {
  auto const visitor = hall_.ledger.Called(ticket, counter_.id, pressed);
  if (!visitor) return Serve(ticket, nullptr);
  return visitor->comes ? Serve(ticket, &*visitor)
                        : GiveUpOn(ticket, visitor->visitor);
}

absl::Status Clerk::Serve(ticketing::v1::Ticket const& ticket,
                          Ledger::CalledVisitor const* visitor) {
  auto const way = visitor == nullptr ? std::chrono::milliseconds(kGuestWay)
                                      : hall_.plans[visitor->visitor].way_time;
  hall_.pace.SleepUntil(FromProto(ticket.call_time()) + way);
  MADOGUCHI_ASSIGN_OR_RETURN(
      auto const serving,
      Persist(hall_.pace, hall_.client, &TicketingClient::StartServing,
              About<ticketing::v1::StartServingRequest>(ticket)));
  if (visitor != nullptr) {
    hall_.ledger.Serving(visitor->visitor, serving.ticket());
    if (HasCase(*visitor)) return WorkOnCase(ticket.name(), visitor->visitor);
  }

  auto const service_time =
      visitor == nullptr
          ? DrawServiceTime(random_, hall_.office, ServiceId{ticket.service()})
          : hall_.plans[visitor->visitor].service_time;
  hall_.pace.SleepUntil(FromProto(serving.ticket().serving_start_time()) +
                        service_time);
  MADOGUCHI_ASSIGN_OR_RETURN(
      auto const completed,
      Persist(hall_.pace, hall_.client, &TicketingClient::CompleteTicket,
              About<ticketing::v1::CompleteTicketRequest>(ticket)));
  if (visitor != nullptr) {
    hall_.ledger.Completed(visitor->visitor,
                           FromProto(completed.ticket().end_time()));
  }
  return absl::OkStatus();
}

bool Clerk::HasCase(Ledger::CalledVisitor const& visitor) const {
  return hall_.renewal != nullptr &&
         hall_.plans[visitor.visitor].case_kind != CaseKind::kNone;
}

absl::Status Clerk::WorkOnCase(std::string const& ticket, std::size_t visitor) {
  CaseWorker worker(*hall_.renewal, name_, StaffName());
  MADOGUCHI_ASSIGN_OR_RETURN(
      auto const end, worker.Work(visitor, hall_.plans[visitor], ticket));
  if (end == CaseWorker::End::kParked) {
    hall_.ledger.Held(visitor);
  } else {
    hall_.ledger.Completed(visitor, hall_.pace.Now());
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Clerk::TryUpstream() {
  if (hall_.renewal == nullptr ||
      !CaseWorker(*hall_.renewal, name_, StaffName()).IsAskedToTry()) {
    return false;
  }
  auto const visitor = hall_.renewal->cases.TakeParked();
  if (!visitor) return false;
  auto const known = hall_.renewal->cases.Find(*visitor);
  hall_.ledger.Resumed(*visitor);
  auto const worked = WorkOnCase(known->ticket(), *visitor);
  if (worked.code() != absl::StatusCode::kFailedPrecondition) {
    MADOGUCHI_RETURN_IF_ERROR(worked);
    return true;
  }
  // Called in the same moment, for the hold was over.
  hall_.ledger.Held(*visitor);
  hall_.renewal->cases.Changed(*visitor, *known);
  return false;
}

std::string Clerk::StaffName() const {
  return absl::StrCat("replay-", counter_.id.value);
}

absl::Status Clerk::GiveUpOn(ticketing::v1::Ticket const& ticket,
                             std::size_t visitor) {
  auto const& policy = hall_.office.call_policy;
  auto last_call = FromProto(ticket.call_time());
  for (int recalls = 0; recalls < policy.recalls_before_absent;) {
    hall_.pace.SleepUntil(last_call + policy.recall_spacing);
    auto const recalled =
        Persist(hall_.pace, hall_.client, &TicketingClient::RecallTicket,
                About<ticketing::v1::RecallTicketRequest>(ticket));
    if (recalled.ok()) {
      last_call = FromProto(recalled->ticket().call_time());
      ++recalls;
    } else if (GetErrorInfo(recalled.status()).reason == "RECALL_TOO_SOON") {
      last_call += kTooSoonPause;
    } else {
      return recalled.status();
    }
  }
  hall_.pace.SleepUntil(last_call + policy.recall_spacing);
  MADOGUCHI_ASSIGN_OR_RETURN(
      auto const absent,
      Persist(hall_.pace, hall_.client, &TicketingClient::MarkAbsent,
              About<ticketing::v1::MarkAbsentRequest>(ticket)));
  hall_.ledger.Absent(visitor, absent.ticket());
  return absl::OkStatus();
}

}  // namespace madoguchi::replay
