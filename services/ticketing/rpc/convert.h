#ifndef MADOGUCHI_SERVICES_TICKETING_RPC_CONVERT_H
#define MADOGUCHI_SERVICES_TICKETING_RPC_CONVERT_H

#include "services/ticketing/domain/choose_next.h"
#include "services/ticketing/domain/counter_desk.h"
#include "services/ticketing/domain/event.h"
#include "services/ticketing/domain/office_projection.h"
#include "madoguchi/ticketing/v1/counter_service.pb.h"
#include "madoguchi/ticketing/v1/display_service.pb.h"
#include "madoguchi/ticketing/v1/event_service.pb.h"
#include "madoguchi/ticketing/v1/ticket.pb.h"
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>
#include <optional>

// Values of the domain as messages of the API, and back where a request carries
// one. Translates, decides nothing.
namespace madoguchi::ticketing {

v1::LocalizedText ToProto(LocalizedText const& text);
v1::Ticket::State ToProto(TicketState state);
/// What the visitor may see.
v1::Ticket ToProto(OfficeId const& office, Ticket const& ticket);
/// The same with what services may see besides: its place, assistance, hold.
v1::Ticket ToServiceProto(OfficeId const& office, Ticket const& ticket);
/// The same with what staff alone may see: the note.
v1::Ticket ToStaffProto(OfficeId const& office, Ticket const& ticket);
v1::Counter ToProto(OfficeId const& office, Counter const& counter);
v1::Counter ToProto(Office const& office, CounterStatus const& status);
v1::Service ToProto(Service const& service, std::int64_t waiting);
v1::CallReason ToProto(CallReason reason, Office const& office,
                       std::optional<Ticket> const& ticket);
v1::Event ToProto(OfficeId const& office, Event const& event);
v1::Call ToProto(CallView const& call);
v1::CounterView ToProto(CounterView const& counter, Office const& office);
v1::ServiceView ToProto(ServiceView const& service, Office const& office);
v1::OfficeSnapshot ToProto(HallPicture const& picture, Office const& office,
                           bool reset);
v1::OfficeEvent::Kind ToDisplayKind(EventKind kind);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_RPC_CONVERT_H
