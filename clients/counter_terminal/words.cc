#include "clients/counter_terminal/words.h"
#include "absl/strings/str_format.h"
#include <algorithm>

namespace madoguchi::counter_terminal {

using ticketing::v1::Ticket;

std::vector<Choice> const& HoldReasons() {
  static auto const* const reasons = new std::vector<Choice>{
      {"form", {"申請書の記入", "Filling in a form"}},
      {"pin_search", {"暗証番号の確認", "Looking for the PIN"}},
      {"machine", {"機械の処理待ち", "A machine works"}},
      {"documents", {"書類の準備", "Fetching documents"}},
  };
  return *reasons;
}

std::vector<Choice> const& PauseReasons() {
  static auto const* const reasons = new std::vector<Choice>{
      {"lunch", {"昼休み", "Lunch"}},
      {"break", {"休憩", "Break"}},
      {"meeting", {"打ち合わせ", "Meeting"}},
      {"errand", {"離席", "Away from the desk"}},
  };
  return *reasons;
}

std::vector<Choice> const& Languages() {
  static auto const* const languages = new std::vector<Choice>{
      {"ja", {"日本語", "Japanese"}},
      {"ja-easy", {"やさしい日本語", "Easy Japanese"}},
      {"en", {"英語", "English"}},
  };
  return *languages;
}

std::vector<Choice> const& Positions() {
  static auto const* const positions = new std::vector<Choice>{
      {"arrival", {"受付順", "By arrival"}},
      {"first", {"先頭", "First"}},
      {"last", {"最後", "Last"}},
  };
  return *positions;
}

std::string NameOf(std::vector<Choice> const& choices,
                   std::string const& code) {
  for (auto const& choice : choices) {
    if (choice.code == code) return choice.name.ja + " " + choice.name.en;
  }
  return code;
}

std::string StateName(Ticket::State state) {
  switch (state) {
    case Ticket::WAITING:
      return "待ち Waiting";
    case Ticket::CALLED:
      return "呼出中 Called";
    case Ticket::SERVING:
      return "応対中 Serving";
    case Ticket::COMPLETED:
      return "完了 Completed";
    case Ticket::ABSENT:
      return "不在 Absent";
    case Ticket::CANCELLED:
      return "取消 Cancelled";
    case Ticket::ON_HOLD:
      return "保留 On hold";
    case Ticket::EXPIRED:
      return "期限切れ Expired";
    case Ticket::MOVED:
      return "他庁舎へ Moved";
    default:
      return "";
  }
}

std::string LastPart(std::string const& name) {
  return name.substr(name.rfind('/') + 1);
}

absl::Duration Between(google::protobuf::Timestamp const& start,
                       google::protobuf::Timestamp const& end) {
  return std::max(absl::ZeroDuration(),
                  absl::Seconds(end.seconds() - start.seconds()));
}

std::string ShowClock(absl::Duration duration) {
  auto const seconds = absl::ToInt64Seconds(duration);
  if (seconds < 3600) {
    return absl::StrFormat("%02d:%02d", seconds / 60, seconds % 60);
  }
  return absl::StrFormat("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60,
                         seconds % 60);
}

}  // namespace madoguchi::counter_terminal
