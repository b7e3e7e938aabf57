#include "services/ticketing/domain/office_state.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include <chrono>
#include <optional>
#include <utility>

namespace madoguchi::ticketing {
namespace {

std::string InWords(std::string const& value) {
  return value.empty() ? "empty" : "`" + value + "`";
}
std::string InWords(std::int64_t value) { return std::to_string(value); }
std::string InWords(int value) { return std::to_string(value); }
std::string InWords(bool value) { return value ? "true" : "false"; }
std::string InWords(std::chrono::milliseconds value) {
  return absl::StrCat(value.count(), " ms");
}
std::string InWords(Timestamp value) {
  return absl::StrCat(value.time_since_epoch().count());
}
std::string InWords(Rank value) { return std::to_string(value.ms); }
std::string InWords(BusinessDay value) {
  return std::to_string(value.yyyymmdd);
}
template <typename Tag>
std::string InWords(StrongId<Tag> const& value) {
  return InWords(value.value);
}
std::string InWords(std::vector<ServiceId> const& value) {
  return "[" +
         absl::StrJoin(value, " ",
                       [](std::string* out, ServiceId const& service) {
                         out->append(service.value);
                       }) +
         "]";
}
std::string InWords(Origin const& value) {
  return value.office.value + "/" + value.ticket.value;
}
std::string InWords(Hold const& value) {
  return absl::StrCat(value.reason, " by ", value.owner.value, " at ",
                      value.counter.value, " from ", InWords(value.since),
                      " to ", InWords(value.deadline),
                      value.to_counter ? ", for the counter alone" : "");
}
std::string InWords(TicketState value) {
  switch (value) {
    case TicketState::kWaiting:
      return "waiting";
    case TicketState::kCalled:
      return "called";
    case TicketState::kServing:
      return "serving";
    case TicketState::kCompleted:
      return "completed";
    case TicketState::kAbsent:
      return "absent";
    case TicketState::kCancelled:
      return "cancelled";
    case TicketState::kOnHold:
      return "on hold";
    case TicketState::kExpired:
      return "expired";
    case TicketState::kMoved:
      return "moved";
  }
  return "unknown";
}
std::string InWords(CounterActivity value) {
  switch (value) {
    case CounterActivity::kReady:
      return "ready";
    case CounterActivity::kPaused:
      return "paused";
    case CounterActivity::kWrapUp:
      return "paperwork";
  }
  return "unknown";
}
template <typename T>
std::string InWords(std::optional<T> const& value) {
  return value ? InWords(*value) : "none";
}
std::string InWords(std::set<CallOrder> const& value) {
  return "[" +
         absl::StrJoin(value, " ",
                       [](std::string* out, CallOrder const& order) {
                         absl::StrAppend(out, order.id.value, "@",
                                         order.rank.ms);
                       }) +
         "]";
}
std::string InWords(std::map<TicketId, Rank> const& value) {
  return "[" +
         absl::StrJoin(value, " ",
                       [](std::string* out, auto const& entry) {
                         absl::StrAppend(out, entry.first.value, "@",
                                         entry.second.ms);
                       }) +
         "]";
}

// Gathers the fields in which two things of one name differ.
class Comparison {
 public:
  explicit Comparison(std::vector<std::string>& found) : found_(found) {}

  void Begin(std::string subject) { subject_ = std::move(subject); }

  template <typename T>
  void Field(std::string const& name, T const& expected, T const& actual) {
    if (expected == actual) return;
    Add(absl::StrCat(name, " is ", InWords(actual), ", expected ",
                     InWords(expected)));
  }

  // For what must not be shown.
  template <typename T>
  void Secret(std::string const& name, T const& expected, T const& actual) {
    if (expected != actual) Add(absl::StrCat(name, " differs"));
  }

  void Add(std::string const& difference) {
    found_.push_back(subject_.empty() ? difference
                                      : subject_ + ": " + difference);
  }

  // Compares by key, and what both have with `compare`.
  template <typename Map, typename Compare>
  void Entries(std::string const& kind, Map const& expected, Map const& actual,
               Compare compare) {
    for (auto const& [key, value] : expected) {
      Begin(kind + " " + NameOf(key));
      auto const at = actual.find(key);
      if (at == actual.end()) {
        Add("is missing");
      } else {
        compare(value, at->second);
      }
    }
    for (auto const& [key, value] : actual) {
      if (expected.find(key) != expected.end()) continue;
      Begin(kind + " " + NameOf(key));
      Add("is not expected");
    }
  }

  template <typename Map>
  void Entries(std::string const& kind, std::string const& field,
               Map const& expected, Map const& actual) {
    Entries(kind, expected, actual,
            [&](auto const& a, auto const& b) { Field(field, a, b); });
  }

 private:
  static std::string NameOf(std::string const& key) { return key; }
  template <typename Tag>
  static std::string NameOf(StrongId<Tag> const& key) {
    return key.value;
  }

  std::vector<std::string>& found_;
  std::string subject_;
};

void Compare(Comparison& in, Ticket const& a, Ticket const& b) {
  if (a == b) return;
  in.Field("id", a.id, b.id);
  in.Field("number", a.number, b.number);
  in.Field("service", a.service, b.service);
  in.Field("state", a.state, b.state);
  in.Field("version", a.version, b.version);
  in.Field("arrival", a.arrival, b.arrival);
  in.Field("rank", a.rank, b.rank);
  in.Field("language", a.language, b.language);
  in.Field("counter", a.counter, b.counter);
  in.Field("recalls", a.recalls, b.recalls);
  in.Field("called", a.called, b.called);
  in.Field("serving_started", a.serving_started, b.serving_started);
  in.Field("ended", a.ended, b.ended);
  in.Field("outcome", a.outcome, b.outcome);
  in.Field("queue", a.queue, b.queue);
  in.Field("queued", a.queued, b.queued);
  in.Field("hold", a.hold, b.hold);
  in.Field("head_start", a.head_start, b.head_start);
  in.Secret("note", a.note, b.note);
  in.Field("next_services", a.next_services, b.next_services);
  in.Field("served", a.served, b.served);
  in.Field("pickup", a.pickup, b.pickup);
  in.Field("time_uncertain", a.time_uncertain, b.time_uncertain);
  in.Field("unqueued", a.unqueued, b.unqueued);
  in.Field("carried_over_from", a.carried_over_from, b.carried_over_from);
  in.Field("moved_from", a.moved_from, b.moved_from);
}

void Compare(Comparison& in, Counter const& a, Counter const& b) {
  if (a == b) return;
  in.Field("id", a.id, b.id);
  in.Field("open", a.open, b.open);
  in.Field("session", a.session, b.session);
  in.Field("staff", a.staff, b.staff);
  in.Field("ticket", a.ticket, b.ticket);
  in.Field("version", a.version, b.version);
  in.Field("activity", a.activity, b.activity);
  in.Field("activity_reason", a.activity_reason, b.activity_reason);
  in.Field("activity_since", a.activity_since, b.activity_since);
}

}  // namespace

std::vector<std::string> Differences(OfficeState const& expected,
                                     OfficeState const& actual) {
  std::vector<std::string> found;
  Comparison in(found);
  auto const records = [&](auto const& a, auto const& b) { Compare(in, a, b); };
  in.Field("sequence", expected.sequence, actual.sequence);
  in.Field("day", expected.day, actual.day);
  in.Entries("ticket", expected.tickets, actual.tickets, records);
  in.Entries("leftover", expected.leftovers, actual.leftovers, records);
  in.Entries("counter", expected.counters, actual.counters, records);
  in.Entries("queue", "waiting", expected.waiting, actual.waiting);
  in.Entries("overtakers of", "tickets", expected.over, actual.over);
  in.Entries("due", "time", expected.due, actual.due);
  in.Entries("series", "next serial", expected.next_serials,
             actual.next_serials);
  return found;
}

}  // namespace madoguchi::ticketing
