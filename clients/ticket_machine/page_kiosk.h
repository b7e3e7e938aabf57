#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_PAGE_KIOSK_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_PAGE_KIOSK_H

#include "clients/sdk/office_watch.h"
#include "clients/sdk/ticketing_client.h"
#include "clients/ticket_machine/kiosk_feed.h"
#include "clients/ticket_machine/kiosk_handlers.h"
#include "clients/ticket_machine/kiosk_update.h"
#include "clients/ticket_machine/office_board.h"
#include "clients/ticket_machine/press_desk.h"
#include "clients/ticket_machine/staff_door.h"
#include "clients/ticket_machine/triage_line.h"
#include "services/web/server.h"
#include "absl/status/status.h"
#include <grpcpp/server.h>
#include <chrono>
#include <memory>
#include <string>

namespace madoguchi::ticket_machine {

/// What a machine with a page needs to know.
struct PageOptions {
  /// A loopback address and a port; port 0 is any that is free.
  std::string listen;
  /// The folder of the built pages.
  std::string pages;
  /// `offices/{office}`.
  std::string office;
  std::string staff_key;
  KioskPlace place;
  /// How the office is watched.
  sdk::ClientOptions client;
  /// Where the questions before a number are asked; no targets: nowhere.
  sdk::ClientOptions renewal;
  /// What happened before it started; for staff.
  std::string notice;
};

/// Why a page cannot be served so: kInvalidArgument, saying what to do; else
/// OK.
absl::Status CheckPageOptions(PageOptions const& options);

/// Serves visitors and staff at a page: everything between the browser and the
/// run. Used by one thread, but for what says otherwise.
class PageKiosk {
 public:
  /// `run`, `journal` and `printer` must outlive it; `run` and `journal` are
  /// its own from `Start` on.
  PageKiosk(PageOptions options, IssueRun& run, Journal const& journal,
            Printer& printer);
  ~PageKiosk();
  PageKiosk(PageKiosk const&) = delete;
  PageKiosk& operator=(PageKiosk const&) = delete;

  /// Begins to serve. kUnavailable if the port is taken.
  absl::Status Start();

  /// Tells the pages, finishes the step under way and ends.
  void Stop();

  /// The port it listens on.
  int port() const { return web_->ports().front(); }

  /// What the house is told of the machine. Thread safe.
  MachineState state();

  /// See `PressDesk`. Thread safe.
  bool staff_wait() const { return desk_.staff_wait(); }

 private:
  /// How everything is now, but for who watches.
  KioskMoment Moment();

  PageOptions const options_;
  Printer& printer_;
  OfficeBoard board_;
  StaffDoor door_;
  TriageLine triage_;
  PressDesk desk_;
  std::unique_ptr<KioskFeed> feed_;
  std::unique_ptr<KioskHandlers> handlers_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<web::Server> web_;
  std::unique_ptr<sdk::OfficeWatch> watch_;
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_PAGE_KIOSK_H
