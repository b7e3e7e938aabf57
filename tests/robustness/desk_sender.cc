#include "tests/robustness/desk_sender.h"
#include "tests/support/await.h"
#include <chrono>
#include <utility>
#include <variant>

namespace madoguchi::robustness {
namespace {

using ::madoguchi::testing::Await;
using ticketing::CallAnswer;
using ticketing::OpenedCounter;
using ticketing::Ticket;

std::string TextOf(Ticket const& ticket) {
  auto const ms = [](std::optional<Timestamp> const& time) {
    return time ? std::to_string(time->time_since_epoch().count()) : "-";
  };
  return ticket.id.value + "|" + ticket.number + "|" + ticket.service.value +
         "|" + std::to_string(static_cast<int>(ticket.state)) + "|" +
         std::to_string(ticket.version) + "|" + ticket.counter.value + "|" +
         ticket.language + "|" + std::to_string(ticket.recalls) + "|" +
         ms(ticket.arrival) + "|" + ms(ticket.called) + "|" +
         ms(ticket.serving_started) + "|" + ms(ticket.ended) + "|" +
         ticket.outcome;
}

Answer Done(std::optional<Ticket> const& ticket) {
  Answer answer;
  answer.verdict = Verdict::kDone;
  if (ticket) {
    answer.ticket = FactsOf(*ticket);
    answer.text = TextOf(*ticket);
  }
  return answer;
}

Answer FromTicket(absl::StatusOr<Ticket> const& ticket) {
  return ticket.ok() ? Done(*ticket) : AnswerOf(ticket.status());
}

void Describe(Ticket const& ticket, LogEntry& entry) {
  entry.ticket = FactsOf(ticket);
  entry.rank = ticket.rank.ms;
  entry.queue = ticket.queue.value;
  if (ticket.hold) {
    entry.hold_deadline = ticket.hold->deadline.time_since_epoch().count();
  }
  for (auto const& service : ticket.next_services) {
    entry.next_services.push_back(service.value);
  }
  if (ticket.moved_from) {
    entry.moved_from = "offices/" + ticket.moved_from->office.value +
                       "/tickets/" + ticket.moved_from->ticket.value;
  }
}

Answer FromMove(absl::StatusOr<ticketing::Transferred> const& transferred) {
  if (!transferred.ok()) return AnswerOf(transferred.status());
  auto answer = Done(transferred->ticket);
  if (transferred->arrived) {
    answer.arrived = FactsOf(*transferred->arrived);
    answer.text += " " + TextOf(*transferred->arrived);
  }
  return answer;
}

Answer FromNothing(absl::StatusOr<std::monostate> const& done) {
  return done.ok() ? Done(std::nullopt) : AnswerOf(done.status());
}

ticketing::TransferOrder OrderOf(Press const& press) {
  ticketing::TransferOrder order;
  order.service = {press.service};
  order.counter = {press.to_counter};
  order.office = {press.to_office};
  switch (press.position) {
    case Position::kByArrival:
      order.position = ticketing::life::Position::kByArrival;
      break;
    case Position::kFirst:
      order.position = ticketing::life::Position::kFirst;
      break;
    case Position::kLast:
      order.position = ticketing::life::Position::kLast;
      break;
  }
  return order;
}

std::vector<ServiceId> ServicesOf(std::vector<std::string> const& names) {
  std::vector<ServiceId> services;
  for (auto const& name : names) services.push_back({name});
  return services;
}

Answer FromCall(absl::StatusOr<CallAnswer> const& call) {
  if (!call.ok()) return AnswerOf(call.status());
  auto answer = Done(call->ticket);
  answer.reason = ticketing::CodeOf(call->reason);
  answer.text += " " + answer.reason;
  return answer;
}

Answer FromOpening(absl::StatusOr<OpenedCounter> const& opened) {
  if (!opened.ok()) return AnswerOf(opened.status());
  auto answer = Done(opened->ticket);
  answer.session = opened->session;
  // The ticket held is answered as it is now, also to a repeat.
  answer.text = std::to_string(opened->session);
  return answer;
}

}  // namespace

DeskSender::DeskSender(ticketing::DeskContext const& context, OfficeId office)
    : office_(std::move(office)), tickets_(context), counters_(context) {}

Answer DeskSender::Send(Press const& press) {
  auto const deadline = madoguchi::testing::Soon();
  ticketing::CounterRef const at{office_, {press.counter}, press.session};
  ticketing::TicketCommand const step{
      at, {press.ticket}, press.version, press.request};
  switch (press.command) {
    case Command::kOpenCounter:
      return FromOpening(Await<OpenedCounter>([&](auto done) {
        counters_.Open(at, {kStaff}, /*take_over=*/true, press.request,
                       deadline, std::move(done));
      }));
    case Command::kCloseCounter:
      return FromNothing(Await<std::monostate>([&](auto done) {
        counters_.Close(at, press.request, deadline, std::move(done));
      }));
    case Command::kIssue:
      return FromTicket(Await<Ticket>([&](auto done) {
        tickets_.Issue(office_,
                       {.service = {press.service},
                        .language = {},
                        .next_services = ServicesOf(press.next_services)},
                       press.request, deadline, std::move(done));
      }));
    case Command::kCallNext:
      return FromCall(Await<CallAnswer>([&](auto done) {
        counters_.CallNext(at, press.request, deadline, std::move(done));
      }));
    case Command::kRecall:
      return FromTicket(Await<Ticket>([&](auto done) {
        counters_.Recall(step, deadline, std::move(done));
      }));
    case Command::kStartServing:
      return FromTicket(Await<Ticket>([&](auto done) {
        counters_.StartServing(step, deadline, std::move(done));
      }));
    case Command::kComplete:
      return FromTicket(Await<Ticket>([&](auto done) {
        counters_.Complete(step, {.wrap_up = press.flag}, deadline,
                           std::move(done));
      }));
    case Command::kMarkAbsent:
      return FromTicket(Await<Ticket>([&](auto done) {
        counters_.MarkAbsent(step, deadline, std::move(done));
      }));
    case Command::kReturn:
      return FromTicket(Await<Ticket>([&](auto done) {
        counters_.Return(step, deadline, std::move(done));
      }));
    case Command::kCallTicket:
      return FromTicket(Await<Ticket>([&](auto done) {
        counters_.CallOutOfTurn(step, deadline, std::move(done));
      }));
    case Command::kServeVisitor:
      return FromTicket(Await<Ticket>([&](auto done) {
        counters_.ServeVisitor(at, {press.service}, "", press.request, deadline,
                               std::move(done));
      }));
    case Command::kHold:
      return FromTicket(Await<Ticket>([&](auto done) {
        counters_.Hold(step,
                       {.reason = "form",
                        .duration = press.duration,
                        .to_counter = press.flag},
                       deadline, std::move(done));
      }));
    case Command::kResumeServing:
      return FromTicket(Await<Ticket>([&](auto done) {
        counters_.ResumeServing(step, deadline, std::move(done));
      }));
    case Command::kEndHold:
      return FromTicket(Await<Ticket>([&](auto done) {
        counters_.EndHold(step, deadline, std::move(done));
      }));
    case Command::kTransfer:
    case Command::kMove:
      return FromMove(Await<ticketing::Transferred>([&](auto done) {
        counters_.Transfer(step, OrderOf(press), deadline, std::move(done));
      }));
    case Command::kDesignate:
      return FromTicket(Await<Ticket>([&](auto done) {
        counters_.Designate(step, {kStaff}, deadline, std::move(done));
      }));
    case Command::kSetAssist:
      return FromTicket(Await<Ticket>([&](auto done) {
        counters_.SetAssist(step, press.flag, deadline, std::move(done));
      }));
    case Command::kEdit: {
      ticketing::life::Edit edit;
      edit.note = "form in hand";
      if (!press.service.empty()) edit.service = ServiceId{press.service};
      return FromTicket(Await<Ticket>([&](auto done) {
        counters_.Edit(step, edit, deadline, std::move(done));
      }));
    }
    case Command::kUndo:
      return FromTicket(Await<Ticket>([&](auto done) {
        counters_.UndoLastStep(at, press.request, deadline, std::move(done));
      }));
    case Command::kPause:
      return FromNothing(Await<std::monostate>([&](auto done) {
        counters_.Pause(at, "lunch", press.request, deadline, std::move(done));
      }));
    case Command::kResumeCounter:
      return FromNothing(Await<std::monostate>([&](auto done) {
        counters_.EndActivity(at, press.request, deadline, std::move(done));
      }));
    case Command::kCancel:
      return FromTicket(Await<Ticket>([&](auto done) {
        tickets_.Cancel(office_, {press.ticket}, press.request, deadline,
                        std::move(done));
      }));
  }
  return {};
}

TicketFacts FactsOf(Ticket const& ticket) {
  return {ticket.id.value, ticket.number,        ticket.service.value,
          ticket.state,    ticket.counter.value, ticket.version};
}

std::vector<LogEntry> ReadWholeLog(ticketing::TicketStore& store,
                                   OfficeId const& office) {
  std::vector<LogEntry> log;
  std::int64_t after = 0;
  while (true) {
    auto const page = Await<ticketing::EventPage>([&](auto done) {
      store.ReadLog(office, after, 1000, madoguchi::testing::Soon(),
                    std::move(done));
    });
    if (!page.ok() || page->events.empty()) return log;
    for (auto const& event : page->events) {
      LogEntry entry;
      entry.sequence = event.sequence;
      entry.kind = event.kind;
      entry.time = event.time.time_since_epoch().count();
      entry.day = event.day.yyyymmdd;
      entry.reason = event.reason;
      if (event.ticket) Describe(*event.ticket, entry);
      entry.counter = event.at.value;
      if (event.counter) {
        entry.counter = event.counter->id.value;
        entry.session = event.counter->session;
        entry.counter_state =
            CounterFacts{event.counter->open, event.counter->activity,
                         event.counter->version};
      }
      log.push_back(std::move(entry));
      after = event.sequence;
    }
  }
}

std::vector<TicketFacts> ReadAllTickets(ticketing::TicketStore& store,
                                        ticketing::Hall const& hall) {
  std::vector<TicketFacts> tickets;
  ticketing::TicketId after;
  while (true) {
    auto const page = Await<ticketing::TicketPage>([&](auto done) {
      store.ListTickets(hall, after, 1000, madoguchi::testing::Soon(),
                        std::move(done));
    });
    if (!page.ok()) return tickets;
    for (auto const& ticket : page->tickets) {
      tickets.push_back(FactsOf(ticket));
      after = ticket.id;
    }
    if (!page->more) return tickets;
  }
}

}  // namespace madoguchi::robustness
