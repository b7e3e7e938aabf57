#include "services/renewal/domain/errand_runner.h"
#include "services/base/name_uuid.h"
#include "services/renewal/domain/case_command.h"
#include "services/renewal/domain/case_life.h"
#include "services/renewal/domain/errors.h"
#include <cstdint>
#include <string>
#include <utility>

namespace madoguchi::renewal {
namespace {

// What ticketing says of the ticket: it did not do it and never will under this
// id. Everything else (no answer, a store that is full, a token that is wrong)
// may be put right, so the errand is run again.
bool IsLastWord(absl::Status const& status) {
  return absl::IsFailedPrecondition(status) || absl::IsNotFound(status) ||
         absl::IsInvalidArgument(status);
}

std::string NameOfErrand(RenewalCase const& renewal) {
  return renewal.office.value + "/" + renewal.id.value + "/" +
         std::to_string(renewal.errand->number);
}

}  // namespace

void ErrandRunner::Run(RenewalCase const& renewal, MachineTime deadline,
                       Done<RenewalCase> done) {
  if (!renewal.errand) return done(renewal);
  auto const name = NameOfErrand(renewal);
  tickets_.Do(
      renewal, *renewal.errand, NameUuid("errand:" + name), deadline,
      [this, name, office = renewal.office, id = renewal.id,
       number = renewal.errand->number, deadline, done = std::move(done)](
          absl::StatusOr<std::monostate> const& answer) mutable {
        bool const is_done = answer.ok();
        if (!is_done && !IsLastWord(answer.status())) {
          return done(answer.status());
        }
        CaseCommand command;
        command.office = office;
        command.id = id;
        // What ticketing said is part of the name: should two replicas ever
        // hear different things, neither takes the other's for its own.
        command.request = *ReadRequest(
            NameUuid("errand-end:" + name + (is_done ? ":done" : ":refused")),
            "end-errand", {name});
        RunCaseCommand(
            store_, clock_, scheduler_, std::move(command),
            [number, is_done, id](std::optional<RenewalCase> const& seen,
                                  Timestamp) -> absl::StatusOr<CaseDecision> {
              if (!seen) return error::CaseNotFound(id);
              return CaseDecision{life::EndErrand(*seen, number, is_done),
                                  CaseEventKind::kErrandEnded};
            },
            deadline, std::move(done));
      });
}

}  // namespace madoguchi::renewal
