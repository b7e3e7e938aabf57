#include "services/ticketing/adapters/settle_command.h"
#include "services/base/record.h"
#include "services/ticketing/adapters/store_keys.h"
#include "services/ticketing/adapters/ticket_codec.h"
#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace madoguchi::ticketing {
namespace {

using redis::CommandLine;

// In the place of a record that came just before, and of the new ticket's.
constexpr std::string_view kSame = "=";
constexpr std::string_view kNew = "+";

std::int64_t MsOf(Timestamp time) { return time.time_since_epoch().count(); }

bool IsWaiting(Ticket const& ticket) {
  return ticket.state == TicketState::kWaiting;
}

// A counter never opened today has no record.
std::string PackBefore(Counter const& counter) {
  Counter closed;
  closed.id = counter.id;
  return counter == closed ? "" : PackCounter(counter);
}

// What a section that needs no queue has in the place of one.
constexpr std::size_t kNoKey = 0;

CommandLine& AddPlace(CommandLine& to, std::size_t place) {
  return place == kNoKey ? to.Add("") : to.Add(place);
}

// The keys of a command, each known by its place, from 1.
class KeyRow {
 public:
  // `add` adds one key to the command line that it gets.
  template <typename Add>
  std::size_t Put(Add add) {
    add(keys_);
    return ++count_;
  }
  // Queues are named again and again.
  std::size_t PutQueue(HallKeys const& hall, QueueId const& queue) {
    for (auto const& [known, place] : queues_) {
      if (known == queue) return place;
    }
    auto const place = Put([&](CommandLine& to) { hall.AddQueue(to, queue); });
    queues_.emplace_back(queue, place);
    return place;
  }

  std::size_t count() const { return count_; }
  CommandLine const& keys() const { return keys_; }

 private:
  CommandLine keys_;
  std::size_t count_ = 0;
  std::vector<std::pair<QueueId, std::size_t>> queues_;
};

class SettlementWriter {
 public:
  SettlementWriter(std::string const& city_prefix, Settlement const& settlement)
      : city_(city_prefix),
        settlement_(settlement),
        hall_(city_prefix, settlement.hall) {}

  CommandLine Write() {
    row_.Put([&](CommandLine& to) { hall_.AddHead(to); });
    row_.Put([&](CommandLine& to) { hall_.AddLog(to); });
    row_.Put([&](CommandLine& to) { hall_.AddTickets(to); });
    row_.Put([&](CommandLine& to) { hall_.AddRequests(to); });
    AddRequest();
    if (settlement_.fires) AddFires(*settlement_.fires);
    if (settlement_.target) AddTarget(*settlement_.target);
    if (settlement_.counter) AddCounter(*settlement_.counter);
    if (settlement_.ticket && settlement_.call) {
      AddCall(*settlement_.ticket, *settlement_.call);
    } else if (settlement_.ticket) {
      AddTicket(*settlement_.ticket);
    }
    if (settlement_.event) {
      AddEvent("m", *settlement_.event,
               settlement_.ticket ? &settlement_.ticket->after : nullptr);
    }
    for (auto const& [ticket, event] : settlement_.further) {
      AddTicket(ticket);
      AddEvent("e", event, &ticket.after);
    }
    for (auto const& [queue, length] : settlement_.lengths) {
      auto const place = row_.PutQueue(hall_, queue);
      sections_.Add("z").Add(place).Add(length);
    }
    if (settlement_.number_back && settlement_.ticket) {
      sections_.Add("r")
          .Add(settlement_.ticket->after.id.value)
          .Add(settlement_.number_back->size);
    }
    AddDue(settlement_.due);
    if (settlement_.issue) AddIssue(*settlement_.issue);
    if (settlement_.counter && settlement_.undoable) {
      auto const undo = row_.Put([&](CommandLine& to) { hall_.AddUndo(to); });
      sections_.Add("u")
          .Add(undo)
          .Add(settlement_.counter->after.id.value)
          .Add(PackStep(*settlement_.undoable));
    }
    CommandLine command{
        "FCALL", settlement_.issue ? "mdg2_settle_issue" : "mdg2_settle"};
    command.Add(row_.count()).Append(row_.keys()).Append(sections_);
    return command;
  }

 private:
  void AddRequest() {
    auto const& outcome = settlement_.outcome;
    sections_.Add(settlement_.request.id.value)
        .Add(hall_.Day())
        .Add(PackSettledBegin(settlement_.request.command, outcome));
    if (settlement_.issue && !settlement_.ticket) {
      sections_.Add(kNew);
    } else if (!outcome.ticket) {
      sections_.Add("");
    } else if (settlement_.ticket &&
               settlement_.ticket->after == *outcome.ticket) {
      sections_.Add(kSame);
    } else {
      sections_.Add(PackTicket(*outcome.ticket));
    }
  }

  void AddFires(DueEntry const& entry) {
    sections_.Add("f").Add(Due()).Add(KeyOf(entry)).Add(MsOf(entry.time));
  }

  std::size_t Counters() {
    return row_.Put([&](CommandLine& to) { hall_.AddCounters(to); });
  }

  void AddTarget(Counter const& target) {
    sections_.Add("w")
        .Add(Counters())
        .Add(target.id.value)
        .Add(PackBefore(target));
  }

  void AddCounter(Change<Counter> const& change) {
    auto const counters = Counters();
    bool const has_new = settlement_.issue && settlement_.issue->at_counter;
    sections_.Add("c")
        .Add(counters)
        .Add(change.after.id.value)
        .Add(PackBefore(change.before))
        .Add(has_new ? PackCounterOfNewTicket(change.after)
                     : PackCounter(change.after));
  }

  void AddTicket(Change<Ticket> const& change) {
    auto const& [before, after] = change;
    bool const was_waiting = IsWaiting(before);
    bool const is_waiting = IsWaiting(after);
    bool const stays =
        was_waiting && is_waiting && QueueOf(before) == QueueOf(after);
    auto const leaves =
        was_waiting && !stays ? row_.PutQueue(hall_, QueueOf(before)) : kNoKey;
    auto const enters = is_waiting && !(stays && before.rank == after.rank)
                            ? row_.PutQueue(hall_, QueueOf(after))
                            : kNoKey;
    sections_.Add("t")
        .Add(after.id.value)
        .Add(PackTicket(before))
        .Add(PackTicket(after));
    AddPlace(sections_, leaves);
    AddPlace(sections_, enters);
    sections_.Add(after.rank.ms);
  }

  // `same` is the ticket of the section before.
  void AddEvent(std::string_view section, Event const& event,
                Ticket const* same) {
    sections_.Add(section).Add(PackEventHeader(event));
    if (!event.ticket) {
      sections_.Add("");
    } else if (same != nullptr && *event.ticket == *same) {
      sections_.Add(kSame);
    } else {
      sections_.Add(PackTicket(*event.ticket));
    }
    sections_.Add(event.counter ? PackCounter(*event.counter) : "");
  }

  // Whoever is called does not wait any more.
  void AddCall(Change<Ticket> const& change, CallGuard const& guard) {
    auto const& [before, after] = change;
    auto const [queue, over] = PutQueueAndOver(QueueOf(before));
    sections_.Add("k")
        .Add(after.id.value)
        .Add(PackTicket(before))
        .Add(PackTicket(after))
        .Add(queue)
        .Add(over)
        .Add(before.rank.ms)
        .Add(guard.limit);
    for (auto const& other : guard.others) {
      auto const [other_queue, other_over] = PutQueueAndOver(other);
      sections_.Add("o").Add(other_queue).Add(other_over);
    }
  }

  std::pair<std::size_t, std::size_t> PutQueueAndOver(QueueId const& queue) {
    auto const place = row_.PutQueue(hall_, queue);
    return {place,
            row_.Put([&](CommandLine& to) { hall_.AddOver(to, queue); })};
  }

  void AddDue(DueChange const& change) {
    for (auto const& key : change.cleared) {
      sections_.Add("x").Add(Due()).Add(key);
    }
    for (auto const& entry : change.set) AddDueEntry(Due(), entry);
  }

  void AddDueEntry(std::size_t due, DueEntry const& entry) {
    sections_.Add("d").Add(due).Add(KeyOf(entry)).Add(MsOf(entry.time));
  }

  void AddIssue(NewTicket const& issue) {
    auto const& ticket = issue.ticket;
    auto const& series = issue.series;
    HallKeys const hall(city_, issue.hall);
    bool const is_here = issue.hall == settlement_.hall;
    // The places of head, log and tickets of the settlement's own hall.
    std::size_t head = 1;
    std::size_t log = 2;
    std::size_t tickets = 3;
    if (!is_here) {
      head = row_.Put([&](CommandLine& to) { hall.AddHead(to); });
      log = row_.Put([&](CommandLine& to) { hall.AddLog(to); });
      tickets = row_.Put([&](CommandLine& to) { hall.AddTickets(to); });
    }
    auto const carried =
        row_.Put([&](CommandLine& to) { hall.AddCarried(to); });
    auto const queue = IsWaiting(ticket) ? row_.Put([&](CommandLine& to) {
      hall.AddQueue(to, QueueOf(ticket));
    })
                                         : kNoKey;
    sections_.Add("n").Add(head).Add(log).Add(tickets).Add(carried);
    AddPlace(sections_, queue).Add(hall.Day());
    if (issue.ranked_now) {
      sections_.Add(MsOf(issue.event.time)).Add("");
    } else {
      sections_.Add("").Add(ticket.rank.ms);
    }
    sections_.Add({hall.Day(), "-", series.id.value, "-"})
        .Add(series.id.value)
        .Add(PackRecordText(series.prefix))
        .Add(series.first)
        .Add(series.size)
        .Add(PackNewTicket(issue))
        .Add(PackEventHeader(issue.event));
    auto const& counter = issue.event.counter;
    sections_.Add(!counter           ? ""
                  : issue.at_counter ? PackCounterOfNewTicket(*counter)
                                     : PackCounter(*counter));
    if (issue.due.empty()) return;
    auto const due = issue.hall.office == settlement_.hall.office
                         ? Due()
                         : row_.Put([&](CommandLine& to) { hall.AddDue(to); });
    for (auto entry : issue.due) {
      // What is due about the new ticket could not name it.
      if (entry.subject.empty()) entry.subject = std::string(kNewTicketId);
      AddDueEntry(due, entry);
    }
  }

  std::size_t Due() {
    if (due_ == kNoKey) {
      due_ = row_.Put([&](CommandLine& to) { hall_.AddDue(to); });
    }
    return due_;
  }

  std::string const& city_;
  Settlement const& settlement_;
  HallKeys const hall_;
  KeyRow row_;
  std::size_t due_ = kNoKey;
  CommandLine sections_;
};

}  // namespace

CommandLine SettleCommand(std::string const& city_prefix,
                          Settlement const& settlement) {
  return SettlementWriter(city_prefix, settlement).Write();
}

CommandLine SettleSweepCommand(std::string const& city_prefix,
                               SweepSettlement const& settlement) {
  Hall const from{settlement.office, settlement.from};
  Hall const to{settlement.office, settlement.to};
  HallKeys const old_hall(city_prefix, from);
  HallKeys const new_hall(city_prefix, to);
  std::vector<QueueId> left;
  for (auto const& [ticket, event] : settlement.changes) {
    auto const queue = QueueOf(ticket.before);
    if (IsWaiting(ticket.before) &&
        std::find(left.begin(), left.end(), queue) == left.end()) {
      left.push_back(queue);
    }
  }
  KeyRow row;
  row.Put([&](CommandLine& line) { old_hall.AddHead(line); });
  row.Put([&](CommandLine& line) { old_hall.AddLog(line); });
  row.Put([&](CommandLine& line) { old_hall.AddDue(line); });
  row.Put([&](CommandLine& line) { old_hall.AddTickets(line); });
  row.Put([&](CommandLine& line) { old_hall.AddCarried(line); });
  row.Put([&](CommandLine& line) { old_hall.AddCounters(line); });
  row.Put([&](CommandLine& line) { old_hall.AddUndo(line); });
  row.Put([&](CommandLine& line) { new_hall.AddTickets(line); });
  row.Put([&](CommandLine& line) { new_hall.AddCarried(line); });
  for (auto const& queue : left) {
    row.Put([&](CommandLine& line) { old_hall.AddQueue(line, queue); });
    row.Put([&](CommandLine& line) { old_hall.AddOver(line, queue); });
  }

  CommandLine arguments;
  arguments.Add(old_hall.Day())
      .Add(new_hall.Day())
      .Add(settlement.cursor)
      .Add(settlement.next)
      .Add(left.size())
      .Add(settlement.due.set.size())
      .Add(settlement.due.cleared.size());
  for (auto const& entry : settlement.due.set) {
    arguments.Add(MsOf(entry.time)).Add(KeyOf(entry));
  }
  for (auto const& key : settlement.due.cleared) arguments.Add(key);
  for (auto const& [ticket, event] : settlement.changes) {
    auto const& after = ticket.after;
    arguments.Add(after.id.value)
        .Add(PackTicket(ticket.before))
        .Add(PackTicket(after));
    AddPlace(arguments, IsWaiting(after)
                            ? row.PutQueue(new_hall, QueueOf(after))
                            : kNoKey);
    arguments.Add(after.rank.ms).Add(PackEventHeader(event));
    arguments.Add(!event.ticket            ? ""
                  : *event.ticket == after ? std::string(kSame)
                                           : PackTicket(*event.ticket));
    arguments.Add(event.counter ? PackCounter(*event.counter) : "");
  }
  CommandLine command{"FCALL", "mdg2_settle_sweep"};
  command.Add(row.count()).Append(row.keys()).Append(arguments);
  return command;
}

}  // namespace madoguchi::ticketing
