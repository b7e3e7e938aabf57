#ifndef MADOGUCHI_SERVICES_BASE_MUTEX_H
#define MADOGUCHI_SERVICES_BASE_MUTEX_H

#include "absl/base/thread_annotations.h"
#include <mutex>

namespace madoguchi {

/// A `std::mutex` that both Clang's analysis and ThreadSanitizer understand.
///
/// The packaged `absl::Mutex` is not built for ThreadSanitizer, which then
/// reports races that do not exist.
class ABSL_LOCKABLE Mutex {
 public:
  void Lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() { mu_.lock(); }
  void Unlock() ABSL_UNLOCK_FUNCTION() { mu_.unlock(); }

  /// For `std::condition_variable_any`, which wants these names.
  void lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() { mu_.lock(); }
  void unlock() ABSL_UNLOCK_FUNCTION() { mu_.unlock(); }

 private:
  std::mutex mu_;
};

/// Holds a `Mutex` for the length of a scope.
class ABSL_SCOPED_LOCKABLE MutexLock {
 public:
  explicit MutexLock(Mutex& mu) ABSL_EXCLUSIVE_LOCK_FUNCTION(mu) : mu_(mu) {
    mu_.Lock();
  }
  ~MutexLock() ABSL_UNLOCK_FUNCTION() { mu_.Unlock(); }

  MutexLock(MutexLock const&) = delete;
  MutexLock& operator=(MutexLock const&) = delete;

 private:
  Mutex& mu_;
};

}  // namespace madoguchi

#endif  // MADOGUCHI_SERVICES_BASE_MUTEX_H
