#ifndef MADOGUCHI_SERVICES_REDIS_REPLY_H
#define MADOGUCHI_SERVICES_REDIS_REPLY_H

#include "absl/status/status.h"
#include <cstddef>
#include <cstdint>
#include <string_view>

struct redisReply;

namespace madoguchi::redis {

/// What Redis answered: nothing, a text, an integer or an array of replies.
///
/// A view, cheap to copy, valid only while the callback runs that took it.
/// Asking for what it does not hold gives an empty text, 0 or nothing, so that
/// a strange reply can be checked without crashing.
class Reply {
 public:
  /// Nothing.
  Reply() = default;
  explicit Reply(redisReply const* raw) : raw_(raw) {}

  bool IsNothing() const;
  std::string_view Text() const;
  std::int64_t Integer() const;
  /// How many replies the array holds.
  std::size_t Size() const;
  Reply operator[](std::size_t index) const;

 private:
  redisReply const* raw_ = nullptr;
};

/// Why a command failed, as far as callers tell the cases apart.
enum class ErrorKind {
  kNone,
  /// No connection, or lost before the answer: the outcome is unknown.
  kLink,
  /// No answer in time: the outcome is unknown.
  kDeadline,
  // What Redis refused; nothing was done.
  kOutOfMemory,
  /// A replica, or a disk that takes no writes.
  kReadOnly,
  kWrongType,
  /// Redis reads its data, or runs a long script.
  kLoading,
  kNoFunction,
  kUnknownCommand,
  /// Not allowed, or not logged in.
  kNoPermission,
  kOther,
};

/// Why `status`, the result of a `Client`'s command, failed.
ErrorKind KindOf(absl::Status const& status);

/// The status of a command to which Redis answered the error `text`.
absl::Status ErrorFromRedis(std::string_view text);

}  // namespace madoguchi::redis

#endif  // MADOGUCHI_SERVICES_REDIS_REPLY_H
