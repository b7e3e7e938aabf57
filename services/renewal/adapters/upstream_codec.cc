#include "services/renewal/adapters/upstream_codec.h"
#include "services/base/record.h"
#include "services/base/status_macros.h"
#include "services/renewal/domain/errors.h"
#include <charconv>
#include <cmath>
#include <utility>

namespace madoguchi::renewal {
namespace {

// Grows when a field changes its meaning; new ones at the end need no other.
constexpr std::int64_t kUpstreamFormat = 1;
constexpr double kMillionths = 1e6;

// Letters stay what they are: Redis keeps them.
constexpr char kBreakerStates[] = {'C', 'O', 'H'};

absl::Status BrokenUpstream() {
  return error::StoreKeyForeign("What is kept of the upstream is broken.");
}

void WriteShare(RecordWriter& writer, double share) {
  writer.Number(static_cast<std::int64_t>(std::llround(share * kMillionths)));
}

double ReadShare(RecordReader& reader) {
  return static_cast<double>(reader.Number()) / kMillionths;
}

// An absent part is one empty field.
void WriteProbe(RecordWriter& writer, std::optional<Probe> const& probe) {
  if (!probe) {
    writer.Raw("");
    return;
  }
  writer.Number(probe->number).Text(probe->caller.value).Time(probe->began);
}

std::optional<Probe> ReadProbe(RecordReader& reader) {
  auto const number = reader.Field();
  if (number.empty()) return std::nullopt;
  Probe probe;
  probe.number = reader.ToNumber<std::int64_t>(number);
  probe.caller.value = reader.Text();
  probe.began = reader.Time();
  return probe;
}

void WriteBreaker(RecordWriter& writer, Breaker const& breaker) {
  writer.Number(breaker.version)
      .Letter(LetterOf(breaker.state, kBreakerStates))
      .Time(breaker.since)
      .Number(breaker.recent_failed)
      .Number(breaker.recent);
  WriteShare(writer, breaker.log_stretch);
  WriteShare(writer, breaker.stretch);
  writer.Number(breaker.tries)
      .Time(breaker.first_try)
      .Time(breaker.last_noted)
      .Number(breaker.trips)
      .Time(breaker.probe_from);
  WriteProbe(writer, breaker.probe);
  writer.Number(breaker.probes)
      .Number(breaker.successes)
      .Text(breaker.prober.value_or(CallerId()).value);
}

Breaker ReadBreaker(RecordReader& reader) {
  Breaker breaker;
  breaker.version = reader.Number();
  breaker.state = reader.Letter<BreakerState>(kBreakerStates);
  breaker.since = reader.Time();
  breaker.recent_failed = reader.Number<std::uint32_t>();
  breaker.recent = reader.Number<int>();
  breaker.log_stretch = ReadShare(reader);
  breaker.stretch = ReadShare(reader);
  breaker.tries = reader.Number<int>();
  breaker.first_try = reader.Time();
  breaker.last_noted = reader.Time();
  breaker.trips = reader.Number<int>();
  breaker.probe_from = reader.Time();
  breaker.probe = ReadProbe(reader);
  breaker.probes = reader.Number();
  breaker.successes = reader.Number<int>();
  if (auto prober = reader.Text(); !prober.empty()) {
    breaker.prober = CallerId{std::move(prober)};
  }
  return breaker;
}

// The whole of `text` as a number; nothing if it is none.
std::optional<std::int64_t> NumberIn(std::string_view text) {
  std::int64_t number = 0;
  auto const* const end = text.data() + text.size();
  auto const read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number;
}

}  // namespace

std::string PackUpstream(UpstreamRecord const& record) {
  RecordWriter writer;
  writer.Number(record.version).Number(kUpstreamFormat);
  WriteBreaker(writer, record.breaker);
  writer.Number(record.budget.tenths)
      .Number(static_cast<std::int64_t>(record.last_release.size()));
  for (auto const& [office, released] : record.last_release) {
    writer.Text(office.value).Time(released);
  }
  return writer.Take();
}

absl::StatusOr<UpstreamRecord> UnpackUpstream(std::string_view text) {
  RecordReader reader(text);
  UpstreamRecord record;
  record.version = reader.Number();
  reader.Format(kUpstreamFormat);
  record.breaker = ReadBreaker(reader);
  record.budget.tenths = reader.Number<int>();
  auto const releases = reader.Number();
  for (std::int64_t i = 0; reader.ok() && i < releases; ++i) {
    OfficeId office{reader.Text()};
    record.last_release[std::move(office)] = reader.Time();
  }
  if (!reader.ok()) return BrokenUpstream();
  return record;
}

std::string PackUpstreamCommand(std::string_view command) {
  return PackRecordText(command) + kRecordMark;
}

absl::StatusOr<SettledUpstream> UnpackSettledUpstream(std::string_view text) {
  auto const mark = text.find(kRecordMark);
  if (mark == std::string_view::npos) return BrokenUpstream();
  auto command = ReadRecordText(text.substr(0, mark));
  if (!command) return BrokenUpstream();
  MADOGUCHI_ASSIGN_OR_RETURN(auto record,
                             UnpackUpstream(text.substr(mark + 1)));
  return SettledUpstream{*std::move(command), std::move(record)};
}

std::string PackHour(LocalHour when) {
  return std::to_string(when.day) + ":" + std::to_string(when.hour);
}

absl::StatusOr<LocalHour> UnpackHour(std::string_view field) {
  auto const colon = field.find(':');
  if (colon == std::string_view::npos) return BrokenUpstream();
  auto const day = NumberIn(field.substr(0, colon));
  auto const hour = NumberIn(field.substr(colon + 1));
  if (!day || !hour || *hour < 0 || *hour > 23) return BrokenUpstream();
  return LocalHour{*day, static_cast<int>(*hour)};
}

absl::StatusOr<std::vector<std::chrono::milliseconds>> UnpackLatencies(
    std::string_view text) {
  std::vector<std::chrono::milliseconds> all;
  while (!text.empty()) {
    if (text.front() != ',') return BrokenUpstream();
    text.remove_prefix(1);
    auto const end = std::min(text.find(','), text.size());
    auto const number = NumberIn(text.substr(0, end));
    if (!number) return BrokenUpstream();
    all.emplace_back(*number);
    text.remove_prefix(end);
  }
  return all;
}

}  // namespace madoguchi::renewal
