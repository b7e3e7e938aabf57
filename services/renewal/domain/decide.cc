#include "services/renewal/domain/decide.h"

namespace madoguchi::renewal {
namespace {

using Match = Comparison::Match;

bool EndsWithReset(Outcome outcome) {
  return outcome == Outcome::kResetThenRenew ||
         outcome == Outcome::kResetThenNewIssue;
}

bool IssuesTickets(RowId row) {
  return row != RowId::kC01 && row != RowId::kC02;
}

std::vector<Note> NotesOf(Answers const& answers, Circumstances const& now) {
  std::vector<Note> notes;
  if (now.upstream == Upstream::kSlow || now.busy_hours || now.busy_day) {
    notes.push_back(Note::kBusy);
  }
  bool const is_proxy = answers.who.values().Are(Who::kVol);
  // A voluntary proxy needs what came in that envelope.
  if (answers.expiry_notice.values().Are(YesNo::kNo) && !is_proxy) {
    notes.push_back(Note::kNoticeNotNeeded);
  }
  if (answers.who.values().Are(Who::kSelf) &&
      answers.holder.values().Are(Holder::kAge15To17)) {
    notes.push_back(Note::kAge15To17);
  }
  if (is_proxy && answers.same_household.values().Has(YesNo::kYes)) {
    notes.push_back(Note::kFamilyIsProxy);
  }
  return notes;
}

void AddText(AdviceText text, Decision& decision) {
  if (text != AdviceText::kNone) decision.texts.push_back(text);
}

// A text that names a date needs one.
AdviceText Dated(AdviceText text,
                 std::optional<std::chrono::year_month_day> const& date) {
  if (date) return text;
  if (text == AdviceText::kTooEarly) return AdviceText::kTooEarlyUndated;
  if (text == AdviceText::kClosed) return AdviceText::kClosedUndated;
  return text;
}

std::optional<std::chrono::year_month_day> DateOf(RowId row,
                                                  Answers const& answers,
                                                  Circumstances const& now) {
  if (row == RowId::kC01) return now.next_open_day;
  if (row == RowId::kC13) return answers.first_renewal_day;
  return std::nullopt;
}

// What each city decides for itself.
void ApplyRules(RenewalRules const& rules, Decision& decision) {
  if (decision.row == RowId::kC03 && rules.custody) {
    decision.outcome = Outcome::kCustody;
    decision.service = RenewalService::kOtherMynumber;
    AddText(AdviceText::kCustody, decision);
  }
  if (decision.way_on == WayOn::kHolderReset &&
      rules.proxy_reset == ProxyReset::kTwoVisits) {
    decision.way_on = WayOn::kProxyReset;
  }
  if (EndsWithReset(decision.outcome)) {
    switch (rules.reset_proof) {
      case ResetProof::kCardOnly:
        break;
      case ResetProof::kSecondId:
        AddText(AdviceText::kSecondId, decision);
        break;
      case ResetProof::kOralQuestions:
        AddText(AdviceText::kOralQuestions, decision);
        break;
    }
  }
}

Decision DecisionOf(Row const& row, Facts const& taken, Answers const& answers,
                    Circumstances const& circumstances,
                    RenewalRules const& rules) {
  Decision decision;
  decision.row = row.id;
  decision.outcome = row.when_expired && taken.cert.Are(CertStanding::kExpired)
                         ? *row.when_expired
                         : row.outcome;
  decision.way_on = row.way_on;
  decision.service = row.service;
  decision.may_consult = IssuesTickets(row.id);
  decision.date = DateOf(row.id, answers, circumstances);
  AddText(Dated(row.text, decision.date), decision);
  AddText(row.also, decision);
  if (row.missing) decision.missing.push_back(*row.missing);
  decision.user_cert_only = row.user_cert_only;
  ApplyRules(rules, decision);
  // C-04 is behind the rows that look at no answer.
  if (row.id > RowId::kC03) decision.notes = NotesOf(answers, circumstances);
  return decision;
}

bool Holds(Row const& row, Circumstances const& circumstances,
           RenewalRules const& rules) {
  return row.holds == nullptr || row.holds(circumstances, rules);
}

}  // namespace

std::string_view CodeOf(Note note) {
  switch (note) {
    case Note::kBusy:
      return "C-04";
    case Note::kNoticeNotNeeded:
      return "C-26";
    case Note::kAge15To17:
      return "C-27";
    case Note::kFamilyIsProxy:
      return "C-39";
  }
  return "";
}

AdviceText TextOf(Note note) {
  switch (note) {
    case Note::kBusy:
      return AdviceText::kBusy;
    case Note::kNoticeNotNeeded:
      return AdviceText::kNoticeNotNeeded;
    case Note::kAge15To17:
      return AdviceText::kSigningPossible;
    case Note::kFamilyIsProxy:
      return AdviceText::kProxy;
  }
  return AdviceText::kNone;
}

Decision Decide(Answers const& answers, Circumstances const& circumstances,
                RenewalRules const& rules) {
  auto const possible = PossibleFacts(answers);
  auto const taken = PossibleFacts(AsUsual(answers));
  auto checks = Values<Fact>::None();
  for (auto const& row : Rows()) {
    if (!Holds(row, circumstances, rules)) continue;
    auto const comparison = Compare(possible, row.when);
    if (comparison.match == Match::kNo) continue;
    checks.Add(comparison.open);
    if (Compare(taken, row.when).match != Match::kYes) continue;
    auto decision = DecisionOf(row, taken, answers, circumstances, rules);
    decision.staff_checks = checks.List();
    return decision;
  }
  return DecisionOf(Rows().back(), taken, answers, circumstances, rules);
}

Decision TalkToStaff(Circumstances const& circumstances,
                     RenewalRules const& rules) {
  for (auto const& row : Rows()) {
    if (row.id > RowId::kC02) break;
    if (Holds(row, circumstances, rules)) {
      return DecisionOf(row, {}, {}, circumstances, rules);
    }
  }
  return DecisionOf(Rows().back(), {}, {}, circumstances, rules);
}

}  // namespace madoguchi::renewal
