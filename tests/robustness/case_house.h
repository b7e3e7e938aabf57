#ifndef MADOGUCHI_TESTS_ROBUSTNESS_CASE_HOUSE_H
#define MADOGUCHI_TESTS_ROBUSTNESS_CASE_HOUSE_H

#include "services/base/clock.h"
#include "tests/support/child_process.h"
#include "tests/support/redis_server.h"
#include "madoguchi/certification/v1/ledger_service.pb.h"
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace madoguchi::robustness {

/// What a house of cases is started with.
struct CaseHouseOptions {
  /// The programs.
  std::string ticketing;
  std::string renewal;
  std::string authority;
  /// A settings file.
  std::string settings = "deploy/config/example-city.textproto";
  /// What the sandbox does: a weather file's text.
  std::string weather;
  int ticketing_replicas = 1;
  int renewal_replicas = 1;
  /// Whether renewal asks the authority itself.
  bool rpc = false;
  ScaledClock::Scale scale;
};

/// All servers that a case passes through, as processes on one Redis and on one
/// office clock; the authority issues again when asked again. Each can be
/// killed and started again, on the same address. Used by one thread.
///
/// Aborts the test program if one does not start: a test without it says
/// nothing.
class CaseHouse {
 public:
  explicit CaseHouse(CaseHouseOptions options);
  ~CaseHouse();

  /// Addresses, as HOST:PORT.
  std::vector<std::string> ticketing() const;
  std::vector<std::string> renewal() const;
  std::string authority() const;

  /// Kills `name` (`redis`, `authority`, `ticketing-1`, `renewal-1`, ...) at
  /// once, as kill -9 does.
  void Kill(std::string const& name);
  /// Starts it again and waits until it is ready.
  void Start(std::string const& name);

  testing::RedisServer& redis() { return redis_; }

  /// What the authority's ledger holds.
  certification::v1::CountIssuancesResponse CountIssuances() const;

  /// The path and the bytes of everything that is kept or was said anywhere.
  std::map<std::string, std::string> Kept() const;

 private:
  struct Server {
    std::string address;
    testing::ChildOptions options;
    std::unique_ptr<testing::ChildProcess> process;
  };

  void Add(std::string const& name, std::string const& program,
           std::vector<std::string> const& flags);
  std::vector<std::string> AddressesOf(std::string const& kind) const;

  CaseHouseOptions const options_;
  std::string const folder_;
  testing::RedisServer redis_;
  std::map<std::string, Server> servers_;
};

}  // namespace madoguchi::robustness

#endif  // MADOGUCHI_TESTS_ROBUSTNESS_CASE_HOUSE_H
