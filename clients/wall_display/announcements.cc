#include "clients/wall_display/announcements.h"
#include "clients/texts/texts.h"
#include <algorithm>
#include <string_view>

namespace madoguchi::wall_display {

using texts::Language;
using texts::TextOf;
using ticketing::v1::Call;
using ticketing::v1::OfficeEvent;
using ticketing::v1::Ticket;

namespace {

std::string_view TextFor(Call const& call) {
  bool const again = call.recall_count() > 0;
  if (call.pickup()) return again ? "display.pickup_recall" : "display.pickup";
  return again ? "display.recall" : "display.call";
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
  auto const say = [&](Language language) {
    return TextOf(language, TextFor(call),
                  {{"n", call.number()},
                   {"c", call.counter()},
                   {"label", hall.LabelOf(call.counter()).ja()}});
  };
  std::vector<std::string> said = {say(Language::kJapanese)};
  if (call.language() == CodeOf(Language::kEasyJapanese)) {
    said.push_back(say(Language::kEasyJapanese));
  }
  said.push_back(say(Language::kEnglish));
  return said;
}

}  // namespace madoguchi::wall_display
