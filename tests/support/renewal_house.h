#ifndef MADOGUCHI_TESTS_SUPPORT_RENEWAL_HOUSE_H
#define MADOGUCHI_TESTS_SUPPORT_RENEWAL_HOUSE_H

#include "services/renewal/adapters/memory_case_store.h"
#include "services/renewal/adapters/memory_upstream_store.h"
#include "services/renewal/domain/renewal_desk.h"
#include "services/renewal/domain/upstream_desk.h"
#include "tests/support/fake_clock.h"
#include "tests/support/manual_scheduler.h"
#include "absl/status/status.h"
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace madoguchi::renewal {

inline constexpr Timestamp kOpening{
    std::chrono::milliseconds(1'780'270'200'000)};
inline OfficeId const kHonchoId{"honcho"};

inline City CityOfOneOffice() {
  City city;
  city.id = {"akishima"};
  Office office;
  office.id = kHonchoId;
  office.counters = {{CounterId{"2"}, {}, {}}, {CounterId{"3"}, {}, {}}};
  city.offices.push_back(office);
  return city;
}

/// Ticketing as far as a case knows it: one ticket, and what was asked under
/// which id. Not thread safe.
class OneTicket : public TicketPort {
 public:
  enum class State { kServing, kOnHold, kWaiting, kCompleted };

  void Do(RenewalCase const&, Errand const& errand,
          std::string const& request_id, MachineTime,
          Done<std::monostate> done) override {
    if (is_down_) return done(absl::UnavailableError("down"));
    auto const known = answers_.find(request_id);
    auto const answer =
        known == answers_.end() ? Move(errand.kind) : known->second;
    // Only what ticketing settled is kept.
    if (answer.ok() || absl::IsFailedPrecondition(answer)) {
      answers_[request_id] = answer;
    }
    if (loses_reply_) {
      loses_reply_ = false;
      return done(absl::DeadlineExceededError("lost"));
    }
    if (!answer.ok()) return done(answer);
    done(std::monostate());
  }

  void AskServed(OfficeId const&, TicketRef const&, CounterId const&,
                 MachineTime, Done<bool> done) override {
    if (is_down_) return done(absl::UnavailableError("down"));
    done(state_ == State::kServing);
  }

  void LookHall(OfficeId const&, MachineTime, Done<HallView> done) override {
    if (is_down_) return done(absl::UnavailableError("down"));
    done(hall_);
  }

  void SetHall(HallView hall) { hall_ = std::move(hall); }
  void SetDown(bool is_down) { is_down_ = is_down; }
  void LoseNextReply() { loses_reply_ = true; }
  void SetState(State state) { state_ = state; }
  /// Not under the same id again.
  void RefuseNextMove(absl::Status refusal) { refusal_ = std::move(refusal); }
  State state() const { return state_; }
  int moves() const { return moves_; }

 private:
  absl::Status Move(Errand::Kind kind) {
    if (refusal_) return *std::exchange(refusal_, std::nullopt);
    bool const is_let_go =
        kind == Errand::Kind::kWait &&
        (state_ == State::kWaiting || state_ == State::kServing);
    bool const is_resumed =
        kind == Errand::Kind::kResume && state_ == State::kServing;
    if (is_let_go || is_resumed) return absl::OkStatus();
    bool const is_held =
        kind == Errand::Kind::kResume || kind == Errand::Kind::kWait;
    if (state_ != (is_held ? State::kOnHold : State::kServing)) {
      return absl::FailedPreconditionError("wrong state");
    }
    state_ = kind == Errand::Kind::kResume ? State::kServing
             : kind == Errand::Kind::kWait ? State::kWaiting
             : kind == Errand::Kind::kHold ? State::kOnHold
                                           : State::kCompleted;
    ++moves_;
    return absl::OkStatus();
  }

  HallView hall_;
  State state_ = State::kServing;
  int moves_ = 0;
  bool is_down_ = false;
  bool loses_reply_ = false;
  std::optional<absl::Status> refusal_;
  std::map<std::string, absl::Status> answers_;
};

/// A store that stops answering when told: a process killed before or after a
/// settlement. Not thread safe.
class StoppingStore : public CaseStore {
 public:
  explicit StoppingStore(CaseStore& under) : under_(under) {}

  // After `count` more steps; `reaches` says whether the next one still
  // reaches the store, and only its answer is lost.
  void StopAfter(int count, bool reaches) {
    left_ = count;
    reaches_ = reaches;
  }
  void GoOn() { left_ = -1; }
  // Called before each settlement: a rival who is faster.
  void SetRival(std::function<void()> rival) { rival_ = std::move(rival); }

  void Look(OfficeId const& office, RequestId const& request, CaseId const& id,
            MachineTime deadline, Done<CaseView> done) override {
    if (Stops()) return done(error());
    under_.Look(office, request, id, deadline, std::move(done));
  }
  void Settle(CaseSettlement const& settlement, MachineTime deadline,
              Done<SettledCase> done) override {
    if (Stops()) {
      if (reaches_) {
        reaches_ = false;
        under_.Settle(settlement, deadline, [](auto const&) {});
      }
      return done(error());
    }
    if (rival_) rival_();
    under_.Settle(settlement, deadline, std::move(done));
  }
  void ListOfTicket(OfficeId const& office, TicketRef const& ticket,
                    MachineTime deadline,
                    Done<std::vector<RenewalCase>> done) override {
    under_.ListOfTicket(office, ticket, deadline, std::move(done));
  }
  void ListLive(OfficeId const& office, CaseId const& after, int limit,
                MachineTime deadline,
                Done<std::vector<RenewalCase>> done) override {
    under_.ListLive(office, after, limit, deadline, std::move(done));
  }
  void ListParked(OfficeId const& office, MachineTime deadline,
                  Done<std::vector<CaseId>> done) override {
    under_.ListParked(office, deadline, std::move(done));
  }
  void LookWork(OfficeId const& office, Timestamp now, int limit,
                MachineTime deadline, Done<CaseWork> done) override {
    under_.LookWork(office, now, limit, deadline, std::move(done));
  }

 private:
  static absl::Status error() { return absl::UnavailableError("killed"); }
  bool Stops() {
    if (left_ > 0) {
      --left_;
      return false;
    }
    return left_ == 0;
  }

  CaseStore& under_;
  int left_ = -1;
  bool reaches_ = false;
  std::function<void()> rival_;
};

/// A replica of the renewal service without its wires: an office with the
/// counters 2 and 3.
struct RenewalHouse {
  City city = CityOfOneOffice();
  std::map<OfficeId, CaseSettings> settings;
  MemoryCaseStore memory;
  StoppingStore store{memory};
  OneTicket ticket;
  FakeClock clock{kOpening};
  ManualScheduler scheduler;
  ErrandRunner errands{store, ticket, clock, scheduler};
  BreakerSettings breaker = BreakerSettingsOf({});
  MemoryUpstreamStore upstream_store;
  UpstreamDesk upstream{{city, breaker, upstream_store, clock, scheduler}};
  RenewalDesk desk{
      {city, settings, store, ticket, errands, clock, scheduler, upstream}};
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_TESTS_SUPPORT_RENEWAL_HOUSE_H
