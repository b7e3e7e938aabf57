#include "services/renewal/adapters/case_codec.h"
#include "services/base/record.h"
#include "services/base/status_macros.h"
#include "services/renewal/domain/errors.h"
#include <chrono>
#include <utility>

namespace madoguchi::renewal {
namespace {

// Grows when a field changes its meaning; new ones at the end need no other.
constexpr std::int64_t kCaseFormat = 1;

// Letters stay what they are: Redis keeps them.
constexpr char kApplicants[] = {'H', 'S', 'V'};
constexpr char kActs[] = {'-', 'R', 'N'};
constexpr char kEndings[] = {'-', 'P', 'R'};
constexpr char kStepLetters[] = {'f', 'e', 'c', 'i', 's', 'p', 'a', 'o', 'r',
                                 'n', 'I', 'y', 'g', 't', 'm', 'x', 'b'};
constexpr char kStepKinds[] = {'D', 'W', 'R'};
constexpr char kCaseStates[] = {'O', 'P', 'F', 'A'};
constexpr char kIssuances[] = {'P', 'S', 'U', 'I', 'R'};
constexpr char kParkReasons[] = {'V', 'U', 'C'};
constexpr char kErrands[] = {'H', 'R', 'C', 'W'};
constexpr char kResults[] = {'-', 'R', 'N', 'A', 'V', 'X', 'H'};
constexpr char kCaseEvents[] = {'S', 'T', 'W', 'r', 'P', 'X', 'I', 'F',
                                'U', 'N', 'K', 'R', 'E', 'D', 'A', 'L'};

absl::Status BrokenCase() {
  return error::StoreKeyForeign("The record of a case is broken.");
}

void WritePlan(RecordWriter& writer, CasePlan const& plan) {
  std::string marks;
  if (plan.has_signing) marks.push_back('s');
  if (plan.has_user) marks.push_back('u');
  if (plan.enters_pin) marks.push_back('p');
  if (plan.resets_pin) marks.push_back('r');
  if (plan.needs_second_id) marks.push_back('i');
  if (plan.needs_authority) marks.push_back('a');
  if (plan.is_first_of_two) marks.push_back('2');
  writer.Text(plan.row)
      .Text(plan.outcome)
      .Letter(LetterOf(plan.applicant, kApplicants))
      .Letter(LetterOf(plan.act, kActs))
      .Raw(marks)
      .Letter(LetterOf(plan.ending, kEndings));
}

CasePlan ReadPlan(RecordReader& reader) {
  CasePlan plan;
  plan.row = reader.Text();
  plan.outcome = reader.Text();
  plan.applicant = reader.Letter<Applicant>(kApplicants);
  plan.act = reader.Letter<Act>(kActs);
  auto const marks = reader.Field();
  auto const has = [&](char mark) {
    return marks.find(mark) != std::string_view::npos;
  };
  plan.has_signing = has('s');
  plan.has_user = has('u');
  plan.enters_pin = has('p');
  plan.resets_pin = has('r');
  plan.needs_second_id = has('i');
  plan.needs_authority = has('a');
  plan.is_first_of_two = has('2');
  plan.ending = reader.Letter<Ending>(kEndings);
  return plan;
}

void WriteSteps(RecordWriter& writer, std::vector<StepRecord> const& steps) {
  writer.Number(static_cast<std::int64_t>(steps.size()));
  for (auto const& step : steps) {
    writer.Letter(LetterOf(step.step, kStepLetters))
        .Letter(LetterOf(step.kind, kStepKinds))
        .Time(step.time)
        .Text(step.staff.value)
        .Text(step.counter.value);
  }
}

std::vector<StepRecord> ReadSteps(RecordReader& reader) {
  std::vector<StepRecord> steps;
  auto const count = reader.Number();
  for (std::int64_t i = 0; reader.ok() && i < count; ++i) {
    StepRecord step;
    step.step = reader.Letter<Step>(kStepLetters);
    step.kind = reader.Letter<StepRecord::Kind>(kStepKinds);
    step.time = reader.Time();
    step.staff.value = reader.Text();
    step.counter.value = reader.Text();
    steps.push_back(std::move(step));
  }
  return steps;
}

// An absent part is one empty field.
void WriteIssuance(RecordWriter& writer,
                   std::optional<Issuance> const& issuance) {
  if (!issuance) {
    writer.Raw("");
    return;
  }
  writer.Letter(LetterOf(issuance->state, kIssuances))
      .Text(issuance->id.value)
      .Time(issuance->planned)
      .Time(issuance->sent)
      .Time(issuance->ended)
      .Text(issuance->refusal);
}

std::optional<Issuance> ReadIssuance(RecordReader& reader) {
  auto const letter = reader.Field();
  if (letter.empty()) return std::nullopt;
  auto const state = FromLetter<IssuanceState>(letter, kIssuances);
  reader.Require(state.has_value());
  Issuance issuance;
  issuance.state = state.value_or(IssuanceState::kUnknown);
  issuance.id.value = reader.Text();
  issuance.planned = reader.Time();
  issuance.sent = reader.OptionalTime();
  issuance.ended = reader.OptionalTime();
  issuance.refusal = reader.Text();
  return issuance;
}

void WriteParking(RecordWriter& writer, std::optional<Parking> const& parking) {
  if (!parking) {
    writer.Raw("");
    return;
  }
  writer.Letter(LetterOf(parking->reason, kParkReasons))
      .Time(parking->since)
      .Time(parking->until);
}

std::optional<Parking> ReadParking(RecordReader& reader) {
  auto const letter = reader.Field();
  if (letter.empty()) return std::nullopt;
  auto const reason = FromLetter<ParkReason>(letter, kParkReasons);
  reader.Require(reason.has_value());
  Parking parking;
  parking.reason = reason.value_or(ParkReason::kVisitor);
  parking.since = reader.Time();
  parking.until = reader.OptionalTime();
  return parking;
}

void WriteErrand(RecordWriter& writer, std::optional<Errand> const& errand) {
  if (!errand) {
    writer.Raw("");
    return;
  }
  writer.Letter(LetterOf(errand->kind, kErrands))
      .Number(errand->number)
      .Text(errand->counter.value)
      .Text(errand->staff.value)
      .Duration(errand->hold_for.value_or(std::chrono::milliseconds(0)))
      .Text(errand->outcome);
}

std::optional<Errand> ReadErrand(RecordReader& reader) {
  auto const letter = reader.Field();
  if (letter.empty()) return std::nullopt;
  auto const kind = FromLetter<Errand::Kind>(letter, kErrands);
  reader.Require(kind.has_value());
  Errand errand;
  errand.kind = kind.value_or(Errand::Kind::kHold);
  errand.number = reader.Number();
  errand.counter.value = reader.Text();
  errand.staff.value = reader.Text();
  auto const hold_for = reader.Duration();
  if (hold_for.count() != 0) errand.hold_for = hold_for;
  errand.outcome = reader.Text();
  return errand;
}

}  // namespace

std::string PackCase(RenewalCase const& renewal) {
  RecordWriter writer;
  writer.Number(renewal.version)
      .Number(kCaseFormat)
      .Letter(LetterOf(renewal.state, kCaseStates))
      .Text(renewal.id.value)
      .Text(renewal.office.value)
      .Text(renewal.ticket.value)
      .Text(renewal.counter.value)
      .Letter(LetterOf(renewal.result, kResults))
      .Text(renewal.reason)
      .Time(renewal.started)
      .Time(renewal.ended)
      .Number(renewal.errands);
  WritePlan(writer, renewal.plan);
  WriteIssuance(writer, renewal.issuance);
  WriteParking(writer, renewal.parking);
  WriteErrand(writer, renewal.errand);
  WriteSteps(writer, renewal.steps);
  writer.Later().Time(renewal.parking ? renewal.parking->released
                                      : std::nullopt);
  return writer.Take();
}

absl::StatusOr<RenewalCase> UnpackCase(std::string_view record) {
  RecordReader reader(record);
  RenewalCase renewal;
  renewal.version = reader.Number();
  reader.Format(kCaseFormat);
  renewal.state = reader.Letter<CaseState>(kCaseStates);
  renewal.id.value = reader.Text();
  renewal.office.value = reader.Text();
  renewal.ticket.value = reader.Text();
  renewal.counter.value = reader.Text();
  renewal.result = reader.Letter<CaseResult>(kResults);
  renewal.reason = reader.Text();
  renewal.started = reader.Time();
  renewal.ended = reader.OptionalTime();
  renewal.errands = reader.Number();
  renewal.plan = ReadPlan(reader);
  renewal.issuance = ReadIssuance(reader);
  renewal.parking = ReadParking(reader);
  renewal.errand = ReadErrand(reader);
  renewal.steps = ReadSteps(reader);
  reader.Later();
  auto const released = reader.OptionalTime();
  if (renewal.parking) renewal.parking->released = released;
  if (!reader.ok()) return BrokenCase();
  return renewal;
}

std::string PackCaseEvent(CaseEvent const& event) {
  RecordWriter writer;
  return writer.Letter(LetterOf(event.kind, kCaseEvents))
      .Number(kCaseFormat)
      .Time(event.time)
      .Text(event.staff.value)
      .Text(event.device)
      .Take();
}

absl::StatusOr<CaseEvent> UnpackCaseEvent(std::string_view record) {
  RecordReader reader(record);
  CaseEvent event;
  event.kind = reader.Letter<CaseEventKind>(kCaseEvents);
  reader.Format(kCaseFormat);
  event.time = reader.Time();
  event.staff.value = reader.Text();
  event.device = reader.Text();
  if (!reader.ok()) return BrokenCase();
  return event;
}

std::string PackCommand(std::string_view command) {
  return PackRecordText(command) + kRecordMark;
}

absl::StatusOr<SettledCase> UnpackSettled(std::string_view record) {
  auto const mark = record.find(kRecordMark);
  if (mark == std::string_view::npos) return BrokenCase();
  auto command = ReadRecordText(record.substr(0, mark));
  if (!command) return BrokenCase();
  MADOGUCHI_ASSIGN_OR_RETURN(auto renewal, UnpackCase(record.substr(mark + 1)));
  return SettledCase{*std::move(command), std::move(renewal)};
}

}  // namespace madoguchi::renewal
