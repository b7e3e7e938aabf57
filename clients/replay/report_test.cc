#include "clients/replay/report.h"
#include "clients/replay/fairness.h"
#include "clients/replay/waiting_chart.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace madoguchi::replay {
namespace {

using State = Visit::State;
using Ticket = ticketing::v1::Ticket;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

// 2026-06-01 09:00 in Tokyo.
constexpr Timestamp kNine{std::chrono::milliseconds(1'780'272'000'000)};

Timestamp At(int minute) { return kNine + std::chrono::minutes(minute); }

Office OfficeOfTwoServices() {
  Office office;
  office.id = OfficeId{"honcho"};
  office.display_name = {"本庁", "本庁", "Main <hall> & more"};
  office.time_zone = "Asia/Tokyo";
  for (auto const* id : {"renew", "card"}) {
    madoguchi::Service service;
    service.id = ServiceId{id};
    service.display_name = {id, id, id};
    office.services.push_back(service);
  }
  office.counters = {
      {CounterId{"2"}, {}, {{ServiceId{"renew"}}, {ServiceId{"card"}}}},
      {CounterId{"3"}, {}, {{ServiceId{"card"}}}}};
  return office;
}

Visit MakeVisit(std::string const& ticket, State state, int arrival,
                std::optional<int> call = std::nullopt) {
  Visit visit;
  visit.service = ServiceId{"renew"};
  visit.state = state;
  visit.ticket = ticket;
  visit.arrival = At(arrival);
  if (call) visit.call = At(*call);
  if (state == State::kCompleted) {
    visit.serving_start = At(*call + 1);
    visit.end = At(*call + 11);
  } else if (state == State::kCancelled) {
    visit.end = At(arrival + 5);
  }
  return visit;
}

Ticket Listed(std::string const& name, Ticket::State state) {
  Ticket ticket;
  ticket.set_name(name);
  ticket.set_state(state);
  return ticket;
}

/// A day of five visitors with one of each end.
class ReportTest : public ::testing::Test {
 protected:
  ReportTest() {
    day_.date = "2026-06-01";
    day_.source = "a test";
    outcome_.visits = {MakeVisit("t1", State::kCompleted, 0, 10),
                       MakeVisit("t2", State::kAbsent, 1, 21),
                       MakeVisit("t3", State::kCancelled, 2),
                       MakeVisit("t4", State::kWaiting, 3), Visit()};
    outcome_.visits.back().state = State::kRefused;
    outcome_.tickets = {
        Listed("t1", Ticket::COMPLETED), Listed("t2", Ticket::ABSENT),
        Listed("t3", Ticket::CANCELLED), Listed("t4", Ticket::WAITING)};
  }

  Day day_;
  Office const office_ = OfficeOfTwoServices();
  Outcome outcome_{day_, office_};
};

TEST_F(ReportTest, AddsUp) {
  EXPECT_THAT(FindContradictions(outcome_), IsEmpty());
  auto const report = FormatReport(outcome_);
  EXPECT_THAT(report,
              HasSubstr("Adds up: 4 = 1 + 1 + 1 + 1; the servers list the "
                        "same."));
  EXPECT_THAT(report, Not(HasSubstr("tickets of others")));
}

TEST_F(ReportTest, AnAbsenceMayExpire) {
  outcome_.tickets[1].set_state(Ticket::EXPIRED);
  EXPECT_THAT(FindContradictions(outcome_), IsEmpty());
}

TEST_F(ReportTest, SeesATicketThatGotLost) {
  outcome_.tickets.pop_back();
  EXPECT_THAT(FindContradictions(outcome_),
              ElementsAre("t4 was issued and is not listed.",
                          HasSubstr("4 issued are not 1 completed, 1 absent, "
                                    "1 cancelled and 0 left.")));
  EXPECT_THAT(FormatReport(outcome_), HasSubstr("DOES NOT ADD UP"));
}

TEST_F(ReportTest, SeesATicketThatTheServersTellDifferently) {
  outcome_.tickets[0].set_state(Ticket::SERVING);
  EXPECT_THAT(
      FindContradictions(outcome_),
      ElementsAre(HasSubstr("t1 is listed as SERVING"), HasSubstr("are not")));
}

TEST_F(ReportTest, SeesANumberGivenTwice) {
  outcome_.visits[3].ticket = "t2";
  EXPECT_THAT(FindContradictions(outcome_),
              ::testing::Contains("t2 was issued twice."));
}

TEST_F(ReportTest, SeesAVisitorWhoNeverCame) {
  outcome_.visits.emplace_back();
  EXPECT_THAT(FindContradictions(outcome_),
              ElementsAre("1 visitors never came."));
}

TEST_F(ReportTest, ShowsTheFirstOfManyContradictions) {
  for (int i = 0; i != 30; ++i) {
    outcome_.visits.push_back(
        MakeVisit("lost" + std::to_string(i), State::kWaiting, 5));
  }
  EXPECT_THAT(FormatReport(outcome_), HasSubstr("  and 11 more\n"));
}

TEST_F(ReportTest, CountsTicketsOfOthersApart) {
  outcome_.tickets.push_back(Listed("t9", Ticket::WAITING));
  EXPECT_THAT(FindContradictions(outcome_), IsEmpty());
  EXPECT_THAT(FormatReport(outcome_),
              HasSubstr("tickets of others              1"));
}

TEST_F(ReportTest, SaysThatAssumedMinutesProveNothing) {
  EXPECT_THAT(FormatReport(outcome_), Not(HasSubstr("not comparable")));
  day_.service_minutes = ServiceMinutes::kAssumed;
  EXPECT_THAT(FormatReport(outcome_),
              HasSubstr("not comparable with the real ones"));
}

TEST(SummariseWaits, TakesTheNearestRank) {
  std::vector<std::chrono::milliseconds> waits;
  for (int minute = 10; minute != 0; --minute) {
    waits.push_back(std::chrono::minutes(minute));
  }
  auto const summary = SummariseWaits(waits);
  EXPECT_EQ(summary.called, 10);
  EXPECT_EQ(summary.median_minutes, 5);
  EXPECT_EQ(summary.p90_minutes, 9);
  EXPECT_EQ(summary.max_minutes, 10);
  EXPECT_EQ(SummariseWaits({}).called, 0);
}

TEST_F(ReportTest, CountsThePeopleWaiting) {
  EXPECT_THAT(CountWaiting(outcome_.visits),
              ElementsAre(Pair(At(0), 1), Pair(At(1), 2), Pair(At(2), 3),
                          Pair(At(3), 4), Pair(At(7), 3), Pair(At(10), 2),
                          Pair(At(21), 1)));
}

TEST(AverageWaiting, WeighsByTime) {
  WaitingSteps const steps = {{At(1), 2}, {At(3), 5}, {At(11), 0}};
  auto const means = AverageWaiting(steps, std::chrono::minutes(5));
  ASSERT_EQ(means.size(), 3U);
  EXPECT_EQ(means[0].begin, kNine);
  EXPECT_DOUBLE_EQ(means[0].waiting, (2 * 2 + 5 * 2) / 5.0);
  EXPECT_DOUBLE_EQ(means[1].waiting, 5);
  EXPECT_DOUBLE_EQ(means[2].waiting, 1);
  EXPECT_TRUE(AverageWaiting({}, std::chrono::minutes(5)).empty());
}

/// Whether every element of `svg` is closed in order. Good for what we write:
/// no comments, no angle brackets in values.
bool IsBalanced(std::string const& svg) {
  std::vector<std::string> open;
  for (std::size_t at = 0; (at = svg.find('<', at)) != std::string::npos;) {
    auto const end = svg.find('>', at);
    if (end == std::string::npos) return false;
    auto const tag = svg.substr(at + 1, end - at - 1);
    auto const name = tag.substr(0, tag.find_first_of(" /", 1));
    if (tag.front() == '/') {
      if (open.empty() || "/" + open.back() != name) return false;
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
    }
    at = end;
  }
  return open.empty();
}

TEST_F(ReportTest, DrawsAWellFormedChart) {
  auto const svg = DrawWaitingChart(outcome_.visits, office_, "2026-06-01");
  EXPECT_TRUE(IsBalanced(svg)) << svg;
  EXPECT_THAT(svg, HasSubstr("待ち人数の推移 / People waiting over the day"));
  EXPECT_THAT(svg, HasSubstr("Main &lt;hall&gt; &amp; more"));
  EXPECT_THAT(svg, HasSubstr(">09:00<"));
  EXPECT_THAT(svg, HasSubstr("全体 / all  (最大 / max 4)"));
  EXPECT_TRUE(IsBalanced(DrawWaitingChart({}, office_, "2026-06-01")));
}

TEST(DrawWaitingChart, PutsTheSmallestServicesTogether) {
  Office office = OfficeOfTwoServices();
  office.services.clear();
  std::vector<Visit> visits;
  for (int i = 0; i != 9; ++i) {
    madoguchi::Service service;
    service.id = ServiceId{"s" + std::to_string(i)};
    service.display_name.ja = "service" + std::to_string(i);
    office.services.push_back(service);
    for (int n = i; n != 9; ++n) {
      visits.push_back(MakeVisit("", State::kWaiting, n));
      visits.back().service = service.id;
    }
  }
  auto const svg = DrawWaitingChart(visits, office, "2026-06-01");
  EXPECT_THAT(svg, HasSubstr(">service5  "));
  EXPECT_THAT(svg, Not(HasSubstr(">service6  ")));
  EXPECT_THAT(svg, HasSubstr("その他 / others  (最大 / max 6)"));
}

/// A visit that was in the hall from `asked` on and called at `called`, in
/// minutes of the machine.
Visit MakeTimedVisit(std::string const& service, std::string const& counter,
                     int asked, int called) {
  Visit visit;
  visit.service = ServiceId{service};
  visit.asked = MachineTime(std::chrono::minutes(asked));
  visit.answered = *visit.asked + std::chrono::seconds(1);
  visit.waits_until = MachineTime(std::chrono::minutes(called));
  visit.called_by = visit.waits_until + std::chrono::seconds(1);
  visit.counter = counter;
  return visit;
}

TEST(JudgeOrder, CountsOvertakesByCountersThatServeBoth) {
  std::vector<Visit> const visits = {
      MakeTimedVisit("renew", "2", 0, 10), MakeTimedVisit("card", "2", 1, 5),
      // Counter 3 does not serve `renew`: no overtaking.
      MakeTimedVisit("card", "3", 2, 6),
      // Came before.
      MakeTimedVisit("card", "2", -1, 4)};
  auto const fairness = JudgeOrder(visits, OfficeOfTwoServices());
  EXPECT_EQ(fairness.most_overtakes, 1);
  EXPECT_EQ(fairness.out_of_order, 0);
}

TEST(JudgeOrder, SeesAWrongOrderInsideAService) {
  std::vector<Visit> visits = {MakeTimedVisit("card", "2", 0, 10),
                               MakeTimedVisit("card", "2", 1, 5)};
  EXPECT_EQ(JudgeOrder(visits, OfficeOfTwoServices()).out_of_order, 1);
  // Whoever was still at the machine may have come later.
  visits[0].answered = MachineTime(std::chrono::minutes(2));
  EXPECT_EQ(JudgeOrder(visits, OfficeOfTwoServices()).out_of_order, 0);
}

}  // namespace
}  // namespace madoguchi::replay
