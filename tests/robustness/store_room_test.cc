#include "services/office/settings.h"
#include "tests/robustness/narrow_hall.h"
#include "tests/support/child_process.h"
#include "tests/support/metrics_page.h"
#include "tests/support/small_disk.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

// Redis runs out of disk or memory while people press: nobody who has a number
// waits for it, nothing acknowledged is lost, and numbers are given again once
// there is room.
namespace madoguchi::robustness {
namespace {

using ::madoguchi::testing::ChildProcess;
using ::madoguchi::testing::IsOk;
using ::madoguchi::testing::ReadMetric;
using ::madoguchi::testing::SmallDisk;
using ::testing::IsEmpty;
using ::testing::Optional;

constexpr char kSettings[] = "tests/robustness/robustness.textproto";
constexpr std::int64_t kMiB = std::int64_t{1} << 20;
constexpr std::chrono::seconds kLimit{30};
// What the hall does while no numbers are given.
constexpr std::int64_t kPressesMeanwhile = 150;

Office const& TestOffice() {
  static City const city = [] {
    auto read = ReadCity(kSettings);
    if (!read.ok()) ADD_FAILURE() << read.status();
    return read.ok() ? *read : City{};
  }();
  return city.offices.front();
}

class StoreRoomRobustnessTest : public ::testing::Test {
 protected:
  StoreRoomRobustnessTest() {
    house_.ticketing = MADOGUCHI_TICKETING;
    house_.shim = MADOGUCHI_FDATASYNC_SHIM;
    house_.settings = kSettings;
    load_.counters = 24;
    load_.ticket_machines = 4;
    load_.waiting = 150;
    load_.tickets = 800;
    load_.limit = std::chrono::minutes(2);
  }

  // People come in. Skips the test without a small disk.
  void OpenOnSmallDisk(std::int64_t bytes) {
    auto disk = SmallDisk::Mount(bytes);
    if (absl::IsPermissionDenied(disk.status())) {
      GTEST_SKIP() << "no small disk can be mounted: " << disk.status();
    }
    ASSERT_THAT(disk, IsOk());
    disk_ = *std::move(disk);
    house_.redis_flags = {"--dir", disk_->path()};
    Open();
  }
  void Open() {
    auto hall = NarrowHall::Open(TestOffice(), house_, load_);
    ASSERT_THAT(hall, IsOk());
    hall_ = *std::move(hall);
  }

  void SetMaxMemory(std::string const& value) {
    auto const asked =
        ChildProcess::Start({{"redis-cli", "-s", hall_->house().RedisSocket(),
                              "CONFIG", "SET", "maxmemory", value},
                             {},
                             {}});
    ASSERT_THAT(asked, IsOk());
    ASSERT_THAT((*asked)->WaitForLine("OK", kLimit), IsOk());
  }

  // Nobody gets a new number; those who wait are called and served. `caveat` is
  // what the replicas say of it, in part.
  void ExpectOnlyNewNumbersRefused(std::string const& reason,
                                   std::string const& caveat) {
    ASSERT_TRUE(hall_->rumour().WaitForRefusal(reason, kLimit));
    auto const refused = NowMoment();
    // Each replica looks for itself, so the other may have given numbers yet.
    ASSERT_THAT(hall_->AwaitCaveat(caveat), IsOk());
    auto const all_refuse = NowMoment();
    ASSERT_THAT(hall_->LetThemWork(kPressesMeanwhile), IsOk());
    EXPECT_EQ(hall_->CountDone(Command::kIssue, all_refuse), 0);
    for (auto const command : {Command::kCallNext, Command::kRecall,
                               Command::kStartServing, Command::kComplete}) {
      EXPECT_GT(hall_->CountDone(command, refused), 0) << NameOf(command);
    }
  }

  // Numbers are given again, everybody is served, nothing was lost.
  void ExpectGoodEnd() {
    auto const before = hall_->Issued();
    auto const violations = hall_->Finish();
    ASSERT_THAT(violations, IsOk());
    EXPECT_THAT(*violations, IsEmpty()) << InWords(*violations, 10);
    EXPECT_GT(hall_->Issued(), before);
    std::printf("%lld numbers before there was room again, %lld after\n",
                static_cast<long long>(before),
                static_cast<long long>(hall_->Issued() - before));
  }

  HouseOptions house_;
  LoadOptions load_;
  std::unique_ptr<SmallDisk> disk_;
  std::unique_ptr<NarrowHall> hall_;
};

TEST_F(StoreRoomRobustnessTest,
       WithLittleDiskNoNewNumbersAreGivenAndTheHallGoesOn) {
  house_.metrics = true;
  OpenOnSmallDisk(64 * kMiB);
  if (IsSkipped() || HasFatalFailure()) return;
  ASSERT_THAT(hall_->AwaitCaveat(""), IsOk());
  ASSERT_THAT(hall_->LetThemWork(100), IsOk());

  ASSERT_THAT(disk_->LeaveFree(5 * kMiB), IsOk());
  ExpectOnlyNewNumbersRefused("STORE_DISK_LOW",
                              "The disk of Redis is nearly full");
  for (auto const& page : hall_->house().MetricsPages()) {
    EXPECT_THAT(ReadMetric(page, "madoguchi_ready"), Optional(1));
    EXPECT_THAT(ReadMetric(page,
                           "madoguchi_new_tickets_refused"
                           "{reason=\"STORE_DISK_LOW\"}"),
                Optional(1));
    EXPECT_THAT(ReadMetric(page, "madoguchi_store_room{kind=\"disk\"}"),
                Optional(::testing::Le(5 * kMiB)));
  }

  ASSERT_THAT(disk_->MakeRoom(), IsOk());
  ASSERT_THAT(hall_->AwaitCaveat(""), IsOk());
  for (auto const& page : hall_->house().MetricsPages()) {
    EXPECT_THAT(ReadMetric(page,
                           "madoguchi_new_tickets_refused"
                           "{reason=\"STORE_DISK_LOW\"}"),
                Optional(0));
  }
  ExpectGoodEnd();
}

// Redis cannot promise what it cannot write, so it ends.
TEST_F(StoreRoomRobustnessTest,
       AFullDiskEndsRedisAndNothingAcknowledgedIsLost) {
  house_.ticketing_flags = {"--disk_reserve_mb", "0"};
  OpenOnSmallDisk(16 * kMiB);
  if (IsSkipped() || HasFatalFailure()) return;
  for (int i = 0; i != 2; ++i) {
    ASSERT_THAT(hall_->LetThemWork(100), IsOk());
    ASSERT_THAT(disk_->LeaveFree(kMiB / 32), IsOk());
    ASSERT_THAT(
        hall_->house().WaitForEndOfRedis("Can't recover from AOF write error"),
        IsOk());
    ASSERT_THAT(disk_->MakeRoom(), IsOk());
    ASSERT_THAT(hall_->house().RestartRedis(), IsOk());
  }
  ExpectGoodEnd();
}

TEST_F(StoreRoomRobustnessTest,
       WithLittleMemoryNoNewNumbersAreGivenAndTheHallGoesOn) {
  // What these people need is more, by and by; the reserve is so large that
  // they cannot use it up from one look at it to the next.
  house_.redis_flags = {"--maxmemory", "4mb"};
  house_.ticketing_flags = {"--memory_reserve_percent", "50"};
  Open();
  if (HasFatalFailure()) return;
  ExpectOnlyNewNumbersRefused("STORE_MEMORY_LOW",
                              "The memory of Redis is nearly full");
  SetMaxMemory("1gb");
  ASSERT_THAT(hall_->AwaitCaveat(""), IsOk());
  ExpectGoodEnd();
}

TEST_F(StoreRoomRobustnessTest, AFullMemoryRefusesNewNumbersAndTheHallGoesOn) {
  house_.ticketing_flags = {"--memory_reserve_percent", "0"};
  Open();
  if (HasFatalFailure()) return;
  ASSERT_THAT(hall_->LetThemWork(100), IsOk());
  SetMaxMemory("1");
  ExpectOnlyNewNumbersRefused("STORE_FULL", "");
  SetMaxMemory("1gb");
  ExpectGoodEnd();
}

}  // namespace
}  // namespace madoguchi::robustness
