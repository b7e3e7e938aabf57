#include "clients/counter_terminal/screen.h"
#include "clients/terminal/big_text.h"
#include "clients/terminal/program.h"
#include "clients/terminal/text_width.h"
#include <cstddef>

namespace madoguchi::counter_terminal {

using terminal::PadRight;
using terminal::ShowTime;
using ticketing::v1::Ticket;

namespace {

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
    default:
      return "";
  }
}

/// When `ticket` came into its state.
google::protobuf::Timestamp const& Since(Ticket const& ticket) {
  switch (ticket.state()) {
    case Ticket::CALLED:
      return ticket.call_time();
    case Ticket::SERVING:
      return ticket.serving_start_time();
    case Ticket::COMPLETED:
    case Ticket::ABSENT:
    case Ticket::CANCELLED:
      return ticket.end_time();
    default:
      return ticket.arrival_time();
  }
}

std::string LastPart(std::string const& name) {
  return name.substr(name.rfind('/') + 1);
}

}  // namespace

std::string DeskLine(Desk const& desk, absl::TimeZone zone) {
  std::string line =
      desk.counter + "番窓口 Counter " + desk.counter + " (" + desk.staff + ")";
  if (desk.taken_over) return line + "  引き継がれました Taken over";
  if (!desk.open) return line + "  閉 Closed";
  if (!desk.ticket) return line + "  空き Free";
  auto const& ticket = *desk.ticket;
  line += "  番号 Ticket " + ticket.number() + "  " +
          StateName(ticket.state()) + "  " + ShowTime(Since(ticket), zone) +
          "から since  " + ticket.service();
  if (ticket.recall_count() > 0) {
    line += "  再呼出 recalls " + std::to_string(ticket.recall_count());
  }
  return line;
}

std::string WaitingLine(HallNews const& news) {
  int total = 0;
  std::string line;
  for (auto const& service : news.services) {
    total += service.waiting_count();
    line +=
        "  " +
        (service.display_name().ja().empty() ? service.service()
                                             : service.display_name().ja()) +
        " " + std::to_string(service.waiting_count()) + "人";
  }
  return "待ち Waiting " + std::to_string(total) + "人:" + line;
}

std::string ConnectionLine(HallNews const& news, absl::TimeZone zone) {
  auto const at = ShowTime(news.office_time, zone, "%H:%M:%S");
  return news.connected ? "接続中 Connected " + at
                        : "接続が切れています 最終更新 " + at +
                              "  Connection lost, last right at " + at;
}

std::string Legend(Desk const& desk) {
  std::string legend;
  for (auto const command : LawfulCommands(desk)) {
    if (!legend.empty()) legend += "  ";
    legend += KeyOf(command);
  }
  return legend;
}

std::string TicketLine(Ticket const& ticket, absl::TimeZone zone) {
  std::string const counter =
      ticket.counter().empty() ? "" : LastPart(ticket.counter()) + "番窓口";
  std::string const line = PadRight(ticket.number(), 7) +
                           PadRight(StateName(ticket.state()), 16) +
                           PadRight(ShowTime(Since(ticket), zone), 7) +
                           PadRight(counter, 9) + ticket.service();
  return line;
}

std::string Screen(Desk const& desk, HallNews const& news,
                   std::vector<std::string> const& messages,
                   absl::TimeZone zone, int columns) {
  std::string screen;
  auto const add = [&](std::string const& text) {
    for (auto const& line : terminal::Wrap(text, columns)) {
      screen += line + "\n";
    }
  };
  std::string const rule(static_cast<std::size_t>(columns), '-');
  add(DeskLine(desk, zone));
  if (desk.ticket) {
    screen += "\n";
    for (auto const& line : terminal::BigText(desk.ticket->number())) {
      screen += terminal::Cut("   " + line, columns) + "\n";
    }
    screen += "\n";
  }
  add(WaitingLine(news));
  add(ConnectionLine(news, zone));
  screen += rule + "\n";
  for (auto const& message : messages) add(message);
  screen += rule + "\n";
  add(Legend(desk));
  return screen;
}

}  // namespace madoguchi::counter_terminal
