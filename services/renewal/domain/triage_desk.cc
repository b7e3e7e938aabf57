#include "services/renewal/domain/triage_desk.h"
#include "services/renewal/domain/daily_hours.h"
#include "services/renewal/domain/errors.h"
#include <optional>
#include <utility>

namespace madoguchi::renewal {
namespace {

std::optional<Question> QuestionOf(std::string const& code) {
  for (int i = 0; i <= static_cast<int>(Question::kPin); ++i) {
    auto const question = static_cast<Question>(i);
    if (CodeOf(question) == code) return question;
  }
  return std::nullopt;
}

std::optional<Choice> ChoiceOf(Question question, std::string const& code) {
  for (auto const choice : ChoicesOf(question)) {
    if (CodeOf(choice) == code) return choice;
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<std::variant<Question, Decision>> TriageDesk::Ask(
    OfficeId const& office_id, std::vector<GivenAnswer> const& given,
    bool talk_to_staff) const {
  auto const* const office = city_.FindOffice(office_id);
  if (office == nullptr) return error::OfficeNotFound(office_id);
  Answers answers;
  for (auto const& each : given) {
    auto const question = QuestionOf(each.question);
    if (!question) return error::AnswerInvalid();
    auto const choice = ChoiceOf(*question, each.choice);
    if (!choice) return error::AnswerInvalid();
    auto const taken = Take(answers, *question, *choice);
    if (!taken) return error::AnswerInvalid();
    answers = *taken;
  }
  auto const found = settings_.find(office_id);
  auto const settings =
      found == settings_.end() ? CaseSettings() : found->second;
  auto circumstances = CircumstancesAt(*office, settings.hours, clock_.Now());
  circumstances.upstream = upstream_.Now(office_id);
  if (talk_to_staff) return TalkToStaff(circumstances, settings.rules);
  return NextStep(answers, circumstances, settings.rules);
}

}  // namespace madoguchi::renewal
