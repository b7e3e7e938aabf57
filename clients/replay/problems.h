#ifndef MADOGUCHI_CLIENTS_REPLAY_PROBLEMS_H
#define MADOGUCHI_CLIENTS_REPLAY_PROBLEMS_H

#include "services/base/mutex.h"
#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include <string>
#include <vector>

namespace madoguchi::replay {

/// What went wrong during a day, for the report. A replay goes on without the
/// clerk or visitor concerned; its report says so and the program fails.
/// Thread safe.
class Problems {
 public:
  void Add(std::string const& what) ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock lock(mu_);
    problems_.push_back(what);
  }
  void Add(std::string const& who, absl::Status const& status)
      ABSL_LOCKS_EXCLUDED(mu_) {
    Add(absl::StrCat(who, ": ", std::string(status.message())));
  }
  std::vector<std::string> all() const ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock lock(mu_);
    return problems_;
  }

 private:
  mutable Mutex mu_;
  std::vector<std::string> problems_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_PROBLEMS_H
