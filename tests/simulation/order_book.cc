#include "tests/simulation/order_book.h"
#include "tests/support/ticket_builders.h"
#include <algorithm>
#include <utility>

namespace madoguchi::simulation {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ticketing::Counter;
using ticketing::Ticket;
using ticketing::TicketState;
using ticketing::life::Position;

// How often each verb is thought of; together more often than the rare ones.
constexpr std::pair<Verb, int> kWeights[] = {
    {Verb::kIssue, 22},       {Verb::kCancel, 3},
    {Verb::kOpen, 8},         {Verb::kClose, 3},
    {Verb::kPause, 2},        {Verb::kEndActivity, 3},
    {Verb::kCallNext, 20},    {Verb::kCallOutOfTurn, 3},
    {Verb::kRecall, 4},       {Verb::kStartServing, 12},
    {Verb::kServeVisitor, 2}, {Verb::kComplete, 8},
    {Verb::kMarkAbsent, 5},   {Verb::kReturn, 5},
    {Verb::kHold, 6},         {Verb::kResume, 2},
    {Verb::kEndHold, 2},      {Verb::kUndo, 5},
    {Verb::kTransfer, 9},     {Verb::kDesignate, 4},
    {Verb::kSetAssist, 3},    {Verb::kEdit, 4},
};

// The state in which `verb` is mostly given.
std::vector<TicketState> UsualStates(Verb verb) {
  using enum TicketState;
  switch (verb) {
    case Verb::kRecall:
    case Verb::kStartServing:
    case Verb::kMarkAbsent:
      return {kCalled};
    case Verb::kComplete:
    case Verb::kHold:
      return {kServing};
    case Verb::kReturn:
      return {kAbsent};
    case Verb::kResume:
    case Verb::kEndHold:
      return {kOnHold};
    case Verb::kCallOutOfTurn:
      return {kWaiting, kOnHold, kAbsent};
    case Verb::kTransfer:
      return {kWaiting, kCalled, kServing, kOnHold};
    default:
      return {kWaiting};
  }
}

bool IsHolders(TicketState state) {
  return state == TicketState::kCalled || state == TicketState::kServing;
}

// What is left out means the usual.
auto Arguments(Order const& order) {
  auto const& to = order.transfer;
  auto const language = order.language.empty() ? "ja" : order.language;
  bool const done = order.verb == Verb::kComplete && order.code.empty();
  auto const code = done ? "done" : order.code;
  return std::tuple(order.verb, order.office, order.counter, order.session,
                    order.ticket, order.version, order.service, language,
                    order.next_services, order.staff, code, order.flag,
                    order.duration, to.service, to.counter, to.office,
                    to.position, to.note, order.edit.language, order.edit.note,
                    order.edit.service);
}

}  // namespace

std::string OrderBook::NewId() { return ticketing::Uuid(++ids_); }

Verb OrderBook::AnyVerb() {
  int sum = 0;
  for (auto const& [verb, weight] : kWeights) sum += weight;
  int left = chance_.Between(1, sum);
  for (auto const& [verb, weight] : kWeights) {
    left -= weight;
    if (left <= 0) return verb;
  }
  return Verb::kIssue;
}

Order OrderBook::Next(Timestamp now) {
  auto order = Think();
  // Most of what comes to mind is refused; then little would happen.
  for (int again = 0; again != 6 && !chance_.Happens(0.1); ++again) {
    if (model_.Refusals(order, now).empty()) break;
    order = Think();
  }
  order.id = NewId();
  return order;
}

Order OrderBook::Think() {
  Order order;
  order.verb = AnyVerb();
  auto const& office = AnyOf(city_.offices);
  auto const& at = model_.At(office.id);
  order.office = Seldom() ? OfficeId{"nowhere"} : office.id;
  order.device = "device-" + std::to_string(chance_.Between(1, 3));
  if (IsOnTicket(order.verb) || order.verb == Verb::kCancel) {
    ChooseTicket(order, at);
  }
  if (order.verb == Verb::kCancel) {
    order.device.clear();
    order.version = 0;
    order.counter = {};
  }
  if (order.verb != Verb::kIssue && order.verb != Verb::kCancel) {
    ChooseCounter(order, at);
  }
  ChooseWords(order, office);
  return order;
}

void OrderBook::ChooseTicket(Order& order, ModelOffice const& at) {
  auto const states = UsualStates(order.verb);
  std::vector<Ticket> usual;
  std::vector<Ticket> all;
  for (auto const& [id, ticket] : at.tickets) {
    all.push_back(ticket);
    if (std::find(states.begin(), states.end(), ticket.state) != states.end()) {
      usual.push_back(ticket);
    }
  }
  auto const& from =
      usual.empty() || chance_.Happens(0.15) ? all : std::as_const(usual);
  if (from.empty() || Seldom()) {
    order.ticket = {"20261123-a-99999"};
    return;
  }
  auto const& ticket = AnyOf(from);
  order.ticket = ticket.id;
  if (chance_.Happens(0.4)) order.version = ticket.version;
  if (Seldom()) order.version = ticket.version + 1;
  if (IsHolders(ticket.state)) order.counter = ticket.counter;
}

void OrderBook::ChooseCounter(Order& order, ModelOffice const& at) {
  // Mostly where it makes sense.
  if (order.counter.value.empty() || chance_.Happens(0.1)) {
    std::vector<CounterId> open;
    std::vector<CounterId> all;
    for (auto const& counter : at.office->counters) {
      all.push_back(counter.id);
      auto const known = at.counters.find(counter.id);
      if (known != at.counters.end() && known->second.open &&
          (!known->second.Busy() || order.verb != Verb::kCallNext)) {
        open.push_back(counter.id);
      }
    }
    bool const any =
        open.empty() || order.verb == Verb::kOpen || chance_.Happens(0.1);
    order.counter = AnyOf(any ? all : open);
  }
  if (Seldom()) order.counter = {"9"};
  auto const known = at.counters.find(order.counter);
  auto const session = known == at.counters.end() ? 0 : known->second.session;
  if (session == 0 || order.verb == Verb::kDesignate) return;
  if (chance_.Happens(0.5)) order.session = session;
  if (chance_.Happens(0.04)) order.session = session - 1;
}

ServiceId OrderBook::AnyService(Office const& office) {
  return Seldom() ? ServiceId{"nothing"} : AnyOf(office.services).id;
}

std::string OrderBook::AnyLanguage() {
  if (Seldom()) return "fr";
  return AnyOf(std::vector<std::string>{"", "ja", "ja-easy", "en", "en"});
}

void OrderBook::ChooseWords(Order& order, Office const& office) {
  std::vector<std::string> const codes = {"form", "lunch", "done", "left"};
  switch (order.verb) {
    case Verb::kIssue:
      order.service = AnyService(office);
      order.language = AnyLanguage();
      if (chance_.Happens(0.2)) order.next_services = {AnyService(office)};
      break;
    case Verb::kServeVisitor:
      order.service = AnyService(office);
      order.language = AnyLanguage();
      break;
    case Verb::kOpen:
    case Verb::kDesignate:
      order.staff = {Seldom() ? "A Name" : "staff-" + AnyOf(codes)};
      order.flag = order.verb == Verb::kOpen && chance_.Happens(0.3);
      break;
    case Verb::kComplete:
      if (chance_.Happens(0.5)) order.code = Seldom() ? "a b" : AnyOf(codes);
      order.flag = chance_.Happens(0.3);
      break;
    case Verb::kPause:
      order.code = Seldom() ? "a b" : AnyOf(codes);
      break;
    case Verb::kHold:
      order.flag = chance_.Happens(0.3);
      order.code = Seldom() ? "a b" : AnyOf(codes);
      if (chance_.Happens(0.7)) {
        order.duration = chance_.Between(seconds(0), minutes(12));
      }
      if (Seldom()) order.duration = minutes(21);
      break;
    case Verb::kTransfer:
      ChooseTransfer(order, office);
      break;
    case Verb::kEdit:
      ChooseEdit(order);
      if (chance_.Happens(0.4)) order.edit.service = AnyService(office);
      break;
    case Verb::kSetAssist:
      order.flag = chance_.Happens(0.7);
      break;
    default:
      break;
  }
}

void OrderBook::ChooseTransfer(Order& order, Office const& office) {
  auto& to = order.transfer;
  auto const& other = city_.offices[office.id == city_.offices[0].id ? 1 : 0];
  to.position = static_cast<Position>(chance_.Between(0, 2));
  if (chance_.Happens(0.7)) to.service = AnyService(office);
  if (chance_.Happens(0.4)) {
    to.counter = AnyOf(office.counters).id;
  } else if (chance_.Happens(0.3)) {
    to.office = other.id;
  }
  if (Seldom()) to.office = {"nowhere"};
  if (Seldom()) to.counter = {"9"};
  if (chance_.Happens(0.3)) to.note = Seldom() ? "two\nlines" : "has the form";
}

void OrderBook::ChooseEdit(Order& order) {
  if (chance_.Happens(0.4)) order.edit.language = AnyLanguage();
  if (chance_.Happens(0.4)) {
    order.edit.note = Seldom() ? "two\nlines" : "speaks softly";
  }
}

bool SameArguments(Order const& a, Order const& b) {
  return Arguments(a) == Arguments(b);
}

}  // namespace madoguchi::simulation
