#ifndef MADOGUCHI_CLIENTS_TICKET_MACHINE_TEXTS_H
#define MADOGUCHI_CLIENTS_TICKET_MACHINE_TEXTS_H

#include "clients/texts/language.h"
#include "clients/texts/localized.h"
#include "absl/time/civil_time.h"
#include <string>

namespace madoguchi::ticket_machine {

using texts::CodeOf;
using texts::InLanguage;
using texts::Language;
using texts::ParseLanguage;

/// What the machine says, from the catalogue. {n} is a number, {k} a count, {s}
/// a service.
struct Texts {
  std::string title;
  std::string waiting;
  std::string privacy;
  std::string choose;
  std::string languages;
  std::string not_on_list;
  std::string confirm;
  std::string issuing;
  std::string outcome_unknown;
  std::string slip_title;
  std::string slip_number;
  std::string slip_ahead;
  std::string slip_order;
  std::string assist;
  std::string take;
  std::string cannot_issue;
  std::string staff_comes;
  std::string given_up;
  std::string reprint;
  std::string not_printed;
  std::string print_unknown;
  std::string out_of_order;
  std::string idle;
};

/// Does not end before the program.
Texts const& TextsIn(Language language);

/// `day` as the house writes it: 2025年7月16日(水) or 2025/7/16 (Wed).
std::string ShowDay(absl::CivilDay day, Language language);

}  // namespace madoguchi::ticket_machine

#endif  // MADOGUCHI_CLIENTS_TICKET_MACHINE_TEXTS_H
