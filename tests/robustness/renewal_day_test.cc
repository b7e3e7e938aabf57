#include "clients/replay/case_report.h"
#include "clients/replay/play_day.h"
#include "services/office/settings.h"
#include "tests/robustness/checker.h"
#include "tests/robustness/hostile_requests.h"
#include "tests/robustness/watchers.h"
#include "tests/support/child_process.h"
#include "tests/support/redis_server.h"
#include "tests/support/status_matchers.h"
#include "tests/support/ticketing_server.h"
#include "madoguchi/certification/v1/ledger_service.grpc.pb.h"
#include "madoguchi/renewal/v1/renewal_service.pb.h"
#include "madoguchi/ticketing/v1/counter_service.pb.h"
#include "madoguchi/ticketing/v1/ticket_service.pb.h"
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

// A whole Monday of 220 visitors with all kinds of cases, through live servers,
// while the national system is away for 40 minutes.
namespace madoguchi::robustness {
namespace {

using renewal::v1::Renewal;
using replay::CaseKind;
using ::testing::AnyOf;
using testing::ChildOptions;
using testing::ChildProcess;
using ::testing::Contains;
using ::testing::Eq;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Not;
using testing::RedisServer;
using testing::TicketingServer;

constexpr char kSettings[] = "deploy/config/example-city.textproto";
constexpr char kDay[] = "deploy/demo/monday.csv";
// Office seconds in a second of the machine: the day takes a minute.
constexpr double kSpeed = 600;

constexpr char kWeather[] = R"(time_zone: "Asia/Tokyo"
hours { from_hour: 0 until_hour: 10 median_ms: 1500 sigma: 0.4 }
hours {
  from_hour: 10 until_hour: 15 median_ms: 4000 sigma: 0.6
  error_rate: 0.01 lost_answer_rate: 0.01
}
hours { from_hour: 15 until_hour: 24 median_ms: 1500 sigma: 0.4 }
outages { begins: "11:00" minutes: 40 kind: REFUSES }
refusals { rate: 0.02 refusal: REGISTER_DIFFERS }
)";

// What of a visitor's case may lawfully come.
std::set<Renewal::Result> LawfulResults(CaseKind kind) {
  switch (kind) {
    case CaseKind::kProxyWrongPin:
      return {Renewal::HOLDER_RESET};
    case CaseKind::kProxyUnsealed:
    case CaseKind::kTooEarly:
    case CaseKind::kCardRenewal:
      return {Renewal::ADVISED};
    default:
      return {Renewal::RENEWED, Renewal::REFUSED};
  }
}

std::string ReadAll(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Sessions of counters begin with the day.
constexpr std::string_view kDayDigits = "20260601";

// Digits that could be a number of a person or a paper: not a time, which has
// 13, nor a session, nor within a UUID.
std::vector<std::string> LongNumbersIn(std::string const& bytes) {
  std::vector<std::string> found;
  std::string run;
  for (std::size_t i = 0; i <= bytes.size(); ++i) {
    char const c = i == bytes.size() ? ' ' : bytes[i];
    if (c >= '0' && c <= '9') {
      run += c;
      continue;
    }
    auto const begin = i - run.size();
    bool const in_word =
        std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '-' ||
        (begin != 0 &&
         (std::isalpha(static_cast<unsigned char>(bytes[begin - 1])) != 0 ||
          bytes[begin - 1] == '-'));
    if ((run.size() == 11 || run.size() == 12) && !in_word &&
        !run.starts_with(kDayDigits)) {
      found.push_back(run);
    }
    run.clear();
  }
  return found;
}

class RenewalDayTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto city = ReadCity(kSettings);
    ASSERT_THAT(city, IsOk());
    city_ = *std::move(city);
    auto day = replay::ReadDay(kDay);
    ASSERT_THAT(day, IsOk());
    day_ = *std::move(day);
    office_ = city_.FindOffice(day_.office);
    ASSERT_NE(office_, nullptr);
    options_.scale =
        StartScale(day_, *office_, kSpeed, std::chrono::seconds(3));
    std::ofstream(folder_ + "/weather") << kWeather;
    authority_ = StartServer(AUTHORITY_BINARY, "certification_authority",
                             {"--data", folder_ + "/ledger", "--weather",
                              folder_ + "/weather", "--not_idempotent"});
    for (auto const* name : {"ticketing-1", "ticketing-2"}) {
      options_.targets.push_back(StartServer(
          MADOGUCHI_TICKETING, "ticketing",
          {"--settings", kSettings, "--redis", "unix:" + redis_.socket()},
          name));
    }
    for (auto const* name : {"renewal-1", "renewal-2"}) {
      options_.renewal_targets.push_back(StartServer(
          RENEWAL_BINARY, "renewal",
          {"--settings", kSettings, "--redis", "unix:" + redis_.socket(),
           "--ticketing", options_.targets[0] + "," + options_.targets[1]},
          name));
    }
    options_.authority_target = authority_;
  }

  // Starts a server on the clock of the day; answers its address.
  std::string StartServer(std::string const& binary, std::string const& program,
                          std::vector<std::string> const& flags,
                          std::string name = "") {
    if (name.empty()) name = program;
    auto const address = "127.0.0.1:" + std::to_string(*testing::FreePort());
    ChildOptions options;
    options.command = {binary,
                       "--listen",
                       address,
                       "--clock",
                       "scaled",
                       "--clock_scale",
                       FormatScale(options_.scale)};
    options.command.insert(options.command.end(), flags.begin(), flags.end());
    options.output_path = folder_ + "/" + name + ".log";
    auto process = ChildProcess::Start(options);
    EXPECT_THAT(process, IsOk());
    EXPECT_THAT((*process)->WaitForLine("ready on", std::chrono::seconds(30)),
                IsOk());
    processes_.push_back(*std::move(process));
    return address;
  }

  certification::v1::CountIssuancesResponse CountIssuances() {
    auto const stub = certification::v1::LedgerService::NewStub(
        grpc::CreateChannel(authority_, grpc::InsecureChannelCredentials()));
    grpc::ClientContext context;
    certification::v1::CountIssuancesResponse counted;
    EXPECT_TRUE(stub->CountIssuances(&context, {}, &counted).ok());
    return counted;
  }

  void ExpectLawfulCases(replay::Cases const& cases) {
    for (std::size_t i = 0; i != cases.records.size(); ++i) {
      auto const& record = cases.records[i];
      if (!record.renewal) continue;
      auto const& renewal = *record.renewal;
      EXPECT_EQ(renewal.state(), Renewal::FINISHED) << renewal.name();
      EXPECT_THAT(LawfulResults(record.kind), Contains(renewal.result()))
          << renewal.name() << " " << CodeOf(record.kind) << " "
          << renewal.row();
      EXPECT_FALSE(renewal.ticket_lags()) << renewal.name();
    }
  }

  // Not two certificates for one case, and none that no case knows of.
  void ExpectIssuedOnce(replay::CaseFigures const& figures) {
    auto const counted = CountIssuances();
    EXPECT_EQ(counted.cases_issued_again(), 0);
    EXPECT_EQ(counted.issued(), figures.results.at("RENEWED"));
    EXPECT_EQ(counted.issued(), counted.cases_issued());
  }

  // Everything that is kept or said anywhere.
  std::map<std::string, std::string> Kept() {
    std::map<std::string, std::string> kept;
    kept["redis"] = redis_.DumpAll();
    for (auto const& root : {folder_, redis_.folder()}) {
      for (auto const& entry :
           std::filesystem::recursive_directory_iterator(root)) {
        if (!entry.is_regular_file()) continue;
        kept[entry.path().string()] = ReadAll(entry.path());
      }
    }
    return kept;
  }

  std::string const folder_ = [] {
    std::string name = ::testing::TempDir() + "renewal-day-XXXXXX";
    return std::string(mkdtemp(name.data()));
  }();
  RedisServer redis_{{"--appendonly", "yes", "--appendfsync", "always",
                      "--maxmemory-policy", "noeviction"}};
  City city_;
  replay::Day day_;
  Office const* office_ = nullptr;
  replay::PlayOptions options_;
  std::string authority_;
  std::vector<std::unique_ptr<ChildProcess>> processes_;
};

TEST_F(RenewalDayTest, EveryCaseEndsLawfullyThoughTheAuthorityIsAwayAt11) {
  Follower follower(options_.targets, "offices/honcho");
  auto const outcome = replay::PlayDay(day_, *office_, options_);
  ASSERT_THAT(outcome, IsOk());
  std::cout << replay::FormatReport(*outcome);
  EXPECT_THAT(replay::FindContradictions(*outcome), IsEmpty());
  EXPECT_THAT(outcome->problems, IsEmpty());

  auto const figures = replay::SummariseCases(outcome->cases);
  ExpectLawfulCases(outcome->cases);
  EXPECT_EQ(figures.open, 0);
  EXPECT_GE(figures.parked, 3);
  EXPECT_GE(figures.told_at_kiosk, 2);
  ExpectIssuedOnce(figures);

  // Nobody lost their rank, by the outage or otherwise: each call in turn, each
  // place kept.
  auto const violations = CheckLog(follower.Entries(), *office_);
  EXPECT_THAT(violations, IsEmpty()) << InWords(violations, 10);

  // Whoever types what must not be kept.
  std::map<std::string, std::string> const usual = {
      {"office", "offices/honcho"},
      {"parent", "offices/honcho"},
      {"counter", "offices/honcho/counters/2"},
      {"name", outcome->cases.records[0].renewal
                   ? outcome->cases.records[0].renewal->name()
                   : "offices/honcho/renewals/x-1"},
      {"ticket", outcome->visits[0].ticket},
      {"staff", "hana"},
      {"service", "renew_self"},
      {"language", "ja"},
      {"reason", "form"},
      {"outcome", "done"}};
  auto const& renewals =
      *renewal::v1::TriageRequest::descriptor()->file()->service(0);
  auto const& counters =
      *ticketing::v1::CallNextTicketRequest::descriptor()->file()->service(0);
  auto const& tickets =
      *ticketing::v1::IssueTicketRequest::descriptor()->file()->service(0);
  Sown all;
  for (auto const& sown : {Sow(options_.renewal_targets[0], renewals, usual),
                           Sow(options_.targets[0], counters, usual),
                           Sow(options_.targets[0], tickets, usual)}) {
    all.sent += sown.sent;
    all.taken += sown.taken;
  }
  std::cout << all.sent << " requests with what must not be kept, of which "
            << all.taken << " were answered\n";
  EXPECT_GE(all.sent, 900);

  std::size_t bytes = 0;
  for (auto const& [where, what] : Kept()) {
    bytes += what.size();
    for (auto const& planted : Planted()) {
      EXPECT_EQ(what.find(planted), std::string::npos)
          << planted << " is in " << where;
    }
    EXPECT_THAT(LongNumbersIn(what), IsEmpty()) << "in " << where;
  }
  std::cout << bytes << " bytes looked through\n";
  EXPECT_GE(bytes, 1'000'000U);
}

}  // namespace
}  // namespace madoguchi::robustness
