#include "services/base/clock.h"
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string_view>
#include <system_error>

namespace madoguchi {
namespace {

Timestamp SystemNow() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now());
}

std::chrono::milliseconds Milliseconds(double count) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(count));
}

}  // namespace

Timestamp SystemClock::Now() const { return SystemNow(); }

Timestamp ScaledClock::Now() const {
  auto const elapsed = SystemNow() - scale_.machine_start;
  return scale_.office_start +
         Milliseconds(static_cast<double>(elapsed.count()) * scale_.factor);
}

Timestamp ScaledClock::MachineTimeOf(Timestamp office_time) const {
  auto const elapsed = office_time - scale_.office_start;
  return scale_.machine_start +
         Milliseconds(static_cast<double>(elapsed.count()) / scale_.factor);
}

absl::StatusOr<ScaledClock::Scale> ParseScale(std::string const& text) {
  auto const wrong = [] {
    return absl::InvalidArgumentError(
        "A scaled clock is factor,office_start_ms,machine_start_ms with a "
        "factor above 0 and at most 100000, such as "
        "60,1790000000000,1790000000000.");
  };
  double factor = 0;
  std::array<std::int64_t, 2> starts{};
  char const* at = text.data();
  char const* const end = text.data() + text.size();
  auto parsed = std::from_chars(at, end, factor);
  if (parsed.ec != std::errc() || !(factor > 0) || factor > 100'000) {
    return wrong();
  }
  for (auto& start : starts) {
    if (parsed.ptr == end || *parsed.ptr != ',') return wrong();
    parsed = std::from_chars(parsed.ptr + 1, end, start);
    if (parsed.ec != std::errc()) return wrong();
  }
  if (parsed.ptr != end) return wrong();
  return ScaledClock::Scale{factor,
                            Timestamp(std::chrono::milliseconds(starts[0])),
                            Timestamp(std::chrono::milliseconds(starts[1]))};
}

std::string FormatScale(ScaledClock::Scale const& scale) {
  std::array<char, 32> factor{};
  auto const written =
      std::to_chars(factor.data(), factor.data() + factor.size(), scale.factor);
  return std::string(factor.data(), written.ptr) + "," +
         std::to_string(scale.office_start.time_since_epoch().count()) + "," +
         std::to_string(scale.machine_start.time_since_epoch().count());
}

absl::StatusOr<std::unique_ptr<Clock>> MakeClock(std::string const& kind,
                                                 std::string const& scale) {
  if (kind == "system") return std::make_unique<SystemClock>();
  if (kind != "scaled") {
    return absl::InvalidArgumentError("--clock is system or scaled.");
  }
  auto const parsed = ParseScale(scale);
  if (!parsed.ok()) return parsed.status();
  return std::make_unique<ScaledClock>(*parsed);
}

double SpeedOf(Clock const& clock) {
  auto const* const scaled = dynamic_cast<ScaledClock const*>(&clock);
  return scaled == nullptr ? 1 : scaled->scale().factor;
}

}  // namespace madoguchi
