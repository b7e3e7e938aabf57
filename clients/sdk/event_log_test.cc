#include "clients/sdk/event_log.h"
#include "clients/sdk/scripted_server.h"
#include "services/base/error.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace madoguchi::sdk {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ticketing::v1::Event;
using ticketing::v1::FollowEventsResponse;

using EventWriter = grpc::ServerWriter<FollowEventsResponse>;

// An event or, with `heartbeat`, none, at a second of the office's clock.
FollowEventsResponse Response(std::int64_t sequence, std::int64_t second,
                              bool heartbeat = false) {
  FollowEventsResponse response;
  response.set_sequence(sequence);
  response.mutable_office_time()->set_seconds(100);
  if (heartbeat) return response;
  response.mutable_event()->set_sequence(sequence);
  response.mutable_event()->mutable_office_time()->set_seconds(second);
  return response;
}

ClientOptions OptionsFor(std::vector<std::string> targets) {
  ClientOptions options;
  options.targets = std::move(targets);
  options.call_timeout = milliseconds(50);
  options.shortest_pause = milliseconds(1);
  options.longest_pause = milliseconds(2);
  return options;
}

struct Read {
  std::vector<std::int64_t> sequences;
  absl::Status status;
};

Read ReadFrom(std::vector<std::string> targets, std::int64_t after = 0) {
  Read read;
  read.status = ReadEventLog(OptionsFor(std::move(targets)), "offices/honcho",
                             after, [&](Event const& event) {
                               read.sequences.push_back(event.sequence());
                               return absl::OkStatus();
                             });
  return read;
}

TEST(EventLogTest, ReadsUpToTheFirstHeartbeat) {
  ScriptedServer server({});
  server.OnFollow(
      [](std::size_t, grpc::ServerContext& context, EventWriter& writer) {
        for (auto const& response : {Response(1, 90), Response(2, 95),
                                     Response(2, 0, true), Response(3, 99)}) {
          writer.Write(response);
        }
        return Hang(context);
      });
  auto const read = ReadFrom({server.address()});
  EXPECT_TRUE(read.status.ok()) << read.status;
  EXPECT_THAT(read.sequences, ElementsAre(1, 2));
  EXPECT_EQ(server.follows()[0].office(), "offices/honcho");
}

TEST(EventLogTest, ABusyOfficeIsReadUpToTheBegin) {
  ScriptedServer server({});
  server.OnFollow(
      [](std::size_t, grpc::ServerContext& context, EventWriter& writer) {
        for (std::int64_t i = 1; writer.Write(Response(i, 98 + i)); ++i) {
        }
        return Hang(context);
      });
  EXPECT_THAT(ReadFrom({server.address()}).sequences, ElementsAre(1, 2));
}

TEST(EventLogTest, ResumesBehindTheLastEventAtAnotherReplica) {
  auto const fails = [](std::size_t, grpc::ServerContext&,
                        EventWriter& writer) {
    writer.Write(Response(5, 90));
    writer.Write(Response(6, 90));
    return WireError(grpc::StatusCode::UNAVAILABLE, "Draining.",
                     "SERVER_STOPPING");
  };
  ScriptedServer first({});
  first.OnFollow(fails);
  ScriptedServer second({});
  second.OnFollow(
      [](std::size_t, grpc::ServerContext& context, EventWriter& writer) {
        // What was seen before is dropped.
        for (auto const& response :
             {Response(6, 90), Response(7, 90), Response(7, 0, true)}) {
          writer.Write(response);
        }
        return Hang(context);
      });
  auto const read = ReadFrom({first.address(), second.address()}, 4);
  EXPECT_TRUE(read.status.ok()) << read.status;
  EXPECT_THAT(read.sequences, ElementsAre(5, 6, 7));
  EXPECT_EQ(first.follows()[0].after_sequence(), 4);
  EXPECT_EQ(second.follows()[0].after_sequence(), 6);
}

TEST(EventLogTest, ARefusalIsNotRepeated) {
  ScriptedServer server({});
  server.OnFollow([](std::size_t, grpc::ServerContext&, EventWriter&) {
    return WireError(grpc::StatusCode::OUT_OF_RANGE, "Gone.",
                     "SEQUENCE_UNKNOWN");
  });
  auto const read = ReadFrom({server.address()}, 4);
  EXPECT_EQ(read.status.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(GetErrorInfo(read.status).reason, "SEQUENCE_UNKNOWN");
  EXPECT_EQ(server.follows().size(), 1U);
}

TEST(EventLogTest, GivesUpWhenNothingComesForTooLong) {
  auto const read = ReadFrom({DeadAddress()});
  EXPECT_EQ(read.status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(read.sequences, IsEmpty());
}

TEST(EventLogTest, EndsWhenItsReaderDoes) {
  ScriptedServer server({});
  server.OnFollow(
      [](std::size_t, grpc::ServerContext& context, EventWriter& writer) {
        writer.Write(Response(1, 90));
        writer.Write(Response(2, 90));
        return Hang(context);
      });
  int taken = 0;
  auto const status = ReadEventLog(OptionsFor({server.address()}),
                                   "offices/honcho", 0, [&](Event const&) {
                                     ++taken;
                                     return absl::DataLossError("enough");
                                   });
  EXPECT_EQ(status, absl::DataLossError("enough"));
  EXPECT_EQ(taken, 1);
}

}  // namespace
}  // namespace madoguchi::sdk
