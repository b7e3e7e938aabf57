#include "tests/contract/random_choices.h"
#include "tests/contract/store_under_test.h"
#include "tests/support/status_matchers.h"
#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>
#include <utility>

// Applies the same random operations to both stores and compares every answer.
// A failure prints its seed; `MADOGUCHI_SEED=n` repeats it.
namespace madoguchi::testing {
namespace {

using namespace ticketing;

constexpr int kOperations = 1500;

std::vector<ServiceId> const kServices = {{"residence"}, {"tax"}, {"child"}};
std::vector<QueueId> const kQueues = {{"residence"}, {"residence~en"}, {"tax"},
                                      {"child"},     {"@1"},           {"@2"}};
std::vector<CounterId> const kCounters = {{"1"}, {"2"}};
std::vector<OfficeId> const kOffices = {kOffice, kAnnexHall.office};

Series SeriesOf(ServiceId const& service) {
  auto series = OrderFor(service, 0).series;
  series.size = 11;
  return series;
}

class Twins : private RandomChoices {
 public:
  explicit Twins(unsigned seed) : RandomChoices(seed) {
    for (auto const& office : kOffices) {
      days_[office] = kHall.day;
      EXPECT_THAT(memory_.Open({office, kHall.day}), IsOk());
      EXPECT_THAT(redis_.Open({office, kHall.day}), IsOk());
    }
  }

  void PlayOne() {
    now_ms_ += Pick(3);
    office_ = kOffices[OneIn(4) ? 1 : 0];
    switch (Pick(40)) {
      case 0:
        return OpenDay();
      case 1:
      case 2:
      case 3:
        return SweepPart();
      case 4:
        return List();
      case 5:
        return FindNumber();
      case 6:
        return ReadLog();
      case 7:
        return OneIn(4) ? TrimLog() : LookDue();
      case 8:
      case 9:
        return Fire();
      case 10:
      case 11:
        return Nobody();
      case 12:
      case 13:
      case 14:
        return UseDesk();
      case 15:
      case 16:
      case 17:
      case 18:
        return IssueWith(Bare());
      case 19:
      case 20:
        return LookAround();
      default:
        if (OneIn(2)) return MoveTickets();
        return OneIn(3) ? CallByTurn() : Issue();
    }
  }

  void CompareEverything() {
    for (auto const& office : kOffices) {
      office_ = office;
      while (memory_.LookDue(0, 0, office)->sweeping) {
        SweepPart();
        if (::testing::Test::HasFailure()) return;
      }
      LookAround();
      LookDue();
      ReadLog();
      auto const all = [&](StoreCalls& calls) {
        return calls.List({}, 100'000, Today());
      };
      Compare(all, TicketsOf);
      auto const page = all(memory_);
      for (auto const& ticket : page->tickets) {
        Compare([&](StoreCalls& calls) {
          return calls.FindNumber(SeriesOf(ticket.service), ticket.number,
                                  Today());
        });
      }
    }
  }

 private:
  std::vector<Ticket> const& Known() { return known_[office_]; }
  Hall Today() { return {office_, days_[office_]}; }
  // Mostly today; sometimes over, sometimes not yet open.
  Hall PickHall() {
    auto hall = Today();
    if (OneIn(30)) hall.day.yyyymmdd += Pick(2) * 2 - 1;
    return hall;
  }
  // Mostly new; sometimes one that may have been settled.
  Request PickRequest() {
    if (!requests_.empty() && OneIn(20)) return {PickFrom(requests_), "Test:2"};
    auto request = NewRequest();
    requests_.push_back(request.id);
    return request;
  }

  template <typename Call>
  void Compare(Call call) {
    Compare(call, [](auto const& value) { return value; });
  }
  template <typename Call, typename Project>
  void Compare(Call call, Project project) {
    auto const a = call(memory_);
    auto const b = call(redis_);
    ASSERT_EQ(a.status(), b.status());
    if (!a.ok()) return;
    EXPECT_EQ(project(*a), project(*b));
  }
  void CompareSettled(Settlement const& settlement) {
    CompareSettled([&](StoreCalls& calls) { return calls.Settle(settlement); },
                   settlement.issue ? settlement.issue->hall.office : office_);
  }
  // New tickets are of `office`.
  template <typename Call>
  void CompareSettled(Call call, OfficeId const& office) {
    auto const a = call(memory_);
    auto const b = call(redis_);
    ASSERT_EQ(a.status(), b.status());
    if (!a.ok()) return;
    EXPECT_EQ(a->request, b->request);
    EXPECT_EQ(a->sequence, b->sequence);
    auto const& outcome = a->request.outcome;
    bool const is_new = !outcome.arrived;
    if (outcome.ticket) Remember(is_new ? office : office_, *outcome.ticket);
    if (outcome.arrived) Remember(office, *outcome.arrived);
  }
  static std::pair<std::vector<Ticket>, bool> TicketsOf(
      TicketPage const& page) {
    return {page.tickets, page.more};
  }
  // A repeat answers an old state, so some of these are out of date: good.
  void Remember(OfficeId const& office, Ticket const& ticket) {
    for (auto& known : known_[office]) {
      if (known.id == ticket.id) {
        known = ticket;
        return;
      }
    }
    known_[office].push_back(ticket);
  }

  void OpenDay() {
    auto hall = PickHall();
    if (!OneIn(3)) ++hall.day.yyyymmdd;
    bool const carry_over = OneIn(2);
    auto const status = memory_.Open(hall, now_ms_, carry_over);
    EXPECT_EQ(status, redis_.Open(hall, now_ms_, carry_over));
    if (!status.ok() || hall.day <= days_[office_]) return;
    days_[office_] = hall.day;
    carries_over_[office_] = carry_over;
    known_[office_].clear();
    // The memory forgets them sooner.
    requests_.clear();
  }
  void SweepPart() {
    auto const due = memory_.LookDue(0, 0, office_);
    auto const from = due->sweeping.value_or(Today().day);
    int const limit = 1 + Pick(7);
    auto const a = memory_.LookSweep(from, limit, office_);
    auto const b = redis_.LookSweep(from, limit, office_);
    ASSERT_EQ(a.status(), b.status());
    if (!a.ok()) return;
    ASSERT_EQ(a->tickets, b->tickets);
    ASSERT_EQ(a->next.empty(), b->next.empty());
    // Elsewhere their numbers may have been given again already.
    bool const carry_over = carries_over_[office_] && !OneIn(3);
    auto const change = PickDueChange(now_ms_);
    auto part = SweepOf(*a, from, Today(), carry_over);
    auto twin = SweepOf(*b, from, Today(), carry_over);
    part.due = twin.due = change;
    if (OneIn(8) && !part.changes.empty()) {
      // One of them is not what the sweeper saw.
      ++part.changes.back().ticket.before.version;
      ++twin.changes.back().ticket.before.version;
    }
    auto const status = memory_.SettleSweep(part);
    ASSERT_EQ(status, redis_.SettleSweep(twin));
    if (OneIn(4)) {
      ASSERT_EQ(memory_.SettleSweep(part), redis_.SettleSweep(twin));
    }
    if (!status.ok()) return;
    for (auto const& each : part.changes) Remember(office_, each.ticket.after);
  }

  void Issue() {
    auto const& service = PickFrom(kServices);
    auto order = OrderFor(service, now_ms_ - Pick(5));
    order.request = PickRequest();
    order.hall = PickHall();
    order.series = SeriesOf(service);
    if (OneIn(3)) order.queue = PickFrom(kQueues);
    if (OneIn(3)) order.next_services = {PickFrom(kServices)};
    if (OneIn(2)) order.device = "machine|1";
    CompareSettled([&](StoreCalls& calls) { return calls.Issue(order); },
                   office_);
  }
  Settlement Bare() {
    Settlement settlement;
    settlement.request = PickRequest();
    settlement.hall = PickHall();
    if (OneIn(4)) settlement.due = PickDueChange(now_ms_);
    return settlement;
  }
  Event PickEvent(EventKind kind, Ticket const& ticket) {
    Event event;
    event.kind = kind;
    event.day = Today().day;
    event.time = At(now_ms_);
    event.ticket = ticket;
    event.at = PickFrom(kCounters);
    if (OneIn(2)) event.staff = {"aoi"};
    if (OneIn(2)) event.waited_in = QueueOf(ticket);
    return event;
  }
  // Issues one more, here or at the other office.
  void IssueWith(Settlement settlement) {
    auto const& service = PickFrom(kServices);
    auto& issue = settlement.issue.emplace();
    auto const& office = OneIn(2) ? office_ : PickFrom(kOffices);
    issue.hall = {office, days_[office]};
    if (OneIn(15)) ++issue.hall.day.yyyymmdd;
    issue.series = SeriesOf(service);
    issue.ticket.service = service;
    issue.ticket.arrival = At(now_ms_);
    issue.ticket.language = "en";
    if (OneIn(2)) issue.ticket.queue = PickFrom(kQueues);
    issue.ticket.state = static_cast<TicketState>(Pick(5));
    if (OneIn(2)) issue.ticket.moved_from = Origin{office_, {"x-1"}};
    issue.ranked_now = !OneIn(3);
    issue.ticket.rank.ms = At(now_ms_ + Pick(50)).time_since_epoch().count();
    issue.event = PickEvent(EventKind::kTicketArrived, {});
    issue.event.day = issue.hall.day;
    if (OneIn(2))
      issue.due = {{static_cast<DueKind>(Pick(4)), "", At(now_ms_)}};
    if (settlement.counter && issue.hall == settlement.hall && OneIn(2)) {
      issue.at_counter = true;
      issue.event.counter = settlement.counter->after;
    }
    CompareSettled(settlement);
  }
  void CallByTurn() {
    auto const& from = PickFrom(kQueues);
    LookQuery query;
    query.hall = Today();
    query.queues = {from};
    query.depth = 2;
    auto const view = memory_.Look(query);
    if (!view.ok() || view->queues[0].first.empty()) return LookAround();
    auto const& first = view->queues[0].first;
    auto const& chosen = first[OneIn(8) ? first.size() - 1 : 0];
    std::vector<QueueId> others;
    for (auto const& queue : kQueues) {
      if (queue != from && !OneIn(3)) others.push_back(queue);
    }
    auto call = CallOf(chosen.ticket, others, 1 + Pick(3));
    call.request = PickRequest();
    call.hall = Today();
    if (OneIn(3)) AddFurther(call);
    CompareSettled(call);
  }
  void Nobody() {
    auto nobody = Bare();
    nobody.lengths = {{PickFrom(kQueues), OneIn(3) ? 1 : 0},
                      {PickFrom(kQueues)}};
    CompareSettled(nobody);
  }
  // As it is, or, sometimes, as it was before it opened.
  Counter PickCounter() {
    LookQuery query;
    query.hall = Today();
    query.counters = {PickFrom(kCounters)};
    auto const view = memory_.Look(query);
    if (view.ok() && !OneIn(6)) return view->counters[0];
    Counter closed;
    closed.id = query.counters[0];
    return closed;
  }
  void ChangeCounter(Settlement& settlement) {
    auto const before = PickCounter();
    auto after = before;
    ++after.version;
    after.open = true;
    after.ticket = {};
    after.activity = static_cast<CounterActivity>(Pick(3));
    if (OneIn(2)) after.activity_since = At(now_ms_);
    settlement.counter = {before, after};
    if (OneIn(4)) settlement.target = PickCounter();
  }
  void UseDesk() {
    auto settlement = Bare();
    ChangeCounter(settlement);
    settlement.outcome.session = settlement.counter->after.version;
    if (OneIn(3)) return IssueWith(settlement);
    CompareSettled(settlement);
  }
  // A number that was given again must not become live a second time.
  bool MayChange(Ticket const& ticket) {
    if (IsLive(ticket.state)) return true;
    auto const found =
        memory_.FindNumber(SeriesOf(ticket.service), ticket.number, Today());
    return found.ok() && *found && (*found)->id == ticket.id;
  }
  Change<Ticket> PickChange() {
    auto const& ticket = PickFrom(Known());
    auto change = MoveTo(ticket, static_cast<TicketState>(Pick(9)));
    if (OneIn(3)) change.after.queue = PickFrom(kQueues);
    if (OneIn(3)) change.after.note = "窓口|~%";
    if (OneIn(3)) change.after.rank.ms += Pick(40) - 20;
    return change;
  }
  void AddFurther(Settlement& settlement) {
    for (int i = Pick(3); i != 0 && !Known().empty(); --i) {
      auto const change = PickChange();
      bool const again =
          !IsLive(change.before.state) ||
          (settlement.ticket &&
           settlement.ticket->before.id == change.before.id) ||
          std::any_of(settlement.further.begin(), settlement.further.end(),
                      [&](auto const& each) {
                        return each.ticket.before.id == change.before.id;
                      });
      if (again) continue;
      settlement.further.push_back(
          {change, PickEvent(EventKind::kTicketExpired, change.after)});
    }
  }
  void MoveTickets() {
    if (Known().empty()) return;
    auto const change = PickChange();
    if (!MayChange(change.before)) return;
    auto settlement = SettlementOf(change, EventKind::kTicketReturned);
    settlement.request = PickRequest();
    settlement.hall = PickHall();
    settlement.event = PickEvent(EventKind::kTicketReturned, change.after);
    if (OneIn(3)) settlement.due = PickDueChange(now_ms_);
    if (OneIn(3)) AddFurther(settlement);
    if (OneIn(3)) {
      ChangeCounter(settlement);
      settlement.event->counter = settlement.counter->after;
      if (OneIn(2)) {
        settlement.undoable = UndoableStep{
            EventKind::kTicketCompleted, At(now_ms_), change.before,
            change.after.version, settlement.counter->after.version};
      }
    }
    if (IsLive(change.before.state) && OneIn(4)) return IssueWith(settlement);
    CompareSettled(settlement);
  }
  void Fire() {
    auto const due = memory_.LookDue(now_ms_ + 20, 3, office_);
    auto settlement = Bare();
    settlement.fires =
        due->entries.empty() ? PickDue(now_ms_) : PickFrom(due->entries);
    if (OneIn(6)) settlement.fires->time += std::chrono::milliseconds(1);
    // It may be set again, but is not cleared besides.
    settlement.due.cleared.clear();
    AddFurther(settlement);
    CompareSettled(settlement);
  }

  void LookAround() {
    LookQuery query;
    query.hall = Today();
    query.requests = requests_;
    query.counters = kCounters;
    for (auto const& ticket : Known()) query.tickets.push_back(ticket.id);
    query.queues = kQueues;
    query.depth = Pick(30);
    query.undo_at = PickFrom(kCounters);
    Compare([&](StoreCalls& calls) { return calls.Look(query); },
            [](View const& view) {
              return std::make_tuple(view.requests, view.counters, view.tickets,
                                     view.queues, view.undo);
            });
  }
  void List() {
    auto const hall = PickHall();
    auto const after =
        Known().empty() || OneIn(3) ? TicketId() : PickFrom(Known()).id;
    int const limit = 1 + Pick(12);
    Compare([&](StoreCalls& calls) { return calls.List(after, limit, hall); },
            TicketsOf);
  }
  void FindNumber() {
    auto const hall = PickHall();
    auto const series = SeriesOf(PickFrom(kServices));
    auto const number = "A" + std::to_string(100 + Pick(13));
    Compare([&](StoreCalls& calls) {
      return calls.FindNumber(series, number, hall);
    });
  }
  void LookDue() {
    int const limit = 1 + Pick(20);
    int const at_ms = now_ms_ + Pick(60) - 20;
    Compare(
        [&](StoreCalls& calls) { return calls.LookDue(at_ms, limit, office_); },
        [](DueView const& view) {
          return std::make_tuple(view.day, view.sweeping, view.entries);
        });
  }
  void TrimLog() {
    int const days = 1 + Pick(4);
    EXPECT_EQ(memory_.TrimLog(days, office_), redis_.TrimLog(days, office_));
    ReadLog();
  }
  void ReadLog() {
    auto const last = memory_.Log(0, 0, office_)->last_sequence;
    auto const after = Pick(static_cast<int>(last) + 2) / (1 + Pick(3));
    int const limit = 1 + Pick(50);
    Compare([&](StoreCalls& calls) { return calls.Log(after, limit, office_); },
            [](EventPage const& page) {
              return std::make_tuple(page.events, page.first_sequence,
                                     page.last_sequence);
            });
  }

  std::unique_ptr<StoreUnderTest> memory_store_ = MakeMemoryStore();
  std::unique_ptr<StoreUnderTest> redis_store_ = MakeRedisStore();
  StoreCalls memory_{memory_store_->store()};
  StoreCalls redis_{redis_store_->store()};
  int now_ms_ = 0;
  // Where the operation is done, and which day is open where.
  OfficeId office_ = kOffice;
  std::map<OfficeId, BusinessDay> days_;
  // Whether it was opened so.
  std::map<OfficeId, bool> carries_over_;
  std::map<OfficeId, std::vector<Ticket>> known_;
  std::vector<RequestId> requests_;
};

TEST(TwinsTest, RandomOperationsGetEqualAnswers) {
  std::vector<unsigned> seeds = {1, 2, 3, 4};
  if (auto const* const seed = std::getenv("MADOGUCHI_SEED")) {
    seeds = {static_cast<unsigned>(std::strtoul(seed, nullptr, 10))};
  }
  for (auto const seed : seeds) {
    SCOPED_TRACE("MADOGUCHI_SEED=" + std::to_string(seed));
    Twins twins(seed);
    for (int i = 0; i != kOperations; ++i) {
      SCOPED_TRACE("operation " + std::to_string(i));
      twins.PlayOne();
      if (::testing::Test::HasFailure()) return;
    }
    twins.CompareEverything();
  }
}

}  // namespace
}  // namespace madoguchi::testing
