#include "clients/counter_terminal/lists.h"
#include "clients/terminal/program.h"
#include "clients/terminal/text_width.h"
#include <string_view>

namespace madoguchi::counter_terminal {

using google::protobuf::Timestamp;
using terminal::PadRight;
using terminal::ShowTime;
using texts::InBoth;
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

/// `2番窓口` of `offices/honcho/counters/2`.
std::string Sign(std::string const& counter) {
  return texts::TextOf(texts::Language::kJapanese, "display.sign",
                       {{"c", LastPart(counter)}});
}

std::string ActivityName(Counter const& counter) {
  switch (counter.activity()) {
    case Counter::PAUSED:
      return InBoth("counter.status_paused") + " (" +
             NameOf(PauseReasons(), counter.activity_reason()) + ")";
    case Counter::WRAP_UP:
      return InBoth("counter.status_wrap_up");
    default:
      return InBoth("counter.status_free");
  }
}

}  // namespace

std::string TicketLine(Ticket const& ticket, absl::TimeZone zone) {
  std::string const counter =
      ticket.counter().empty() ? "" : Sign(ticket.counter());
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
  auto const clock = overdue
                         ? InBoth("terminal.overdue") + " " +
                               ShowClock(Between(hold.deadline_time(), now))
                         : InBoth("terminal.left") + " " +
                               ShowClock(Between(now, hold.deadline_time()));
  std::string line = overdue ? "! " : "  ";
  // What may be cut on a narrow screen comes last.
  line += PadRight(ticket.number(), 7) + PadRight(clock, 26) + hold.owner() +
          " (" + Sign(hold.counter()) + ")  " +
          NameOf(HoldReasonsShown(), hold.reason());
  return line;
}

std::string CounterLine(Counter const& counter, Timestamp const& now) {
  std::string line = PadRight(Sign(counter.name()), 9);
  if (!counter.open()) return line + InBoth("terminal.closed");
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
    line += "  " + InBoth("terminal.own") + " " +
            std::to_string(counter.own_waiting_count());
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
      return id + InBoth("counter.status_paused");
    case Counter::WRAP_UP:
      return id + InBoth("counter.status_wrap_up");
    default:
      return id + InBoth("counter.status_free");
  }
}

std::string Marks(Ticket const& ticket) {
  std::string marks;
  auto const add = [&](bool set, std::string const& mark) {
    if (set) marks += (marks.empty() ? "[" : " [") + mark + "]";
  };
  add(ticket.assist(), InBoth("command.assist"));
  add(ticket.pickup(), InBoth("display.pickup_mark"));
  add(ticket.unqueued(), InBoth("terminal.mark_unqueued"));
  add(!ticket.carried_over_from().empty(),
      InBoth("terminal.mark_carried_over"));
  add(!ticket.moved_from().empty(), InBoth("terminal.mark_moved"));
  add(ticket.recall_count() > 0, InBoth("terminal.mark_recalls") + " " +
                                     std::to_string(ticket.recall_count()));
  return marks;
}

std::vector<Choice> WhatCanBeDone(Ticket const& ticket) {
  std::vector<Choice> choices;
  auto const add = [&](std::string const& code, std::string_view id) {
    choices.push_back({code, SentenceOf(id)});
  };
  auto const state = ticket.state();
  bool const waiting = state == Ticket::WAITING;
  bool const parked = state == Ticket::ON_HOLD;
  bool const absent = state == Ticket::ABSENT;
  bool const live = waiting || parked || absent || state == Ticket::CALLED ||
                    state == Ticket::SERVING;
  if (parked) {
    add("resume", "counter.deal_resume");
    add("call", "counter.deal_call_pickup");
    add("wait", "counter.deal_wait");
  }
  if (absent) add("back", "counter.deal_wait");
  if (absent || waiting) {
    add("call", "counter.deal_call");
  }
  if (waiting || parked) add("transfer", "command.transfer");
  if (waiting) {
    add("designate", "command.designate");
  }
  if (live) {
    add("assist",
        ticket.assist() ? "counter.deal_unassist" : "counter.deal_assist");
    add("edit", "command.edit");
  }
  return choices;
}

}  // namespace madoguchi::counter_terminal
