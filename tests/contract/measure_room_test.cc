#include "services/ticketing/adapters/measure_room.h"
#include "tests/contract/store_under_test.h"
#include "tests/support/await.h"
#include "tests/support/redis_server.h"
#include "tests/support/status_matchers.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <filesystem>
#include <string>
#include <vector>

namespace madoguchi::ticketing {
namespace {

using madoguchi::testing::Await;
using madoguchi::testing::IsError;
using madoguchi::testing::IsOk;
using madoguchi::testing::OptionsFor;
using madoguchi::testing::RedisProcess;
using madoguchi::testing::RedisServer;
using madoguchi::testing::Soon;

std::vector<std::string> const kKeepsLog{"--appendonly", "yes"};

absl::StatusOr<StoreRoom> RoomOf(RedisServer const& server,
                                 RedisPlace place = RedisPlace::kThisMachine) {
  RedisProcess process(OptionsFor(server));
  return Await<StoreRoom>([&](auto done) {
    MeasureRoom(process.client(), place, Soon(), std::move(done));
  });
}

TEST(MeasureRoomTest, TheDiskIsThatOfTheLog) {
  RedisServer const server(kKeepsLog);
  auto const room = RoomOf(server);
  ASSERT_THAT(room, IsOk());
  ASSERT_TRUE(room->disk);
  auto const space = std::filesystem::space(server.folder());
  EXPECT_EQ(room->disk->total, static_cast<std::int64_t>(space.capacity));
  EXPECT_GT(room->disk->free, 0);
  EXPECT_LT(room->disk->free, room->disk->total);
}

TEST(MeasureRoomTest, TheDiskIsUnknownWithoutALogThatWeCanSee) {
  RedisServer const server(kKeepsLog);
  EXPECT_EQ(RoomOf(server, RedisPlace::kElsewhere)->disk, std::nullopt);
  // As in a container: the folder that it names is not the one it writes to.
  std::filesystem::rename(server.folder() + "/appendonlydir",
                          server.folder() + "/elsewhere");
  EXPECT_EQ(RoomOf(server)->disk, std::nullopt);
  RedisServer const without_log;
  EXPECT_EQ(RoomOf(without_log)->disk, std::nullopt);
}

TEST(MeasureRoomTest, TheMemoryIsWhatIsLeftOfItsLimit) {
  RedisServer const server;
  EXPECT_EQ(RoomOf(server)->memory, std::nullopt);
  server.Ask({"CONFIG", "SET", "maxmemory", "10000000"});
  auto const room = RoomOf(server);
  ASSERT_THAT(room, IsOk());
  ASSERT_TRUE(room->memory);
  EXPECT_EQ(room->memory->total, 10'000'000);
  EXPECT_GT(room->memory->free, 1'000'000);
  EXPECT_LT(room->memory->free, 10'000'000);
  server.Ask({"SET", "mdg:much", std::string(3'000'000, 'x')});
  EXPECT_LT(RoomOf(server)->memory->free, room->memory->free - 2'900'000);
}

TEST(MeasureRoomTest, ARedisThatDoesNotAnswerIsNamed) {
  RedisServer server;
  RedisProcess process(OptionsFor(server));
  auto const measure = [&] {
    return Await<StoreRoom>([&](auto done) {
      MeasureRoom(process.client(), RedisPlace::kThisMachine, Soon(),
                  std::move(done));
    });
  };
  ASSERT_THAT(measure(), IsOk());
  server.Kill();
  EXPECT_THAT(measure(),
              IsError(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
}

TEST(MeasureRoomTest, SocketsAndLoopbackAreOnThisMachine) {
  redis::ClientOptions options;
  for (auto const* host : {"127.0.0.1", "127.1.2.3", "localhost", "::1"}) {
    options.host = host;
    EXPECT_EQ(PlaceOf(options), RedisPlace::kThisMachine) << host;
  }
  for (auto const* host : {"10.0.0.127", "redis.example", "12.127.0.1"}) {
    options.host = host;
    EXPECT_EQ(PlaceOf(options), RedisPlace::kElsewhere) << host;
  }
  options.unix_socket = "/run/redis.sock";
  EXPECT_EQ(PlaceOf(options), RedisPlace::kThisMachine);
}

}  // namespace
}  // namespace madoguchi::ticketing
