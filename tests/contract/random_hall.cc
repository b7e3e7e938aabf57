#include "tests/contract/random_hall.h"
#include "tests/support/await.h"
#include <chrono>
#include <memory>
#include <utility>
#include <vector>

namespace madoguchi::testing {

using namespace ticketing;
using std::chrono::minutes;

template <typename T, typename Start>
Pressed RandomHall::Send(Start start) {
  auto promise = std::make_shared<std::promise<absl::Status>>();
  auto pressed = promise->get_future();
  start(Done<T>([promise](absl::StatusOr<T> answer) {
    promise->set_value(answer.status());
  }));
  return pressed;
}

Pressed RandomHall::Press(DeskProcess& process, Office const& office,
                          OfficeState const& seen) {
  int const choice = Pick(100);
  if (choice < 25) return PressAsVisitor(process, office, seen);
  if (choice < 55) return PressAtCounter(process, office);
  if (choice < 85) return PressOnVisit(process, office, seen);
  return PressOnTicket(process, office, seen);
}

Pressed RandomHall::PressAsVisitor(DeskProcess& process, Office const& office,
                                   OfficeState const& seen) {
  auto& desk = process.tickets();
  if (Pick(10) == 0) {
    auto const ticket = PickTicket(seen, TicketState::kWaiting);
    return Send<Ticket>([&](auto done) {
      desk.Cancel(office.id, ticket, NewId(), Soon(), std::move(done));
    });
  }
  Visit visit{.service = PickService(office), .language = PickLanguage()};
  if (Pick(4) == 0) visit.next_services = {PickService(office)};
  if (Pick(2) == 0) visit.device = "kiosk-1";
  return Send<Ticket>([&](auto done) {
    desk.Issue(office.id, visit, NewId(), Soon(), std::move(done));
  });
}

Pressed RandomHall::PressAtCounter(DeskProcess& process, Office const& office) {
  auto& desk = process.counters();
  auto const at = PickCounter(office);
  switch (Pick(16)) {
    case 0:
    case 1:
    case 2:
      return Send<OpenedCounter>([&](auto done) {
        desk.Open(at, {Pick(2) == 0 ? "sato" : "mori"},
                  /*take_over=*/Pick(4) == 0, NewId(), Soon(), std::move(done));
      });
    case 3:
      return Send<std::monostate>(
          [&](auto done) { desk.Close(at, NewId(), Soon(), std::move(done)); });
    case 4:
      return Send<std::monostate>([&](auto done) {
        desk.Pause(at, "lunch", NewId(), Soon(), std::move(done));
      });
    case 5:
    case 6:
      return Send<std::monostate>([&](auto done) {
        desk.EndActivity(at, NewId(), Soon(), std::move(done));
      });
    case 7:
      return Send<Ticket>([&](auto done) {
        desk.ServeVisitor(at, PickService(office), PickLanguage(), NewId(),
                          Soon(), std::move(done));
      });
    case 8:
      return Send<Ticket>([&](auto done) {
        desk.UndoLastStep(at, NewId(), Soon(), std::move(done));
      });
    default:
      return Send<CallAnswer>([&](auto done) {
        desk.CallNext(at, NewId(), Soon(), std::move(done));
      });
  }
}

Pressed RandomHall::PressOnVisit(DeskProcess& process, Office const& office,
                                 OfficeState const& seen) {
  auto& desk = process.counters();
  auto const called = CommandOfHolder(office, seen, TicketState::kCalled);
  auto const served = CommandOfHolder(office, seen, TicketState::kServing);
  return Send<Ticket>([&](auto done) {
    switch (Pick(12)) {
      case 0:
      case 1:
        return desk.Recall(called, Soon(), std::move(done));
      case 2:
      case 3:
        return desk.MarkAbsent(called, Soon(), std::move(done));
      case 4:
      case 5:
      case 6:
        return desk.StartServing(called, Soon(), std::move(done));
      case 7:
      case 8: {
        HoldTerms const terms{
            .reason = "form",
            .duration = minutes(5 + Pick(60)),
            .to_counter = Pick(2) == 0,
        };
        return desk.Hold(served, terms, Soon(), std::move(done));
      }
      default: {
        Completion const completion{.wrap_up = Pick(3) == 0};
        return desk.Complete(served, completion, Soon(), std::move(done));
      }
    }
  });
}

Pressed RandomHall::PressOnTicket(DeskProcess& process, Office const& office,
                                  OfficeState const& seen) {
  auto& desk = process.counters();
  if (Pick(4) == 0) return Transfer(process, office, seen);
  auto const waiting = CommandOn(office, seen, TicketState::kWaiting);
  auto const held = CommandOn(office, seen, TicketState::kOnHold);
  return Send<Ticket>([&](auto done) {
    switch (Pick(8)) {
      case 0:
      case 1:
        return desk.CallOutOfTurn(waiting, Soon(), std::move(done));
      case 2:
        return desk.Return(CommandOn(office, seen, TicketState::kAbsent),
                           Soon(), std::move(done));
      case 3:
        return desk.ResumeServing(held, Soon(), std::move(done));
      case 4:
        return desk.EndHold(held, Soon(), std::move(done));
      case 5:
        return desk.Designate(waiting, {"chief"}, Soon(), std::move(done));
      case 6:
        return desk.SetAssist(waiting, /*assist=*/Pick(3) != 0, Soon(),
                              std::move(done));
      default: {
        life::Edit edit;
        if (Pick(2) == 0) edit.language = PickLanguage();
        if (Pick(2) == 0) edit.service = PickService(office);
        edit.note = "bring|form%~";
        return desk.Edit(waiting, edit, Soon(), std::move(done));
      }
    }
  });
}

Pressed RandomHall::Transfer(DeskProcess& process, Office const& office,
                             OfficeState const& seen) {
  TransferOrder order;
  order.position = static_cast<life::Position>(Pick(3));
  order.service = PickService(office);
  switch (Pick(3)) {
    case 0:
      order.service = {};
      order.counter = PickCounter(office).counter;
      break;
    case 1:
      for (auto const& other : city_.offices) {
        if (other.id != office.id) order.office = other.id;
      }
      break;
    default:
      order.note = "second floor";
  }
  auto const command =
      Pick(2) == 0 ? CommandOn(office, seen, TicketState::kWaiting)
                   : CommandOfHolder(office, seen, TicketState::kServing);
  return Send<Transferred>([&](auto done) {
    process.counters().Transfer(command, order, Soon(), std::move(done));
  });
}

std::string RandomHall::NewId() { return NewRequest().id.value; }

template <typename T>
T const& RandomHall::PickOf(std::vector<T> const& of) {
  return of[static_cast<std::size_t>(Pick(static_cast<int>(of.size())))];
}

ServiceId RandomHall::PickService(Office const& office) {
  return PickOf(office.services).id;
}

std::string RandomHall::PickLanguage() {
  return Pick(4) == 0 ? "en" : Pick(4) == 0 ? "ja-easy" : "ja";
}

CounterRef RandomHall::PickCounter(Office const& office) {
  CounterRef at{office.id, PickOf(office.counters).id};
  if (Pick(2) == 0) at.device = "terminal-" + at.counter.value;
  return at;
}

TicketId RandomHall::PickTicket(OfficeState const& seen, TicketState state) {
  std::vector<TicketId> fitting;
  std::vector<TicketId> all;
  for (auto const& [id, ticket] : seen.tickets) {
    all.push_back(id);
    if (ticket.state == state) fitting.push_back(id);
  }
  if (!fitting.empty() && Pick(10) != 0) return PickOf(fitting);
  if (!all.empty()) return PickOf(all);
  return MakeTicketId({20261123}, {"a"}, 0);
}

TicketCommand RandomHall::CommandOn(Office const& office,
                                    OfficeState const& seen,
                                    TicketState state) {
  return {PickCounter(office), PickTicket(seen, state), 0, NewId()};
}

TicketCommand RandomHall::CommandOfHolder(Office const& office,
                                          OfficeState const& seen,
                                          TicketState state) {
  auto command = CommandOn(office, seen, state);
  auto const ticket = seen.tickets.find(command.ticket);
  if (ticket != seen.tickets.end() && ticket->second.state == state) {
    command.at.counter = ticket->second.counter;
  }
  return command;
}

}  // namespace madoguchi::testing
