#include "clients/wall_display/announcements.h"
#include "clients/terminal/program.h"
#include "clients/wall_display/texts.h"
#include <algorithm>

namespace madoguchi::wall_display {

using terminal::Fill;
using ticketing::v1::Call;
using ticketing::v1::OfficeEvent;
using ticketing::v1::Ticket;

namespace {

struct Words {
  char const* ja;
  char const* easy;
  char const* en;
};

Words WordsOf(Call const& call) {
  bool const again = call.recall_count() > 0;
  if (call.pickup()) {
    return {again ? texts::kPickupRecallJa : texts::kPickupJa,
            texts::kPickupEasy,
            again ? texts::kPickupRecallEn : texts::kPickupEn};
  }
  return {again ? texts::kRecallJa : texts::kCallJa, texts::kCallEasy,
          again ? texts::kRecallEn : texts::kCallEn};
}

}  // namespace

void Announcements::TakeBack(OfficeEvent const& event) {
  if (event.kind() == OfficeEvent::DAY_OPENED) {
    waiting_.clear();
    current_.reset();
    return;
  }
  bool const gone = event.kind() == OfficeEvent::LEFT ||
                    (event.kind() == OfficeEvent::CORRECTED &&
                     event.call().state() != Ticket::CALLED);
  if (!gone) return;
  auto const& number = event.call().number();
  waiting_.erase(
      std::remove_if(waiting_.begin(), waiting_.end(),
                     [&](Call const& call) { return call.number() == number; }),
      waiting_.end());
  if (current_ && current_->number() == number) current_.reset();
}

bool Announcements::Advance(MachineTime now) {
  if (waiting_.empty() || (current_ && now - began_ < kEach)) return false;
  current_ = std::move(waiting_.front());
  waiting_.pop_front();
  began_ = now;
  return true;
}

std::optional<Call> Announcements::Current(MachineTime now) const {
  if (!current_ || now - began_ > kMarkedFor) return std::nullopt;
  return current_;
}

std::vector<std::string> AnnouncementOf(Hall const& hall, Call const& call) {
  std::vector<std::pair<std::string, std::string>> const values = {
      {"n", call.number()},
      {"c", call.counter()},
      {"label", hall.LabelOf(call.counter()).ja()}};
  auto const words = WordsOf(call);
  std::vector<std::string> said = {Fill(words.ja, values)};
  if (call.language() == "ja-easy") said.push_back(Fill(words.easy, values));
  said.push_back(Fill(words.en, values));
  return said;
}

}  // namespace madoguchi::wall_display
