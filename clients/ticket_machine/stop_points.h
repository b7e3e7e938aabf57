#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_STOP_POINTS_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_STOP_POINTS_H

#include "clients/ticket_machine/issue.h"
#include "clients/ticket_machine/journal.h"
#include "clients/ticket_machine/printer.h"
#include <functional>
#include <utility>

namespace madoguchi::ticket_machine {

/// Called before and after each step that leaves a trace outside the program. A
/// test ends the machine there.
using StopPoint = std::function<void()>;

/// A journal with a stop point before and after each record.
class StoppableJournal : public Journal {
 public:
  StoppableJournal(Journal& journal, StopPoint point)
      : journal_(journal), point_(std::move(point)) {}

  std::optional<Press> Last() const override { return journal_.Last(); }
  std::optional<Press> LastPrinted() const override {
    return journal_.LastPrinted();
  }
  absl::Status Record(Press const& press) override {
    point_();
    auto status = journal_.Record(press);
    point_();
    return status;
  }

 private:
  Journal& journal_;
  StopPoint const point_;
};

/// A printer with a stop point before and after each slip.
class StoppablePrinter : public Printer {
 public:
  StoppablePrinter(Printer& printer, StopPoint point)
      : printer_(printer), point_(std::move(point)) {}

  PrintOutcome Print(Slip const& slip) override {
    point_();
    auto const outcome = printer_.Print(slip);
    point_();
    return outcome;
  }
  PrinterState State() override { return printer_.State(); }

 private:
  Printer& printer_;
  StopPoint const point_;
};

/// `issue` with a stop point before and after each call.
inline auto Stoppable(decltype(IssueDesk::issue) issue, StopPoint point) {
  return [issue = std::move(issue), point = std::move(point)](
             ticketing::v1::IssueTicketRequest const& request) {
    point();
    auto issued = issue(request);
    point();
    return issued;
  };
}

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_STOP_POINTS_H
