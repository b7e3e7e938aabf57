#include "services/base/mutex.h"
#include "services/base/name_uuid.h"
#include "tests/integration/authority_server.h"
#include "tests/integration/renewal_replica.h"
#include "tests/integration/ticketing_house.h"
#include "absl/base/thread_annotations.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

// Whole cases through live servers of which one is killed (-9) between any two
// steps, and in the middle of one: renewal, ticketing, the authority or Redis.
// The authority issues again whatever it is sent again.
namespace madoguchi::testing {
namespace {

namespace v1 = renewal::v1;
using Renewals = v1::RenewalService;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ticketing::v1::CounterService;
using ticketing::v1::Ticket;
using ticketing::v1::TicketService;

// Office seconds in a second of the machine.
constexpr double kSpeed = 120;
// Answers are lost and calls fail besides.
constexpr char kRoughWeather[] = R"(time_zone: "Asia/Tokyo"
hours {
  from_hour: 0 until_hour: 24 median_ms: 2500 sigma: 0.5
  error_rate: 0.03 lost_answer_rate: 0.05
}
)";

// Of this many rounds each kills another process at another step; more with
// `MADOGUCHI_CRASH_ROUNDS`, which covers all pairs from 75 on.
constexpr int kUsualRounds = 10;

enum class Victim {
  kOneReplica,
  kAuthority,
  kRedis,
  kBothReplicas,
  kTicketing
};
constexpr int kVictims = 5;

char const* NameOf(Victim victim) {
  switch (victim) {
    case Victim::kOneReplica:
      return "one replica";
    case Victim::kAuthority:
      return "the authority";
    case Victim::kRedis:
      return "Redis";
    case Victim::kBothReplicas:
      return "both replicas";
    case Victim::kTicketing:
      return "ticketing";
  }
  return "";
}

// What a clerk does, in order.
enum class Point {
  kStart,
  kForm,
  kCard,
  kPark,
  kResume,
  kIdentity,
  kPin,
  kIssue,
  kAnswer,
  kCopy,
  kReturnCard,
  kFinish,
  kEnd,
};

// Those of the issuance first, for a run that is short.
constexpr std::array kPoints = {
    Point::kIssue,  Point::kAnswer, Point::kCopy,       Point::kPark,
    Point::kResume, Point::kFinish, Point::kPin,        Point::kStart,
    Point::kForm,   Point::kCard,   Point::kReturnCard, Point::kIdentity,
    Point::kIssue,  Point::kAnswer, Point::kAnswer,
};

// Lets one thread wait for a step of another.
class Gate {
 public:
  void Reach(Point point) ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock const lock(mu_);
    reached_ = std::max(reached_, point);
    moved_.notify_all();
  }
  void Await(Point point) ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock const lock(mu_);
    while (reached_ < point) moved_.wait(mu_);
  }

 private:
  Mutex mu_;
  std::condition_variable_any moved_;
  Point reached_ ABSL_GUARDED_BY(mu_) = Point::kStart;
};

struct Counts {
  std::atomic<int> cases{0};
  std::atomic<int> looked_at_terminal{0};
  std::atomic<int> asked_anew{0};
};

bool HasNoAnswer(absl::Status const& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsCancelled(status);
}

// The servers of a house of renewal.
class CrashTest : public ::testing::Test {
 protected:
  static constexpr int kClerks = 3;

  void SetUp() override {
    for (int clerk = 0; clerk != kClerks; ++clerk) {
      ASSERT_THAT(
          Call(house_.at(0).counters, &CounterService::Stub::OpenCounter,
               OpenOf(CounterOf(clerk))),
          IsOk());
    }
  }

  static std::string CounterOf(int clerk) { return std::to_string(clerk + 2); }

  void Kill(Victim victim) {
    switch (victim) {
      case Victim::kOneReplica:
        return one_.Kill();
      case Victim::kAuthority:
        return authority_.Kill();
      case Victim::kRedis:
        return house_.redis().Kill();
      case Victim::kBothReplicas:
        one_.Kill();
        return other_.Kill();
      case Victim::kTicketing:
        return house_.server(0).Kill();
    }
  }
  void StartAgain(Victim victim) {
    switch (victim) {
      case Victim::kOneReplica:
        return one_.Start();
      case Victim::kAuthority:
        return authority_.Start();
      case Victim::kRedis:
        return house_.redis().Start();
      case Victim::kBothReplicas:
        one_.Start();
        return other_.Start();
      case Victim::kTicketing:
        ASSERT_THAT(house_.server(0).Restart(), IsOk());
    }
  }

  std::string const settings_ = SettingsWithRpc();
  std::vector<std::string> const clock_ = ClockFlagsAtNine(kSpeed);
  AuthorityServer authority_{kRoughWeather, clock_};
  TicketingHouse house_{1, clock_};
  std::vector<std::string> const flags_ = [this] {
    auto flags = clock_;
    flags.insert(flags.end(), {"--authority", authority_.address()});
    return flags;
  }();
  RenewalReplica one_{"unix:" + house_.redis().socket(),
                      house_.server(0).address(), flags_, settings_};
  RenewalReplica other_{"unix:" + house_.redis().socket(),
                        house_.server(0).address(), flags_, settings_};
  Counts counts_;

  friend class Clerk;
};

// One visit at one counter, whatever is killed meanwhile: each press is
// repeated under its request id until it is answered.
class Clerk {
 public:
  Clerk(CrashTest& test, std::string const& counter, Gate& gate)
      : test_(test), counter_(counter), gate_(gate) {}

  void Serve() {
    if (!BeginVisit()) return;
    gate_.Reach(Point::kStart);
    if (!Start()) return;
    ++test_.counts_.cases;
    auto const until = std::chrono::steady_clock::now() + seconds(90);
    while (!ended_) {
      ASSERT_LT(std::chrono::steady_clock::now(), until)
          << "does not converge:\n"
          << case_.DebugString();
      TakeNextStep();
      if (::testing::Test::HasFatalFailure()) return;
    }
    AwaitTicketCompleted(until);
    gate_.Reach(Point::kEnd);
  }

  v1::Renewal const& renewal() const { return case_; }

 private:
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Persist(
      std::vector<std::unique_ptr<Stub> const*> const& stubs,
      grpc::Status (Stub::*method)(grpc::ClientContext*, Request const&,
                                   Response*),
      Request const& request) {
    auto const until = std::chrono::steady_clock::now() + seconds(60);
    for (std::size_t i = 0;; ++i) {
      auto answer =
          Call(*stubs[i % stubs.size()], method, request, milliseconds(700));
      if (!HasNoAnswer(answer.status())) return answer;
      if (std::chrono::steady_clock::now() > until) return answer;
    }
  }
  template <typename Request, typename Response>
  absl::StatusOr<Response> Renew(
      grpc::Status (Renewals::Stub::*method)(grpc::ClientContext*,
                                             Request const&, Response*),
      Request const& request) {
    return Persist<Renewals::Stub>({&test_.one_.stub, &test_.other_.stub},
                                   method, request);
  }
  template <typename Request, typename Response>
  absl::StatusOr<Response> AtCounter(
      grpc::Status (CounterService::Stub::*method)(grpc::ClientContext*,
                                                   Request const&, Response*),
      Request const& request) {
    return Persist<CounterService::Stub>({&test_.house_.at(0).counters}, method,
                                         request);
  }

  bool BeginVisit() {
    auto const issued = Persist<TicketService::Stub>(
        {&test_.house_.at(0).tickets}, &TicketService::Stub::IssueTicket,
        IssueOf("renew_self"));
    EXPECT_THAT(issued, IsOk());
    auto const called = AtCounter(&CounterService::Stub::CallNextTicket,
                                  CallNextOf(counter_, 0));
    EXPECT_THAT(called, IsOk());
    if (!issued.ok() || !called.ok()) return false;
    ticket_ = called->ticket().name();
    number_ = called->ticket().number();
    ticketing::v1::StartServingRequest serve;
    serve.set_ticket(ticket_);
    serve.set_counter(CounterName());
    serve.set_request_id(sdk::NewRequestId());
    auto const served = AtCounter(&CounterService::Stub::StartServing, serve);
    EXPECT_THAT(served, IsOk());
    return served.ok();
  }

  bool Start() {
    v1::StartRenewalRequest start;
    start.set_ticket(ticket_);
    start.set_person(1);
    auto& answers = *start.mutable_answers();
    answers.set_who(v1::Answers::SELF);
    answers.set_holder(v1::Answers::ADULT);
    answers.set_card(v1::Answers::WITH_ME);
    answers.set_card_standing(v1::Answers::VALID);
    answers.set_signing_cert(v1::Answers::IN_WINDOW);
    answers.set_user_cert(v1::Answers::IN_WINDOW);
    answers.set_pin(v1::Answers::KNOWN);
    answers.set_registered_here(v1::Answers::YES);
    answers.set_stay_ending(v1::Answers::NO);
    answers.set_card_face_current(v1::Answers::YES);
    start.set_counter(CounterName());
    start.set_staff("hana");
    start.set_request_id(sdk::NewRequestId());
    auto const started = Renew(&Renewals::Stub::StartRenewal, start);
    EXPECT_THAT(started, IsOk());
    if (started.ok()) case_ = started->renewal();
    return started.ok();
  }

  // Looks at the case, and does what it says is next.
  void TakeNextStep() {
    v1::GetRenewalRequest get;
    get.set_name(case_.name());
    auto const found = Renew(&Renewals::Stub::GetRenewal, get);
    ASSERT_THAT(found, IsOk());
    case_ = *found;
    if (case_.ticket_lags()) return;
    if (case_.state() == v1::Renewal::PARKED) {
      gate_.Reach(Point::kResume);
      return Press(&Renewals::Stub::ResumeRenewal,
                   PressOf<v1::ResumeRenewalRequest>());
    }
    switch (case_.next_step()) {
      case v1::CHECK_FORM:
        return Record(Point::kForm);
      case v1::CHECK_CARD:
        return Record(Point::kCard);
      case v1::CHECK_IDENTITY:
        return was_parked_ ? Record(Point::kIdentity) : Park();
      case v1::ENTER_PIN:
        return Record(Point::kPin);
      case v1::ISSUE:
        return Issue();
      case v1::CHECK_COPY:
        return Record(Point::kCopy);
      case v1::RETURN_CARD:
        return Record(Point::kReturnCard);
      case v1::STEP_UNSPECIFIED:
        return Finish();
      default:
        FAIL() << case_.DebugString();
    }
  }

  void Park() {
    gate_.Reach(Point::kPark);
    was_parked_ = true;
    auto park = PressOf<v1::ParkRenewalRequest>();
    park.set_reason(v1::Renewal::Parking::VISITOR);
    Press(&Renewals::Stub::ParkRenewal, park);
  }

  void Issue() {
    if (!case_.has_issuance()) {
      gate_.Reach(Point::kIssue);
      if (was_asked_) ++test_.counts_.asked_anew;
      was_asked_ = true;
      return Press(&Renewals::Stub::RequestIssuance,
                   PressOf<v1::RequestIssuanceRequest>());
    }
    gate_.Reach(Point::kAnswer);
    if (case_.issuance().state() != v1::Renewal::Issuance::CHECK_AT_TERMINAL) {
      return;
    }
    // The clerk looks at the terminal.
    ++test_.counts_.looked_at_terminal;
    auto const issued = test_.authority_.ReadLedger();
    bool const is_issued =
        issued.by_attempt.count(case_.issuance().attempt()) != 0;
    Record(Point::kAnswer, is_issued ? v1::RecordStepRequest::ISSUED
                                     : v1::RecordStepRequest::NOT_ISSUED);
  }

  void Record(Point point, v1::RecordStepRequest::Event event =
                               v1::RecordStepRequest::DONE) {
    gate_.Reach(point);
    auto record = PressOf<v1::RecordStepRequest>();
    record.set_step(case_.next_step());
    record.set_event(event);
    record.set_attempt(case_.issuance().attempt());
    Press(&Renewals::Stub::RecordStep, record);
  }

  void Finish() {
    gate_.Reach(Point::kFinish);
    auto finish = PressOf<v1::FinishRenewalRequest>();
    finish.set_complete_ticket(true);
    Press(&Renewals::Stub::FinishRenewal, finish);
    ended_ = case_.state() == v1::Renewal::FINISHED;
    EXPECT_TRUE(ended_) << case_.DebugString();
    EXPECT_EQ(case_.result(), v1::Renewal::RENEWED);
  }

  template <typename Request, typename Response>
  void Press(grpc::Status (Renewals::Stub::*method)(grpc::ClientContext*,
                                                    Request const&, Response*),
             Request const& request) {
    auto const answer = Renew(method, request);
    ASSERT_THAT(answer, IsOk()) << case_.DebugString();
    case_ = answer->renewal();
  }

  template <typename Request>
  Request PressOf() const {
    Request request;
    request.set_name(case_.name());
    request.set_counter(CounterName());
    request.set_staff("hana");
    request.set_request_id(sdk::NewRequestId());
    return request;
  }

  // By whoever runs the errand.
  void AwaitTicketCompleted(std::chrono::steady_clock::time_point until) {
    ticketing::v1::FindTicketRequest find;
    find.set_office("offices/honcho");
    find.set_number(number_);
    for (;;) {
      auto const found = AtCounter(&CounterService::Stub::FindTicket, find);
      ASSERT_THAT(found, IsOk());
      if (found->ticket().state() == Ticket::COMPLETED) return;
      ASSERT_LT(std::chrono::steady_clock::now(), until)
          << found->ticket().DebugString();
    }
  }

  std::string CounterName() const {
    return "offices/honcho/counters/" + counter_;
  }

  CrashTest& test_;
  std::string const counter_;
  Gate& gate_;
  std::string ticket_;
  std::string number_;
  v1::Renewal case_;
  bool was_parked_ = false;
  bool was_asked_ = false;
  bool ended_ = false;
};

TEST_F(CrashTest, WhateverIsKilledACaseConvergesAndIsIssuedOnce) {
  auto const* const wish = std::getenv("MADOGUCHI_CRASH_ROUNDS");
  int const rounds = wish == nullptr ? kUsualRounds : std::atoi(wish);
  std::minstd_rand random(20261124);
  std::vector<std::string> cases;
  for (int round = 0; round != rounds; ++round) {
    auto const victim = static_cast<Victim>(round % kVictims);
    auto const point =
        kPoints[static_cast<std::size_t>(round / kVictims + round) %
                kPoints.size()];
    milliseconds const pause(random() % 6);
    SCOPED_TRACE("round " + std::to_string(round) + ": " + NameOf(victim) +
                 " at step " + std::to_string(static_cast<int>(point)));
    std::array<Gate, kClerks> gates;
    std::vector<std::unique_ptr<Clerk>> clerks;
    std::vector<std::thread> threads;
    for (int i = 0; i != kClerks; ++i) {
      clerks.push_back(std::make_unique<Clerk>(
          *this, CounterOf(i), gates[static_cast<std::size_t>(i)]));
      threads.emplace_back([&gates, i, clerk = clerks.back().get()] {
        clerk->Serve();
        // Nobody waits for one that gave up.
        gates[static_cast<std::size_t>(i)].Reach(Point::kEnd);
      });
    }
    gates[0].Await(point);
    // Before the press, on its way, or after it: this is no synchronisation.
    std::this_thread::sleep_for(pause);
    Kill(victim);
    StartAgain(victim);
    for (auto& each : threads) each.join();
    if (HasFailure()) return;
    for (auto const& each : clerks) cases.push_back(each->renewal().name());
  }

  auto const issued = authority_.ReadLedger();
  for (auto const& [attempt, times] : issued.by_attempt) {
    EXPECT_EQ(times, 1) << "sent twice: " << attempt;
  }
  for (auto const& name : cases) {
    auto const id = name.substr(name.rfind('/') + 1);
    auto const found = issued.by_case.find(NameUuid("case:honcho/" + id));
    ASSERT_NE(found, issued.by_case.end()) << id << " was never issued";
    EXPECT_EQ(found->second, 1) << id;
  }
  EXPECT_EQ(issued.by_case.size(), cases.size());
  std::printf(
      "%d rounds, %d cases: each issued once; %d asked anew after nothing was "
      "done, %d looked at the terminal\n",
      rounds, counts_.cases.load(), counts_.asked_anew.load(),
      counts_.looked_at_terminal.load());
}

}  // namespace
}  // namespace madoguchi::testing
