#include "tests/robustness/narrow_hall.h"
#include "services/base/status_macros.h"
#include "madoguchi/rpc/v1/readiness_service.grpc.pb.h"
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <algorithm>
#include <chrono>
#include <set>
#include <thread>
#include <utility>

namespace madoguchi::robustness {
namespace {

constexpr std::chrono::seconds kNewsLimit{30};
constexpr std::chrono::milliseconds kAskAgain{50};

// Whether a replica is ready and says `caveat`.
bool Says(std::string const& target, std::string const& caveat) {
  auto const stub = rpc::v1::ReadinessService::NewStub(
      grpc::CreateChannel(target, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kNewsLimit);
  rpc::v1::CheckReadinessResponse response;
  if (!stub->CheckReadiness(&context, {}, &response).ok()) return false;
  if (!response.ready()) return false;
  return caveat.empty() ? response.message().empty()
                        : response.message().find(caveat) != std::string::npos;
}

}  // namespace

void Rumour::StayAway(std::string const& reason) {
  MutexLock lock(mu_);
  refusals_.push_back(reason);
  news_.notify_all();
  while (!numbers_again_) {
    if (news_.wait_for(mu_, kNewsLimit) == std::cv_status::timeout) break;
  }
}

bool Rumour::WaitForRefusal(std::string const& reason,
                            std::chrono::milliseconds limit) {
  auto const until = std::chrono::steady_clock::now() + limit;
  MutexLock lock(mu_);
  while (std::find(refusals_.begin(), refusals_.end(), reason) ==
         refusals_.end()) {
    if (news_.wait_until(mu_, until) == std::cv_status::timeout) return false;
  }
  return true;
}

void Rumour::TellThatThereAreNumbers() {
  MutexLock lock(mu_);
  numbers_again_ = true;
  news_.notify_all();
}

Answer PatientSender::Send(Press const& press) {
  auto answer = inner_.Send(press);
  if (IsWithoutRoom(answer)) rumour_.StayAway(answer.reason);
  return answer;
}

absl::StatusOr<std::unique_ptr<NarrowHall>> NarrowHall::Open(
    Office const& office, HouseOptions house_options, LoadOptions load) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto house,
                             House::Start(std::move(house_options)));
  std::unique_ptr<NarrowHall> hall(
      new NarrowHall(office, load, std::move(house)));
  if (!hall->load_.Prepare()) {
    return absl::DeadlineExceededError("nobody got a number");
  }
  hall->load_.Start();
  return hall;
}

NarrowHall::NarrowHall(Office const& office, LoadOptions load,
                       std::unique_ptr<House> house)
    : office_(office),
      office_name_("offices/" + office.id.value),
      house_(std::move(house)),
      one_(ClientOf(house_->Targets()), office_name_),
      other_(ClientOf(TurnedRound(house_->Targets())), office_name_),
      patient_one_(one_, rumour_),
      patient_other_(other_, rumour_),
      display_(std::make_unique<Display>("display", ClientOf(house_->Targets()),
                                         office_name_)),
      load_(office, load, {patient_one_, patient_other_, patient_one_},
            history_) {}

absl::Status NarrowHall::LetThemWork(std::int64_t count) {
  return history_.WaitForAcknowledged(history_.acknowledged() + count,
                                      kNewsLimit)
             ? absl::OkStatus()
             : absl::DeadlineExceededError("the hall stands still");
}

std::int64_t NarrowHall::CountDone(Command command, Moment moment) const {
  auto const operations = history_.Operations();
  std::set<std::string> earlier;
  for (auto const& operation : operations) {
    if (operation.invoked < moment) earlier.insert(operation.press.request);
  }
  return std::count_if(
      operations.begin(), operations.end(), [&](Operation const& operation) {
        return operation.press.command == command &&
               !earlier.contains(operation.press.request) &&
               operation.answer.verdict == Verdict::kDone &&
               (command != Command::kCallNext || operation.answer.ticket);
      });
}

absl::Status NarrowHall::AwaitCaveat(std::string const& caveat) {
  auto const until = std::chrono::steady_clock::now() + kNewsLimit;
  for (auto const& target : house_->Targets()) {
    while (!Says(target, caveat)) {
      if (std::chrono::steady_clock::now() > until) {
        return absl::DeadlineExceededError("no replica says `" + caveat + "`");
      }
      std::this_thread::sleep_for(kAskAgain);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Violation>> NarrowHall::Finish() {
  rumour_.TellThatThereAreNumbers();
  if (!load_.Finish()) {
    return absl::DeadlineExceededError("not everybody was served");
  }
  // One more number marks the end of the log.
  Operation last;
  last.press.command = Command::kIssue;
  last.press.service = office_.services.front().id.value;
  last.press.request = "00000000-0000-4000-8000-000000000000";
  last.invoked = NowMoment();
  last.answer = one_.Send(last.press);
  last.returned = NowMoment();
  if (last.answer.verdict != Verdict::kDone) {
    return absl::UnavailableError("the last number: " + last.answer.reason);
  }
  history_.Add(last);
  Follower reader(house_->Targets(), office_name_);
  auto const sequence =
      reader.WaitForTicket(last.answer.ticket->id, kNewsLimit);
  if (sequence == 0) {
    return absl::UnavailableError("the log could not be read to its end");
  }
  display_->WaitFor(sequence, kNewsLimit);
  Record record;
  record.operations = history_.Operations();
  record.log = reader.Entries();
  record.watches = {display_->Take()};
  record.tickets = one_.ListTickets();
  return Check(record, office_);
}

}  // namespace madoguchi::robustness
