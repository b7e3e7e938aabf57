#ifndef MADOGUCHI_CLIENTS_TEXTS_TEXTS_H
#define MADOGUCHI_CLIENTS_TEXTS_TEXTS_H

#include "clients/texts/language.h"
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What programs say to people. The words are in deploy/texts/, one file for
// each language, and are named here by their id, such as `counter.called`.
// Thread safe.
namespace madoguchi::texts {

/// What stands for `{name}` in a text.
using Values = std::vector<std::pair<std::string, std::string>>;

/// Whether the catalogue has `id`.
bool HasText(std::string_view id);

/// The text `id` in `language`, with `values` in the places that it names. A
/// place without a value stays as it is written, and an id that the catalogue
/// does not have is its own text: both are mistakes of the program, which a
/// test finds, and no reason to leave a hall without a screen.
std::string TextOf(Language language, std::string_view id,
                   Values const& values = {});

/// The text `id` in Japanese and then in English, for a screen that has room
/// for both in one line.
std::string InBoth(std::string_view id, Values const& values = {},
                   std::string_view between = " ");

/// Puts the values in for `{name}`: Fill("{n}番", {{"n", "101"}}).
std::string Fill(std::string_view text, Values const& values);

}  // namespace madoguchi::texts

#endif  // MADOGUCHI_CLIENTS_TEXTS_TEXTS_H
