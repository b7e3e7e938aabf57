#include "services/renewal/domain/case_plan.h"

namespace madoguchi::renewal {
namespace {

// Who comes and with what is settled before the card is touched.
void AddPapers(CasePlan const& plan, std::vector<Step>& path) {
  switch (plan.applicant) {
    case Applicant::kHolder:
      path.insert(path.end(),
                  {Step::kCheckForm, Step::kCheckCard, Step::kCheckIdentity});
      break;
    case Applicant::kStatutoryProxy:
      path.insert(path.end(), {Step::kCheckForm, Step::kCheckProxyId});
      if (plan.needs_authority) path.push_back(Step::kCheckAuthority);
      path.push_back(Step::kCheckCard);
      break;
    case Applicant::kVoluntaryProxy:
      path.insert(path.end(), {Step::kCheckProxyId, Step::kCheckEnvelope,
                               Step::kCheckCard, Step::kOpenEnvelope});
      break;
  }
}

}  // namespace

std::vector<Step> PathOf(CasePlan const& plan) {
  switch (plan.ending) {
    case Ending::kNone:
      break;
    case Ending::kWrongPinInForm:
      return {Step::kExplain, Step::kReturnPapers};
    case Ending::kRefused:
      return {Step::kExplain, Step::kReturnCard};
  }
  if (plan.is_first_of_two) {
    return {Step::kCheckProxyId, Step::kTakeApplication, Step::kPostForm,
            Step::kExplain};
  }
  if (plan.act == Act::kNone) return {Step::kExplain};
  std::vector<Step> path;
  AddPapers(plan, path);
  if (plan.resets_pin) {
    if (plan.needs_second_id) path.push_back(Step::kCheckSecondId);
    path.push_back(Step::kResetPin);
  }
  if (plan.enters_pin) path.push_back(Step::kEnterPin);
  path.insert(path.end(), {Step::kIssue, Step::kCheckCopy, Step::kReturnCard});
  return path;
}

char const* CodeOf(Step step) {
  switch (step) {
    case Step::kCheckForm:
      return "CHECK_FORM";
    case Step::kCheckEnvelope:
      return "CHECK_ENVELOPE";
    case Step::kCheckCard:
      return "CHECK_CARD";
    case Step::kCheckIdentity:
      return "CHECK_IDENTITY";
    case Step::kCheckSecondId:
      return "CHECK_SECOND_ID";
    case Step::kCheckProxyId:
      return "CHECK_PROXY_ID";
    case Step::kCheckAuthority:
      return "CHECK_AUTHORITY";
    case Step::kOpenEnvelope:
      return "OPEN_ENVELOPE";
    case Step::kResetPin:
      return "RESET_PIN";
    case Step::kEnterPin:
      return "ENTER_PIN";
    case Step::kIssue:
      return "ISSUE";
    case Step::kCheckCopy:
      return "CHECK_COPY";
    case Step::kReturnCard:
      return "RETURN_CARD";
    case Step::kTakeApplication:
      return "TAKE_APPLICATION";
    case Step::kPostForm:
      return "POST_FORM";
    case Step::kExplain:
      return "EXPLAIN";
    case Step::kReturnPapers:
      return "RETURN_PAPERS";
  }
  return "UNKNOWN";
}

}  // namespace madoguchi::renewal
