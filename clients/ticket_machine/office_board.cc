#include "clients/ticket_machine/office_board.h"

namespace madoguchi::ticket_machine {

using ticketing::v1::OfficeEvent;

void OfficeBoard::Apply(ticketing::v1::OfficeUpdate const& update) {
  MutexLock const lock(mu_);
  news_.office_time = update.office_time();
  if (update.has_snapshot()) {
    news_.name = update.snapshot().office_name();
    news_.services = update.snapshot().services();
  }
  if (!update.has_event()) return;
  if (update.event().kind() == OfficeEvent::DAY_OPENED) {
    for (auto& service : news_.services) service.set_waiting_count(0);
  }
  for (auto const& changed : update.event().services()) {
    for (auto& service : news_.services) {
      if (service.service() == changed.service()) {
        service.set_waiting_count(changed.waiting_count());
      }
    }
  }
}

void OfficeBoard::SetLiveness(absl::Status const& status) {
  MutexLock const lock(mu_);
  news_.heard = status.ok();
}

OfficeNews OfficeBoard::news() {
  MutexLock const lock(mu_);
  return news_;
}

std::optional<ticketing::v1::LocalizedText> OfficeBoard::NameOf(
    std::string const& service) {
  MutexLock const lock(mu_);
  for (auto const& known : news_.services) {
    if (known.service() == service) return known.display_name();
  }
  return std::nullopt;
}

}  // namespace madoguchi::ticket_machine
