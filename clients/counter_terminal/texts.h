#ifndef MADOGUCHI_CLIENTS_COUNTER_TERMINAL_TEXTS_H
#define MADOGUCHI_CLIENTS_COUNTER_TERMINAL_TEXTS_H

#include "clients/texts/texts.h"
#include "absl/status/status.h"
#include <string>
#include <string_view>

namespace madoguchi::counter_terminal {

/// One thing said to a clerk, in both languages of the terminal.
struct Sentence {
  std::string ja;
  std::string en;

  friend bool operator==(Sentence const&, Sentence const&) = default;
};

/// The text `id` of the catalogue.
Sentence SentenceOf(std::string_view id, texts::Values const& values = {});

/// What a refusal of the server means, in a clerk's words. The server's own
/// message stands in for a reason that the catalogue does not know.
Sentence SentenceOf(absl::Status const& status);

}  // namespace madoguchi::counter_terminal

#endif  // MADOGUCHI_CLIENTS_COUNTER_TERMINAL_TEXTS_H
