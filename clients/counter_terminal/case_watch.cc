#include "clients/counter_terminal/case_watch.h"
#include <mutex>
#include <utility>

namespace madoguchi::counter_terminal {
namespace {

constexpr int kMostParked = 100;

}  // namespace

CaseNews LookAtCases(CaseCalls& calls, std::string const& office) {
  CaseNews news;
  renewal::v1::ListRenewalsRequest request;
  request.set_parent(office);
  request.set_page_size(kMostParked);
  auto const listed = calls.ListRenewals(request);
  if (!listed.ok()) return news;
  news.is_there = true;
  for (auto const& renewal : listed->renewals()) {
    if (renewal.state() == renewal::v1::Renewal::PARKED) {
      news.parked.push_back(renewal);
    }
  }
  auto const upstream = calls.LookAtUpstream(office);
  if (upstream.ok()) news.upstream = *upstream;
  return news;
}

CaseWatch::CaseWatch(CaseCalls& calls, std::string office)
    : calls_(calls), office_(std::move(office)), thread_([this] { Run(); }) {}

CaseWatch::~CaseWatch() {
  {
    MutexLock const lock(mu_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

CaseNews CaseWatch::Get() const {
  MutexLock const lock(mu_);
  return news_;
}

void CaseWatch::Run() {
  do {
    auto news = LookAtCases(calls_, office_);
    MutexLock const lock(mu_);
    news_ = std::move(news);
  } while (Wait());
}

bool CaseWatch::Wait() ABSL_NO_THREAD_SAFETY_ANALYSIS {
  std::unique_lock<Mutex> lock(mu_);
  changed_.wait_for(lock, kEach, [this] { return ending_; });
  return !ending_;
}

}  // namespace madoguchi::counter_terminal
