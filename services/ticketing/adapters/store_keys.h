#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_STORE_KEYS_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_STORE_KEYS_H

#include "services/office/office.h"
#include "services/redis/command_line.h"
#include "services/ticketing/domain/ticket_store.h"
#include <string>

namespace madoguchi::ticketing {

/// What all keys of a city begin with. The braces make them one slot of a Redis
/// Cluster.
inline std::string CityPrefix(CityId const& city) {
  return "mdg:{" + city.value + "}:";
}

inline std::string LogKey(CityId const& city, OfficeId const& office) {
  return CityPrefix(city) + office.value + ":log";
}

/// Adds the keys of one hall to a command, as README.md lists them.
class HallKeys {
 public:
  /// `city_prefix` must outlive this, and `hall` too.
  HallKeys(std::string const& city_prefix, Hall const& hall)
      : city_(city_prefix),
        office_(hall.office.value),
        day_(std::to_string(hall.day.yyyymmdd)) {}

  std::string const& Day() const { return day_; }

  void AddHead(redis::CommandLine& to) const {
    to.Add({city_, office_, ":head"});
  }
  void AddLog(redis::CommandLine& to) const {
    to.Add({city_, office_, ":log"});
  }
  void AddDue(redis::CommandLine& to) const {
    to.Add({city_, office_, ":due"});
  }
  void AddDays(redis::CommandLine& to) const {
    to.Add({city_, office_, ":days"});
  }
  void AddTickets(redis::CommandLine& to) const {
    to.Add({city_, office_, ":", day_, ":tickets"});
  }
  void AddCounters(redis::CommandLine& to) const {
    to.Add({city_, office_, ":", day_, ":counters"});
  }
  void AddUndo(redis::CommandLine& to) const {
    to.Add({city_, office_, ":", day_, ":undo"});
  }
  void AddCarried(redis::CommandLine& to) const {
    to.Add({city_, office_, ":", day_, ":carried"});
  }
  void AddQueue(redis::CommandLine& to, QueueId const& queue) const {
    to.Add({city_, office_, ":", day_, ":q:", queue.value});
  }
  void AddOver(redis::CommandLine& to, QueueId const& queue) const {
    to.Add({city_, office_, ":", day_, ":over:", queue.value});
  }
  /// The functions add the day of machine time: they alone know it.
  void AddRequests(redis::CommandLine& to) const {
    to.Add({city_, "requests:"});
  }

 private:
  std::string const& city_;
  std::string const& office_;
  std::string day_;
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_STORE_KEYS_H
