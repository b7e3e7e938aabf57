#ifndef MADOGUCHI_SERVICES_BASE_RECORD_H
#define MADOGUCHI_SERVICES_BASE_RECORD_H

#include "services/base/clock.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

// Records as a store keeps them: texts and numbers, parted by `|`. A byte that
// would part or end something is written as `%` and two hex digits.
namespace madoguchi {

/// Parts records that are written in a row; in no record otherwise.
inline constexpr char kRecordMark = '~';

/// `text` as one field.
std::string PackRecordText(std::string_view text);

/// Appends `text` as one field.
void AppendRecordText(std::string& record, std::string_view text);

/// The text of a field; nothing if no text is written so.
std::optional<std::string> ReadRecordText(std::string_view field);

/// The letter of an enum's value, of those in the order of the enum.
template <typename Enum, std::size_t size>
char LetterOf(Enum value, char const (&letters)[size]) {
  return letters[static_cast<std::size_t>(value)];
}

/// The value of a letter; nothing if it is none of them.
template <typename Enum, std::size_t size>
std::optional<Enum> FromLetter(std::string_view text,
                               char const (&letters)[size]) {
  for (std::size_t i = 0; i != size; ++i) {
    if (text.size() == 1 && text[0] == letters[i]) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

/// Writes a record field by field.
class RecordWriter {
 public:
  RecordWriter() { record_.reserve(kUsualRecord); }

  RecordWriter& Letter(char letter) {
    Separate();
    record_.push_back(letter);
    return *this;
  }
  RecordWriter& Text(std::string_view text) {
    Separate();
    AppendRecordText(record_, text);
    return *this;
  }
  /// `text` as it is, with characters that no text has in a record.
  RecordWriter& Raw(std::string_view text) {
    Separate();
    record_.append(text);
    return *this;
  }
  RecordWriter& Number(std::int64_t number) {
    Separate();
    std::array<char, 24> text;
    auto* const end =
        std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    record_.append(text.data(), end);
    return *this;
  }
  /// In milliseconds since 1970.
  RecordWriter& Time(Timestamp time) {
    return Number(time.time_since_epoch().count());
  }
  /// The same; empty for none.
  RecordWriter& Time(std::optional<Timestamp> const& time) {
    return time ? Time(*time) : Raw("");
  }
  /// In milliseconds; empty for 0.
  RecordWriter& Duration(std::chrono::milliseconds duration) {
    return duration.count() == 0 ? Raw("") : Number(duration.count());
  }

  /// What follows was not in the first release: empty at the end, it is left
  /// out.
  RecordWriter& Later() {
    first_end_ = record_.size();
    return *this;
  }

  std::string Take() {
    auto const last = record_.find_last_not_of('|');
    if (first_end_ < record_.size()) {
      record_.resize(std::max(first_end_, last + 1));
    }
    return std::move(record_);
  }

 private:
  static constexpr std::size_t kUsualRecord = 192;

  void Separate() {
    if (begun_) record_.push_back('|');
    begun_ = true;
  }

  std::string record_;
  std::size_t first_end_ = std::string::npos;
  bool begun_ = false;
};

/// Reads fields one after another; `ok` tells afterwards whether all were there
/// and had their forms.
class RecordReader {
 public:
  /// `record` must outlive this.
  explicit RecordReader(std::string_view record) : rest_(record) {}

  std::string_view Field() {
    if (ended_) {
      ok_ = ok_ && later_;
      return {};
    }
    auto const end = rest_.find('|');
    auto const field = rest_.substr(0, end);
    ended_ = end == std::string_view::npos;
    if (!ended_) rest_.remove_prefix(end + 1);
    return field;
  }
  std::string Text() {
    auto text = ReadRecordText(Field());
    ok_ = ok_ && text.has_value();
    return ok_ ? *std::move(text) : std::string();
  }
  template <std::integral Integer = std::int64_t>
  Integer Number() {
    return ToNumber<Integer>(Field());
  }
  Timestamp Time() { return Timestamp(std::chrono::milliseconds(Number())); }
  std::optional<Timestamp> OptionalTime() {
    auto const field = Field();
    if (field.empty()) return std::nullopt;
    return Timestamp(std::chrono::milliseconds(ToNumber<std::int64_t>(field)));
  }
  template <typename Enum, std::size_t size>
  Enum Letter(char const (&letters)[size]) {
    auto const value = FromLetter<Enum>(Field(), letters);
    ok_ = ok_ && value.has_value();
    return value.value_or(Enum());
  }
  template <std::integral Integer>
  Integer ToNumber(std::string_view field) {
    Integer number = 0;
    auto const end = field.data() + field.size();
    auto const read = std::from_chars(field.data(), end, number);
    ok_ = ok_ && read.ec == std::errc() && read.ptr == end;
    return number;
  }
  std::chrono::milliseconds Duration() {
    auto const field = Field();
    return std::chrono::milliseconds(
        field.empty() ? 0 : ToNumber<std::int64_t>(field));
  }
  /// A number that must be `format`.
  void Format(std::int64_t format) { ok_ = Number() == format && ok_; }
  void Require(bool condition) { ok_ = ok_ && condition; }

  /// What follows was not in the first release, and may be missing.
  void Later() { later_ = true; }

  bool ok() const { return ok_; }

 private:
  std::string_view rest_;
  bool ended_ = false;
  bool later_ = false;
  bool ok_ = true;
};

}  // namespace madoguchi

#endif  // MADOGUCHI_SERVICES_BASE_RECORD_H
