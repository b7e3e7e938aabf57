#include "tests/benchmarks/issue_load.h"
#include "clients/sdk/uuid.h"
#include "tests/benchmarks/channels.h"
#include "tests/benchmarks/hall.h"
#include "tests/benchmarks/measure.h"
#include <grpcpp/client_context.h>
#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <thread>
#include <utility>

namespace madoguchi::benchmark {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kLimit{20};

}  // namespace

// One press under way, used again for the next.
struct IssueLoad::Press {
  Stub* stub;
  std::optional<grpc::ClientContext> context;
  ticketing::v1::IssueTicketRequest request;
  ticketing::v1::IssueTicketResponse response;
  MachineTime due;
  std::vector<double> latency_ms;
  std::int64_t failed = 0;
};

IssueLoad::IssueLoad(std::string const& address, int channels, int in_flight)
    : in_flight_(in_flight) {
  for (int i = 0; i != channels; ++i) {
    stubs_.push_back(ticketing::v1::TicketService::NewStub(Connect(address)));
  }
  for (int i = 0; i != in_flight; ++i) {
    auto& press = MakePress();
    MutexLock lock(mu_);
    free_.push_back(&press);
  }
}

IssueLoad::~IssueLoad() = default;

IssueLoad::Press& IssueLoad::MakePress() {
  auto const number = presses_.size();
  auto& press = *presses_.emplace_back(std::make_unique<Press>());
  press.stub = stubs_[number % stubs_.size()].get();
  press.request.set_office(kOfficeName);
  press.request.set_service(ServiceName(static_cast<int>(number)));
  press.request.set_language("ja");
  return press;
}

void IssueLoad::Send(Press& press, MachineTime due) {
  press.due = due;
  press.request.set_request_id(sdk::NewRequestId());
  press.context.emplace();
  press.context->set_deadline(std::chrono::system_clock::now() + kLimit);
  press.stub->async()->IssueTicket(&*press.context, &press.request,
                                   &press.response,
                                   [this, &press](grpc::Status const& status) {
                                     Answered(press, status.ok());
                                   });
}

void IssueLoad::Answered(Press& press, bool ok) {
  auto const now = steady_clock::now();
  if (!ok) ++press.failed;
  if (measuring_.load(std::memory_order_relaxed)) {
    press.latency_ms.push_back(
        std::chrono::duration<double, std::milli>(now - press.due).count());
  }
  if (again_.load(std::memory_order_relaxed) &&
      left_.fetch_sub(1, std::memory_order_relaxed) > 0) {
    return Send(press, now);
  }
  MutexLock lock(mu_);
  free_.push_back(&press);
  idle_.notify_one();
}

void IssueLoad::SendAllDue(double per_second,
                           std::chrono::milliseconds length) {
  auto const began = steady_clock::now();
  auto const end = began + length;
  auto const gap = std::chrono::duration_cast<steady_clock::duration>(
      std::chrono::duration<double>(1 / per_second));
  for (auto due = began; due < end; due += gap) {
    std::this_thread::sleep_until(due);
    Press* press = nullptr;
    {
      MutexLock lock(mu_);
      if (!free_.empty()) {
        press = free_.back();
        free_.pop_back();
      }
    }
    Send(press != nullptr ? *press : MakePress(), due);
  }
}

void IssueLoad::Await(std::int64_t open) {
  MutexLock lock(mu_);
  while (free_.size() + static_cast<std::size_t>(open) < presses_.size()) {
    idle_.wait(mu_);
  }
}

LoadResult IssueLoad::Run(LoadShape const& shape,
                          std::vector<pid_t> const& watched) {
  bool const closed = shape.per_second == 0;
  auto const pass = [&](std::chrono::milliseconds length) {
    if (closed) {
      std::this_thread::sleep_for(length);
    } else {
      SendAllDue(shape.per_second, length);
    }
  };
  auto const cpu = [&] {
    std::vector<double> used;
    for (auto const pid : watched) used.push_back(CpuMicroseconds(pid));
    return used;
  };
  for (auto const& press : presses_) {
    press->latency_ms.clear();
    press->failed = 0;
  }
  if (closed) {
    left_ = std::numeric_limits<std::int64_t>::max();
    again_ = true;
    std::vector<Press*> all;
    {
      MutexLock lock(mu_);
      all.assign(free_.begin(), free_.begin() + in_flight_);
      free_.erase(free_.begin(), free_.begin() + in_flight_);
    }
    for (auto* press : all) Send(*press, steady_clock::now());
  }
  pass(shape.warm_up);
  auto const cpu_before = cpu();
  auto const began = steady_clock::now();
  measuring_ = true;
  pass(shape.window);
  measuring_ = false;
  auto const took =
      std::chrono::duration<double>(steady_clock::now() - began).count();
  auto const cpu_after = cpu();
  again_ = false;
  Await(0);

  LoadResult result;
  for (auto const& press : presses_) {
    result.failed += press->failed;
    result.latency_ms.insert(result.latency_ms.end(), press->latency_ms.begin(),
                             press->latency_ms.end());
  }
  std::sort(result.latency_ms.begin(), result.latency_ms.end());
  auto const presses = static_cast<double>(result.latency_ms.size());
  result.per_second = presses / took;
  for (std::size_t i = 0; i != watched.size(); ++i) {
    result.cpu_us.push_back((cpu_after[i] - cpu_before[i]) / presses);
  }
  return result;
}

void IssueLoad::Issue(std::int64_t count) {
  std::vector<Press*> all;
  {
    MutexLock lock(mu_);
    auto const size = std::min(count, static_cast<std::int64_t>(in_flight_));
    all.assign(free_.begin(), free_.begin() + size);
    free_.erase(free_.begin(), free_.begin() + size);
  }
  left_ = count - static_cast<std::int64_t>(all.size());
  again_ = true;
  for (auto* press : all) Send(*press, steady_clock::now());
  Await(0);
  again_ = false;
  for (auto const& press : presses_) {
    if (press->failed != 0) Die("a number could not be issued");
  }
}

}  // namespace madoguchi::benchmark
