#include "clients/audit/record.h"
#include "clients/audit/json_object.h"
#include <google/protobuf/util/time_util.h>
#include <string_view>

namespace madoguchi::audit {
namespace {

using google::protobuf::util::TimeUtil;
using ticketing::v1::Counter;
using ticketing::v1::Event;
using ticketing::v1::Ticket;

// `2` of `offices/honcho/counters/2`.
std::string_view IdIn(std::string const& name) {
  return std::string_view(name).substr(name.rfind('/') + 1);
}

std::string TimeOf(google::protobuf::Timestamp const& time) {
  return TimeUtil::ToString(time);
}

JsonObject ObjectOf(Ticket const& ticket) {
  JsonObject object;
  object.Text("id", IdIn(ticket.name()))
      .Text("number", ticket.number())
      .Text("service", ticket.service())
      .Text("state", Ticket::State_Name(ticket.state()))
      .Number("version", ticket.version())
      .Text("queue", ticket.queue())
      .Number("rank", ticket.rank())
      .Text("language", ticket.language())
      .Flag("assist", ticket.assist())
      .Number("recalls", ticket.recall_count())
      .Text("outcome", ticket.outcome())
      .Text("hold", ticket.hold().reason())
      .Flag("time_uncertain", ticket.time_uncertain())
      .Text("carried_over_from", ticket.carried_over_from())
      .Text("moved_from", ticket.moved_from())
      .Flag("note", ticket.noted());
  return object;
}

JsonObject ObjectOf(Counter const& counter) {
  JsonObject object;
  object.Text("id", IdIn(counter.name()))
      .Flag("open", counter.open())
      .Number("version", counter.version())
      .Number("session", counter.session())
      .Text("staff", counter.staff())
      .Text("ticket", IdIn(counter.ticket().name()))
      .Text("activity", Counter::Activity_Name(counter.activity()))
      .Text("activity_reason", counter.activity_reason());
  return object;
}

}  // namespace

std::string WriteHeader(Header const& header) {
  JsonObject object;
  object.Number("audit", 1)
      .Text("office", header.office)
      .Text("from_day", header.from_day)
      .Text("to_day", header.to_day)
      .Number("after_sequence", header.after_sequence)
      .Text("previous", header.previous);
  return object.open();
}

std::string WriteEvent(Event const& event) {
  JsonObject object;
  object.Number("sequence", event.sequence())
      .Text("kind", Event::Kind_Name(event.kind()))
      .Text("time", TimeOf(event.office_time()))
      .Text("business_day", event.business_day())
      .Text("staff", event.staff())
      .Text("device", event.device())
      .Text("counter", IdIn(event.counter()))
      .Text("reason", event.reason())
      .Text("waited_in", event.waited_in());
  if (event.has_ticket()) object.Object("ticket", ObjectOf(event.ticket()));
  if (event.has_counter_state()) {
    object.Object("counter_state", ObjectOf(event.counter_state()));
  }
  return object.open();
}

std::string WriteTrailer(Trailer const& trailer) {
  JsonObject object;
  object.Number("events", trailer.events)
      .Number("last_sequence", trailer.last_sequence);
  return object.open();
}

}  // namespace madoguchi::audit
