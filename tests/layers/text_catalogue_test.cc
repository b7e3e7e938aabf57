#include "services/renewal/domain/advice_text.h"
#include "services/renewal/domain/outcome.h"
#include "services/renewal/domain/triage.h"
#include "tests/layers/error_reasons.h"
#include "madoguchi/renewal/v1/renewal.pb.h"
#include "madoguchi/renewal/v1/upstream.pb.h"
#include "absl/strings/ascii.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

// deploy/texts holds what pages and programs say. ctest starts this in the root
// of the repository.
namespace madoguchi {
namespace {

using layers::AddMatches;
using layers::Read;
using layers::ReasonsOfCode;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace fs = std::filesystem;

using Names = std::set<std::string>;
/// Texts by their id.
using Texts = std::map<std::string, std::string>;

constexpr std::array kFiles = {"ja.json", "ja-easy.json", "en.json"};

/// Areas whose texts are found by a code that comes from a server, from the
/// settings or from a table, and are named one by one nowhere.
Names const kFoundByCode = {"abandon_code", "advice",          "case_outcome",
                            "closing",      "hold_reason",     "language",
                            "outcome",      "park_reason",     "pause_reason",
                            "position",     "reason",          "refusal_code",
                            "result",       "state_of_ticket", "step",
                            "triage",       "upstream",        "window"};

// A text has a line of its own, so that two people can change two texts.
std::regex const kLine(R"re(  "([^"]+)": "((?:[^"\\]|\\.)*)",?)re");

Texts ReadTexts(std::string const& file) {
  Texts texts;
  std::istringstream lines(Read("deploy/texts/" + file));
  for (std::string line; std::getline(lines, line);) {
    std::smatch parts;
    if (std::regex_match(line, parts, kLine)) texts.emplace(parts[1], parts[2]);
  }
  return texts;
}

Names IdsOf(Texts const& texts) {
  Names ids;
  for (auto const& [id, text] : texts) ids.insert(id);
  return ids;
}

std::string AreaOf(std::string const& id) { return id.substr(0, id.find('.')); }

/// The `{name}` of a text. What the sign of a counter says, `{label}`, names it
/// as its id does: a call says the sign in Japanese and the id in others.
Names PlacesOf(std::string const& text) {
  Names places;
  AddMatches(text, std::regex(R"re(\{(\w+)\})re"), places);
  if (places.erase("label") != 0) places.insert("c");
  return places;
}

Names Without(Names all, Names const& some) {
  for (auto const& each : some) all.erase(each);
  return all;
}

// What is written in UTF-8, one character after the other.
std::u32string Characters(std::string const& text) {
  std::u32string characters;
  for (auto const byte : text) {
    auto const bits = static_cast<unsigned char>(byte);
    if ((bits & 0xC0) == 0x80) {
      characters.back() = (characters.back() << 6) | (bits & 0x3FU);
    } else if (bits < 0x80) {
      characters.push_back(bits);
    } else {
      characters.push_back(bits & (bits < 0xE0 ? 0x1FU : 0x0FU));
    }
  }
  return characters;
}

bool IsKanji(char32_t character) {
  return (character >= 0x3400 && character <= 0x9FFF) ||
         (character >= 0xF900 && character <= 0xFAFF) || character == 0x3005 ||
         character == 0x3006;
}

bool IsKana(char32_t character) {
  return character >= 0x3041 && character <= 0x30FF;
}

bool HasKanji(std::string const& text) {
  auto const characters = Characters(text);
  return std::any_of(characters.begin(), characters.end(), IsKanji);
}

/// Where a reading in brackets at `begin` ends; `begin` if there is none.
std::size_t EndOfReading(std::u32string const& text, std::size_t begin) {
  if (begin == text.size() || text[begin] != U'(') return begin;
  auto end = begin + 1;
  while (end != text.size() && IsKana(text[end])) ++end;
  bool const closed = end != text.size() && text[end] == U')';
  return closed && end > begin + 1 ? end + 1 : begin;
}

/// Whether each run of kanji has its reading where it first comes.
bool HasItsReadings(std::string const& text) {
  auto const characters = Characters(text);
  std::set<std::u32string> read;
  for (std::size_t i = 0; i != characters.size();) {
    auto end = i;
    while (end != characters.size() && IsKanji(characters[end])) ++end;
    if (end == i) {
      ++i;
      continue;
    }
    auto const kanji = characters.substr(i, end - i);
    i = EndOfReading(characters, end);
    if (i != end) {
      read.insert(kanji);
    } else if (!read.contains(kanji)) {
      return false;
    }
  }
  return true;
}

/// How many characters the longest sentence of `text` has, readings apart.
std::size_t LongestSentence(std::string const& text) {
  auto const characters = Characters(text);
  std::size_t longest = 0;
  std::size_t length = 0;
  for (std::size_t i = 0; i != characters.size(); ++i) {
    if (auto const end = EndOfReading(characters, i); end != i) {
      i = end - 1;
      continue;
    }
    length = characters[i] == U'。' ? 0 : length + 1;
    longest = std::max(longest, length);
  }
  return longest;
}

/// The files below `folder` with one of these endings: neither tests, nor what
/// is made or installed.
std::vector<fs::path> Sources(fs::path const& folder, Names const& endings) {
  std::vector<fs::path> sources;
  for (fs::recursive_directory_iterator at(folder), end; at != end; ++at) {
    auto const name = at->path().filename().string();
    if (name == "node_modules" || name == "gen") at.disable_recursion_pending();
    if (!endings.contains(at->path().extension()) ||
        name.ends_with("_test.cc") ||
        name.find(".test.") != std::string::npos) {
      continue;
    }
    sources.push_back(at->path());
  }
  return sources;
}

std::vector<fs::path> AllSources() {
  return Sources("clients", {".cc", ".h", ".ts", ".tsx"});
}

/// The ids of texts that `source` names: quoted words with an area of the
/// catalogue.
Names IdsNamedIn(std::string const& source, Names const& areas) {
  Names quoted;
  AddMatches(source, std::regex(R"re(["'`]([a-z_]+(?:\.[A-Za-z_-]+)+)["'`])re"),
             quoted);
  Names ids;
  for (auto const& word : quoted) {
    // Addresses and files are named after screens as well.
    bool const is_text =
        !std::regex_match(word, std::regex(R"re(.*\.(localhost|html|css))re"));
    if (is_text && areas.contains(AreaOf(word))) ids.insert(word);
  }
  return ids;
}

/// `line` without the comment at its end, if that is the rest of the line.
std::string WithoutComment(std::string const& line) {
  return std::regex_replace(line, std::regex(R"re(^\s*//.*$|\s//.*$)re"), "");
}

bool HasJapanese(std::string const& text) {
  auto const characters = Characters(text);
  return std::any_of(characters.begin(), characters.end(),
                     [](char32_t c) { return IsKana(c) || IsKanji(c); });
}

class TextCatalogueTest : public ::testing::Test {
 protected:
  TextCatalogueTest() {
    for (auto const& [id, text] : ja_) areas_.insert(AreaOf(id));
  }

  Texts const ja_ = ReadTexts("ja.json");
  Texts const easy_ = ReadTexts("ja-easy.json");
  Texts const en_ = ReadTexts("en.json");
  Names areas_;
};

TEST_F(TextCatalogueTest, EachTextHasALineOfItsOwnInTheOrderOfTheIds) {
  for (std::string const file : kFiles) {
    std::istringstream lines(Read("deploy/texts/" + file));
    std::string last_id;
    std::string last_line;
    for (std::string line; std::getline(lines, line); last_line = line) {
      std::smatch parts;
      if (line == "{" || line == "}") continue;
      ASSERT_TRUE(std::regex_match(line, parts, kLine)) << file << ": " << line;
      EXPECT_LT(last_id, parts[1]) << file;
      last_id = parts[1];
    }
    EXPECT_EQ(last_line, "}");
  }
}

TEST_F(TextCatalogueTest, EachLanguageHasTheSameTexts) {
  EXPECT_THAT(ja_, SizeIs(testing::Gt(200)));
  EXPECT_EQ(IdsOf(easy_), IdsOf(ja_));
  EXPECT_EQ(IdsOf(en_), IdsOf(ja_));
}

TEST_F(TextCatalogueTest, EachLanguageLeavesTheSamePlaces) {
  for (auto const& [id, text] : ja_) {
    EXPECT_EQ(PlacesOf(easy_.at(id)), PlacesOf(text)) << id;
    EXPECT_EQ(PlacesOf(en_.at(id)), PlacesOf(text)) << id;
  }
}

TEST_F(TextCatalogueTest, NoTextIsEmptyOrHasBlanksAround) {
  for (auto const* texts : {&ja_, &easy_, &en_}) {
    for (auto const& [id, text] : *texts) {
      ASSERT_NE(text, "") << id;
      EXPECT_NE(text.front(), ' ') << id;
      EXPECT_NE(text.back(), ' ') << id;
    }
  }
}

TEST_F(TextCatalogueTest, AnIdIsAnAreaAndNames) {
  for (auto const& [id, text] : ja_) {
    EXPECT_TRUE(std::regex_match(
        id, std::regex(R"re([a-z_]+(\.[a-z_-]+)+|[a-z_]+\.[A-Z_]+)re")))
        << id;
  }
}

TEST_F(TextCatalogueTest, EasyJapaneseHasWordsOfItsOwn) {
  for (auto const& [id, text] : ja_) {
    // Dates are written the same everywhere, and kana are easy.
    if (!HasKanji(text) || id.starts_with("date.")) continue;
    EXPECT_NE(easy_.at(id), text) << id;
  }
}

TEST_F(TextCatalogueTest, EasyJapaneseHasReadings) {
  for (auto const& [id, text] : easy_) {
    // A language is called by its name on the button that chooses it.
    if (id.starts_with("date.") || id == "start.own_language") continue;
    EXPECT_TRUE(HasItsReadings(text)) << id << ": " << text;
  }
}

TEST_F(TextCatalogueTest, EasyJapaneseIsShortAndPlain) {
  constexpr std::size_t kLongest = 40;
  for (auto const& [id, text] : easy_) {
    EXPECT_LE(LongestSentence(text), kLongest) << id << ": " << text;
    for (auto const* polite :
         {"いたし", "いただ", "ござい", "おります", "お待ち", "お呼び",
          "お越し", "お知らせ", "お取り", "ご案内", "お客様"}) {
      EXPECT_EQ(text.find(polite), std::string::npos) << id << ": " << text;
    }
  }
}

TEST_F(TextCatalogueTest, EnglishIsNotJapanese) {
  for (auto const& [id, text] : en_) {
    // What one reads to leave a language that one does not; and what staff look
    // for on a slip of any language.
    if (id == "terminal.other_languages" || id == "kiosk.reprint") continue;
    EXPECT_FALSE(HasJapanese(text)) << id << ": " << text;
  }
}

/// Every catalogue below `folder` of errors that people are told. Those of the
/// authority reach renewal alone, which has words of its own for them.
std::string ErrorsIn(std::string const& folder) {
  std::string code;
  for (auto const& path : Sources(folder, {".cc"})) {
    if (path.generic_string().find("/certification_authority/") !=
        std::string::npos) {
      continue;
    }
    if (path.filename() == "errors.cc") code += Read(path);
  }
  return code;
}

TEST_F(TextCatalogueTest, EachReasonThatAServerGivesHasAText) {
  Names texts;
  for (auto const& [id, text] : ja_) {
    if (AreaOf(id) == "reason") texts.insert(id.substr(id.find('.') + 1));
  }
  auto const reasons =
      Without(ReasonsOfCode(ErrorsIn("services")), layers::kInternalReasons);
  EXPECT_THAT(reasons, SizeIs(testing::Gt(50)));
  EXPECT_THAT(Without(reasons, texts), IsEmpty()) << "have no text";
  // A program that refuses its own page may have words of its own for it.
  EXPECT_THAT(
      Without(Without(texts, reasons), ReasonsOfCode(ErrorsIn("clients"))),
      IsEmpty())
      << "are no reasons";
}

TEST_F(TextCatalogueTest, WhatAReasonLeavesPlaceForComesWithIt) {
  auto const errors = ErrorsIn("services") + ErrorsIn("clients");
  for (auto const& [id, text] : ja_) {
    if (AreaOf(id) != "reason") continue;
    auto const begin = errors.find('"' + id.substr(id.find('.') + 1) + '"');
    ASSERT_NE(begin, std::string::npos) << id;
    auto const made = errors.substr(begin, errors.find(';', begin) - begin);
    for (auto const& place : PlacesOf(text)) {
      EXPECT_NE(made.find("{\"" + place + "\","), std::string::npos)
          << id << " has no " << place;
    }
  }
}

/// The ids of the texts of an area.
Names IdsOfArea(Texts const& texts, std::string const& area) {
  Names ids;
  for (auto const& [id, text] : texts) {
    if (AreaOf(id) == area) ids.insert(id);
  }
  return ids;
}

/// `area.VALUE` for each value of a proto's enum but that for none.
Names IdsOfValues(std::string const& area,
                  google::protobuf::EnumDescriptor const* values) {
  Names ids;
  for (int i = 0; i != values->value_count(); ++i) {
    if (values->value(i)->number() == 0) continue;
    ids.insert(area + "." + values->value(i)->name());
  }
  return ids;
}

TEST_F(TextCatalogueTest, EachQuestionOfTheTriageHasATextAndItsChoicesToo) {
  Names ids;
  for (int i = 0; i <= static_cast<int>(renewal::Question::kPin); ++i) {
    auto const question = static_cast<renewal::Question>(i);
    auto const id = "triage." + absl::AsciiStrToLower(
                                    std::string(renewal::CodeOf(question)));
    ids.insert(id);
    for (auto const choice : renewal::ChoicesOf(question)) {
      ids.insert(id + "." +
                 absl::AsciiStrToLower(std::string(renewal::CodeOf(choice))));
    }
  }
  EXPECT_EQ(IdsOfArea(ja_, "triage"), ids);
}

TEST_F(TextCatalogueTest, EachAdviceHasAText) {
  using renewal::AdviceText;
  Names ids;
  for (int i = 1; i <= static_cast<int>(AdviceText::kSigningPossible); ++i) {
    ids.emplace(renewal::TextIdOf(static_cast<AdviceText>(i)));
  }
  EXPECT_EQ(IdsOfArea(ja_, "advice"), ids);
}

TEST_F(TextCatalogueTest, EachOutcomeOfTheDecisionTableHasAText) {
  using renewal::Outcome;
  Names ids;
  for (int i = 0; i <= static_cast<int>(Outcome::kAskStaff); ++i) {
    ids.emplace("case_outcome." +
                std::string(renewal::CodeOf(static_cast<Outcome>(i))));
  }
  EXPECT_EQ(IdsOfArea(ja_, "case_outcome"), ids);
}

TEST_F(TextCatalogueTest, EachCodeOfACaseHasAText) {
  namespace v1 = renewal::v1;
  EXPECT_EQ(IdsOfArea(ja_, "step"), IdsOfValues("step", v1::Step_descriptor()));
  EXPECT_EQ(IdsOfArea(ja_, "result"),
            IdsOfValues("result", v1::Renewal::Result_descriptor()));
  EXPECT_EQ(
      IdsOfArea(ja_, "park_reason"),
      IdsOfValues("park_reason", v1::Renewal::Parking::Reason_descriptor()));
  EXPECT_THAT(Without(IdsOfValues("upstream", v1::Upstream::State_descriptor()),
                      IdsOf(ja_)),
              IsEmpty());
}

TEST_F(TextCatalogueTest, EachClosingTextIsThereAndSaid) {
  Names said;
  AddMatches(Read("services/renewal/domain/closing_text.cc"),
             std::regex(R"re("(closing\.[a-z_]+)")re"), said);
  EXPECT_EQ(IdsOfArea(ja_, "closing"), said);
}

TEST_F(TextCatalogueTest, EachTextThatASourceNamesIsThere) {
  for (auto const& path : AllSources()) {
    EXPECT_THAT(Without(IdsNamedIn(Read(path), areas_), IdsOf(ja_)), IsEmpty())
        << path;
  }
}

TEST_F(TextCatalogueTest, EachTextIsNamedByASource) {
  Names named;
  for (auto const& path : AllSources()) {
    named.merge(IdsNamedIn(Read(path), areas_));
  }
  for (auto const& id : Without(IdsOf(ja_), named)) {
    EXPECT_TRUE(kFoundByCode.contains(AreaOf(id))) << id << " is not used";
  }
}

// Names of services and counters in the settings that are made of foreign logs
// are no words of a program.
TEST_F(TextCatalogueTest, NoSourceHasJapaneseWordsOfItsOwn) {
  for (auto const& path : Sources("clients", {".cc", ".h", ".tsx"})) {
    if (path.string().starts_with("clients/replay/convert/")) continue;
    // Answers of a server in a test.
    if (path.filename().string().starts_with("fake_")) continue;
    std::istringstream lines(Read(path));
    for (std::string line; std::getline(lines, line);) {
      if (!HasJapanese(line)) continue;
      EXPECT_FALSE(HasJapanese(WithoutComment(line))) << path << ": " << line;
    }
  }
}

TEST(HasItsReadingsTest, WantsOneWhereAWordFirstComes) {
  EXPECT_TRUE(HasItsReadings("新(あたら)しい番号(ばんごう)と番号"));
  EXPECT_TRUE(HasItsReadings("カード (STORE_FULL) {n}"));
  EXPECT_FALSE(HasItsReadings("番号と番号(ばんごう)"));
  EXPECT_FALSE(HasItsReadings("新しい"));
  EXPECT_FALSE(HasItsReadings("番号(A101)"));
  EXPECT_FALSE(HasItsReadings("番号()"));
}

TEST(LongestSentenceTest, CountsCharactersWithoutReadings) {
  EXPECT_EQ(LongestSentence("番号(ばんごう)です。はい"), 4);
  EXPECT_EQ(LongestSentence("ab。abc"), 3);
  EXPECT_EQ(LongestSentence(""), 0);
}

TEST(IdsNamedInTest, FindsQuotedIdsOfTheCatalogue) {
  EXPECT_EQ(
      IdsNamedIn(R"(say("a.one"); id: 'a.two', `b.X`, "c.three", "a.html")",
                 {"a", "b"}),
      (Names{"a.one", "a.two", "b.X"}));
}

TEST(WithoutCommentTest, KeepsWhatIsCode) {
  EXPECT_EQ(WithoutComment("  /// `7人`"), "");
  EXPECT_EQ(WithoutComment("int n;  // 人"), "int n; ");
  EXPECT_EQ(WithoutComment(R"("http://人")"), R"("http://人")");
}

}  // namespace
}  // namespace madoguchi
