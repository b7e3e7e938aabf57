#ifndef MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_UPSTREAM_CODEC_H
#define MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_UPSTREAM_CODEC_H

#include "services/renewal/domain/latency_baseline.h"
#include "services/renewal/domain/upstream_store.h"
#include "absl/status/statusor.h"
#include <string>
#include <string_view>

// What is known of the upstream, as Redis keeps it. Reading fails with
// kInternal, `STORE_KEY_FOREIGN`, where a record is not ours. Pure.
namespace madoguchi::renewal {

/// The record, its version first. Stretches are kept to a millionth.
std::string PackUpstream(UpstreamRecord const& record);
absl::StatusOr<UpstreamRecord> UnpackUpstream(std::string_view record);

/// What a request is remembered by, up to the record.
std::string PackUpstreamCommand(std::string_view command);
absl::StatusOr<SettledUpstream> UnpackSettledUpstream(std::string_view record);

/// An hour of the baseline as a field, such as `20417:10`.
std::string PackHour(LocalHour when);
absl::StatusOr<LocalHour> UnpackHour(std::string_view field);

/// What answers of an hour took: milliseconds, each behind a comma.
absl::StatusOr<std::vector<std::chrono::milliseconds>> UnpackLatencies(
    std::string_view text);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_ADAPTERS_UPSTREAM_CODEC_H
