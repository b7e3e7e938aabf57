#include "tests/robustness/number_rules.h"
#include <charconv>
#include <utility>

namespace madoguchi::robustness {

NumberRules::NumberRules(Office const& office, Report twice, Report order)
    : office_(office), twice_(std::move(twice)), order_(std::move(order)) {}

void NumberRules::OpenDay() {
  next_serial_.clear();
  if (office_.day_end == DayEnd::kExpire) live_.clear();
}

void NumberRules::Issue(TicketFacts const& ticket) {
  // First, for the number's own entry must not excuse that it is left out.
  CheckSerial(ticket);
  Take(ticket);
}

void NumberRules::Take(TicketFacts const& ticket) {
  auto const [holder, fresh] = live_.emplace(ticket.number, ticket.id);
  if (!fresh && holder->second != ticket.id) {
    twice_("has the number of " + holder->second);
  }
}

void NumberRules::Free(TicketFacts const& ticket) {
  auto const holder = live_.find(ticket.number);
  if (holder != live_.end() && holder->second == ticket.id) live_.erase(holder);
}

// `yyyymmdd-series-serial`: serials go up by one, but for numbers in use.
void NumberRules::CheckSerial(TicketFacts const& ticket) {
  auto const first = ticket.id.find('-');
  auto const last = ticket.id.rfind('-');
  if (first == std::string::npos || first == last) {
    return order_("has an id of another form");
  }
  auto const series_id = ticket.id.substr(first + 1, last - first - 1);
  auto const* const series = office_.FindSeries({series_id});
  std::int64_t serial = -1;
  std::from_chars(ticket.id.data() + last + 1,
                  ticket.id.data() + ticket.id.size(), serial);
  if (series == nullptr || serial < 0) return order_("is of no series");
  auto const number_of = [&](std::int64_t each) {
    return series->prefix + std::to_string(series->first + each % series->size);
  };
  if (ticket.number != number_of(serial)) {
    order_("is not the number of its serial");
  }
  auto& next = next_serial_[series_id];
  if (serial < next) order_("goes back in its series");
  for (; next < serial; ++next) {
    if (live_.contains(number_of(next))) continue;
    order_("leaves out " + number_of(next));
  }
  next = serial + 1;
}

}  // namespace madoguchi::robustness
