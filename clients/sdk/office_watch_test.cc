#include "clients/sdk/office_watch.h"
#include "clients/sdk/scripted_server.h"
#include "services/base/error.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace madoguchi::sdk {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ticketing::v1::OfficeUpdate;

using Writer = grpc::ServerWriter<OfficeUpdate>;

OfficeUpdate Snapshot(std::int64_t sequence, bool reset = false) {
  OfficeUpdate update;
  update.set_sequence(sequence);
  update.mutable_snapshot()->set_reset(reset);
  return update;
}

OfficeUpdate Event(std::int64_t sequence) {
  OfficeUpdate update;
  update.set_sequence(sequence);
  update.mutable_event();
  return update;
}

OfficeUpdate Heartbeat(std::int64_t sequence) {
  OfficeUpdate update;
  update.set_sequence(sequence);
  update.mutable_heartbeat();
  return update;
}

/// Writes `s12`, `r12` (a reset), `e12` and `h12`.
std::string Name(OfficeUpdate const& update) {
  std::string const kind = update.has_event()          ? "e"
                           : update.has_heartbeat()    ? "h"
                           : update.snapshot().reset() ? "r"
                                                       : "s";
  return kind + std::to_string(update.sequence());
}

/// Collects what a watch tells.
class Told {
 public:
  std::unique_ptr<OfficeWatch> Watch(std::vector<std::string> targets,
                                     std::int64_t after_sequence = 0) {
    ClientOptions options;
    options.targets = std::move(targets);
    options.shortest_pause = milliseconds(1);
    options.longest_pause = milliseconds(2);
    return std::make_unique<OfficeWatch>(
        options, "offices/honcho", after_sequence,
        [this](OfficeUpdate const& update) {
          std::lock_guard const lock(mu_);
          updates_.push_back(Name(update));
          news_.notify_all();
        },
        [this](absl::Status const& status) {
          std::lock_guard const lock(mu_);
          liveness_.push_back(status);
          news_.notify_all();
        });
  }

  /// The updates once there are `count`, or after a time that is too long.
  std::vector<std::string> Updates(std::size_t count) {
    std::unique_lock lock(mu_);
    news_.wait_for(lock, std::chrono::seconds(20),
                   [&] { return updates_.size() >= count; });
    return updates_;
  }
  std::vector<absl::Status> Liveness(std::size_t count) {
    std::unique_lock lock(mu_);
    news_.wait_for(lock, std::chrono::seconds(20),
                   [&] { return liveness_.size() >= count; });
    return liveness_;
  }

 private:
  std::mutex mu_;
  std::condition_variable news_;
  std::vector<std::string> updates_;
  std::vector<absl::Status> liveness_;
};

TEST(OfficeWatchTest, TellsEachUpdateInOrder) {
  ScriptedServer server({}, [](std::size_t, grpc::ServerContext& context,
                               Writer& writer) {
    for (auto const& update : {Snapshot(5), Event(6), Heartbeat(6), Event(7)}) {
      writer.Write(update);
    }
    return Hang(context);
  });
  Told told;
  auto const watch = told.Watch({server.address()});
  EXPECT_THAT(told.Updates(4), ElementsAre("s5", "e6", "h6", "e7"));
  EXPECT_THAT(told.Liveness(1), ElementsAre(absl::OkStatus()));
  EXPECT_EQ(server.watches()[0].office(), "offices/honcho");
}

TEST(OfficeWatchTest, ResumesBehindTheLastUpdateAndDropsWhatItKnows) {
  ScriptedServer server(
      {}, [](std::size_t stream, grpc::ServerContext& context, Writer& writer) {
        if (stream == 0) {
          writer.Write(Snapshot(5));
          writer.Write(Event(6));
          return WireError(grpc::StatusCode::UNAVAILABLE, "Draining.",
                           "SERVER_STOPPING");
        }
        for (auto const& update : {Event(6), Event(7), Event(7), Event(8)}) {
          writer.Write(update);
        }
        return Hang(context);
      });
  Told told;
  auto const watch = told.Watch({server.address()});
  EXPECT_THAT(told.Updates(4), ElementsAre("s5", "e6", "e7", "e8"));
  auto const liveness = told.Liveness(3);
  ASSERT_THAT(liveness, SizeIs(3));
  EXPECT_EQ(GetErrorInfo(liveness[1]).reason, "SERVER_STOPPING");
  EXPECT_TRUE(liveness[2].ok());
  auto const asked = server.watches();
  ASSERT_THAT(asked, SizeIs(2));
  EXPECT_EQ(asked[0].after_sequence(), 0);
  EXPECT_EQ(asked[1].after_sequence(), 6);
}

TEST(OfficeWatchTest, StartsBehindTheSequenceItIsGiven) {
  ScriptedServer server(
      {}, [](std::size_t, grpc::ServerContext& context, Writer& writer) {
        writer.Write(Event(42));
        writer.Write(Event(43));
        return Hang(context);
      });
  Told told;
  auto const watch = told.Watch({server.address()}, 42);
  EXPECT_THAT(told.Updates(1), ElementsAre("e43"));
  EXPECT_EQ(server.watches()[0].after_sequence(), 42);
}

// Counts are sent late and as one, with the sequence of the last change.
TEST(OfficeWatchTest, AHeartbeatDoesNotHideAnEventThatComesAfterIt) {
  ScriptedServer server(
      {}, [](std::size_t, grpc::ServerContext& context, Writer& writer) {
        for (auto const& update : {Snapshot(5), Heartbeat(6), Event(6)}) {
          writer.Write(update);
        }
        return Hang(context);
      });
  Told told;
  auto const watch = told.Watch({server.address()});
  EXPECT_THAT(told.Updates(3), ElementsAre("s5", "h6", "e6"));
}

// A store that was restored from a copy counts again from further back.
TEST(OfficeWatchTest, AResetBeginsANewCount) {
  ScriptedServer server(
      {}, [](std::size_t stream, grpc::ServerContext& context, Writer& writer) {
        if (stream == 0) {
          writer.Write(Snapshot(100));
          return grpc::Status::OK;
        }
        writer.Write(Snapshot(3, /*reset=*/true));
        writer.Write(Event(4));
        return Hang(context);
      });
  Told told;
  auto const watch = told.Watch({server.address()});
  EXPECT_THAT(told.Updates(3), ElementsAre("s100", "r3", "e4"));
}

TEST(OfficeWatchTest, AStreamThatFallsSilentIsLeftForAnotherReplica) {
  auto const hang_after = [](std::int64_t sequence) {
    return
        [sequence](std::size_t, grpc::ServerContext& context, Writer& writer) {
          writer.Write(Snapshot(sequence));
          return Hang(context);
        };
  };
  ScriptedServer silent({}, hang_after(5));
  ScriptedServer other({}, hang_after(6));
  Told told;
  auto const before = std::chrono::steady_clock::now();
  auto const watch = told.Watch({silent.address(), other.address()});
  EXPECT_THAT(told.Updates(2), ElementsAre("s5", "s6"));
  EXPECT_THAT(std::chrono::steady_clock::now() - before,
              Ge(OfficeWatch::kStaleAfter));
  auto const liveness = told.Liveness(3);
  ASSERT_THAT(liveness, SizeIs(3));
  EXPECT_TRUE(absl::IsUnavailable(liveness[1]));
  EXPECT_THAT(silent.watches(), SizeIs(1));
}

TEST(OfficeWatchTest, FindsTheReplicaThatLives) {
  ScriptedServer server(
      {}, [](std::size_t, grpc::ServerContext& context, Writer& writer) {
        writer.Write(Snapshot(1));
        return Hang(context);
      });
  Told told;
  auto const watch = told.Watch({DeadAddress(), server.address()});
  EXPECT_THAT(told.Updates(1), ElementsAre("s1"));
  auto const liveness = told.Liveness(2);
  ASSERT_THAT(liveness, SizeIs(2));
  EXPECT_TRUE(absl::IsUnavailable(liveness[0]));
  EXPECT_TRUE(liveness[1].ok());
}

TEST(OfficeWatchTest, ARefusalIsToldOnceHoweverOftenItIsRepeated) {
  ScriptedServer server(
      {}, [](std::size_t stream, grpc::ServerContext& context, Writer& writer) {
        if (stream < 4) {
          return WireError(grpc::StatusCode::NOT_FOUND, "No such office.",
                           "OFFICE_NOT_FOUND");
        }
        writer.Write(Snapshot(1));
        return Hang(context);
      });
  Told told;
  auto const watch = told.Watch({server.address()});
  told.Updates(1);
  auto const liveness = told.Liveness(2);
  ASSERT_THAT(liveness, SizeIs(2));
  EXPECT_EQ(GetErrorInfo(liveness[0]).reason, "OFFICE_NOT_FOUND");
}

TEST(OfficeWatchTest, EndsWithoutWaitingForTheServer) {
  ScriptedServer server({}, [](std::size_t, grpc::ServerContext& context,
                               Writer&) { return Hang(context); });
  Told told;
  auto const before = std::chrono::steady_clock::now();
  told.Watch({server.address()}).reset();
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(3));
  EXPECT_THAT(told.Updates(0), IsEmpty());
}

}  // namespace
}  // namespace madoguchi::sdk
