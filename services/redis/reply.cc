#include "services/redis/reply.h"
#include "absl/strings/cord.h"
#include <hiredis/hiredis.h>
#include <string>

namespace madoguchi::redis {
namespace {

constexpr char kKindUrl[] = "madoguchi.redis/kind";

struct Prefix {
  std::string_view text;
  ErrorKind kind;
};

constexpr Prefix kPrefixes[] = {
    {"OOM ", ErrorKind::kOutOfMemory},
    {"READONLY ", ErrorKind::kReadOnly},
    {"MISCONF ", ErrorKind::kReadOnly},
    {"NOREPLICAS ", ErrorKind::kReadOnly},
    {"WRONGTYPE ", ErrorKind::kWrongType},
    {"LOADING ", ErrorKind::kLoading},
    {"BUSY ", ErrorKind::kLoading},
    {"MASTERDOWN ", ErrorKind::kLoading},
    {"NOSCRIPT ", ErrorKind::kNoFunction},
    {"ERR Function not found", ErrorKind::kNoFunction},
    {"ERR unknown command", ErrorKind::kUnknownCommand},
    {"NOPERM ", ErrorKind::kNoPermission},
    {"NOAUTH ", ErrorKind::kNoPermission},
    {"WRONGPASS ", ErrorKind::kNoPermission},
};

ErrorKind Classify(std::string_view text) {
  for (auto const& prefix : kPrefixes) {
    if (text.substr(0, prefix.text.size()) == prefix.text) return prefix.kind;
  }
  return ErrorKind::kOther;
}

}  // namespace

bool Reply::IsNothing() const {
  return raw_ == nullptr || raw_->type == REDIS_REPLY_NIL;
}

std::string_view Reply::Text() const {
  if (raw_ == nullptr ||
      (raw_->type != REDIS_REPLY_STRING && raw_->type != REDIS_REPLY_STATUS)) {
    return {};
  }
  return {raw_->str, raw_->len};
}

std::int64_t Reply::Integer() const {
  if (raw_ == nullptr || raw_->type != REDIS_REPLY_INTEGER) return 0;
  return raw_->integer;
}

std::size_t Reply::Size() const {
  if (raw_ == nullptr || raw_->type != REDIS_REPLY_ARRAY) return 0;
  return raw_->elements;
}

Reply Reply::operator[](std::size_t index) const {
  if (index >= Size()) return {};
  return Reply(raw_->element[index]);
}

ErrorKind KindOf(absl::Status const& status) {
  if (status.ok()) return ErrorKind::kNone;
  auto const kind = status.GetPayload(kKindUrl);
  if (kind.has_value()) {
    return static_cast<ErrorKind>(std::stoi(std::string(*kind)));
  }
  if (absl::IsUnavailable(status)) return ErrorKind::kLink;
  if (absl::IsDeadlineExceeded(status)) return ErrorKind::kDeadline;
  return ErrorKind::kOther;
}

absl::Status ErrorFromRedis(std::string_view text) {
  auto status = absl::InternalError(std::string(text));
  status.SetPayload(
      kKindUrl, absl::Cord(std::to_string(static_cast<int>(Classify(text)))));
  return status;
}

}  // namespace madoguchi::redis
