#ifndef MADOGUCHI_TESTS_ROBUSTNESS_HOUSE_H
#define MADOGUCHI_TESTS_ROBUSTNESS_HOUSE_H

#include "tests/support/child_process.h"
#include "tests/support/ticketing_server.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
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
  /// Office time runs this much faster than the machine's, from ten o'clock.
  double clock_factor = 30;
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

  /// kill -9, and the start after it, until it is ready again.
  void KillReplica(std::size_t replica) { replicas_[replica]->Kill(); }
  absl::Status RestartReplica(std::size_t replica) {
    return replicas_[replica]->Restart();
  }
  void FreezeReplica(std::size_t replica) { replicas_[replica]->Freeze(); }
  void ThawReplica(std::size_t replica) { replicas_[replica]->Thaw(); }
  void KillRedis() { redis_.reset(); }
  absl::Status RestartRedis();

  /// Kills Redis and takes from its log what no fdatasync had put on disk.
  /// Answers how many bytes that were.
  absl::StatusOr<std::int64_t> CutPower();

  /// What the programs printed, for a failing round: the folder stays.
  std::string const& KeepFolder();

 private:
  House(HouseOptions options, std::string folder);

  HouseOptions const options_;
  std::string const folder_;
  bool keep_folder_ = false;
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
