#include "tests/simulation/life_model.h"
#include <algorithm>
#include <utility>

namespace madoguchi::simulation {
namespace {

using ticketing::Counter;
using ticketing::CounterActivity;
using ticketing::DueEntry;
using ticketing::DueKind;
using ticketing::Ticket;
using ticketing::TicketId;
using ticketing::TicketState;
using ticketing::View;
using Faults = std::vector<std::string>;

bool IsEnded(Ticket const& ticket) {
  return ticket.state == TicketState::kCompleted ||
         ticket.state == TicketState::kCancelled ||
         ticket.state == TicketState::kExpired ||
         ticket.state == TicketState::kMoved;
}

bool IsAtCounter(Ticket const& ticket) {
  return ticket.state == TicketState::kCalled ||
         ticket.state == TicketState::kServing;
}

// Where a ticket waits: `@5`, `SERVICE` or `SERVICE~LANGUAGE`.
std::string NameOfQueue(Ticket const& ticket) {
  return ticket.queue.value.empty() ? ticket.service.value : ticket.queue.value;
}

// The state that a deed leads to, as far as it is always the same.
std::optional<TicketState> StateAfter(Act act, Ticket const& before) {
  switch (act) {
    case Act::kIssue:
    case Act::kReturn:
    case Act::kEndHold:
    case Act::kTransferToService:
    case Act::kTransferToCounter:
    case Act::kDesignate:
      return TicketState::kWaiting;
    case Act::kCallNext:
    case Act::kCallByNumber:
    case Act::kRecall:
      return TicketState::kCalled;
    case Act::kStart:
    case Act::kServeVisitor:
    case Act::kResumeServing:
      return TicketState::kServing;
    case Act::kComplete:
    case Act::kCompleteAndWrapUp:
      return before.next_services.empty() ? TicketState::kCompleted
                                          : TicketState::kWaiting;
    case Act::kMarkAbsent:
      return TicketState::kAbsent;
    case Act::kHold:
    case Act::kHoldForCounter:
      return TicketState::kOnHold;
    case Act::kCancel:
      return TicketState::kCancelled;
    case Act::kTransferToOffice:
      return TicketState::kMoved;
    case Act::kAssist:
    case Act::kAssistBack:
    case Act::kEditLanguage:
    case Act::kEditService:
      return before.state;
    default:
      return std::nullopt;
  }
}

// Whether `counter` is what a deed makes of it.
bool IsAsTold(Act act, Counter const& counter) {
  switch (act) {
    case Act::kOpen:
    case Act::kTakeOver:
      return counter.open && counter.activity == CounterActivity::kReady;
    case Act::kClose:
      return !counter.open;
    case Act::kPause:
      return counter.activity == CounterActivity::kPaused &&
             counter.activity_reason == "lunch";
    case Act::kEndActivity:
      return counter.activity == CounterActivity::kReady;
    case Act::kCompleteAndWrapUp:
      return counter.activity == CounterActivity::kWrapUp;
    default:
      return true;
  }
}

// Whether a deed leaves the place in the order as it is.
bool KeepsRank(Act act) {
  return act != Act::kAssist && act != Act::kAssistBack &&
         act != Act::kReturn && act != Act::kDesignate &&
         act != Act::kTransferToService;
}

}  // namespace

bool LifeModel::Serves(CounterId const& counter,
                       ServiceId const& service) const {
  for (auto const& each : office_.counters) {
    if (each.id != counter) continue;
    for (auto const& served : each.serves) {
      if (served.service == service) return true;
    }
  }
  return false;
}

bool LifeModel::IsFree(CounterId const& counter) const {
  auto const& at = counters_.at(counter);
  return at.open && at.ticket.value.empty() &&
         at.activity != CounterActivity::kPaused;
}

std::vector<std::string> LifeModel::QueuesAt(CounterId const& counter) const {
  std::vector<std::string> queues;
  for (auto const& each : office_.counters) {
    if (each.id != counter) continue;
    for (auto const& served : each.serves) {
      queues.push_back(served.service.value);
      for (auto const& language : office_.routed_languages) {
        queues.push_back(served.service.value + "~" + language);
      }
    }
  }
  return queues;
}

std::vector<Ticket> LifeModel::Queue(std::string const& queue) const {
  std::vector<Ticket> waiting;
  for (auto const& [id, ticket] : tickets_) {
    if (ticket.state == TicketState::kWaiting && NameOfQueue(ticket) == queue) {
      waiting.push_back(ticket);
    }
  }
  std::sort(waiting.begin(), waiting.end(), [](auto const& a, auto const& b) {
    return std::pair(a.rank, a.id) < std::pair(b.rank, b.id);
  });
  return waiting;
}

bool LifeModel::Allows(Deed const& deed, Timestamp now) const {
  auto const& counter = counters_.at(deed.counter);
  switch (deed.act) {
    case Act::kIssue:
      return true;
    case Act::kOpen:
      return !counter.open;
    case Act::kTakeOver:
      return true;
    case Act::kCancel:
      return tickets_.at(deed.ticket).state == TicketState::kWaiting;
    default:
      break;
  }
  if (deed.act == Act::kDesignate) {
    auto const& ticket = tickets_.at(deed.ticket);
    return !deed.old_version && counter.open &&
           ticket.state == TicketState::kWaiting &&
           Serves(deed.counter, ticket.service);
  }
  if (!counter.open || deed.old_session) return false;
  switch (deed.act) {
    case Act::kClose:
      return counter.ticket.value.empty();
    case Act::kPause:
    case Act::kCallNext:
    case Act::kServeVisitor:
      return IsFree(deed.counter);
    case Act::kEndActivity:
      return counter.activity != CounterActivity::kReady;
    case Act::kUndo: {
      auto const step = undoable_.find(deed.counter);
      if (step == undoable_.end()) return false;
      auto const ticket = tickets_.find(step->second.before.id);
      return ticket != tickets_.end() &&
             ticket->second.version == step->second.ticket_version &&
             counter.version == step->second.counter_version &&
             now - step->second.time <= office_.desk_policy.undo;
    }
    default:
      break;
  }
  if (deed.old_version) return false;
  auto const& ticket = tickets_.at(deed.ticket);
  bool const here = counter.ticket == ticket.id;
  switch (deed.act) {
    case Act::kCallByNumber:
      return IsFree(deed.counter) && (ticket.state == TicketState::kWaiting ||
                                      ticket.state == TicketState::kOnHold ||
                                      ticket.state == TicketState::kAbsent);
    case Act::kRecall:
      return here && ticket.state == TicketState::kCalled &&
             ticket.recalls < office_.call_policy.max_recalls &&
             now >= *ticket.called + office_.call_policy.recall_spacing;
    case Act::kStart:
      return here && ticket.state == TicketState::kCalled;
    case Act::kComplete:
    case Act::kCompleteAndWrapUp:
    case Act::kHold:
    case Act::kHoldForCounter:
      return here && ticket.state == TicketState::kServing;
    case Act::kMarkAbsent:
      return here && ticket.state == TicketState::kCalled &&
             ticket.recalls >= office_.call_policy.recalls_before_absent;
    case Act::kReturn:
      return ticket.state == TicketState::kAbsent;
    case Act::kResumeServing:
      return ticket.state == TicketState::kOnHold && IsFree(deed.counter);
    case Act::kEndHold:
      return ticket.state == TicketState::kOnHold;
    case Act::kTransferToService:
    case Act::kTransferToOffice:
    case Act::kTransferToCounter: {
      bool const may_leave = IsAtCounter(ticket)
                                 ? here
                                 : ticket.state == TicketState::kWaiting ||
                                       ticket.state == TicketState::kOnHold;
      if (deed.act != Act::kTransferToCounter) return may_leave;
      return may_leave && counters_.at(deed.target).open &&
             Serves(deed.target, ticket.service);
    }
    case Act::kEditService: {
      auto const queue = NameOfQueue(ticket);
      bool const for_one =
          ticket.state == TicketState::kWaiting && queue.front() == '@';
      return !IsEnded(ticket) &&
             (!for_one || Serves({queue.substr(1)}, deed.service));
    }
    case Act::kAssist:
    case Act::kAssistBack:
    case Act::kEditLanguage:
      return !IsEnded(ticket);
    default:
      return false;
  }
}

bool LifeModel::UndoesFinishOfCarriedOver(Deed const& deed) const {
  auto const step = undoable_.find(deed.counter);
  return step != undoable_.end() &&
         step->second.before.carried_over_from.has_value();
}

void LifeModel::CheckCalledByTurn(Deed const& deed, Ticket const& called,
                                  Faults& faults) {
  auto const own = Queue("@" + deed.counter.value);
  auto const& before = tickets_.at(called.id);
  auto const queue = NameOfQueue(before);
  if (!own.empty()) {
    if (own.front().id != called.id) {
      faults.push_back("whoever was sent to the counter was passed over");
    }
    return;
  }
  auto const queues = QueuesAt(deed.counter);
  if (std::find(queues.begin(), queues.end(), queue) == queues.end()) {
    faults.push_back("called from a queue that the counter does not serve");
  }
  auto const waiting = Queue(queue);
  if (waiting.empty() || waiting.front().id != called.id) {
    faults.push_back("called out of order in its own queue");
  }
  for (auto const& other : queues) {
    if (other == queue) continue;
    for (auto const& ticket : Queue(other)) {
      if (ticket.rank >= before.rank) continue;
      auto& overtakers = overtaken_[ticket.id];
      overtakers.insert(called.id);
      if (static_cast<int>(overtakers.size()) >
          office_.call_policy.overtaking_limit) {
        faults.push_back(ticket.number + " was overtaken too often");
      }
    }
  }
}

void LifeModel::TakeOver(View const& after) {
  for (auto const& ticket : after.tickets) {
    if (!ticket) continue;
    auto const before = tickets_.find(ticket->id);
    // Who waits anew, elsewhere, or in another place begins to be overtaken
    // anew.
    if (before == tickets_.end() || ticket->state != TicketState::kWaiting ||
        before->second.state != TicketState::kWaiting ||
        ticket->rank != before->second.rank ||
        NameOfQueue(*ticket) != NameOfQueue(before->second)) {
      overtaken_.erase(ticket->id);
    }
    tickets_[ticket->id] = *ticket;
  }
  for (auto const& counter : after.counters) counters_[counter.id] = counter;
}

Faults LifeModel::Did(Deed const& deed, std::optional<Ticket> const& ticket,
                      View const& after, Timestamp now) {
  Faults faults;
  if (deed.act == Act::kCallNext) {
    if (ticket) {
      CheckCalledByTurn(deed, *ticket, faults);
    } else {
      auto queues = QueuesAt(deed.counter);
      queues.push_back("@" + deed.counter.value);
      for (auto const& queue : queues) {
        if (!Queue(queue).empty()) faults.push_back("told that nobody waits");
      }
    }
  }
  std::optional<Ticket> before;
  if (ticket) {
    auto const known = tickets_.find(ticket->id);
    if (known != tickets_.end()) before = known->second;
    bool const is_new =
        deed.act == Act::kIssue || deed.act == Act::kServeVisitor;
    if (is_new == before.has_value()) faults.push_back("a ticket made of none");
    auto const expected = StateAfter(deed.act, before.value_or(Ticket()));
    if (expected && ticket->state != *expected) {
      faults.push_back("the deed led to another state");
    }
    if (before && ticket->version != before->version + 1) {
      faults.push_back("a version was left out");
    }
    if (before && (ticket->arrival != before->arrival ||
                   ticket->number != before->number)) {
      faults.push_back("arrival or number changed");
    }
    if (before && KeepsRank(deed.act) && deed.act != Act::kUndo &&
        ticket->rank != before->rank) {
      faults.push_back("the place in the order was lost");
    }
    if (IsEnded(*ticket) && !ticket->note.empty()) {
      faults.push_back("a note stayed");
    }
    if (deed.act == Act::kUndo) {
      auto back = undoable_.at(deed.counter).before;
      back.version = ticket->version;
      if (back != *ticket) faults.push_back("not what it was before the step");
      undoable_.erase(deed.counter);
    }
  }
  TakeOver(after);
  if (!IsAsTold(deed.act, counters_.at(deed.counter))) {
    faults.push_back("the counter is not what it was told to be");
  }
  if (!before) return faults;
  switch (deed.act) {
    case Act::kComplete:
    case Act::kCompleteAndWrapUp:
    case Act::kMarkAbsent:
    case Act::kTransferToService:
    case Act::kTransferToCounter:
      undoable_[deed.counter] = {*before, ticket->version,
                                 counters_.at(deed.counter).version, now};
      break;
    default:
      break;
  }
  return faults;
}

std::vector<DueEntry> LifeModel::Due() const {
  std::vector<DueEntry> due;
  auto const& desk = office_.desk_policy;
  for (auto const& [id, ticket] : tickets_) {
    if (ticket.state == TicketState::kOnHold) {
      due.push_back({DueKind::kHoldDeadline, id.value, ticket.hold->deadline});
    }
    if (ticket.state == TicketState::kAbsent &&
        office_.call_policy.absent_expires.count() > 0) {
      due.push_back({DueKind::kAbsenceExpiry, id.value,
                     *ticket.ended + office_.call_policy.absent_expires});
    }
    if (ticket.state == TicketState::kServing && !ticket.time_uncertain) {
      due.push_back({DueKind::kFinishPrompt, id.value,
                     *ticket.serving_started + desk.finish_prompt});
    }
    if (ticket.state == TicketState::kWaiting &&
        NameOfQueue(ticket).front() == '@') {
      due.push_back({DueKind::kCounterQueuePatience, id.value,
                     *ticket.queued + desk.counter_queue_patience});
    }
  }
  for (auto const& [id, counter] : counters_) {
    if (counter.activity == CounterActivity::kWrapUp) {
      due.push_back({DueKind::kWrapUpEnd, id.value,
                     *counter.activity_since + desk.wrap_up});
    }
  }
  return due;
}

int LifeModel::DueAt(Timestamp now) const {
  auto const due = Due();
  return static_cast<int>(
      std::count_if(due.begin(), due.end(),
                    [&](DueEntry const& entry) { return entry.time <= now; }));
}

Faults LifeModel::Fired(View const& after, Timestamp now) {
  Faults faults;
  for (auto const& entry : Due()) {
    if (entry.time > now || entry.kind == DueKind::kWrapUpEnd) continue;
    auto const& before = tickets_.at({entry.subject});
    for (auto const& ticket : after.tickets) {
      if (!ticket || ticket->id != before.id) continue;
      if (ticket->version != before.version + 1) {
        faults.push_back("what was due did not happen once");
      }
      if (ticket->rank != before.rank) {
        faults.push_back("what was due cost the place in the order");
      }
    }
  }
  TakeOver(after);
  return faults;
}

Faults LifeModel::DayChanged(BusinessDay from, View const& after,
                             Timestamp now) {
  Faults faults;
  for (auto const& ticket : after.tickets) {
    if (!ticket) continue;
    auto const& before = tickets_.at(ticket->id);
    bool const carries = office_.day_end == DayEnd::kCarryOver;
    if (!carries || IsEnded(before) || before.state == TicketState::kServing ||
        before.state == TicketState::kAbsent) {
      faults.push_back(before.number + " should not wait on the new day");
    }
    if (ticket->number != before.number || ticket->rank != before.rank ||
        ticket->carried_over_from.value_or(BusinessDay()) !=
            before.carried_over_from.value_or(from)) {
      faults.push_back(before.number + " is carried over as " + ticket->number +
                       ", ranked " + std::to_string(ticket->rank.ms) +
                       " after " + std::to_string(before.rank.ms));
    }
  }
  if (office_.day_end == DayEnd::kCarryOver) {
    for (auto const& [id, before] : tickets_) {
      bool const kept =
          std::any_of(after.tickets.begin(), after.tickets.end(),
                      [&](auto const& each) { return each && each->id == id; });
      if (kept || IsEnded(before) || before.state == TicketState::kServing ||
          before.state == TicketState::kAbsent) {
        continue;
      }
      faults.push_back(before.number + " was not carried over");
    }
  }
  tickets_.clear();
  undoable_.clear();
  overtaken_.clear();
  TakeOver(after);
  static_cast<void>(now);
  return faults;
}

ticketing::LookQuery LifeModel::Everything(ticketing::Hall const& hall) const {
  ticketing::LookQuery query;
  query.hall = hall;
  query.depth = 10'000;
  for (auto const& [id, counter] : counters_) query.counters.push_back(id);
  for (auto const& [id, ticket] : tickets_) query.tickets.push_back(id);
  for (auto const& service : office_.services) {
    query.queues.push_back({service.id.value});
    for (auto const& language : office_.routed_languages) {
      query.queues.push_back({service.id.value + "~" + language});
    }
  }
  for (auto const& counter : office_.counters) {
    query.queues.push_back({"@" + counter.id.value});
  }
  return query;
}

Faults LifeModel::Differences(View const& view,
                              std::vector<DueEntry> const& due) const {
  Faults faults;
  std::size_t waiting = 0;
  for (auto const& queue : view.queues) {
    auto const expected = Queue(queue.queue.value);
    waiting += expected.size();
    bool same = expected.size() == queue.first.size() &&
                static_cast<std::size_t>(queue.length) == expected.size();
    for (std::size_t i = 0; same && i != expected.size(); ++i) {
      same = expected[i] == queue.first[i].ticket;
    }
    if (!same) faults.push_back("queue " + queue.queue.value + " differs");
  }
  std::size_t in_queues = 0;
  for (auto const& [id, ticket] : tickets_) {
    if (ticket.state == TicketState::kWaiting) ++in_queues;
    if (!IsAtCounter(ticket)) continue;
    if (counters_.at(ticket.counter).ticket != id) {
      faults.push_back(ticket.number + " is at a counter that has it not");
    }
  }
  if (in_queues != waiting) faults.push_back("somebody waits in no queue");
  std::set<TicketId> held;
  for (auto const& [id, counter] : counters_) {
    if (counter.ticket.value.empty()) continue;
    if (!held.insert(counter.ticket).second) {
      faults.push_back("one ticket at two counters");
    }
    auto const ticket = tickets_.find(counter.ticket);
    if (ticket == tickets_.end() || !IsAtCounter(ticket->second)) {
      faults.push_back("counter " + id.value + " has one who is not there");
    }
    if (!counter.open) faults.push_back("a closed counter has a ticket");
  }
  std::set<std::string> live;
  for (auto const& [id, ticket] : tickets_) {
    if (!IsEnded(ticket) && !live.insert(ticket.number).second) {
      faults.push_back(ticket.number + " is in use twice");
    }
  }
  auto expected = Due();
  auto there = due;
  auto const by_name = [](DueEntry const& a, DueEntry const& b) {
    return std::tuple(a.kind, a.subject, a.time) <
           std::tuple(b.kind, b.subject, b.time);
  };
  std::sort(expected.begin(), expected.end(), by_name);
  std::sort(there.begin(), there.end(), by_name);
  if (expected != there) faults.push_back("other things are due");
  return faults;
}

}  // namespace madoguchi::simulation
