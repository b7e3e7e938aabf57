#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_UPSTREAM_STORE_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_UPSTREAM_STORE_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/base/request.h"
#include "services/renewal/domain/latency_baseline.h"
#include "services/renewal/domain/upstream_record.h"
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace madoguchi::renewal {

/// A request that was settled: the record right after it.
struct SettledUpstream {
  std::string command;
  UpstreamRecord record;

  friend bool operator==(SettledUpstream const&,
                         SettledUpstream const&) = default;
};

struct UpstreamLook {
  /// Nothing if the request was not settled.
  std::optional<SettledUpstream> settled;
  /// As a default one while nobody has settled anything.
  UpstreamRecord record;
};

/// How long an answer took, for the baseline.
struct TookLatency {
  LocalHour when;
  std::chrono::milliseconds latency{0};
};

/// A change of the record, at once or not at all.
struct UpstreamSettlement {
  /// An empty id is not remembered.
  Request request;
  /// The version that was seen; 0: nobody had settled anything.
  std::int64_t seen_version = 0;
  UpstreamRecord after;
  /// Goes into the baseline in the same step.
  std::optional<TookLatency> took;
};

/// Keeps what a city knows of its upstream: one record, and how long answers
/// took.
///
/// Thread safe; no method blocks. Any may fail with kUnavailable,
/// `STORE_UNAVAILABLE`, or kDeadlineExceeded: the outcome of a settlement is
/// then *unknown*, and repeating it with the same request is safe.
///
/// Every implementation must pass `UpstreamStoreContract`.
class UpstreamStore {
 public:
  virtual ~UpstreamStore() = default;

  /// Reads, at one moment, the record and what was settled under `request`.
  virtual void Look(RequestId const& request, MachineTime deadline,
                    Done<UpstreamLook> done) = 0;

  /// Settles a decision, unless its request was settled before: then answers
  /// that and changes nothing. Returns kAborted if the
  /// record is no longer at `seen_version`.
  virtual void Settle(UpstreamSettlement const& settlement,
                      MachineTime deadline, Done<SettledUpstream> done) = 0;

  /// How long answers took, as `AddLatency` keeps them.
  virtual void ReadBaseline(MachineTime deadline,
                            Done<LatencyBaseline> done) = 0;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_UPSTREAM_STORE_H
