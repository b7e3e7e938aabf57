#ifndef MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_ANSWER_TO_H
#define MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_ANSWER_TO_H

#include "services/base/done.h"
#include "services/redis/reply.h"
#include "services/redis/store_errors.h"
#include <utility>

namespace madoguchi::renewal {

/// Turns the answer to a command into what `read` makes of it, and an error of
/// Redis into one of the store.
template <typename T, typename Read>
Done<redis::Reply> AnswerTo(Read read, Done<T> done) {
  return [read = std::move(read),
          done = std::move(done)](absl::StatusOr<redis::Reply> answer) mutable {
    if (!answer.ok()) return done(redis::ToStoreError(answer.status()));
    done(read(*answer));
  };
}

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_ANSWER_TO_H
