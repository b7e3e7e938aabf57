#include "services/redis/client.h"
#include "services/redis/uv_poller.h"
#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace madoguchi::redis {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Deadlines rarely fire: one look at all pending commands every so often is
// cheaper than a timer for each.
constexpr milliseconds kSweepEvery{5};
// For the connection and the greeting together.
constexpr milliseconds kConnectLimit{2000};
// An answer so much later than its deadline no longer comes: the other end is
// gone without a word, and only a new connection helps.
constexpr milliseconds kStallLimit{5000};
constexpr int kReconnectMinMs = 100;
constexpr int kReconnectMaxMs = 500;
// hiredis frees its buffer of 16 KiB after each larger read.
constexpr std::size_t kReadBuffer = std::size_t{1} << 20;

absl::Status LinkError(std::string const& cause) {
  return absl::UnavailableError(cause);
}

// Another process was faster with the same library.
bool IsAlreadyThere(absl::Status const& status) {
  return std::string(status.message()).find("already exists") !=
         std::string::npos;
}

}  // namespace

struct Client::Pending {
  CommandLine command;
  MachineTime deadline;
  Done<Reply> done;
  bool repeated = false;
  // This element in the list that has it.
  PendingList::iterator self;
};

// Outlives the client until the loop has let go of it.
struct Client::Timers {
  uv_timer_t sweep;
  uv_timer_t reconnect;
  int open = 2;

  static void Closed(uv_handle_t* handle) {
    auto* const timers = static_cast<Timers*>(handle->data);
    if (--timers->open == 0) delete timers;
  }
  void CloseBoth() {
    sweep.data = this;
    reconnect.data = this;
    uv_close(reinterpret_cast<uv_handle_t*>(&sweep), Closed);
    uv_close(reinterpret_cast<uv_handle_t*>(&reconnect), Closed);
  }
};

Client::Client(EventLoop& loop, ClientOptions options)
    : loop_(loop), options_(std::move(options)) {
  loop_.Post([this] {
    timers_ = std::make_unique<Timers>();
    uv_timer_init(loop_.Raw(), &timers_->sweep);
    uv_timer_init(loop_.Raw(), &timers_->reconnect);
    timers_->sweep.data = this;
    timers_->reconnect.data = this;
    Connect();
  });
}

Client::~Client() { Stop(); }

void Client::Stop() {
  loop_.RunAndWait([this] {
    if (!closing_) Close();
  });
}

void Client::Command(CommandLine command, MachineTime deadline,
                     Done<Reply> done) {
  PendingList one;
  one.push_back(
      {std::move(command), deadline, std::move(done), /*repeated=*/false, {}});
  one.front().self = one.begin();
  bool wake = false;
  {
    MutexLock const lock(mu_);
    if (!closed_) {
      wake = inbox_.empty();
      inbox_.splice(inbox_.end(), one);
    }
  }
  if (wake) loop_.Post([this] { TakeInbox(); });
  // Not taken: somebody who was told of the end asks again.
  if (!one.empty()) one.front().done(LinkError("this client is closing"));
}

void Client::TakeInbox() {
  PendingList taken;
  {
    MutexLock const lock(mu_);
    taken.swap(inbox_);
  }
  auto const now = steady_clock::now();
  while (!taken.empty()) {
    PendingList one;
    one.splice(one.begin(), taken, taken.begin());
    if (one.front().deadline <= now) {
      one.front().done(absl::DeadlineExceededError("no time left to ask"));
      continue;
    }
    Start(one);
  }
}

void Client::Start(PendingList& one) {
  if (state_ == State::kUp) {
    Send(one);
  } else if (state_ == State::kFirstConnect && !closing_) {
    next_deadline_ = std::min(next_deadline_, one.front().deadline);
    waiting_.splice(waiting_.end(), one);
  } else {
    one.front().done(LinkError(last_cause_));
  }
}

void Client::Send(PendingList& one) {
  auto& pending = one.front();
  auto const wire = pending.command.Wire();
  if (context_ == nullptr ||
      redisAsyncFormattedCommand(context_, OnReply, &pending, wire.data(),
                                 wire.size()) != REDIS_OK) {
    pending.done(LinkError(last_cause_));
    return;
  }
  next_deadline_ = std::min(next_deadline_, pending.deadline);
  in_flight_.splice(in_flight_.end(), one);
  WatchDeadlines();
}

void Client::Connect() {
  connect_deadline_ = steady_clock::now() + kConnectLimit;
  context_ = options_.unix_socket.empty()
                 ? redisAsyncConnect(options_.host.c_str(), options_.port)
                 : redisAsyncConnectUnix(options_.unix_socket.c_str());
  if (context_ == nullptr || context_->err != 0 ||
      !UvPoller::Attach(context_, loop_.Raw())) {
    auto const cause =
        std::string(context_ == nullptr ? "out of memory" : context_->errstr);
    auto* const context = std::exchange(context_, nullptr);
    if (context != nullptr) redisAsyncFree(context);
    LinkLost(cause);
    return;
  }
  context_->data = this;
  context_->c.reader->maxbuf = kReadBuffer;
  redisAsyncSetConnectCallback(context_, OnConnect);
  redisAsyncSetDisconnectCallback(context_, OnDisconnect);
  WatchDeadlines();
}

void Client::OnConnect(redisAsyncContext const* context, int status) {
  auto* const self = static_cast<Client*>(context->data);
  if (self->context_ != context) return;
  if (status == REDIS_OK) {
    self->Greet();
    return;
  }
  // hiredis frees the context itself.
  self->context_ = nullptr;
  self->LinkLost(context->errstr);
}

void Client::OnDisconnect(redisAsyncContext const* context, int) {
  auto* const self = static_cast<Client*>(context->data);
  if (self->context_ != context) return;
  self->context_ = nullptr;
  self->LinkLost(context->err == 0 ? "closed" : context->errstr);
}

void Client::Greet() {
  greetings_left_ = 1;
  if (!options_.password.empty()) {
    ++greetings_left_;
    CommandLine login{"AUTH"};
    if (!options_.user.empty()) login.Add(options_.user);
    login.Add(options_.password);
    SendOwn(std::move(login), [this](absl::StatusOr<Reply> answer) {
      if (!answer.ok()) {
        Drop(std::string(answer.status().message()));
      } else if (--greetings_left_ == 0) {
        BecomeUp();
      }
    });
  }
  greetings_left_ += options_.greeting.size();
  SendGreeting();
  // Even with nothing to say: only an answer shows that Redis is at work.
  SendOwn({"PING"}, [this](absl::StatusOr<Reply> answer) {
    auto const kind = KindOf(answer.status());
    if (kind == ErrorKind::kLink || kind == ErrorKind::kDeadline) {
      Drop("no answer to the greeting");
    } else if (--greetings_left_ == 0) {
      BecomeUp();
    }
  });
}

void Client::SendGreeting() {
  greeted_ = absl::OkStatus();
  for (auto const& command : options_.greeting) {
    SendOwn(command, [this](absl::StatusOr<Reply> answer) {
      auto const& status = answer.status();
      if (!status.ok() && !IsAlreadyThere(status)) greeted_ = status;
      if (state_ != State::kUp && --greetings_left_ == 0) BecomeUp();
    });
  }
}

void Client::SendOwn(CommandLine command, Done<Reply> done) {
  PendingList one;
  one.push_back({std::move(command),
                 steady_clock::now() + kConnectLimit,
                 std::move(done),
                 /*repeated=*/true,
                 {}});
  one.front().self = one.begin();
  Send(one);
}

void Client::BecomeUp() {
  if (context_ == nullptr || closing_) return;
  state_ = State::kUp;
  while (!waiting_.empty()) {
    PendingList one;
    one.splice(one.begin(), waiting_, waiting_.begin());
    Send(one);
  }
}

void Client::Drop(std::string const& cause) {
  auto* const context = std::exchange(context_, nullptr);
  if (context == nullptr) return;
  // Before the context: what it fails asks for the state.
  LinkLost(cause);
  redisAsyncFree(context);
}

void Client::LinkLost(std::string const& cause) {
  state_ = State::kDown;
  last_cause_ = cause;
  if (!closing_) {
    std::uniform_int_distribution<int> delay(kReconnectMinMs, kReconnectMaxMs);
    uv_update_time(loop_.Raw());
    uv_timer_start(
        &timers_->reconnect,
        [](uv_timer_t* timer) { static_cast<Client*>(timer->data)->Connect(); },
        static_cast<std::uint64_t>(delay(random_)), 0);
  }
  auto waiting = std::exchange(waiting_, {});
  for (auto& pending : waiting) pending.done(LinkError(cause));
}

void Client::OnReply(redisAsyncContext* context, void* raw, void* pending) {
  static_cast<Client*>(context->data)
      ->TakeReply(*static_cast<Pending*>(pending), raw);
}

void Client::TakeReply(Pending& pending, void* raw) {
  auto const* const reply = static_cast<redisReply const*>(raw);
  bool const refused = reply != nullptr && reply->type == REDIS_REPLY_ERROR;
  absl::Status failure;
  if (reply == nullptr) {
    failure = LinkError("the connection was lost before the answer");
  } else if (refused) {
    failure = ErrorFromRedis({reply->str, reply->len});
    if (Repeat(pending, failure)) return;
  }
  PendingList one;
  one.splice(one.begin(), in_flight_, pending.self);
  if (!pending.done) return;
  if (failure.ok()) {
    pending.done(Reply(reply));
  } else if (pending.repeated && !greeted_.ok() &&
             KindOf(failure) == ErrorKind::kNoFunction) {
    pending.done(greeted_);
  } else {
    pending.done(std::move(failure));
  }
}

bool Client::Repeat(Pending& pending, absl::Status const& refusal) {
  if (!pending.done || pending.repeated || options_.greeting.empty() ||
      KindOf(refusal) != ErrorKind::kNoFunction || state_ != State::kUp) {
    return false;
  }
  SendGreeting();
  PendingList one;
  one.splice(one.begin(), in_flight_, pending.self);
  pending.repeated = true;
  Send(one);
  return true;
}

void Client::WatchDeadlines() {
  auto* const handle = reinterpret_cast<uv_handle_t*>(&timers_->sweep);
  if (uv_is_active(handle) != 0) return;
  constexpr auto kEvery = static_cast<std::uint64_t>(kSweepEvery.count());
  uv_timer_start(
      &timers_->sweep,
      [](uv_timer_t* timer) { static_cast<Client*>(timer->data)->Sweep(); },
      kEvery, kEvery);
}

void Client::Sweep() {
  auto const now = steady_clock::now();
  if (context_ != nullptr && state_ != State::kUp && connect_deadline_ <= now) {
    Drop("no answer to the greeting");
    return;
  }
  if (!in_flight_.empty() && in_flight_.front().deadline + kStallLimit <= now) {
    Drop("Redis no longer answers");
    return;
  }
  if (in_flight_.empty() && waiting_.empty() && state_ == State::kUp) {
    uv_timer_stop(&timers_->sweep);
    return;
  }
  if (now < next_deadline_) return;

  next_deadline_ = MachineTime::max();
  // Taken first, called later: a callback may drop the link and so the lists.
  std::vector<Done<Reply>> late;
  auto const take_late = [&](PendingList& list) {
    for (auto at = list.begin(); at != list.end();) {
      auto& pending = *at++;
      if (!pending.done) continue;
      if (pending.deadline > now) {
        next_deadline_ = std::min(next_deadline_, pending.deadline);
        continue;
      }
      late.push_back(std::move(pending.done));
      pending.done = nullptr;
      if (&list == &waiting_) list.erase(pending.self);
    }
  };
  take_late(in_flight_);
  take_late(waiting_);
  for (auto& done : late)
    done(absl::DeadlineExceededError("no answer in time"));
}

void Client::Close() {
  closing_ = true;
  {
    MutexLock const lock(mu_);
    closed_ = true;
  }
  Drop("this client is closing");
  state_ = State::kDown;
  TakeInbox();
  timers_.release()->CloseBoth();
}

}  // namespace madoguchi::redis
