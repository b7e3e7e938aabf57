#include "services/renewal/adapters/memory_case_store.h"
#include "services/renewal/domain/errors.h"
#include <algorithm>

namespace madoguchi::renewal {

void MemoryCaseStore::Look(OfficeId const& office, RequestId const& request,
                           CaseId const& id, MachineTime, Done<CaseView> done) {
  CaseView view;
  {
    MutexLock const lock(mu_);
    auto const settled = settled_.find(request);
    if (settled != settled_.end()) view.settled = settled->second;
    auto const found = cases_.find({office, id});
    if (found != cases_.end()) view.renewal = found->second.renewal;
  }
  done(std::move(view));
}

void MemoryCaseStore::Settle(CaseSettlement const& settlement, MachineTime,
                             Done<SettledCase> done) {
  auto settled = [&] {
    MutexLock const lock(mu_);
    return SettleNow(settlement);
  }();
  done(std::move(settled));
}

absl::StatusOr<SettledCase> MemoryCaseStore::SettleNow(
    CaseSettlement const& settlement) {
  auto const before = settled_.find(settlement.request.id);
  if (before != settled_.end()) return before->second;
  Key const key{settlement.office, settlement.after.id};
  auto const found = cases_.find(key);
  auto const version =
      found == cases_.end() ? 0 : found->second.renewal.version;
  if (version != settlement.seen_version) {
    return error::CaseChanged(settlement.after.id);
  }
  cases_[key] = {settlement.after, settlement.loses_track};
  auto& log = logs_[settlement.office];
  log.push_back(settlement.event);
  log.back().sequence = static_cast<std::int64_t>(log.size());
  if (settlement.event.kind == CaseEventKind::kIssuancePlanned) {
    queue_.push_back({{std::to_string(++entries_), settlement.office,
                       settlement.after.id, settlement.after.issuance->id},
                      std::nullopt});
  }
  SettledCase settled{settlement.request.command, settlement.after};
  settled_[settlement.request.id] = settled;
  return settled;
}

void MemoryCaseStore::ListOfTicket(OfficeId const& office,
                                   TicketRef const& ticket, MachineTime,
                                   Done<std::vector<RenewalCase>> done) {
  std::vector<RenewalCase> cases;
  {
    MutexLock const lock(mu_);
    for (int person = 1; person <= kMostPersons; ++person) {
      auto const found = cases_.find({office, MakeCaseId(ticket, person)});
      if (found != cases_.end()) cases.push_back(found->second.renewal);
    }
  }
  done(std::move(cases));
}

void MemoryCaseStore::ListLive(OfficeId const& office, CaseId const& after,
                               int limit, MachineTime,
                               Done<std::vector<RenewalCase>> done) {
  std::vector<RenewalCase> live;
  {
    MutexLock const lock(mu_);
    for (auto const& [key, kept] : cases_) {
      if (key.first == office && IsLive(kept.renewal.state)) {
        live.push_back(kept.renewal);
      }
    }
    auto const order = [](RenewalCase const& renewal) {
      return std::pair(renewal.started, renewal.id);
    };
    std::sort(live.begin(), live.end(), [&](auto const& a, auto const& b) {
      return order(a) < order(b);
    });
    auto const last = cases_.find({office, after});
    if (last != cases_.end()) {
      auto const from = order(last->second.renewal);
      std::erase_if(live,
                    [&](auto const& each) { return order(each) <= from; });
    }
  }
  if (live.size() > static_cast<std::size_t>(limit)) {
    live.resize(static_cast<std::size_t>(limit));
  }
  done(std::move(live));
}

void MemoryCaseStore::ListParked(OfficeId const& office, MachineTime,
                                 Done<std::vector<CaseId>> done) {
  std::vector<CaseId> parked;
  {
    MutexLock const lock(mu_);
    for (auto const& [key, kept] : cases_) {
      if (key.first == office && WaitsForUpstream(kept.renewal)) {
        parked.push_back(key.second);
      }
    }
  }
  done(std::move(parked));
}

void MemoryCaseStore::TakeQueued(std::string const&, int limit,
                                 std::chrono::milliseconds idle, MachineTime,
                                 Done<std::vector<QueuedIssuance>> done) {
  std::vector<QueuedIssuance> taken;
  {
    MutexLock const lock(mu_);
    auto const now = std::chrono::steady_clock::now();
    for (bool const is_new : {false, true}) {
      for (auto& each : queue_) {
        if (taken.size() == static_cast<std::size_t>(limit)) break;
        if (is_new == each.taken.has_value()) continue;
        if (!is_new && now - *each.taken < idle) continue;
        each.taken = now;
        taken.push_back(each.issuance);
      }
    }
  }
  done(std::move(taken));
}

void MemoryCaseStore::DropQueued(std::string const& entry, MachineTime,
                                 Done<std::monostate> done) {
  {
    MutexLock const lock(mu_);
    std::erase_if(queue_, [&](Queued const& each) {
      return each.issuance.entry == entry;
    });
  }
  done(std::monostate());
}

void MemoryCaseStore::LookWork(OfficeId const& office, Timestamp now, int limit,
                               MachineTime, Done<CaseWork> done) {
  CaseWork work;
  auto const add = [&](std::vector<CaseId>& to, CaseId const& id) {
    if (to.size() < static_cast<std::size_t>(limit)) to.push_back(id);
  };
  {
    MutexLock const lock(mu_);
    for (auto const& [key, kept] : cases_) {
      if (key.first != office) continue;
      auto const& renewal = kept.renewal;
      if (renewal.errand) add(work.errands, renewal.id);
      if (kept.loses_track && *kept.loses_track <= now) {
        add(work.lost, renewal.id);
      }
      if (WaitsForUpstream(renewal)) ++work.parked;
    }
  }
  done(std::move(work));
}

std::vector<CaseEvent> MemoryCaseStore::Events(OfficeId const& office) {
  MutexLock const lock(mu_);
  return logs_[office];
}

}  // namespace madoguchi::renewal
