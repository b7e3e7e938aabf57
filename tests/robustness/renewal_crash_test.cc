#include "clients/replay/national_terminal.h"
#include "clients/replay/pace.h"
#include "clients/sdk/renewal_client.h"
#include "clients/sdk/ticketing_client.h"
#include "services/base/status_macros.h"
#include "tests/robustness/case_house.h"
#include "tests/support/renewal_requests.h"
#include "tests/support/status_matchers.h"
#include "absl/strings/str_replace.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

// Every process that a case passes through, killed between any two of its
// steps and within each, beside an authority that issues again when asked
// again: the case converges, and the ledger has it once at most.
namespace madoguchi::robustness {
namespace {

namespace pb = renewal::v1;
using replay::NationalTerminal;
using sdk::RenewalClient;
using sdk::TicketingClient;
using testing::IsOk;
using ticketing::v1::Ticket;
using Shows = NationalTerminal::Shows;

constexpr char kOffice[] = "offices/honcho";
constexpr char kCounter[] = "offices/honcho/counters/2";
// A minute of the office in a second: patience and the breaker's waits are
// short.
constexpr double kSpeed = 60;
constexpr std::chrono::seconds kConverges{60};
constexpr char kWeather[] = R"(time_zone: "Asia/Tokyo"
hours { from_hour: 0 until_hour: 24 median_ms: 900 lost_answer_rate: 0.1 }
)";

enum class Moment {
  /// Between two steps; it is back before the next.
  kBetween,
  /// Before the step, and back only while it is taken.
  kAway,
  /// While the step is taken.
  kWithin,
};

struct CrashPoint {
  std::string process;
  std::size_t step = 0;
  Moment moment = Moment::kBetween;
};

// Nine in the morning of a Monday, now.
ScaledClock::Scale ScaleOfNow() {
  ScaledClock::Scale scale;
  scale.factor = kSpeed;
  scale.office_start = Timestamp(std::chrono::milliseconds(1'780'272'000'000));
  scale.machine_start = SystemClock().Now();
  return scale;
}

sdk::ClientOptions OptionsFor(std::vector<std::string> targets) {
  sdk::ClientOptions options;
  options.targets = std::move(targets);
  options.call_timeout = kConverges;
  options.attempt_timeout = std::chrono::milliseconds(1'000);
  return options;
}

/// A clerk who takes one visitor's case from the first step to the last, and
/// repeats each press until there is an answer.
class Walk {
 public:
  Walk(CaseHouse& house, replay::Pace const& pace, bool rpc)
      : tickets_(OptionsFor(house.ticketing())),
        renewals_(OptionsFor(house.renewal())),
        terminal_(house.authority(), pace),
        rpc_(rpc) {}

  /// A visitor is being served at the counter.
  absl::Status Begin() {
    ticketing::v1::OpenCounterRequest open;
    open.set_counter(kCounter);
    open.set_staff("hana");
    open.set_take_over(true);
    MADOGUCHI_ASSIGN_OR_RETURN(auto const opened, tickets_.OpenCounter(open));
    ticketing::v1::IssueTicketRequest issue;
    issue.set_office(kOffice);
    issue.set_service("renew_self");
    MADOGUCHI_ASSIGN_OR_RETURN(auto const issued, tickets_.IssueTicket(issue));
    number_ = issued.ticket().number();
    ticketing::v1::CallNextTicketRequest call;
    call.set_counter(kCounter);
    call.set_session(opened.session());
    MADOGUCHI_ASSIGN_OR_RETURN(auto const called,
                               tickets_.CallNextTicket(call));
    if (called.ticket().number() != number_) {
      return absl::InternalError("Somebody else waits.");
    }
    ticket_ = called.ticket().name();
    ticketing::v1::StartServingRequest serve;
    serve.set_ticket(ticket_);
    serve.set_counter(kCounter);
    return tickets_.StartServing(serve).status();
  }

  /// What a case takes, in order.
  static std::vector<
      std::pair<std::string_view, absl::Status (Walk::*)()>> const&
  Steps() {
    static auto const& steps =
        *new std::vector<std::pair<std::string_view, absl::Status (Walk::*)()>>{
            {"start", &Walk::Start},         {"form", &Walk::Record},
            {"card", &Walk::Record},         {"identity", &Walk::Record},
            {"park", &Walk::Park},           {"resume", &Walk::Resume},
            {"pin", &Walk::Record},          {"request", &Walk::Request},
            {"answer", &Walk::AwaitAnswer},  {"copy", &Walk::Record},
            {"return", &Walk::Record},       {"finish", &Walk::Finish},
            {"completed", &Walk::Completed},
        };
    return steps;
  }

  pb::Renewal const& renewal() const { return renewal_; }
  /// How often a clerk had to look at the terminal.
  int unclear() const { return unclear_; }

 private:
  template <typename Request>
  Request About() const {
    Request request;
    request.set_name(renewal_.name());
    request.set_counter(kCounter);
    request.set_staff("hana");
    return request;
  }

  template <typename Response>
  absl::Status Take(absl::StatusOr<Response> answer) {
    if (!answer.ok()) return answer.status();
    renewal_ = std::move(*answer->mutable_renewal());
    return absl::OkStatus();
  }

  absl::Status Start() {
    return Take(renewals_.StartRenewal(testing::StartOf(ticket_, kCounter)));
  }

  absl::Status Record() {
    auto request = About<pb::RecordStepRequest>();
    request.set_step(renewal_.next_step());
    request.set_event(pb::RecordStepRequest::DONE);
    return Take(renewals_.RecordStep(request));
  }

  absl::Status Park() {
    auto request = About<pb::ParkRenewalRequest>();
    request.set_reason(pb::Renewal::Parking::VISITOR);
    return Take(renewals_.ParkRenewal(request));
  }

  absl::Status Resume() {
    // Whoever is told that ticketing has not answered yet presses again.
    auto const until = std::chrono::steady_clock::now() + kConverges;
    while (renewal_.state() != pb::Renewal::OPEN) {
      auto const resumed =
          renewals_.ResumeRenewal(About<pb::ResumeRenewalRequest>());
      if (resumed.ok()) {
        renewal_ = resumed->renewal();
      } else if (resumed.status().code() !=
                 absl::StatusCode::kFailedPrecondition) {
        return resumed.status();
      } else {
        MADOGUCHI_RETURN_IF_ERROR(Look());
      }
      if (std::chrono::steady_clock::now() > until) {
        return absl::DeadlineExceededError("It was never resumed.");
      }
    }
    return absl::OkStatus();
  }

  absl::Status Request() {
    return Take(renewals_.RequestIssuance(About<pb::RequestIssuanceRequest>()));
  }

  absl::Status AwaitAnswer() {
    auto const until = std::chrono::steady_clock::now() + kConverges;
    bool typed = false;
    while (renewal_.next_step() == pb::ISSUE) {
      if (std::chrono::steady_clock::now() > until) {
        return absl::DeadlineExceededError("The authority never answered.");
      }
      switch (renewal_.issuance().state()) {
        case pb::Renewal::Issuance::SENT:
          if (rpc_) {
            MADOGUCHI_RETURN_IF_ERROR(Look());
            break;
          }
          // Typed once. What the terminal did not answer is looked up there.
          MADOGUCHI_RETURN_IF_ERROR(TakeFinding(
              typed
                  ? terminal_.LookUp(renewal_.issuance().attempt())
                  : terminal_.Issue(renewal_, renewal_.issuance().attempt())));
          typed = true;
          break;
        case pb::Renewal::Issuance::CHECK_AT_TERMINAL: {
          auto const screen = terminal_.LookUp(renewal_.issuance().attempt());
          if (screen.shows == Shows::kNoAnswer) break;
          ++unclear_;
          MADOGUCHI_RETURN_IF_ERROR(TakeFinding(screen));
          break;
        }
        case pb::Renewal::Issuance::PLANNED:
          MADOGUCHI_RETURN_IF_ERROR(Look());
          break;
        default:
          // Nothing was issued: another request is lawful.
          MADOGUCHI_RETURN_IF_ERROR(Request());
          typed = false;
      }
    }
    return absl::OkStatus();
  }

  absl::Status TakeFinding(NationalTerminal::Screen const& screen) {
    auto request = About<pb::RecordStepRequest>();
    NationalTerminal::Note(screen, renewal_, request);
    return Take(renewals_.RecordStep(request));
  }

  absl::Status Finish() {
    auto request = About<pb::FinishRenewalRequest>();
    request.set_complete_ticket(true);
    return Take(renewals_.FinishRenewal(request));
  }

  // The ticket follows its case.
  absl::Status Completed() {
    auto const until = std::chrono::steady_clock::now() + kConverges;
    while (true) {
      ticketing::v1::FindTicketRequest find;
      find.set_office(kOffice);
      find.set_number(number_);
      MADOGUCHI_ASSIGN_OR_RETURN(auto const found, tickets_.FindTicket(find));
      if (found.ticket().state() == Ticket::COMPLETED) {
        return absl::OkStatus();
      }
      if (std::chrono::steady_clock::now() > until) {
        return absl::DeadlineExceededError("The ticket never followed.");
      }
    }
  }

  absl::Status Look() {
    pb::GetRenewalRequest get;
    get.set_name(renewal_.name());
    MADOGUCHI_ASSIGN_OR_RETURN(renewal_, renewals_.GetRenewal(get));
    return absl::OkStatus();
  }

  TicketingClient tickets_;
  RenewalClient renewals_;
  NationalTerminal terminal_;
  bool const rpc_;
  std::string number_;
  std::string ticket_;
  pb::Renewal renewal_;
  int unclear_ = 0;
};

std::vector<CrashPoint> AllCrashPoints() {
  std::vector<CrashPoint> points;
  for (std::size_t step = 0; step != Walk::Steps().size(); ++step) {
    for (auto const moment :
         {Moment::kBetween, Moment::kAway, Moment::kWithin}) {
      for (auto const* const process :
           {"renewal-1", "ticketing-1", "authority", "redis"}) {
        points.push_back({process, step, moment});
      }
    }
  }
  return points;
}

// Every how manieth crash point is tried: all of them if the environment says
// so, which takes minutes.
std::size_t Stride() {
  auto const* const all = std::getenv("MADOGUCHI_ALL_CRASH_POINTS");
  return all == nullptr ? 11 : 1;
}

class RenewalCrashTest : public ::testing::TestWithParam<bool> {
 protected:
  RenewalCrashTest() {
    std::ifstream in("deploy/config/example-city.textproto");
    std::string const example{std::istreambuf_iterator<char>(in), {}};
    settings_ = ::testing::TempDir() + "crash-city-" +
                (GetParam() ? "rpc" : "manual") + ".textproto";
    std::ofstream(settings_) << absl::StrReplaceAll(
        example, {{"connector: MANUAL",
                   GetParam() ? "connector: RPC" : "connector: MANUAL"},
                  {"patience_minutes: 30", "patience_minutes: 2"}});
    options_.ticketing = MADOGUCHI_TICKETING;
    options_.renewal = RENEWAL_BINARY;
    options_.authority = AUTHORITY_BINARY;
    options_.settings = settings_;
    options_.weather = kWeather;
    options_.rpc = GetParam();
    // Who was killed comes back with one connector, and another takes over with
    // the other.
    options_.renewal_replicas = GetParam() ? 2 : 1;
    options_.scale = ScaleOfNow();
  }

  // Takes `step`, with the crash at its moment. Processes are started by this
  // thread, so the clerk is another.
  static absl::Status TakeStep(CaseHouse& house, CrashPoint const& crash,
                               std::function<absl::Status()> const& step) {
    if (crash.moment != Moment::kWithin) house.Kill(crash.process);
    if (crash.moment == Moment::kBetween) house.Start(crash.process);
    auto taken = std::async(std::launch::async, step);
    if (crash.moment == Moment::kWithin) {
      // Where within the step is for chance to say.
      std::this_thread::sleep_for(
          std::chrono::microseconds(200 * (crash.step % 4 + 1)));
      house.Kill(crash.process);
    }
    if (crash.moment != Moment::kBetween) house.Start(crash.process);
    return taken.get();
  }

  static int RunCase(CaseHouse& house, replay::Pace const& pace, bool rpc,
                     CrashPoint const& crash) {
    SCOPED_TRACE(::testing::Message()
                 << crash.process << " at " << Walk::Steps()[crash.step].first
                 << ", moment " << static_cast<int>(crash.moment));
    Walk walk(house, pace, rpc);
    auto const begun = walk.Begin();
    EXPECT_THAT(begun, IsOk());
    if (!begun.ok()) return 0;
    for (std::size_t i = 0; i != Walk::Steps().size(); ++i) {
      auto const step = [&walk, take = Walk::Steps()[i].second] {
        return (walk.*take)();
      };
      auto const taken =
          i == crash.step ? TakeStep(house, crash, step) : step();
      EXPECT_THAT(taken, IsOk()) << Walk::Steps()[i].first;
      if (!taken.ok()) return walk.unclear();
    }
    EXPECT_EQ(walk.renewal().state(), pb::Renewal::FINISHED);
    EXPECT_EQ(walk.renewal().result(), pb::Renewal::RENEWED);
    return walk.unclear();
  }

  std::string settings_;
  CaseHouseOptions options_;
};

TEST_P(RenewalCrashTest, ACaseConvergesWhoeverIsKilledWhenever) {
  CaseHouse house(options_);
  replay::Pace const pace(options_.scale);
  auto const points = AllCrashPoints();
  int cases = 0;
  int unclear = 0;
  // The other connector begins elsewhere, so that both see different points.
  for (std::size_t i = GetParam() ? Stride() / 2 : 0; i < points.size();
       i += Stride()) {
    ++cases;
    unclear += RunCase(house, pace, GetParam(), points[i]);
    if (::testing::Test::HasFailure()) break;
  }
  auto const counted = house.CountIssuances();
  EXPECT_EQ(counted.cases_issued_again(), 0);
  EXPECT_EQ(counted.issued(), cases);
  EXPECT_EQ(counted.cases_issued(), cases);
  std::cout << cases << " crash points: " << counted.issued()
            << " certificates issued, none twice; " << unclear
            << " unclear, looked up at the terminal\n";
}

INSTANTIATE_TEST_SUITE_P(Connectors, RenewalCrashTest,
                         ::testing::Values(false, true), [](auto const& param) {
                           return std::string(param.param ? "Rpc" : "Manual");
                         });

}  // namespace
}  // namespace madoguchi::robustness
