#include "services/renewal/adapters/redis_case_store.h"
#include "services/base/status_macros.h"
#include "services/redis/reply.h"
#include "services/renewal/adapters/answer_to.h"
#include "services/renewal/adapters/case_codec.h"
#include "services/renewal/domain/errors.h"
#include <utility>

namespace madoguchi::renewal {
namespace {

using redis::CommandLine;

// A ticket's id begins with its business day.
constexpr std::size_t kDayDigits = 8;

// The answer to a function, whose first part is a code.
template <typename T, typename Read>
Done<redis::Reply> CasesAnswer(Read read, Done<T> done) {
  return AnswerTo(
      [read = std::move(read)](redis::Reply answer) -> absl::StatusOr<T> {
        if (answer.Size() == 0) {
          return error::StoreKeyForeign("An answer is empty.");
        }
        return read(answer);
      },
      std::move(done));
}

absl::StatusOr<std::vector<RenewalCase>> ReadCases(redis::Reply answer) {
  std::vector<RenewalCase> cases;
  for (std::size_t i = 1; i < answer.Size(); ++i) {
    MADOGUCHI_ASSIGN_OR_RETURN(auto renewal, UnpackCase(answer[i].Text()));
    cases.push_back(std::move(renewal));
  }
  return cases;
}

absl::StatusOr<CaseView> ReadCaseView(redis::Reply answer) {
  CaseView view;
  if (auto const settled = answer[1].Text(); !settled.empty()) {
    MADOGUCHI_ASSIGN_OR_RETURN(view.settled, UnpackSettled(settled));
  }
  if (auto const record = answer[2].Text(); !record.empty()) {
    MADOGUCHI_ASSIGN_OR_RETURN(view.renewal, UnpackCase(record));
  }
  return view;
}

std::vector<CaseId> ReadIds(redis::Reply list) {
  std::vector<CaseId> ids;
  for (std::size_t i = 0; i != list.Size(); ++i) {
    ids.push_back({std::string(list[i].Text())});
  }
  return ids;
}

absl::StatusOr<std::vector<QueuedIssuance>> ReadQueued(redis::Reply answer) {
  std::vector<QueuedIssuance> queued;
  for (std::size_t i = 1; i < answer.Size(); ++i) {
    auto const entry = answer[i];
    queued.push_back({std::string(entry[0].Text()),
                      {std::string(entry[1].Text())},
                      {std::string(entry[2].Text())},
                      {std::string(entry[3].Text())}});
  }
  return queued;
}

// In milliseconds since 1970, if `condition` is so.
void AddTimeIf(bool condition, Timestamp time, CommandLine& to) {
  if (condition) {
    to.Add(time.time_since_epoch().count());
  } else {
    to.Add("");
  }
}

}  // namespace

RedisCaseStore::RedisCaseStore(redis::Client& client, CityId const& city)
    : client_(client), prefix_("mdr:{" + city.value + "}:") {}

void RedisCaseStore::AddKey(CommandLine& to, OfficeId const& office,
                            std::string_view name) const {
  to.Add({prefix_, office.value, ":", name});
}

void RedisCaseStore::AddDayKey(CommandLine& to, OfficeId const& office,
                               std::string_view name,
                               std::string_view id) const {
  to.Add({prefix_, office.value, ":", id.substr(0, kDayDigits), ":", name});
}

void RedisCaseStore::Look(OfficeId const& office, RequestId const& request,
                          CaseId const& id, MachineTime deadline,
                          Done<CaseView> done) {
  CommandLine command{"FCALL_RO", "mdr2_look", "3"};
  AddKey(command, office, "live");
  AddDayKey(command, office, "ended", id.value);
  command.Add({prefix_, "requests:"}).Add(request.value).Add(id.value);
  client_.Command(std::move(command), deadline,
                  CasesAnswer(ReadCaseView, std::move(done)));
}

void RedisCaseStore::Settle(CaseSettlement const& settlement,
                            MachineTime deadline, Done<SettledCase> done) {
  auto const& after = settlement.after;
  CommandLine command{
      "FCALL", settlement.seen_version == 0 ? "mdr2_begin" : "mdr2_settle",
      "10"};
  AddKey(command, settlement.office, "live");
  AddKey(command, settlement.office, "order");
  AddDayKey(command, settlement.office, "ended", after.id.value);
  AddKey(command, settlement.office, "errands");
  AddKey(command, settlement.office, "lost");
  AddKey(command, settlement.office, "parked");
  command.Add({prefix_, "queue"});
  AddDayKey(command, settlement.office, "log", after.id.value);
  AddKey(command, settlement.office, "head");
  command.Add({prefix_, "requests:"})
      .Add(settlement.request.id.value)
      .Add(PackCommand(settlement.request.command))
      .Add(after.id.value)
      .Add(settlement.seen_version)
      .Add(PackCase(after));
  AddTimeIf(IsLive(after.state), after.started, command);
  AddTimeIf(after.errand.has_value(), after.started, command);
  AddTimeIf(WaitsForUpstream(after), after.started, command);
  AddTimeIf(settlement.loses_track.has_value(),
            settlement.loses_track.value_or(Timestamp()), command);
  command.Add(PackCaseEvent(settlement.event))
      .Add(settlement.office.value)
      .Add(settlement.event.kind == CaseEventKind::kIssuancePlanned
               ? std::string_view(after.issuance->id.value)
               : std::string_view());
  client_.Command(
      std::move(command), deadline,
      CasesAnswer(
          [id = after.id](redis::Reply answer) -> absl::StatusOr<SettledCase> {
            if (answer[0].Text() != "OK") return error::CaseChanged(id);
            return UnpackSettled(answer[1].Text());
          },
          std::move(done)));
}

void RedisCaseStore::ListOfTicket(OfficeId const& office,
                                  TicketRef const& ticket, MachineTime deadline,
                                  Done<std::vector<RenewalCase>> done) {
  CommandLine command{"FCALL_RO", "mdr2_list", "2"};
  AddKey(command, office, "live");
  AddDayKey(command, office, "ended", ticket.value);
  for (int person = 1; person <= kMostPersons; ++person) {
    command.Add(MakeCaseId(ticket, person).value);
  }
  client_.Command(std::move(command), deadline,
                  CasesAnswer(ReadCases, std::move(done)));
}

void RedisCaseStore::ListLive(OfficeId const& office, CaseId const& after,
                              int limit, MachineTime deadline,
                              Done<std::vector<RenewalCase>> done) {
  CommandLine command{"FCALL_RO", "mdr2_live", "2"};
  AddKey(command, office, "live");
  AddKey(command, office, "order");
  command.Add(after.value).Add(limit);
  client_.Command(std::move(command), deadline,
                  CasesAnswer(ReadCases, std::move(done)));
}

void RedisCaseStore::ListParked(OfficeId const& office, MachineTime deadline,
                                Done<std::vector<CaseId>> done) {
  CommandLine command{"ZRANGE"};
  AddKey(command, office, "parked");
  command.Add("0").Add("-1");
  client_.Command(
      std::move(command), deadline,
      AnswerTo(
          [](redis::Reply answer) -> absl::StatusOr<std::vector<CaseId>> {
            return ReadIds(answer);
          },
          std::move(done)));
}

void RedisCaseStore::TakeQueued(std::string const& consumer, int limit,
                                std::chrono::milliseconds idle,
                                MachineTime deadline,
                                Done<std::vector<QueuedIssuance>> done) {
  CommandLine command{"FCALL", "mdr2_take", "1"};
  command.Add({prefix_, "queue"}).Add(consumer).Add(limit).Add(idle.count());
  client_.Command(std::move(command), deadline,
                  CasesAnswer(ReadQueued, std::move(done)));
}

void RedisCaseStore::DropQueued(std::string const& entry, MachineTime deadline,
                                Done<std::monostate> done) {
  CommandLine command{"FCALL", "mdr2_drop", "1"};
  command.Add({prefix_, "queue"}).Add(entry);
  client_.Command(std::move(command), deadline,
                  CasesAnswer(
                      [](redis::Reply) -> absl::StatusOr<std::monostate> {
                        return std::monostate();
                      },
                      std::move(done)));
}

void RedisCaseStore::LookWork(OfficeId const& office, Timestamp now, int limit,
                              MachineTime deadline, Done<CaseWork> done) {
  CommandLine command{"FCALL_RO", "mdr2_work", "3"};
  AddKey(command, office, "errands");
  AddKey(command, office, "lost");
  AddKey(command, office, "parked");
  command.Add(now.time_since_epoch().count()).Add(limit);
  client_.Command(std::move(command), deadline,
                  CasesAnswer(
                      [](redis::Reply answer) -> absl::StatusOr<CaseWork> {
                        return CaseWork{ReadIds(answer[1]), ReadIds(answer[2]),
                                        static_cast<int>(answer[3].Integer())};
                      },
                      std::move(done)));
}

}  // namespace madoguchi::renewal
