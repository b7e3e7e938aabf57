#include "services/ticketing/domain/note.h"
#include "services/base/number_shapes.h"
#include "services/office/forbidden_text.h"
#include "services/ticketing/domain/errors.h"

namespace madoguchi::ticketing {
absl::Status CheckNote(std::string_view note) {
  std::size_t characters = 0;
  for (auto rest = note; !rest.empty();) {
    if (TakeCharacter(rest) < U' ' || ++characters > kLongestNote) {
      return error::NoteInvalid();
    }
  }
  if (FindForbidden(note)) return error::NoteInvalid();
  return absl::OkStatus();
}

}  // namespace madoguchi::ticketing
