#ifndef MADOGUCHI_TESTS_ROBUSTNESS_HOUSE_H
#define MADOGUCHI_TESTS_ROBUSTNESS_HOUSE_H

#include "services/base/clock.h"
#include "tests/support/child_process.h"
#include "tests/support/ticketing_server.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::robustness {

/// What a house is made of.
struct HouseOptions {
  /// The program ticketing, and the library of fdatasync_shim.cc.
  std::string ticketing;
  std::string shim;
  std::string settings;
  /// `always` or `everysec`. With the latter ticketing runs relaxed.
  std::string appendfsync = "always";
  int replicas = 2;
  /// Whether Redis rewrites its log when it has doubled, as it does by itself.
  /// Not where power is cut: each rewriting puts all of it on disk.
  bool rewrites = false;
  /// More flags, which override those of the house.
  std::vector<std::string> redis_flags;
  std::vector<std::string> ticketing_flags;
  /// Whether each replica has a page of metrics.
  bool metrics = false;
  /// Office time runs this much faster than the machine's, from `office_start`
  /// when the house is opened: ten o'clock in Tokyo, far from any change of
  /// day.
  double clock_factor = 30;
  Timestamp office_start{std::chrono::milliseconds(1'795'395'600'000)};
};

/// A Redis and replicas of ticketing in a folder of their own, which goes with
/// the house; and the house's supervisor, who kills and restarts them. Used by
/// one thread (see `ChildProcess`).
class House {
 public:
  /// Starts everything and waits until it is ready.
  static absl::StatusOr<std::unique_ptr<House>> Start(HouseOptions options);
  ~House();
  House(House const&) = delete;
  House& operator=(House const&) = delete;

  /// `127.0.0.1:PORT` of each replica.
  std::vector<std::string> Targets() const;

  /// Where each replica shows its metrics, `127.0.0.1:PORT`.
  std::vector<std::string> const& MetricsPages() const {
    return metrics_pages_;
  }

  /// When the machine's clock shows `office_time` in the house.
  std::chrono::system_clock::time_point MachineTimeOf(
      Timestamp office_time) const;

  /// The socket of Redis.
  std::string RedisSocket() const { return folder_ + "/redis.sock"; }

  /// kill -9, and the start after it, until it is ready again.
  void KillReplica(std::size_t replica) { replicas_[replica]->Kill(); }
  absl::Status RestartReplica(std::size_t replica) {
    return replicas_[replica]->Restart();
  }
  void FreezeReplica(std::size_t replica) { replicas_[replica]->Freeze(); }
  void ThawReplica(std::size_t replica) { replicas_[replica]->Thaw(); }
  void KillRedis() { redis_.reset(); }
  absl::Status RestartRedis();

  /// Waits until Redis says `last_words` and ends by itself.
  absl::Status WaitForEndOfRedis(std::string const& last_words);

  /// Kills Redis and takes from its log what no fdatasync had put on disk.
  /// Answers how many bytes that were.
  absl::StatusOr<std::int64_t> CutPower();

  /// What the programs printed, for a failing round: the folder stays.
  std::string const& KeepFolder();

 private:
  House(HouseOptions options, std::string folder);

  absl::Status AddReplica(::madoguchi::testing::TicketingOptions options);

  HouseOptions const options_;
  Timestamp const opened_ =
      std::chrono::time_point_cast<std::chrono::milliseconds>(
          std::chrono::system_clock::now());
  std::string const folder_;
  bool keep_folder_ = false;
  std::vector<std::string> metrics_pages_;
  std::unique_ptr<::madoguchi::testing::ChildProcess> redis_;
  std::vector<std::unique_ptr<::madoguchi::testing::TicketingServer>> replicas_;
};

/// Cuts each log in `folder` (`*.incr.aof`) to the size noted in `synced` (see
/// fdatasync_shim.cc; 0 if none is), as the loss of what was only in memory
/// does. Answers how many bytes went.
absl::StatusOr<std::int64_t> CutToSynced(std::string const& folder,
                                         std::string const& synced);

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_HOUSE_H
