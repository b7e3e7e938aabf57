#include "clients/ticket_machine/kiosk.h"
#include "clients/terminal/program.h"
#include "clients/texts/texts.h"
#include "clients/ticket_machine/triage_screens.h"
#include "clients/ticket_machine/unattended.h"
#include "absl/strings/strip.h"
#include <cstddef>
#include <iostream>
#include <utility>

namespace madoguchi::ticket_machine {

using Kind = RunOutcome::Kind;
using std::chrono::milliseconds;
using texts::Fill;

namespace {

// Nobody has to come and wake the machine when it works again.
constexpr milliseconds kLookAgainAfter{3'000};
// How old the counts on the menu may be.
constexpr milliseconds kMenuStays{10'000};
constexpr milliseconds kSlipStays{20'000};
constexpr milliseconds kMessageStays{2'000};
constexpr milliseconds kIdle{60'000};
constexpr std::chrono::seconds kIdleWarning{10};

// The service `id`; `otherwise` if the office has none.
ticketing::v1::Service Find(Services const& services, std::string const& id,
                            ticketing::v1::Service const& otherwise) {
  for (auto const& service : services) {
    if (service.service() == id) return service;
  }
  return otherwise;
}

}  // namespace

Kiosk::Kiosk(IssueRun& run, Journal const& journal, Printer& printer,
             TriageLine& triage, ListServices list_services,
             KioskOptions options)
    : run_(run),
      journal_(journal),
      printer_(printer),
      triage_(triage),
      list_services_(std::move(list_services)),
      options_(std::move(options)),
      language_(options_.greeting) {}

bool Kiosk::Running() const {
  return !terminal::StopRequested() && !console_.ended();
}

void Kiosk::Clear() {
  if (console_.interactive()) std::cout << "\x1b[2J\x1b[H";
}

bool Kiosk::IsPress(std::string const& typed) {
  // A pipe brings its lines all at once, and no finger wrote them.
  return !console_.interactive() || guard_.Accept(typed);
}

std::optional<std::string> Kiosk::ReadPress() {
  auto const read = [this](milliseconds patience) {
    auto typed = console_.ReadLine(patience);
    while (typed && !IsPress(*typed)) typed = console_.ReadLine(patience);
    return typed;
  };
  if (auto typed = read(kIdle - kIdleWarning)) return typed;
  if (!Running()) return std::nullopt;
  std::cout << "\n"
            << Fill(texts().idle, {{"k", std::to_string(kIdleWarning.count())}})
            << "\n> " << std::flush;
  if (auto typed = read(kIdleWarning)) return typed;
  console_.Discard();
  return std::nullopt;
}

void Kiosk::Serve() {
  while (Running()) {
    if (SettleEarlierPress() && IsFitForVisitors()) ServeVisitor();
  }
}

bool Kiosk::SettleEarlierPress() {
  auto const outcome = run_.Resume();
  switch (outcome.kind) {
    case Kind::kNothingOpen:
      return true;
    case Kind::kPrinted:
      Show(outcome);
      return true;
    case Kind::kRefused:
      // Whoever pressed was told that it could not be found out.
      return true;
    case Kind::kGivenUp:
      options_.notice = Explain(outcome);
      return true;
    case Kind::kNotPrinted:
    case Kind::kPrintUnknown: {
      auto const& text = outcome.kind == Kind::kNotPrinted
                             ? texts().not_printed
                             : texts().print_unknown;
      WaitForBetterTimes(Screen::kCannotIssue,
                         Fill(text, {{"n", outcome.press->number}}) + "\n\n" +
                             ForStaff(Explain(outcome)));
      return false;
    }
    default:
      WaitForBetterTimes(
          Screen::kCannotIssue,
          CannotIssue(language_,
                      /*outcome_unknown=*/outcome.kind == Kind::kIssueUnknown,
                      Explain(outcome)));
      return false;
  }
}

bool Kiosk::IsFitForVisitors() {
  if (out_of_order_) {
    WaitForBetterTimes(Screen::kOutOfOrder, texts().out_of_order + "\n" +
                                                texts().staff_comes + "\n");
    return false;
  }
  auto const state = printer_.State();
  if (CanPrint(state)) return true;
  WaitForBetterTimes(
      Screen::kCannotIssue,
      CannotIssue(language_, /*outcome_unknown=*/false, Describe(state)));
  return false;
}

void Kiosk::WaitForBetterTimes(Screen screen, std::string const& text) {
  screen_ = screen;
  Clear();
  std::cout << text << std::flush;
  auto const typed = console_.ReadLine(kLookAgainAfter);
  if (typed == options_.staff_key) ServeStaff();
}

void Kiosk::ServeVisitor() {
  auto const listed = list_services_();
  if (!listed.ok()) {
    RunOutcome outcome;
    outcome.kind = Kind::kRefused;
    outcome.status = listed.status();
    WaitForBetterTimes(
        Screen::kCannotIssue,
        CannotIssue(language_, /*outcome_unknown=*/false, Explain(outcome)));
    return;
  }
  screen_ = Screen::kInService;
  auto const& services = listed->services();
  Clear();
  std::cout << Menu(services, language_, terminal::OutputSize().columns) << "> "
            << std::flush;
  bool const greeting = language_ == options_.greeting;
  auto const typed = greeting ? console_.ReadLine(kMenuStays) : ReadPress();
  if (!typed) {
    console_.Discard();
    language_ = options_.greeting;
    return;
  }
  if (*typed == options_.staff_key) {
    ServeStaff();
    return;
  }
  if (greeting && !IsPress(*typed)) return;
  auto const choice = ReadChoice(*typed, services.size());
  if (choice.language) {
    language_ = *choice.language;
  } else if (choice.service) {
    ServeFor(services.Get(*choice.service), services);
    language_ = options_.greeting;
  } else if (!typed->empty()) {
    std::cout << texts().not_on_list << "\n" << std::flush;
    if (console_.interactive()) console_.Read(kMessageStays);
  }
}

void Kiosk::ServeFor(ticketing::v1::Service const& service,
                     Services const& services) {
  auto wanted = service;
  TriageLine::Said said;
  while (AsksBefore(service.service())) {
    auto const next = triage_.AskAndWait(said);
    auto way = Way::kOn;
    if (next.has_question() && CanAsk(next.question())) {
      way = Ask(next.question(), said);
    } else if (next.has_advice()) {
      way = Tell(next.advice(), services);
      if (way == Way::kOn) return;
    } else {
      // Renewal is away: nobody is kept from a number for that.
      if (said.talk_to_staff) wanted = Find(services, kConsult, service);
      break;
    }
    if (way == Way::kLeft) return;
    if (way == Way::kBack && !TakeBack(said)) return;
  }
  if (Confirm(wanted)) IssueTo(wanted);
}

Kiosk::Way Kiosk::Ask(TriageQuestion const& question, TriageLine::Said& said) {
  while (true) {
    Clear();
    std::cout << "\n"
              << QuestionScreen(question, language_) << "> " << std::flush;
    auto const typed = ReadPress();
    if (!typed) return Way::kLeft;
    auto const press = ReadTriagePress(*typed, question.choices_size());
    if (press.back) return Way::kBack;
    said.talk_to_staff = press.talk_to_staff;
    if (press.choice) {
      auto& given = said.answers.emplace_back();
      given.set_question(question.question());
      given.set_choice(question.choices(*press.choice));
    }
    if (press.choice || press.talk_to_staff) return Way::kOn;
  }
}

Kiosk::Way Kiosk::Tell(renewal::v1::Advice const& advice,
                       Services const& services) {
  auto const offered = ServicesAfter(advice, services);
  while (true) {
    Clear();
    std::cout << "\n"
              << AdviceScreen(advice, offered, language_) << "> " << std::flush;
    auto const typed = ReadPress();
    if (!typed) return Way::kLeft;
    auto const press =
        ReadTriagePress(*typed, static_cast<int>(offered.size()));
    if (press.back) return Way::kBack;
    if (!press.choice) continue;
    IssueTo(offered[static_cast<std::size_t>(*press.choice)]);
    return Way::kOn;
  }
}

bool Kiosk::Confirm(ticketing::v1::Service const& service) {
  auto const question = Fill(
      texts().confirm, {{"s", InLanguage(service.display_name(), language_)}});
  while (true) {
    std::cout << "\n" << question << "\n> " << std::flush;
    auto const typed = ReadPress();
    if (!typed) return false;
    if (auto const agreed = ReadAgreement(*typed)) return *agreed;
  }
}

void Kiosk::SayThatItTakesLonger() {
  std::cout << texts().outcome_unknown << std::endl;
}

void Kiosk::IssueTo(ticketing::v1::Service const& service) {
  std::cout << "\n" << texts().issuing << std::endl;
  Show(run_.Issue({options_.office, service.service(),
                   InLanguage(service.display_name(), language_), language_}));
}

void Kiosk::Show(RunOutcome const& outcome) {
  if (!options_.slip_on_screen || outcome.kind != Kind::kPrinted) Clear();
  bool const has_number = outcome.press && !outcome.press->number.empty();
  if (outcome.kind == Kind::kPrinted) {
    auto const number =
        Fill(texts().slip_number, {{"n", outcome.press->number}});
    if (!options_.slip_on_screen) std::cout << number << "\n";
    std::cout << texts().take << "\n";
  } else if (has_number) {
    auto const& text = outcome.kind == Kind::kPrintUnknown
                           ? texts().print_unknown
                           : texts().not_printed;
    std::cout << Fill(text, {{"n", outcome.press->number}}) << "\n\n"
              << ForStaff(Explain(outcome));
    screen_ = Screen::kCannotIssue;
  } else {
    std::cout << CannotIssue(
        language_, /*outcome_unknown=*/outcome.kind == Kind::kIssueUnknown,
        Explain(outcome));
    screen_ = Screen::kCannotIssue;
  }
  std::cout << std::flush;
  // Staff come to the machine while the visitor's message stands.
  auto const typed = console_.ReadLine(kSlipStays);
  if (typed == options_.staff_key) ServeStaff();
}

StaffView Kiosk::View() const {
  StaffView view;
  view.printer = printer_.State();
  view.out_of_order = out_of_order_;
  if (auto const last = journal_.Last(); last && IsOpen(*last)) {
    view.open = last;
  }
  view.last_printed = journal_.LastPrinted();
  view.notice = options_.notice;
  return view;
}

void Kiosk::ServeStaff() {
  screen_ = Screen::kStaff;
  language_ = options_.greeting;
  while (Running()) {
    Clear();
    auto const view = View();
    std::cout << StaffMenu(view) << "> " << std::flush;
    auto const typed = ReadPress();
    if (!typed) return;
    auto const key = ReadStaffKey(*typed, view);
    if (key == StaffKey::kBack) break;
    if (key) Act(*key);
  }
  // Whoever went through the corner has read it.
  options_.notice.clear();
}

void Kiosk::Act(StaffKey key) {
  RunOutcome outcome;
  switch (key) {
    case StaffKey::kVisitorHasIt:
      outcome = run_.StaffSays(/*visitor_has_it=*/true);
      break;
    case StaffKey::kPrintAgain:
      outcome = run_.StaffSays(/*visitor_has_it=*/false);
      break;
    case StaffKey::kReprintLast:
      outcome = run_.Reprint();
      break;
    case StaffKey::kPaperChanged:
      // The number that waited for paper is the first to get it.
      outcome = run_.ChangePaper();
      break;
    case StaffKey::kOutOfOrder:
      out_of_order_ = !out_of_order_;
      return;
    case StaffKey::kScreenTest:
      Clear();
      std::cout << ScreenTest(terminal::OutputSize()) << std::flush;
      ReadPress();
      return;
    case StaffKey::kBack:
      return;
  }
  auto const explained = Explain(outcome);
  if (outcome.kind == Kind::kPrinted) {
    std::cout << texts::InBoth("terminal.printed",
                               {{"n", outcome.press->number}}, "  ")
              << "\n";
  } else if (!explained.empty()) {
    std::cout << explained << "\n";
  }
  std::cout << std::flush;
  if (console_.interactive()) console_.Read(kMessageStays);
}

}  // namespace madoguchi::ticket_machine
