#ifndef MADOGUCHI_CLIENTS_REPLAY_REBUILT_OFFICE_H
#define MADOGUCHI_CLIENTS_REPLAY_REBUILT_OFFICE_H

#include "madoguchi/ticketing/v1/event_service.pb.h"
#include "madoguchi/ticketing/v1/ticket.pb.h"
#include <google/protobuf/message.h>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace madoguchi::replay {

/// What the servers list of an office.
struct ListedOffice {
  std::vector<ticketing::v1::Ticket> tickets;
  std::vector<ticketing::v1::Counter> counters;
  std::vector<ticketing::v1::Service> services;
};

/// Tickets, counters and numbers waiting of an office's open day, rebuilt from
/// the events of its log alone. Not thread safe.
class RebuiltOffice {
 public:
  /// Folds the next event in.
  void Apply(ticketing::v1::Event const& event);

  /// From here on, every state that something passes through is remembered: the
  /// servers list while the office goes on, so any of them may be listed.
  void BeginListing();

  /// Field by field, a line each: where `listed`, which the servers answered
  /// between `BeginListing` and the last event, is not what the log says; and
  /// what about the log itself cannot be. Without notes, which events do not
  /// carry.
  std::vector<std::string> Compare(ListedOffice const& listed) const;

  /// Whether a day began since `BeginListing`: then nothing can be compared.
  bool day_changed() const { return day_changed_; }
  std::int64_t events() const { return events_; }
  std::int64_t last_sequence() const { return last_sequence_; }

 private:
  // The state of something, after those it had since `BeginListing`.
  template <typename T>
  using States = std::map<std::string, std::vector<T>>;

  void OpenDay(std::string const& day);
  void ApplyTicket(ticketing::v1::Event const& event);
  void Count(std::string const& queue, int by);

  std::string day_;
  std::int64_t events_ = 0;
  std::int64_t last_sequence_ = 0;
  bool is_listing_ = false;
  bool day_changed_ = false;
  States<ticketing::v1::Ticket> tickets_;
  States<ticketing::v1::Counter> counters_;
  // How many wait for a service.
  States<std::int64_t> waiting_;
  // Tickets that did not exist when the listing began.
  std::set<std::string> new_tickets_;
  // Live tickets of the day before, to be settled by its sweep.
  std::set<std::string> leftovers_;
  std::vector<std::string> impossible_;
};

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_REBUILT_OFFICE_H
