// A clerk's counter, in a terminal.
#include "clients/counter_terminal/case_calls.h"
#include "clients/counter_terminal/case_watch.h"
#include "clients/counter_terminal/clerk.h"
#include "clients/counter_terminal/floor.h"
#include "clients/counter_terminal/floor_watch.h"
#include "clients/counter_terminal/screen.h"
#include "clients/sdk/office_watch.h"
#include "clients/sdk/token.h"
#include "clients/terminal/console.h"
#include "clients/terminal/program.h"
#include "services/base/clock.h"
#include "absl/flags/flag.h"
#include "absl/time/time.h"
#include <cstddef>
#include <deque>
#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

ABSL_FLAG(std::string, target, "127.0.0.1:8081",
          "The ticketing servers, host:port[,host:port]; the next is tried "
          "when one does not answer.");
ABSL_FLAG(std::string, renewal, "",
          "The renewal servers, host:port[,host:port]; none if empty: the "
          "counter then works without.");
ABSL_FLAG(std::string, office, "honcho", "The office of the counter.");
ABSL_FLAG(std::string, token_file, "",
          "A file whose first line is this device's token; none if empty.");
ABSL_FLAG(std::string, counter, "2", "The counter to work at.");
ABSL_FLAG(std::string, staff, "staff",
          "Who works there: a pseudonym of a-z, 0-9, -, _.");
ABSL_FLAG(std::string, time_zone, "Asia/Tokyo",
          "Where the office is, for the times shown.");

ABSL_FLAG(std::vector<std::string>, outcomes,
          (std::vector<std::string>{"done", "issued", "no_documents",
                                    "come_again"}),
          "The outcomes that the keys 1 to 9 stand for.");
ABSL_FLAG(absl::Duration, ask_finish_after, absl::Minutes(45),
          "How long a service may last before the terminal asks whether its "
          "finish was forgotten.");

namespace madoguchi::counter_terminal {
namespace {

using ticketing::v1::OfficeUpdate;

// How often the screen is drawn again when nothing is pressed.
constexpr std::chrono::milliseconds kFrame{1'000};
constexpr std::size_t kMessagesKept = 40;

MachineTime Now() { return std::chrono::steady_clock::now(); }

class Terminal {
 public:
  Terminal(CounterCalls& calls, CaseCalls& case_calls, FloorBoard& board,
           std::function<CaseNews()> news, Workplace workplace,
           Settings settings)
      : board_(board),
        news_(std::move(news)),
        settings_(settings),
        clerk_(calls, case_calls, std::move(workplace),
               {[this](Sentence const& sentence) { Say(sentence); },
                [this](std::string const& line) { Print(line); },
                [this] { return Ask(); },
                [this](Sentence const& question, bool unasked) {
                  return Confirm(question, unasked);
                },
                terminal::StopRequested, Now},
               [this] { return board_.Get(Now()); }) {}

  int Run() {
    clerk_.Open();
    bool going_on = true;
    while (going_on && !terminal::StopRequested()) {
      if (console_.interactive()) {
        clerk_.Notice();
        clerk_.Notice(news_());
      }
      Draw();
      auto const typed = console_.Read(kFrame);
      if (typed) {
        if (!console_.interactive()) std::cout << "> " << *typed << "\n";
        going_on = Take(*typed);
      } else if (console_.ended()) {
        break;
      }
    }
    Draw();
    if (clerk_.desk().open) {
      auto const left_open = SentenceOf("counter.left_open");
      std::cout << left_open.ja << "\n" << left_open.en << "\n";
    }
    return 0;
  }

 private:
  bool Take(std::string const& typed) {
    // An empty line only draws again.
    if (typed.find_first_not_of("\r\n") == std::string::npos) return true;
    auto const press = ReadPress(typed);
    if (!press) {
      Say(SentenceOf("counter.unknown_key"));
      return true;
    }
    // What was said before belongs to the press before.
    messages_.clear();
    bool const going_on = clerk_.Do(*press);
    // Keys typed while the server was asked meant what the screen showed then.
    console_.DiscardTyped();
    if (!console_.interactive()) PrintState();
    return going_on;
  }

  void Say(Sentence const& sentence) {
    // In the middle of a list of sentences each language keeps its own line.
    Print(sentence.ja);
    Print("  " + sentence.en);
  }

  void Print(std::string const& line) {
    messages_.push_back(line);
    while (messages_.size() > kMessagesKept) messages_.pop_front();
    if (console_.interactive()) {
      Draw();
    } else {
      std::cout << line << std::endl;
    }
  }

  std::optional<std::string> Ask() {
    if (console_.interactive()) std::cout << "> " << std::flush;
    auto line = console_.ReadLine();
    // A question that was answered makes room for what comes of it.
    messages_.clear();
    return line;
  }

  bool Confirm(Sentence const& question, bool unasked) {
    if (!console_.interactive()) return unasked;
    console_.DiscardTyped();
    Say(question);
    while (!terminal::StopRequested() && !console_.ended()) {
      auto const key = console_.Read(kFrame);
      if (key) {
        messages_.clear();
        return key == "y" || key == "Y" || key == "ｙ";
      }
      Draw();
    }
    return false;
  }

  /// A pipe has no screen: it is told the state once for each command.
  void PrintState() {
    std::cout << "[" << DeskLine(clerk_.desk(), settings_.zone) << "]"
              << std::endl;
  }

  void Draw() {
    if (!console_.interactive()) return;
    auto size = terminal::OutputSize();
    // One line for what is typed.
    size.lines -= 1;
    auto const now = Now();
    std::string screen = "\x1b[H";
    for (auto const& line :
         Screen(clerk_.desk(), clerk_.cases(), board_.Get(now),
                {messages_.begin(), messages_.end()}, settings_, now, size)) {
      screen += line + "\x1b[K\n";
    }
    std::cout << screen << "\x1b[J" << std::flush;
  }

  FloorBoard& board_;
  std::function<CaseNews()> const news_;
  Settings const settings_;
  terminal::Console console_;
  std::deque<std::string> messages_;
  Clerk clerk_;
};

int Main(int argc, char** argv) {
  terminal::ReadFlags(
      argc, argv,
      "A clerk's counter: opens it, calls the next visitor and follows the "
      "visit to its end, one key a step. The keys that make sense are always "
      "shown; ? shows all. Commands may also come through a pipe, one a line, "
      "with the answers to their questions behind them: n, s, \"c issued\", "
      "\"h form 10\", \"t service consult first\", \"b 101\", q. Of a renewal "
      "j takes "
      "the next step (\"j .\" begins it as usual, \"j 6\" with the sixth "
      "answer "
      "turned, \"j issued\" says what came of it), o what else there is, z a "
      "parked one, i how the national system does.\n\n"
      "  counter_terminal --counter 2 --staff hana --target 127.0.0.1:8081");
  auto const targets = terminal::ParseTargets(absl::GetFlag(FLAGS_target));
  if (!targets.ok()) return terminal::Fail(targets.status());
  auto const token = sdk::ReadToken(absl::GetFlag(FLAGS_token_file));
  if (!token.ok()) return terminal::Fail(token.status());
  auto const zone = terminal::LoadZone(absl::GetFlag(FLAGS_time_zone));
  if (!zone.ok()) return terminal::Fail(zone.status());
  terminal::CatchStopSignals();

  Workplace workplace;
  workplace.office = "offices/" + absl::GetFlag(FLAGS_office);
  workplace.counter = absl::GetFlag(FLAGS_counter);
  workplace.staff = absl::GetFlag(FLAGS_staff);
  workplace.zone = *zone;
  workplace.outcomes = absl::GetFlag(FLAGS_outcomes);

  sdk::ClientOptions options;
  options.targets = *targets;
  options.token = *token;
  // Short: a clerk who has to wait is told so after this.
  options.call_timeout = std::chrono::milliseconds(4'000);
  sdk::TicketingClient client(options);
  RemoteCounterCalls calls(client);
  // Lists can wait for the next look, and nobody who quits is to wait for them.
  auto look_options = options;
  look_options.call_timeout = look_options.attempt_timeout =
      std::chrono::milliseconds(1'500);
  sdk::TicketingClient look_client(look_options);
  RemoteCounterCalls look_calls(look_client);

  auto case_options = options;
  case_options.targets.clear();
  if (auto const renewal = absl::GetFlag(FLAGS_renewal); !renewal.empty()) {
    auto const found = terminal::ParseTargets(renewal);
    if (!found.ok()) return terminal::Fail(found.status());
    case_options.targets = *found;
  }
  sdk::RenewalClient case_client(case_options);
  RemoteCaseCalls case_calls(case_client);
  auto case_look_options = case_options;
  case_look_options.call_timeout = case_look_options.attempt_timeout =
      look_options.call_timeout;
  sdk::RenewalClient case_look_client(case_look_options);
  RemoteCaseCalls case_look_calls(case_look_client);
  CaseWatch case_watch(case_look_calls, workplace.office);

  FloorBoard board;
  FloorWatch lists(look_calls, workplace.office, board);
  sdk::OfficeWatch const watch(
      options, workplace.office, /*after_sequence=*/0,
      [&](OfficeUpdate const& update) {
        board.Take(update, Now());
        if (!update.has_heartbeat()) lists.Wake();
      },
      [&](absl::Status const& status) { board.SetConnected(status.ok()); });
  return Terminal(calls, case_calls, board, [&] { return case_watch.Get(); },
                  workplace, {*zone, absl::GetFlag(FLAGS_ask_finish_after)})
      .Run();
}

}  // namespace
}  // namespace madoguchi::counter_terminal

int main(int argc, char** argv) {
  return madoguchi::counter_terminal::Main(argc, argv);
}
