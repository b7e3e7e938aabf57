#include "clients/counter_terminal/lists.h"
#include "clients/counter_terminal/panels.h"
#include "clients/counter_terminal/words.h"
#include "clients/terminal/big_text.h"
#include "clients/terminal/program.h"
#include "clients/terminal/text_width.h"
#include <algorithm>
#include <cstddef>

namespace madoguchi::counter_terminal {

using terminal::ShowTime;
using texts::InBoth;
using ticketing::v1::Counter;
using ticketing::v1::Ticket;

namespace {

std::string ServiceName(Floor const& floor, std::string const& service) {
  for (auto const& known : floor.services) {
    if (known.service() == service && !known.display_name().ja().empty()) {
      return known.display_name().ja() + " " + known.display_name().en();
    }
  }
  return service;
}

/// From when the visitor came, or was sent on, to the call.
std::string Waited(Ticket const& ticket) {
  auto const& since =
      ticket.has_queue_time() ? ticket.queue_time() : ticket.arrival_time();
  auto const minutes = absl::ToInt64Minutes(Between(since, ticket.call_time()));
  return InBoth("counter.fact_waited", {{"m", std::to_string(minutes)}}, "  ");
}

std::string Clock(Ticket const& ticket, Floor const& floor) {
  auto const& since = ticket.state() == Ticket::SERVING
                          ? ticket.serving_start_time()
                          : ticket.call_time();
  auto line = StateName(ticket.state()) + "  " +
              ShowClock(Between(since, floor.office_time));
  if (ticket.served_duration().seconds() > 0) {
    line += "  (" + InBoth("terminal.before") + " " +
            ShowClock(absl::Seconds(ticket.served_duration().seconds())) + ")";
  }
  return line;
}

std::vector<std::string> Facts(Ticket const& ticket, Floor const& floor) {
  std::vector<std::string> facts = {Clock(ticket, floor),
                                    ServiceName(floor, ticket.service())};
  if (!ticket.unqueued()) facts.push_back(Waited(ticket));
  facts.push_back(InBoth("counter.form_language") + ": " +
                  NameOf(Languages(), ticket.language()));
  if (auto const marks = Marks(ticket); !marks.empty()) {
    facts.push_back(marks);
  }
  if (!ticket.next_services().empty()) {
    auto then = InBoth("terminal.next");
    for (auto const& service : ticket.next_services()) {
      then += " > " + ServiceName(floor, service);
    }
    facts.push_back(then);
  }
  if (!ticket.note().empty()) {
    facts.push_back(InBoth("counter.fact_note") + ": " + ticket.note());
  }
  return facts;
}

std::string WithoutTicket(Desk const& desk, Floor const& floor) {
  if (desk.taken_over) return InBoth("counter.status_taken_over");
  if (!desk.open) return InBoth("terminal.closed");
  std::string clock;
  if (desk.activity_start_time.seconds() != 0) {
    clock =
        "  " + ShowClock(Between(desk.activity_start_time, floor.office_time));
  }
  switch (desk.activity) {
    case Counter::PAUSED:
      return InBoth("counter.status_paused") + ": " +
             NameOf(PauseReasons(), desk.activity_reason) + clock;
    case Counter::WRAP_UP:
      return InBoth("counter.status_wrap_up") + clock;
    default:
      return InBoth("counter.status_free");
  }
}

std::string StepName(Command step) {
  switch (step) {
    case Command::kAbsent:
      return InBoth("counter.step_absent");
    case Command::kTransfer:
      return InBoth("counter.step_transfer");
    default:
      return InBoth("counter.step_complete");
  }
}

}  // namespace

std::string DeskLine(Desk const& desk, absl::TimeZone zone) {
  auto line =
      InBoth("display.sign", {{"c", desk.counter}}) + " (" + desk.staff + ")";
  if (!desk.ticket) return line + "  " + WithoutTicket(desk, {});
  auto const& ticket = *desk.ticket;
  auto const& since = ticket.state() == Ticket::SERVING
                          ? ticket.serving_start_time()
                          : ticket.call_time();
  line += "  " + InBoth("terminal.ticket") + " " + ticket.number() + "  " +
          StateName(ticket.state()) + "  " +
          InBoth("terminal.since", {{"time", ShowTime(since, zone)}}) + "  " +
          ticket.service();
  auto const marks = Marks(ticket);
  return marks.empty() ? line : line + "  " + marks;
}

std::vector<std::string> TicketPanel(Desk const& desk, Floor const& floor,
                                     int columns) {
  if (!desk.ticket) return {"", "   " + WithoutTicket(desk, floor), ""};
  auto const& ticket = *desk.ticket;
  auto const number = terminal::BigText(ticket.number());
  int const left =
      3 + terminal::BigTextColumns(static_cast<int>(ticket.number().size())) +
      3;
  std::vector<std::string> facts;
  for (auto const& fact : Facts(ticket, floor)) {
    for (auto const& line :
         terminal::Wrap(fact, std::max(columns - left, 20))) {
      facts.push_back(line);
    }
  }
  std::vector<std::string> lines = {""};
  for (std::size_t i = 0; i != std::max(number.size(), facts.size()); ++i) {
    auto line = terminal::PadRight(i < number.size() ? "   " + number[i] : "",
                                   std::min(left, columns));
    if (i < facts.size()) line += facts[i];
    lines.push_back(terminal::Cut(line, columns));
  }
  lines.emplace_back("");
  return lines;
}

std::vector<std::string> Prompts(Desk const& desk, Floor const& floor,
                                 Settings const& settings, MachineTime now,
                                 int columns) {
  std::vector<std::string> prompts;
  auto const add = [&](Sentence const& sentence) {
    for (auto const& text : {sentence.ja, sentence.en}) {
      for (auto const& line : terminal::Wrap("!! " + text, columns)) {
        prompts.push_back(line);
      }
    }
  };
  if (desk.ticket && desk.ticket->state() == Ticket::SERVING) {
    auto const lasts =
        Between(desk.ticket->serving_start_time(), floor.office_time);
    if (desk.ticket->time_uncertain() || lasts > settings.ask_finish_after) {
      add(SentenceOf("counter.finish_forgotten",
                     {{"m", std::to_string(absl::ToInt64Minutes(lasts))}}));
    }
  }
  if (desk.undo && now < desk.undo->until) {
    auto const left =
        std::chrono::ceil<std::chrono::seconds>(desk.undo->until - now);
    auto const offer = SentenceOf("terminal.undo_offered",
                                  {{"n", desk.undo->number},
                                   {"what", StepName(desk.undo->step)},
                                   {"s", std::to_string(left.count())}});
    prompts.push_back(
        terminal::Cut(KeyOf(Command::kUndo) + ": " + offer.ja, columns));
  }
  return prompts;
}

}  // namespace madoguchi::counter_terminal
