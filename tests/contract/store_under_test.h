#ifndef MADOGUCHI_TESTS_CONTRACT_STORE_UNDER_TEST_H
#define MADOGUCHI_TESTS_CONTRACT_STORE_UNDER_TEST_H

#include "services/redis/client.h"
#include "services/redis/event_loop.h"
#include "services/ticketing/domain/ticket_store.h"
#include "tests/support/redis_server.h"
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::testing {

inline CityId const kCity{"tsukimi"};
inline OfficeId const kOffice{"main"};
inline ticketing::Hall const kHall{kOffice, {20261123}};
inline ServiceId const kResidence{"residence"};
inline ServiceId const kTax{"tax"};
inline ticketing::QueueId const kResidenceQueue{"residence"};
inline ticketing::QueueId const kTaxQueue{"tax"};
inline CounterId const kDesk{"1"};
inline Series const kSeries{{"a"}, "A", 101, 5};
/// The business day behind that of `kHall`.
inline ticketing::Hall const kNextHall{kOffice, {20261124}};
/// Another office of the city, on the same day.
inline ticketing::Hall const kAnnexHall{{"annex"}, kHall.day};

/// A store and a second one on the same data, as two processes have them.
class StoreUnderTest {
 public:
  virtual ~StoreUnderTest() = default;
  virtual ticketing::TicketStore& store() = 0;
  virtual ticketing::TicketStore& rival() = 0;
};

using MakeStore = std::unique_ptr<StoreUnderTest> (*)();

std::unique_ptr<StoreUnderTest> MakeMemoryStore();
/// On a redis-server of its own.
std::unique_ptr<StoreUnderTest> MakeRedisStore();

/// How a process of ours connects to `server`.
redis::ClientOptions OptionsFor(RedisServer const& server);

/// A store as one process has it: an event loop, a connection and the adapter.
class RedisProcess {
 public:
  explicit RedisProcess(redis::ClientOptions const& options);
  ~RedisProcess();

  redis::EventLoop& loop() { return loop_; }
  redis::Client& client() { return client_; }
  ticketing::TicketStore& store() { return *store_; }

 private:
  redis::EventLoop loop_;
  redis::Client client_;
  std::unique_ptr<ticketing::TicketStore> store_;
};

/// The store's methods as calls that wait for the answer; and the values that
/// tests make over and over.
class StoreCalls {
 public:
  explicit StoreCalls(ticketing::TicketStore& store) : store_(store) {}

  absl::Status Open(ticketing::Hall const& hall = kHall, int at_ms = 0,
                    bool carry_over = false);
  absl::StatusOr<ticketing::Settled> Issue(ticketing::IssueOrder const& order);
  absl::StatusOr<ticketing::View> Look(ticketing::LookQuery const& query);
  absl::StatusOr<ticketing::Settled> Settle(
      ticketing::Settlement const& settlement);
  absl::StatusOr<ticketing::DueView> LookDue(int at_ms, int limit = 100,
                                             OfficeId const& office = kOffice);
  absl::StatusOr<ticketing::SweepView> LookSweep(
      BusinessDay from, int limit = 100, OfficeId const& office = kOffice);
  absl::Status SettleSweep(ticketing::SweepSettlement const& settlement);
  absl::Status TrimLog(int days, OfficeId const& office = kOffice);
  absl::StatusOr<std::optional<ticketing::Ticket>> FindNumber(
      Series const& series, std::string const& number,
      ticketing::Hall const& hall = kHall);
  absl::StatusOr<ticketing::TicketPage> List(
      ticketing::TicketId const& after, int limit,
      ticketing::Hall const& hall = kHall);
  absl::StatusOr<ticketing::EventPage> Log(std::int64_t after, int limit,
                                           OfficeId const& office = kOffice);

  /// Issues at `at_ms` under a new request id and answers the ticket.
  ticketing::Ticket IssueTicket(ServiceId const& service, int at_ms);
  /// The first of a queue and its overtakes.
  ticketing::QueueView Queue(ticketing::QueueId const& queue, int depth = 1,
                             ticketing::Hall const& hall = kHall);
  /// The same, of the queue of `service` itself.
  ticketing::QueueView Queue(ServiceId const& service, int depth = 1);
  /// Sweeps all that the day `from` left, in parts of `limit`.
  absl::Status Sweep(BusinessDay from, ticketing::Hall const& to,
                     bool carry_over, int limit = 100);

 private:
  ticketing::TicketStore& store_;
};

/// A request id not used before in this program.
Request NewRequest(std::string const& command = "Test:1");
/// `ms` after the hall's opening.
Timestamp At(int ms);
ticketing::IssueOrder OrderFor(ServiceId const& service, int at_ms);
/// Moves `ticket` to `state`, as a change.
ticketing::Change<ticketing::Ticket> MoveTo(ticketing::Ticket const& ticket,
                                            ticketing::TicketState state);
/// A call of `ticket` by turn; `others` are the counter's other queues.
ticketing::Settlement CallOf(ticketing::Ticket const& ticket,
                             std::vector<ticketing::QueueId> const& others,
                             int limit);
/// The change of a ticket with an event, and nothing else.
ticketing::Settlement SettlementOf(
    ticketing::Change<ticketing::Ticket> const& change,
    ticketing::EventKind kind);
/// What becomes of the part `view` of what `from` left: whoever waits is
/// carried over to `to` or else expires, as the others do that have not ended.
ticketing::SweepSettlement SweepOf(ticketing::SweepView const& view,
                                   BusinessDay from, ticketing::Hall const& to,
                                   bool carry_over);

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_CONTRACT_STORE_UNDER_TEST_H
