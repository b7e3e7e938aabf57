#include "tests/simulation/city_model.h"
#include <algorithm>
#include <initializer_list>

// When the model refuses.
namespace madoguchi::simulation {
namespace {

using std::chrono::seconds;
using ticketing::Counter;
using ticketing::CounterActivity;
using ticketing::Ticket;
using ticketing::TicketState;
using Reasons = std::set<std::string>;

// The orders of a history have codes that are right or have a blank.
bool IsCodeWrong(std::string const& code) {
  return code.empty() || code.find(' ') != std::string::npos;
}

bool IsLanguageWrong(std::string const& language) {
  return language != "ja" && language != "ja-easy" && language != "en";
}

// The notes of a history are right or have a line break.
bool IsNoteWrong(std::string const& note) {
  return note.find('\n') != std::string::npos;
}

bool Serves(Office const& office, CounterId const& counter,
            ServiceId const& service) {
  auto const& serves = office.FindCounter(counter)->serves;
  return std::any_of(
      serves.begin(), serves.end(),
      [&](ServedService const& served) { return served.service == service; });
}

void RefuseServices(Office const& office, Order const& order, Reasons& why) {
  Reasons seen;
  auto services = order.next_services;
  services.push_back(order.service);
  for (auto const& service : services) {
    if (office.FindService(service) == nullptr) why.insert("SERVICE_NOT_FOUND");
    if (!seen.insert(service.value).second) why.insert("SERVICES_INVALID");
  }
  if (services.size() > 5) why.insert("SERVICES_INVALID");
}

void RefuseTransferOrder(City const& city, Office const& office,
                         Order const& order, Reasons& why) {
  auto const& to = order.transfer;
  bool const to_service = !to.service.value.empty();
  bool const to_counter = !to.counter.value.empty();
  bool const to_office = !to.office.value.empty();
  if (IsNoteWrong(to.note)) why.insert("NOTE_INVALID");
  if ((to_counter && to_office) || (to_office && !to_service) ||
      to.office == office.id || (!to_service && !to_counter && !to_office)) {
    why.insert("TRANSFER_INVALID");
  }
  auto const* const there = to_office ? city.FindOffice(to.office) : &office;
  if (there == nullptr) {
    why.insert("OFFICE_NOT_FOUND");
  } else if (to_service && there->FindService(to.service) == nullptr) {
    why.insert("SERVICE_NOT_FOUND");
  }
  if (to_counter && office.FindCounter(to.counter) == nullptr) {
    why.insert("COUNTER_NOT_FOUND");
  }
}

// What is wrong with the words of an order, whatever the hall is like.
Reasons RefuseWords(City const& city, Office const& office,
                    Order const& order) {
  Reasons why;
  auto const wrong = [&](bool is, char const* reason) {
    if (is) why.insert(reason);
  };
  switch (order.verb) {
    case Verb::kIssue:
      RefuseServices(office, order, why);
      wrong(!order.language.empty() && IsLanguageWrong(order.language),
            "LANGUAGE_UNKNOWN");
      break;
    case Verb::kServeVisitor:
      wrong(office.FindService(order.service) == nullptr, "SERVICE_NOT_FOUND");
      wrong(!order.language.empty() && IsLanguageWrong(order.language),
            "LANGUAGE_UNKNOWN");
      break;
    case Verb::kOpen:
    case Verb::kDesignate:
      wrong(IsCodeWrong(order.staff.value), "STAFF_INVALID");
      break;
    case Verb::kPause:
      wrong(IsCodeWrong(order.code), "REASON_INVALID");
      break;
    case Verb::kHold:
      wrong(IsCodeWrong(order.code), "REASON_INVALID");
      wrong(
          order.duration && (*order.duration < seconds(1) ||
                             *order.duration > office.desk_policy.longest_hold),
          "HOLD_TOO_LONG");
      break;
    case Verb::kComplete:
      wrong(!order.code.empty() && IsCodeWrong(order.code), "OUTCOME_INVALID");
      break;
    case Verb::kTransfer:
      RefuseTransferOrder(city, office, order, why);
      break;
    case Verb::kEdit:
      wrong(order.edit.language && IsLanguageWrong(*order.edit.language),
            "LANGUAGE_UNKNOWN");
      wrong(order.edit.note && IsNoteWrong(*order.edit.note), "NOTE_INVALID");
      wrong(order.edit.service &&
                office.FindService(*order.edit.service) == nullptr,
            "SERVICE_NOT_FOUND");
      break;
    default:
      break;
  }
  return why;
}

// What a ticket in `state` refuses.
char const* RefuseState(Verb verb, TicketState state) {
  auto const is = [&](std::initializer_list<TicketState> states) {
    return std::find(states.begin(), states.end(), state) != states.end();
  };
  using enum TicketState;
  switch (verb) {
    case Verb::kCancel:
    case Verb::kDesignate:
      return is({kWaiting}) ? nullptr : "TICKET_NOT_WAITING";
    case Verb::kCallOutOfTurn:
      return is({kWaiting, kOnHold, kAbsent}) ? nullptr : "TICKET_NOT_CALLABLE";
    case Verb::kRecall:
    case Verb::kStartServing:
    case Verb::kMarkAbsent:
      return is({kCalled}) ? nullptr : "TICKET_NOT_CALLED";
    case Verb::kComplete:
    case Verb::kHold:
      return is({kServing}) ? nullptr : "TICKET_NOT_SERVING";
    case Verb::kReturn:
      return is({kAbsent}) ? nullptr : "TICKET_NOT_ABSENT";
    case Verb::kResume:
    case Verb::kEndHold:
      return is({kOnHold}) ? nullptr : "TICKET_NOT_ON_HOLD";
    case Verb::kTransfer:
      return is({kWaiting, kCalled, kServing, kOnHold})
                 ? nullptr
                 : "TICKET_NOT_TRANSFERABLE";
    case Verb::kSetAssist:
    case Verb::kEdit:
      return is({kCompleted, kCancelled, kExpired, kMoved}) ? "TICKET_ENDED"
                                                            : nullptr;
    default:
      return nullptr;
  }
}

// Whether `verb` is the holder's alone.
bool IsForHolder(Verb verb, Ticket const& ticket) {
  switch (verb) {
    case Verb::kRecall:
    case Verb::kStartServing:
    case Verb::kComplete:
    case Verb::kMarkAbsent:
    case Verb::kHold:
      return true;
    case Verb::kTransfer:
      return AtCounter(ticket);
    default:
      return false;
  }
}

void RefuseRecalls(CallPolicy const& policy, Verb verb, Ticket const& ticket,
                   Timestamp now, Reasons& why) {
  if (ticket.state != TicketState::kCalled) return;
  if (verb == Verb::kRecall) {
    if (ticket.recalls >= policy.max_recalls) {
      why.insert("RECALL_LIMIT_REACHED");
    }
    if (*ticket.called + policy.recall_spacing > now) {
      why.insert("RECALL_TOO_SOON");
    }
  }
  if (verb == Verb::kMarkAbsent &&
      ticket.recalls < policy.recalls_before_absent) {
    why.insert("RECALL_REQUIRED");
  }
}

void RefuseTarget(ModelOffice const& at, CounterId const& target,
                  ServiceId const& service, Reasons& why) {
  if (!Serves(*at.office, target, service)) why.insert("TARGET_SERVES_NOT");
  if (!at.counters.at(target).open) why.insert("TARGET_CLOSED");
}

void RefuseOnTicket(ModelOffice const& at, ModelOffice const& seen,
                    Order const& order, Timestamp now, Reasons& why) {
  auto const found = at.tickets.find(order.ticket);
  if (found == at.tickets.end()) {
    why.insert("TICKET_NOT_FOUND");
    return;
  }
  auto const& ticket = found->second;
  if (order.version != 0 && order.version != ticket.version) {
    why.insert("TICKET_CHANGED");
  }
  if (auto const* const reason = RefuseState(order.verb, ticket.state)) {
    why.insert(reason);
  }
  RefuseRecalls(at.office->call_policy, order.verb, ticket, now, why);
  if (order.verb == Verb::kCancel) return;
  auto const& counter = at.counters.at(order.counter);
  if (IsForHolder(order.verb, ticket) && counter.ticket != ticket.id) {
    why.insert("TICKET_AT_OTHER_COUNTER");
  }
  if (order.verb == Verb::kDesignate) {
    RefuseTarget(at, order.counter, ticket.service, why);
  }
  if (order.verb == Verb::kTransfer && !order.transfer.counter.value.empty()) {
    auto const& to = order.transfer;
    RefuseTarget(seen, to.counter,
                 to.service.value.empty() ? ticket.service : to.service, why);
  }
  auto const queue = CityModel::QueueName(ticket);
  if (order.verb == Verb::kEdit && ticket.state == TicketState::kWaiting &&
      queue.starts_with("@") &&
      !Serves(*at.office, CounterId{queue.substr(1)},
              order.edit.service.value_or(ticket.service))) {
    why.insert("TARGET_SERVES_NOT");
  }
}

// Whether a counter may take a ticket for `verb`, or do what it asks.
void RefuseCounter(Counter const& counter, Verb verb, Reasons& why) {
  switch (verb) {
    case Verb::kCallNext:
    case Verb::kCallOutOfTurn:
    case Verb::kServeVisitor:
    case Verb::kResume:
    case Verb::kPause:
      if (counter.Busy()) why.insert("COUNTER_BUSY");
      if (counter.activity == CounterActivity::kPaused) {
        why.insert("COUNTER_PAUSED");
      }
      break;
    case Verb::kClose:
      if (counter.Busy()) why.insert("COUNTER_BUSY");
      break;
    case Verb::kEndActivity:
      if (counter.activity == CounterActivity::kReady) {
        why.insert("COUNTER_READY");
      }
      break;
    default:
      break;
  }
}

// The series of a ticket and its place there, from its id.
std::pair<std::string, int> SerialOf(ticketing::TicketId const& id) {
  auto const end = id.value.rfind('-');
  return {id.value.substr(9, end - 9), std::stoi(id.value.substr(end + 1))};
}

// Whether the office has come to the number of `ticket` again since.
bool CameToNumberAgain(ModelOffice const& at, Ticket const& ticket) {
  auto const today = std::to_string(at.day.yyyymmdd);
  auto const [series, serial] = SerialOf(ticket.id);
  auto const size = at.office->FindSeries({series})->size;
  auto const again =
      ticket.id.value.starts_with(today) ? serial + size : serial % size;
  return std::any_of(at.tickets.begin(), at.tickets.end(), [&](auto& each) {
    auto const [other, place] = SerialOf(each.first);
    return each.first.value.starts_with(today) && other == series &&
           place >= again;
  });
}

bool IsNothingToUndo(ModelOffice const& at, ModelOffice const& seen,
                     Counter const& counter, Timestamp now) {
  auto const step = seen.steps.find(counter.id);
  if (step == seen.steps.end()) return true;
  auto const& [before, ticket_version, counter_version, time] = step->second;
  auto const found = at.tickets.find(before.id);
  // Of the day before.
  if (found == at.tickets.end()) return true;
  auto const& ticket = found->second;
  return ticket.version != ticket_version ||
         (!IsLive(ticket.state) && CameToNumberAgain(at, ticket)) ||
         counter.version != counter_version ||
         now - time > at.office->desk_policy.undo;
}

}  // namespace

Reasons CityModel::Refusals(Order const& order, Timestamp now) const {
  auto const found = offices_.find(order.office);
  if (found == offices_.end()) {
    // Where two things are wrong, either may be said.
    Reasons why = {"OFFICE_NOT_FOUND"};
    if (IsCodeWrong(order.code)) why.insert("REASON_INVALID");
    return why;
  }
  auto const& at = found->second;
  bool const of_counter =
      order.verb != Verb::kIssue && order.verb != Verb::kCancel;
  if (of_counter && at.office->FindCounter(order.counter) == nullptr) {
    auto why = RefuseWords(city_, *at.office, order);
    why.insert("COUNTER_NOT_FOUND");
    return why;
  }
  auto why = RefuseWords(city_, *at.office, order);
  if (!why.empty() || order.verb == Verb::kIssue) return why;
  if (order.verb == Verb::kCancel) {
    RefuseOnTicket(at, Seen(order.office), order, now, why);
    return why;
  }
  auto const& counter = at.counters.at(order.counter);
  if (order.verb == Verb::kOpen) {
    if (counter.open && !order.flag) why.insert("COUNTER_ALREADY_OPEN");
    return why;
  }
  // A supervisor needs no session.
  if (order.verb != Verb::kDesignate) {
    if (!counter.open) why.insert("COUNTER_CLOSED");
    if (order.session != 0 && order.session != counter.session) {
      why.insert("COUNTER_TAKEN_OVER");
    }
  }
  if (IsOnTicket(order.verb)) {
    RefuseOnTicket(at, Seen(order.office), order, now, why);
  }
  RefuseCounter(counter, order.verb, why);
  if (order.verb == Verb::kUndo &&
      IsNothingToUndo(at, Seen(order.office), counter, now)) {
    why.insert("NOTHING_TO_UNDO");
  }
  return why;
}

}  // namespace madoguchi::simulation
