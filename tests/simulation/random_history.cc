#include "tests/simulation/random_history.h"
#include "services/base/error.h"
#include "services/ticketing/adapters/memory_ticket_store.h"
#include "services/ticketing/domain/office_projection.h"
#include "services/ticketing/domain/settle_due.h"
#include "services/ticketing/domain/ticket_desk.h"
#include "tests/simulation/chance.h"
#include "tests/simulation/city_model.h"
#include "tests/simulation/city_process.h"
#include "tests/simulation/order_book.h"
#include "tests/simulation/random_city.h"
#include "tests/simulation/witness.h"
#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <utility>

namespace madoguchi::simulation {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ticketing::DueDone;

// A Monday, 9:00 in Tokyo.
constexpr Timestamp kOpening{milliseconds(1'795'392'000'000)};
constexpr std::size_t kStoryLength = 30;
constexpr std::size_t kRemembered = 60;

// A command whose outcome is settled and known, to be repeated.
struct Acknowledged {
  Order order;
  Told told;
  BusinessDay day;
};

class Player {
 public:
  explicit Player(HistorySettings const& settings)
      : settings_(settings),
        chance_(settings.seed ^ 0x6c69666568697374U),
        city_(RandomCity(chance_)),
        witness_(memory_, city_, [this] { return Clock(); }),
        orders_(city_, witness_.Model(), chance_),
        now_(kOpening) {
    ticketing::TicketStore* store = &witness_;
    if (settings.decorate) {
      decorated_ = settings.decorate(witness_);
      store = decorated_.get();
    }
    for (int i = 0; i != 2; ++i) {
      processes_.emplace_back(city_, *store, now_);
    }
  }

  HistoryResult Play() {
    while (result_.steps != settings_.steps && result_.broken.empty()) {
      ++result_.steps;
      LetTimePass();
      for (auto& process : processes_) process.store.GoRight();
      injured_ = false;
      if (chance_.Happens(0.12)) {
        if (chance_.Happens(0.5)) Injure();
        RunDueAt(AnyProcess());
      } else if (chance_.Happens(0.08) && !acknowledged_.empty()) {
        RepeatOne();
      } else {
        Injure();
        Press(orders_.Next(now_), AnyProcess());
      }
      Check();
    }
    return std::move(result_);
  }

 private:
  Timestamp Clock() const { return processes_[current_].clock.Now(); }
  Timestamp Now() const { return now_; }
  std::size_t AnyProcess() { return chance_.Pick(processes_.size()); }

  void Complain(std::string const& what) { result_.broken.push_back(what); }
  void Note(std::string const& words) {
    result_.story.push_back(std::to_string(result_.steps) + ": " + words);
    if (result_.story.size() > kStoryLength) {
      result_.story.erase(result_.story.begin());
    }
  }

  void LetTimePass() {
    auto const share = chance_.Share();
    if (share < 0.6) {
      now_ += chance_.Between(milliseconds(0), milliseconds(8'000));
    } else if (share < 0.9) {
      now_ += chance_.Between(seconds(8), minutes(2));
    } else if (share < 0.985) {
      now_ += chance_.Between(minutes(2), minutes(25));
    } else if (share < 0.995) {
      // To the cut-over hour, where clocks that differ disagree on the day.
      auto const next = NextCutOver(now_);
      now_ = next + chance_.Between(milliseconds(-1'500), milliseconds(1'500));
    } else {
      now_ += chance_.Between(std::chrono::hours(6), std::chrono::hours(40));
    }
    for (auto& process : processes_) {
      auto const skew =
          chance_.Between(milliseconds(-1'000), milliseconds(1'000));
      process.clock.Set(std::max(process.clock.Now(), now_ + skew));
    }
  }

  static Timestamp NextCutOver(Timestamp now) {
    // 4:00 in Tokyo is 19:00 UTC.
    auto const day = std::chrono::floor<std::chrono::days>(now);
    auto const at = day + std::chrono::hours(19);
    return at > now ? at : at + std::chrono::hours(24);
  }

  // Plans what goes wrong with the next operations of some process.
  void Injure() {
    auto& store = processes_[AnyProcess()].store;
    auto const share = chance_.Share();
    injured_ = share < 0.29;
    if (share < 0.05) {
      store.LoseNextReply();
    } else if (share < 0.08) {
      store.LoseNextRequest();
    } else if (share < 0.12) {
      store.AbortNext(chance_.Between(1, 3));
    } else if (share < 0.24) {
      store.BeforeNextSettle([this] { Rival(); });
    } else if (share < 0.29) {
      store.AfterNextLook([this] {
        ++late_rivals_;
        Rival();
      });
    }
  }

  // Somebody else is faster, at another process.
  void Rival() {
    ++rivals_;
    auto const before = current_;
    auto seen = witness_.Model().All();
    if (chance_.Happens(0.3)) {
      RunDueAt(1 - before);
    } else {
      Press(orders_.Next(now_), 1 - before);
    }
    witness_.DecidedOn(std::move(seen));
    current_ = before;
  }

  // Runs `send` at a process until it is answered; office and machine time pass
  // meanwhile.
  template <typename T>
  absl::StatusOr<T> Await(
      std::size_t process,
      absl::AnyInvocable<void(CityProcess&, Done<T>)> send) {
    auto const before = std::exchange(current_, process);
    auto& at = processes_[process];
    auto answer = std::make_shared<std::optional<absl::StatusOr<T>>>();
    send(at, [this, answer](absl::StatusOr<T> told) {
      if (*answer) Complain("answered twice");
      *answer = std::move(told);
    });
    for (int i = 0; !*answer && i != 400; ++i) {
      at.clock.Advance(milliseconds(20));
      at.scheduler.Advance(milliseconds(20));
    }
    current_ = before;
    if (*answer) return **answer;
    Complain("never answered");
    return absl::UnknownError("never answered");
  }

  Told SendTo(std::size_t process, Order const& order) {
    Told told;
    auto answer = Await<Told>(process, [&](CityProcess& at, Done<Told> done) {
      Send(at, order, std::move(done));
    });
    if (answer.ok()) return *std::move(answer);
    told.status = answer.status();
    return told;
  }

  void Press(Order const& order, std::size_t process) {
    witness_.Expect(order);
    auto const late_rivals = late_rivals_;
    auto const rivals = rivals_;
    auto told = SendTo(process, order);
    for (int again = 0; IsUnknown(told.status) && again != 3; ++again) {
      if (chance_.Happens(0.2)) break;
      process = AnyProcess();
      told = SendTo(process, order);
    }
    Note(Words(order) + " -> " + Reason(told));
    ++result_.happened[told.status.ok() ? Words(order.verb) : Reason(told)];
    if (IsUnknown(told.status)) return;
    if (told.status.ok()) return Acknowledge(order, told);
    // Only the step that was the last when the button was pressed is taken
    // back.
    if (order.verb == Verb::kUndo && rivals != rivals_) return;
    if (late_rivals == late_rivals_) JudgeRefusal(order, told, process);
  }

  static bool IsUnknown(absl::Status const& status) {
    return absl::IsUnavailable(status);
  }
  static std::string Reason(Told const& told) {
    return told.status.ok() ? "ok" : GetErrorInfo(told.status).reason;
  }

  void JudgeRefusal(Order const& order, Told const& told, std::size_t process) {
    auto const reason = Reason(told);
    auto const& clock = processes_[process].clock;
    if (reason == "SERIES_EXHAUSTED" && MayBeExhausted()) return;
    auto const reasons = witness_.Model().Refusals(order, clock.Now());
    if (reasons.contains(reason)) {
      if (witness_.OutcomeOf(order.id) != nullptr) {
        Complain(Words(order) + " was settled and refused");
      }
      return;
    }
    std::string lawful;
    for (auto const& each : reasons) lawful += " " + each;
    Complain(Words(order) + " was refused with " + told.status.ToString() +
             ", lawful:" + lawful);
  }

  // Only if 16 numbers in a row are in use.
  bool MayBeExhausted() const {
    for (auto const& [id, at] : witness_.Model().All()) {
      auto const live =
          std::count_if(at.tickets.begin(), at.tickets.end(),
                        [](auto& each) { return IsLive(each.second.state); });
      if (live >= 16) return true;
    }
    return false;
  }

  void Acknowledge(Order const& order, Told const& told) {
    auto const* const settled = witness_.OutcomeOf(order.id);
    if (settled == nullptr) {
      return Complain(Words(order) + " was answered and not settled");
    }
    if (told.ticket && told.ticket != settled->ticket &&
        order.verb != Verb::kOpen) {
      Complain(Words(order) + " was answered with another ticket");
    }
    if (told.arrived != settled->arrived) {
      Complain(Words(order) + " was answered with another arrival");
    }
    acknowledged_.push_back({order, told, witness_.NewestDay()});
    if (acknowledged_.size() > kRemembered) acknowledged_.pop_front();
  }

  // Sends a settled command once more, or another under its id.
  void RepeatOne() {
    auto const& one = acknowledged_[chance_.Pick(acknowledged_.size())];
    // Requests are remembered for a day.
    if (one.day != witness_.NewestDay()) return;
    auto const process = AnyProcess();
    if (chance_.Happens(0.3)) {
      auto other = orders_.Next(now_);
      if (SameArguments(other, one.order)) return;
      other.id = one.order.id;
      auto const told = SendTo(process, other);
      if (IsUnknown(told.status)) return;
      auto const reason = Reason(told);
      if (reason == "REQUEST_ID_REUSED") return;
      // What cannot be meant is refused before anything is looked up.
      if (IsRefusedUnseen(reason)) return;
      return Complain(Words(other) + " under a used id was answered " + reason);
    }
    auto const told = SendTo(process, one.order);
    Note("again " + Words(one.order) + " -> " + Reason(told));
    ++result_.happened["again " + Reason(told)];
    if (IsUnknown(told.status)) return;
    if (!Same(one.order, told, one.told)) {
      Complain("a repeat of " + Words(one.order) +
               " was answered otherwise: " + told.status.ToString());
    }
  }

  static bool IsRefusedUnseen(std::string const& reason) {
    return reason.ends_with("_INVALID") || reason == "HOLD_TOO_LONG" ||
           reason == "LANGUAGE_UNKNOWN" || reason == "OFFICE_NOT_FOUND" ||
           reason == "COUNTER_NOT_FOUND" || reason == "SERVICE_NOT_FOUND";
  }

  static bool Same(Order const& order, Told const& a, Told const& b) {
    // The ticket of an opening is the one held now.
    if (order.verb == Verb::kOpen) {
      return a.status.ok() && a.session == b.session;
    }
    return a.status.ok() && a.ticket == b.ticket && a.arrived == b.arrived &&
           a.reason == b.reason;
  }

  void RunDueAt(std::size_t process) {
    auto const& office = city_.offices[chance_.Pick(city_.offices.size())];
    auto const fired = witness_.Fired();
    auto const done =
        Await<DueDone>(process, [&](CityProcess& at, Done<DueDone> answer) {
          SettleDue(at.context, office, ticketing::kDueLimit, at.Deadline(),
                    std::move(answer));
        });
    Note("due at " + office.id.value);
    ++result_.happened["due"];
    if (!done.ok()) {
      if (!IsUnknown(done.status()) &&
          GetErrorInfo(done.status()).reason != "DAY_CLOSED") {
        Complain("SettleDue failed: " + done.status().ToString());
      }
      return;
    }
    // Otherwise rivals may have let others fire, or made something due again.
    if (injured_) return;
    result_.happened["fired"] += done->fired;
    if (done->fired != witness_.Fired() - fired) {
      Complain("SettleDue says that others fired than did");
    }
    auto const now = processes_[process].clock.Now();
    auto const& at = witness_.Model().At(office.id);
    if (at.day != BusinessDayOf(office, now)) return;
    if (at.sweeping) Complain("the day before was not swept");
    for (auto const& [key, time] : at.due) {
      if (time <= now) Complain(key + " was due and did not fire");
    }
  }

  void Check() {
    for (auto const& fault : witness_.TakeFaults()) Complain(fault);
    if (!result_.broken.empty()) return;
    for (auto const& fault : witness_.CompareAll()) Complain(fault);
  }

  HistorySettings const settings_;
  Chance chance_;
  City const city_;
  ticketing::MemoryTicketStore memory_;
  Witness witness_;
  std::unique_ptr<ticketing::TicketStore> decorated_;
  OrderBook orders_;
  std::deque<CityProcess> processes_;
  Timestamp now_;
  std::size_t current_ = 0;
  int rivals_ = 0;
  // Of them, those that came between a look and its answer.
  int late_rivals_ = 0;
  // Whether something was to go wrong in this step.
  bool injured_ = false;
  std::deque<Acknowledged> acknowledged_;
  HistoryResult result_;
};

}  // namespace

HistoryResult PlayHistory(HistorySettings const& settings) {
  return Player(settings).Play();
}

}  // namespace madoguchi::simulation
