#include "clients/wall_display/screen.h"
#include "clients/terminal/big_text.h"
#include "clients/terminal/program.h"
#include "clients/terminal/text_width.h"
#include "clients/texts/localized.h"
#include "clients/texts/texts.h"
#include "clients/wall_display/announcements.h"
#include "clients/wall_display/pages.h"
#include "absl/strings/str_join.h"
#include <algorithm>
#include <cstddef>
#include <utility>

namespace madoguchi::wall_display {

using terminal::BigTextColumns;
using terminal::DisplayWidth;
using terminal::kBigTextLines;
using terminal::PadLeft;
using terminal::PadRight;
using terminal::ShowTime;
using texts::InBoth;
using texts::InLanguage;
using texts::Language;
using texts::TextOf;
using ticketing::v1::Call;
using ticketing::v1::Ticket;

namespace {

// Below this the waiting counts go under the calls instead of beside them.
constexpr int kTwoPanels = 76;
// Between the two languages of a line.
constexpr char kBetween[] = "  ";
constexpr char kArrow[] = "-->";
// Not the arrow of a first call: seen from afar, and without colour.
constexpr char kPickupArrow[] = "==>";
// More lines of missed numbers would take the room of the calls.
constexpr std::size_t kMissedOnAPage = 8;
// A page of fewer lines than this has none to spare for its number.
constexpr std::size_t kNumberedPage = 3;

char const* ArrowOf(Call const& call) {
  return call.pickup() ? kPickupArrow : kArrow;
}

/// Lines of one width.
class Panel {
 public:
  Panel(View const& view, int columns)
      : view_(view), columns_(std::max(columns, 0)) {}

  void Add(std::string const& text, Style style) {
    lines_.push_back({{PadRight(text, columns_), style}});
  }
  void AddWrapped(std::string const& text, Style style) {
    for (auto const& line : terminal::Wrap(text, columns_)) Add(line, style);
  }
  void AddBlank() { Add("", Style::kNormal); }

  void AddBigCall(Call const& call) {
    auto const big = Look(call, Style::kBig, Style::kBigCall, Style::kBigDim);
    auto const small = Look(call, Style::kStrong, Style::kCall, Style::kDim);
    auto const number = terminal::BigText(call.number());
    auto const counter = terminal::BigText(call.counter());
    auto const label = view_.hall.LabelOf(call.counter());
    int const used = BigCallColumns(call);
    for (std::size_t i = 0; i != number.size(); ++i) {
      bool const middle = i == kBigTextLines / 2;
      std::string sign;
      if (middle) sign = label.ja();
      if (i == kBigTextLines / 2 + 1) sign = label.en();
      if (i == 0 && call.pickup()) {
        sign = InBoth("display.pickup_mark");
      }
      lines_.push_back(
          {{" ", Style::kNormal},
           {number[i], big},
           {middle ? std::string("  ") + ArrowOf(call) + "  " : "       ",
            small},
           {counter[i], big},
           {PadRight("  " + sign, columns_ - used), small}});
    }
    AddBlank();
  }

  static int BigCallColumns(Call const& call) {
    return 1 + BigTextColumns(static_cast<int>(call.number().size())) + 7 +
           BigTextColumns(static_cast<int>(call.counter().size()));
  }

  void AddCall(Call const& call) {
    auto const label = view_.hall.LabelOf(call.counter());
    std::string line = "  " + PadRight(call.number(), 7) + ArrowOf(call) +
                       "  " + label.ja() + "  " + label.en();
    if (call.pickup()) line += "  [" + InBoth("display.pickup_mark") + "]";
    if (call.state() == Ticket::SERVING) {
      line += "  (" + InBoth("display.serving") + ")";
    }
    Add(line, Look(call, Style::kStrong, Style::kCall, Style::kDim));
  }

  int size() const { return static_cast<int>(lines_.size()); }
  int columns() const { return columns_; }
  std::vector<Line> Take() { return std::move(lines_); }

 private:
  Style Look(Call const& call, Style called, Style announced,
             Style come) const {
    if (view_.announced && view_.pulse &&
        view_.announced->number() == call.number()) {
      return announced;
    }
    return call.state() == Ticket::CALLED ? called : come;
  }

  View const& view_;
  int const columns_;
  std::vector<Line> lines_;
};

/// Absent numbers have a place of their own.
std::vector<Call> CallsShown(Hall const& hall) {
  std::vector<Call> calls;
  for (auto const& call : hall.picture().calls()) {
    if (call.state() != Ticket::ABSENT) calls.push_back(call);
  }
  return calls;
}

/// The page of `count` lines that is shown in `room` lines. Which page it is
/// takes one of them, if that leaves enough.
Page PageIn(int room, std::size_t count, std::size_t turn) {
  auto const lines = static_cast<std::size_t>(std::max(room, 0));
  bool const numbered = count > lines && lines >= kNumberedPage;
  return PageAt(count, numbered ? lines - 1 : lines, turn);
}

void AddPage(Page const& page, Panel& panel) {
  panel.Add(InBoth("display.page",
                   {{"n", std::to_string(page.number)},
                    {"m", std::to_string(page.pages)}},
                   kBetween),
            Style::kDim);
}

/// The calls in at most `lines` lines: as many large as there is room for while
/// the others stay on the screen. Where they do not fit even so, pages of them,
/// behind the newest.
void AddCalls(View const& view, int lines, Panel& panel) {
  auto const calls = CallsShown(view.hall);
  if (calls.empty()) {
    panel.Add("  " + InBoth("display.nobody_called", {}, kBetween),
              Style::kDim);
    return;
  }
  int left = lines - static_cast<int>(calls.size());
  std::size_t large = 0;
  for (auto const& call : calls) {
    bool const newest = large == 0;
    if (Panel::BigCallColumns(call) > panel.columns() ||
        (left < kBigTextLines && !(newest && lines > kBigTextLines))) {
      break;
    }
    panel.AddBigCall(call);
    left -= kBigTextLines;
    ++large;
  }
  if (large == 0) panel.AddCall(calls.front());
  auto const ahead = std::max<std::size_t>(large, 1);
  int const room = lines - panel.size();
  auto const page = PageIn(room, calls.size() - ahead, view.turn);
  for (auto i = page.begin; i != page.end; ++i) panel.AddCall(calls[ahead + i]);
  if (page.pages > 1 && panel.size() < lines) AddPage(page, panel);
}

void AddWaiting(View const& view, int lines, Panel& panel) {
  auto const& services = view.hall.picture().services();
  panel.Add(InBoth("display.waiting_title", {}, kBetween), Style::kStrong);
  // In English as well if that does not push the last service off the screen.
  bool const both = 1 + 2 * services.size() <= lines;
  constexpr int kCountColumns = 7;
  auto const count = static_cast<std::size_t>(services.size());
  auto const page = both ? PageAt(count, count, view.turn)
                         : PageIn(lines - 1, count, view.turn);
  for (auto i = page.begin; i != page.end; ++i) {
    auto const& service = services[static_cast<int>(i)];
    auto const waiting =
        TextOf(Language::kJapanese, "display.waiting_count",
               {{"n", std::to_string(service.waiting_count())}});
    panel.Add(
        PadRight(service.display_name().ja(), panel.columns() - kCountColumns) +
            PadLeft(waiting, kCountColumns),
        Style::kNormal);
    if (both) panel.Add("  " + service.display_name().en(), Style::kDim);
  }
  if (page.pages > 1 && panel.size() < lines) AddPage(page, panel);
}

void AddMissed(View const& view, Panel& panel) {
  auto const& missed = view.hall.picture().missed_numbers();
  if (missed.empty()) return;
  auto const page = PageAt(static_cast<std::size_t>(missed.size()),
                           kMissedOnAPage, view.turn);
  auto const numbers = absl::StrJoin(
      missed.begin() + static_cast<std::ptrdiff_t>(page.begin),
      missed.begin() + static_cast<std::ptrdiff_t>(page.end), " ");
  panel.AddWrapped(
      TextOf(Language::kJapanese, "display.missed", {{"n", numbers}}),
      Style::kNormal);
  panel.AddWrapped(
      TextOf(Language::kEnglish, "display.missed", {{"n", numbers}}),
      Style::kDim);
  if (page.pages > 1) AddPage(page, panel);
}

void AddPaused(View const& view, Panel& panel) {
  auto const say = [&](Language language) {
    std::string signs;
    for (auto const& counter : view.hall.picture().counters()) {
      if (!counter.open() || !counter.paused()) continue;
      if (!signs.empty()) signs += "  ";
      signs += InLanguage(view.hall.LabelOf(counter.counter()), language);
    }
    return signs.empty()
               ? ""
               : TextOf(language, "display.paused_counters", {{"c", signs}});
  };
  auto const paused = say(Language::kJapanese);
  if (paused.empty()) return;
  panel.Add(paused + kBetween + say(Language::kEnglish), Style::kDim);
}

void AddHeader(View const& view, Panel& panel) {
  auto const& name = view.hall.picture().office_name();
  auto const clock = ShowTime(view.hall.office_time(), view.zone);
  panel.Add(
      PadRight(name.ja() + "  " + name.en(), panel.columns() - 6) + " " + clock,
      Style::kStrong);
  auto const at = ShowTime(view.hall.office_time(), view.zone, "%H:%M:%S");
  if (!view.hall.started()) {
    panel.Add(InBoth("state.connecting", {}, kBetween), Style::kBanner);
  } else if (view.stale) {
    for (auto const language : {Language::kJapanese, Language::kEnglish}) {
      panel.AddWrapped(TextOf(language, "state.lost", {{"time", at}}),
                       Style::kBanner);
    }
  }
  panel.Add(std::string(static_cast<std::size_t>(panel.columns()), '-'),
            Style::kDim);
  panel.Add(InBoth("display.now_calling", {}, kBetween), Style::kStrong);
}

void AddFooter(View const& view, Panel& panel) {
  panel.Add(std::string(static_cast<std::size_t>(panel.columns()), '-'),
            Style::kDim);
  if (view.announced) {
    for (auto const& text : AnnouncementOf(view.hall, *view.announced)) {
      panel.AddWrapped(text, Style::kStrong);
    }
  }
  AddMissed(view, panel);
  AddPaused(view, panel);
  if (!view.stale && view.hall.started()) {
    panel.Add(InBoth("state.connected") + kBetween +
                  ShowTime(view.hall.office_time(), view.zone, "%H:%M:%S"),
              Style::kDim);
  }
}

Style Greyed(Style style) {
  switch (style) {
    case Style::kBanner:
      return Style::kBanner;
    case Style::kBig:
    case Style::kBigCall:
    case Style::kBigDim:
      return Style::kBigDim;
    default:
      return Style::kDim;
  }
}

void Append(std::vector<Line>& lines, std::vector<Line> more, int at_most) {
  for (auto& line : more) {
    if (at_most-- <= 0) return;
    lines.push_back(std::move(line));
  }
}

}  // namespace

std::vector<Line> Render(View const& view) {
  int const columns = view.size.columns;
  Panel header(view, columns);
  AddHeader(view, header);
  Panel footer(view, columns);
  AddFooter(view, footer);
  int const body = std::max(0, view.size.lines - header.size() - footer.size());

  std::vector<Line> lines;
  Append(lines, header.Take(), view.size.lines);
  if (columns >= kTwoPanels) {
    int const left_columns = columns * 58 / 100;
    Panel left(view, left_columns);
    AddCalls(view, body, left);
    Panel right(view, columns - left_columns - 3);
    AddWaiting(view, body, right);
    while (left.size() < body) left.AddBlank();
    while (right.size() < body) right.AddBlank();
    auto const calls = left.Take();
    auto const waiting = right.Take();
    for (std::size_t i = 0; i != static_cast<std::size_t>(body); ++i) {
      auto line = calls[i];
      line.push_back({" | ", Style::kDim});
      line.insert(line.end(), waiting[i].begin(), waiting[i].end());
      lines.push_back(std::move(line));
    }
  } else {
    int const services = view.hall.picture().services_size();
    int const for_calls = std::max(body - services - 2, body / 2);
    Panel calls(view, columns);
    AddCalls(view, for_calls, calls);
    while (calls.size() < for_calls) calls.AddBlank();
    Append(lines, calls.Take(), for_calls);
    Panel waiting(view, columns);
    AddWaiting(view, body - for_calls, waiting);
    while (waiting.size() < body - for_calls) waiting.AddBlank();
    Append(lines, waiting.Take(), body - for_calls);
  }
  Append(lines, footer.Take(),
         view.size.lines - static_cast<int>(lines.size()));
  if (view.stale) {
    // Greyed, never cleared: what was right a moment ago may still help.
    for (auto& line : lines) {
      for (auto& span : line) {
        span.style = Greyed(span.style);
      }
    }
  }
  return lines;
}

}  // namespace madoguchi::wall_display
