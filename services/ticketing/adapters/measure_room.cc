#include "services/ticketing/adapters/measure_room.h"
#include "services/redis/store_errors.h"
#include "services/ticketing/adapters/redis_facts.h"
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <memory>
#include <string>
#include <utility>

namespace madoguchi::ticketing {
namespace {

std::optional<Room> MemoryRoom(std::string_view info) {
  auto const limit = ToInteger(InfoField(info, "maxmemory"));
  if (limit == 0) return std::nullopt;
  // Redis does not count its buffers either when it decides to refuse.
  auto const used = ToInteger(InfoField(info, "used_memory")) -
                    ToInteger(InfoField(info, "mem_not_counted_for_evict"));
  return Room{.free = limit - used, .total = limit};
}

std::optional<Room> DiskRoom(redis::Reply settings) {
  if (Find(settings, "appendonly") != "yes") return std::nullopt;
  auto const folder = std::string(Find(settings, "dir")) + "/" +
                      std::string(Find(settings, "appenddirname"));
  // In a container of its own Redis has another folder of this name.
  auto const manifest = folder + "/" +
                        std::string(Find(settings, "appendfilename")) +
                        ".manifest";
  struct stat found {};
  struct statvfs disk {};
  if (stat(manifest.c_str(), &found) != 0 ||
      statvfs(folder.c_str(), &disk) != 0) {
    return std::nullopt;
  }
  auto const unit = static_cast<std::int64_t>(disk.f_frsize);
  return Room{.free = static_cast<std::int64_t>(disk.f_bavail) * unit,
              .total = static_cast<std::int64_t>(disk.f_blocks) * unit};
}

// Collects both answers; the last one reports. The first failure counts.
class Measurement {
 public:
  explicit Measurement(Done<StoreRoom> done) : done_(std::move(done)) {}
  ~Measurement() {
    if (status_.ok()) {
      done_(room_);
    } else {
      done_(status_);
    }
  }
  Measurement(Measurement const&) = delete;
  Measurement& operator=(Measurement const&) = delete;

  void Fail(absl::Status const& failure) {
    status_.Update(redis::ToStoreError(failure));
  }
  StoreRoom& room() { return room_; }

 private:
  Done<StoreRoom> done_;
  StoreRoom room_;
  absl::Status status_;
};

}  // namespace

RedisPlace PlaceOf(redis::ClientOptions const& options) {
  bool const here = !options.unix_socket.empty() ||
                    options.host == "localhost" || options.host == "::1" ||
                    options.host.rfind("127.", 0) == 0;
  return here ? RedisPlace::kThisMachine : RedisPlace::kElsewhere;
}

void MeasureRoom(redis::Client& client, RedisPlace place, MachineTime deadline,
                 Done<StoreRoom> done) {
  auto measurement = std::make_shared<Measurement>(std::move(done));
  client.Command({"INFO", "memory"}, deadline,
                 [measurement](absl::StatusOr<redis::Reply> answer) {
                   if (!answer.ok()) return measurement->Fail(answer.status());
                   measurement->room().memory = MemoryRoom(answer->Text());
                 });
  if (place == RedisPlace::kElsewhere) return;
  client.Command(
      {"CONFIG", "GET", "dir", "appendonly", "appenddirname", "appendfilename"},
      deadline, [measurement](absl::StatusOr<redis::Reply> answer) {
        if (!answer.ok()) return measurement->Fail(answer.status());
        measurement->room().disk = DiskRoom(*answer);
      });
}

}  // namespace madoguchi::ticketing
