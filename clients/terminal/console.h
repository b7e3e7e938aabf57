#ifndef MADOGUCHI_CLIENTS_TERMINAL_CONSOLE_H
#define MADOGUCHI_CLIENTS_TERMINAL_CONSOLE_H

#include <chrono>
#include <optional>
#include <string>
#include <termios.h>

namespace madoguchi::terminal {

/// The size of a terminal.
struct Size {
  int columns = 80;
  int lines = 24;
};

/// Reads standard input: key by key from a terminal, line by line from a pipe.
/// Puts the terminal back as it was at the end. Not thread safe; one per
/// program.
class Console {
 public:
  Console();
  ~Console();
  Console(Console const&) = delete;
  Console& operator=(Console const&) = delete;

  /// Whether a person sits there.
  bool interactive() const { return interactive_; }

  /// Whether the input has ended: a pipe is read to its end, or somebody
  /// pressed Ctrl-D.
  bool ended() const { return ended_; }

  /// Waits for a key (interactive) or a line (not), at most `patience`. Nothing
  /// if there was none. Keys are as of `TakeKey`.
  std::optional<std::string> Read(std::chrono::milliseconds patience);

  /// Forgets the keys that were typed and not read, if a person typed them:
  /// they were meant for what the screen showed then.
  void DiscardTyped();

  /// Waits for a whole line, which the terminal shows as it is typed. Nothing
  /// at the end of the input.
  std::optional<std::string> ReadLine();

  /// The same, for at most `patience`. What was typed of a line stays for the
  /// next time.
  std::optional<std::string> ReadLine(std::chrono::milliseconds patience);

  /// Forgets what was typed and not read yet. Does nothing to a pipe.
  void Discard();

 private:
  void SetKeyByKey(bool key_by_key);
  /// Takes a line that has arrived out of `buffer_`.
  std::optional<std::string> TakeLine();
  /// Waits for bytes. Returns false if none came.
  bool Fill(int patience_ms);

  bool const interactive_;
  bool ended_ = false;
  std::string buffer_;
  termios before_{};
};

/// The size of the terminal that standard output is, or the usual one.
Size OutputSize();

/// Makes Ctrl-C and a polite kill end the program's loop rather than the
/// program, so that it can put the terminal in order.
void CatchStopSignals();

/// Whether one of them came.
bool StopRequested();

}  // namespace madoguchi::terminal

#endif  // MADOGUCHI_CLIENTS_TERMINAL_CONSOLE_H
