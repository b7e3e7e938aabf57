#include "tests/robustness/people.h"
#include <algorithm>
#include <set>

namespace madoguchi::robustness {
namespace {

using std::chrono::milliseconds;
using ticketing::TicketState;

// In office time, which runs 30 times as fast: the shortest is over before the
// next press.
constexpr int kShortestHold = 2;
constexpr int kLongestHold = 60;

// Long enough that what is due by the settings of these tests fires meanwhile:
// paperwork, a finish that was forgotten, the patience of a counter's queue.
constexpr milliseconds kPaperwork{800};
constexpr milliseconds kLongVisit{2'300};
constexpr milliseconds kLunch{2'300};

// Whoever has not gone on by itself by then will not: the checker says so.
constexpr std::chrono::seconds kPatience{12};

bool ServesAll(Office const& office, CounterSettings const& counter) {
  std::set<std::string> served;
  for (auto const& each : counter.serves) served.insert(each.service.value);
  return served.size() == office.services.size();
}

bool IsAtCounter(TicketFacts const& ticket, std::string const& counter) {
  return ticket.counter == counter && (ticket.state == TicketState::kCalled ||
                                       ticket.state == TicketState::kServing);
}

}  // namespace

Load::Clerk::Clerk(Load& load, int number)
    : Person(load, 100 + number),
      counter_(
          load.office_.counters[static_cast<std::size_t>(number)].id.value),
      serves_all_(
          ServesAll(load.office_,
                    load.office_.counters[static_cast<std::size_t>(number)])) {}

void Load::Clerk::Run() {
  auto held = Open();
  while (!load_.Left()) {
    if (held) {
      held = Serve(*held);
      continue;
    }
    held = LookAround();
    if (!held && !CallNext(held)) break;
  }
  Close();
}

Press Load::Clerk::At(Command command, TicketFacts const& ticket) const {
  Press press;
  press.command = command;
  press.counter = counter_;
  press.session = session_;
  press.ticket = ticket.id;
  press.version = ticket.version;
  return press;
}

Press Load::Clerk::At(Command command, Pending const& pending) const {
  auto press = At(command);
  press.ticket = pending.ticket;
  press.version = pending.version;
  return press;
}

Load::Clerk::Held Load::Clerk::Open() {
  auto press = At(Command::kOpenCounter);
  press.session = 0;
  auto const answer = DoForSure(press);
  if (answer.verdict == Verdict::kDone) session_ = answer.session;
  return answer.ticket;
}

void Load::Clerk::Close() { DoForSure(At(Command::kCloseCounter)); }

Load::Clerk::Held Load::Clerk::AfterDoubt(Answer const& answer) {
  bool const sure = answer.verdict != Verdict::kUnknown &&
                    answer.reason != "COUNTER_CLOSED" &&
                    answer.reason != "COUNTER_TAKEN_OVER" &&
                    answer.reason != "COUNTER_PAUSED" &&
                    answer.reason != "COUNTER_BUSY";
  return sure ? std::nullopt : Open();
}

bool Load::Clerk::CallNext(Held& held) {
  auto const seen = load_.Changes();
  auto const answer = Do(At(Command::kCallNext));
  if (answer.verdict != Verdict::kDone) {
    held = Open();
    if (held) load_.Gone();
    return true;
  }
  if (!answer.ticket) return load_.MoreToCome(serves_all_, seen);
  load_.Gone();
  held = answer.ticket;
  // A double press with an id of its own must not call a second one.
  if (Chance(5)) Do(At(Command::kCallNext));
  return true;
}

Command Load::Clerk::ChooseStep(TicketFacts const& held) {
  auto const choice = Pick(1'000);
  bool const can_move = load_.options_.other != nullptr;
  if (held.state == TicketState::kCalled) {
    if (choice < 90) return Command::kRecall;
    if (choice < 170) return Command::kMarkAbsent;
    if (choice < 195) return Command::kTransfer;
    if (choice < 205 && can_move) return Command::kMove;
    return Command::kStartServing;
  }
  if (choice < 80) return Command::kHold;
  if (choice < 120) return Command::kTransfer;
  if (choice < 140 && can_move) return Command::kMove;
  if (choice < 165) return Command::kEdit;
  if (choice < 185) return Command::kSetAssist;
  if (choice < 188) load_.Linger(kLongVisit);
  return Command::kComplete;
}

void Load::Clerk::FillIn(Press& press) {
  auto const& office = load_.office_;
  press.position = static_cast<Position>(Pick(3));
  switch (press.command) {
    case Command::kHold:
      press.duration = std::chrono::seconds(kShortestHold +
                                            Pick(kLongestHold - kShortestHold));
      press.flag = Chance(30);
      break;
    case Command::kTransfer:
      if (Chance(70)) {
        press.service = UsualService(office);
      } else {
        press.to_counter = load_.SomeCounter(Pick(1'000));
      }
      break;
    case Command::kMove:
      press.to_office = load_.options_.other->id.value;
      press.service = UsualService(*load_.options_.other);
      break;
    case Command::kEdit:
      if (Chance(30)) press.service = UsualService(office);
      break;
    case Command::kSetAssist:
      press.flag = Chance(70);
      break;
    case Command::kComplete:
      press.flag = Chance(15);
      break;
    default:
      break;
  }
}

Load::Clerk::Held Load::Clerk::Serve(TicketFacts const& held) {
  auto press = At(ChooseStep(held), held);
  FillIn(press);
  auto const answer = Do(press);
  if (answer.verdict != Verdict::kDone) {
    auto const now = Open();
    // It may be on its way all the same.
    if (!now &&
        (press.command == Command::kHold || !press.to_counter.empty())) {
      load_.GoesOn({held.id, held.version + 1});
    }
    return now;
  }
  return AfterStep(press, *answer.ticket);
}

Load::Clerk::Held Load::Clerk::AfterStep(Press const& press,
                                         TicketFacts const& after) {
  bool const undoable = press.command == Command::kComplete ||
                        press.command == Command::kMarkAbsent ||
                        press.command == Command::kTransfer;
  if (undoable && Chance(10)) {
    if (auto const again = TryUndo()) return again;
  }
  switch (press.command) {
    case Command::kMarkAbsent:
      // Some never come back.
      if (Chance(75)) {
        load_.GoesAway(after.id);
      } else {
        load_.GoesOn({after.id, after.version});
      }
      return std::nullopt;
    case Command::kHold:
      load_.GoesOn({after.id, after.version, /*by_hand=*/Chance(50)});
      return std::nullopt;
    case Command::kTransfer:
      if (press.to_counter.empty()) {
        load_.WaitsAgain();
      } else {
        load_.GoesOn({after.id, after.version});
      }
      return std::nullopt;
    case Command::kMove:
      return std::nullopt;
    case Command::kComplete:
      if (after.state == TicketState::kWaiting) load_.WaitsAgain();
      if (press.flag) WrapUp();
      return std::nullopt;
    default:
      return after;
  }
}

void Load::Clerk::WrapUp() {
  auto const choice = Pick(100);
  if (choice < 40) {
    Do(At(Command::kResumeCounter));
  } else if (choice < 50) {
    load_.Linger(kPaperwork);
  }
}

Load::Clerk::Held Load::Clerk::TryUndo() {
  auto const answer = Do(At(Command::kUndo));
  if (answer.verdict != Verdict::kDone) return AfterDoubt(answer);
  // One who was sent on while waiting is not at this counter.
  if (answer.ticket && IsAtCounter(*answer.ticket, counter_)) {
    return answer.ticket;
  }
  return std::nullopt;
}

Load::Clerk::Held Load::Clerk::LookAround() {
  LetSomebodyReturn();
  if (auto const held = LookAfterPending()) return held;
  if (!load_.IsBusyTime()) return std::nullopt;
  if (Chance(12)) return Meddle();
  if (Pick(1'000) < 15) return TakeBreak();
  return std::nullopt;
}

void Load::Clerk::LetSomebodyReturn() {
  auto const ticket = load_.TakeAbsent();
  if (ticket.empty()) return;
  auto press = At(Command::kReturn);
  press.ticket = ticket;
  DoForSure(press);
  load_.IsBack();
}

Load::Clerk::Held Load::Clerk::LookAfterPending() {
  auto const pending = load_.TakePending();
  if (!pending) return std::nullopt;
  if (pending->by_hand) return EndAbsence(*pending);
  // A recall of one that is not called does nothing but tell whether it has
  // changed.
  auto press = At(Command::kRecall, *pending);
  auto const answer = DoForSure(press);
  bool const open = answer.reason == "TICKET_NOT_CALLED" ||
                    answer.verdict == Verdict::kUnknown ||
                    answer.reason == "COUNTER_CLOSED";
  if (open && std::chrono::steady_clock::now() < pending->since + kPatience) {
    load_.PutBack(*pending);
  } else {
    load_.IsBack();
  }
  return AfterDoubt(answer);
}

// Somebody on hold is back before the deadline, or papers are ready.
Load::Clerk::Held Load::Clerk::EndAbsence(Pending pending) {
  auto const choice = Pick(4);
  auto const command = choice < 2    ? Command::kResumeServing
                       : choice == 2 ? Command::kEndHold
                                     : Command::kCallTicket;
  auto const answer = Do(At(command, pending));
  if (answer.verdict != Verdict::kDone) {
    // Too late, or unknown: the deadline sees to it.
    pending.by_hand = false;
    load_.PutBack(pending);
    return AfterDoubt(answer);
  }
  load_.IsBack();
  if (command == Command::kEndHold) return std::nullopt;
  load_.Gone();
  return answer.ticket;
}

// Something with a ticket that this clerk does not have; often refused.
Load::Clerk::Held Load::Clerk::Meddle() {
  static constexpr Command kCommands[] = {
      Command::kSetAssist, Command::kSetAssist,    Command::kEdit,
      Command::kEdit,      Command::kDesignate,    Command::kCallTicket,
      Command::kTransfer,  Command::kServeVisitor, Command::kServeVisitor};
  auto press = At(kCommands[Pick(std::size(kCommands))]);
  press.ticket = load_.SomeTicket(Pick(1'000));
  FillIn(press);
  if (press.command == Command::kServeVisitor) {
    press.ticket.clear();
    press.service = UsualService(load_.office_);
  } else if (press.ticket.empty()) {
    return std::nullopt;
  }
  if (press.command == Command::kDesignate) {
    press.counter = load_.SomeCounter(Pick(1'000));
    press.session = 0;
  }
  auto const answer = Do(press);
  if (answer.verdict != Verdict::kDone) {
    if (press.command == Command::kDesignate) return std::nullopt;
    return AfterDoubt(answer);
  }
  switch (press.command) {
    case Command::kDesignate:
      load_.GoesOn({answer.ticket->id, answer.ticket->version},
                   /*waited=*/true);
      return std::nullopt;
    case Command::kTransfer:
      if (!press.to_counter.empty()) {
        load_.GoesOn({answer.ticket->id, answer.ticket->version},
                     /*waited=*/true);
      } else {
        load_.TellNews();
      }
      return std::nullopt;
    case Command::kCallTicket:
      load_.Gone();
      return answer.ticket;
    case Command::kServeVisitor:
      return answer.ticket;
    default:
      load_.TellNews();
      return std::nullopt;
  }
}

Load::Clerk::Held Load::Clerk::TakeBreak() {
  auto const paused = Do(At(Command::kPause));
  if (paused.verdict != Verdict::kDone) return AfterDoubt(paused);
  if (Chance(10)) load_.Linger(kLunch);
  return AfterDoubt(Do(At(Command::kResumeCounter)));
}

}  // namespace madoguchi::robustness
