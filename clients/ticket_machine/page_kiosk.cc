#include "clients/ticket_machine/page_kiosk.h"
#include "services/rpc/log.h"
#include "services/rpc/server.h"
#include <google/protobuf/descriptor.h>
#include <grpcpp/server_builder.h>
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <utility>

namespace madoguchi::ticket_machine {

using kiosk::v1::KioskUpdate;

namespace {

// A number pad on a screen that everybody can touch.
constexpr std::size_t kShortestStaffKey = 4;

// How long calls under way may take once the program is told to stop.
constexpr std::chrono::milliseconds kDrainFor{2'000};

web::MethodSet MethodsOfPage() {
  web::MethodSet methods;
  auto const* const service =
      KioskUpdate::descriptor()->file()->FindServiceByName("KioskService");
  for (int i = 0; i != service->method_count(); ++i) {
    methods.insert("/" + service->full_name() + "/" +
                   service->method(i)->name());
  }
  return methods;
}

}  // namespace

absl::Status CheckPageOptions(PageOptions const& options) {
  if (!rpc::IsLoopback(options.listen)) {
    return absl::InvalidArgumentError(
        "--page_listen is for the browser of this machine alone: whoever "
        "reaches it could take numbers. Give 127.0.0.1:PORT.");
  }
  if (options.pages.empty()) {
    return absl::InvalidArgumentError(
        "--page_listen needs --pages: the folder of the built pages.");
  }
  bool const is_digits =
      std::all_of(options.staff_key.begin(), options.staff_key.end(),
                  [](char c) { return c >= '0' && c <= '9'; });
  if (!is_digits || options.staff_key.size() < kShortestStaffKey) {
    return absl::InvalidArgumentError(
        "--page_listen needs --staff_key: at least 4 digits, for staff type it "
        "on the number pad of the page.");
  }
  return absl::OkStatus();
}

PageKiosk::PageKiosk(PageOptions options, IssueRun& run, Journal const& journal,
                     Printer& printer)
    : options_(std::move(options)),
      printer_(printer),
      door_(options_.staff_key, std::chrono::steady_clock::now),
      triage_(options_.renewal, options_.office),
      desk_(run, journal, options_.notice, [this] { feed_->Wake(); }),
      feed_(std::make_unique<KioskFeed>(
          [this] { return ToUpdate(Moment(), options_.place); })),
      handlers_(std::make_unique<KioskHandlers>(KioskHandlers::Parts{
          options_.office, options_.place, desk_, *feed_, door_, board_,
          triage_, [this] { return Moment(); }})) {}

PageKiosk::~PageKiosk() { Stop(); }

KioskMoment PageKiosk::Moment() {
  KioskMoment moment;
  moment.desk = desk_.View();
  moment.printer = printer_.State();
  moment.office = board_.news();
  moment.staff_are_there = door_.staff_are_there();
  return moment;
}

MachineState PageKiosk::state() {
  auto moment = Moment();
  moment.has_pages = feed_->has_pages();
  return ToMachineState(moment);
}

absl::Status PageKiosk::Start() {
  // In this process alone: nothing but our page may speak to it.
  grpc::ServerBuilder builder;
  builder.RegisterService(handlers_.get());
  server_ = builder.BuildAndStart();
  if (server_ == nullptr) {
    return absl::InternalError("gRPC does not start within this process.");
  }
  web::ServerOptions web;
  web.listeners = {{options_.listen, MethodsOfPage()}};
  web.channels = {server_->InProcessChannel(grpc::ChannelArguments())};
  web.pages_directory = options_.pages;
  web.page_names.otherwise = "kiosk.html";
  web.readiness = [this] {
    auto const hindrance = HindranceOf(Moment());
    return hindrance == KioskUpdate::HINDRANCE_UNSPECIFIED
               ? absl::OkStatus()
               : absl::UnavailableError("no numbers: " +
                                        KioskUpdate::Hindrance_Name(hindrance));
  };
  auto started = web::Server::Start(std::move(web));
  if (!started.ok()) return started.status();
  web_ = *std::move(started);
  watch_ = std::make_unique<sdk::OfficeWatch>(
      options_.client, options_.office, /*after_sequence=*/0,
      [this](ticketing::v1::OfficeUpdate const& update) {
        board_.Apply(update);
        feed_->Wake();
      },
      [this](absl::Status const& status) {
        board_.SetLiveness(status);
        rpc::Log(status.ok() ? spdlog::level::info : spdlog::level::warn,
                 status.ok() ? "office_heard" : "office_not_heard",
                 {{"reason", std::string(status.message())}});
        feed_->Wake();
      });
  desk_.Begin();
  rpc::Log(spdlog::level::info, "page_served",
           {{"address", options_.listen}, {"port", std::to_string(port())}});
  std::printf("ticket_machine: ready on %s\n", options_.listen.c_str());
  std::fflush(stdout);
  return absl::OkStatus();
}

void PageKiosk::Stop() {
  watch_ = nullptr;
  feed_->EndAll();
  // Answers who still waits, so that nothing is left to drain for long.
  desk_.Stop();
  if (web_ != nullptr) web_->Drain(kDrainFor);
  web_ = nullptr;
  if (server_ != nullptr) {
    server_->Shutdown(std::chrono::system_clock::now() + kDrainFor);
  }
  server_ = nullptr;
}

}  // namespace madoguchi::ticket_machine
