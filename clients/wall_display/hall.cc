#include "clients/wall_display/hall.h"
#include "clients/texts/texts.h"
#include <google/protobuf/util/time_util.h>
#include <algorithm>
#include <utility>

namespace madoguchi::wall_display {

using google::protobuf::Timestamp;
using google::protobuf::util::TimeUtil;
using texts::Language;
using texts::TextOf;
using ticketing::v1::Call;
using ticketing::v1::OfficeEvent;
using ticketing::v1::OfficeUpdate;
using ticketing::v1::Ticket;

namespace {

std::chrono::milliseconds Since(Timestamp const& then, Timestamp const& now) {
  return std::chrono::milliseconds(TimeUtil::TimestampToMilliseconds(now) -
                                   TimeUtil::TimestampToMilliseconds(then));
}

// Not by sequence: a store that was restored counts again from further back.
bool SameCall(Call const& a, Call const& b) {
  return a.number() == b.number() && a.counter() == b.counter() &&
         a.recall_count() == b.recall_count() && a.call_time() == b.call_time();
}

}  // namespace

std::vector<Call> Hall::Apply(OfficeUpdate const& update) {
  office_time_ = update.office_time();
  std::vector<Call> announce;
  if (update.has_snapshot()) {
    picture_ = update.snapshot();
    for (auto call = picture_.calls().rbegin(); call != picture_.calls().rend();
         ++call) {
      bool const is_new = Announce(*call);
      if (is_new && started_ && call->state() == Ticket::CALLED) {
        announce.push_back(*call);
      }
    }
    started_ = true;
  } else if (update.has_event()) {
    auto const& event = update.event();
    ApplyEvent(event);
    if ((event.kind() == OfficeEvent::CALLED ||
         event.kind() == OfficeEvent::RECALLED) &&
        Announce(event.call())) {
      announce.push_back(event.call());
    }
  }
  return announce;
}

bool Hall::Announce(Call const& call) {
  while (!announced_.empty() &&
         Since(announced_.front().call_time(), office_time_) > kAnnouncedFor) {
    announced_.pop_front();
  }
  if (Since(call.call_time(), office_time_) > kAnnouncedFor) return false;
  for (auto const& announced : announced_) {
    if (SameCall(announced, call)) return false;
  }
  announced_.push_back(call);
  return true;
}

void Hall::ApplyEvent(OfficeEvent const& event) {
  if (event.kind() == OfficeEvent::DAY_OPENED) StartDay();
  if (event.has_counter()) {
    for (auto& counter : *picture_.mutable_counters()) {
      if (counter.counter() == event.counter().counter()) {
        counter = event.counter();
      }
    }
  }
  for (auto const& changed : event.services()) {
    for (auto& service : *picture_.mutable_services()) {
      if (service.service() == changed.service()) {
        service.set_waiting_count(changed.waiting_count());
      }
    }
  }
  if (!event.has_call()) return;
  auto const& call = event.call();
  switch (event.kind()) {
    case OfficeEvent::CALLED:
    case OfficeEvent::RECALLED:
      Unmiss(call.number());
      PutCall(call);
      break;
    case OfficeEvent::ABSENT:
      Miss(call.number());
      [[fallthrough]];
    case OfficeEvent::SERVING:
    case OfficeEvent::COMPLETED:
      SetState(call);
      break;
    case OfficeEvent::RETURNED:
      Unmiss(call.number());
      break;
    case OfficeEvent::LEFT:
      Unmiss(call.number());
      RemoveCall(call.number());
      break;
    case OfficeEvent::CORRECTED:
      Correct(call);
      break;
    default:
      break;
  }
}

void Hall::PutCall(Call const& call) {
  // In front, and not a second time further down: a recall moves its number up.
  std::vector<Call> calls = {call};
  for (auto const& shown : picture_.calls()) {
    if (shown.number() != call.number() &&
        static_cast<int>(calls.size()) < kCallsKept) {
      calls.push_back(shown);
    }
  }
  picture_.mutable_calls()->Assign(calls.begin(), calls.end());
}

void Hall::RemoveCall(std::string const& number) {
  auto* const calls = picture_.mutable_calls();
  calls->erase(std::remove_if(
                   calls->begin(), calls->end(),
                   [&](Call const& shown) { return shown.number() == number; }),
               calls->end());
}

bool Hall::SetState(Call const& call) {
  bool found = false;
  for (auto& shown : *picture_.mutable_calls()) {
    if (shown.number() != call.number()) continue;
    shown.set_state(call.state());
    found = true;
  }
  return found;
}

void Hall::Correct(Call const& call) {
  if (call.state() != Ticket::ABSENT) Unmiss(call.number());
  switch (call.state()) {
    case Ticket::CALLED:
    case Ticket::SERVING:
      // What was transferred or finished by mistake is at its counter again.
      if (!SetState(call)) PutCall(call);
      break;
    case Ticket::ABSENT:
      Miss(call.number());
      [[fallthrough]];
    case Ticket::COMPLETED:
      SetState(call);
      break;
    default:
      RemoveCall(call.number());
      break;
  }
}

void Hall::Miss(std::string const& number) {
  std::vector<std::string> missed = {number};
  for (auto const& shown : picture_.missed_numbers()) {
    if (shown != number) missed.push_back(shown);
  }
  picture_.mutable_missed_numbers()->Assign(missed.begin(), missed.end());
}

void Hall::Unmiss(std::string const& number) {
  auto* const missed = picture_.mutable_missed_numbers();
  missed->erase(std::remove(missed->begin(), missed->end(), number),
                missed->end());
}

void Hall::StartDay() {
  picture_.clear_calls();
  picture_.clear_missed_numbers();
  for (auto& service : *picture_.mutable_services()) {
    service.set_waiting_count(0);
  }
  for (auto& counter : *picture_.mutable_counters()) {
    counter.clear_number();
    counter.clear_paused();
  }
}

ticketing::v1::LocalizedText Hall::LabelOf(std::string const& counter) const {
  for (auto const& view : picture_.counters()) {
    if (view.counter() == counter && !view.label().ja().empty()) {
      return view.label();
    }
  }
  auto const sign = [&](Language language) {
    return TextOf(language, "display.sign", {{"c", counter}});
  };
  ticketing::v1::LocalizedText label;
  label.set_ja(sign(Language::kJapanese));
  label.set_ja_easy(sign(Language::kEasyJapanese));
  label.set_en(sign(Language::kEnglish));
  return label;
}

}  // namespace madoguchi::wall_display
