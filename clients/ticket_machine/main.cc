// Issues numbers to visitors, in a terminal.
#include "clients/sdk/ticketing_client.h"
#include "clients/sdk/token.h"
#include "clients/sdk/uuid.h"
#include "clients/terminal/console.h"
#include "clients/terminal/program.h"
#include "clients/ticket_machine/file_journal.h"
#include "clients/ticket_machine/house_heartbeat.h"
#include "clients/ticket_machine/issue_run.h"
#include "clients/ticket_machine/kiosk.h"
#include "clients/ticket_machine/page_kiosk.h"
#include "clients/ticket_machine/page_printer.h"
#include "clients/ticket_machine/stop_points.h"
#include "clients/ticket_machine/text_printer.h"
#include "clients/ticket_machine/triage_line.h"
#include "clients/ticket_machine/unattended.h"
#include "services/base/clock.h"
#include "services/base/status_macros.h"
#include "services/rpc/log.h"
#include "absl/flags/flag.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <pthread.h>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

ABSL_FLAG(std::string, target, "127.0.0.1:8081",
          "The ticketing servers, host:port[,host:port]; the next is tried "
          "when one does not answer.");
ABSL_FLAG(std::string, renewal, "",
          "The renewal servers, host:port[,host:port]: visitors who come for a "
          "renewal are asked a few questions before they take a number. Nobody "
          "is asked if empty, or while none of them answers.");
ABSL_FLAG(std::string, office, "honcho", "The office to issue numbers for.");
ABSL_FLAG(std::string, token_file, "",
          "A file whose first line is this device's token; none if empty.");
ABSL_FLAG(
    std::string, device, "",
    "This machine's id in the devices file. With it the machine tells the "
    "house every few seconds how it and its printer are.");
ABSL_FLAG(std::string, language, "ja",
          "What visitors are greeted in: ja, ja-easy or en. They can choose "
          "another.");
ABSL_FLAG(std::string, time_zone, "Asia/Tokyo",
          "Where the office is, for the time on the slip.");
ABSL_FLAG(std::string, service, "",
          "Without a visitor: issue numbers of this service, print one line "
          "for each, and end.");
ABSL_FLAG(int, count, 1, "How many, with --service.");
ABSL_FLAG(
    std::string, was_printed, "",
    "With --service: answers `yes` or `no` when the machine does not know "
    "whether its last number was printed.");
ABSL_FLAG(
    std::string, journal, "",
    "The file in which the machine keeps how far each press went, so that "
    "a power cut costs no number and prints none twice. Each machine has "
    "one of its own, on a local disk. Required with --printer.");
ABSL_FLAG(std::string, printer, "",
          "Where slips are printed, as text: a file or a named pipe; - is the "
          "screen. Without, visitors get the slip on the screen, and --service "
          "prints one line for each number.");
ABSL_FLAG(std::string, staff_key, "**",
          "What staff type, and Enter, to reprint the last number, to say that "
          "paper was changed, to set the machine out of order or to test the "
          "screen. With --page_listen at least 4 digits.");
ABSL_FLAG(std::string, page_listen, "",
          "Where to serve the page of a kiosk to the browser of this machine, "
          "such as 127.0.0.1:8085; if empty, visitors are served in this "
          "terminal.");
ABSL_FLAG(std::string, pages, "",
          "The folder of the built pages, for --page_listen.");
ABSL_FLAG(std::string, public_url, "",
          "Where visitors see their ticket on a phone, such as "
          "https://queue.example.jp: the page shows a code with that address, "
          "the ticket's name and its token. No code if empty.");
ABSL_FLAG(absl::Duration, patience, absl::Seconds(60),
          "How long to ask again when an answer was lost, before staff are "
          "called.");

namespace madoguchi::ticket_machine {
namespace {

/// For the tests that end the machine between two steps: counts the stop points
/// down and kills the program at the last.
StopPoint StopPointOfTests() {
  auto const* const text = std::getenv("TICKET_MACHINE_STOPS_AT");
  int left = 0;
  if (text == nullptr || !absl::SimpleAtoi(text, &left)) return nullptr;
  return [left = std::make_shared<int>(left)] {
    if (--*left == 0) std::raise(SIGKILL);
  };
}

/// How many wait before the ticket just issued.
std::optional<int> Ahead(sdk::TicketingClient& client,
                         std::string const& office,
                         std::string const& service_id) {
  ticketing::v1::ListServicesRequest request;
  request.set_office(office);
  auto const listed = client.ListServices(request);
  if (!listed.ok()) return std::nullopt;
  for (auto const& service : listed->services()) {
    // The ticket itself waits as well, unless it was called at once.
    if (service.service() == service_id) {
      return std::max(0, service.waiting_count() - 1);
    }
  }
  return std::nullopt;
}

std::optional<bool> ParseYesNo(std::string const& text) {
  if (text == "yes") return true;
  if (text == "no") return false;
  return std::nullopt;
}

/// What the flags say, once they make sense.
struct Settings {
  std::vector<std::string> targets;
  std::vector<std::string> renewal;
  std::string office;
  std::string token;
  absl::TimeZone zone;
  Language language = Language::kJapanese;
  std::string service;
  std::string printer;
  std::string journal;
  std::optional<bool> was_printed;
  std::string time_zone;
  std::string page_listen;

  bool on_screen() const { return printer.empty() || printer == "-"; }
};

absl::StatusOr<Settings> ReadSettings() {
  Settings settings;
  MADOGUCHI_ASSIGN_OR_RETURN(
      settings.targets, terminal::ParseTargets(absl::GetFlag(FLAGS_target)));
  if (auto const renewal = absl::GetFlag(FLAGS_renewal); !renewal.empty()) {
    MADOGUCHI_ASSIGN_OR_RETURN(settings.renewal,
                               terminal::ParseTargets(renewal));
  }
  MADOGUCHI_ASSIGN_OR_RETURN(
      settings.zone, terminal::LoadZone(absl::GetFlag(FLAGS_time_zone)));
  MADOGUCHI_ASSIGN_OR_RETURN(settings.token,
                             sdk::ReadToken(absl::GetFlag(FLAGS_token_file)));
  auto const language = ParseLanguage(absl::GetFlag(FLAGS_language));
  if (!language) {
    return absl::InvalidArgumentError("--language is ja, ja-easy or en.");
  }
  settings.language = *language;
  settings.office = "offices/" + absl::GetFlag(FLAGS_office);
  settings.service = absl::GetFlag(FLAGS_service);
  settings.printer = absl::GetFlag(FLAGS_printer);
  settings.journal = absl::GetFlag(FLAGS_journal);
  settings.time_zone = absl::GetFlag(FLAGS_time_zone);
  settings.page_listen = absl::GetFlag(FLAGS_page_listen);
  if (!settings.page_listen.empty() && !settings.service.empty()) {
    return absl::InvalidArgumentError(
        "--service is for nobody, --page_listen for visitors: give one.");
  }
  if (!settings.printer.empty() && settings.printer != "-" &&
      settings.journal.empty()) {
    return absl::InvalidArgumentError(
        "--printer needs --journal: without it a power cut would lose a number "
        "or print one twice.");
  }
  auto const was_printed = absl::GetFlag(FLAGS_was_printed);
  settings.was_printed = ParseYesNo(was_printed);
  if (!was_printed.empty() && !settings.was_printed) {
    return absl::InvalidArgumentError("--was_printed is yes or no.");
  }
  return settings;
}

std::unique_ptr<Printer> MakePrinter(Settings const& settings) {
  auto const zone = settings.zone;
  if (!settings.page_listen.empty() && settings.on_screen()) {
    return std::make_unique<PagePrinter>();
  }
  if (settings.printer.empty() && !settings.service.empty()) {
    return std::make_unique<LinePrinter>(std::cout, zone);
  }
  if (!settings.printer.empty() && settings.printer != "-") {
    return std::make_unique<TextPrinter>(
        settings.printer,
        [zone](Slip const& slip) { return DrawSlip(slip, zone); });
  }
  std::string const clear = isatty(STDOUT_FILENO) == 1 ? "\x1b[2J\x1b[H" : "";
  return std::make_unique<TextPrinter>("-", [zone, clear](Slip const& slip) {
    return clear + DrawSlip(slip, zone) + "\n";
  });
}

/// Tells the house how the machine is, if it has a name there, for as long as
/// it lives.
class TellingHouse {
 public:
  TellingHouse(sdk::ClientOptions const& client, Settings const& settings,
               std::function<MachineState()> state) {
    auto const device = absl::GetFlag(FLAGS_device);
    if (device.empty()) return;
    heartbeat_ = std::make_unique<HouseHeartbeat>(
        client, settings.office + "/devices/" + device,
        settings.on_screen() ? SlipMedium::kScreen : SlipMedium::kPaper);
    loop_ = std::make_unique<HeartbeatLoop>(*heartbeat_, std::move(state));
  }

 private:
  std::unique_ptr<HouseHeartbeat> heartbeat_;
  std::unique_ptr<HeartbeatLoop> loop_;
};

/// SIGINT, SIGTERM and SIGHUP, which `Block` keeps from every thread.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    for (int const signal : {SIGINT, SIGTERM, SIGHUP}) {
      sigaddset(&signals_, signal);
    }
  }
  /// To be called before any thread starts.
  void Block() const { pthread_sigmask(SIG_BLOCK, &signals_, nullptr); }
  void Wait() const {
    int signal = 0;
    sigwait(&signals_, &signal);
  }

 private:
  sigset_t signals_{};
};

absl::StatusOr<PageOptions> ReadPageOptions(Settings const& settings) {
  PageOptions options;
  options.listen = settings.page_listen;
  options.pages = absl::GetFlag(FLAGS_pages);
  options.office = settings.office;
  options.staff_key = absl::GetFlag(FLAGS_staff_key);
  options.place.medium =
      settings.on_screen() ? SlipMedium::kScreen : SlipMedium::kPaper;
  options.place.time_zone = settings.time_zone;
  options.place.public_url =
      std::string(absl::StripSuffix(absl::GetFlag(FLAGS_public_url), "/"));
  MADOGUCHI_RETURN_IF_ERROR(CheckPageOptions(options));
  return options;
}

int Main(int argc, char** argv) {
  terminal::ReadFlags(
      argc, argv,
      "Issues numbers. Shows visitors a numbered list of what they can come "
      "for, asks once, and prints a slip; with --service it issues without "
      "anybody there.\n\n"
      "  ticket_machine --target 127.0.0.1:8081 --office honcho\n"
      "  ticket_machine --journal /var/lib/madoguchi/machine-1 --printer "
      "/dev/usb/lp0\n"
      "  ticket_machine --page_listen 127.0.0.1:8085 --pages build/web "
      "--staff_key 4711\n"
      "  ticket_machine --service renew_self --count 3\n\n"
      "Staff type ** and Enter (--staff_key) to get to their corner.\n"
      "With --service it ends with 0 if all is printed, 1 if a number was "
      "refused or no server answered, 3 if nobody can tell whether a number "
      "was printed (see --was_printed), 4 if a number waits for the printer.");
  auto const settings = ReadSettings();
  if (!settings.ok()) return terminal::Fail(settings.status());
  bool const has_page = !settings->page_listen.empty();
  absl::StatusOr<PageOptions> page_options = PageOptions();
  StopSignals const stop_signals;
  if (has_page) {
    page_options = ReadPageOptions(*settings);
    if (!page_options.ok()) return terminal::Fail(page_options.status());
    stop_signals.Block();
    rpc::StartLogging("ticket_machine", "info");
  } else {
    terminal::CatchStopSignals();
  }

  std::unique_ptr<Journal> journal = std::make_unique<MemoryJournal>();
  std::string notice;
  if (!settings->journal.empty()) {
    auto opened = FileJournal::Open(settings->journal);
    if (!opened.ok()) return terminal::Fail(opened.status());
    notice = (*opened)->notice();
    if (!notice.empty()) std::cerr << notice << "\n";
    journal = *std::move(opened);
  }

  sdk::ClientOptions options;
  options.targets = settings->targets;
  options.token = settings->token;
  // Short: a visitor who has to wait is told so after this.
  options.call_timeout = std::chrono::milliseconds(4'000);
  sdk::TicketingClient client(options);
  auto renewal_options = options;
  renewal_options.targets = settings->renewal;

  bool const unattended = !settings->service.empty();
  auto const printer = MakePrinter(*settings);
  std::function<void()> on_unknown = [] {
    std::cerr << "No answer yet; asking again.\n";
  };
  IssueRun::World world;
  std::function<bool()> stopped = terminal::StopRequested;
  world.desk = {[&client](ticketing::v1::IssueTicketRequest const& request) {
                  return client.IssueTicket(request);
                },
                std::chrono::steady_clock::now, [&] { on_unknown(); },
                [&] { return stopped(); },
                absl::ToChronoMilliseconds(absl::GetFlag(FLAGS_patience))};
  world.new_request_id = sdk::NewRequestId;
  world.clock = [] { return SystemClock().Now(); };
  world.ahead = [&](std::string const& service) -> std::optional<int> {
    // A line says nothing of those ahead.
    if (unattended && settings->printer.empty()) return std::nullopt;
    return Ahead(client, settings->office, service);
  };

  StopPoint point = StopPointOfTests();
  if (!point) point = [] {};
  StoppableJournal stoppable_journal(*journal, point);
  StoppablePrinter stoppable_printer(*printer, point);
  world.desk.issue = Stoppable(std::move(world.desk.issue), point);
  IssueRun run(stoppable_journal, stoppable_printer, std::move(world));

  if (unattended) {
    return RunUnattended(run,
                         {settings->office, settings->service,
                          settings->service, settings->language},
                         absl::GetFlag(FLAGS_count), settings->was_printed,
                         std::cerr);
  }
  if (has_page) {
    std::atomic<bool> stopping = false;
    page_options->client = options;
    page_options->renewal = renewal_options;
    page_options->notice = notice;
    on_unknown = [] { rpc::Log(spdlog::level::warn, "no_answer_yet"); };
    PageKiosk kiosk(*std::move(page_options), run, stoppable_journal, *printer);
    stopped = [&] { return stopping || kiosk.staff_wait(); };
    if (auto const status = kiosk.Start(); !status.ok()) {
      return terminal::Fail(status);
    }
    TellingHouse const house(options, *settings, [&] { return kiosk.state(); });
    stop_signals.Wait();
    stopping = true;
    kiosk.Stop();
    return kDone;
  }
  TriageLine triage(renewal_options, settings->office);
  Kiosk kiosk(run, *journal, *printer, triage,
              [&] {
                ticketing::v1::ListServicesRequest request;
                request.set_office(settings->office);
                return client.ListServices(request);
              },
              {settings->office, settings->language,
               absl::GetFlag(FLAGS_staff_key), notice, settings->on_screen()});
  on_unknown = [&kiosk] { kiosk.SayThatItTakesLonger(); };
  TellingHouse const house(options, *settings, [&] {
    return MachineState{printer->State(), kiosk.screen()};
  });
  kiosk.Serve();
  return kDone;
}

}  // namespace
}  // namespace madoguchi::ticket_machine

int main(int argc, char** argv) {
  return madoguchi::ticket_machine::Main(argc, argv);
}
