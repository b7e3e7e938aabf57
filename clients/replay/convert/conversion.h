#ifndef MADOGUCHI_CLIENTS_REPLAY_CONVERT_CONVERSION_H
#define MADOGUCHI_CLIENTS_REPLAY_CONVERT_CONVERSION_H

#include "clients/replay/day.h"
#include "madoguchi/office/v1/settings.pb.h"
#include <string>
#include <vector>

namespace madoguchi::replay {

/// A day made from a log, and the settings of an office that can play it.
struct Conversion {
  Day day;
  office::v1::City settings;
  /// What was left out and why, and how much of it: for people.
  std::vector<std::string> remarks;
};

/// Fills the three languages with what the log calls something.
void SetText(office::v1::Text& text, std::string const& name);

/// Fills the three languages.
void SetText(office::v1::Text& text, std::string const& ja,
             std::string const& en);

/// The settings as a file that the servers read, with a heading that says where
/// they come from.
std::string FormatSettings(Conversion const& conversion);

}  // namespace madoguchi::replay

#endif  // MADOGUCHI_CLIENTS_REPLAY_CONVERT_CONVERSION_H
