#include "services/gateway/allow_list.h"

namespace madoguchi::gateway {
namespace {

constexpr char kTicketing[] = "/madoguchi.ticketing.v1.";
constexpr char kRenewal[] = "/madoguchi.renewal.v1.RenewalService/";

constexpr char const* kForHall[] = {"DisplayService/WatchOffice"};

// Each method by its name: one that is new is offered to nobody before somebody
// has thought about it.
constexpr char const* kForStaff[] = {
    "CounterService/CallNextTicket",  "CounterService/CallTicket",
    "CounterService/CloseCounter",    "CounterService/CompleteTicket",
    "CounterService/DesignateTicket", "CounterService/EditTicket",
    "CounterService/FindTicket",      "CounterService/HoldTicket",
    "CounterService/ListCounters",    "CounterService/ListTickets",
    "CounterService/MarkAbsent",      "CounterService/OpenCounter",
    "CounterService/PauseCounter",    "CounterService/RecallTicket",
    "CounterService/ResumeCounter",   "CounterService/ResumeTicket",
    "CounterService/ReturnTicket",    "CounterService/ServeVisitor",
    "CounterService/SetAssist",       "CounterService/StartServing",
    "CounterService/TransferTicket",  "CounterService/UndoLastStep",
    "DeviceService/ListDevices",      "DisplayService/WatchOffice",
    "TicketService/ListServices"};

// Not Triage: the ticket machine asks for its own page.
constexpr char const* kCasesForStaff[] = {
    "AbandonRenewal", "FinishRenewal", "GetRenewal",     "ListRenewals",
    "ParkRenewal",    "RecordStep",    "ReportUpstream", "RequestIssuance",
    "ResumeRenewal",  "StartRenewal",  "WatchUpstream"};

}  // namespace

std::optional<Audience> ParseAudience(std::string_view name) {
  if (name == "hall") return Audience::kHall;
  if (name == "staff") return Audience::kStaff;
  if (name == "public") return Audience::kPublic;
  if (name == "house") return Audience::kHouse;
  return std::nullopt;
}

web::MethodSet MethodsFor(Audience audience) {
  web::MethodSet methods;
  auto const add = [&](char const* prefix, auto const& names) {
    for (auto const* name : names) methods.insert(std::string(prefix) + name);
  };
  bool const house = audience == Audience::kHouse;
  if (house || audience == Audience::kHall) add(kTicketing, kForHall);
  if (house || audience == Audience::kStaff) {
    add(kTicketing, kForStaff);
    add(kRenewal, kCasesForStaff);
  }
  return methods;
}

}  // namespace madoguchi::gateway
