#ifndef MADOGUCHI_TESTS_SUPPORT_DESKS_H
#define MADOGUCHI_TESTS_SUPPORT_DESKS_H

#include "services/ticketing/adapters/memory_ticket_store.h"
#include "services/ticketing/domain/counter_desk.h"
#include "services/ticketing/domain/ticket_desk.h"
#include "tests/support/answer.h"
#include "tests/support/fake_clock.h"
#include "tests/support/flaky_ticket_store.h"
#include "tests/support/manual_scheduler.h"
#include "tests/support/ticket_builders.h"
#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::ticketing {

/// The desks of one server process, over `MakeCity` if nothing is said, at ten
/// o'clock, and what people do there, a word each. Every act but those that end
/// in `Again` is a new press. Not thread safe.
class Desks {
 public:
  explicit Desks(City of = MakeCity()) : city(std::move(of)) {}
  Desks(Desks const&) = delete;
  Desks& operator=(Desks const&) = delete;

  City city;
  FakeClock clock{kTenOClock};
  ManualScheduler scheduler;
  MemoryTicketStore memory;
  FlakyTicketStore store{memory};
  /// Closed by noting less than a tenth.
  IssueGate gate{{.disk = {.percent = 10}, .memory = {.percent = 10}}};
  DeskContext context{city, store, clock, scheduler, gate};
  TicketDesk tickets{context};
  CounterDesk counters{context};
  // Of the last press.
  std::string last_id;

  CallPolicy& Policy() { return city.offices.front().call_policy; }

  MachineTime Deadline() const {
    return scheduler.Now() + std::chrono::seconds(5);
  }

  std::string NewPress() { return last_id = Uuid(++presses_); }

  /// A command by `counter` on `ticket` as any clerk may give it.
  TicketCommand At(std::string const& counter, TicketId const& ticket) {
    return {{kHall, {counter}, 0}, ticket, 0, NewPress()};
  }

  absl::StatusOr<Ticket> Issue(std::string const& service = "renew") {
    return IssueAgain(service, NewPress());
  }
  absl::StatusOr<Ticket> IssueAgain(std::string const& service,
                                    std::string const& request_id) {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      tickets.Issue(kHall, {.service = {service}}, request_id, Deadline(),
                    std::move(done));
    });
  }
  absl::StatusOr<Ticket> Get(TicketId const& ticket) {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      tickets.Get(kHall, ticket, Deadline(), std::move(done));
    });
  }
  absl::StatusOr<Ticket> Cancel(TicketId const& ticket) {
    return CancelAgain(ticket, NewPress());
  }
  absl::StatusOr<Ticket> CancelAgain(TicketId const& ticket,
                                     std::string const& request_id) {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      tickets.Cancel(kHall, ticket, request_id, Deadline(), std::move(done));
    });
  }

  absl::StatusOr<OpenedCounter> Open(std::string const& counter,
                                     std::string const& staff = "sato") {
    return OpenAgain(counter, staff, /*take_over=*/false, NewPress());
  }
  absl::StatusOr<OpenedCounter> TakeOver(std::string const& counter,
                                         std::string const& staff) {
    return OpenAgain(counter, staff, /*take_over=*/true, NewPress());
  }
  absl::StatusOr<OpenedCounter> OpenAgain(std::string const& counter,
                                          std::string const& staff,
                                          bool take_over,
                                          std::string const& request_id) {
    return AnswerOf<OpenedCounter>([&](Done<OpenedCounter> done) {
      counters.Open({kHall, {counter}, 0}, {staff}, take_over, request_id,
                    Deadline(), std::move(done));
    });
  }
  absl::StatusOr<std::monostate> Close(std::string const& counter,
                                       std::int64_t session = 0) {
    return CloseAgain(counter, session, NewPress());
  }
  absl::StatusOr<std::monostate> CloseAgain(std::string const& counter,
                                            std::int64_t session,
                                            std::string const& request_id) {
    return AnswerOf<std::monostate>([&](Done<std::monostate> done) {
      counters.Close({kHall, {counter}, session}, request_id, Deadline(),
                     std::move(done));
    });
  }
  absl::StatusOr<CallAnswer> CallNext(std::string const& counter,
                                      std::int64_t session = 0) {
    return CallNextAgain(counter, session, NewPress());
  }
  absl::StatusOr<CallAnswer> CallNextAgain(std::string const& counter,
                                           std::int64_t session,
                                           std::string const& request_id) {
    return AnswerOf<CallAnswer>([&](Done<CallAnswer> done) {
      counters.CallNext({kHall, {counter}, session}, request_id, Deadline(),
                        std::move(done));
    });
  }

  absl::StatusOr<Ticket> Recall(TicketCommand const& command) {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      counters.Recall(command, Deadline(), std::move(done));
    });
  }
  absl::StatusOr<Ticket> StartServing(TicketCommand const& command) {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      counters.StartServing(command, Deadline(), std::move(done));
    });
  }
  absl::StatusOr<Ticket> Complete(TicketCommand const& command,
                                  std::string const& outcome = "") {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      counters.Complete(command, {.outcome = outcome}, Deadline(),
                        std::move(done));
    });
  }
  absl::StatusOr<Ticket> MarkAbsent(TicketCommand const& command) {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      counters.MarkAbsent(command, Deadline(), std::move(done));
    });
  }
  absl::StatusOr<Ticket> Return(TicketCommand const& command) {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      counters.Return(command, Deadline(), std::move(done));
    });
  }

  /// Calls somebody to `counter`, who does not come; free again afterwards.
  Ticket CallAndMiss(std::string const& counter) {
    auto const called = CallNext(counter);
    if (!called.ok() || !called->ticket) {
      ADD_FAILURE() << "nobody called: " << called.status();
      return {};
    }
    while (true) {
      auto const absent = MarkAbsent(At(counter, called->ticket->id));
      if (absent.ok()) return *absent;
      clock.Advance(std::chrono::minutes(2));
      auto const again = Recall(At(counter, called->ticket->id));
      if (!again.ok()) {
        ADD_FAILURE() << again.status();
        return {};
      }
    }
  }

  /// Everything in the log.
  std::vector<Event> Log() {
    Answer<EventPage> page;
    memory.ReadLog(kHall, 0, 1'000'000, Deadline(), page.Catch());
    return page.Get()->events;
  }

 private:
  template <typename T, typename Send>
  static absl::StatusOr<T> AnswerOf(Send send) {
    Answer<T> answer;
    send(answer.Catch());
    return answer.Get();
  }

  std::int64_t presses_ = 0;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_TESTS_SUPPORT_DESKS_H
