#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_FAKE_MACHINE_PARTS_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_FAKE_MACHINE_PARTS_H

#include "clients/ticket_machine/journal.h"
#include "clients/ticket_machine/printer.h"
#include "services/base/mutex.h"
#include "madoguchi/ticketing/v1/ticket_service.pb.h"
#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include <atomic>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

// What tests have in the place of servers, paper and disk.
namespace madoguchi::ticket_machine {

/// Issues numbers as the servers do: once for each request id.
class FakeTicketing {
 public:
  ticketing::v1::IssueTicketResponse Issue(
      ticketing::v1::IssueTicketRequest const& request) {
    auto const [place, is_new] = issued_.try_emplace(
        request.request_id(), "A" + std::to_string(101 + issued_.size()));
    ticketing::v1::IssueTicketResponse response;
    response.mutable_ticket()->set_number(place->second);
    response.mutable_ticket()->set_name("tickets/" + place->second);
    response.set_link_token("token");
    return response;
  }

  std::size_t issued() const { return issued_.size(); }

 private:
  std::map<std::string, std::string> issued_;
};

/// What is on the paper, in order. Thread safe.
class FakePrinter : public Printer {
 public:
  PrintOutcome Print(Slip const& slip) override {
    auto const outcome = next_outcome.exchange(PrintOutcome::kPrinted);
    if (outcome == PrintOutcome::kPrinted) {
      MutexLock const lock(mu_);
      slips_.push_back(slip);
    }
    return outcome;
  }
  PrinterState State() override { return state; }

  std::vector<Slip> slips() const {
    MutexLock const lock(mu_);
    return slips_;
  }
  std::vector<std::string> Numbers() const {
    std::vector<std::string> numbers;
    for (auto const& slip : slips()) {
      numbers.push_back(slip.number + (slip.reprint ? " reprint" : ""));
    }
    return numbers;
  }
  /// Tears the paper off.
  void Clear() {
    MutexLock const lock(mu_);
    slips_.clear();
  }

  std::atomic<PrinterState> state = PrinterState::kReady;
  std::atomic<PrintOutcome> next_outcome = PrintOutcome::kPrinted;

 private:
  mutable Mutex mu_;
  std::vector<Slip> slips_ ABSL_GUARDED_BY(mu_);
};

/// A journal on a disk that can be full.
class FakeJournal : public MemoryJournal {
 public:
  absl::Status Record(Press const& press) override {
    steps.push_back(press.step);
    if (full_from && press.step == *full_from) {
      return absl::ResourceExhaustedError("disk full");
    }
    return MemoryJournal::Record(press);
  }

  std::optional<Step> full_from;
  std::vector<Step> steps;
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_FAKE_MACHINE_PARTS_H
