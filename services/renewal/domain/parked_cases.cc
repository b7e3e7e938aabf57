#include "services/renewal/domain/parked_cases.h"
#include "services/base/name_uuid.h"
#include "services/base/status_macros.h"
#include "services/renewal/domain/case_command.h"
#include "services/renewal/domain/case_life.h"
#include "services/renewal/domain/errors.h"
#include "services/renewal/domain/outcome.h"
#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

namespace madoguchi::renewal {
namespace {

// Of an office whose settings expect nothing of its services.
constexpr std::chrono::minutes kUsualCase{15};

bool IsRenewal(ServiceId const& service) {
  return service == ServiceIdOf(RenewalService::kRenewSelf) ||
         service == ServiceIdOf(RenewalService::kRenewPinReset) ||
         service == ServiceIdOf(RenewalService::kRenewProxy);
}

bool ServesRenewals(CounterSettings const& counter) {
  return std::any_of(
      counter.serves.begin(), counter.serves.end(),
      [](ServedService const& each) { return IsRenewal(each.service); });
}

bool ServesRenewals(Office const& office, CounterId const& id) {
  auto const* const counter = office.FindCounter(id);
  return counter != nullptr && ServesRenewals(*counter);
}

std::vector<CounterId> CountersOf(Office const& office) {
  std::vector<CounterId> all;
  for (auto const& counter : office.counters) all.push_back(counter.id);
  return all;
}

}  // namespace

DrainRate DrainRateOf(Office const& office,
                      std::vector<CounterId> const& open) {
  DrainRate rate;
  for (auto const& id : open) {
    if (ServesRenewals(office, id)) ++rate.counters;
  }
  std::chrono::minutes all{0};
  int services = 0;
  for (auto const& service : office.services) {
    if (!IsRenewal(service.id) || service.expected.count() <= 0) continue;
    all += service.expected;
    ++services;
  }
  double const usual = services == 0
                           ? static_cast<double>(kUsualCase.count())
                           : static_cast<double>(all.count()) / services;
  rate.cases_per_hour = 60 / usual;
  return rate;
}

void ParkedCases::Pass(Office const& office, MachineTime deadline) {
  if (!MayBeDue(office)) return;
  store_.ListParked(
      office.id, deadline,
      [this, &office, deadline](absl::StatusOr<std::vector<CaseId>> parked) {
        if (!parked.ok() || parked->empty()) return;
        tickets_.LookHall(office.id, deadline,
                          [this, &office, deadline, parked = *parked](
                              absl::StatusOr<HallView> const& hall) {
                            if (!hall.ok()) return;
                            Release(office, *hall, parked, deadline);
                          });
      });
}

// Whether it is worth looking: not before the time in which all counters of the
// office together finish a case.
bool ParkedCases::MayBeDue(Office const& office) const {
  auto const known = upstream_.Known();
  if (!IsWorking(known.health)) return false;
  auto const last = known.record.last_release.find(office.id);
  if (last == known.record.last_release.end() ||
      last->second < known.record.breaker.since) {
    return true;
  }
  auto const rate = DrainRateOf(office, CountersOf(office));
  if (rate.counters == 0) return false;
  std::chrono::duration<double, std::ratio<3600>> const interval(
      1 / (rate.counters * rate.cases_per_hour));
  return clock_.Now() - last->second >= interval;
}

void ParkedCases::Release(Office const& office, HallView const& hall,
                          std::vector<CaseId> const& parked,
                          MachineTime deadline) {
  // A family comes back on one ticket, as one.
  std::map<TicketRef, std::vector<CaseId>> families;
  for (auto const& id : parked) {
    auto const ticket = TicketOf(id);
    if (ticket) families[*ticket].push_back(id);
  }
  std::vector<Parked> waiting;
  for (auto const& [ticket, cases] : families) {
    auto const held = hall.held.find(ticket);
    if (held != hall.held.end()) {
      waiting.push_back({cases.front(), held->second});
    }
  }
  auto const rate = DrainRateOf(office, hall.open);
  if (waiting.empty() || rate.counters == 0) return;
  auto const counter = *std::find_if(
      hall.open.begin(), hall.open.end(),
      [&](CounterId const& each) { return ServesRenewals(office, each); });
  upstream_.Release(office.id, std::move(waiting), rate, deadline,
                    [this, id = office.id, counter, families, deadline](
                        absl::StatusOr<std::vector<CaseId>> const& released) {
                      if (!released.ok()) return;
                      for (auto const& first : *released) {
                        for (auto const& each : families.at(*TicketOf(first))) {
                          ReleaseCase(id, each, counter, deadline);
                        }
                      }
                    });
}

void ParkedCases::ReleaseCase(OfficeId const& office, CaseId const& id,
                              CounterId const& counter, MachineTime deadline) {
  store_.Look(
      office, {}, id, deadline,
      [this, office, id, counter,
       deadline](absl::StatusOr<CaseView> const& view) {
        if (!view.ok() || !view->renewal) return;
        auto const version = std::to_string(view->renewal->version);
        auto const name = office.value + "/" + id.value + "/" + version;
        CaseCommand command;
        command.office = office;
        command.id = id;
        command.request =
            *ReadRequest(NameUuid("release:" + name), "release", {name});
        RunCaseCommand(
            store_, clock_, scheduler_, std::move(command),
            [id, counter](std::optional<RenewalCase> const& seen,
                          Timestamp now) -> absl::StatusOr<CaseDecision> {
              if (!seen) return error::CaseNotFound(id);
              MADOGUCHI_ASSIGN_OR_RETURN(
                  auto after, life::Release(*seen, {{}, counter, now}));
              return CaseDecision{std::move(after), CaseEventKind::kReleased};
            },
            deadline,
            [this, deadline](absl::StatusOr<RenewalCase> settled) {
              if (settled.ok()) {
                errands_.Run(*settled, deadline, [](auto const&) {});
              }
            });
      });
}

}  // namespace madoguchi::renewal
