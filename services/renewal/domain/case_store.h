#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_STORE_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_STORE_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/base/request.h"
#include "services/renewal/domain/renewal_case.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::renewal {

/// What happened to a case, as the log keeps it.
enum class CaseEventKind {
  kStarted,
  kStepTaken,
  kPinWrong,
  kResetChosen,
  kIssuancePlanned,
  kIssuanceSent,
  kIssued,
  kIssuanceRefused,
  kIssuanceUnclear,
  kNotIssued,
  kParked,
  kResumeAsked,
  kErrandEnded,
  kFinished,
  kAbandoned,
  kReleased,
};

/// One entry of an office's log of cases. The case itself, as it is after it,
/// is kept beside it.
struct CaseEvent {
  /// The store's to give.
  std::int64_t sequence = 0;
  CaseEventKind kind = CaseEventKind::kStarted;
  Timestamp time;
  /// Empty for what happened by itself.
  StaffId staff;
  /// The device that asked; empty without a devices file.
  std::string device;

  friend bool operator==(CaseEvent const&, CaseEvent const&) = default;
};

/// A request that was settled: the case right after it.
struct SettledCase {
  std::string command;
  RenewalCase renewal;

  friend bool operator==(SettledCase const&, SettledCase const&) = default;
};

struct CaseView {
  /// Nothing if the request was not settled.
  std::optional<SettledCase> settled;
  /// Nothing if there is none of the id.
  std::optional<RenewalCase> renewal;
};

/// A change of one case, at once or not at all.
struct CaseSettlement {
  Request request;
  OfficeId office;
  /// The version that was seen; 0: there was none of this id.
  std::int64_t seen_version = 0;
  RenewalCase after;
  CaseEvent event;
  /// When its issuance loses track; nothing if it has none under way.
  std::optional<Timestamp> loses_track;
};

/// What has to be done by itself: an errand, or to lose track of a request that
/// nobody has heard of for too long.
struct CaseWork {
  std::vector<CaseId> errands;
  std::vector<CaseId> lost;
  /// How many wait for the authority (`WaitsForUpstream`).
  int parked = 0;
};

/// Keeps the cases of a city.
///
/// Thread safe. No method blocks: `done` takes the answer, on a thread of the
/// store's or the caller's. A settlement happens entirely or not at all.
///
/// Any method may fail with kUnavailable, `STORE_UNAVAILABLE`, or
/// kDeadlineExceeded: the outcome of a settlement is then *unknown*, and
/// repeating it with the same request is safe and tells what happened.
/// `deadline` bounds the wait.
///
/// Every implementation must pass `CaseStoreContract`.
class CaseStore {
 public:
  virtual ~CaseStore() = default;

  /// Reads, at one moment, a case and what was settled under `request`.
  virtual void Look(OfficeId const& office, RequestId const& request,
                    CaseId const& id, MachineTime deadline,
                    Done<CaseView> done) = 0;

  /// Settles a decision, unless its request was settled before: then answers
  /// that and changes nothing. With it change what of the case is to be done by
  /// itself (its errand, its place in the queue, the time of its losing track)
  /// and the log, by one entry.
  ///
  /// Returns kAborted, `CASE_CHANGED`, if the case is no longer at
  /// `seen_version`.
  virtual void Settle(CaseSettlement const& settlement, MachineTime deadline,
                      Done<SettledCase> done) = 0;

  /// The cases of a ticket, in the order of the persons.
  virtual void ListOfTicket(OfficeId const& office, TicketRef const& ticket,
                            MachineTime deadline,
                            Done<std::vector<RenewalCase>> done) = 0;

  /// The cases of an office that have not ended, in the order in which they
  /// started; the first `limit` after `after`, from the first if that is empty.
  virtual void ListLive(OfficeId const& office, CaseId const& after, int limit,
                        MachineTime deadline,
                        Done<std::vector<RenewalCase>> done) = 0;

  /// Those that wait for the authority (`WaitsForUpstream`), in any order.
  virtual void ListParked(OfficeId const& office, MachineTime deadline,
                          Done<std::vector<CaseId>> done) = 0;

  /// What is to be done by itself at `now`, at most `limit` of each.
  virtual void LookWork(OfficeId const& office, Timestamp now, int limit,
                        MachineTime deadline, Done<CaseWork> done) = 0;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CASE_STORE_H
