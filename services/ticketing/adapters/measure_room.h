#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEASURE_ROOM_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEASURE_ROOM_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/redis/client.h"
#include "services/ticketing/domain/store_room.h"

namespace madoguchi::ticketing {

/// Whether we see the disk that Redis writes to.
enum class RedisPlace { kThisMachine, kElsewhere };

/// A socket or a loopback address is on this machine. What listens there may
/// still be a way to another one, so `MeasureRoom` looks for the log itself.
RedisPlace PlaceOf(redis::ClientOptions const& options);

/// Measures what Redis has left.
/// * The disk: of the file system that its log is on, as far as an account
///   without privileges may fill it. Unknown if Redis is elsewhere, keeps no
///   log, or if this process cannot find that log where Redis says it is.
/// * The memory: until it refuses what makes it grow. Without a limit if
///   `maxmemory` is not set.
///
/// Fails with `STORE_UNAVAILABLE` or `STORE_ERROR`, or kDeadlineExceeded.
/// `done` runs on the client's loop, after a look at the file system that reads
/// nothing from the disk.
void MeasureRoom(redis::Client& client, RedisPlace place, MachineTime deadline,
                 Done<StoreRoom> done);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_MEASURE_ROOM_H
