#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_SCREEN_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_SCREEN_H

#include "clients/counter_terminal/desk.h"
#include "madoguchi/ticketing/v1/display_service.pb.h"
#include "absl/time/time.h"
#include <google/protobuf/timestamp.pb.h>
#include <string>
#include <vector>

namespace madoguchi::counter_terminal {

/// What the hall's stream tells the terminal.
struct HallNews {
  std::vector<ticketing::v1::ServiceView> services;
  /// The office's clock at the last update.
  google::protobuf::Timestamp office_time;
  /// Whether updates come.
  bool connected = false;
};

/// Who works where, and the ticket with its state and since when.
std::string DeskLine(Desk const& desk, absl::TimeZone zone);

/// How many wait for each service.
std::string WaitingLine(HallNews const& news);

/// Whether what is shown is up to date.
std::string ConnectionLine(HallNews const& news, absl::TimeZone zone);

/// The keys that make sense now.
std::string Legend(Desk const& desk);

/// A ticket in a list.
std::string TicketLine(ticketing::v1::Ticket const& ticket,
                       absl::TimeZone zone);

/// The whole screen, `columns` wide; `messages` are the last things said.
std::string Screen(Desk const& desk, HallNews const& news,
                   std::vector<std::string> const& messages,
                   absl::TimeZone zone, int columns);

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_SCREEN_H
