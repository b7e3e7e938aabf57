#include "clients/ticket_machine/issue_run.h"
#include "clients/sdk/ticketing_client.h"
#include <utility>

namespace madoguchi::ticket_machine {

using Kind = RunOutcome::Kind;
using ticketing::v1::IssueTicketRequest;

namespace {

RunOutcome JournalFailed(Press press, absl::Status status) {
  return {Kind::kJournalFailed, std::move(press), PrinterState::kReady,
          std::move(status)};
}

Timestamp ReadTime(google::protobuf::Timestamp const& time) {
  return Timestamp(std::chrono::seconds(time.seconds()) +
                   std::chrono::milliseconds(time.nanos() / 1'000'000));
}

}  // namespace

std::optional<Press> IssueRun::Last() const {
  return unrecorded_ ? unrecorded_ : journal_.Last();
}

absl::Status IssueRun::Record(Press const& press) {
  return journal_.Record(press);
}

absl::Status IssueRun::RecordFact(Press const& press) {
  auto status = Record(press);
  if (status.ok()) {
    unrecorded_.reset();
  } else {
    unrecorded_ = press;
  }
  return status;
}

RunOutcome IssueRun::Issue(Order const& order) {
  if (auto const last = Last(); unrecorded_ || (last && IsOpen(*last))) {
    return {Kind::kEarlierPressOpen, last, PrinterState::kReady, {}};
  }
  auto const state = printer_.State();
  if (!CanPrint(state))
    return {Kind::kPrinterNotReady, std::nullopt, state, {}};
  Press press;
  press.request_id =
      order.request_id.empty() ? world_.new_request_id() : order.request_id;
  press.office = order.office;
  press.service = order.service;
  press.service_name = order.service_name;
  press.language = CodeOf(order.language);
  press.planned_time = world_.clock();
  if (auto status = Record(press); !status.ok()) {
    return {Kind::kJournalFailed, std::nullopt, state, std::move(status)};
  }
  return AskForNumber(std::move(press));
}

RunOutcome IssueRun::Resume() {
  auto const last = Last();
  if (unrecorded_) {
    if (auto status = RecordFact(*last); !status.ok()) {
      return JournalFailed(*last, std::move(status));
    }
  }
  if (!last || !IsOpen(*last)) return {};
  switch (last->step) {
    case Step::kPlanned:
      return AskForNumber(*last);
    case Step::kPrinting:
      return {Kind::kPrintUnknown, last, PrinterState::kReady, {}};
    case Step::kNotPrinted:
      if (last->printings >= kPrintingsWithoutStaff) {
        return {Kind::kNotPrinted, last, printer_.State(), {}};
      }
      return Print(*last);
    default:
      return Print(*last);
  }
}

RunOutcome IssueRun::AskForNumber(Press press) {
  // A clock that was set back makes the press look young, never too old: only
  // a machine that was off for hours and had the wrong time is deceived.
  if (world_.clock() - press.planned_time > kRepeatFor) {
    press.step = Step::kGivenUp;
    if (auto status = RecordFact(press); !status.ok()) {
      return JournalFailed(std::move(press), std::move(status));
    }
    return {Kind::kGivenUp, std::move(press), PrinterState::kReady, {}};
  }
  IssueTicketRequest request;
  request.set_office(press.office);
  request.set_service(press.service);
  request.set_language(press.language);
  request.set_request_id(press.request_id);
  auto const issued = IssueOnce(world_.desk, request);
  if (sdk::IsOutcomeUnknown(issued.status())) {
    return {Kind::kIssueUnknown, std::move(press), PrinterState::kReady,
            issued.status()};
  }
  press.step = issued.ok() ? Step::kIssued : Step::kRefused;
  if (issued.ok()) {
    press.number = issued->ticket().number();
    press.ticket = issued->ticket().name();
    press.link_token = issued->link_token();
    press.arrival_time = ReadTime(issued->ticket().arrival_time());
  }
  if (auto status = RecordFact(press); !status.ok()) {
    return JournalFailed(std::move(press), std::move(status));
  }
  if (!issued.ok()) {
    return {Kind::kRefused, std::move(press), PrinterState::kReady,
            issued.status()};
  }
  return Print(std::move(press));
}

RunOutcome IssueRun::Print(Press press) {
  auto const state = printer_.State();
  if (!press.doubtful && !CanPrint(state)) {
    return {Kind::kNotPrinted, std::move(press), state, {}};
  }
  auto printing = press;
  printing.step = Step::kPrinting;
  if (!press.doubtful) ++printing.printings;
  if (auto status = Record(printing); !status.ok()) {
    return JournalFailed(std::move(press), std::move(status));
  }
  // What the journal lost may have been that it was printed.
  if (press.doubtful) return {Kind::kPrintUnknown, printing, state, {}};
  auto const ahead = world_.ahead(printing.service);
  auto const outcome =
      GiveToPrinter(printing, /*reprint=*/printing.printings > 1, ahead);
  if (outcome == PrintOutcome::kUnknown) {
    return {Kind::kPrintUnknown, printing, printer_.State(), {}, ahead};
  }
  bool const printed = outcome == PrintOutcome::kPrinted;
  printing.step = printed ? Step::kPrinted : Step::kNotPrinted;
  if (auto status = RecordFact(printing); !status.ok()) {
    return JournalFailed(std::move(printing), std::move(status));
  }
  return {printed ? Kind::kPrinted : Kind::kNotPrinted,
          printing,
          printer_.State(),
          {},
          ahead};
}

RunOutcome IssueRun::StaffSays(bool visitor_has_it) {
  auto last = Last();
  if (!last || !IsOpen(*last) || last->step == Step::kPlanned) return {};
  last->by_staff = visitor_has_it;
  if (visitor_has_it) {
    last->step = Step::kPrinted;
  } else if (last->step == Step::kPrinting) {
    last->step = Step::kNotPrinted;
    if (last->doubtful) last->printings = std::max(last->printings, 1);
  }
  last->doubtful = false;
  if (auto status = RecordFact(*last); !status.ok()) {
    return JournalFailed(*last, std::move(status));
  }
  if (visitor_has_it) {
    return {Kind::kPrinted, last, PrinterState::kReady, {}};
  }
  return Print(*last);
}

RunOutcome IssueRun::ChangePaper() {
  auto const last = Last();
  if (!last || !IsOpen(*last)) return {};
  auto const outcome = Resume();
  if (outcome.kind != Kind::kNotPrinted) return outcome;
  // With new paper a printer that failed again and again gets another chance.
  return StaffSays(/*visitor_has_it=*/false);
}

RunOutcome IssueRun::Reprint() {
  auto const last = journal_.LastPrinted();
  if (!last) return {};
  auto const state = printer_.State();
  if (!CanPrint(state)) return {Kind::kNotPrinted, last, state, {}};
  switch (GiveToPrinter(*last, /*reprint=*/true, world_.ahead(last->service))) {
    case PrintOutcome::kPrinted:
      return {Kind::kPrinted, last, printer_.State(), {}};
    case PrintOutcome::kNotPrinted:
      return {Kind::kNotPrinted, last, printer_.State(), {}};
    case PrintOutcome::kUnknown:
      break;
  }
  return {Kind::kPrintUnknown, last, printer_.State(), {}};
}

PrintOutcome IssueRun::GiveToPrinter(Press const& press, bool reprint,
                                     std::optional<int> ahead) {
  Slip slip;
  slip.number = press.number;
  slip.ticket = press.ticket;
  slip.service = press.service;
  slip.service_name = press.service_name;
  slip.arrival_time = press.arrival_time;
  slip.ahead = ahead;
  slip.language = ParseLanguage(press.language).value_or(Language::kJapanese);
  slip.reprint = reprint;
  return printer_.Print(slip);
}

}  // namespace madoguchi::ticket_machine
