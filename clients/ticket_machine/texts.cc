#include "clients/ticket_machine/texts.h"
#include <array>
#include <cstddef>

namespace madoguchi::ticket_machine {
namespace {

Texts const kJapaneseTexts = {
    .title = "ご用件をお選びください",
    .waiting = "待ち {k} 人",
    .privacy = "お名前・マイナンバー・暗証番号はこの機械に入力しません",
    .choose = "番号を押して Enter を押してください",
    .languages = "y やさしい日本語   e English",
    .not_on_list = "一覧の番号を押してください",
    .confirm = "「{s}」の番号札を発行します。よろしいですか  1 はい  2 いいえ",
    .issuing = "番号札を発行しています…",
    .outcome_unknown =
        "確認に時間がかかっています。番号札は 1 枚だけ発行されます。"
        "そのままお待ちください",
    .slip_title = "受付番号票",
    .slip_number = "番号札 {n}",
    .slip_ahead = "待ち {k} 人",
    .slip_order = "順番が前後することがあります",
    .assist =
        "お手伝いが必要な方は、係員にお知らせください"
        "(車いす・筆談・ベビーカーなど)",
    .take = "番号札をお取りください。Enter で最初の画面に戻ります",
    .cannot_issue = "ただいま番号札を発行できません",
    .staff_comes = "係員がご案内します。少しお待ちください",
    .given_up = "番号札が発行されたか確認できませんでした",
    .reprint = "再印字",
    .not_printed =
        "お客様の番号は {n} です。番号札を印刷できないため、"
        "係員にお知らせください",
    .print_unknown =
        "番号 {n} の番号札が印刷されたか確認できません。"
        "係員にお知らせください",
    .out_of_order = "この機械はただいま休止しています",
    .idle = "操作がないため、{k} 秒後に最初の画面に戻ります",
};

Texts const kEasyTexts = {
    .title = "何(なに)をしますか。えらんでください",
    .waiting = "前(まえ)に {k} 人(にん)",
    .privacy = "名前(なまえ)や番号を入れないでください",
    .choose = "番号(ばんごう)をおして、Enter をおしてください",
    .languages = "j 日本語   e English",
    .not_on_list = "上(うえ)にある番号(ばんごう)をおしてください",
    .confirm = "「{s}」ですか  1 はい  2 いいえ",
    .issuing = "番号(ばんごう)を作(つく)っています…",
    .outcome_unknown =
        "時間(じかん)がかかっています。番号(ばんごう)は 1つだけ"
        "出(で)ます。待(ま)ってください",
    .slip_title = "あなたの番号(ばんごう)",
    .slip_number = "あなたの番号(ばんごう) {n}",
    .slip_ahead = "前(まえ)に {k} 人",
    .slip_order = "順番(じゅんばん)がかわることがあります",
    .assist = "手伝(てつだ)いがほしい人は、係の人に言ってください",
    .take = "紙(かみ)を取(と)ってください。Enter で最初(さいしょ)にもどります",
    .cannot_issue = "今(いま)、番号(ばんごう)を出(だ)すことができません",
    .staff_comes = "係の人が行(い)きます。待ってください",
    .given_up = "番号(ばんごう)が出(で)たか、わかりませんでした",
    .reprint = "再印字 もう一度(いちど)印刷(いんさつ)しました",
    .not_printed =
        "あなたの番号(ばんごう)は {n} です。紙(かみ)が出(で)ません。"
        "係(かかり)の人に言(い)ってください",
    .print_unknown =
        "番号(ばんごう) {n} の紙(かみ)が出(で)たか、わかりません。"
        "係(かかり)の人に言(い)ってください",
    .out_of_order = "この機械(きかい)は今(いま)、休(やす)みです",
    .idle = "{k}秒(びょう)たつと、最初(さいしょ)にもどります",
};

Texts const kEnglishTexts = {
    .title = "Choose what you came for",
    .waiting = "{k} waiting",
    .privacy = "Do not enter your name, My Number or PIN here",
    .choose = "Type a number and press Enter",
    .languages = "j 日本語   y やさしい日本語",
    .not_on_list = "Please type one of the numbers above",
    .confirm = "Print a ticket for \"{s}\"?  1 Yes  2 No",
    .issuing = "Printing your ticket...",
    .outcome_unknown =
        "This takes a moment. You will get exactly one ticket. "
        "Please wait here",
    .slip_title = "Your ticket",
    .slip_number = "Ticket {n}",
    .slip_ahead = "{k} ahead",
    .slip_order = "order may change",
    .assist = "Need help? Tell the staff (wheelchair, writing, pushchair, ...)",
    .take = "Please take your ticket. Enter goes back to the start",
    .cannot_issue = "Tickets cannot be issued at the moment",
    .staff_comes = "Staff will help you shortly",
    .given_up = "We could not find out whether your ticket was issued",
    .reprint = "再印字 reprint",
    .not_printed =
        "Your number is {n}. The ticket could not be printed: please ask the "
        "staff",
    .print_unknown =
        "We cannot tell whether ticket {n} was printed: please ask the staff",
    .out_of_order = "This machine is out of order at the moment",
    .idle = "Back to the start in {k} seconds",
};

}  // namespace

std::optional<Language> ParseLanguage(std::string const& code) {
  if (code == "ja") return Language::kJapanese;
  if (code == "ja-easy") return Language::kEasyJapanese;
  if (code == "en") return Language::kEnglish;
  return std::nullopt;
}

std::string CodeOf(Language language) {
  switch (language) {
    case Language::kJapanese:
      return "ja";
    case Language::kEasyJapanese:
      return "ja-easy";
    case Language::kEnglish:
      return "en";
  }
  return "ja";
}

Texts const& TextsIn(Language language) {
  switch (language) {
    case Language::kJapanese:
      return kJapaneseTexts;
    case Language::kEasyJapanese:
      return kEasyTexts;
    case Language::kEnglish:
      return kEnglishTexts;
  }
  return kJapaneseTexts;
}

std::string InLanguage(ticketing::v1::LocalizedText const& text,
                       Language language) {
  if (language == Language::kEnglish && !text.en().empty()) return text.en();
  if (language == Language::kEasyJapanese && !text.ja_easy().empty()) {
    return text.ja_easy();
  }
  return text.ja();
}

std::string ShowDay(absl::CivilDay day, Language language) {
  constexpr std::array<char const*, 7> kJapanese = {"月", "火", "水", "木",
                                                    "金", "土", "日"};
  constexpr std::array<char const*, 7> kEnglish = {"Mon", "Tue", "Wed", "Thu",
                                                   "Fri", "Sat", "Sun"};
  auto const weekday = static_cast<std::size_t>(absl::GetWeekday(day));
  auto const year = std::to_string(day.year());
  auto const month = std::to_string(day.month());
  auto const of_month = std::to_string(day.day());
  if (language == Language::kEnglish) {
    return year + "/" + month + "/" + of_month + " (" + kEnglish[weekday] + ")";
  }
  return year + "年" + month + "月" + of_month + "日(" + kJapanese[weekday] +
         ")";
}

}  // namespace madoguchi::ticket_machine
