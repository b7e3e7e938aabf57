#include "tests/support/flaky_ticket_store.h"
#include "services/ticketing/domain/errors.h"

namespace madoguchi::ticketing {

void FlakyTicketStore::Send(absl::AnyInvocable<void()> operation) {
  if (holding_) {
    held_.push_back(std::move(operation));
  } else {
    operation();
  }
}

void FlakyTicketStore::GoRight() {
  before_settle_ = nullptr;
  after_look_ = nullptr;
  lose_reply_ = false;
  lose_request_ = false;
  aborts_ = 0;
  full_ = 0;
}

void FlakyTicketStore::Release() {
  holding_ = false;
  while (!held_.empty()) {
    auto operation = std::move(held_.front());
    held_.pop_front();
    operation();
  }
}

void FlakyTicketStore::ReleaseOnly(std::size_t index) {
  auto const at = held_.begin() + static_cast<std::ptrdiff_t>(index);
  auto operation = std::move(*at);
  held_.erase(at);
  operation();
}

absl::Status FlakyTicketStore::Fail(MachineTime deadline) {
  if (std::exchange(lose_request_, false)) {
    return error::StoreUnavailable("request lost");
  }
  if (scheduler_ != nullptr && deadline <= scheduler_->Now()) {
    return error::DeadlineExceeded();
  }
  return absl::OkStatus();
}

template <typename T>
Done<T> FlakyTicketStore::MayLoseReply(Done<T> done) {
  if (!std::exchange(lose_reply_, false)) return done;
  return [done = std::move(done)](absl::StatusOr<T> const&) mutable {
    done(error::StoreUnavailable("reply lost"));
  };
}

void FlakyTicketStore::OpenDay(Hall const& hall, bool carry_over, Timestamp now,
                               MachineTime deadline,
                               Done<std::monostate> done) {
  Send([this, hall, carry_over, now, deadline,
        done = std::move(done)]() mutable {
    if (auto failed = Fail(deadline); !failed.ok()) return done(failed);
    inner_.OpenDay(hall, carry_over, now, deadline,
                   MayLoseReply(std::move(done)));
  });
}

void FlakyTicketStore::Issue(IssueOrder const& order, MachineTime deadline,
                             Done<Settled> done) {
  Send([this, order, deadline, done = std::move(done)]() mutable {
    if (auto failed = Fail(deadline); !failed.ok()) return done(failed);
    if (full_ > 0) {
      --full_;
      return done(error::StoreFull());
    }
    inner_.Issue(order, deadline, MayLoseReply(std::move(done)));
  });
}

void FlakyTicketStore::Look(LookQuery const& query, MachineTime deadline,
                            Done<View> done) {
  ++looks_;
  Send([this, query, deadline, done = std::move(done)]() mutable {
    if (auto failed = Fail(deadline); !failed.ok()) return done(failed);
    inner_.Look(
        query, deadline,
        [this, done = std::move(done)](absl::StatusOr<View> view) mutable {
          if (auto rival = std::exchange(after_look_, nullptr)) rival();
          done(std::move(view));
        });
  });
}

void FlakyTicketStore::Settle(Settlement const& settlement,
                              MachineTime deadline, Done<Settled> done) {
  ++settles_;
  settlements_.push_back(settlement);
  Send([this, settlement, deadline, done = std::move(done)]() mutable {
    if (auto failed = Fail(deadline); !failed.ok()) return done(failed);
    if (auto rival = std::exchange(before_settle_, nullptr)) rival();
    if (aborts_ > 0) {
      --aborts_;
      return done(error::LookAgain());
    }
    inner_.Settle(settlement, deadline, MayLoseReply(std::move(done)));
  });
}

void FlakyTicketStore::LookDue(OfficeId const& office, Timestamp now, int limit,
                               MachineTime deadline, Done<DueView> done) {
  Send([this, office, now, limit, deadline, done = std::move(done)]() mutable {
    if (auto failed = Fail(deadline); !failed.ok()) return done(failed);
    inner_.LookDue(office, now, limit, deadline, std::move(done));
  });
}

void FlakyTicketStore::LookSweep(OfficeId const& office, BusinessDay from,
                                 int limit, MachineTime deadline,
                                 Done<SweepView> done) {
  Send([this, office, from, limit, deadline, done = std::move(done)]() mutable {
    if (auto failed = Fail(deadline); !failed.ok()) return done(failed);
    inner_.LookSweep(office, from, limit, deadline, std::move(done));
  });
}

void FlakyTicketStore::SettleSweep(SweepSettlement const& settlement,
                                   MachineTime deadline,
                                   Done<std::monostate> done) {
  Send([this, settlement, deadline, done = std::move(done)]() mutable {
    if (auto failed = Fail(deadline); !failed.ok()) return done(failed);
    inner_.SettleSweep(settlement, deadline, MayLoseReply(std::move(done)));
  });
}

void FlakyTicketStore::TrimLog(OfficeId const& office, int days,
                               MachineTime deadline,
                               Done<std::monostate> done) {
  Send([this, office, days, deadline, done = std::move(done)]() mutable {
    if (auto failed = Fail(deadline); !failed.ok()) return done(failed);
    inner_.TrimLog(office, days, deadline, MayLoseReply(std::move(done)));
  });
}

void FlakyTicketStore::FindNumber(Hall const& hall, Series const& series,
                                  std::string const& number,
                                  MachineTime deadline,
                                  Done<std::optional<Ticket>> done) {
  Send(
      [this, hall, series, number, deadline, done = std::move(done)]() mutable {
        if (auto failed = Fail(deadline); !failed.ok()) return done(failed);
        inner_.FindNumber(hall, series, number, deadline, std::move(done));
      });
}

void FlakyTicketStore::ListTickets(Hall const& hall, TicketId const& after,
                                   int limit, MachineTime deadline,
                                   Done<TicketPage> done) {
  Send([this, hall, after, limit, deadline, done = std::move(done)]() mutable {
    if (auto failed = Fail(deadline); !failed.ok()) return done(failed);
    inner_.ListTickets(hall, after, limit, deadline, std::move(done));
  });
}

void FlakyTicketStore::ReadLog(OfficeId const& office, std::int64_t after,
                               int limit, MachineTime deadline,
                               Done<EventPage> done) {
  Send(
      [this, office, after, limit, deadline, done = std::move(done)]() mutable {
        if (auto failed = Fail(deadline); !failed.ok()) return done(failed);
        inner_.ReadLog(office, after, limit, deadline, std::move(done));
      });
}

}  // namespace madoguchi::ticketing
