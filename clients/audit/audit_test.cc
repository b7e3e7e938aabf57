#include "clients/audit/chain.h"
#include "clients/audit/export.h"
#include "clients/audit/json_object.h"
#include "clients/audit/record.h"
#include "clients/audit/verify.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <cstddef>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace madoguchi::audit {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using ticketing::v1::Event;
using ticketing::v1::Ticket;

Event EventAt(std::int64_t sequence, std::string const& day = "20261123") {
  Event event;
  event.set_sequence(sequence);
  event.set_kind(Event::TICKET_CALLED);
  event.mutable_office_time()->set_seconds(1'795'395'600 + sequence);
  event.set_business_day(day);
  event.set_staff("sato");
  event.set_device("terminal-2");
  event.set_counter("offices/honcho/counters/2");
  event.set_reason("OVERTAKEN_TO_LIMIT");
  event.set_waited_in("renew");
  auto& ticket = *event.mutable_ticket();
  ticket.set_name("offices/honcho/tickets/20261123-a-00007");
  ticket.set_number("A108");
  ticket.set_service("renew");
  ticket.set_state(Ticket::CALLED);
  ticket.set_version(2);
  ticket.set_noted(true);
  // No server tells it in an event.
  ticket.set_note("speaks softly");
  auto& counter = *event.mutable_counter_state();
  counter.set_name("offices/honcho/counters/2");
  counter.mutable_ticket()->set_name(ticket.name());
  return event;
}

Header HeaderOfHoncho() {
  Header header;
  header.office = "honcho";
  header.previous = FirstHash();
  return header;
}

// An export of `count` events behind those that `header` continues.
std::string ExportOf(int count, Header const& header = HeaderOfHoncho()) {
  std::ostringstream out;
  Export exported(header, out);
  for (int i = 1; i <= count; ++i) {
    EXPECT_TRUE(exported.Add(EventAt(header.after_sequence + i)).ok());
  }
  exported.Finish();
  return out.str();
}

absl::StatusOr<Verified> VerifyText(
    std::string const& text, std::optional<Verified> const& before = {}) {
  std::istringstream in(text);
  return Verify(in, "day.jsonl", before);
}

std::string WrongWith(std::string const& text,
                      std::optional<Verified> const& before = {}) {
  auto const verified = VerifyText(text, before);
  EXPECT_EQ(verified.status().code(), absl::StatusCode::kDataLoss);
  return std::string(verified.status().message());
}

std::vector<std::string> LinesOf(std::string const& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
  return lines;
}

// Lines that hold together, whatever they say.
std::string ChainOf(std::vector<std::string> const& contents) {
  Chain chain(FirstHash());
  std::string text;
  for (auto const& content : contents) text += chain.Append(content) + "\n";
  return text;
}

std::string Join(std::vector<std::string> const& lines) {
  std::string text;
  for (auto const& line : lines) text += line;
  return text;
}

TEST(ExportTest, ALineSaysWhoWhereAndWhyInAFixedOrder) {
  EXPECT_EQ(
      WriteEvent(EventAt(5)),
      R"({"sequence":5,"kind":"TICKET_CALLED","time":"2026-11-23T01:00:05Z",)"
      R"("business_day":"20261123","staff":"sato","device":"terminal-2",)"
      R"("counter":"2","reason":"OVERTAKEN_TO_LIMIT","waited_in":"renew",)"
      R"("ticket":{"id":"20261123-a-00007","number":"A108","service":"renew",)"
      R"("state":"CALLED","version":2,"queue":"","rank":0,"language":"",)"
      R"("assist":false,"recalls":0,"outcome":"","hold":"",)"
      R"("time_uncertain":false,"carried_over_from":"","moved_from":"",)"
      R"("note":true},"counter_state":{"id":"2","open":false,"version":0,)"
      R"("session":0,"staff":"","ticket":"20261123-a-00007",)"
      R"("activity":"ACTIVITY_UNSPECIFIED","activity_reason":""})");
}

TEST(ExportTest, ANoteIsNotExported) {
  EXPECT_THAT(ExportOf(1), Not(HasSubstr("softly")));
}

TEST(ExportTest, TextsAreEscaped) {
  JsonObject object;
  object.Text("a", "\"x\\\n");
  EXPECT_EQ(object.open(), R"({"a":"\"x\\\u000a")");
}

TEST(ExportTest, BeginsWithAHeaderAndEndsWithACount) {
  auto const lines = LinesOf(ExportOf(2));
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_THAT(lines[0],
              StartsWith(R"({"audit":1,"office":"honcho","from_day":"",)"));
  EXPECT_THAT(lines[3],
              StartsWith(R"({"events":2,"last_sequence":2,"hash":")"));
  EXPECT_THAT(lines[3], EndsWith("\"}\n"));
}

TEST(ExportTest, HoldsTheDaysWantedAlone) {
  auto header = HeaderOfHoncho();
  header.from_day = "20261124";
  header.to_day = "20261125";
  std::ostringstream out;
  Export exported(header, out);
  EXPECT_TRUE(exported.Add(EventAt(1, "20261123")).ok());
  EXPECT_TRUE(exported.Add(EventAt(2, "20261124")).ok());
  EXPECT_TRUE(exported.Add(EventAt(3, "20261125")).ok());
  EXPECT_FALSE(exported.IsOver());
  EXPECT_TRUE(absl::IsOutOfRange(exported.Add(EventAt(4, "20261126"))));
  EXPECT_TRUE(exported.IsOver());
  auto const trailer = exported.Finish();
  EXPECT_EQ(trailer.events, 2);
  EXPECT_EQ(trailer.last_sequence, 3);
  EXPECT_TRUE(VerifyText(out.str()).ok());
}

TEST(ExportTest, AGapInTheLogIsNotExported) {
  std::ostringstream out;
  Export exported(HeaderOfHoncho(), out);
  EXPECT_TRUE(exported.Add(EventAt(500)).ok());
  EXPECT_TRUE(absl::IsDataLoss(exported.Add(EventAt(502))));
}

TEST(VerifyTest, AWholeExportIsWhole) {
  auto const verified = VerifyText(ExportOf(3));
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_EQ(verified->office, "honcho");
  EXPECT_EQ(verified->events, 3);
  EXPECT_EQ(verified->last_sequence, 3);
  EXPECT_TRUE(IsHash(verified->last_hash));
}

TEST(VerifyTest, ADayWithoutEventsIsWholeToo) {
  EXPECT_TRUE(VerifyText(ExportOf(0)).ok());
}

TEST(VerifyTest, AnotherSha256ComesToTheSameHash) {
  // printf '%064d{"a":1' 0 | sha256sum
  EXPECT_EQ(
      Chain(FirstHash()).Append("{\"a\":1"),
      "{\"a\":1,\"hash\":\""
      "a6fc8d7dbf738917ee8344e1cd5486b01255b25fe5de4df9be7af29689f6a1aa\"}");
}

TEST(VerifyTest, EverySingleByteChangedIsFound) {
  auto const whole = ExportOf(2);
  std::mt19937 random(1);
  for (std::size_t i = 0; i != whole.size(); ++i) {
    for (int const mask : {0x01, 0x20, 0x80}) {
      auto changed = whole;
      changed[i] = static_cast<char>(changed[i] ^ mask);
      EXPECT_FALSE(VerifyText(changed).ok()) << "byte " << i;
    }
    auto changed = whole;
    changed[i] = static_cast<char>(changed[i] + 1 + random() % 255);
    EXPECT_FALSE(VerifyText(changed).ok()) << "byte " << i;
  }
}

TEST(VerifyTest, EverySingleByteTakenOutOrPutInIsFound) {
  auto const whole = ExportOf(2);
  for (std::size_t i = 0; i != whole.size(); ++i) {
    auto shorter = whole;
    shorter.erase(i, 1);
    EXPECT_FALSE(VerifyText(shorter).ok()) << "byte " << i;
    for (char const c : {' ', '\n', '\r', '0'}) {
      auto longer = whole;
      longer.insert(i, 1, c);
      EXPECT_FALSE(VerifyText(longer).ok()) << "byte " << i;
    }
  }
  EXPECT_FALSE(VerifyText(whole + "\n").ok());
}

TEST(VerifyTest, TheFirstBrokenLineIsNamed) {
  auto lines = LinesOf(ExportOf(5));
  lines[3].replace(lines[3].find("sato"), 4, "mori");
  EXPECT_EQ(WrongWith(Join(lines)),
            "day.jsonl:4: this line, or where it stands, is not what was "
            "exported.");
}

TEST(VerifyTest, ARemovedLineIsFound) {
  for (std::size_t i = 0; i != 7; ++i) {
    auto lines = LinesOf(ExportOf(5));
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(VerifyText(Join(lines)).ok()) << "line " << i;
  }
}

TEST(VerifyTest, LinesThatChangedPlacesAreFound) {
  for (std::size_t i = 0; i != 7; ++i) {
    for (std::size_t j = i + 1; j != 7; ++j) {
      auto lines = LinesOf(ExportOf(5));
      std::swap(lines[i], lines[j]);
      EXPECT_FALSE(VerifyText(Join(lines)).ok()) << i << " and " << j;
    }
  }
}

TEST(VerifyTest, ALineTwiceIsFound) {
  for (std::size_t i = 0; i != 7; ++i) {
    auto lines = LinesOf(ExportOf(5));
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
    EXPECT_FALSE(VerifyText(Join(lines)).ok()) << "line " << i;
  }
}

TEST(VerifyTest, AnExportCutOffAnywhereIsFound) {
  auto const whole = ExportOf(2);
  for (std::size_t size = 0; size != whole.size(); ++size) {
    EXPECT_FALSE(VerifyText(whole.substr(0, size)).ok()) << "at " << size;
  }
  auto lines = LinesOf(whole);
  lines.pop_back();
  EXPECT_EQ(WrongWith(Join(lines)),
            "day.jsonl:4: the export ends before its last line.");
}

// Whoever has the file can compute all hashes anew; then the last hash is
// another, which is why it is kept elsewhere.
TEST(VerifyTest, AForgedChainHasAnotherLastHash) {
  std::ostringstream out;
  Export forged(HeaderOfHoncho(), out);
  auto event = EventAt(1);
  event.set_staff("mori");
  ASSERT_TRUE(forged.Add(event).ok());
  forged.Finish();
  EXPECT_NE(VerifyText(out.str())->last_hash,
            VerifyText(ExportOf(1))->last_hash);
}

TEST(VerifyTest, AMissingEventIsFoundEvenInAChainThatHolds) {
  auto const text =
      ChainOf({WriteHeader(HeaderOfHoncho()), WriteEvent(EventAt(1)),
               WriteEvent(EventAt(3)), WriteTrailer({2, 3})});
  EXPECT_THAT(WrongWith(text), StartsWith("day.jsonl:3: an event is missing"));
}

TEST(VerifyTest, AWrongCountIsFoundEvenInAChainThatHolds) {
  auto const text =
      ChainOf({WriteHeader(HeaderOfHoncho()), WriteTrailer({1, 0})});
  EXPECT_THAT(WrongWith(text), StartsWith("day.jsonl:2: the count"));
}

TEST(VerifyTest, ExportsContinueEachOther) {
  auto const first = VerifyText(ExportOf(3));
  ASSERT_TRUE(first.ok());
  auto header = HeaderOfHoncho();
  header.previous = first->last_hash;
  header.after_sequence = first->last_sequence;
  auto const next = ExportOf(2, header);
  auto const verified = VerifyText(next, *first);
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_EQ(verified->last_sequence, 5);

  // One between them is missing, or is not the one that was there.
  auto const other = VerifyText(ExportOf(4));
  EXPECT_EQ(WrongWith(next, *other),
            "day.jsonl:1: this does not continue the export before.");
}

TEST(VerifyTest, WhatIsNotAnExportIsToldSo) {
  EXPECT_THAT(WrongWith("{}\n"),
              AllOf(StartsWith("day.jsonl:1: "), HasSubstr("first line")));
  EXPECT_EQ(VerifyFiles({"no-such-file.jsonl"}).status().code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace madoguchi::audit
