#include "tests/robustness/round_office.h"
#include "services/base/status_macros.h"
#include <cstdio>
#include <utility>

namespace madoguchi::robustness {
namespace {

constexpr std::chrono::seconds kListenLimit{20};

// A device that gives up long before a restart is over.
sdk::ClientOptions HastyClientOf(std::vector<std::string> targets) {
  auto options = ClientOf(std::move(targets));
  options.call_timeout = std::chrono::milliseconds(100);
  options.attempt_timeout = std::chrono::milliseconds(60);
  options.shortest_pause = std::chrono::milliseconds(1);
  options.longest_pause = std::chrono::milliseconds(10);
  return options;
}

}  // namespace

RoundOffice::RoundOffice(Office const& office,
                         std::vector<std::string> const& targets,
                         LoadOptions const& options)
    : office_(office),
      targets_(targets),
      name_("offices/" + office.id.value),
      seed_(options.seed),
      one_(ClientOf(targets), name_),
      other_(ClientOf(TurnedRound(targets)), name_),
      hasty_(HastyClientOf(targets), name_),
      display_(office.id.value + " display 1", ClientOf(targets), name_),
      other_display_(office.id.value + " display 2",
                     ClientOf(TurnedRound(targets)), name_),
      follower_(targets, name_),
      load_(office, options, {one_, other_, hasty_}, history_) {}

void RoundOffice::StartDevicesAgain() {
  for (auto* sender : {&one_, &other_, &hasty_}) sender->StartAgain();
}

bool RoundOffice::WaitForNextDay(std::chrono::milliseconds limit) {
  return follower_.WaitForDays(2, limit);
}

absl::Status RoundOffice::ReadLog() {
  Operation last;
  last.press.command = Command::kIssue;
  last.press.service = office_.services.front().id.value;
  // Ids are of all offices.
  char id[37];
  std::snprintf(id, sizeof id, "%08llx-0000-4000-8000-000000000000",
                static_cast<unsigned long long>(seed_ & 0xffffffff));
  last.press.request = id;
  last.invoked = NowMoment();
  last.answer = one_.Send(last.press);
  last.returned = NowMoment();
  if (last.answer.verdict != Verdict::kDone) {
    return absl::UnavailableError("the last number: " + last.answer.reason);
  }
  last_ticket_ = last.answer.ticket->id;
  history_.Add(last);
  Follower reader(targets_, name_);
  if (reader.WaitForTicket(last_ticket_, kListenLimit) == 0) {
    return absl::UnavailableError("the log could not be read to its end");
  }
  record_.log = reader.Entries();
  return absl::OkStatus();
}

absl::Status RoundOffice::ReadRecord() {
  MADOGUCHI_RETURN_IF_ERROR(ReadLog());
  auto const last = record_.log.back().sequence;
  display_.WaitFor(last, kListenLimit);
  other_display_.WaitFor(last, kListenLimit);
  follower_.WaitForTicket(last_ticket_, kListenLimit);
  // What goes on by itself may have been heard of in the meantime.
  auto const upto = [&](Watch watch) {
    std::erase_if(watch.heard,
                  [&](Heard const& heard) { return heard.sequence > last; });
    return watch;
  };
  record_.watches = {
      upto(display_.Take()), upto(other_display_.Take()),
      upto(AsWatch(office_.id.value + " follower", follower_.Entries()))};
  record_.operations = history_.Operations();
  record_.tickets = one_.ListTickets();
  return absl::OkStatus();
}

}  // namespace madoguchi::robustness
