#include "clients/audit/verify.h"
#include "clients/audit/chain.h"
#include "clients/audit/json_object.h"
#include "services/base/status_macros.h"
#include <fstream>
#include <string_view>

namespace madoguchi::audit {
namespace {

// Reads lines and says where something is wrong.
class Lines {
 public:
  Lines(std::istream& in, std::string const& name) : in_(in), name_(name) {}

  // The next line; nothing at the end, or if its line feed is missing.
  std::optional<std::string> Next() {
    ++number_;
    std::string line;
    // At the end of the file getline takes what has no line feed.
    if (!std::getline(in_, line) || in_.eof()) return std::nullopt;
    return line;
  }

  bool IsAtEnd() {
    ++number_;
    return in_.peek() == std::istream::traits_type::eof();
  }

  absl::Status Broken(std::string const& what) const {
    return absl::DataLossError(name_ + ":" + std::to_string(number_) + ": " +
                               what);
  }

 private:
  std::istream& in_;
  std::string const& name_;
  int number_ = 0;
};

constexpr char kCutOff[] = "the export ends before its last line.";
constexpr char kChanged[] =
    "this line, or where it stands, is not what was exported.";

}  // namespace

absl::StatusOr<Verified> Verify(std::istream& in, std::string const& name,
                                std::optional<Verified> const& before) {
  Lines lines(in, name);
  auto const first = lines.Next();
  if (!first) return lines.Broken(kCutOff);
  auto const previous = TextIn(*first, "previous");
  auto const office = TextIn(*first, "office");
  auto const after = NumberIn(*first, "after_sequence");
  if (NumberIn(*first, "audit") != 1 || !previous || !IsHash(*previous) ||
      !office || !after) {
    return lines.Broken("this is not the first line of an export.");
  }
  Chain chain(*previous);
  if (!chain.Check(*first)) return lines.Broken(kChanged);
  if (before && (*previous != before->last_hash || *office != before->office ||
                 *after != before->last_sequence)) {
    return lines.Broken("this does not continue the export before.");
  }

  Verified verified{*office, 0, *after, {}};
  while (true) {
    auto const line = lines.Next();
    if (!line) return lines.Broken(kCutOff);
    auto const content = chain.Check(*line);
    if (!content) return lines.Broken(kChanged);
    if (auto const sequence = NumberIn(*content, "sequence")) {
      // An export that begins with a later day, or with a log from which older
      // days were removed, has its first event where it has it.
      bool const may_begin = verified.events == 0 && *after == 0;
      if (!may_begin && *sequence != verified.last_sequence + 1) {
        return lines.Broken("an event is missing before this one.");
      }
      verified.last_sequence = *sequence;
      ++verified.events;
      continue;
    }
    if (NumberIn(*content, "events") != verified.events ||
        NumberIn(*content, "last_sequence") != verified.last_sequence) {
      return lines.Broken("the count is not that of the events above.");
    }
    break;
  }
  if (!lines.IsAtEnd()) {
    return lines.Broken("something follows the last line of the export.");
  }
  verified.last_hash = chain.last();
  return verified;
}

absl::StatusOr<Verified> VerifyFiles(std::vector<std::string> const& paths) {
  if (paths.empty()) {
    return absl::InvalidArgumentError("Name the files to verify.");
  }
  std::optional<Verified> last;
  for (auto const& path : paths) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return absl::NotFoundError(path + " cannot be read.");
    MADOGUCHI_ASSIGN_OR_RETURN(last, Verify(in, path, last));
  }
  return *last;
}

}  // namespace madoguchi::audit
