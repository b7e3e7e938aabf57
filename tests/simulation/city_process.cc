#include "tests/simulation/city_process.h"
#include <utility>
#include <variant>

namespace madoguchi::simulation {
namespace {

using ticketing::CallAnswer;
using ticketing::OpenedCounter;
using ticketing::Ticket;
using ticketing::TicketCommand;
using ticketing::Transferred;

void Tell(Ticket& ticket, Told& told) { told.ticket = std::move(ticket); }
void Tell(std::monostate, Told&) {}
void Tell(OpenedCounter& opened, Told& told) {
  told.session = opened.session;
  told.ticket = std::move(opened.ticket);
}
void Tell(CallAnswer& answer, Told& told) {
  told.ticket = std::move(answer.ticket);
  told.reason = CodeOf(answer.reason);
}
void Tell(Transferred& transferred, Told& told) {
  told.ticket = std::move(transferred.ticket);
  told.arrived = std::move(transferred.arrived);
}

// Takes any answer as what was told.
struct ToTold {
  Done<Told> done;

  template <typename T>
  operator Done<T>() && {
    return [done = std::move(done)](absl::StatusOr<T> answer) mutable {
      Told told;
      told.status = answer.status();
      if (answer.ok()) Tell(*answer, told);
      done(std::move(told));
    };
  }
};

}  // namespace

void Send(CityProcess& process, Order const& order, Done<Told> done) {
  auto const deadline = process.Deadline();
  auto& desk = process.counters;
  ticketing::CounterRef const at{order.office, order.counter, order.session,
                                 order.device};
  TicketCommand const command{at, order.ticket, order.version, order.id};
  ToTold told{std::move(done)};
  switch (order.verb) {
    case Verb::kIssue:
      return process.tickets.Issue(
          order.office,
          {order.service, order.language, order.next_services, order.device},
          order.id, deadline, std::move(told));
    case Verb::kCancel:
      return process.tickets.Cancel(order.office, order.ticket, order.id,
                                    deadline, std::move(told));
    case Verb::kOpen:
      return desk.Open(at, order.staff, order.flag, order.id, deadline,
                       std::move(told));
    case Verb::kClose:
      return desk.Close(at, order.id, deadline, std::move(told));
    case Verb::kPause:
      return desk.Pause(at, order.code, order.id, deadline, std::move(told));
    case Verb::kEndActivity:
      return desk.EndActivity(at, order.id, deadline, std::move(told));
    case Verb::kCallNext:
      return desk.CallNext(at, order.id, deadline, std::move(told));
    case Verb::kCallOutOfTurn:
      return desk.CallOutOfTurn(command, deadline, std::move(told));
    case Verb::kRecall:
      return desk.Recall(command, deadline, std::move(told));
    case Verb::kStartServing:
      return desk.StartServing(command, deadline, std::move(told));
    case Verb::kServeVisitor:
      return desk.ServeVisitor(at, order.service, order.language, order.id,
                               deadline, std::move(told));
    case Verb::kComplete:
      return desk.Complete(command, {order.code, order.flag}, deadline,
                           std::move(told));
    case Verb::kMarkAbsent:
      return desk.MarkAbsent(command, deadline, std::move(told));
    case Verb::kReturn:
      return desk.Return(command, deadline, std::move(told));
    case Verb::kHold:
      return desk.Hold(command, {order.code, order.duration, order.flag},
                       deadline, std::move(told));
    case Verb::kResume:
      return desk.ResumeServing(command, deadline, std::move(told));
    case Verb::kEndHold:
      return desk.EndHold(command, deadline, std::move(told));
    case Verb::kUndo:
      return desk.UndoLastStep(at, order.id, deadline, std::move(told));
    case Verb::kTransfer:
      return desk.Transfer(command, order.transfer, deadline, std::move(told));
    case Verb::kDesignate:
      return desk.Designate(command, order.staff, deadline, std::move(told));
    case Verb::kSetAssist:
      return desk.SetAssist(command, order.flag, deadline, std::move(told));
    case Verb::kEdit:
      return desk.Edit(command, order.edit, deadline, std::move(told));
  }
}

}  // namespace madoguchi::simulation
