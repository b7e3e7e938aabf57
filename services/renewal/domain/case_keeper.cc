#include "services/renewal/domain/case_keeper.h"
#include "services/base/name_uuid.h"
#include "services/base/status_macros.h"
#include "services/renewal/domain/case_command.h"
#include "services/renewal/domain/case_life.h"
#include "services/renewal/domain/errors.h"
#include <string>
#include <utility>
#include <vector>

namespace madoguchi::renewal {
namespace {

constexpr int kMostPerPass = 64;

}  // namespace

void CaseKeeper::Pass(OfficeId const& office, MachineTime deadline,
                      Done<CasesKept> done) {
  store_.LookWork(
      office, clock_.Now(), kMostPerPass, deadline,
      [this, office, deadline,
       done = std::move(done)](absl::StatusOr<CaseWork> const& work) mutable {
        if (!work.ok()) return done(work.status());
        for (auto const& id : work->errands) RunErrand(office, id, deadline);
        for (auto const& id : work->lost) LoseTrack(office, id, deadline);
        done(CasesKept{static_cast<int>(work->errands.size()),
                       static_cast<int>(work->lost.size()), work->parked});
      });
}

void CaseKeeper::RunErrand(OfficeId const& office, CaseId const& id,
                           MachineTime deadline) {
  store_.Look(office, {}, id, deadline,
              [this, deadline](absl::StatusOr<CaseView> const& view) {
                if (!view.ok() || !view->renewal) return;
                errands_.Run(*view->renewal, deadline, [](auto const&) {});
              });
}

void CaseKeeper::LoseTrack(OfficeId const& office, CaseId const& id,
                           MachineTime deadline) {
  store_.Look(
      office, {}, id, deadline,
      [this, office, id, deadline](absl::StatusOr<CaseView> const& view) {
        if (!view.ok() || !view->renewal || !view->renewal->issuance) return;
        auto const attempt = view->renewal->issuance->id;
        CaseCommand command;
        command.office = office;
        command.id = id;
        command.request = *ReadRequest(NameUuid("lost:" + attempt.value),
                                       "lose-track", {attempt.value});
        RunCaseCommand(
            store_, clock_, scheduler_, std::move(command),
            [attempt, id](std::optional<RenewalCase> const& seen,
                          Timestamp) -> absl::StatusOr<CaseDecision> {
              if (!seen) return error::CaseNotFound(id);
              MADOGUCHI_ASSIGN_OR_RETURN(auto after,
                                         life::LoseTrack(*seen, attempt));
              return CaseDecision{std::move(after),
                                  CaseEventKind::kIssuanceUnclear};
            },
            deadline, [](auto const&) {});
      });
}

void CaseKeeper::EndDays(Office const& office, MachineTime deadline) {
  if (office.day_end == DayEnd::kCarryOver) return;
  EndDaysAfter(office, {}, deadline);
}

void CaseKeeper::EndDaysAfter(Office const& office, CaseId const& last,
                              MachineTime deadline) {
  store_.ListLive(office.id, last, kMostPerPass, deadline,
                  [this, &office, deadline](
                      absl::StatusOr<std::vector<RenewalCase>> const& cases) {
                    if (!cases.ok()) return;
                    auto const today = BusinessDayOf(office, clock_.Now());
                    for (auto const& each : *cases) {
                      // In the order in which they began: the rest is of today.
                      if (BusinessDayOf(office, each.started) >= today) return;
                      EndDay(each, deadline);
                    }
                    if (cases->size() == kMostPerPass) {
                      EndDaysAfter(office, cases->back().id, deadline);
                    }
                  });
}

void CaseKeeper::EndDay(RenewalCase const& renewal, MachineTime deadline) {
  if (life::EndOfDay(renewal, clock_.Now()).version == renewal.version) return;
  auto const name = renewal.office.value + "/" + renewal.id.value + "/" +
                    std::to_string(renewal.version);
  CaseCommand command;
  command.office = renewal.office;
  command.id = renewal.id;
  command.request = *ReadRequest(NameUuid("day:" + name), "end-day", {name});
  RunCaseCommand(
      store_, clock_, scheduler_, std::move(command),
      [id = renewal.id](std::optional<RenewalCase> const& seen,
                        Timestamp now) -> absl::StatusOr<CaseDecision> {
        if (!seen) return error::CaseNotFound(id);
        auto after = life::EndOfDay(*seen, now);
        auto const kind = after.state == CaseState::kFinished
                              ? CaseEventKind::kFinished
                              : CaseEventKind::kAbandoned;
        return CaseDecision{std::move(after), kind};
      },
      deadline, [](auto const&) {});
}

}  // namespace madoguchi::renewal
