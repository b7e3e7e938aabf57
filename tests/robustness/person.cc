#include "tests/robustness/people.h"
#include <cstdio>
#include <thread>

namespace madoguchi::robustness {
namespace {

// One number in so many is of the series that begins again all the time.
constexpr int kShortSeriesShare = 40;

}  // namespace

Answer Load::Person::Do(Press press) {
  press.request = NewRequest();
  auto& usual = Chance(50) ? load_.senders_.one : load_.senders_.other;
  Answer answer;
  if (Chance(load_.options_.hasty)) {
    answer = SendOnce(load_.senders_.hasty, press);
    if (answer.verdict == Verdict::kUnknown && Chance(50)) return answer;
  } else if (Chance(load_.options_.twice)) {
    answer = SendTwice(press);
  } else {
    answer = SendOnce(usual, press);
  }
  while (answer.verdict == Verdict::kUnknown && !load_.Left()) {
    answer = SendOnce(usual, press);
  }
  if (answer.verdict == Verdict::kDone && Chance(load_.options_.again)) {
    SendOnce(usual, press);
  }
  return answer;
}

Answer Load::Person::DoForSure(Press press) {
  press.request = NewRequest();
  Answer answer;
  do {
    answer = SendOnce(load_.senders_.one, press);
  } while (answer.verdict == Verdict::kUnknown && !load_.Left());
  return answer;
}

std::string Load::Person::NewRequest() {
  std::uint64_t const high = random_();
  std::uint64_t const low = random_();
  char text[37];
  std::snprintf(text, sizeof text, "%08llx-%04llx-4%03llx-8%03llx-%012llx",
                static_cast<unsigned long long>(high >> 32),
                static_cast<unsigned long long>(high >> 16 & 0xffff),
                static_cast<unsigned long long>(high & 0xfff),
                static_cast<unsigned long long>(low >> 52),
                static_cast<unsigned long long>(low & 0xffffffffffff));
  return text;
}

Answer Load::Person::SendOnce(Sender& sender, Press const& press) {
  Operation operation;
  operation.press = press;
  operation.invoked = NowMoment();
  operation.answer = sender.Send(press);
  if (operation.answer.verdict != Verdict::kUnknown) {
    operation.returned = NowMoment();
  }
  load_.history_.Add(operation);
  return operation.answer;
}

Answer Load::Person::SendTwice(Press const& press) {
  Answer second;
  std::thread copy([&] { second = SendOnce(load_.senders_.other, press); });
  auto const first = SendOnce(load_.senders_.one, press);
  copy.join();
  return first.verdict == Verdict::kDone ? first : second;
}

void Load::TicketMachine::Run(bool wait_for_room) {
  while (load_.TakeTurnToIssue(wait_for_room)) {
    Issue();
    if (wait_for_room && !mine_.empty() && Chance(5)) Cancel();
  }
}

void Load::TicketMachine::Issue() {
  Press press;
  press.command = Command::kIssue;
  press.service = Pick(kShortSeriesShare) == 0
                      ? load_.office_.services.back().id.value
                      : UsualService(load_.office_);
  if (Chance(8)) {
    auto const next = UsualService(load_.office_);
    if (next != press.service) press.next_services = {next};
  }
  auto const answer = Do(press);
  if (answer.verdict == Verdict::kDone) {
    mine_.emplace_back(answer.ticket->id, answer.link_token);
    load_.Waits(answer.ticket->id);
  } else {
    load_.Gone();
  }
}

void Load::TicketMachine::Cancel() {
  auto const chosen = mine_.begin() + Pick(static_cast<int>(mine_.size()));
  Press press;
  press.command = Command::kCancel;
  press.ticket = chosen->first;
  press.link_token = chosen->second;
  mine_.erase(chosen);
  auto const answer = Do(press);
  if (answer.verdict == Verdict::kDone) load_.Gone();
}

}  // namespace madoguchi::robustness
