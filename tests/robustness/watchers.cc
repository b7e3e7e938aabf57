#include "tests/robustness/watchers.h"
#include "tests/robustness/sdk_sender.h"
#include "madoguchi/ticketing/v1/display_service.pb.h"
#include "madoguchi/ticketing/v1/event_service.grpc.pb.h"
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace madoguchi::robustness {
namespace {

namespace v1 = ticketing::v1;
using ticketing::EventKind;

// By the numbers of `v1::Event::Kind`, which begin at 1.
constexpr std::array<EventKind, 27> kLogKinds = {
    EventKind::kDayOpened,         EventKind::kDayOpened,
    EventKind::kTicketIssued,      EventKind::kTicketCalled,
    EventKind::kTicketRecalled,    EventKind::kServingStarted,
    EventKind::kTicketCompleted,   EventKind::kTicketMarkedAbsent,
    EventKind::kTicketReturned,    EventKind::kTicketCancelled,
    EventKind::kCounterOpened,     EventKind::kCounterClosed,
    EventKind::kTicketHeld,        EventKind::kHoldEnded,
    EventKind::kServingResumed,    EventKind::kTicketTransferred,
    EventKind::kServiceFinished,   EventKind::kTicketMoved,
    EventKind::kTicketArrived,     EventKind::kVisitorServed,
    EventKind::kTicketEdited,      EventKind::kStepUndone,
    EventKind::kFinishOverdue,     EventKind::kTicketExpired,
    EventKind::kTicketCarriedOver, EventKind::kCounterPaused,
    EventKind::kCounterResumed,
};

// By the numbers of `v1::OfficeEvent::Kind`; the first is no event's.
constexpr std::array<Shown, 14> kDisplayKinds = {
    Shown::kWaiting,       Shown::kWaiting,        Shown::kCalled,
    Shown::kRecalled,      Shown::kServing,        Shown::kCompleted,
    Shown::kAbsent,        Shown::kReturned,       Shown::kCounterOpened,
    Shown::kCounterClosed, Shown::kDayOpened,      Shown::kLeft,
    Shown::kCorrected,     Shown::kCounterChanged,
};

OfficeMs OfficeMsOf(google::protobuf::Timestamp const& time) {
  return time.seconds() * 1'000 + time.nanos() / 1'000'000;
}

ShownCall CallOf(v1::Call const& call) {
  return {call.sequence(), call.number(), call.counter()};
}

CounterFacts CounterFactsOf(v1::Counter const& counter) {
  CounterFacts facts;
  facts.open = counter.open();
  facts.version = counter.version();
  if (counter.activity() == v1::Counter::PAUSED) {
    facts.activity = ticketing::CounterActivity::kPaused;
  } else if (counter.activity() == v1::Counter::WRAP_UP) {
    facts.activity = ticketing::CounterActivity::kWrapUp;
  }
  return facts;
}

LogEntry EntryOf(v1::Event const& event) {
  LogEntry entry;
  entry.sequence = event.sequence();
  entry.kind = kLogKinds.at(static_cast<std::size_t>(event.kind()));
  if (event.has_ticket()) entry.ticket = FactsOf(event.ticket());
  entry.rank = event.rank();
  entry.counter = LastPartOf(event.counter());
  entry.session = event.session();
  entry.time = OfficeMsOf(event.office_time());
  std::from_chars(event.business_day().data(),
                  event.business_day().data() + event.business_day().size(),
                  entry.day);
  entry.reason = event.reason();
  auto const& ticket = event.ticket();
  entry.queue = ticket.queue();
  if (ticket.has_hold()) {
    entry.hold_deadline = OfficeMsOf(ticket.hold().deadline_time());
  }
  entry.next_services = {ticket.next_services().begin(),
                         ticket.next_services().end()};
  entry.moved_from = ticket.moved_from();
  if (event.has_counter_state()) {
    entry.counter_state = CounterFactsOf(event.counter_state());
  }
  return entry;
}

}  // namespace

Display::Display(std::string name, sdk::ClientOptions options,
                 std::string office)
    : name_(std::move(name)) {
  watch_ = std::make_unique<sdk::OfficeWatch>(
      std::move(options), std::move(office), 0,
      [this](v1::OfficeUpdate const& update) { Hear(update); },
      [](absl::Status const&) {});
}

bool Display::WaitFor(std::int64_t sequence, std::chrono::milliseconds limit) {
  auto const until = std::chrono::steady_clock::now() + limit;
  MutexLock const lock(mu_);
  while (heard_.empty() || heard_.back().sequence < sequence) {
    if (told_.wait_until(mu_, until) == std::cv_status::timeout) return false;
  }
  return true;
}

Watch Display::Take() {
  watch_.reset();
  MutexLock const lock(mu_);
  return {name_, std::move(heard_)};
}

void Display::Hear(v1::OfficeUpdate const& update) {
  Heard heard;
  heard.sequence = update.sequence();
  if (update.has_snapshot()) {
    heard.what = Heard::What::kSnapshot;
    heard.reset = update.snapshot().reset();
    for (auto const& call : update.snapshot().calls()) {
      heard.calls.push_back(CallOf(call));
    }
    for (auto const& service : update.snapshot().services()) {
      heard.waiting[service.service()] = service.waiting_count();
    }
  } else if (update.has_event()) {
    auto const& event = update.event();
    heard.what = event.kind() == v1::OfficeEvent::WAITING_CHANGED
                     ? Heard::What::kWaiting
                     : Heard::What::kEvent;
    heard.shown = kDisplayKinds.at(static_cast<std::size_t>(event.kind()));
    heard.call = CallOf(event.call());
    for (auto const& service : event.services()) {
      heard.waiting[service.service()] = service.waiting_count();
    }
  }
  MutexLock const lock(mu_);
  heard_.push_back(std::move(heard));
  told_.notify_all();
}

Follower::Follower(std::vector<std::string> targets, std::string office)
    : targets_(std::move(targets)),
      office_(std::move(office)),
      thread_([this] { Follow(); }) {}

Follower::~Follower() {
  {
    MutexLock const lock(mu_);
    stopping_ = true;
    if (context_ != nullptr) context_->TryCancel();
    news_.notify_all();
  }
  thread_.join();
}

std::int64_t Follower::WaitForTicket(std::string const& ticket,
                                     std::chrono::milliseconds limit) {
  auto const until = std::chrono::steady_clock::now() + limit;
  std::size_t seen = 0;
  MutexLock const lock(mu_);
  while (true) {
    for (; seen < entries_.size(); ++seen) {
      auto const& entry = entries_[seen];
      if (entry.ticket && entry.ticket->id == ticket) return entry.sequence;
    }
    if (news_.wait_until(mu_, until) == std::cv_status::timeout) return 0;
  }
}

bool Follower::WaitForDays(int count, std::chrono::milliseconds limit) {
  auto const until = std::chrono::steady_clock::now() + limit;
  MutexLock const lock(mu_);
  while (true) {
    auto const days = std::count_if(
        entries_.begin(), entries_.end(), [](LogEntry const& entry) {
          return entry.kind == EventKind::kDayOpened;
        });
    if (days >= count) return true;
    if (news_.wait_until(mu_, until) == std::cv_status::timeout) return false;
  }
}

std::vector<LogEntry> Follower::Entries() const {
  MutexLock const lock(mu_);
  return entries_;
}

void Follower::Follow() {
  for (std::size_t i = 0;; i = (i + 1) % targets_.size()) {
    Read(targets_[i]);
    // A server that just ended refuses at once: not to ask it in a tight loop.
    MutexLock const lock(mu_);
    if (!stopping_) news_.wait_for(mu_, std::chrono::milliseconds(50));
    if (stopping_) return;
  }
}

void Follower::Read(std::string const& target) {
  grpc::ChannelArguments arguments;
  // Channels of equal arguments share connections, and their backoff.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  auto const stub = v1::EventService::NewStub(grpc::CreateCustomChannel(
      target, grpc::InsecureChannelCredentials(), arguments));
  grpc::ClientContext context;
  v1::FollowEventsRequest request;
  request.set_office(office_);
  {
    MutexLock const lock(mu_);
    if (stopping_) return;
    context_ = &context;
    if (!entries_.empty()) {
      request.set_after_sequence(entries_.back().sequence);
    }
  }
  auto const reader = stub->FollowEvents(&context, request);
  v1::FollowEventsResponse response;
  while (reader->Read(&response)) {
    if (!response.has_event()) continue;
    MutexLock const lock(mu_);
    entries_.push_back(EntryOf(response.event()));
    news_.notify_all();
  }
  reader->Finish();
  MutexLock const lock(mu_);
  context_ = nullptr;
}

Watch AsWatch(std::string const& name, std::vector<LogEntry> const& entries) {
  Watch watch{name, {}, Watch::View::kLog};
  for (auto const& entry : entries) {
    Heard heard;
    heard.sequence = entry.sequence;
    heard.what = Heard::What::kEvent;
    heard.kind = entry.kind;
    if (entry.ticket) {
      heard.call = {entry.sequence, entry.ticket->number,
                    entry.ticket->counter};
    }
    watch.heard.push_back(std::move(heard));
  }
  return watch;
}

}  // namespace madoguchi::robustness
