#include "services/ticketing/adapters/read_office_state.h"
#include "services/ticketing/domain/day_change.h"
#include "services/ticketing/domain/office_projection.h"
#include "services/ticketing/domain/office_state_fold.h"
#include "services/ticketing/domain/queues.h"
#include "services/ticketing/domain/settle_due.h"
#include "tests/contract/random_hall.h"
#include "tests/support/await.h"
#include "tests/support/status_matchers.h"
#include "tests/support/ticket_builders.h"
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

// Plays random days at the desks of two processes on one Redis, and folds the
// logs: whatever happened, the fold must come to what Redis holds. A failure
// prints its seed; `MADOGUCHI_SEED=n` repeats it, `MADOGUCHI_DAYS=n` plays
// fewer.
namespace madoguchi::testing {
namespace {

using namespace ticketing;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::IsEmpty;

constexpr int kPresses = 150;

int FromEnvironment(char const* name, int otherwise) {
  auto const* const value = std::getenv(name);
  return value == nullptr ? otherwise : std::atoi(value);
}

// One office carries those who wait over, the other does not.
City CityOfTwoOffices() {
  auto city = MakeCity();
  city.id = kCity;
  for (auto& office : city.offices) {
    for (auto& series : office.series) series.size = 40;
    office.routed_languages = {"en"};
    office.counters[1].languages = {"en"};
    office.call_policy.recall_spacing = seconds(0);
    office.call_policy.absent_expires = minutes(30);
    office.desk_policy.finish_prompt = minutes(45);
    office.desk_policy.undo = minutes(2);
    office.log_days = 5;
  }
  city.offices[0].day_end = DayEnd::kCarryOver;
  return city;
}

// What a reader of an office's log knows: the state, and the hall's picture.
class Reader {
 public:
  explicit Reader(Office const& office)
      : office_(office), fold_(office), projection_(office) {}

  OfficeState const& state() const { return fold_.state(); }
  OfficeProjection const& projection() const { return projection_; }
  std::set<EventKind> const& kinds() const { return kinds_; }

  // Reads up to the end.
  void Read(TicketStore& store) {
    while (true) {
      auto const page = Await<EventPage>([&](auto done) {
        store.ReadLog(office_.id, state().sequence, 500, Soon(),
                      std::move(done));
      });
      ASSERT_THAT(page, IsOk());
      for (auto const& event : page->events) {
        kinds_.insert(event.kind);
        ASSERT_THAT(fold_.Apply(event), IsEmpty());
        projection_.Apply(event);
      }
      if (state().sequence >= page->last_sequence) return;
    }
  }

 private:
  Office const& office_;
  OfficeStateFold fold_;
  OfficeProjection projection_;
  std::set<EventKind> kinds_;
};

// The hall's picture must say what the state says.
void ComparePicture(Office const& office, OfficeState const& state,
                    HallPicture const& picture) {
  EXPECT_EQ(picture.sequence, state.sequence);
  std::map<ServiceId, std::int64_t> waiting;
  for (auto const& [queue, orders] : state.waiting) {
    auto const service = ServiceOf(queue);
    if (service) waiting[*service] += static_cast<std::int64_t>(orders.size());
  }
  for (auto const& view : picture.services) {
    EXPECT_EQ(view.waiting, waiting[view.service]) << view.service.value;
  }
  for (auto const& view : picture.counters) {
    auto const at = state.counters.find(view.counter);
    auto const counter = at == state.counters.end() ? Counter() : at->second;
    EXPECT_EQ(view.open, counter.open) << view.counter.value;
    EXPECT_EQ(view.paused, counter.activity == CounterActivity::kPaused);
    EXPECT_EQ(view.number,
              counter.Busy() ? state.tickets.at(counter.ticket).number : "")
        << office.id.value << " counter " << view.counter.value;
  }
  std::vector<std::string> missed;
  for (auto const& [id, ticket] : state.tickets) {
    if (ticket.state == TicketState::kAbsent) missed.push_back(ticket.number);
  }
  EXPECT_THAT(picture.missed, ::testing::UnorderedElementsAreArray(missed));
}

// What a press may come to: something was changed, or refused for a reason of
// the hall.
bool IsLawful(absl::Status const& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kResourceExhausted:
      return true;
    default:
      return false;
  }
}

class RebuildTest : public ::testing::Test {
 protected:
  void Wait(milliseconds time) {
    clock_.Advance(time);
    // A little ahead, as clocks are.
    rival_clock_.Set(clock_.Now() + skew_);
  }

  void WaitUntil(Timestamp time) {
    Wait(Timestamp::duration(time - clock_.Now()));
  }

  DeskProcess& AnyProcess() { return hall_.Pick(2) == 0 ? process_ : rival_; }

  void PressInEachProcess() {
    auto const& office = city_.offices[static_cast<std::size_t>(hall_.Pick(2))];
    auto const& other = city_.offices[static_cast<std::size_t>(hall_.Pick(2))];
    auto first = hall_.Press(process_, office, StateOf(office));
    auto second = hall_.Press(rival_, other, StateOf(other));
    for (auto* const pressed : {&first, &second}) {
      auto const status = pressed->get();
      ASSERT_TRUE(IsLawful(status)) << status;
    }
    ReadLogs();
  }

  void SettleEverythingDue() {
    for (auto const& office : city_.offices) {
      for (auto* const process : {&process_, &rival_}) {
        auto const settled = Await<DueDone>([&](auto done) {
          SettleDue(process->context(), office, kDueLimit, Soon(),
                    std::move(done));
        });
        ASSERT_THAT(settled, IsOk());
        ASSERT_FALSE(settled->more);
      }
    }
  }

  // Both processes at once, as they do each second.
  void SettleDueAtOnce() {
    for (auto const& office : city_.offices) {
      std::vector<std::future<absl::Status>> settled;
      for (auto* const process : {&process_, &rival_}) {
        auto promise = std::make_shared<std::promise<absl::Status>>();
        settled.push_back(promise->get_future());
        SettleDue(process->context(), office, 8, Soon(),
                  [promise](absl::StatusOr<DueDone> done) {
                    promise->set_value(done.status());
                  });
      }
      for (auto& each : settled) ASSERT_THAT(each.get(), IsOk());
    }
  }

  void ReadLogs() {
    for (auto& [id, reader] : readers_) {
      reader.Read(AnyProcess().context().store);
    }
  }

  OfficeState const& StateOf(Office const& office) {
    return readers_.at(office.id).state();
  }

  void Compare(char const* when) {
    SCOPED_TRACE(when);
    ReadLogs();
    for (auto const& office : city_.offices) {
      SCOPED_TRACE(office.id.value + " on " +
                   std::to_string(StateOf(office).day.yyyymmdd));
      auto const held =
          ReadOfficeState(process_.client(), city_.id, office, Soon());
      ASSERT_THAT(held, IsOk());
      EXPECT_THAT(Differences(*held, StateOf(office)), IsEmpty());
      ComparePicture(office, StateOf(office),
                     readers_.at(office.id).projection().Picture(clock_.Now()));
    }
  }

  // Opens the day in the morning, compares, and does it again with a part of
  // what the day before left swept.
  void OpenSlowly() {
    for (auto const& office : city_.offices) {
      auto const before = StateOf(office).day;
      auto const today = BusinessDayOf(office, clock_.Now());
      auto& store = AnyProcess().context().store;
      ASSERT_THAT(Await<std::monostate>([&](auto done) {
                    store.OpenDay({office.id, today},
                                  office.day_end == DayEnd::kCarryOver,
                                  clock_.Now(), Soon(), std::move(done));
                  }),
                  IsOk());
      Compare("opened");
      if (HasFailure() || before.yyyymmdd == 0) return;
      auto const view = Await<SweepView>([&](auto done) {
        store.LookSweep(office.id, before, 1 + hall_.Pick(8), Soon(),
                        std::move(done));
      });
      ASSERT_THAT(view, IsOk());
      auto const part = DecideSweep(office, before, today, office.day_end,
                                    *view, clock_.Now());
      ASSERT_THAT(Await<std::monostate>([&](auto done) {
                    store.SettleSweep(part, Soon(), std::move(done));
                  }),
                  IsOk());
      Compare("swept in part");
      if (HasFailure()) return;
    }
  }

  // Everybody works when the business day changes.
  void WorkThroughTheNight(Timestamp change) {
    WaitUntil(change - seconds(30));
    skew_ = milliseconds(0);
    for (int i = 0; i != 40 && !HasFailure(); ++i) {
      Wait(milliseconds(hall_.Pick(2000)));
      PressInEachProcess();
      if (hall_.Pick(5) == 0) SettleDueAtOnce();
    }
    skew_ = milliseconds(300);
  }

  void PlayDay(Timestamp midnight) {
    if (hall_.Pick(2) == 0) {
      WorkThroughTheNight(midnight + hours(4));
    } else {
      WaitUntil(midnight + hours(8));
      OpenSlowly();
    }
    WaitUntil(midnight + hours(8) + minutes(30));
    for (int i = 0; i != kPresses / 2 && !HasFailure(); ++i) {
      Wait(seconds(hall_.Pick(180)));
      PressInEachProcess();
      if (hall_.Pick(4) == 0) SettleDueAtOnce();
      if (i == kPresses / 4) Compare("at noon");
    }
    if (HasFailure()) return;
    Compare("in the evening");
    Wait(hours(3));
    SettleEverythingDue();
    Compare("at night");
  }

  City const city_ = CityOfTwoOffices();
  FakeClock clock_{kTenOClock};
  FakeClock rival_clock_{kTenOClock};
  milliseconds skew_{300};
  RedisServer server_;
  DeskProcess process_{server_, city_, clock_};
  DeskProcess rival_{server_, city_, rival_clock_};
  int const seed_ = FromEnvironment("MADOGUCHI_SEED", 1);
  RandomHall hall_{city_, static_cast<unsigned>(seed_)};
  std::map<OfficeId, Reader> readers_ = [&] {
    std::map<OfficeId, Reader> readers;
    for (auto const& office : city_.offices) {
      readers.emplace(office.id, Reader(office));
    }
    return readers;
  }();
};

TEST_F(RebuildTest, TheLogRebuildsRedisAfterEachOfAHundredRandomDays) {
  SCOPED_TRACE("MADOGUCHI_SEED=" + std::to_string(seed_));
  int const days = FromEnvironment("MADOGUCHI_DAYS", 100);
  // Midnight in Tokyo.
  auto midnight = kTenOClock - hours(10);
  for (int day = 0; day != days && !HasFailure(); ++day) {
    SCOPED_TRACE("day " + std::to_string(day));
    // Sometimes an office is closed for a day or two.
    midnight += hours(24) * (hall_.Pick(5) == 0 ? 1 + hall_.Pick(3) : 1);
    PlayDay(midnight);
  }
  if (HasFailure()) return;

  std::set<EventKind> kinds;
  for (auto const& office : city_.offices) {
    auto const& reader = readers_.at(office.id);
    kinds.insert(reader.kinds().begin(), reader.kinds().end());
    // Older days were removed from the log; what is left tells the same.
    Reader late(office);
    late.Read(rival_.context().store);
    EXPECT_THAT(Differences(reader.state(), late.state()), IsEmpty());
    EXPECT_EQ(late.projection().Picture(clock_.Now()),
              reader.projection().Picture(clock_.Now()));
    auto const begin = Await<EventPage>([&](auto done) {
      process_.context().store.ReadLog(office.id, 0, 1, Soon(),
                                       std::move(done));
    });
    ASSERT_THAT(begin, IsOk());
    EXPECT_EQ(begin->first_sequence > 1, days > office.log_days);
  }
  // Or the days were not random enough.
  if (days < 100) return;
  for (int kind = 0; kind <= static_cast<int>(EventKind::kCounterResumed);
       ++kind) {
    EXPECT_TRUE(kinds.contains(static_cast<EventKind>(kind))) << kind;
  }
}

}  // namespace
}  // namespace madoguchi::testing
