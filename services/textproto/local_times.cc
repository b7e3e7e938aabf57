#include "services/textproto/local_times.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include <cstddef>
#include <string_view>

namespace madoguchi::textproto {
namespace {

constexpr std::string_view kDateForm = "9999-99-99";
constexpr std::string_view kTimeForm = "99:99";
constexpr int kHours = 24;
constexpr int kMinutes = 60;

// `text` as `form`, in which 9 stands for a digit and all else for itself.
bool HasForm(std::string_view text, std::string_view form) {
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i != text.size(); ++i) {
    bool const fits =
        form[i] == '9'
            ? absl::ascii_isdigit(static_cast<unsigned char>(text[i])) != 0
            : text[i] == form[i];
    if (!fits) return false;
  }
  return true;
}

int NumberAt(std::string const& text, std::size_t from, std::size_t size) {
  int number = 0;
  static_cast<void>(absl::SimpleAtoi(text.substr(from, size), &number));
  return number;
}

}  // namespace

std::optional<absl::CivilDay> ParseDate(std::string const& text) {
  if (!HasForm(text, kDateForm)) return std::nullopt;
  int const month = NumberAt(text, 5, 2);
  int const day = NumberAt(text, 8, 2);
  absl::CivilDay const date(NumberAt(text, 0, 4), month, day);
  // A civil day carries over what a month does not have.
  if (date.month() != month || date.day() != day) return std::nullopt;
  return date;
}

std::optional<std::chrono::minutes> ParseTimeOfDay(std::string const& text) {
  if (!HasForm(text, kTimeForm)) return std::nullopt;
  int const hour = NumberAt(text, 0, 2);
  int const minute = NumberAt(text, 3, 2);
  if (hour >= kHours || minute >= kMinutes) return std::nullopt;
  return std::chrono::hours(hour) + std::chrono::minutes(minute);
}

std::optional<absl::CivilMinute> ParseLocalTime(std::string const& text) {
  auto const t = kDateForm.size();
  if (text.size() <= t || text[t] != 'T') return std::nullopt;
  auto const date = ParseDate(text.substr(0, t));
  auto const time = ParseTimeOfDay(text.substr(t + 1));
  if (!date || !time) return std::nullopt;
  return absl::CivilMinute(*date) + time->count();
}

}  // namespace madoguchi::textproto
