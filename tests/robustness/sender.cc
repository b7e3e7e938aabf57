#include "tests/robustness/sender.h"
#include "services/base/error.h"

namespace madoguchi::robustness {

Answer AnswerOf(absl::Status const& error) {
  Answer answer;
  bool const unknown = absl::IsUnavailable(error) ||
                       absl::IsDeadlineExceeded(error) ||
                       absl::IsCancelled(error);
  answer.verdict = unknown ? Verdict::kUnknown : Verdict::kRefused;
  answer.reason = GetErrorInfo(error).reason;
  if (answer.reason.empty()) {
    answer.reason = absl::StatusCodeToString(error.code());
  }
  return answer;
}

}  // namespace madoguchi::robustness
