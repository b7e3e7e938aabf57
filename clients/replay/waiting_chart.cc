#include "clients/replay/waiting_chart.h"
#include "clients/texts/texts.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>

namespace madoguchi::replay {
namespace {

constexpr int kWidth = 960;
constexpr int kLeft = 70;
constexpr int kRight = 24;
constexpr int kTop = 64;
constexpr int kPlotHeight = 360;
constexpr int kPlotWidth = kWidth - kLeft - kRight;
constexpr int kLegendRow = 22;
constexpr std::size_t kMostLines = 7;

// Where visits are short the count goes up and down every few seconds, and a
// line that shows each step is a black bar.
constexpr std::chrono::minutes kBin{5};

// Okabe and Ito: told apart by people of every colour vision. Black is for all.
constexpr std::array<char const*, kMostLines> kColours = {
    "#0072B2", "#D55E00", "#009E73", "#CC79A7",
    "#56B4E9", "#E69F00", "#7A7A7A"};

std::string Escape(std::string const& text) {
  return absl::StrReplaceAll(
      text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

struct Line {
  std::string label;
  std::string colour;
  int width = 2;
  WaitingSteps steps;
};

int Peak(WaitingSteps const& steps) {
  int peak = 0;
  for (auto const& step : steps) peak = std::max(peak, step.second);
  return peak;
}

std::string Label(LocalizedText const& name) {
  return name.en.empty() || name.en == name.ja
             ? name.ja
             : absl::StrCat(name.ja, " / ", name.en);
}

/// The text `id` in both languages.
std::string Said(std::string_view id, texts::Values const& values = {}) {
  return texts::InBoth(id, values, " / ");
}

/// All first, then the services by how many come for them.
std::vector<Line> MakeLines(std::vector<Visit> const& visits,
                            Office const& office) {
  std::map<std::string, std::vector<Visit>> by_service;
  for (auto const& visit : visits) {
    by_service[visit.service.value].push_back(visit);
  }
  std::vector<Service const*> services;
  for (auto const& service : office.services) {
    if (by_service.count(service.id.value) != 0) services.push_back(&service);
  }
  std::stable_sort(
      services.begin(), services.end(), [&](auto const* a, auto const* b) {
        return by_service[a->id.value].size() > by_service[b->id.value].size();
      });

  std::vector<Line> lines{
      {Said("chart.all"), "#000000", 3, CountWaiting(visits)}};
  std::vector<Visit> rest;
  for (std::size_t i = 0; i != services.size(); ++i) {
    auto const& own = by_service[services[i]->id.value];
    if (i + 1 >= kMostLines && services.size() > kMostLines) {
      rest.insert(rest.end(), own.begin(), own.end());
      continue;
    }
    lines.push_back(
        {Label(services[i]->display_name), kColours[i], 2, CountWaiting(own)});
  }
  if (!rest.empty()) {
    lines.push_back(
        {Said("chart.others"), kColours.back(), 2, CountWaiting(rest)});
  }
  return lines;
}

/// Where points in time and counts lie on the paper.
class Axes {
 public:
  Axes(WaitingSteps const& all, std::string const& time_zone) {
    absl::LoadTimeZone(time_zone, &zone_);
    auto const first = all.empty() ? Timestamp() : all.front().first;
    auto const last = all.empty() ? Timestamp() : all.back().first;
    begin_ = absl::FromCivil(absl::ToCivilHour(ToAbsl(first), zone_), zone_);
    end_ = absl::FromCivil(absl::ToCivilHour(ToAbsl(last), zone_) + 1, zone_);
    double peak = 1;
    for (auto const& mean : AverageWaiting(all, kBin)) {
      peak = std::max(peak, mean.waiting);
    }
    for (int const step : {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000}) {
      step_ = step;
      if (peak <= step * 6) break;
    }
    top_ = static_cast<int>(std::ceil(peak / step_)) * step_;
  }

  double X(Timestamp time) const { return X(ToAbsl(time)); }
  double Y(double count) const {
    return kTop + kPlotHeight - count * kPlotHeight / top_;
  }

  std::string Draw() const {
    std::string svg;
    for (int count = 0; count <= top_; count += step_) {
      absl::StrAppendFormat(&svg,
                            "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" "
                            "stroke=\"%s\"/>\n<text x=\"%d\" y=\"%.1f\" "
                            "text-anchor=\"end\">%d</text>\n",
                            kLeft, Y(count), kLeft + kPlotWidth, Y(count),
                            count == 0 ? "#404040" : "#DDDDDD", kLeft - 8,
                            Y(count) + 4, count);
    }
    auto const hours = absl::ToInt64Hours(end_ - begin_);
    // More than 14 labels run into each other.
    auto const every = std::max<std::int64_t>((hours + 13) / 14, 1);
    for (std::int64_t hour = 0; hour <= hours; hour += every) {
      auto const time = begin_ + absl::Hours(hour);
      absl::StrAppendFormat(&svg,
                            "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" "
                            "stroke=\"#DDDDDD\"/>\n<text x=\"%.1f\" y=\"%d\" "
                            "text-anchor=\"middle\">%s</text>\n",
                            X(time), kTop, X(time), kTop + kPlotHeight, X(time),
                            kTop + kPlotHeight + 20,
                            absl::FormatTime("%H:%M", time, zone_));
    }
    return svg;
  }

 private:
  static absl::Time ToAbsl(Timestamp time) {
    return absl::FromUnixMillis(time.time_since_epoch().count());
  }
  double X(absl::Time time) const {
    return kLeft +
           absl::FDivDuration(time - begin_, end_ - begin_) * kPlotWidth;
  }

  absl::TimeZone zone_;
  absl::Time begin_;
  absl::Time end_;
  int step_ = 1;
  int top_ = 1;
};

std::string DrawLine(Line const& line, Axes const& axes) {
  auto const means = AverageWaiting(line.steps, kBin);
  if (means.empty()) return "";
  std::string path =
      absl::StrFormat("M%.1f %.1f", axes.X(means.front().begin), axes.Y(0));
  for (auto const& mean : means) {
    absl::StrAppendFormat(&path, "H%.1fV%.1f", axes.X(mean.begin),
                          axes.Y(mean.waiting));
  }
  absl::StrAppendFormat(&path, "H%.1fV%.1f", axes.X(means.back().begin + kBin),
                        axes.Y(0));
  return absl::StrFormat(
      "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%d\" "
      "stroke-linejoin=\"round\"/>\n",
      path, line.colour, line.width);
}

}  // namespace

WaitingSteps CountWaiting(std::vector<Visit> const& visits) {
  std::map<Timestamp, int> changes;
  for (auto const& visit : visits) {
    if (!visit.arrival) continue;
    ++changes[*visit.arrival];
    if (visit.call) {
      --changes[*visit.call];
    } else if (visit.end) {
      --changes[*visit.end];
    }
  }
  WaitingSteps steps;
  int waiting = 0;
  for (auto const& [time, change] : changes) {
    waiting += change;
    steps.emplace_back(time, waiting);
  }
  return steps;
}

std::vector<MeanWaiting> AverageWaiting(WaitingSteps const& steps,
                                        std::chrono::minutes bin) {
  std::vector<MeanWaiting> means;
  if (steps.empty()) return means;
  auto const first =
      Timestamp(steps.front().first.time_since_epoch() / bin * bin);
  auto step = steps.begin();
  int waiting = 0;
  for (auto begin = first; begin <= steps.back().first; begin += bin) {
    auto at = begin;
    double sum = 0;
    for (; step != steps.end() && step->first < begin + bin; ++step) {
      sum += waiting * static_cast<double>((step->first - at).count());
      at = step->first;
      waiting = step->second;
    }
    sum += waiting * static_cast<double>((begin + bin - at).count());
    means.push_back({begin, sum / static_cast<double>(
                                      std::chrono::milliseconds(bin).count())});
  }
  return means;
}

std::string DrawWaitingChart(std::vector<Visit> const& visits,
                             Office const& office, std::string const& date) {
  auto const lines = MakeLines(visits, office);
  Axes const axes(lines.front().steps, office.time_zone);
  int const legend_top = kTop + kPlotHeight + 62;
  int const height =
      legend_top + static_cast<int>(lines.size()) * kLegendRow + 8;

  std::string svg = absl::StrFormat(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
      "viewBox=\"0 0 %d %d\" font-family=\"'Noto Sans CJK JP','Noto Sans "
      "JP','IPAGothic',sans-serif\" font-size=\"13\" fill=\"#222222\">\n"
      "<rect width=\"100%%\" height=\"100%%\" fill=\"#FFFFFF\"/>\n",
      kWidth, height, kWidth, height);
  absl::StrAppendFormat(
      &svg,
      "<text x=\"%d\" y=\"28\" font-size=\"18\" font-weight=\"bold\">"
      "%s</text>\n<text x=\"%d\" y=\"50\">%s, %s (%s)</text>\n",
      kLeft, Escape(Said("chart.title")), kLeft,
      Escape(Label(office.display_name)), Escape(date),
      Escape(Said("chart.means", {{"m", absl::StrCat(kBin.count())}})));
  absl::StrAppend(&svg, axes.Draw());
  absl::StrAppendFormat(
      &svg,
      "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n<text "
      "transform=\"translate(22 %d) rotate(-90)\" "
      "text-anchor=\"middle\">%s</text>\n",
      kLeft + kPlotWidth / 2, kTop + kPlotHeight + 42,
      Escape(Said("chart.time_of_day")), kTop + kPlotHeight / 2,
      Escape(Said("chart.people_waiting")));
  // The total lies on top, whatever crosses it.
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    absl::StrAppend(&svg, DrawLine(*line, axes));
  }
  for (std::size_t i = 0; i != lines.size(); ++i) {
    int const y = legend_top + static_cast<int>(i) * kLegendRow;
    absl::StrAppendFormat(
        &svg,
        "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" "
        "stroke-width=\"%d\"/>\n<text x=\"%d\" y=\"%d\">%s"
        "  (%s %d)</text>\n",
        kLeft, y, kLeft + 28, y, lines[i].colour, lines[i].width + 1,
        kLeft + 38, y + 5, Escape(lines[i].label), Escape(Said("chart.most")),
        Peak(lines[i].steps));
  }
  return svg + "</svg>\n";
}

}  // namespace madoguchi::replay
