#ifndef MADOGUCHI_CLIENTS_AUDIT_EXPORT_H
#define MADOGUCHI_CLIENTS_AUDIT_EXPORT_H

#include "clients/audit/chain.h"
#include "clients/audit/record.h"
#include "madoguchi/ticketing/v1/event_service.pb.h"
#include "absl/status/status.h"
#include <cstdint>
#include <ostream>
#include <string>

namespace madoguchi::audit {

/// Writes an export, line by line. Not thread safe.
class Export {
 public:
  /// Writes the first line. `out` must outlive this.
  Export(Header const& header, std::ostream& out);

  /// Writes the next event of the log, if it is of the days wanted. Returns
  /// kDataLoss if one before it is missing, and kOutOfRange, having written
  /// nothing, once the days wanted are over.
  absl::Status Add(ticketing::v1::Event const& event);

  /// Whether an event came that is behind the days wanted.
  bool IsOver() const { return is_over_; }

  /// Writes the last line. Answers what it says.
  Trailer Finish();

  /// The hash of the last line.
  std::string const& last_hash() const { return chain_.last(); }

 private:
  void Write(std::string const& content);

  Header const header_;
  std::ostream& out_;
  Chain chain_;
  Trailer trailer_;
  // The last event seen, of whatever day; 0 before the first.
  std::int64_t seen_;
  bool is_over_ = false;
};

}  // namespace madoguchi::audit

#endif  // MADOGUCHI_CLIENTS_AUDIT_EXPORT_H
