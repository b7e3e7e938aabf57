#include "services/ticketing/domain/ticket.h"
#include "services/ticketing/domain/errors.h"
#include <algorithm>
#include <charconv>
#include <iterator>
#include <system_error>

namespace madoguchi::ticketing {
namespace {

constexpr std::size_t kSerialDigits = 5;
constexpr std::size_t kDayDigits = 8;

bool IsDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c >= '0' && c <= '9';
  });
}

}  // namespace

TicketId MakeTicketId(BusinessDay day, SeriesId const& series,
                      std::int64_t serial) {
  auto digits = std::to_string(serial);
  if (digits.size() < kSerialDigits) {
    digits.insert(0, kSerialDigits - digits.size(), '0');
  }
  return {std::to_string(day.yyyymmdd) + "-" + series.value + "-" + digits};
}

std::optional<BusinessDay> DayOf(TicketId const& id) {
  std::string_view const text = id.value;
  auto const series_end = text.rfind('-');
  if (text.size() <= kDayDigits || text[kDayDigits] != '-' ||
      series_end <= kDayDigits + 1 || text.size() > 64 ||
      !IsDigits(text.substr(0, kDayDigits)) ||
      !IsDigits(text.substr(series_end + 1))) {
    return std::nullopt;
  }
  BusinessDay day;
  std::from_chars(text.data(), text.data() + kDayDigits, day.yyyymmdd);
  return day;
}

std::string NumberOf(Series const& series, std::int64_t serial) {
  return series.prefix + std::to_string(series.first + serial % series.size);
}

absl::StatusOr<std::string> ParseLanguage(std::string const& language) {
  if (language.empty()) return std::string(kLanguages[0]);
  if (std::find(std::begin(kLanguages), std::end(kLanguages), language) ==
      std::end(kLanguages)) {
    return error::LanguageUnknown();
  }
  return language;
}

}  // namespace madoguchi::ticketing
