// Shows in the hall which number goes to which counter.
#include "clients/sdk/office_watch.h"
#include "clients/sdk/token.h"
#include "clients/terminal/console.h"
#include "clients/terminal/program.h"
#include "clients/wall_display/announcements.h"
#include "clients/wall_display/hall.h"
#include "clients/wall_display/screen.h"
#include "services/base/error.h"
#include "services/base/mutex.h"
#include "absl/flags/flag.h"
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdio>
#include <iostream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

ABSL_FLAG(std::string, target, "127.0.0.1:8081",
          "The ticketing servers, host:port[,host:port]; the next is tried "
          "when one does not answer.");
ABSL_FLAG(std::string, office, "honcho", "The office to show.");
ABSL_FLAG(std::string, token_file, "",
          "A file whose first line is this device's token; none if empty.");
ABSL_FLAG(std::string, time_zone, "Asia/Tokyo",
          "Where the office is, for the clock.");
ABSL_FLAG(bool, once, false,
          "Print what the display shows now as plain text, and end. Exits with "
          "1 if nothing was heard within 10 s.");
ABSL_FLAG(bool, plain, false,
          "Print one line for each event instead of the screen. RING marks "
          "what is announced.");
ABSL_FLAG(bool, bell, true, "Ring the terminal's bell for each call.");

namespace madoguchi::wall_display {
namespace {

using ticketing::v1::OfficeUpdate;
using News = std::variant<OfficeUpdate, absl::Status>;

/// Hands what the watch hears to the thread that shows it. Thread safe.
class Inbox {
 public:
  void Put(News news) {
    {
      MutexLock const lock(mu_);
      news_.push_back(std::move(news));
    }
    arrived_.notify_one();
  }

  /// What has come, in order; waits for it at most `patience`.
  std::vector<News> Take(std::chrono::milliseconds patience)
      ABSL_NO_THREAD_SAFETY_ANALYSIS {
    std::unique_lock<Mutex> lock(mu_);
    arrived_.wait_for(lock, patience, [&] { return !news_.empty(); });
    return std::exchange(news_, {});
  }

 private:
  Mutex mu_;
  std::condition_variable_any arrived_;
  std::vector<News> news_ ABSL_GUARDED_BY(mu_);
};

// A replica that is restarted is away for a moment while another takes over.
// The hall need not be told of that; of anything longer it must.
constexpr std::chrono::milliseconds kLossShownAfter{1'500};
constexpr std::chrono::milliseconds kFrame{500};
constexpr std::chrono::seconds kPageTurn{8};
constexpr std::chrono::seconds kOncePatience{10};

class Display {
 public:
  Display(absl::TimeZone zone, bool bell) : zone_(zone), bell_(bell) {}

  /// Repaints until somebody stops it.
  int RunScreen(Inbox& inbox) {
    // The alternate screen leaves the terminal's own text as it was.
    std::cout << "\x1b[?1049h\x1b[?25l";
    bool pulse = false;
    terminal::Console console;
    while (!terminal::StopRequested()) {
      for (auto const& news : inbox.Take(kFrame)) Hear(news);
      auto const now = std::chrono::steady_clock::now();
      bool const rings = announcements_.Advance(now);
      pulse = rings || !pulse;
      std::cout << ToAnsi(Render(Look(now, pulse)));
      if (rings && bell_) std::cout << '\a';
      std::cout << std::flush;
      if (console.interactive()) {
        auto const key = console.Read(std::chrono::milliseconds(0));
        if (key == "q" || console.ended()) break;
      }
    }
    std::cout << "\x1b[?25h\x1b[?1049l" << std::flush;
    return 0;
  }

  int RunPlain(Inbox& inbox) {
    while (!terminal::StopRequested()) {
      for (auto const& news : inbox.Take(kFrame)) {
        if (auto const* const status = std::get_if<absl::Status>(&news)) {
          std::cout << (status->ok() ? "CONNECTED" : "LOST " + Reason(*status))
                    << std::endl;
          continue;
        }
        auto const& update = std::get<OfficeUpdate>(news);
        bool const rings = !hall_.Apply(update).empty();
        if (auto const line = PlainLine(update, rings, zone_)) {
          std::cout << *line << (rings && bell_ ? "\a" : "") << std::endl;
        }
      }
    }
    return 0;
  }

  int RunOnce(Inbox& inbox) {
    auto const end = std::chrono::steady_clock::now() + kOncePatience;
    absl::Status last = absl::UnavailableError("no server answered");
    while (!hall_.started() && !terminal::StopRequested() &&
           std::chrono::steady_clock::now() < end) {
      for (auto const& news : inbox.Take(kFrame)) {
        Hear(news);
        if (auto const* const status = std::get_if<absl::Status>(&news)) {
          last = *status;
        }
      }
    }
    if (!hall_.started()) {
      std::cerr << "Nothing was heard: " << Reason(last) << "\n";
      return 1;
    }
    std::cout << ToText(
        Render(Look(std::chrono::steady_clock::now(), /*pulse=*/false)));
    return 0;
  }

 private:
  void Hear(News const& news) {
    if (auto const* const status = std::get_if<absl::Status>(&news)) {
      if (status->ok()) {
        lost_since_.reset();
      } else if (!lost_since_) {
        lost_since_ = std::chrono::steady_clock::now();
      }
      return;
    }
    auto const& update = std::get<OfficeUpdate>(news);
    if (update.has_event()) announcements_.TakeBack(update.event());
    for (auto& call : hall_.Apply(update)) {
      announcements_.Add(std::move(call));
    }
  }

  View Look(MachineTime now, bool pulse) const {
    return {hall_,
            announcements_.Current(now),
            pulse,
            lost_since_ && now - *lost_since_ >= kLossShownAfter,
            zone_,
            terminal::OutputSize(),
            static_cast<std::size_t>(now.time_since_epoch() / kPageTurn)};
  }

  static std::string Reason(absl::Status const& status) {
    auto const reason = GetErrorInfo(status).reason;
    return (reason.empty() ? "" : reason + ": ") +
           std::string(status.message());
  }

  absl::TimeZone const zone_;
  bool const bell_;
  Hall hall_;
  Announcements announcements_;
  std::optional<MachineTime> lost_since_;
};

int Main(int argc, char** argv) {
  terminal::ReadFlags(argc, argv,
                      "Shows the calls of an office on a terminal: which "
                      "number goes to which counter, how many wait, and which "
                      "numbers were missed. q ends it.\n\n"
                      "  wall_display --target 127.0.0.1:8081 --office honcho");
  auto const targets = terminal::ParseTargets(absl::GetFlag(FLAGS_target));
  if (!targets.ok()) return terminal::Fail(targets.status());
  auto const token = sdk::ReadToken(absl::GetFlag(FLAGS_token_file));
  if (!token.ok()) return terminal::Fail(token.status());
  auto const zone = terminal::LoadZone(absl::GetFlag(FLAGS_time_zone));
  if (!zone.ok()) return terminal::Fail(zone.status());
  terminal::CatchStopSignals();

  Inbox inbox;
  sdk::ClientOptions options;
  options.targets = *targets;
  options.token = *token;
  sdk::OfficeWatch const watch(
      options, "offices/" + absl::GetFlag(FLAGS_office), /*after_sequence=*/0,
      [&](OfficeUpdate const& update) { inbox.Put(update); },
      [&](absl::Status const& status) { inbox.Put(status); });

  Display display(*zone, absl::GetFlag(FLAGS_bell));
  if (absl::GetFlag(FLAGS_once)) return display.RunOnce(inbox);
  if (absl::GetFlag(FLAGS_plain)) return display.RunPlain(inbox);
  return display.RunScreen(inbox);
}

}  // namespace
}  // namespace madoguchi::wall_display

int main(int argc, char** argv) {
  return madoguchi::wall_display::Main(argc, argv);
}
