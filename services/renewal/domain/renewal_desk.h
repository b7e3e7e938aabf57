#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RENEWAL_DESK_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RENEWAL_DESK_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/base/scheduler.h"
#include "services/office/office.h"
#include "services/renewal/domain/case_settings.h"
#include "services/renewal/domain/case_store.h"
#include "services/renewal/domain/errand_runner.h"
#include "services/renewal/domain/press.h"
#include "services/renewal/domain/renewal_case.h"
#include "services/renewal/domain/ticket_port.h"
#include "services/renewal/domain/upstream_desk.h"
#include "services/renewal/domain/wrong_pin.h"
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::renewal {

/// What the desk works with. None of it is owned; all of it must outlive the
/// desk and every command under way.
struct DeskContext {
  City const& city;
  /// An office without an entry has the settings of a default one.
  std::map<OfficeId, CaseSettings> const& settings;
  CaseStore& store;
  TicketPort& tickets;
  ErrandRunner& errands;
  /// Office time.
  Clock const& clock;
  /// Machine time.
  Scheduler& scheduler;
  /// Hears of the calls that clerks make by hand.
  UpstreamDesk& upstream;
};

/// A press on a case.
struct CasePress {
  Press press;
  CaseId id;
  /// The version that the clerk saw; 0: any.
  std::int64_t expected_version = 0;
};

/// What a clerk has seen of a request to the authority.
enum class Finding {
  kIssued,
  kRefused,
  /// Nothing was issued: another request may be made.
  kNotIssued,
  /// The clerk cannot tell yet.
  kUnclear,
};

/// Begins cases and takes them, step by step, to their outcomes.
///
/// Thread safe; no method blocks. Each command is settled once under its
/// request id, and answers the case right after it, also to a repeat. Besides
/// its own errors each may fail
/// * with `INVALID_NAME`, `STAFF_INVALID`, `REQUEST_ID_INVALID`,
///   `REQUEST_ID_REUSED`, `OFFICE_NOT_FOUND`, `COUNTER_NOT_FOUND`;
/// * with `CASE_NOT_FOUND`, or kAborted `CASE_CHANGED` if the case is no longer
///   at `expected_version`;
/// * as the store does, and with `CASE_CONTENDED`.
class RenewalDesk {
 public:
  explicit RenewalDesk(DeskContext const& context) : context_(context) {}

  /// What an office has chosen.
  CaseSettings SettingsOf(OfficeId const& office) const;

  /// Begins the case of the `person`-th, 1 to 9, on a ticket that is being
  /// served at the counter of the press. Fails with `PERSON_INVALID`,
  /// `CASE_EXISTS` or `TICKET_NOT_SERVING`, and with kUnavailable
  /// `TICKETING_UNAVAILABLE` if nobody could tell.
  void Start(Press const& press, TicketRef const& ticket, int person,
             CasePlan const& plan, MachineTime deadline,
             Done<RenewalCase> done);

  /// Takes a step that is a clerk's to take. Fails as `life::Record`.
  void Record(CasePress const& press, Step step, MachineTime deadline,
              Done<RenewalCase> done);

  /// Fails as `life::NoteWrongPin`. `AdviceAfter` says what is to be said.
  void NoteWrongPin(CasePress const& press, WrongPin const& wrong,
                    MachineTime deadline, Done<RenewalCase> done);

  /// Fails as `life::ChooseReset`.
  void ChooseReset(CasePress const& press, MachineTime deadline,
                   Done<RenewalCase> done);

  /// Asks the authority; with the connector `manual` notes that the clerk does
  /// so now. Fails as `life::PlanIssuance`.
  void RequestIssuance(CasePress const& press, MachineTime deadline,
                       Done<RenewalCase> done);

  /// What came of the request `attempt`; `code` is that of a refusal. Fails as
  /// `life::TakeIssued`, and with `REASON_INVALID`.
  void TakeFinding(CasePress const& press, AttemptId const& attempt,
                   Finding finding, std::string const& code,
                   MachineTime deadline, Done<RenewalCase> done);

  /// Parks the case, and holds its ticket until `until` at most. Fails as
  /// `life::Park`, and with `CUSTODY_NOT_OFFERED`.
  void Park(CasePress const& press, ParkReason reason,
            std::optional<Timestamp> until, MachineTime deadline,
            Done<RenewalCase> done);

  /// Resumes ticket and case at the counter of the press. Answers the case as
  /// it is once ticketing has answered: still PARKED if it refused. Fails as
  /// `life::AskToResume`.
  void Resume(CasePress const& press, MachineTime deadline,
              Done<RenewalCase> done);

  /// Ends the case with its outcome, and with `completes_ticket` the visit.
  /// Fails as `life::Finish`.
  void Finish(CasePress const& press, bool completes_ticket,
              MachineTime deadline, Done<RenewalCase> done);

  /// Ends the case without an outcome. Fails as `life::Abandon`, and with
  /// `REASON_INVALID`.
  void Abandon(CasePress const& press, std::string const& reason,
               MachineTime deadline, Done<RenewalCase> done);

  /// The case as it is. Fails with `OFFICE_NOT_FOUND` or `CASE_NOT_FOUND`.
  void Get(OfficeId const& office, CaseId const& id, MachineTime deadline,
           Done<RenewalCase> done);

  /// The cases of a ticket, in the order of the persons. Fails with
  /// `OFFICE_NOT_FOUND`.
  void ListOfTicket(OfficeId const& office, TicketRef const& ticket,
                    MachineTime deadline, Done<std::vector<RenewalCase>> done);

  /// The cases of an office that have not ended, as they began: at most `limit`
  /// after `after`. Fails with `OFFICE_NOT_FOUND`.
  void ListLive(OfficeId const& office, CaseId const& after, int limit,
                MachineTime deadline, Done<std::vector<RenewalCase>> done);

 private:
  DeskContext const context_;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RENEWAL_DESK_H
