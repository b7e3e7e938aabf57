#ifndef MADOGUCHI_SERVICES_TICKETING_DOMAIN_STORE_ROOM_H
#define MADOGUCHI_SERVICES_TICKETING_DOMAIN_STORE_ROOM_H

#include <cstdint>
#include <limits>
#include <optional>

namespace madoguchi::ticketing {

/// How much of something is left, in bytes.
struct Room {
  std::int64_t free = 0;
  std::int64_t total = 0;

  friend bool operator==(Room const&, Room const&) = default;
};

/// What the store has left to keep tickets in. Nothing: unknown, or without a
/// limit.
struct StoreRoom {
  std::optional<Room> disk;
  std::optional<Room> memory;

  friend bool operator==(StoreRoom const&, StoreRoom const&) = default;
};

/// What is kept for the tickets that are there already: `percent` of the whole
/// or `bytes`, whichever is less. So a small disk can be used, and a large one
/// does not stop the hall while it has room for years.
struct Reserve {
  std::int64_t percent = 0;
  std::int64_t bytes = std::numeric_limits<std::int64_t>::max();
};

/// Whether `room` is too little for new tickets: less than the reserve. Once it
/// was, a quarter more than the reserve must be free before it is enough again,
/// so that the hall does not change its mind with every ticket.
bool IsLow(Room const& room, Reserve const& reserve, bool was_low);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_DOMAIN_STORE_ROOM_H
