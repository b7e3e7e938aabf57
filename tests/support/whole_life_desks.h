#ifndef MADOGUCHI_TESTS_SUPPORT_WHOLE_LIFE_DESKS_H
#define MADOGUCHI_TESTS_SUPPORT_WHOLE_LIFE_DESKS_H

#include "services/ticketing/domain/settle_due.h"
#include "tests/support/desks.h"
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::ticketing {

/// `Desks` with a word for what goes beyond a plain visit. Not thread safe.
class WholeLifeDesks : public Desks {
 public:
  using Desks::Desks;

  Office& Hall() { return city.offices.front(); }

  /// A visitor of `service` who is SERVING at `counter`, which must be open and
  /// free, with nobody else waiting.
  Ticket Serving(std::string const& counter,
                 std::string const& service = "renew") {
    EXPECT_TRUE(Issue(service).ok());
    auto const called = CallNext(counter);
    auto const serving = StartServing(At(counter, called->ticket->id));
    EXPECT_TRUE(serving.ok()) << serving.status();
    return *serving;
  }

  absl::StatusOr<Ticket> IssueVisit(Visit const& visit) {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      tickets.Issue(kHall, visit, NewPress(), Deadline(), std::move(done));
    });
  }
  absl::StatusOr<Ticket> CallOutOfTurn(TicketCommand const& command) {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      counters.CallOutOfTurn(command, Deadline(), std::move(done));
    });
  }
  absl::StatusOr<Ticket> ServeVisitor(std::string const& counter,
                                      std::string const& service) {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      counters.ServeVisitor({kHall, {counter}}, {service}, "", NewPress(),
                            Deadline(), std::move(done));
    });
  }
  absl::StatusOr<Ticket> Hold(TicketCommand const& command,
                              HoldTerms const& terms = {.reason = "form"}) {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      counters.Hold(command, terms, Deadline(), std::move(done));
    });
  }
  absl::StatusOr<Ticket> ResumeServing(TicketCommand const& command) {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      counters.ResumeServing(command, Deadline(), std::move(done));
    });
  }
  absl::StatusOr<Ticket> EndHold(TicketCommand const& command) {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      counters.EndHold(command, Deadline(), std::move(done));
    });
  }
  absl::StatusOr<Transferred> Transfer(TicketCommand const& command,
                                       TransferOrder const& order) {
    return AnswerOf<Transferred>([&](Done<Transferred> done) {
      counters.Transfer(command, order, Deadline(), std::move(done));
    });
  }
  absl::StatusOr<Ticket> Designate(TicketCommand const& command,
                                   std::string const& staff = "mori") {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      counters.Designate(command, {staff}, Deadline(), std::move(done));
    });
  }
  absl::StatusOr<Ticket> SetAssist(TicketCommand const& command, bool assist) {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      counters.SetAssist(command, assist, Deadline(), std::move(done));
    });
  }
  absl::StatusOr<Ticket> Edit(TicketCommand const& command,
                              life::Edit const& edit) {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      counters.Edit(command, edit, Deadline(), std::move(done));
    });
  }
  absl::StatusOr<Ticket> Undo(std::string const& counter) {
    return AnswerOf<Ticket>([&](Done<Ticket> done) {
      counters.UndoLastStep({kHall, {counter}}, NewPress(), Deadline(),
                            std::move(done));
    });
  }
  absl::StatusOr<std::monostate> Pause(std::string const& counter,
                                       std::string const& reason = "lunch") {
    return AnswerOf<std::monostate>([&](Done<std::monostate> done) {
      counters.Pause({kHall, {counter}}, reason, NewPress(), Deadline(),
                     std::move(done));
    });
  }
  absl::StatusOr<std::monostate> EndActivity(std::string const& counter) {
    return AnswerOf<std::monostate>([&](Done<std::monostate> done) {
      counters.EndActivity({kHall, {counter}}, NewPress(), Deadline(),
                           std::move(done));
    });
  }
  absl::StatusOr<std::vector<CounterStatus>> ListCounters() {
    return AnswerOf<std::vector<CounterStatus>>(
        [&](Done<std::vector<CounterStatus>> done) {
          counters.ListCounters(kHall, Deadline(), std::move(done));
        });
  }

  /// Lets what is due in the hall happen, as a server does each second.
  DueDone SettleDueNow() {
    auto const done = AnswerOf<DueDone>([&](Done<DueDone> answer) {
      SettleDue(context, Hall(), kDueLimit, Deadline(), std::move(answer));
    });
    EXPECT_TRUE(done.ok()) << done.status();
    return done.value_or(DueDone());
  }

  /// The numbers that `counter` calls and serves from now on until nobody is
  /// left, in order.
  std::vector<std::string> ServeAll(std::string const& counter) {
    std::vector<std::string> numbers;
    while (true) {
      auto const called = CallNext(counter);
      if (!called.ok() || !called->ticket) return numbers;
      numbers.push_back(called->ticket->number);
      EXPECT_TRUE(StartServing(At(counter, called->ticket->id)).ok());
      EXPECT_TRUE(Complete(At(counter, called->ticket->id)).ok());
    }
  }

 private:
  template <typename T, typename Send>
  static absl::StatusOr<T> AnswerOf(Send send) {
    Answer<T> answer;
    send(answer.Catch());
    return answer.Get();
  }
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_TESTS_SUPPORT_WHOLE_LIFE_DESKS_H
