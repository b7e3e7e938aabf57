#include "services/ticketing/domain/note.h"
#include "services/base/number_shapes.h"
#include "services/ticketing/domain/errors.h"

namespace madoguchi::ticketing {
namespace {

constexpr std::size_t kForbiddenDigits = 11;

}  // namespace

absl::Status CheckNote(std::string_view note) {
  std::size_t characters = 0;
  for (auto rest = note; !rest.empty();) {
    if (TakeCharacter(rest) < U' ' || ++characters > kLongestNote) {
      return error::NoteInvalid();
    }
  }
  for (auto const& run : DigitRunsOf(note)) {
    if (run.digits.size() >= kForbiddenDigits) return error::NoteInvalid();
  }
  return absl::OkStatus();
}

}  // namespace madoguchi::ticketing
