#include "tests/robustness/load.h"
#include "tests/robustness/people.h"
#include <algorithm>
#include <memory>
#include <utility>

namespace madoguchi::robustness {
namespace {

// How long anyone waits without news before looking again.
constexpr std::chrono::milliseconds kLookAgain{20};

// How long one who goes on by itself is left alone.
constexpr std::chrono::milliseconds kLeaveAlone{150};

constexpr std::size_t kTicketsKnown = 300;

}  // namespace

Load::Load(Office const& office, LoadOptions options, Senders senders,
           History& history)
    : office_(office),
      options_(options),
      senders_(senders),
      history_(history),
      leave_at_(std::chrono::steady_clock::now() + options.limit) {}

Load::~Load() {
  {
    MutexLock lock(mu_);
    stopped_ = true;
    news_.notify_all();
  }
  for (auto& person : people_) {
    if (person.joinable()) person.join();
  }
}

bool Load::Prepare() {
  std::vector<std::thread> machines;
  for (int i = 0; i != options_.ticket_machines; ++i) {
    machines.emplace_back([this, i] {
      TicketMachine(*this, 50 + i).Run(/*wait_for_room=*/false);
    });
  }
  for (auto& machine : machines) machine.join();
  return !Left();
}

void Load::Start() {
  {
    MutexLock lock(mu_);
    machines_ = options_.ticket_machines;
    door_open_ = options_.open_end;
  }
  for (int i = 0; i != options_.ticket_machines; ++i) {
    people_.emplace_back([this, i] {
      TicketMachine(*this, i).Run(/*wait_for_room=*/true);
      MachineLeaves();
    });
  }
  for (int i = 0; i != options_.counters; ++i) {
    auto clerk = std::make_shared<Clerk>(*this, i);
    {
      MutexLock lock(mu_);
      ++(clerk->serves_all() ? busy_stayers_ : passers_);
    }
    people_.emplace_back([this, clerk] {
      clerk->Run();
      ClerkLeaves(clerk->serves_all());
    });
  }
}

void Load::CloseDoor() {
  MutexLock lock(mu_);
  door_open_ = false;
  ++changes_;
  news_.notify_all();
}

void Load::StartOver() {
  MutexLock lock(mu_);
  gone_ = issued_;
  ++changes_;
  news_.notify_all();
}

bool Load::Finish() {
  for (auto& person : people_) person.join();
  people_.clear();
  return !Left();
}

bool Load::Left() const {
  MutexLock lock(mu_);
  return stopped_ || std::chrono::steady_clock::now() > leave_at_;
}

bool Load::TakeTurnToIssue(bool wait) {
  while (!Left()) {
    MutexLock lock(mu_);
    bool const over = options_.open_end && wait && !door_open_;
    if (over || issued_ >= options_.tickets) return false;
    if (issued_ - gone_ < options_.waiting) {
      ++issued_;
      return true;
    }
    if (!wait) return false;
    news_.wait_for(mu_, kLookAgain);
  }
  return false;
}

void Load::MachineLeaves() {
  MutexLock lock(mu_);
  --machines_;
  news_.notify_all();
}

void Load::ClerkLeaves(bool serves_all) {
  MutexLock lock(mu_);
  // One who stays is idle when leaving, unless everybody has to.
  if (!serves_all) --passers_;
  news_.notify_all();
}

void Load::Waits(std::string const& ticket) {
  MutexLock lock(mu_);
  known_.push_back(ticket);
  if (known_.size() > kTicketsKnown) known_.pop_front();
}

void Load::Gone() {
  MutexLock lock(mu_);
  ++gone_;
  news_.notify_all();
}

void Load::WaitsAgain() {
  MutexLock lock(mu_);
  --gone_;
  ++changes_;
  news_.notify_all();
}

void Load::TellNews() {
  MutexLock lock(mu_);
  ++changes_;
  news_.notify_all();
}

void Load::GoesAway(std::string const& ticket) {
  MutexLock lock(mu_);
  absent_.push_back(ticket);
  ++away_;
  --gone_;
  news_.notify_all();
}

std::string Load::TakeAbsent() {
  MutexLock lock(mu_);
  if (absent_.empty()) return "";
  auto ticket = std::move(absent_.front());
  absent_.pop_front();
  return ticket;
}

void Load::GoesOn(Pending pending, bool waited) {
  MutexLock lock(mu_);
  pending.since = pending.looked_at = std::chrono::steady_clock::now();
  pending_.push_back(std::move(pending));
  ++away_;
  if (!waited) --gone_;
  ++changes_;
  news_.notify_all();
}

std::optional<Load::Pending> Load::TakePending() {
  MutexLock lock(mu_);
  auto const now = std::chrono::steady_clock::now();
  if (pending_.empty() || now < pending_.front().looked_at + kLeaveAlone) {
    return std::nullopt;
  }
  auto pending = std::move(pending_.front());
  pending_.pop_front();
  return pending;
}

void Load::PutBack(Pending pending) {
  MutexLock lock(mu_);
  pending.looked_at = std::chrono::steady_clock::now();
  pending_.push_back(std::move(pending));
}

void Load::IsBack() {
  MutexLock lock(mu_);
  --away_;
  ++changes_;
  news_.notify_all();
}

std::string Load::SomeTicket(int choice) const {
  MutexLock lock(mu_);
  if (known_.empty()) return "";
  return known_[static_cast<std::size_t>(choice) % known_.size()];
}

std::string Load::SomeCounter(int choice) const {
  auto const at = static_cast<std::size_t>(choice % options_.counters);
  return office_.counters[at].id.value;
}

void Load::Linger(std::chrono::milliseconds duration) {
  MutexLock lock(mu_);
  auto const until =
      std::min(std::chrono::steady_clock::now() + duration, leave_at_);
  while (!stopped_ &&
         news_.wait_until(mu_, until) == std::cv_status::no_timeout) {
  }
}

std::int64_t Load::Changes() const {
  MutexLock lock(mu_);
  return changes_;
}

bool Load::IsBusyTime() const {
  MutexLock lock(mu_);
  return machines_ > 0 || door_open_;
}

bool Load::MoreToCome(bool serves_all, std::int64_t seen) {
  MutexLock lock(mu_);
  if (serves_all) --busy_stayers_;
  bool const nobody_new = machines_ == 0 && away_ == 0 && !door_open_;
  bool const last = passers_ == 0 && busy_stayers_ == 0 && changes_ == seen;
  if (nobody_new && (!serves_all || last)) return false;
  news_.wait_for(mu_, kLookAgain);
  if (serves_all) ++busy_stayers_;
  return true;
}

}  // namespace madoguchi::robustness
