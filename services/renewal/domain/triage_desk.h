#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_TRIAGE_DESK_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_TRIAGE_DESK_H

#include "services/base/clock.h"
#include "services/office/office.h"
#include "services/renewal/domain/case_settings.h"
#include "services/renewal/domain/decide.h"
#include "services/renewal/domain/triage.h"
#include "absl/status/statusor.h"
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace madoguchi::renewal {

/// A question and what was chosen, by their codes.
struct GivenAnswer {
  std::string question;
  std::string choice;
};

/// How the authority does, for whoever asks. Thread safe.
class UpstreamView {
 public:
  virtual ~UpstreamView() = default;
  virtual Upstream Now(OfficeId const& office) const = 0;
};

/// Asks visitors before they take a ticket. Keeps nothing. Thread safe; what it
/// is given must outlive it.
class TriageDesk {
 public:
  TriageDesk(City const& city, std::map<OfficeId, CaseSettings> const& settings,
             UpstreamView const& upstream, Clock const& clock)
      : city_(city), settings_(settings), upstream_(upstream), clock_(clock) {}

  /// The next question, or the advice, after `answers` in the order in which
  /// they were given; or the advice for whoever would rather talk to staff.
  ///
  /// Fails with `OFFICE_NOT_FOUND`, and with `ANSWER_INVALID` for a choice that
  /// its question does not have.
  absl::StatusOr<std::variant<Question, Decision>> Ask(
      OfficeId const& office, std::vector<GivenAnswer> const& answers,
      bool talk_to_staff) const;

 private:
  City const& city_;
  std::map<OfficeId, CaseSettings> const& settings_;
  UpstreamView const& upstream_;
  Clock const& clock_;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_TRIAGE_DESK_H
