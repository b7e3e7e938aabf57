#include "services/ticketing/adapters/store_readiness.h"
#include "services/redis/store_errors.h"
#include "services/ticketing/adapters/redis_facts.h"
#include "services/ticketing/adapters/ticketing_library.h"
#include "services/ticketing/domain/errors.h"
#include <chrono>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

namespace madoguchi::ticketing {
namespace {

constexpr std::chrono::milliseconds kMaxSkew{2000};
constexpr int kOldestMajor = 7;

struct Setting {
  char const* name;
  char const* value;
};
constexpr Setting kDurable[] = {{"appendonly", "yes"},
                                {"appendfsync", "always"},
                                {"maxmemory-policy", "noeviction"}};

absl::Status JudgeInfo(redis::Reply answer) {
  auto const version = InfoField(answer.Text(), "redis_version");
  if (ToInteger(version) < kOldestMajor) {
    return error::StoreTooOld(std::string(version));
  }
  return absl::OkStatus();
}

absl::Status JudgeRole(redis::Reply answer) {
  if (InfoField(answer.Text(), "role") != "master") {
    return error::StoreReadOnly();
  }
  return absl::OkStatus();
}

absl::Status JudgeSettings(redis::Reply answer) {
  for (auto const& setting : kDurable) {
    auto const value = Find(answer, setting.name);
    if (value != setting.value) {
      return error::StoreNotDurable(std::string(setting.name) + " is " +
                                    std::string(value) + ", not " +
                                    setting.value);
    }
  }
  return absl::OkStatus();
}

absl::Status JudgeTime(redis::Reply answer, Clock const& clock) {
  auto const theirs = std::chrono::seconds(ToInteger(answer[0].Text())) +
                      std::chrono::microseconds(ToInteger(answer[1].Text()));
  auto const apart = std::chrono::duration_cast<std::chrono::milliseconds>(
      clock.Now().time_since_epoch() - theirs);
  if (std::chrono::abs(apart) > kMaxSkew) return error::ClockSkewed(apart);
  return absl::OkStatus();
}

// A library of our name with another text would answer what we do not expect,
// and the text is never replaced: other processes may be using it.
absl::Status JudgeLibrary(redis::Reply answer) {
  if (answer.Size() == 0) {
    return error::StoreError("the function library is not loaded");
  }
  if (Find(answer[0], "library_code") != kTicketingLibrary) {
    return error::StoreError("another function library has the name of ours");
  }
  return absl::OkStatus();
}

// Collects the answers, which come one by one on the loop's thread; the last
// one reports. The first failure counts.
class Check {
 public:
  explicit Check(Done<Readiness> done) : done_(std::move(done)) {}
  ~Check() {
    if (status_.ok()) {
      done_(std::move(readiness_));
    } else {
      done_(status_);
    }
  }

  void Judge(absl::Status status) { status_.Update(std::move(status)); }
  void Warn(std::string caveat) { readiness_.caveat = std::move(caveat); }

 private:
  Done<Readiness> done_;
  Readiness readiness_;
  absl::Status status_;
};

}  // namespace

void CheckReadiness(redis::Client& client, ReadinessRules const& rules,
                    MachineTime deadline, Done<Readiness> done) {
  auto check = std::make_shared<Check>(std::move(done));
  auto const ask = [&](redis::CommandLine command, auto judge) {
    client.Command(std::move(command), deadline,
                   [check, judge](absl::StatusOr<redis::Reply> answer) {
                     check->Judge(answer.ok()
                                      ? judge(*answer)
                                      : redis::ToStoreError(answer.status()));
                   });
  };
  ask({"INFO", "server"}, JudgeInfo);
  ask({"INFO", "replication"}, JudgeRole);
  if (rules.relaxed_durability) {
    check->Warn("--durability=relaxed: if Redis dies, tickets may be lost");
  } else {
    redis::CommandLine settings{"CONFIG", "GET"};
    for (auto const& setting : kDurable) settings.Add(setting.name);
    ask(std::move(settings), JudgeSettings);
  }
  if (rules.clock != nullptr) {
    ask({"TIME"}, [clock = rules.clock](redis::Reply answer) {
      return JudgeTime(answer, *clock);
    });
  }
  ask({"FUNCTION", "LIST", "LIBRARYNAME", kTicketingLibraryName, "WITHCODE"},
      JudgeLibrary);
}

}  // namespace madoguchi::ticketing
