#include "services/renewal/domain/renewal_case.h"
#include <algorithm>

namespace madoguchi::renewal {

CaseId MakeCaseId(TicketRef const& ticket, int person) {
  return {ticket.value + "-" + std::to_string(person)};
}

std::optional<TicketRef> TicketOf(CaseId const& id) {
  auto const& text = id.value;
  if (text.size() < 3 || text[text.size() - 2] != '-' || text.back() < '1' ||
      text.back() > '9') {
    return std::nullopt;
  }
  return TicketRef{text.substr(0, text.size() - 2)};
}

std::optional<Step> NextStep(RenewalCase const& renewal) {
  for (auto const step : PathOf(renewal.plan)) {
    bool const is_done = std::any_of(
        renewal.steps.begin(), renewal.steps.end(),
        [&](StepRecord const& record) {
          return record.step == step && record.kind == StepRecord::Kind::kDone;
        });
    if (!is_done) return step;
  }
  return std::nullopt;
}

}  // namespace madoguchi::renewal
