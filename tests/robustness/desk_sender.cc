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
    case Command::kCloseCounter: {
      auto const closed = Await<std::monostate>([&](auto done) {
        counters_.Close(at, press.request, deadline, std::move(done));
      });
      return closed.ok() ? Done(std::nullopt) : AnswerOf(closed.status());
    }
    case Command::kIssue:
      return FromTicket(Await<Ticket>([&](auto done) {
        tickets_.Issue(office_, {press.service}, "", press.request, deadline,
                       std::move(done));
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
        counters_.Complete(step, "", deadline, std::move(done));
      }));
    case Command::kMarkAbsent:
      return FromTicket(Await<Ticket>([&](auto done) {
        counters_.MarkAbsent(step, deadline, std::move(done));
      }));
    case Command::kReturn:
      return FromTicket(Await<Ticket>([&](auto done) {
        counters_.Return(step, deadline, std::move(done));
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
      if (event.ticket) {
        entry.ticket = FactsOf(*event.ticket);
        entry.rank = event.ticket->rank.ms;
      }
      if (event.counter) {
        entry.counter = event.counter->id.value;
        entry.session = event.counter->session;
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
