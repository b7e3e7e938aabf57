#include "clients/ticket_machine/text_printer.h"
#include "clients/texts/texts.h"
#include <sys/stat.h>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <string_view>
#include <unistd.h>

namespace madoguchi::ticket_machine {
namespace {

// How many bytes of `text` went out.
std::size_t Write(int file, std::string_view text) {
  std::size_t written = 0;
  while (written != text.size()) {
    auto const count =
        write(file, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    written += static_cast<std::size_t>(count);
  }
  return written;
}

}  // namespace

std::string Describe(PrinterState state) {
  switch (state) {
    case PrinterState::kReady:
      return texts::InBoth("kiosk.printer_ready");
    case PrinterState::kPaperNearEnd:
      return texts::InBoth("kiosk.printer_near_end");
    case PrinterState::kOutOfPaper:
      return texts::InBoth("kiosk.printer_out_of_paper");
    case PrinterState::kJam:
      return texts::InBoth("kiosk.printer_jam");
    case PrinterState::kCoverOpen:
      return texts::InBoth("kiosk.printer_cover_open");
    case PrinterState::kOffline:
      return texts::InBoth("kiosk.printer_offline");
  }
  return "";
}

std::string TextPrinter::Fault() const {
  std::string fault;
  if (path_ != "-") std::ifstream(path_ + ".fault") >> fault;
  return fault;
}

PrinterState TextPrinter::State() {
  auto const fault = Fault();
  if (fault == "paper-near-end") return PrinterState::kPaperNearEnd;
  if (fault == "out-of-paper") return PrinterState::kOutOfPaper;
  if (fault == "jam") return PrinterState::kJam;
  if (fault == "cover-open") return PrinterState::kCoverOpen;
  if (fault == "offline") return PrinterState::kOffline;
  return PrinterState::kReady;
}

PrintOutcome TextPrinter::Print(Slip const& slip) {
  if (!CanPrint(State())) return PrintOutcome::kNotPrinted;
  auto const fault = Fault();
  std::string_view text;
  auto const drawn = draw_(slip);
  text = drawn;
  if (fault == "jams" || fault == "dies")
    text = text.substr(0, text.size() / 2);
  int const file = path_ == "-"
                       ? dup(STDOUT_FILENO)
                       : open(path_.c_str(),
                              O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return PrintOutcome::kNotPrinted;
  auto const written = Write(file, text);
  // A slip that a power cut takes back was not printed. Pipes and terminals
  // cannot be synced, and need not be.
  bool const synced = fdatasync(file) == 0 || errno == EINVAL ||
                      errno == ENOTSUP || errno == EROFS;
  close(file);
  if (fault == "jams") return PrintOutcome::kNotPrinted;
  if (written == 0) return PrintOutcome::kNotPrinted;
  return written == drawn.size() && synced ? PrintOutcome::kPrinted
                                           : PrintOutcome::kUnknown;
}

}  // namespace madoguchi::ticket_machine
