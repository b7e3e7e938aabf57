#ifndef MADOGUCHI_CLIENTS_WALL_DISPLAY_SCREEN_H
#define MADOGUCHI_CLIENTS_WALL_DISPLAY_SCREEN_H

#include "clients/terminal/console.h"
#include "clients/wall_display/hall.h"
#include "absl/time/time.h"
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::wall_display {

/// How a piece of text looks. A meaning never rests on the look alone.
enum class Style {
  kNormal,
  kStrong,
  /// A call being announced; nothing else looks so.
  kCall,
  /// Large figures: each `#` is a dot.
  kBig,
  kBigCall,
  kBigDim,
  /// What is old or less important.
  kDim,
  /// The connection is lost.
  kBanner,
};

struct Span {
  std::string text;
  Style style = Style::kNormal;
};

using Line = std::vector<Span>;

/// What there is to show.
struct View {
  Hall const& hall;
  /// The call being announced, and whether its slow pulse is on.
  std::optional<ticketing::v1::Call> announced;
  bool pulse = false;
  /// Whether nothing can be believed to be up to date.
  bool stale = false;
  absl::TimeZone zone;
  terminal::Size size;
  /// Grows with time: lists that do not fit show their next page. The newest
  /// call is on every one.
  std::size_t turn = 0;
};

/// Lays `view` out: at most `size.lines` lines of at most `size.columns`.
std::vector<Line> Render(View const& view);

/// Without colours.
std::string ToText(std::vector<Line> const& lines);

/// Repaints a terminal from its upper left corner, without flicker.
std::string ToAnsi(std::vector<Line> const& lines);

/// `update` in one line for a log, or nothing if it is a heartbeat. `rings`:
/// whether it is announced.
std::optional<std::string> PlainLine(ticketing::v1::OfficeUpdate const& update,
                                     bool rings, absl::TimeZone zone);

}  // namespace madoguchi::wall_display

#endif  // MADOGUCHI_CLIENTS_WALL_DISPLAY_SCREEN_H
