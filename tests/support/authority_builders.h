#ifndef MADOGUCHI_TESTS_SUPPORT_AUTHORITY_BUILDERS_H
#define MADOGUCHI_TESTS_SUPPORT_AUTHORITY_BUILDERS_H

#include "services/certification_authority/domain/issuance_ledger.h"
#include "services/certification_authority/domain/weather.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include <string>
#include <vector>

// Orders, weather and a journal, for tests of the sandbox authority.
namespace madoguchi::certification_authority {

using namespace std::chrono_literals;

using Local = absl::CivilMinute;

/// The moment of a local time in Tokyo.
inline Timestamp InTokyo(Local local) {
  absl::TimeZone zone;
  absl::LoadTimeZone("Asia/Tokyo", &zone);
  return std::chrono::time_point_cast<std::chrono::milliseconds>(
      absl::ToChronoTime(absl::FromCivil(local, zone)));
}

/// A Monday.
inline Timestamp const kTen = InTokyo(Local(2026, 11, 16, 10, 0));

inline std::string UuidOf(int first, int last) {
  return absl::StrFormat("%08x-0000-4000-8000-%012x", first, last);
}

inline Order OrderOf(int attempt, int case_number) {
  return {{UuidOf(1, attempt)}, {UuidOf(2, case_number)}, {true, true}};
}

/// A second for each answer, at any hour.
inline Weather CalmWeather() {
  Weather weather;
  weather.time_zone = "Asia/Tokyo";
  weather.hours = {{0, 24, 1s}};
  return weather;
}

/// Keeps decisions in memory; fails as `next` says.
class MemoryJournal : public LedgerJournal {
 public:
  absl::Status Append(Issuance const& issuance) override {
    if (next.ok()) kept.push_back(issuance);
    return next;
  }

  absl::Status next;
  std::vector<Issuance> kept;
};

}  // namespace madoguchi::certification_authority

#endif  // MADOGUCHI_TESTS_SUPPORT_AUTHORITY_BUILDERS_H
