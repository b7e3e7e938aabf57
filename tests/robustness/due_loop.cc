#include "tests/robustness/due_loop.h"
#include "services/ticketing/domain/settle_due.h"
#include "tests/support/await.h"
#include <chrono>

namespace madoguchi::robustness {
namespace {

constexpr std::chrono::milliseconds kEvery{20};

}  // namespace

DueLoop::DueLoop(ticketing::DeskContext const& context)
    : context_(context), thread_([this] { Run(); }) {}

DueLoop::~DueLoop() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
    stop_.notify_all();
  }
  thread_.join();
}

void DueLoop::Run() {
  while (true) {
    for (auto const& office : context_.city.offices) {
      // What fails now is done the next time.
      (void)madoguchi::testing::Await<ticketing::DueDone>([&](auto done) {
        SettleDue(context_, office, ticketing::kDueLimit,
                  madoguchi::testing::Soon(), std::move(done));
      });
    }
    MutexLock lock(mu_);
    if (!stopping_) stop_.wait_for(mu_, kEvery);
    if (stopping_) return;
  }
}

}  // namespace madoguchi::robustness
