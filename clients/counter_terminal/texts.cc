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
       {"窓口が閉じられました。x で開けます",
        "The counter was closed. Press x to open it."}},
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
      {"COUNTER_PAUSED", texts::kPausedNow},
      {"COUNTER_READY",
       {"休止も事務処理もしていません", "There is no pause to end."}},
      {"TICKET_NOT_CALLABLE",
       {"その番号は今お呼びできません", "That ticket cannot be called now."}},
      {"TICKET_NOT_ON_HOLD",
       {"その番号は保留中ではありません", "That ticket is not on hold now."}},
      {"TICKET_NOT_WAITING",
       {"その番号は待っていません", "That ticket does not wait now."}},
      {"TICKET_NOT_TRANSFERABLE",
       {"その番号は今転送できません",
        "That ticket cannot be transferred now."}},
      {"TICKET_ENDED", {"その番号は終わっています", "That ticket has ended."}},
      {"NUMBER_NOT_FOUND",
       {"その番号は本日まだ使われていません",
        "That number was not used today."}},
      {"NOTHING_TO_UNDO",
       {"もう元に戻せません", "It is too late to take that step back."}},
      {"REASON_INVALID",
       {"理由のコードは半角の a-z 0-9 - _ で32文字までです",
        "A reason is 1 to 32 of a-z, 0-9, -, _."}},
      {"HOLD_TOO_LONG",
       {"保留の時間が庁舎の上限を超えています",
        "Longer than the office allows a hold to be."}},
      {"NOTE_INVALID",
       {"メモは80文字までで、11桁以上の数字は書けません",
        "A note has 80 characters at most and no number of 11 digits or "
        "more."}},
      {"TRANSFER_INVALID",
       {"転送先が今と同じか、指定されていません",
        "The transfer leads nowhere, or to where the ticket is."}},
      {"TARGET_CLOSED",
       {"転送先の窓口は閉じています", "Nobody works at that counter."}},
      {"TARGET_SERVES_NOT",
       {"その窓口はこの用件を扱っていません",
        "That counter does not serve this."}},
      {"SERVICE_NOT_FOUND",
       {"その用件は設定にありません", "The settings have no such service."}},
      {"LANGUAGE_UNKNOWN",
       {"言語は ja、ja-easy、en のいずれかです",
        "A language is ja, ja-easy or en."}},
      {"SERIES_EXHAUSTED",
       {"番号が使い切られています。係の責任者にお知らせください",
        "The numbers are used up. Tell the supervisor."}},
      {"STORE_FULL",
       {"新しい番号を出せません。呼び出しは続けられます",
        "No new number can be issued. Calling goes on."}},
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
