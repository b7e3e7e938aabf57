#include "clients/ticket_machine/press_desk.h"
#include "clients/ticket_machine/errors.h"
#include "clients/ticket_machine/unattended.h"
#include <algorithm>
#include <utility>

namespace madoguchi::ticket_machine {

using Kind = RunOutcome::Kind;

namespace {

/// Whether the next press has to wait after a step that ended so.
bool IsObstacle(Kind kind) {
  switch (kind) {
    case Kind::kNothingOpen:
    case Kind::kPrinted:
    case Kind::kRefused:
    case Kind::kGivenUp:
    case Kind::kPrinterNotReady:
      return false;
    case Kind::kIssueUnknown:
    case Kind::kNotPrinted:
    case Kind::kPrintUnknown:
    case Kind::kJournalFailed:
    case Kind::kEarlierPressOpen:
      return true;
  }
  return true;
}

bool IsSameOrder(Order const& order, Press const& press) {
  return order.office == press.office && order.service == press.service &&
         CodeOf(order.language) == press.language;
}

}  // namespace

PressDesk::PressDesk(IssueRun& run, Journal const& journal, std::string notice,
                     std::function<void()> on_change)
    : run_(run),
      journal_(journal),
      on_change_(std::move(on_change)),
      notice_(std::move(notice)) {
  auto const last_printed = journal_.LastPrinted();
  auto const last = journal_.Last();
  MutexLock const lock(mu_);
  for (auto const& press : {last_printed, last}) {
    if (!press) continue;
    bool const refused = press->step == Step::kRefused;
    Remember({{*press, StateOf(*press)},
              refused ? error::PressRefused() : absl::OkStatus()});
  }
  if (last_printed) last_number_ = last_printed->number;
}

void PressDesk::Begin() {
  thread_ = std::thread([this] { Work(); });
}

void PressDesk::Stop() {
  {
    MutexLock const lock(mu_);
    stopping_ = true;
  }
  work_.notify_all();
  if (thread_.joinable()) thread_.join();
}

DeskView PressDesk::View() {
  MutexLock const lock(mu_);
  DeskView view;
  view.out_of_order = out_of_order_;
  view.obstacle = obstacle_;
  view.last_number = last_number_;
  view.notice = notice_;
  if (asked_ && Find(asked_->order.request_id) == nullptr) {
    PressView pressed;
    pressed.press.request_id = asked_->order.request_id;
    pressed.press.service = asked_->order.service;
    pressed.press.language = CodeOf(asked_->order.language);
    view.press = std::move(pressed);
    view.press_is_open = true;
  } else if (!known_.empty()) {
    view.press = known_.back().view;
    view.press_is_open = Open() != nullptr;
  }
  return view;
}

std::optional<absl::StatusOr<PressView>> PressDesk::AnswerAtOnce(
    Order const& order) const {
  if (stopping_) return error::MachineStopping();
  if (asked_ && asked_->order.request_id == order.request_id) {
    if (order.service == asked_->order.service &&
        order.language == asked_->order.language) {
      return std::nullopt;
    }
    return error::RequestIdReused();
  }
  if (auto const* const known = Find(order.request_id)) {
    if (!IsSameOrder(order, known->view.press)) return error::RequestIdReused();
    if (!known->refusal.ok()) return known->refusal;
    // More can be found out by asking the servers again; what needs staff needs
    // them, however often it is asked for.
    bool const rests = known == Open() && !asked_ &&
                       (known->view.state == PressState::kUnknown ||
                        obstacle_ == Kind::kEarlierPressOpen);
    if (rests) return std::nullopt;
    return known->view;
  }
  if (obstacle_ == Kind::kJournalFailed) {
    return error::JournalFailed(obstacle_cause_);
  }
  if (asked_ || IsObstacle(obstacle_)) return error::EarlierPressOpen();
  if (out_of_order_) return error::MachineOutOfOrder();
  return std::nullopt;
}

void PressDesk::Issue(Order order, Done<PressView> done) {
  std::optional<absl::StatusOr<PressView>> answer;
  {
    MutexLock const lock(mu_);
    answer = AnswerAtOnce(order);
    if (!answer) {
      if (!asked_) asked_ = Asked{std::move(order), {}};
      asked_->answers.push_back(std::move(done));
    }
  }
  if (answer) return done(*std::move(answer));
  work_.notify_all();
  on_change_();
}

void PressDesk::QueueStaffStep(StaffStep step, StaffDone done) {
  bool queued = false;
  {
    MutexLock const lock(mu_);
    if (!stopping_) {
      staff_steps_.push_back({std::move(step), std::move(done)});
      // Somebody who waits for a number comes first.
      if (!asked_) staff_wait_ = true;
      queued = true;
    }
  }
  if (!queued) return done(error::MachineStopping());
  work_.notify_all();
}

void PressDesk::Reprint(StaffDone done) {
  QueueStaffStep(
      [this]() -> absl::Status {
        // About a press that is over: what is open stays as it is.
        auto const outcome = run_.Reprint();
        if (outcome.kind == Kind::kNothingOpen) return error::NothingToPrint();
        return StaffAnswerOf(outcome);
      },
      std::move(done));
}

void PressDesk::ChangePaper(StaffDone done) {
  QueueStaffStep(
      [this] {
        auto const outcome = run_.ChangePaper();
        Note(outcome);
        return StaffAnswerOf(outcome);
      },
      std::move(done));
}

void PressDesk::SettlePrinting(std::string request_id, bool visitor_has_it,
                               StaffDone done) {
  QueueStaffStep(
      [this, request_id = std::move(request_id),
       visitor_has_it]() -> absl::Status {
        {
          MutexLock const lock(mu_);
          auto const* const open = Open();
          if (open == nullptr || open->view.press.request_id != request_id ||
              open->view.state == PressState::kUnknown) {
            return error::NothingToSettle();
          }
        }
        auto const outcome = run_.StaffSays(visitor_has_it);
        Note(outcome);
        return StaffAnswerOf(outcome);
      },
      std::move(done));
}

void PressDesk::SetOutOfOrder(bool out_of_order) {
  {
    MutexLock const lock(mu_);
    out_of_order_ = out_of_order;
  }
  on_change_();
}

void PressDesk::ClearNotice() {
  MutexLock const lock(mu_);
  notice_.clear();
}

bool PressDesk::WaitForWork() ABSL_NO_THREAD_SAFETY_ANALYSIS {
  mu_.Lock();
  while (!stopping_ && !asked_ && staff_steps_.empty()) {
    if (!IsObstacle(obstacle_)) {
      work_.wait(mu_);
    } else if (std::chrono::steady_clock::now() < look_again_) {
      work_.wait_until(mu_, look_again_);
    } else {
      break;
    }
  }
  bool const go_on = !stopping_;
  mu_.Unlock();
  return go_on;
}

void PressDesk::Work() {
  while (WaitForWork()) {
    std::optional<Order> order;
    std::optional<QueuedStaffStep> step;
    {
      MutexLock const lock(mu_);
      if (asked_) {
        order = asked_->order;
      } else if (!staff_steps_.empty()) {
        step = std::move(staff_steps_.front());
        staff_steps_.pop_front();
      }
      staff_wait_ = step.has_value();
    }
    if (order) {
      ServeAsked(*order);
    } else if (step) {
      step->done(step->step());
    } else {
      Note(run_.Resume());
    }
  }
  TurnAway();
}

void PressDesk::ServeAsked(Order const& order) {
  bool is_known = false;
  bool is_open = false;
  {
    MutexLock const lock(mu_);
    auto const* const known = Find(order.request_id);
    is_known = known != nullptr;
    is_open = is_known && known == Open();
  }
  absl::StatusOr<PressView> result = PressView();
  if (!is_known || is_open) {
    auto const outcome = is_open ? run_.Resume() : run_.Issue(order);
    Note(outcome);
    result = AnswerOf(outcome);
  }
  std::vector<Done<PressView>> answers;
  {
    MutexLock const lock(mu_);
    // It was finished before its turn came: never issue it again.
    if (is_known && !is_open) {
      auto const* const known = Find(order.request_id);
      if (known->refusal.ok()) {
        result = known->view;
      } else {
        result = known->refusal;
      }
    }
    answers = std::move(asked_->answers);
    asked_.reset();
  }
  for (auto& answer : answers) answer(result);
  on_change_();
}

void PressDesk::TurnAway() {
  std::optional<Asked> asked;
  std::deque<QueuedStaffStep> steps;
  {
    MutexLock const lock(mu_);
    asked = std::exchange(asked_, std::nullopt);
    steps = std::exchange(staff_steps_, {});
  }
  if (asked) {
    for (auto& answer : asked->answers) answer(error::MachineStopping());
  }
  for (auto& step : steps) step.done(error::MachineStopping());
}

void PressDesk::Note(RunOutcome const& outcome) {
  auto const last_printed = journal_.LastPrinted();
  {
    MutexLock const lock(mu_);
    obstacle_ = IsObstacle(outcome.kind) ? outcome.kind : Kind::kNothingOpen;
    obstacle_cause_ = outcome.status;
    look_again_ = std::chrono::steady_clock::now() + kLookAgainAfter;
    if (auto view = ViewOf(outcome)) {
      Remember({*std::move(view), outcome.kind == Kind::kRefused
                                      ? outcome.status
                                      : absl::OkStatus()});
    }
    if (outcome.kind == Kind::kGivenUp) notice_ = Explain(outcome);
    if (last_printed) last_number_ = last_printed->number;
  }
  on_change_();
}

void PressDesk::Remember(Known known) {
  std::erase_if(known_, [&known](Known const& old) {
    return old.view.press.request_id == known.view.press.request_id;
  });
  known_.push_back(std::move(known));
  if (known_.size() > kPressesKnown) known_.pop_front();
}

PressDesk::Known const* PressDesk::Find(std::string const& request_id) const {
  auto const at =
      std::find_if(known_.begin(), known_.end(), [&](Known const& known) {
        return known.view.press.request_id == request_id;
      });
  return at == known_.end() ? nullptr : &*at;
}

PressDesk::Known const* PressDesk::Open() const {
  if (known_.empty() || !IsOpen(known_.back().view.press)) return nullptr;
  return &known_.back();
}

}  // namespace madoguchi::ticket_machine
