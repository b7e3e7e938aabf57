#ifndef MADOGUCHI_TESTS_SUPPORT_ANSWER_H
#define MADOGUCHI_TESTS_SUPPORT_ANSWER_H

#include "services/base/done.h"
#include "absl/status/statusor.h"
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <utility>

namespace madoguchi {

/// Catches what an operation answers, and fails the test if it answers twice.
/// Not thread safe.
template <typename T>
class Answer {
 public:
  /// Hand this to the operation.
  Done<T> Catch() {
    return [caught = caught_](absl::StatusOr<T> result) {
      EXPECT_FALSE(caught->has_value()) << "answered twice";
      *caught = std::move(result);
    };
  }

  bool Arrived() const { return caught_->has_value(); }

  /// The answer; fails the test if there is none yet.
  absl::StatusOr<T> Get() const {
    EXPECT_TRUE(Arrived()) << "not answered";
    if (!Arrived()) return absl::UnknownError("not answered");
    return **caught_;
  }

 private:
  std::shared_ptr<std::optional<absl::StatusOr<T>>> caught_ =
      std::make_shared<std::optional<absl::StatusOr<T>>>();
};

}  // namespace madoguchi

#endif  // MADOGUCHI_TESTS_SUPPORT_ANSWER_H
