#include "tests/integration/authority_server.h"
#include "tests/integration/renewal_replica.h"
#include "tests/integration/ticketing_house.h"
#include "tests/support/renewal_requests.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// The national system goes away and comes back, in a hall of live servers.
namespace madoguchi::testing {
namespace {

namespace v1 = renewal::v1;
using Renewals = v1::RenewalService;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ticketing::v1::CounterService;
using ticketing::v1::Ticket;
using ticketing::v1::TicketService;

// Office seconds in a second of the machine: cases come back some seconds
// apart.
constexpr double kOutageSpeed = 120;

constexpr char kCalmWeather[] = R"(time_zone: "Asia/Tokyo"
hours { from_hour: 0 until_hour: 24 median_ms: 2000 sigma: 0.2 }
)";

// What a stream of the upstream tells, until it is let go.
class Watch {
 public:
  explicit Watch(RenewalReplica const& replica,
                 std::string const& parent = "offices/honcho") {
    context_.set_deadline(std::chrono::system_clock::now() + seconds(100));
    v1::WatchUpstreamRequest request;
    request.set_parent(parent);
    reader_ = replica.stub->WatchUpstream(&context_, request);
  }
  ~Watch() {
    context_.TryCancel();
    v1::Upstream rest;
    while (reader_->Read(&rest)) {
    }
    if (!ended_) reader_->Finish();
  }

  // The next that is told; nothing at the end.
  std::optional<v1::Upstream> Next() {
    v1::Upstream upstream;
    if (!reader_->Read(&upstream)) return std::nullopt;
    return upstream;
  }
  // Reads until it is told that `is_so`.
  template <typename IsSo>
  std::optional<v1::Upstream> Await(IsSo is_so) {
    for (;;) {
      auto const next = Next();
      if (!next || is_so(*next)) return next;
    }
  }
  std::optional<v1::Upstream> AwaitState(v1::Upstream::State state) {
    return Await([&](auto const& each) { return each.state() == state; });
  }
  absl::Status End() {
    ended_ = true;
    return sdk::FromGrpcStatus(reader_->Finish());
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::Upstream>> reader_;
  bool ended_ = false;
};

// Visitors and clerks of a hall with two replicas of renewal.
class Hall {
 public:
  Hall(std::vector<std::string> const& clock,
       std::vector<std::string> const& flags, std::string const& settings)
      : house_(1, clock),
        one_("unix:" + house_.redis().socket(), house_.server(0).address(),
             flags, settings),
        other_("unix:" + house_.redis().socket(), house_.server(0).address(),
               flags, settings) {}

  RenewalReplica& one() { return one_; }
  RenewalReplica& other() { return other_; }

  void Open(std::string const& counter) {
    EXPECT_THAT(
        Call(counters(), &CounterService::Stub::OpenCounter, OpenOf(counter)),
        IsOk());
  }

  // A visitor takes a number and is served at `counter`: the ticket's number.
  std::string Serve(std::string const& counter) {
    auto const issued =
        Call(house_.at(0).tickets, &TicketService::Stub::IssueTicket,
             IssueOf("renew_self"));
    EXPECT_THAT(issued, IsOk());
    return CallNext(counter);
  }
  // The next visitor is called to `counter` and served: the ticket's number.
  std::string CallNext(std::string const& counter) {
    auto const called = Call(counters(), &CounterService::Stub::CallNextTicket,
                             CallNextOf(counter, 0));
    EXPECT_THAT(called, IsOk());
    ticketing::v1::StartServingRequest serve;
    serve.set_ticket(called->ticket().name());
    serve.set_counter(CounterName(counter));
    serve.set_request_id(sdk::NewRequestId());
    EXPECT_THAT(Call(counters(), &CounterService::Stub::StartServing, serve),
                IsOk());
    return called->ticket().number();
  }

  Ticket Find(std::string const& number) {
    ticketing::v1::FindTicketRequest find;
    find.set_office("offices/honcho");
    find.set_number(number);
    auto const found =
        Call(counters(), &CounterService::Stub::FindTicket, find);
    EXPECT_THAT(found, IsOk());
    return found->ticket();
  }

  // A case of the `person`-th on a ticket, walked to the request.
  v1::Renewal WalkToIssue(std::string const& counter, std::string const& number,
                          int person = 1) {
    auto const start = StartOf(Find(number).name(), CounterName(counter),
                               AnswersOfHolder(), person);
    auto const started = Call(one_.stub, &Renewals::Stub::StartRenewal, start);
    EXPECT_THAT(started, IsOk());
    auto renewal = started->renewal();
    while (renewal.next_step() != v1::ISSUE) {
      renewal = Record(counter, renewal, v1::RecordStepRequest::DONE);
    }
    return renewal;
  }

  v1::Renewal Record(std::string const& counter, v1::Renewal const& renewal,
                     v1::RecordStepRequest::Event event) {
    auto record = PressOn<v1::RecordStepRequest>(renewal, CounterName(counter));
    record.set_step(renewal.next_step());
    record.set_event(event);
    record.set_attempt(renewal.issuance().attempt());
    auto const recorded = Call(one_.stub, &Renewals::Stub::RecordStep, record);
    EXPECT_THAT(recorded, IsOk());
    return recorded->renewal();
  }
  v1::Renewal RequestIssuance(std::string const& counter,
                              v1::Renewal const& renewal) {
    auto const sent = Call(
        other_.stub, &Renewals::Stub::RequestIssuance,
        PressOn<v1::RequestIssuanceRequest>(renewal, CounterName(counter)));
    EXPECT_THAT(sent, IsOk());
    return sent->renewal();
  }
  // Waits for the upstream, for as long as a hold may last.
  v1::Renewal Park(std::string const& counter, v1::Renewal const& renewal) {
    auto park = PressOn<v1::ParkRenewalRequest>(renewal, CounterName(counter));
    park.set_reason(v1::Renewal::Parking::UPSTREAM);
    *park.mutable_until_time() = renewal.start_time();
    park.mutable_until_time()->set_seconds(renewal.start_time().seconds() +
                                           7'000);
    auto const parked = Call(one_.stub, &Renewals::Stub::ParkRenewal, park);
    EXPECT_THAT(parked, IsOk());
    return parked->renewal();
  }
  v1::Renewal Resume(std::string const& counter, v1::Renewal const& renewal) {
    auto resume =
        PressOn<v1::ResumeRenewalRequest>(renewal, CounterName(counter));
    // What brought the ticket back has changed the case meanwhile.
    resume.set_expected_version(0);
    auto const resumed =
        Call(other_.stub, &Renewals::Stub::ResumeRenewal, resume);
    EXPECT_THAT(resumed, IsOk());
    return resumed->renewal();
  }
  v1::Renewal Get(v1::Renewal const& renewal) {
    v1::GetRenewalRequest get;
    get.set_name(renewal.name());
    auto const found = Call(other_.stub, &Renewals::Stub::GetRenewal, get);
    EXPECT_THAT(found, IsOk());
    return *found;
  }

  absl::StatusOr<v1::ReportUpstreamResponse> Report(
      std::string const& counter, v1::ReportUpstreamRequest::Press press,
      std::string const& request_id = sdk::NewRequestId()) {
    v1::ReportUpstreamRequest report;
    report.set_press(press);
    report.set_counter(CounterName(counter));
    report.set_staff("hana");
    report.set_request_id(request_id);
    return Call(one_.stub, &Renewals::Stub::ReportUpstream, report);
  }

  // The row that whoever would renew now is told.
  std::string RowOfTriage(RenewalReplica const& replica) {
    v1::TriageRequest ask;
    ask.set_parent("offices/honcho");
    for (auto const* const choice :
         {"OWN_CARD", "HERE", "LATER", "WITHIN_THREE_MONTHS", "KNOWN"}) {
      auto const next = Call(replica.stub, &Renewals::Stub::Triage, ask);
      EXPECT_THAT(next, IsOk());
      if (!next->has_question()) return next->advice().row();
      auto* const given = ask.add_answers();
      given->set_question(next->question().question());
      given->set_choice(choice);
    }
    return Call(replica.stub, &Renewals::Stub::Triage, ask)->advice().row();
  }

  static std::string CounterName(std::string const& counter) {
    return "offices/honcho/counters/" + counter;
  }

 private:
  std::unique_ptr<CounterService::Stub>& counters() {
    return house_.at(0).counters;
  }

  TicketingHouse house_;
  RenewalReplica one_;
  RenewalReplica other_;
};

class OutageTest : public ::testing::Test {
 protected:
  std::vector<std::string> const clock_ = ClockFlagsAtNine(kOutageSpeed);
};

TEST_F(OutageTest, WhatStaffPressIsKnownToTheWholeCityAtOnce) {
  Hall hall(clock_, clock_, "deploy/config/example-city.textproto");
  Watch watch(hall.other());
  auto const first = watch.Next();
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->state(), v1::Upstream::WORKS);
  EXPECT_EQ(first->connector(), v1::Upstream::MANUAL);
  EXPECT_EQ(hall.RowOfTriage(hall.other()), "C-20");

  auto const id = sdk::NewRequestId();
  auto const down = hall.Report("2", v1::ReportUpstreamRequest::DOWN, id);
  ASSERT_THAT(down, IsOk());
  EXPECT_EQ(down->upstream().state(), v1::Upstream::DOWN);
  EXPECT_EQ(down->upstream().prober(), Hall::CounterName("2"));
  ASSERT_TRUE(watch.AwaitState(v1::Upstream::DOWN).has_value());
  EXPECT_EQ(hall.RowOfTriage(hall.one()), "C-03");
  EXPECT_EQ(hall.RowOfTriage(hall.other()), "C-03");

  EXPECT_THAT(hall.Report("2", v1::ReportUpstreamRequest::DOWN, id), IsOk());
  EXPECT_THAT(hall.Report("2", v1::ReportUpstreamRequest::SLOW, id),
              Invalid("REQUEST_ID_REUSED"));
  EXPECT_THAT(hall.Report("2", v1::ReportUpstreamRequest::PRESS_UNSPECIFIED),
              Invalid("EVENT_INVALID"));
  EXPECT_THAT(hall.Report("99", v1::ReportUpstreamRequest::DOWN),
              IsError(absl::StatusCode::kNotFound, "COUNTER_NOT_FOUND"));
}

TEST_F(OutageTest, AStreamTellsAgainBeforeTwoSecondsAndEndsWithItsServer) {
  Hall hall(clock_, clock_, "deploy/config/example-city.textproto");
  Watch watch(hall.one());
  ASSERT_TRUE(watch.Next().has_value());
  auto const began = std::chrono::steady_clock::now();
  for (int i = 0; i != 3; ++i) ASSERT_TRUE(watch.Next().has_value());
  auto const took = std::chrono::steady_clock::now() - began;
  EXPECT_GT(took, seconds(3));
  EXPECT_LT(took, seconds(7));

  Watch nowhere(hall.one(), "offices/nowhere");
  EXPECT_FALSE(nowhere.Next().has_value());
  EXPECT_THAT(nowhere.End(),
              IsError(absl::StatusCode::kNotFound, "OFFICE_NOT_FOUND"));
  Watch nothing(hall.one(), "");
  EXPECT_FALSE(nothing.Next().has_value());
  EXPECT_THAT(nothing.End(), Invalid("INVALID_NAME"));

  EXPECT_TRUE(hall.one().Stop());
  while (watch.Next().has_value()) {
  }
  EXPECT_THAT(watch.End(),
              IsError(absl::StatusCode::kUnavailable, "SERVER_STOPPING"));
}

// Three visitors are parked, the last first. Counter 2 tries, with a family of
// three; then they come back in the order in which they came.
TEST_F(OutageTest, ParkedVisitorsComeBackInTheOrderInWhichTheyCame) {
  Hall hall(clock_, clock_, "deploy/config/example-city.textproto");
  Watch watch(hall.other());
  for (auto const* const counter : {"2", "3", "4", "5"}) hall.Open(counter);
  std::vector<std::string> numbers;
  std::vector<v1::Renewal> cases;
  for (auto const* const counter : {"3", "4", "5"}) {
    numbers.push_back(hall.Serve(counter));
    cases.push_back(hall.WalkToIssue(counter, numbers.back()));
  }
  auto const family = hall.Serve("2");
  std::vector<std::int64_t> ranks;
  for (auto const& each : numbers) ranks.push_back(hall.Find(each).rank());

  ASSERT_THAT(hall.Report("2", v1::ReportUpstreamRequest::DOWN), IsOk());
  for (int i = 2; i >= 0; --i) {
    auto& each = cases[static_cast<std::size_t>(i)];
    each = hall.Park(std::to_string(i + 3), each);
    EXPECT_EQ(hall.Find(numbers[static_cast<std::size_t>(i)]).state(),
              Ticket::ON_HOLD);
  }
  ASSERT_TRUE(watch.Await([](auto const& each) {
    return each.state() == v1::Upstream::DOWN && each.parked_count() == 3;
  }));

  ASSERT_THAT(hall.Report("2", v1::ReportUpstreamRequest::WORKS_AGAIN), IsOk());
  for (int person = 1; person <= 3; ++person) {
    auto const tried =
        hall.RequestIssuance("2", hall.WalkToIssue("2", family, person));
    ASSERT_TRUE(watch.AwaitState(v1::Upstream::TRYING).has_value());
    hall.Record("2", tried, v1::RecordStepRequest::ISSUED);
  }
  ASSERT_TRUE(watch.AwaitState(v1::Upstream::WORKS).has_value());

  std::vector<std::string> back;
  auto const until = std::chrono::steady_clock::now() + seconds(40);
  while (back.size() != 3 && std::chrono::steady_clock::now() < until) {
    for (auto const& number : numbers) {
      if (std::find(back.begin(), back.end(), number) != back.end()) continue;
      auto const ticket = hall.Find(number);
      if (ticket.state() != Ticket::ON_HOLD) back.push_back(number);
    }
  }
  EXPECT_EQ(back, numbers);
  // Nobody lost a place by it.
  for (std::size_t i = 0; i != numbers.size(); ++i) {
    EXPECT_EQ(hall.Find(numbers[i]).rank(), ranks[i]);
    EXPECT_EQ(hall.Get(cases[i]).state(), v1::Renewal::PARKED);
  }
  ASSERT_TRUE(
      watch.Await([](auto const& each) { return each.parked_count() == 0; }));

  // Called, served, resumed: in this order, at a counter other than before.
  EXPECT_EQ(hall.CallNext("5"), numbers[0]);
  auto const resumed = hall.Resume("5", cases[0]);
  EXPECT_EQ(resumed.state(), v1::Renewal::OPEN);
  EXPECT_EQ(resumed.next_step(), v1::ISSUE);
}

// Everything by itself: calls fail, nobody calls any more, one tries, and what
// was planned meanwhile goes out once.
TEST_F(OutageTest, TheAuthorityGoesAwayAndWhatWasPlannedGoesOutOnce) {
  AuthorityServer authority(kCalmWeather, clock_);
  auto flags = clock_;
  flags.insert(flags.end(), {"--authority", authority.address()});
  Hall hall(clock_, flags, SettingsWithRpc());
  Watch watch(hall.other());
  hall.Open("2");
  auto const number = hall.Serve("2");
  // The first goes through; then there is nobody to ask.
  auto issued = hall.RequestIssuance("2", hall.WalkToIssue("2", number, 1));
  while (issued.issuance().state() != v1::Renewal::Issuance::ISSUED) {
    issued = hall.Get(issued);
  }
  authority.Kill();
  std::vector<v1::Renewal> planned;
  for (int person = 2; person <= 8; ++person) {
    planned.push_back(
        hall.RequestIssuance("2", hall.WalkToIssue("2", number, person)));
  }
  ASSERT_TRUE(watch.AwaitState(v1::Upstream::DOWN).has_value());
  EXPECT_EQ(hall.RowOfTriage(hall.other()), "C-03");

  authority.Start();
  for (auto& each : planned) {
    auto const until = std::chrono::steady_clock::now() + seconds(60);
    while (each.issuance().state() != v1::Renewal::Issuance::ISSUED) {
      ASSERT_LT(std::chrono::steady_clock::now(), until) << each.DebugString();
      each = hall.Get(each);
      // One may have left just when the authority went, and never arrived.
      if (!each.has_issuance()) each = hall.RequestIssuance("2", each);
    }
  }
  ASSERT_TRUE(watch.AwaitState(v1::Upstream::WORKS).has_value());
  EXPECT_EQ(hall.RowOfTriage(hall.other()), "C-20");
  auto const ledger = authority.ReadLedger();
  EXPECT_EQ(ledger.by_case.size(), 8U);
  for (auto const& [key, times] : ledger.by_case) EXPECT_EQ(times, 1) << key;
  EXPECT_TRUE(hall.one().Stop());
}

}  // namespace
}  // namespace madoguchi::testing
