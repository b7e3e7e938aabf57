#include "clients/counter_terminal/lists.h"
#include "clients/terminal/program.h"
#include "clients/terminal/text_width.h"

namespace madoguchi::counter_terminal {

using google::protobuf::Timestamp;
using terminal::PadRight;
using terminal::ShowTime;
using ticketing::v1::Counter;
using ticketing::v1::Ticket;

namespace {

/// When `ticket` came into its state.
Timestamp const& Since(Ticket const& ticket) {
  switch (ticket.state()) {
    case Ticket::CALLED:
      return ticket.call_time();
    case Ticket::SERVING:
      return ticket.serving_start_time();
    case Ticket::ON_HOLD:
      return ticket.hold().start_time();
    case Ticket::COMPLETED:
    case Ticket::ABSENT:
    case Ticket::CANCELLED:
    case Ticket::EXPIRED:
    case Ticket::MOVED:
      return ticket.end_time();
    default:
      return ticket.has_queue_time() ? ticket.queue_time()
                                     : ticket.arrival_time();
  }
}

std::string ActivityName(Counter const& counter) {
  switch (counter.activity()) {
    case Counter::PAUSED:
      return "休止 Paused (" +
             NameOf(PauseReasons(), counter.activity_reason()) + ")";
    case Counter::WRAP_UP:
      return "事務処理 Paperwork";
    default:
      return "空き Free";
  }
}

}  // namespace

std::string TicketLine(Ticket const& ticket, absl::TimeZone zone) {
  std::string const counter =
      ticket.counter().empty() ? "" : LastPart(ticket.counter()) + "番窓口";
  std::string line = PadRight(ticket.number(), 7) +
                     PadRight(StateName(ticket.state()), 16) +
                     PadRight(ShowTime(Since(ticket), zone), 7) +
                     PadRight(counter, 9) + ticket.service();
  auto const marks = Marks(ticket);
  return marks.empty() ? line : line + "  " + marks;
}

std::string ParkedLine(Ticket const& ticket, Timestamp const& now) {
  auto const& hold = ticket.hold();
  bool const overdue = now.seconds() > hold.deadline_time().seconds();
  auto const clock =
      overdue
          ? "期限超過 OVERDUE " + ShowClock(Between(hold.deadline_time(), now))
          : "残り Left " + ShowClock(Between(now, hold.deadline_time()));
  std::string line = overdue ? "! " : "  ";
  // What may be cut on a narrow screen comes last.
  line += PadRight(ticket.number(), 7) + PadRight(clock, 26) + hold.owner() +
          " (" + LastPart(hold.counter()) + "番窓口)  " +
          NameOf(HoldReasons(), hold.reason());
  return line;
}

std::string CounterLine(Counter const& counter, Timestamp const& now) {
  std::string line = PadRight(LastPart(counter.name()) + "番窓口", 9);
  if (!counter.open()) return line + "閉 Closed";
  if (counter.has_ticket()) {
    auto const& ticket = counter.ticket();
    line += ticket.number() + " " + StateName(ticket.state()) + " " +
            ShowClock(Between(Since(ticket), now));
  } else {
    line += ActivityName(counter);
    if (counter.activity() != Counter::READY) {
      line += " " + ShowClock(Between(counter.activity_start_time(), now));
    }
  }
  line += "  " + counter.staff();
  if (counter.own_waiting_count() > 0) {
    line += "  指定 Own " + std::to_string(counter.own_waiting_count());
  }
  return line;
}

std::string CounterWord(Counter const& counter) {
  auto const id = LastPart(counter.name()) + " ";
  if (counter.has_ticket()) {
    return id + counter.ticket().number() + " " +
           StateName(counter.ticket().state());
  }
  switch (counter.activity()) {
    case Counter::PAUSED:
      return id + "休止 Paused";
    case Counter::WRAP_UP:
      return id + "事務処理 Paperwork";
    default:
      return id + "空き Free";
  }
}

std::string Marks(Ticket const& ticket) {
  std::string marks;
  auto const add = [&](bool set, std::string const& mark) {
    if (set) marks += (marks.empty() ? "[" : " [") + mark + "]";
  };
  add(ticket.assist(), "配慮 Assist");
  add(ticket.pickup(), "お渡し Pick-up");
  add(ticket.unqueued(), "番号なし No queue");
  add(!ticket.carried_over_from().empty(), "繰り越し Carried over");
  add(!ticket.moved_from().empty(), "他庁舎から From another office");
  add(ticket.recall_count() > 0,
      "再呼出 Recalls " + std::to_string(ticket.recall_count()));
  return marks;
}

std::vector<Choice> WhatCanBeDone(Ticket const& ticket) {
  std::vector<Choice> choices;
  auto const add = [&](std::string const& code, Sentence const& name) {
    choices.push_back({code, name});
  };
  auto const state = ticket.state();
  bool const waiting = state == Ticket::WAITING;
  bool const parked = state == Ticket::ON_HOLD;
  bool const absent = state == Ticket::ABSENT;
  bool const live = waiting || parked || absent || state == Ticket::CALLED ||
                    state == Ticket::SERVING;
  if (parked) {
    add("resume", {"この窓口で応対を再開", "Go on serving here"});
    add("call", {"お渡し・再度のお呼び出し", "Call again, to pick up"});
    add("wait", {"待ちに戻す", "Let wait again"});
  }
  if (absent) add("back", {"待ちに戻す", "Let wait again"});
  if (absent || waiting) {
    add("call", {"この窓口に呼び出す", "Call to this counter"});
  }
  if (waiting || parked) add("transfer", {"転送", "Transfer"});
  if (waiting) {
    add("designate", {"次に呼ぶ窓口を指定", "Designate for a counter"});
  }
  if (live) {
    add("assist", ticket.assist()
                      ? Sentence{"配慮の印を外す", "Remove the assist mark"}
                      : Sentence{"配慮の印を付ける", "Mark for assistance"});
    add("edit", {"修正", "Correct"});
  }
  return choices;
}

}  // namespace madoguchi::counter_terminal
