#include "services/renewal/adapters/redis_upstream_store.h"
#include "services/base/status_macros.h"
#include "services/redis/reply.h"
#include "services/renewal/adapters/answer_to.h"
#include "services/renewal/adapters/upstream_codec.h"
#include <utility>

namespace madoguchi::renewal {
namespace {

using redis::CommandLine;

absl::StatusOr<UpstreamLook> ReadLook(redis::Reply answer) {
  UpstreamLook look;
  if (auto const settled = answer[1].Text(); !settled.empty()) {
    MADOGUCHI_ASSIGN_OR_RETURN(look.settled, UnpackSettledUpstream(settled));
  }
  if (auto const record = answer[2].Text(); !record.empty()) {
    MADOGUCHI_ASSIGN_OR_RETURN(look.record, UnpackUpstream(record));
  }
  return look;
}

absl::StatusOr<SettledUpstream> ReadSettled(redis::Reply answer) {
  if (answer[0].Text() == "ABORTED") {
    return absl::AbortedError("Others were faster.");
  }
  return UnpackSettledUpstream(answer[1].Text());
}

absl::StatusOr<LatencyBaseline> ReadHours(redis::Reply answer) {
  LatencyBaseline baseline;
  for (std::size_t i = 0; i + 1 < answer.Size(); i += 2) {
    MADOGUCHI_ASSIGN_OR_RETURN(auto const when, UnpackHour(answer[i].Text()));
    MADOGUCHI_ASSIGN_OR_RETURN(baseline.took[when],
                               UnpackLatencies(answer[i + 1].Text()));
  }
  return baseline;
}

}  // namespace

RedisUpstreamStore::RedisUpstreamStore(redis::Client& client,
                                       CityId const& city)
    : client_(client), prefix_("mdr:{" + city.value + "}:") {}

void RedisUpstreamStore::Look(RequestId const& request, MachineTime deadline,
                              Done<UpstreamLook> done) {
  CommandLine command{"FCALL_RO", "mdr2_look_upstream", "2"};
  command.Add({prefix_, "upstream"})
      .Add({prefix_, "requests:"})
      .Add(request.value);
  client_.Command(std::move(command), deadline,
                  AnswerTo(ReadLook, std::move(done)));
}

void RedisUpstreamStore::Settle(UpstreamSettlement const& settlement,
                                MachineTime deadline,
                                Done<SettledUpstream> done) {
  CommandLine command{"FCALL", "mdr2_settle_upstream", "3"};
  command.Add({prefix_, "upstream"})
      .Add({prefix_, "took"})
      .Add({prefix_, "requests:"})
      .Add(settlement.request.id.value)
      .Add(PackUpstreamCommand(settlement.request.command))
      .Add(settlement.seen_version)
      .Add(PackUpstream(settlement.after));
  if (auto const& took = settlement.took) {
    command.Add(PackHour(took->when))
        .Add(took->latency.count())
        .Add(kMostOfAnHour)
        .Add(took->when.day - kBaselineDays);
  } else {
    command.Add("").Add("").Add("").Add("");
  }
  client_.Command(std::move(command), deadline,
                  AnswerTo(ReadSettled, std::move(done)));
}

void RedisUpstreamStore::ReadBaseline(MachineTime deadline,
                                      Done<LatencyBaseline> done) {
  CommandLine command{"HGETALL"};
  command.Add({prefix_, "took"});
  client_.Command(std::move(command), deadline,
                  AnswerTo(ReadHours, std::move(done)));
}

}  // namespace madoguchi::renewal
