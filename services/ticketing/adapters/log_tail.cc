#include "services/ticketing/adapters/log_tail.h"
#include "services/redis/store_errors.h"
#include "services/ticketing/adapters/store_answers.h"
#include "services/ticketing/adapters/store_keys.h"
#include "services/ticketing/domain/errors.h"
#include <chrono>
#include <utility>

namespace madoguchi::ticketing {
namespace {

using std::chrono::milliseconds;

// How long Redis keeps a question open. Longer saves nothing to speak of;
// shorter tells sooner that the link is gone.
constexpr milliseconds kBlock{1000};
constexpr milliseconds kGrace{1000};
// Reconnecting takes 100 to 500 ms, so asking more often is of no use.
constexpr milliseconds kRetry{50};
// Each question costs Redis a wake-up of its own. When events come faster than
// this they are fetched together; one that comes alone is fetched at once.
constexpr milliseconds kBusy{10};
constexpr milliseconds kTogether{8};
constexpr std::size_t kMostEvents = 512;

}  // namespace

LogTail::LogTail(redis::EventLoop& loop, redis::ClientOptions const& options,
                 CityId const& city, std::vector<OfficeId> const& offices,
                 LogListener& listener)
    : loop_(loop),
      listener_(listener),
      self_(std::make_shared<LogTail*>(this)),
      client_(std::make_unique<redis::Client>(loop, options)) {
  for (auto const& office : offices) {
    logs_.push_back({office, LogKey(city, office), 0});
  }
}

LogTail::~LogTail() {
  loop_.RunAndWait([this] { *self_ = nullptr; });
  client_.reset();
}

void LogTail::Start(std::map<OfficeId, std::int64_t> const& from) {
  loop_.Post([self = self_, from] {
    if (*self == nullptr) return;
    for (auto& log : (*self)->logs_) {
      auto const found = from.find(log.office);
      if (found != from.end()) log.last = found->second;
    }
    (*self)->Ask();
  });
}

void LogTail::Ask() {
  if (logs_.empty()) return;
  redis::CommandLine command{"XREAD", "BLOCK"};
  command.Add(kBlock.count()).Add("COUNT").Add(kMostEvents).Add("STREAMS");
  for (auto const& log : logs_) command.Add(log.key);
  for (auto const& log : logs_) {
    command.Add({std::to_string(log.last), "-0"});
  }
  client_->Command(std::move(command),
                   std::chrono::steady_clock::now() + kBlock + kGrace,
                   [self = self_](absl::StatusOr<redis::Reply> answer) {
                     if (*self != nullptr) (*self)->Take(std::move(answer));
                   });
}

void LogTail::AskLater(milliseconds pause) {
  loop_.After(pause, [self = self_] {
    if (*self != nullptr) (*self)->Ask();
  });
}

void LogTail::Take(absl::StatusOr<redis::Reply> answer) {
  if (!answer.ok()) {
    SetLink(redis::ToStoreError(answer.status()));
    AskLater(kRetry);
    return;
  }
  events_ = 0;
  for (std::size_t i = 0; i != answer->Size(); ++i) {
    auto const status = TakeLog((*answer)[i]);
    if (status.ok()) continue;
    SetLink(status);
    AskLater(kRetry);
    return;
  }
  SetLink(absl::OkStatus());
  auto const now = std::chrono::steady_clock::now();
  // A full page means that there is more already.
  bool const busy =
      answer->Size() != 0 && now - answered_ < kBusy && events_ < kMostEvents;
  if (answer->Size() != 0) answered_ = now;
  if (busy) {
    AskLater(kTogether);
  } else {
    Ask();
  }
}

absl::Status LogTail::TakeLog(redis::Reply log) {
  auto const key = log[0].Text();
  for (auto& known : logs_) {
    if (known.key != key) continue;
    auto events = ReadEvents(log[1]);
    if (!events.ok()) return events.status();
    if (events->empty()) return absl::OkStatus();
    events_ += events->size();
    known.last = events->back().sequence;
    listener_.OnEvents(known.office, *std::move(events));
    return absl::OkStatus();
  }
  return error::StoreError("a log that nobody asked for");
}

void LogTail::SetLink(absl::Status const& status) {
  if (link_known_ && link_up_ == status.ok()) return;
  link_known_ = true;
  link_up_ = status.ok();
  if (link_up_) {
    listener_.OnLinkUp();
  } else {
    listener_.OnLinkDown(status);
  }
}

}  // namespace madoguchi::ticketing
