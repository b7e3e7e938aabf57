// Issues numbers to visitors, in a terminal.
#include "clients/sdk/ticketing_client.h"
#include "clients/terminal/console.h"
#include "clients/terminal/program.h"
#include "clients/ticket_machine/issue.h"
#include "clients/ticket_machine/screens.h"
#include "services/base/error.h"
#include "absl/flags/flag.h"
#include <algorithm>
#include <iostream>
#include <string>
#include <utility>

ABSL_FLAG(std::string, target, "127.0.0.1:8081",
          "The ticketing servers, host:port[,host:port]; the next is tried "
          "when one does not answer.");
ABSL_FLAG(std::string, office, "honcho", "The office to issue numbers for.");
ABSL_FLAG(std::string, language, "ja",
          "What visitors are greeted in: ja, ja-easy or en. They can choose "
          "another.");
ABSL_FLAG(std::string, time_zone, "Asia/Tokyo",
          "Where the office is, for the time on the slip.");
ABSL_FLAG(std::string, service, "",
          "Without a visitor: issue numbers of this service, print one line "
          "for each, and end.");
ABSL_FLAG(int, count, 1, "How many, with --service.");
ABSL_FLAG(absl::Duration, patience, absl::Seconds(60),
          "How long to ask again when an answer was lost, before staff are "
          "called.");

namespace madoguchi::ticket_machine {
namespace {

using ticketing::v1::IssueTicketRequest;
using ticketing::v1::IssueTicketResponse;

class Machine {
 public:
  Machine(sdk::TicketingClient& client, std::string office, Language language,
          absl::TimeZone zone, std::chrono::milliseconds patience)
      : client_(client),
        office_(std::move(office)),
        greeting_(language),
        language_(language),
        zone_(zone),
        patience_(patience) {}

  /// Prints `count` tickets, a line each. Returns the exit code.
  int RunUnattended(std::string const& service, int count) {
    for (int i = 0; i < count; ++i) {
      auto const issued =
          Issue(service, [] { std::cerr << "No answer yet; asking again.\n"; });
      if (!issued.ok()) {
        std::cerr << ForStaff(issued.status()) << "\n";
        return 1;
      }
      auto const& ticket = issued->ticket();
      std::cout << ticket.number() << " " << ticket.service() << " "
                << terminal::ShowTime(ticket.arrival_time(), zone_, "%H:%M:%S")
                << " " << ticket.name() << std::endl;
    }
    return 0;
  }

  /// Serves visitors until the input ends.
  int RunForVisitors() {
    while (!terminal::StopRequested() && !console_.ended()) ServeVisitor();
    return 0;
  }

 private:
  void ServeVisitor() {
    ticketing::v1::ListServicesRequest request;
    request.set_office(office_);
    auto const listed = client_.ListServices(request);
    Clear();
    if (!listed.ok()) {
      std::cout << CannotIssue(language_, /*outcome_unknown=*/false,
                               ForStaff(listed.status()))
                << std::flush;
      // Nobody has to come and wake the machine when it works again.
      console_.Read(kTryAgainAfter);
      return;
    }
    auto const& services = listed->services();
    std::cout << Menu(services, language_, terminal::OutputSize().columns)
              << "> " << std::flush;
    auto const typed = console_.ReadLine();
    if (!typed) return;
    auto const choice = ReadChoice(*typed, services.size());
    if (choice.language) {
      language_ = *choice.language;
    } else if (choice.service) {
      auto const& service = services.Get(*choice.service);
      if (Confirm(service)) IssueTo(service);
      language_ = greeting_;
    } else if (!typed->empty()) {
      std::cout << texts().not_on_list << "\n" << std::flush;
      Linger();
    }
  }

  bool Confirm(ticketing::v1::Service const& service) {
    auto const question =
        terminal::Fill(texts().confirm,
                       {{"s", InLanguage(service.display_name(), language_)}});
    while (true) {
      std::cout << "\n" << question << "\n> " << std::flush;
      auto const typed = console_.ReadLine();
      if (!typed) return false;
      if (auto const agreed = ReadAgreement(*typed)) return *agreed;
    }
  }

  void IssueTo(ticketing::v1::Service const& service) {
    std::cout << "\n" << texts().issuing << std::endl;
    auto const issued = Issue(service.service(), [this] {
      std::cout << texts().outcome_unknown << std::endl;
    });
    Clear();
    if (!issued.ok()) {
      std::cout << CannotIssue(language_,
                               sdk::IsOutcomeUnknown(issued.status()),
                               ForStaff(issued.status()));
    } else {
      std::cout << Slip(issued->ticket(),
                        InLanguage(service.display_name(), language_),
                        Ahead(service), language_, zone_)
                << "\n"
                << texts().take << "\n";
    }
    std::cout << std::flush;
    console_.ReadLine();
  }

  absl::StatusOr<IssueTicketResponse> Issue(std::string const& service,
                                            std::function<void()> on_unknown) {
    IssueTicketRequest request;
    request.set_office(office_);
    request.set_service(service);
    request.set_language(CodeOf(language_));
    return IssueOnce({[this](IssueTicketRequest const& repeat) {
                        return client_.IssueTicket(repeat);
                      },
                      std::chrono::steady_clock::now, std::move(on_unknown),
                      terminal::StopRequested, patience_},
                     std::move(request));
  }

  /// How many wait before the ticket just issued.
  int Ahead(ticketing::v1::Service const& before) {
    ticketing::v1::ListServicesRequest request;
    request.set_office(office_);
    auto const listed = client_.ListServices(request);
    if (!listed.ok()) return before.waiting_count();
    for (auto const& service : listed->services()) {
      // The ticket itself waits as well, unless it was called at once.
      if (service.service() == before.service()) {
        return std::max(0, service.waiting_count() - 1);
      }
    }
    return before.waiting_count();
  }

  static std::string ForStaff(absl::Status const& status) {
    auto const reason = GetErrorInfo(status).reason;
    return (reason.empty() ? "" : reason + ": ") +
           std::string(status.message());
  }

  Texts const& texts() const { return TextsIn(language_); }

  void Clear() {
    if (console_.interactive()) std::cout << "\x1b[2J\x1b[H";
  }

  /// Leaves a message where it can be read before the screen is drawn again.
  void Linger() {
    if (console_.interactive()) console_.Read(std::chrono::milliseconds(2'000));
  }

  static constexpr std::chrono::milliseconds kTryAgainAfter{3'000};

  sdk::TicketingClient& client_;
  std::string const office_;
  Language const greeting_;
  Language language_;
  absl::TimeZone const zone_;
  std::chrono::milliseconds const patience_;
  terminal::Console console_;
};

int Main(int argc, char** argv) {
  terminal::ReadFlags(
      argc, argv,
      "Issues numbers. Shows visitors a numbered list of what they can come "
      "for, asks once, and prints a slip; with --service it issues without "
      "anybody there.\n\n"
      "  ticket_machine --target 127.0.0.1:8081 --office honcho\n"
      "  ticket_machine --service renew_self --count 3");
  auto const targets = terminal::ParseTargets(absl::GetFlag(FLAGS_target));
  if (!targets.ok()) return terminal::Fail(targets.status());
  auto const zone = terminal::LoadZone(absl::GetFlag(FLAGS_time_zone));
  if (!zone.ok()) return terminal::Fail(zone.status());
  auto const language = ParseLanguage(absl::GetFlag(FLAGS_language));
  if (!language) {
    return terminal::Fail(
        absl::InvalidArgumentError("--language is ja, ja-easy or en."));
  }
  terminal::CatchStopSignals();

  sdk::ClientOptions options;
  options.targets = *targets;
  // Short: a visitor who has to wait is told so after this.
  options.call_timeout = std::chrono::milliseconds(4'000);
  sdk::TicketingClient client(options);
  Machine machine(client, "offices/" + absl::GetFlag(FLAGS_office), *language,
                  *zone,
                  absl::ToChronoMilliseconds(absl::GetFlag(FLAGS_patience)));
  auto const service = absl::GetFlag(FLAGS_service);
  if (!service.empty()) {
    return machine.RunUnattended(service, absl::GetFlag(FLAGS_count));
  }
  return machine.RunForVisitors();
}

}  // namespace
}  // namespace madoguchi::ticket_machine

int main(int argc, char** argv) {
  return madoguchi::ticket_machine::Main(argc, argv);
}
