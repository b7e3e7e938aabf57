#include "services/office/settings.h"
#include "absl/status/status.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <stdlib.h>
#include <string>

namespace madoguchi {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// A small city without a mistake. The tests know its lines.
constexpr char kCity[] = R"(id: "akebono"
offices {
  id: "honcho"
  time_zone: "Asia/Tokyo"
  cut_over_hour: 4
  series { id: "a" prefix: "A" first: 101 size: 100 }
  series { id: "b" first: 301 size: 100 }
  services {
    id: "renew_self"
    display_name { ja: "更新" ja_easy: "こうしん" en: "Renewal" }
    series: "a"
    expected_minutes: 15
    target_wait_minutes: 30
  }
  services {
    id: "consult"
    display_name { ja: "相談" ja_easy: "そうだん" en: "Advice" }
    series: "b"
    expected_minutes: 8
    target_wait_minutes: 15
  }
  counters {
    id: "2"
    label { ja: "2番窓口" }
    serves { service: "renew_self" preference: FIRST }
    serves { service: "consult" preference: LAST }
  }
  call_policy {
    max_recalls: 2
    recall_spacing_seconds: 30
    recalls_before_absent: 1
    reentry: AFTER
    reentry_after: 3
    overtaking_limit: 3
  }
}
)";

// `kCity` with `from`, which it must hold, replaced by `to`.
std::string CityWith(std::string const& from, std::string const& to) {
  std::string city = kCity;
  auto const at = city.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return city.replace(at, from.size(), to);
}

std::string CityWithout(std::string const& text) { return CityWith(text, ""); }

// What is wrong with `text`.
std::string ProblemsOf(std::string const& text) {
  auto const city = ParseCity(text, "city.textproto");
  EXPECT_EQ(city.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(city.status().message());
}

TEST(SettingsTest, ReadsEverythingThatIsThere) {
  auto const city = ParseCity(kCity, "city.textproto");
  ASSERT_TRUE(city.ok()) << city.status();
  EXPECT_EQ(city->id.value, "akebono");
  ASSERT_EQ(city->offices.size(), 1U);

  auto const& office = city->offices[0];
  EXPECT_EQ(office.id.value, "honcho");
  EXPECT_EQ(office.time_zone, "Asia/Tokyo");
  EXPECT_EQ(office.cut_over_hour, 4);
  ASSERT_EQ(office.series.size(), 2U);
  EXPECT_EQ(office.series[0].prefix, "A");
  EXPECT_EQ(office.series[0].first, 101);
  EXPECT_EQ(office.series[0].size, 100);

  auto const* renewal = office.FindService({"renew_self"});
  ASSERT_NE(renewal, nullptr);
  EXPECT_EQ(renewal->display_name,
            (LocalizedText{"更新", "こうしん", "Renewal"}));
  EXPECT_EQ(renewal->series.value, "a");
  EXPECT_EQ(renewal->expected, std::chrono::minutes(15));
  EXPECT_EQ(renewal->target_wait, std::chrono::minutes(30));

  auto const* counter = office.FindCounter({"2"});
  ASSERT_NE(counter, nullptr);
  ASSERT_EQ(counter->serves.size(), 2U);
  EXPECT_EQ(counter->serves[0].service.value, "renew_self");
  EXPECT_EQ(counter->serves[0].preference, Preference::kFirst);
  EXPECT_EQ(counter->serves[1].preference, Preference::kLast);

  EXPECT_EQ(office.call_policy.max_recalls, 2);
  EXPECT_EQ(office.call_policy.recall_spacing, std::chrono::seconds(30));
  EXPECT_EQ(office.call_policy.recalls_before_absent, 1);
  EXPECT_EQ(office.call_policy.reentry, Reentry::kAfter);
  EXPECT_EQ(office.call_policy.reentry_after, 3);
  EXPECT_EQ(office.call_policy.overtaking_limit, 3);
}

TEST(SettingsTest, ALanguageLeftOutReadsAsJapanese) {
  auto const city = ParseCity(kCity, "city.textproto");
  ASSERT_TRUE(city.ok()) << city.status();
  EXPECT_EQ(city->offices[0].counters[0].label,
            (LocalizedText{"2番窓口", "2番窓口", "2番窓口"}));
}

TEST(SettingsTest, AnUnspecifiedPreferenceIsNormalAndReentryNext) {
  auto city = CityWith(" preference: FIRST", "");
  city.replace(city.find("    reentry: AFTER\n    reentry_after: 3\n"), 41, "");
  auto const read = ParseCity(city, "city.textproto");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->offices[0].counters[0].serves[0].preference,
            Preference::kNormal);
  EXPECT_EQ(read->offices[0].call_policy.reentry, Reentry::kNext);
}

// A mistake, made by replacing one text by another, and how it is told.
struct Mistake {
  std::string name;
  std::string from;
  std::string to;
  std::string told;
};

void PrintTo(Mistake const& mistake, std::ostream* out) {
  *out << mistake.name;
}

class MistakeTest : public ::testing::TestWithParam<Mistake> {};

TEST_P(MistakeTest, IsToldWithFileLineFieldAndWhatToDo) {
  EXPECT_THAT(ProblemsOf(CityWith(GetParam().from, GetParam().to)),
              HasSubstr("city.textproto:" + GetParam().told));
}

INSTANTIATE_TEST_SUITE_P(
    Syntax, MistakeTest,
    ::testing::Values(
        Mistake{"UnknownField", "cut_over_hour: 4", "cut_over: 4",
                "5: `cut_over: 4`: Message type \"madoguchi.office.v1.Office\" "
                "has no field named \"cut_over\". The fields are in"},
        Mistake{"WrongType", "cut_over_hour: 4", "cut_over_hour: \"four\"",
                "5: `cut_over_hour: \"four\"`: Expected integer"},
        Mistake{"FieldTwice", "cut_over_hour: 4",
                "cut_over_hour: 4 cut_over_hour: 5",
                "5: `cut_over_hour: 4 cut_over_hour: 5`: Non-repeated field"},
        Mistake{"UnknownEnum", "preference: FIRST", "preference: SOON",
                "25: `serves { service: \"renew_self\" preference: SOON }`: "
                "Unknown enumeration value of \"SOON\""}),
    [](auto const& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Ids, MistakeTest,
    ::testing::Values(
        Mistake{"CityMissing", "id: \"akebono\"", "",
                "1: id: is missing. Choose 1 to 32 of a-z, 0-9, `-`."},
        Mistake{"CityTooLong", "akebono", std::string(33, 'a'), "1: id: is `a"},
        Mistake{"CityWithBraces", "akebono", "{a}",
                "1: id: is `{a}`. Choose 1 to 32 of a-z, 0-9, `-`."},
        Mistake{"OfficeMissing", "  id: \"honcho\"\n", "\n",
                "2: offices[0].id: is missing."},
        Mistake{"OfficeUpperCase", "honcho", "Honcho",
                "3: offices[0].id: is `Honcho`. Choose"},
        Mistake{"OfficeTwice", "call_policy {",
                "}\noffices {\n  id: \"honcho\" call_policy {",
                "30: offices[1].id: `honcho` is already the id of line 3."},
        Mistake{"SeriesTooLong", "id: \"a\"", "id: \"abcdefghi\"",
                "6: offices[0].series[0].id: is `abcdefghi`. Choose 1 to 8 of "
                "a-z, 0-9."},
        Mistake{"SeriesTwice", "id: \"b\"", "id: \"a\"",
                "7: offices[0].series[1].id: `a` is already the id of line 6."},
        Mistake{"ServiceWithDash", "id: \"renew_self\"", "id: \"renew-self\"",
                "9: offices[0].services[0].id: is `renew-self`. Choose 1 to 32 "
                "of a-z, 0-9, `_`."},
        Mistake{"ServiceTwice", "id: \"consult\"", "id: \"renew_self\"",
                "16: offices[0].services[1].id: `renew_self` is already the id "
                "of line 9."},
        Mistake{"CounterTooLong", "id: \"2\"", "id: \"123456789\"",
                "23: offices[0].counters[0].id: is `123456789`. Choose"},
        Mistake{"CounterTwice", "  call_policy {",
                "  counters { id: \"2\" label { ja: \"x\" } serves { service: "
                "\"consult\" } }\n  call_policy {",
                "28: offices[0].counters[1].id: `2` is already the id of line "
                "23."}),
    [](auto const& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Offices, MistakeTest,
    ::testing::Values(
        Mistake{"TimeZoneMissing", "  time_zone: \"Asia/Tokyo\"\n", "\n",
                "2: offices[0].time_zone: is missing."},
        Mistake{"TimeZoneUnknown", "Asia/Tokyo", "Asia/Akebono",
                "4: offices[0].time_zone: `Asia/Akebono` is not in this "
                "machine's tz database."},
        Mistake{"CutOverLate", "cut_over_hour: 4", "cut_over_hour: 13",
                "5: offices[0].cut_over_hour: is 13. Choose 0 to 12."},
        Mistake{"CutOverNegative", "cut_over_hour: 4", "cut_over_hour: -1",
                "5: offices[0].cut_over_hour: is -1. Choose 0 to 12."},
        Mistake{"NameWithoutJapanese", "cut_over_hour: 4",
                "cut_over_hour: 4 display_name { en: \"Hall\" }",
                "5: offices[0].display_name.ja: is missing."},
        Mistake{"NotUtf8", "更新", "\\377",
                "10: offices[0].services[0].display_name.ja: is not UTF-8."}),
    [](auto const& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    SeriesOfNumbers, MistakeTest,
    ::testing::Values(
        Mistake{"PrefixLowerCase", "prefix: \"A\"", "prefix: \"a\"",
                "6: offices[0].series[0].prefix: `a` is not at most 2 of A-Z."},
        Mistake{"PrefixTooLong", "prefix: \"A\"", "prefix: \"ABC\"",
                "6: offices[0].series[0].prefix: `ABC` is not"},
        Mistake{"FirstMissing", "first: 101 ", "",
                "6: offices[0].series[0].first: is 0. Choose 1 to "},
        Mistake{"FirstBeyondInt", "first: 101", "first: 2147483647",
                "6: offices[0].series[0].first: is 2147483647. Choose"},
        Mistake{"SizeTooSmall", "size: 100", "size: 9",
                "6: offices[0].series[0].size: is 9. Choose 10 to 1000000."},
        Mistake{"SizeTooLarge", "size: 100", "size: 1000001",
                "6: offices[0].series[0].size: is 1000001. Choose"},
        Mistake{"OverlapByOne", "prefix: \"A\" first: 101 size: 100",
                "first: 202 size: 100",
                "7: offices[0].series[1].first: the numbers of `b` (301 to "
                "400) overlap those of `a` (202 to 301). Move one"}),
    [](auto const& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Services, MistakeTest,
    ::testing::Values(
        Mistake{"NameMissing",
                "    display_name { ja: \"更新\" ja_easy: \"こうしん\" en: "
                "\"Renewal\" }\n",
                "\n", "8: offices[0].services[0].display_name.ja: is missing."},
        Mistake{"EasyJapaneseMissing", " ja_easy: \"こうしん\"", "",
                "10: offices[0].services[0].display_name.ja_easy: is missing."},
        Mistake{"EnglishMissing", " en: \"Renewal\"", "",
                "10: offices[0].services[0].display_name.en: is missing."},
        Mistake{"SeriesMissing", "    series: \"a\"\n", "\n",
                "8: offices[0].services[0].series: is missing."},
        Mistake{"SeriesUnknown", "series: \"a\"", "series: \"z\"",
                "11: offices[0].services[0].series: the office has no series "
                "`z`. Name one"},
        Mistake{"ExpectedMissing", "    expected_minutes: 15\n", "\n",
                "8: offices[0].services[0].expected_minutes: is 0. Choose 1 "
                "to 480."},
        Mistake{"ExpectedTooLong", "expected_minutes: 15",
                "expected_minutes: 481",
                "12: offices[0].services[0].expected_minutes: is 481."},
        Mistake{"TargetMissing", "    target_wait_minutes: 30\n", "\n",
                "8: offices[0].services[0].target_wait_minutes: is 0."},
        Mistake{"TargetTooLong", "target_wait_minutes: 30",
                "target_wait_minutes: 481",
                "13: offices[0].services[0].target_wait_minutes: is 481."},
        Mistake{"NobodyServesIt",
                "    serves { service: \"consult\" preference: LAST }\n", "",
                "16: offices[0].services[1].id: no counter serves `consult`"}),
    [](auto const& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Counters, MistakeTest,
    ::testing::Values(
        Mistake{"LabelMissing", "    label { ja: \"2番窓口\" }\n", "\n",
                "22: offices[0].counters[0].label.ja: is missing."},
        Mistake{"ServesNothing", "  call_policy {",
                "  counters { id: \"3\" label { ja: \"3\" } }\n  call_policy {",
                "28: offices[0].counters[1].serves: is missing."},
        Mistake{"ServiceMissing", "serves { service: \"consult\" ", "serves { ",
                "26: offices[0].counters[0].serves[1].service: is missing."},
        Mistake{"ServiceUnknown", "serves { service: \"consult\"",
                "serves { service: \"passports\"",
                "26: offices[0].counters[0].serves[1].service: the office has "
                "no service `passports`."},
        Mistake{"ServiceTwice", "serves { service: \"consult\"",
                "serves { service: \"renew_self\"",
                "26: offices[0].counters[0].serves[1].service: `renew_self` is "
                "named twice"},
        Mistake{"PreferenceByUnknownNumber", "preference: LAST",
                "preference: 7",
                "26: offices[0].counters[0].serves[1].preference: is none "
                "of"}),
    [](auto const& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    CallPolicies, MistakeTest,
    ::testing::Values(
        Mistake{"TooManyRecalls", "max_recalls: 2", "max_recalls: 11",
                "29: offices[0].call_policy.max_recalls: is 11. Choose 0 to "
                "10."},
        Mistake{"SpacingTooLong", "spacing_seconds: 30", "spacing_seconds: 601",
                "30: offices[0].call_policy.recall_spacing_seconds: is 601."},
        Mistake{"AbsentAfterMoreThanAllowed", "before_absent: 1",
                "before_absent: 3",
                "31: offices[0].call_policy.recalls_before_absent: is 3. "
                "Choose 0 to `max_recalls`, which is 2."},
        Mistake{"ReentryByUnknownNumber", "reentry: AFTER", "reentry: 9",
                "32: offices[0].call_policy.reentry: is none of NEXT, AFTER, "
                "LAST."},
        Mistake{"AfterHowMany", "    reentry_after: 3\n", "\n",
                "28: offices[0].call_policy.reentry_after: is 0. Choose 1 to "
                "100."},
        Mistake{"AfterWithoutEffect", "reentry: AFTER", "reentry: LAST",
                "33: offices[0].call_policy.reentry_after: has no effect "
                "without `reentry: AFTER`."},
        Mistake{"LimitMissing", "    overtaking_limit: 3\n", "\n",
                "28: offices[0].call_policy.overtaking_limit: is 0. Choose 1 "
                "to 100."}),
    [](auto const& info) { return info.param.name; });

// Desk and day have a default for everything, so the small city leaves them
// out; the mistakes put them in.
INSTANTIATE_TEST_SUITE_P(
    DeskPolicies, MistakeTest,
    ::testing::Values(
        Mistake{"HoldTooLong", "  call_policy {",
                "  desk_policy {\n    longest_hold_minutes: 481\n  }\n"
                "  call_policy {",
                "29: offices[0].desk_policy.longest_hold_minutes: is 481. "
                "Choose 1 to 480."},
        Mistake{"HoldNegative", "  call_policy {",
                "  desk_policy { usual_hold_minutes: -1 }\n  call_policy {",
                "28: offices[0].desk_policy.usual_hold_minutes: is -1."},
        Mistake{"LongestHoldShorterThanUsual", "  call_policy {",
                "  desk_policy {\n    usual_hold_minutes: 20\n"
                "    longest_hold_minutes: 10\n  }\n  call_policy {",
                "30: offices[0].desk_policy.longest_hold_minutes: a hold lasts "
                "20 minutes if nobody says, and at most 10. Let"},
        Mistake{"UsualHoldLongerThanTheLongestLeftOut", "  call_policy {",
                "  desk_policy {\n    usual_hold_minutes: 121\n  }\n"
                "  call_policy {",
                "29: offices[0].desk_policy.usual_hold_minutes: a hold lasts "
                "121 minutes if nobody says, and at most 120. Let"},
        Mistake{"LongestHoldShorterThanTheUsualLeftOut", "  call_policy {",
                "  desk_policy {\n    longest_hold_minutes: 14\n  }\n"
                "  call_policy {",
                "29: offices[0].desk_policy.longest_hold_minutes: a hold lasts "
                "15 minutes if nobody says, and at most 14. Let"},
        Mistake{"HeadStartTooLong", "  call_policy {",
                "  desk_policy { assist_head_start_minutes: 121 }\n"
                "  call_policy {",
                "28: offices[0].desk_policy.assist_head_start_minutes: is 121. "
                "Choose 1 to 120."},
        Mistake{"PromptTooLate", "  call_policy {",
                "  desk_policy { finish_prompt_minutes: 481 }\n"
                "  call_policy {",
                "28: offices[0].desk_policy.finish_prompt_minutes: is 481."},
        Mistake{"WrapUpTooLong", "  call_policy {",
                "  desk_policy { wrap_up_seconds: 3601 }\n  call_policy {",
                "28: offices[0].desk_policy.wrap_up_seconds: is 3601. Choose 1 "
                "to 3600."},
        Mistake{"PatienceTooLong", "  call_policy {",
                "  desk_policy { counter_queue_minutes: 481 }\n"
                "  call_policy {",
                "28: offices[0].desk_policy.counter_queue_minutes: is 481."},
        Mistake{"UndoTooLong", "  call_policy {",
                "  desk_policy { undo_seconds: 121 }\n  call_policy {",
                "28: offices[0].desk_policy.undo_seconds: is 121. Choose 1 to "
                "120."},
        Mistake{"AbsenceTooLong", "    overtaking_limit: 3",
                "    overtaking_limit: 3\n    absent_expires_minutes: 1441",
                "35: offices[0].call_policy.absent_expires_minutes: is 1441. "
                "Choose 1 to 1440."}),
    [](auto const& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Days, MistakeTest,
    ::testing::Values(
        Mistake{"DayEndByUnknownNumber", "  cut_over_hour: 4",
                "  cut_over_hour: 4\n  day_end: 7",
                "6: offices[0].day_end: is none of EXPIRE, CARRY_OVER."},
        Mistake{"LogTooLong", "  cut_over_hour: 4",
                "  cut_over_hour: 4\n  log_days: 401",
                "6: offices[0].log_days: is 401. Choose 1 to 400."},
        Mistake{"LogNegative", "  cut_over_hour: 4",
                "  cut_over_hour: 4\n  log_days: -1",
                "6: offices[0].log_days: is -1."}),
    [](auto const& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Languages, MistakeTest,
    ::testing::Values(
        Mistake{"Unknown", "  cut_over_hour: 4",
                "  cut_over_hour: 4\n  routed_languages: \"xx\"",
                "6: offices[0].routed_languages[0]: `xx` is none of `ja-easy`, "
                "`en`."},
        Mistake{"Japanese", "  cut_over_hour: 4",
                "  cut_over_hour: 4\n  routed_languages: \"ja\"",
                "6: offices[0].routed_languages[0]: `ja` is none of"},
        Mistake{"Twice", "  cut_over_hour: 4",
                "  cut_over_hour: 4\n  routed_languages: \"en\"\n"
                "  routed_languages: \"en\"",
                "7: offices[0].routed_languages[1]: `en` is named twice."},
        Mistake{"RoutedButNotSpoken", "  cut_over_hour: 4",
                "  cut_over_hour: 4\n  routed_languages: \"en\"",
                "6: offices[0].routed_languages[0]: no counter speaks `en`"},
        Mistake{"SpokenButNotRouted", "    label {",
                "    languages: \"en\"\n    label {",
                "24: offices[0].counters[0].languages[0]: `en` is none of the "
                "office's `routed_languages`."}),
    [](auto const& info) { return info.param.name; });

TEST(SettingsTest, ALanguageSpokenTwiceAtACounterIsToldOnce) {
  auto text = CityWith("  cut_over_hour: 4",
                       "  cut_over_hour: 4\n  routed_languages: \"en\"");
  text.insert(text.find("    label {"),
              "    languages: \"en\"\n    languages: \"en\"\n");
  EXPECT_EQ(ProblemsOf(text),
            "city.textproto:26: offices[0].counters[0].languages[1]: `en` is "
            "named twice. Remove one.");
}

TEST(SettingsTest, ReadsHowLongThingsMayStayAsTheyAre) {
  auto text = CityWith("  call_policy {",
                       R"(  desk_policy {
    usual_hold_minutes: 20
    longest_hold_minutes: 60
    assist_head_start_minutes: 10
    finish_prompt_minutes: 45
    wrap_up_seconds: 120
    counter_queue_minutes: 25
    undo_seconds: 15
  }
  day_end: CARRY_OVER
  log_days: 30
  routed_languages: "ja-easy"
  routed_languages: "en"
  call_policy {
    absent_expires_minutes: 90)");
  text.insert(text.find("    label {"),
              "    languages: \"en\"\n    languages: \"ja-easy\"\n");
  auto const city = ParseCity(text, "city.textproto");
  ASSERT_TRUE(city.ok()) << city.status();
  auto const& office = city->offices[0];
  EXPECT_EQ(office.desk_policy.usual_hold, std::chrono::minutes(20));
  EXPECT_EQ(office.desk_policy.longest_hold, std::chrono::minutes(60));
  EXPECT_EQ(office.desk_policy.assist_head_start, std::chrono::minutes(10));
  EXPECT_EQ(office.desk_policy.finish_prompt, std::chrono::minutes(45));
  EXPECT_EQ(office.desk_policy.wrap_up, std::chrono::seconds(120));
  EXPECT_EQ(office.desk_policy.counter_queue_patience,
            std::chrono::minutes(25));
  EXPECT_EQ(office.desk_policy.undo, std::chrono::seconds(15));
  EXPECT_EQ(office.day_end, DayEnd::kCarryOver);
  EXPECT_EQ(office.log_days, 30);
  EXPECT_THAT(office.routed_languages, ElementsAre("ja-easy", "en"));
  EXPECT_THAT(office.counters[0].languages, ElementsAre("en", "ja-easy"));
  EXPECT_EQ(office.call_policy.absent_expires, std::chrono::minutes(90));
}

TEST(SettingsTest, WhatIsLeftOutIsAsTheProtoSays) {
  auto const city = ParseCity(kCity, "city.textproto");
  ASSERT_TRUE(city.ok()) << city.status();
  auto const& office = city->offices[0];
  EXPECT_EQ(office.desk_policy.usual_hold, std::chrono::minutes(15));
  EXPECT_EQ(office.desk_policy.longest_hold, std::chrono::minutes(120));
  EXPECT_EQ(office.desk_policy.assist_head_start, std::chrono::minutes(15));
  EXPECT_EQ(office.desk_policy.finish_prompt, std::chrono::minutes(90));
  EXPECT_EQ(office.desk_policy.wrap_up, std::chrono::seconds(180));
  EXPECT_EQ(office.desk_policy.counter_queue_patience,
            std::chrono::minutes(30));
  EXPECT_EQ(office.desk_policy.undo, std::chrono::seconds(10));
  EXPECT_EQ(office.day_end, DayEnd::kExpire);
  EXPECT_EQ(office.log_days, 14);
  EXPECT_TRUE(office.routed_languages.empty());
  EXPECT_TRUE(office.counters[0].languages.empty());
  EXPECT_EQ(office.call_policy.absent_expires, std::chrono::minutes(0));
}

TEST(SettingsTest, ACityNeedsAnOffice) {
  EXPECT_THAT(ProblemsOf("id: \"akebono\""),
              HasSubstr("city.textproto:1: offices: is missing. Add at least "
                        "one office."));
}

TEST(SettingsTest, AnOfficeNeedsServicesAndACallPolicy) {
  auto const problems =
      ProblemsOf("id: \"a\"\noffices { id: \"b\" time_zone: \"UTC\" }");
  EXPECT_THAT(problems, HasSubstr("city.textproto:2: offices[0].services: is "
                                  "missing."));
  EXPECT_THAT(problems, HasSubstr("city.textproto:2: "
                                  "offices[0].call_policy.overtaking_limit: "
                                  "is 0."));
}

TEST(SettingsTest, TheSameNumbersUnderAnotherPrefixDoNotOverlap) {
  EXPECT_TRUE(ParseCity(CityWith("first: 101", "first: 301"), "f").ok());
}

TEST(SettingsTest, NumbersMayFollowEachOther) {
  EXPECT_TRUE(
      ParseCity(CityWith("prefix: \"A\" first: 101", "first: 201"), "f").ok());
}

TEST(SettingsTest, TellsAllProblemsInTheOrderOfTheFile) {
  auto text = CityWith("cut_over_hour: 4", "cut_over_hour: 13");
  text.replace(text.find("honcho"), 6, "HONCHO");
  auto const problems = ProblemsOf(text);
  auto const id = problems.find("city.textproto:3: offices[0].id");
  auto const hour = problems.find("\ncity.textproto:5: offices[0].cut_over");
  EXPECT_EQ(id, 0U) << problems;
  EXPECT_NE(hour, std::string::npos) << problems;
}

TEST(SettingsTest, OnlyTheFirstOccurrenceIsNotADuplicate) {
  EXPECT_THAT(ProblemsOf(CityWithout("id: \"akebono\"")),
              Not(HasSubstr("already")));
}

TEST(SettingsTest, AFileThatIsNotThereIsNotFound) {
  auto const city = ReadCity("no-such-file.textproto");
  EXPECT_EQ(city.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(city.status().message()),
              HasSubstr("no-such-file.textproto cannot be read: No such file"));
}

TEST(SettingsTest, ADirectoryIsNotFound) {
  EXPECT_EQ(ReadCity(std::filesystem::temp_directory_path()).status().code(),
            absl::StatusCode::kNotFound);
}

TEST(SettingsTest, ReadsAFileAndNamesItInProblems) {
  std::string pattern =
      std::filesystem::temp_directory_path() / "settings_test.XXXXXX";
  ASSERT_NE(mkdtemp(pattern.data()), nullptr);
  auto const path = pattern + "/city.textproto";
  std::ofstream(path) << CityWith("honcho", "HONCHO");
  EXPECT_THAT(std::string(ReadCity(path).status().message()),
              HasSubstr(path + ":3: offices[0].id"));
  std::filesystem::remove_all(pattern);
}

TEST(SettingsTest, TheExampleHasNoProblem) {
  auto const city = ReadCity("deploy/config/example-city.textproto");
  ASSERT_TRUE(city.ok()) << city.status();
  EXPECT_EQ(city->id.value, "akebono");
  ASSERT_NE(city->FindOffice({"honcho"}), nullptr);
  ASSERT_NE(city->FindOffice({"tobu"}), nullptr);
  EXPECT_EQ(city->FindOffice({"honcho"})->counters.size(), 8U);
  EXPECT_EQ(city->FindOffice({"tobu"})->counters.size(), 3U);
  EXPECT_EQ(city->FindOffice({"tobu"})->day_end, DayEnd::kCarryOver);
}

}  // namespace
}  // namespace madoguchi
