#ifndef MADOGUCHI_TESTS_SUPPORT_FLAKY_TICKET_STORE_H
#define MADOGUCHI_TESTS_SUPPORT_FLAKY_TICKET_STORE_H

#include "services/base/scheduler.h"
#include "services/ticketing/domain/ticket_store.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::ticketing {

/// A store that goes wrong, waits or lets a rival in where a test says so:
/// races without threads or sleeps. Otherwise it passes on what `inner` does,
/// which must outlive it. Not thread safe.
class FlakyTicketStore : public TicketStore {
 public:
  explicit FlakyTicketStore(TicketStore& inner) : inner_(inner) {}

  /// Runs `rival` when the next settlement (not: issue) arrives, before it is
  /// settled.
  void BeforeNextSettle(absl::AnyInvocable<void()> rival) {
    before_settle_ = std::move(rival);
  }

  /// Runs `rival` after the next look was taken and before it is answered.
  void AfterNextLook(absl::AnyInvocable<void()> rival) {
    after_look_ = std::move(rival);
  }

  /// The next mutation happens, but is answered `STORE_UNAVAILABLE`.
  void LoseNextReply() { lose_reply_ = true; }

  /// The next operation of any kind is answered `STORE_UNAVAILABLE` and does
  /// not happen.
  void LoseNextRequest() { lose_request_ = true; }

  /// The next `times` settlements are answered kAborted and do not happen.
  void AbortNext(int times = 1) { aborts_ += times; }

  /// The next `times` issues are answered `STORE_FULL` and do not happen, as
  /// Redis does without looking at the request.
  void BeFullForNextIssues(int times) { full_ += times; }

  /// Operations whose deadline `scheduler` has reached when they are sent are
  /// answered `DEADLINE_EXCEEDED` and do not happen.
  void KeepDeadlines(Scheduler const& scheduler) { scheduler_ = &scheduler; }

  /// Forgets what was to go wrong next; deadlines are still kept.
  void GoRight();

  /// Keeps operations back from now on, until `Release`.
  void Hold() { holding_ = true; }

  /// Sends what was held, in order, and holds no more.
  void Release();

  /// Sends the `index`-th of what is held, ahead of the others.
  void ReleaseOnly(std::size_t index);

  std::size_t Held() const { return held_.size(); }

  /// How many of each arrived.
  int Looks() const { return looks_; }
  int Settles() const { return settles_; }

  /// The settlements that arrived, in order, whatever became of them.
  std::vector<Settlement> const& Settlements() const { return settlements_; }

  void OpenDay(Hall const& hall, bool carry_over, Timestamp now,
               MachineTime deadline, Done<std::monostate> done) override;
  void Issue(IssueOrder const& order, MachineTime deadline,
             Done<Settled> done) override;
  void Look(LookQuery const& query, MachineTime deadline,
            Done<View> done) override;
  void Settle(Settlement const& settlement, MachineTime deadline,
              Done<Settled> done) override;
  void LookDue(OfficeId const& office, Timestamp now, int limit,
               MachineTime deadline, Done<DueView> done) override;
  void LookSweep(OfficeId const& office, BusinessDay from, int limit,
                 MachineTime deadline, Done<SweepView> done) override;
  void SettleSweep(SweepSettlement const& settlement, MachineTime deadline,
                   Done<std::monostate> done) override;
  void TrimLog(OfficeId const& office, int days, MachineTime deadline,
               Done<std::monostate> done) override;
  void FindNumber(Hall const& hall, Series const& series,
                  std::string const& number, MachineTime deadline,
                  Done<std::optional<Ticket>> done) override;
  void ListTickets(Hall const& hall, TicketId const& after, int limit,
                   MachineTime deadline, Done<TicketPage> done) override;
  void ReadLog(OfficeId const& office, std::int64_t after, int limit,
               MachineTime deadline, Done<EventPage> done) override;

 private:
  // Sends now or, while holding, later.
  void Send(absl::AnyInvocable<void()> operation);
  // Why an operation does not happen, if it does not.
  absl::Status Fail(MachineTime deadline);
  template <typename T>
  Done<T> MayLoseReply(Done<T> done);

  TicketStore& inner_;
  Scheduler const* scheduler_ = nullptr;
  absl::AnyInvocable<void()> before_settle_;
  absl::AnyInvocable<void()> after_look_;
  bool lose_reply_ = false;
  bool lose_request_ = false;
  int aborts_ = 0;
  int full_ = 0;
  bool holding_ = false;
  std::deque<absl::AnyInvocable<void()>> held_;
  int looks_ = 0;
  int settles_ = 0;
  std::vector<Settlement> settlements_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_TESTS_SUPPORT_FLAKY_TICKET_STORE_H
