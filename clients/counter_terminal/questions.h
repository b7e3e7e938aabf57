#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_QUESTIONS_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_QUESTIONS_H

#include "clients/counter_terminal/conversation.h"
#include "clients/counter_terminal/floor.h"
#include "clients/counter_terminal/words.h"
#include "madoguchi/ticketing/v1/counter_service.pb.h"
#include <optional>
#include <string>
#include <vector>

namespace madoguchi::counter_terminal {

/// The services of the office to choose from.
std::vector<Choice> ServiceChoices(Floor const& floor);
/// Its open counters but `except`.
std::vector<Choice> CounterChoices(Floor const& floor,
                                   std::string const& except);

/// Asks the clerk what a command needs to know.
///
/// What was typed behind the key answers the first questions, a word each; of
/// those left, only what has no usual answer is then asked. An empty answer
/// takes the usual one, or gives the command up where there is none. Not thread
/// safe.
class Questions {
 public:
  /// `conversation` must outlive it.
  Questions(Conversation const& conversation, std::string given);

  /// One of `choices`, by its place from 1 or by its code. With `any_code` a
  /// code that is not among them will do. `usual` stands for an empty answer.
  std::optional<std::string> Choose(
      Sentence const& question, std::vector<Choice> const& choices,
      bool any_code = false, std::optional<std::string> usual = std::nullopt);

  /// One word.
  std::optional<std::string> Word(Sentence const& question);

  /// All that is typed; empty is an answer, and the usual one.
  std::string Text(Sentence const& question);

  /// Fills in reason, duration and counter of a hold. Returns false if the
  /// clerk gave it up.
  bool AskHold(ticketing::v1::HoldTicketRequest& request);

  /// Fills in where to, place and note. `office` as in `offices/honcho`.
  bool AskTransfer(Floor const& floor, std::string const& office,
                   std::string const& own_counter,
                   ticketing::v1::TransferTicketRequest& request);

  /// Fills in what is to be corrected.
  bool AskEdit(Floor const& floor, ticketing::v1::EditTicketRequest& request);

 private:
  std::string TakeWord();
  /// The next answer, stripped: of what was given, or asked for with `choices`.
  std::string Answer(Sentence const& question,
                     std::vector<Choice> const& choices);

  /// Whether a question with a usual answer is not to be asked.
  bool Skips() const { return terse_ && given_.empty(); }

  Conversation const& conversation_;
  std::string given_;
  /// Whether anything was given: a command written in one line stays one.
  bool const terse_;
};

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_QUESTIONS_H
