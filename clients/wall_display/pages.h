#ifndef MADOGUCHI_CLIENTS_WALL_DISPLAY_PAGES_H
#define MADOGUCHI_CLIENTS_WALL_DISPLAY_PAGES_H

#include <algorithm>
#include <cstddef>

namespace madoguchi::wall_display {

/// The part of a list that is shown now.
struct Page {
  /// The first and the one behind the last.
  std::size_t begin = 0;
  std::size_t end = 0;
  /// From 1.
  std::size_t number = 1;
  std::size_t pages = 1;
};

/// The page of `count` things to show at `turn`, which grows with time, where
/// `room` of them fit. The last page is followed by the first.
constexpr Page PageAt(std::size_t count, std::size_t room, std::size_t turn) {
  if (count <= room) return {0, count, 1, 1};
  if (room == 0) return {};
  auto const pages = (count + room - 1) / room;
  auto const page = turn % pages;
  return {page * room, std::min(count, (page + 1) * room), page + 1, pages};
}

}  // namespace madoguchi::wall_display

#endif  // MADOGUCHI_CLIENTS_WALL_DISPLAY_PAGES_H
