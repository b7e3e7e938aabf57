#include "clients/replay/hall_board.h"
#include <algorithm>

namespace madoguchi::replay {

void HallBoard::OnUpdate(ticketing::v1::OfficeUpdate const& update) {
  MutexLock lock(mu_);
  if (!first_) first_ = update;
  if (update.has_snapshot()) {
    for (auto const& service : update.snapshot().services()) {
      waiting_[service.service()] = service.waiting_count();
    }
  }
  for (auto const& service : update.event().services()) {
    waiting_[service.service()] = service.waiting_count();
  }
  if (!update.has_heartbeat()) ++news_;
  changed_.notify_all();
}

void HallBoard::OnLost(std::string const& why) {
  MutexLock lock(mu_);
  why_lost_ = why;
}

std::optional<ticketing::v1::OfficeUpdate> HallBoard::AwaitFirstUpdate(
    std::chrono::milliseconds at_most) {
  auto const deadline = std::chrono::system_clock::now() + at_most;
  MutexLock lock(mu_);
  while (!first_ && std::chrono::system_clock::now() < deadline) {
    changed_.wait_until(mu_, deadline);
  }
  return first_;
}

std::string HallBoard::why_lost() const {
  MutexLock lock(mu_);
  return why_lost_;
}

std::uint64_t HallBoard::news() const {
  MutexLock lock(mu_);
  return news_;
}

void HallBoard::OnNumberTaken(ServiceId const& service) {
  MutexLock lock(mu_);
  for (auto& idle : idle_) {
    auto const& serves = idle.counter.serves;
    bool const suits = std::any_of(
        serves.begin(), serves.end(),
        [&service](auto const& served) { return served.service == service; });
    if (idle.told || !suits) continue;
    idle.told = true;
    ++about_to_call_;
    changed_.notify_all();
    return;
  }
}

int HallBoard::WaitingFor(CounterSettings const& counter) const {
  int waiting = 0;
  for (auto const& served : counter.serves) {
    auto const found = waiting_.find(served.service.value);
    if (found != waiting_.end()) waiting += found->second;
  }
  return waiting;
}

bool HallBoard::AwaitVisitor(CounterSettings const& counter,
                             std::uint64_t seen_news,
                             std::chrono::system_clock::time_point deadline) {
  MutexLock lock(mu_);
  auto const self = idle_.insert(idle_.end(), Idle{counter});
  while (!self->told && !day_ended_ &&
         std::chrono::system_clock::now() < deadline) {
    if (news_ != seen_news && WaitingFor(counter) > about_to_call_) {
      self->told = true;
      ++about_to_call_;
    } else {
      changed_.wait_until(mu_, deadline);
    }
  }
  bool const told = self->told;
  idle_.erase(self);
  return told;
}

void HallBoard::Answered() {
  MutexLock lock(mu_);
  --about_to_call_;
  changed_.notify_all();
}

void HallBoard::EndDay() {
  MutexLock lock(mu_);
  day_ended_ = true;
  changed_.notify_all();
}

}  // namespace madoguchi::replay
