#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_LISTS_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_LISTS_H

#include "clients/counter_terminal/words.h"
#include "madoguchi/ticketing/v1/ticket.pb.h"
#include "absl/time/time.h"
#include <google/protobuf/timestamp.pb.h>
#include <string>
#include <vector>

namespace madoguchi::counter_terminal {

/// A ticket in a list: number, state and since when, where, what for, marks.
std::string TicketLine(ticketing::v1::Ticket const& ticket,
                       absl::TimeZone zone);

/// A ticket on hold: number, why, whose, where, and how long it still may be
/// away, or for how long it is overdue.
std::string ParkedLine(ticketing::v1::Ticket const& ticket,
                       google::protobuf::Timestamp const& now);

/// A counter: who is there, what goes on and since when.
std::string CounterLine(ticketing::v1::Counter const& counter,
                        google::protobuf::Timestamp const& now);

/// An open counter in a few columns: `3 休止 Paused`.
std::string CounterWord(ticketing::v1::Counter const& counter);

/// `[配慮 Assist] [お渡し Pick-up]`: what must not be overlooked.
std::string Marks(ticketing::v1::Ticket const& ticket);

/// What any open counter can do with a ticket that it does not have, the usual
/// first.
std::vector<Choice> WhatCanBeDone(ticketing::v1::Ticket const& ticket);

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_LISTS_H
