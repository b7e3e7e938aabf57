#include "tests/simulation/order.h"

namespace madoguchi::simulation {
namespace {

char const* const kNames[kVerbs] = {
    "issue",       "cancel",        "open",          "close",
    "pause",       "end activity",  "call next",     "call out of turn",
    "recall",      "start serving", "serve visitor", "complete",
    "mark absent", "return",        "hold",          "resume serving",
    "end hold",    "undo",          "transfer",      "designate",
    "set assist",  "edit"};

}  // namespace

std::string Words(Verb verb) { return kNames[static_cast<int>(verb)]; }

std::string Words(Order const& order) {
  auto words = Words(order.verb) + " " + order.office.value;
  if (!order.counter.value.empty()) words += " @" + order.counter.value;
  if (!order.ticket.value.empty()) words += " " + order.ticket.value;
  if (order.version != 0) words += " v" + std::to_string(order.version);
  if (!order.service.value.empty()) words += " for " + order.service.value;
  if (!order.code.empty()) words += " " + order.code;
  if (order.flag) words += " (flag)";
  auto const& to = order.transfer;
  if (order.verb == Verb::kTransfer) {
    words += " to " + to.service.value + "@" + to.counter.value + "/" +
             to.office.value;
  }
  return words + " #" + order.id.substr(order.id.size() - 5);
}

}  // namespace madoguchi::simulation
