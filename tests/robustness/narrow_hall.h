#ifndef MADOGUCHI_TESTS_ROBUSTNESS_NARROW_HALL_H
#define MADOGUCHI_TESTS_ROBUSTNESS_NARROW_HALL_H

#include "services/base/mutex.h"
#include "services/office/office.h"
#include "tests/robustness/checker.h"
#include "tests/robustness/history.h"
#include "tests/robustness/house.h"
#include "tests/robustness/load.h"
#include "tests/robustness/sdk_sender.h"
#include "tests/robustness/watchers.h"
#include "madoguchi/rpc/v1/readiness_service.pb.h"
#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <condition_variable>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::robustness {

/// What visitors hear about numbers. Thread safe.
class Rumour {
 public:
  /// A visitor is refused for `reason`, and stays away until there are numbers.
  void StayAway(std::string const& reason) ABSL_LOCKS_EXCLUDED(mu_);

  /// Waits until somebody was refused for `reason`; false after `limit`.
  bool WaitForRefusal(std::string const& reason,
                      std::chrono::milliseconds limit) ABSL_LOCKS_EXCLUDED(mu_);

  /// From now on nobody stays away.
  void TellThatThereAreNumbers() ABSL_LOCKS_EXCLUDED(mu_);

 private:
  Mutex mu_;
  std::condition_variable_any news_;
  bool numbers_again_ ABSL_GUARDED_BY(mu_) = false;
  std::vector<std::string> refusals_ ABSL_GUARDED_BY(mu_);
};

/// Sends as `inner` does, but whoever is refused a number for want of room does
/// as the rumour says. Both must outlive it. Thread safe.
class PatientSender : public Sender {
 public:
  PatientSender(Sender& inner, Rumour& rumour)
      : inner_(inner), rumour_(rumour) {}

  Answer Send(Press const& press) override;

 private:
  Sender& inner_;
  Rumour& rumour_;
};

/// A house whose Redis runs out of room while people press: a test takes the
/// room away and makes it again, and in between lets people work. Used by one
/// thread.
class NarrowHall {
 public:
  /// Starts a house and lets people in.
  static absl::StatusOr<std::unique_ptr<NarrowHall>> Open(Office const& office,
                                                          HouseOptions house,
                                                          LoadOptions load);

  House& house() { return *house_; }
  Rumour& rumour() { return rumour_; }

  /// Waits until `count` more presses were acknowledged.
  absl::Status LetThemWork(std::int64_t count);

  /// How many presses of `command` were acknowledged of those first made since
  /// `moment`; of calls, those that called somebody.
  std::int64_t CountDone(Command command, Moment moment) const;

  /// Asks each replica until it is ready and what it says contains `caveat`
  /// (empty: says nothing).
  absl::Status AwaitCaveat(std::string const& caveat);

  /// Lets people go on until all are served, and judges what they did and saw.
  absl::StatusOr<std::vector<Violation>> Finish();

  /// How many requests for a number were acknowledged in all.
  std::int64_t Issued() const { return CountDone(Command::kIssue, 0); }

 private:
  NarrowHall(Office const& office, LoadOptions load,
             std::unique_ptr<House> house);

  Office const& office_;
  std::string const office_name_;
  std::unique_ptr<House> house_;
  // Of one replica after the other, and the other way round.
  SdkSender one_;
  SdkSender other_;
  Rumour rumour_;
  PatientSender patient_one_;
  PatientSender patient_other_;
  History history_;
  std::unique_ptr<Display> display_;
  Load load_;
};

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_NARROW_HALL_H
