#include "clients/counter_terminal/texts.h"
#include "clients/terminal/program.h"
#include "services/base/error.h"
#include <map>
#include <utility>
#include <vector>

namespace madoguchi::counter_terminal {
namespace {

// By reason. {name} is the metadata of that name.
std::map<std::string, Sentence> const& Refusals() {
  static auto const* const refusals = new std::map<std::string, Sentence>{
      {"COUNTER_ALREADY_OPEN",
       {"別の端末がこの窓口を使っています",
        "Another terminal works at this counter."}},
      {"COUNTER_CLOSED",
       {"窓口が閉じられました。t で開けます",
        "The counter was closed. Press t to open it."}},
      {"COUNTER_TAKEN_OVER", texts::kTakenOver},
      {"COUNTER_BUSY",
       {"この窓口にはまだ番号があります", "The counter still has a ticket."}},
      {"TICKET_NOT_CALLED",
       {"その番号は呼出中ではありません", "That ticket is not called now."}},
      {"TICKET_NOT_SERVING",
       {"その番号は応対中ではありません",
        "That ticket is not being served now."}},
      {"TICKET_NOT_ABSENT",
       {"その番号は不在ではありません", "That ticket is not absent now."}},
      {"TICKET_AT_OTHER_COUNTER",
       {"その番号は{held_by}番窓口にあります",
        "That ticket is at counter {held_by}."}},
      {"TICKET_CHANGED",
       {"その番号の状態が変わりました。確かめてください",
        "The ticket has changed meanwhile. Please look again."}},
      {"TICKET_NOT_FOUND",
       {"その番号は本日の記録にありません", "There is no such ticket today."}},
      {"RECALL_TOO_SOON",
       {"お呼びしたばかりです。あと{seconds_left}秒お待ちください",
        "Called a moment ago. Wait another {seconds_left} s."}},
      {"RECALL_LIMIT_REACHED",
       {"再呼出は{limit}回までです。a で不在にしてください",
        "The limit of {limit} recalls is reached. Press a for absent."}},
      {"RECALL_REQUIRED",
       {"不在にする前に、r で{required}回再呼出してください",
        "Recalls needed before absent: {required}. Press r."}},
      {"OUTCOME_INVALID",
       {"結果のコードは半角の a-z 0-9 - _ で32文字までです",
        "An outcome is 1 to 32 of a-z, 0-9, -, _."}},
      {"STAFF_INVALID",
       {"職員の名前は半角の a-z 0-9 - _ で32文字までです",
        "A staff name is 1 to 32 of a-z, 0-9, -, _."}},
      {"COUNTER_NOT_FOUND",
       {"この庁舎に{counter}番窓口はありません。設定を確かめてください",
        "The office has no counter {counter}. Check the settings."}},
      {"OFFICE_NOT_FOUND",
       {"その庁舎は設定にありません", "The settings have no such office."}},
      {"DAY_CLOSED",
       {"営業日が変わりました。端末を開き直してください",
        "The business day is over. Start the terminal again."}},
  };
  return *refusals;
}

}  // namespace

Sentence SentenceOf(absl::Status const& status) {
  auto const info = GetErrorInfo(status);
  auto const known = Refusals().find(info.reason);
  if (known == Refusals().end()) {
    auto const message = std::string(status.message());
    return {"受け付けられませんでした: " +
                (info.reason.empty() ? message : info.reason),
            message};
  }
  std::vector<std::pair<std::string, std::string>> const values(
      info.metadata.begin(), info.metadata.end());
  return {terminal::Fill(known->second.ja, values),
          terminal::Fill(known->second.en, values)};
}

}  // namespace madoguchi::counter_terminal
