#include "clients/terminal/text_width.h"
#include "clients/ticket_machine/issue.h"
#include "clients/ticket_machine/screens.h"
#include "clients/ticket_machine/slip.h"
#include "absl/strings/str_split.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace madoguchi::ticket_machine {
namespace {

using std::chrono::milliseconds;
using terminal::DisplayWidth;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ticketing::v1::IssueTicketRequest;
using ticketing::v1::IssueTicketResponse;

constexpr Language kLanguages[] = {Language::kJapanese, Language::kEasyJapanese,
                                   Language::kEnglish};

Services TwoServices() {
  Services services;
  auto& renewal = *services.Add();
  renewal.set_service("renew_self");
  renewal.mutable_display_name()->set_ja("電子証明書の更新(本人)");
  renewal.mutable_display_name()->set_ja_easy(
      "カードの「電子証明書(でんししょうめいしょ)」を新(あたら)しくする"
      "(自分(じぶん)の)");
  renewal.mutable_display_name()->set_en(
      "Renew my card's digital certificates");
  renewal.set_waiting_count(7);
  services.Add()->mutable_display_name()->set_ja("わからない・相談する");
  return services;
}

TEST(MenuTest, NumbersTheServicesAndSaysHowManyWait) {
  auto const menu = Menu(TwoServices(), Language::kJapanese, 80);
  EXPECT_THAT(menu, HasSubstr("ご用件をお選びください"));
  EXPECT_THAT(menu, HasSubstr("  1  電子証明書の更新(本人)"));
  EXPECT_THAT(menu, HasSubstr("待ち 7 人"));
  EXPECT_THAT(menu, HasSubstr("  2  わからない・相談する"));
  EXPECT_THAT(menu, HasSubstr("お名前・マイナンバー・暗証番号はこの機械に入力"
                              "しません"));
}

TEST(MenuTest, ShowsNamesInTheLanguageChosen) {
  EXPECT_THAT(Menu(TwoServices(), Language::kEnglish, 80),
              HasSubstr("Renew my card's digital certificates"));
  // Without an English name the Japanese one is better than none.
  EXPECT_THAT(Menu(TwoServices(), Language::kEnglish, 80),
              HasSubstr("わからない・相談する"));
  EXPECT_THAT(Menu(TwoServices(), Language::kEasyJapanese, 80),
              HasSubstr("電子証明書(でんししょうめいしょ)"));
}

TEST(ReadChoiceTest, TakesNumbersOnTheListAndLanguages) {
  EXPECT_EQ(ReadChoice("1", 2).service, 0);
  EXPECT_EQ(ReadChoice(" 2 ", 2).service, 1);
  EXPECT_EQ(ReadChoice("e", 2).language, Language::kEnglish);
  EXPECT_EQ(ReadChoice("y", 2).language, Language::kEasyJapanese);
  EXPECT_EQ(ReadChoice("j", 2).language, Language::kJapanese);
  for (auto const* const typed :
       {"0", "3", "-1", "x", "", "1x", "99999999999"}) {
    EXPECT_FALSE(ReadChoice(typed, 2).service) << typed;
    EXPECT_FALSE(ReadChoice(typed, 2).language) << typed;
  }
}

TEST(ReadAgreementTest, TakesOneAndTwo) {
  EXPECT_EQ(ReadAgreement("1"), true);
  EXPECT_EQ(ReadAgreement("2"), false);
  EXPECT_EQ(ReadAgreement(""), std::nullopt);
}

class SlipTest : public ::testing::Test {
 protected:
  SlipTest() {
    slip_.number = "A101";
    slip_.service_name = "電子証明書の更新(本人)";
    slip_.arrival_time = Timestamp(std::chrono::seconds(1'800'000'000));
    slip_.ahead = 3;
    absl::LoadTimeZone("Asia/Tokyo", &zone_);
  }

  Slip slip_;
  absl::TimeZone zone_;
};

TEST_F(SlipTest, SaysNumberServiceTimeAndHowManyAreAhead) {
  auto const slip = DrawSlip(slip_, zone_);
  EXPECT_THAT(slip, HasSubstr("#   #   ##    #   #   ##"));
  EXPECT_THAT(slip, HasSubstr("番号札 A101"));
  EXPECT_THAT(slip, HasSubstr("電子証明書の更新(本人)"));
  EXPECT_THAT(slip, HasSubstr("2027年1月15日(金)  17:00"));
  EXPECT_THAT(slip, HasSubstr("待ち 3 人"));
  EXPECT_THAT(slip, HasSubstr("順番が前後することがあります"));
  EXPECT_THAT(slip, HasSubstr("お手伝いが必要な方は"));
  EXPECT_THAT(slip, Not(HasSubstr("分")));
  EXPECT_THAT(slip, Not(HasSubstr("再印字")));
}

TEST_F(SlipTest, ARepeatedSlipSaysSoInEveryLanguage) {
  slip_.reprint = true;
  for (auto const language : kLanguages) {
    slip_.language = language;
    EXPECT_THAT(DrawSlip(slip_, zone_), HasSubstr("再印字"));
  }
}

TEST_F(SlipTest, SaysNothingOfThoseAheadIfThatIsNotKnown) {
  slip_.ahead.reset();
  EXPECT_THAT(DrawSlip(slip_, zone_), Not(HasSubstr("待ち")));
}

TEST_F(SlipTest, WritesTheDayInTheVisitorsLanguage) {
  slip_.language = Language::kEnglish;
  EXPECT_THAT(DrawSlip(slip_, zone_), HasSubstr("2027/1/15 (Fri)  17:00"));
}

TEST_F(SlipTest, HasAStraightFrameInEveryLanguage) {
  slip_.service_name = TwoServices().Get(0).display_name().ja_easy();
  slip_.ahead = 123;
  slip_.reprint = true;
  for (auto const language : kLanguages) {
    slip_.language = language;
    std::vector<std::string> lines =
        absl::StrSplit(DrawSlip(slip_, zone_), '\n', absl::SkipEmpty());
    for (auto const& line : lines) EXPECT_EQ(DisplayWidth(line), 46) << line;
  }
}

TEST(CannotIssueTest, SaysWhetherThereMayBeATicket) {
  EXPECT_THAT(CannotIssue(Language::kJapanese, false, "STORE_FULL"),
              HasSubstr("係員がご案内します。少しお待ちください"));
  for (auto const language : kLanguages) {
    EXPECT_NE(CannotIssue(language, false, ""),
              CannotIssue(language, true, ""));
  }
}

TEST(TextsTest, ReadsTheCodeOfEachLanguage) {
  for (auto const language : kLanguages) {
    EXPECT_EQ(ParseLanguage(CodeOf(language)), language);
  }
  EXPECT_EQ(ParseLanguage("fr"), std::nullopt);
}

class IssueOnceTest : public ::testing::Test {
 protected:
  absl::StatusOr<IssueTicketResponse> Issue(int unknown, absl::Status then) {
    return IssueOnce({[&, unknown, then](IssueTicketRequest const& request)
                          -> absl::StatusOr<IssueTicketResponse> {
                        ids_.push_back(request.request_id());
                        now_ += milliseconds(4'000);
                        if (static_cast<int>(ids_.size()) <= unknown) {
                          return absl::UnavailableError("away");
                        }
                        if (!then.ok()) return then;
                        return IssueTicketResponse();
                      },
                      [&] { return now_; }, [&] { ++told_; },
                      [&] { return stopped_; }, milliseconds(60'000)},
                     request_);
  }

  IssueTicketRequest const request_ = [] {
    IssueTicketRequest request;
    request.set_request_id("press-1");
    return request;
  }();
  MachineTime now_{};
  std::vector<std::string> ids_;
  int told_ = 0;
  bool stopped_ = false;
};

TEST_F(IssueOnceTest, AsksAgainWithTheSameIdAndSaysSoOnce) {
  EXPECT_TRUE(Issue(5, absl::OkStatus()).ok());
  EXPECT_THAT(ids_, SizeIs(6));
  EXPECT_THAT(ids_, Each("press-1"));
  EXPECT_EQ(told_, 1);
}

TEST_F(IssueOnceTest, ARefusalIsFinal) {
  EXPECT_TRUE(absl::IsResourceExhausted(
      Issue(0, absl::ResourceExhaustedError("full")).status()));
  EXPECT_THAT(ids_, SizeIs(1));
  EXPECT_EQ(told_, 0);
}

TEST_F(IssueOnceTest, GivesUpWhenTheVisitorHasWaitedLongEnough) {
  EXPECT_TRUE(absl::IsUnavailable(Issue(1'000, absl::OkStatus()).status()));
  EXPECT_THAT(ids_, SizeIs(15));
}

TEST_F(IssueOnceTest, AsksNoMoreWhenTheMachineIsStopped) {
  stopped_ = true;
  EXPECT_TRUE(absl::IsUnavailable(Issue(1'000, absl::OkStatus()).status()));
  EXPECT_THAT(ids_, SizeIs(1));
}

}  // namespace
}  // namespace madoguchi::ticket_machine
