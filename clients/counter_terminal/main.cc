// A clerk's counter, in a terminal.
#include "clients/counter_terminal/clerk.h"
#include "clients/counter_terminal/screen.h"
#include "clients/sdk/office_watch.h"
#include "clients/terminal/console.h"
#include "clients/terminal/program.h"
#include "services/base/mutex.h"
#include "absl/flags/flag.h"
#include <cstddef>
#include <deque>
#include <iostream>
#include <string>
#include <vector>

ABSL_FLAG(std::string, target, "127.0.0.1:8081",
          "The ticketing servers, host:port[,host:port]; the next is tried "
          "when one does not answer.");
ABSL_FLAG(std::string, office, "honcho", "The office of the counter.");
ABSL_FLAG(std::string, counter, "2", "The counter to work at.");
ABSL_FLAG(std::string, staff, "staff",
          "Who works there: a pseudonym of a-z, 0-9, -, _.");
ABSL_FLAG(std::string, time_zone, "Asia/Tokyo",
          "Where the office is, for the times shown.");

namespace madoguchi::counter_terminal {
namespace {

using ticketing::v1::OfficeUpdate;

/// What the watch last heard. Thread safe.
class NewsBoard {
 public:
  void Take(OfficeUpdate const& update) {
    MutexLock const lock(mu_);
    news_.office_time = update.office_time();
    if (update.has_snapshot()) {
      news_.services.assign(update.snapshot().services().begin(),
                            update.snapshot().services().end());
    }
    for (auto const& changed : update.event().services()) {
      for (auto& service : news_.services) {
        if (service.service() == changed.service()) {
          service.set_waiting_count(changed.waiting_count());
        }
      }
    }
    if (update.event().kind() == ticketing::v1::OfficeEvent::DAY_OPENED) {
      for (auto& service : news_.services) service.set_waiting_count(0);
    }
  }

  void SetConnected(bool connected) {
    MutexLock const lock(mu_);
    news_.connected = connected;
  }

  HallNews Get() {
    MutexLock const lock(mu_);
    return news_;
  }

 private:
  Mutex mu_;
  HallNews news_ ABSL_GUARDED_BY(mu_);
};

// How often the screen is drawn again when nothing is pressed.
constexpr std::chrono::milliseconds kFrame{1'000};
constexpr std::size_t kMessagesShown = 16;

class Terminal {
 public:
  Terminal(CounterCalls& calls, NewsBoard& board, absl::TimeZone zone)
      : board_(board),
        zone_(zone),
        clerk_(calls, "offices/" + absl::GetFlag(FLAGS_office),
               absl::GetFlag(FLAGS_counter), absl::GetFlag(FLAGS_staff), zone,
               {[this](Sentence const& sentence) { Say(sentence); },
                [this](std::string const& line) { Print(line); },
                [this] { return Ask(); }, terminal::StopRequested}) {}

  int Run() {
    clerk_.Open();
    bool going_on = true;
    while (going_on && !terminal::StopRequested()) {
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
      std::cout << texts::kLeftOpen.ja << "\n" << texts::kLeftOpen.en << "\n";
    }
    return 0;
  }

 private:
  bool Take(std::string const& typed) {
    // An empty line only draws again.
    if (typed.find_first_not_of("\r\n") == std::string::npos) return true;
    auto const press = ReadPress(typed);
    if (!press) {
      Say(texts::kUnknownKey);
      return true;
    }
    // What was said before belongs to the press before.
    messages_.clear();
    bool const going_on = clerk_.Do(*press);
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
    while (messages_.size() > kMessagesShown) messages_.pop_front();
    if (console_.interactive()) {
      Draw();
    } else {
      std::cout << line << std::endl;
    }
  }

  std::optional<std::string> Ask() {
    if (console_.interactive()) std::cout << "> " << std::flush;
    return console_.ReadLine();
  }

  /// A pipe has no screen: it is told the state once for each command.
  void PrintState() {
    std::cout << "[" << DeskLine(clerk_.desk(), zone_) << "]" << std::endl;
  }

  void Draw() {
    if (!console_.interactive()) return;
    std::cout << "\x1b[H\x1b[J"
              << Screen(clerk_.desk(), board_.Get(),
                        {messages_.begin(), messages_.end()}, zone_,
                        terminal::OutputSize().columns)
              << std::flush;
  }

  NewsBoard& board_;
  absl::TimeZone const zone_;
  terminal::Console console_;
  std::deque<std::string> messages_;
  Clerk clerk_;
};

int Main(int argc, char** argv) {
  terminal::ReadFlags(
      argc, argv,
      "A clerk's counter: opens it, calls the next visitor and follows the "
      "visit to its end, one key a step. The keys that make sense are always "
      "shown. Commands may also come through a pipe, one a line: n, s, "
      "\"c issued\", \"b 101\", q.\n\n"
      "  counter_terminal --counter 2 --staff hana --target 127.0.0.1:8081");
  auto const targets = terminal::ParseTargets(absl::GetFlag(FLAGS_target));
  if (!targets.ok()) return terminal::Fail(targets.status());
  auto const zone = terminal::LoadZone(absl::GetFlag(FLAGS_time_zone));
  if (!zone.ok()) return terminal::Fail(zone.status());
  terminal::CatchStopSignals();

  sdk::ClientOptions options;
  options.targets = *targets;
  // Short: a clerk who has to wait is told so after this.
  options.call_timeout = std::chrono::milliseconds(4'000);
  sdk::TicketingClient client(options);
  RemoteCounterCalls calls(client);
  NewsBoard board;
  sdk::OfficeWatch const watch(
      options, "offices/" + absl::GetFlag(FLAGS_office), /*after_sequence=*/0,
      [&](OfficeUpdate const& update) { board.Take(update); },
      [&](absl::Status const& status) { board.SetConnected(status.ok()); });
  return Terminal(calls, board, *zone).Run();
}

}  // namespace
}  // namespace madoguchi::counter_terminal

int main(int argc, char** argv) {
  return madoguchi::counter_terminal::Main(argc, argv);
}
