#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_KIOSK_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_KIOSK_H

#include "clients/terminal/console.h"
#include "clients/ticket_machine/heartbeat.h"
#include "clients/ticket_machine/issue_run.h"
#include "clients/ticket_machine/press_guard.h"
#include "clients/ticket_machine/screens.h"
#include "clients/ticket_machine/staff.h"
#include "clients/ticket_machine/triage_line.h"
#include "absl/status/statusor.h"
#include <atomic>
#include <chrono>
#include <functional>
#include <string>

namespace madoguchi::ticket_machine {

/// How the kiosk behaves.
struct KioskOptions {
  /// `offices/{office}`.
  std::string office;
  Language greeting = Language::kJapanese;
  /// What staff type to get to their corner.
  std::string staff_key;
  /// What happened before it started; for staff.
  std::string notice;
  /// Whether the slip is drawn on this screen rather than on paper.
  bool slip_on_screen = false;
};

/// Serves visitors and staff at a terminal. Used by one thread.
class Kiosk {
 public:
  using ListServices =
      std::function<absl::StatusOr<ticketing::v1::ListServicesResponse>()>;

  /// What it is given must outlive it.
  Kiosk(IssueRun& run, Journal const& journal, Printer& printer,
        TriageLine& triage, ListServices list_services, KioskOptions options);

  /// Serves until the input ends or the program is asked to stop.
  void Serve();

  /// Tells a visitor that the number takes longer than usual.
  void SayThatItTakesLonger();

  /// What it shows. Thread safe.
  Screen screen() const { return screen_; }

 private:
  /// Finishes an earlier press. Returns false if a person is needed, having
  /// given them a chance.
  bool SettleEarlierPress();
  /// Whether a number could be printed; says so on the screen if not.
  bool IsFitForVisitors();
  void ServeVisitor();
  /// How a visitor leaves a screen.
  enum class Way { kOn, kBack, kLeft };

  /// Asks what has to be asked before a number for `service`, and issues the
  /// one that comes of it.
  void ServeFor(ticketing::v1::Service const& service,
                Services const& services);
  /// Asks one question; adds what is answered to `said`.
  Way Ask(TriageLine::Next::Question const& question, TriageLine::Said& said);
  /// Tells what came of the questions; issues a number on the way on.
  Way Tell(renewal::v1::Advice const& advice, Services const& services);
  bool Confirm(ticketing::v1::Service const& service);
  void IssueTo(ticketing::v1::Service const& service);
  void Show(RunOutcome const& outcome);
  void ServeStaff();
  void Act(StaffKey key);
  StaffView View() const;

  /// Shows that no number can be taken, and waits for staff or for a while.
  void WaitForBetterTimes(Screen screen, std::string const& text);
  /// Reads a press. Nothing if there was none for as long as a visitor may stay
  /// away, of which the last seconds are announced.
  std::optional<std::string> ReadPress();
  bool IsPress(std::string const& typed);
  bool Running() const;
  void Clear();
  Texts const& texts() const { return TextsIn(language_); }

  IssueRun& run_;
  Journal const& journal_;
  Printer& printer_;
  TriageLine& triage_;
  ListServices const list_services_;
  KioskOptions options_;
  Language language_;
  bool out_of_order_ = false;
  std::atomic<Screen> screen_ = Screen::kInService;
  PressGuard guard_{std::chrono::steady_clock::now};
  terminal::Console console_;
};

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_KIOSK_H
