#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_OFFICE_BOARD_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_OFFICE_BOARD_H

#include "services/base/mutex.h"
#include "madoguchi/ticketing/v1/display_service.pb.h"
#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include <google/protobuf/repeated_ptr_field.h>
#include <google/protobuf/timestamp.pb.h>
#include <optional>
#include <string>

namespace madoguchi::ticket_machine {

/// What the office says of itself, for the page.
struct OfficeNews {
  /// Whether it is heard now; the rest is what it said last.
  bool heard = false;
  std::optional<google::protobuf::Timestamp> office_time;
  std::optional<ticketing::v1::LocalizedText> name;
  google::protobuf::RepeatedPtrField<ticketing::v1::ServiceView> services;
};

/// Folds the updates that displays get into what a kiosk shows. Thread safe.
class OfficeBoard {
 public:
  void Apply(ticketing::v1::OfficeUpdate const& update)
      ABSL_LOCKS_EXCLUDED(mu_);
  /// As `sdk::OfficeWatch` tells it.
  void SetLiveness(absl::Status const& status) ABSL_LOCKS_EXCLUDED(mu_);

  OfficeNews news() ABSL_LOCKS_EXCLUDED(mu_);

  /// What visitors read as the name of `service`; nothing if it was not heard
  /// of.
  std::optional<ticketing::v1::LocalizedText> NameOf(std::string const& service)
      ABSL_LOCKS_EXCLUDED(mu_);

 private:
  Mutex mu_;
  OfficeNews news_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_OFFICE_BOARD_H
