#ifndef MADOGUCHI_CLIENTS_AUDIT_RECORD_H
#define MADOGUCHI_CLIENTS_AUDIT_RECORD_H

#include "madoguchi/ticketing/v1/event_service.pb.h"
#include <cstdint>
#include <string>

// The lines of an export, without their hashes. README.md has the members.
namespace madoguchi::audit {

/// The first line: what the export is of.
struct Header {
  /// Its id.
  std::string office;
  /// `yyyymmdd`; empty for as far as the log goes.
  std::string from_day;
  std::string to_day;
  /// The hash of the last line of the export that this one continues;
  /// `FirstHash` if it continues none.
  std::string previous;
  /// The last sequence of that export; 0 if there is none.
  std::int64_t after_sequence = 0;
};
std::string WriteHeader(Header const& header);

/// One event: what, when, who, where and why, and the ticket and the counter
/// after it. Of a note only that there is one.
std::string WriteEvent(ticketing::v1::Event const& event);

/// The last line: without it the export is not whole.
struct Trailer {
  std::int64_t events = 0;
  /// Of the last event, or `after_sequence` of the header.
  std::int64_t last_sequence = 0;
};
std::string WriteTrailer(Trailer const& trailer);

}  // namespace madoguchi::audit

#endif  // MADOGUCHI_CLIENTS_AUDIT_RECORD_H
