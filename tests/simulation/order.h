#ifndef MADOGUCHI_TESTS_SIMULATION_ORDER_H
#define MADOGUCHI_TESTS_SIMULATION_ORDER_H

#include "services/ticketing/domain/counter_desk.h"
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::simulation {

/// What somebody may ask of the desks.
enum class Verb {
  kIssue,
  kCancel,
  kOpen,
  kClose,
  kPause,
  kEndActivity,
  kCallNext,
  kCallOutOfTurn,
  kRecall,
  kStartServing,
  kServeVisitor,
  kComplete,
  kMarkAbsent,
  kReturn,
  kHold,
  kResume,
  kEndHold,
  kUndo,
  kTransfer,
  kDesignate,
  kSetAssist,
  kEdit,
};
inline constexpr int kVerbs = 22;

/// One command with all its arguments, lawful or not; those that its verb does
/// not take mean nothing.
struct Order {
  Verb verb = Verb::kIssue;
  std::string id;
  OfficeId office;
  CounterId counter;
  std::int64_t session = 0;
  ticketing::TicketId ticket;
  std::int64_t version = 0;
  ServiceId service;
  std::string language;
  std::vector<ServiceId> next_services;
  StaffId staff;
  /// A reason or an outcome.
  std::string code;
  /// Take over, wrap up, to this counter alone, needs assistance.
  bool flag = false;
  std::optional<std::chrono::milliseconds> duration;
  ticketing::TransferOrder transfer;
  ticketing::life::Edit edit;
  std::string device;
};

/// Whether `verb` is a command of a counter on a ticket.
constexpr bool IsOnTicket(Verb verb) {
  switch (verb) {
    case Verb::kCallOutOfTurn:
    case Verb::kRecall:
    case Verb::kStartServing:
    case Verb::kComplete:
    case Verb::kMarkAbsent:
    case Verb::kReturn:
    case Verb::kHold:
    case Verb::kResume:
    case Verb::kEndHold:
    case Verb::kTransfer:
    case Verb::kDesignate:
    case Verb::kSetAssist:
    case Verb::kEdit:
      return true;
    default:
      return false;
  }
}

/// For people who read a history.
std::string Words(Verb verb);
std::string Words(Order const& order);

}  // namespace madoguchi::simulation

#endif  // MADOGUCHI_TESTS_SIMULATION_ORDER_H
