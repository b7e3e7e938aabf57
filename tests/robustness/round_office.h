#ifndef MADOGUCHI_TESTS_ROBUSTNESS_ROUND_OFFICE_H
#define MADOGUCHI_TESTS_ROBUSTNESS_ROUND_OFFICE_H

#include "services/office/office.h"
#include "tests/robustness/checker.h"
#include "tests/robustness/history.h"
#include "tests/robustness/load.h"
#include "tests/robustness/sdk_sender.h"
#include "tests/robustness/watchers.h"
#include "absl/status/status.h"
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace madoguchi::robustness {

/// One office of a round: the people in it, those who watch it, and what is
/// known of it at the end. Used by one thread.
class RoundOffice {
 public:
  /// `office` must outlive it. Watches at once.
  RoundOffice(Office const& office, std::vector<std::string> const& targets,
              LoadOptions const& options);

  Load& load() { return load_; }
  History& history() { return history_; }

  /// As devices that are switched off and on; see `SdkSender`.
  void StartDevicesAgain();

  /// Waits until a follower was told that a day later than the first began;
  /// false after `limit`.
  bool WaitForNextDay(std::chrono::milliseconds limit);

  /// Once nobody presses any more: reads everything that there is to judge. One
  /// more number marks the end of the log.
  absl::Status ReadRecord();

  /// All of the office, once read.
  Record const& record() const { return record_; }
  Office const& office() const { return office_; }

 private:
  absl::Status ReadLog();

  Office const& office_;
  std::vector<std::string> const targets_;
  std::string const name_;
  std::uint64_t const seed_;
  SdkSender one_;
  SdkSender other_;
  SdkSender hasty_;
  History history_;
  Display display_;
  Display other_display_;
  Follower follower_;
  Load load_;
  std::string last_ticket_;
  Record record_;
};

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_ROUND_OFFICE_H
