#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_WORDS_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_WORDS_H

#include "clients/counter_terminal/texts.h"
#include "madoguchi/ticketing/v1/ticket.pb.h"
#include "absl/time/time.h"
#include <google/protobuf/timestamp.pb.h>
#include <string>
#include <vector>

namespace madoguchi::counter_terminal {

/// One of several things to choose from: a code and what it means.
struct Choice {
  std::string code;
  Sentence name;

  friend bool operator==(Choice const&, Choice const&) = default;
};

/// Why a visitor goes away from the counter for a while.
std::vector<Choice> const& HoldReasons();
/// Those that a hold may have, also of renewal's making.
std::vector<Choice> const& HoldReasonsShown();
/// Why a clerk does.
std::vector<Choice> const& PauseReasons();
/// What visitors read.
std::vector<Choice> const& Languages();
/// Where in the order a transferred visitor waits.
std::vector<Choice> const& Positions();

/// What `code` means, Japanese first; the code itself if it is none of them.
std::string NameOf(std::vector<Choice> const& choices, std::string const& code);

/// `応対中 Serving`
std::string StateName(ticketing::v1::Ticket::State state);

/// `2` of `offices/honcho/counters/2`.
std::string LastPart(std::string const& name);

/// The time from `start` to `end`, and not less than none.
absl::Duration Between(google::protobuf::Timestamp const& start,
                       google::protobuf::Timestamp const& end);

/// `04:12`, and `1:04:12` from an hour on.
std::string ShowClock(absl::Duration duration);

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_WORDS_H
