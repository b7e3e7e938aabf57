#include "clients/replay/case_report.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include <algorithm>
#include <chrono>

namespace madoguchi::replay {
namespace {

using renewal::v1::Renewal;

// Of the decision table: the national system is away.
constexpr char kOutageRow[] = "C-03";

double MinutesOf(std::chrono::milliseconds time) {
  return std::chrono::duration<double, std::ratio<60>>(time).count();
}

bool HasEnded(Renewal const& renewal) {
  return renewal.state() == Renewal::FINISHED ||
         renewal.state() == Renewal::ABANDONED;
}

bool HasCertificates(Renewal const& renewal) {
  return renewal.result() == Renewal::RENEWED ||
         renewal.result() == Renewal::NEWLY_ISSUED;
}

std::string NameOf(Renewal const& renewal) {
  return renewal.state() == Renewal::ABANDONED
             ? "ABANDONED"
             : Renewal::Result_Name(renewal.result());
}

std::string FormatSteps(Cases const& cases) {
  auto text = absl::StrFormat("\n%-24s %7s %8s\n", "step", "times", "minutes");
  for (auto const& [step, time] : cases.steps) {
    absl::StrAppendFormat(&text, "%-24s %7d %8.1f\n",
                          renewal::v1::Step_Name(step), time.times,
                          MinutesOf(time.total) / std::max(time.times, 1));
  }
  return text;
}

}  // namespace

CaseFigures SummariseCases(Cases const& cases) {
  CaseFigures figures;
  for (auto const& record : cases.records) {
    if (record.told_at_kiosk) {
      ++figures.told_at_kiosk;
      if (record.kiosk_row == kOutageRow) ++figures.told_of_outage;
    }
    if (record.times_parked != 0) {
      ++figures.parked;
      figures.lost_minutes += MinutesOf(record.parked);
      figures.longest_minutes =
          std::max(figures.longest_minutes, MinutesOf(record.parked));
    }
    if (!record.renewal) continue;
    if (!HasEnded(*record.renewal)) {
      ++figures.open;
      continue;
    }
    ++figures.results[NameOf(*record.renewal)];
    if (!HasCertificates(*record.renewal) &&
        record.renewal->result() != Renewal::REFUSED) {
      ++figures.wasted;
    }
  }
  return figures;
}

std::string FormatCases(Cases const& cases) {
  auto const figures = SummariseCases(cases);
  int begun = figures.open;
  for (auto const& [result, count] : figures.results) begun += count;
  if (begun == 0 && figures.told_at_kiosk == 0) return "";
  auto text = absl::StrFormat("\nrenewals begun           %7d\n", begun);
  for (auto const& [result, count] : figures.results) {
    absl::StrAppendFormat(&text, "  %-22s %7d\n", result, count);
  }
  absl::StrAppendFormat(
      &text,
      "  not ended              %7d\n"
      "wasted visits            %7d   waited, and could not be served today\n"
      "  spared by the kiosk    %7d   were told so before they waited, %d of "
      "an outage\n"
      "waited for the authority %7d   %.0f minutes in all, %.0f at most\n",
      figures.open, figures.wasted, figures.told_at_kiosk,
      figures.told_of_outage, figures.parked, figures.lost_minutes,
      figures.longest_minutes);
  return text + FormatSteps(cases);
}

}  // namespace madoguchi::replay
