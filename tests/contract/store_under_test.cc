#include "tests/contract/store_under_test.h"
#include "services/ticketing/adapters/memory_ticket_store.h"
#include "services/ticketing/adapters/redis_ticket_store.h"
#include "services/ticketing/adapters/ticketing_library.h"
#include "tests/support/await.h"
#include <gtest/gtest.h>
#include <array>
#include <atomic>
#include <cstdio>

namespace madoguchi::testing {
namespace {

using namespace ticketing;

constexpr std::int64_t kOpeningMs = 1795392000000;

class MemoryUnderTest : public StoreUnderTest {
 public:
  TicketStore& store() override { return store_; }
  TicketStore& rival() override { return store_; }

 private:
  MemoryTicketStore store_;
};

class RedisUnderTest : public StoreUnderTest {
 public:
  TicketStore& store() override { return process_.store(); }
  TicketStore& rival() override { return rival_.store(); }

 private:
  RedisServer server_;
  RedisProcess process_{OptionsFor(server_)};
  RedisProcess rival_{OptionsFor(server_)};
};

}  // namespace

std::unique_ptr<StoreUnderTest> MakeMemoryStore() {
  return std::make_unique<MemoryUnderTest>();
}

std::unique_ptr<StoreUnderTest> MakeRedisStore() {
  return std::make_unique<RedisUnderTest>();
}

redis::ClientOptions OptionsFor(RedisServer const& server) {
  redis::ClientOptions options;
  options.unix_socket = server.socket();
  options.greeting = {LoadTicketingLibrary()};
  return options;
}

RedisProcess::RedisProcess(redis::ClientOptions const& options)
    : client_(loop_, options),
      store_(std::make_unique<RedisTicketStore>(client_, kCity)) {}

RedisProcess::~RedisProcess() = default;

absl::Status StoreCalls::Open(Hall const& hall, int at_ms, bool carry_over) {
  return Await<std::monostate>([&](auto done) {
           store_.OpenDay(hall, carry_over, At(at_ms), Soon(), std::move(done));
         })
      .status();
}

absl::StatusOr<Settled> StoreCalls::Issue(IssueOrder const& order) {
  return Await<Settled>(
      [&](auto done) { store_.Issue(order, Soon(), std::move(done)); });
}

absl::StatusOr<View> StoreCalls::Look(LookQuery const& query) {
  return Await<View>(
      [&](auto done) { store_.Look(query, Soon(), std::move(done)); });
}

absl::StatusOr<Settled> StoreCalls::Settle(Settlement const& settlement) {
  return Await<Settled>(
      [&](auto done) { store_.Settle(settlement, Soon(), std::move(done)); });
}

absl::StatusOr<DueView> StoreCalls::LookDue(int at_ms, int limit,
                                            OfficeId const& office) {
  return Await<DueView>([&](auto done) {
    store_.LookDue(office, At(at_ms), limit, Soon(), std::move(done));
  });
}

absl::StatusOr<SweepView> StoreCalls::LookSweep(BusinessDay from, int limit,
                                                OfficeId const& office) {
  return Await<SweepView>([&](auto done) {
    store_.LookSweep(office, from, limit, Soon(), std::move(done));
  });
}

absl::Status StoreCalls::SettleSweep(SweepSettlement const& settlement) {
  return Await<std::monostate>([&](auto done) {
           store_.SettleSweep(settlement, Soon(), std::move(done));
         })
      .status();
}

absl::Status StoreCalls::TrimLog(int days, OfficeId const& office) {
  return Await<std::monostate>([&](auto done) {
           store_.TrimLog(office, days, Soon(), std::move(done));
         })
      .status();
}

absl::StatusOr<std::optional<Ticket>> StoreCalls::FindNumber(
    Series const& series, std::string const& number, Hall const& hall) {
  return Await<std::optional<Ticket>>([&](auto done) {
    store_.FindNumber(hall, series, number, Soon(), std::move(done));
  });
}

absl::StatusOr<TicketPage> StoreCalls::List(TicketId const& after, int limit,
                                            Hall const& hall) {
  return Await<TicketPage>([&](auto done) {
    store_.ListTickets(hall, after, limit, Soon(), std::move(done));
  });
}

absl::StatusOr<EventPage> StoreCalls::Log(std::int64_t after, int limit,
                                          OfficeId const& office) {
  return Await<EventPage>([&](auto done) {
    store_.ReadLog(office, after, limit, Soon(), std::move(done));
  });
}

Ticket StoreCalls::IssueTicket(ServiceId const& service, int at_ms) {
  auto const settled = Issue(OrderFor(service, at_ms));
  if (!settled.ok() || !settled->request.outcome.ticket) {
    ADD_FAILURE() << settled.status();
    return {};
  }
  return *settled->request.outcome.ticket;
}

QueueView StoreCalls::Queue(QueueId const& queue, int depth, Hall const& hall) {
  LookQuery query;
  query.hall = hall;
  query.queues = {queue};
  query.depth = depth;
  auto const view = Look(query);
  if (!view.ok()) {
    ADD_FAILURE() << view.status();
    return {};
  }
  return view->queues.at(0);
}

QueueView StoreCalls::Queue(ServiceId const& service, int depth) {
  return Queue(QueueId{service.value}, depth);
}

absl::Status StoreCalls::Sweep(BusinessDay from, Hall const& to,
                               bool carry_over, int limit) {
  while (true) {
    auto const view = LookSweep(from, limit, to.office);
    if (!view.ok()) return view.status();
    auto const status = SettleSweep(SweepOf(*view, from, to, carry_over));
    if (!status.ok() || view->next.empty()) return status;
  }
}

Request NewRequest(std::string const& command) {
  static std::atomic<int> last = 0;
  std::array<char, 40> id{};
  std::snprintf(id.data(), id.size(), "00000000-0000-4000-8000-%012d", ++last);
  return {{id.data()}, command};
}

Timestamp At(int ms) {
  return Timestamp(std::chrono::milliseconds(kOpeningMs + ms));
}

IssueOrder OrderFor(ServiceId const& service, int at_ms) {
  IssueOrder order;
  order.request = NewRequest("IssueTicket:1");
  order.hall = kHall;
  order.now = At(at_ms);
  order.service = service;
  order.series = {{service == kTax ? "b" : "a"}, "A", 101, 5};
  order.language = "ja";
  return order;
}

Change<Ticket> MoveTo(Ticket const& ticket, TicketState state) {
  Change<Ticket> change{ticket, ticket};
  change.after.state = state;
  ++change.after.version;
  change.after.counter = kDesk;
  return change;
}

Settlement SettlementOf(Change<Ticket> const& change, EventKind kind) {
  Settlement settlement;
  settlement.request = NewRequest();
  settlement.hall = kHall;
  settlement.ticket = change;
  settlement.outcome.ticket = change.after;
  settlement.event.emplace();
  settlement.event->kind = kind;
  settlement.event->day = kHall.day;
  settlement.event->time = At(0);
  settlement.event->ticket = change.after;
  return settlement;
}

Settlement CallOf(Ticket const& ticket, std::vector<QueueId> const& others,
                  int limit) {
  auto settlement = SettlementOf(MoveTo(ticket, TicketState::kCalled),
                                 EventKind::kTicketCalled);
  settlement.call = {others, limit};
  settlement.outcome.reason = "NEXT_IN_TURN";
  settlement.event->reason = "NEXT_IN_TURN";
  return settlement;
}

SweepSettlement SweepOf(SweepView const& view, BusinessDay from, Hall const& to,
                        bool carry_over) {
  SweepSettlement settlement{to.office, from, to.day, view.cursor,
                             view.next, {},   {}};
  for (auto const& ticket : view.tickets) {
    if (!IsLive(ticket.state)) continue;
    auto after = ticket;
    ++after.version;
    Event event;
    if (carry_over && ticket.state == TicketState::kWaiting) {
      if (!after.carried_over_from) after.carried_over_from = from;
      event.kind = EventKind::kTicketCarriedOver;
    } else {
      after.state = TicketState::kExpired;
      event.kind = EventKind::kTicketExpired;
    }
    event.day = to.day;
    event.time = At(0);
    event.ticket = after;
    settlement.changes.push_back({{ticket, after}, event});
  }
  return settlement;
}

}  // namespace madoguchi::testing
