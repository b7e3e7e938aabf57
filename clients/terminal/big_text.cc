#include "clients/terminal/big_text.h"
#include <cstddef>

namespace madoguchi::terminal {
namespace {

using Glyph = std::array<std::string_view, kBigTextLines>;

constexpr Glyph kBlank = {"     ", "     ", "     ", "     ", "     "};

constexpr std::array<Glyph, 10> kDigits = {{
    {" ### ", "#   #", "#   #", "#   #", " ### "},
    {"  #  ", " ##  ", "  #  ", "  #  ", " ### "},
    {"#### ", "    #", " ### ", "#    ", "#####"},
    {"#### ", "    #", " ### ", "    #", "#### "},
    {"#   #", "#   #", "#####", "    #", "    #"},
    {"#####", "#    ", "#### ", "    #", "#### "},
    {" ### ", "#    ", "#### ", "#   #", " ### "},
    {"#####", "    #", "   # ", "  #  ", "  #  "},
    {" ### ", "#   #", " ### ", "#   #", " ### "},
    {" ### ", "#   #", " ####", "    #", " ### "},
}};

constexpr std::array<Glyph, 26> kLetters = {{
    {" ### ", "#   #", "#####", "#   #", "#   #"},
    {"#### ", "#   #", "#### ", "#   #", "#### "},
    {" ####", "#    ", "#    ", "#    ", " ####"},
    {"#### ", "#   #", "#   #", "#   #", "#### "},
    {"#####", "#    ", "#### ", "#    ", "#####"},
    {"#####", "#    ", "#### ", "#    ", "#    "},
    {" ####", "#    ", "#  ##", "#   #", " ####"},
    {"#   #", "#   #", "#####", "#   #", "#   #"},
    {" ### ", "  #  ", "  #  ", "  #  ", " ### "},
    {"  ###", "   # ", "   # ", "#  # ", " ##  "},
    {"#   #", "#  # ", "###  ", "#  # ", "#   #"},
    {"#    ", "#    ", "#    ", "#    ", "#####"},
    {"#   #", "## ##", "# # #", "#   #", "#   #"},
    {"#   #", "##  #", "# # #", "#  ##", "#   #"},
    {" ### ", "#   #", "#   #", "#   #", " ### "},
    {"#### ", "#   #", "#### ", "#    ", "#    "},
    {" ### ", "#   #", "# # #", "#  # ", " ## #"},
    {"#### ", "#   #", "#### ", "#  # ", "#   #"},
    {" ####", "#    ", " ### ", "    #", "#### "},
    {"#####", "  #  ", "  #  ", "  #  ", "  #  "},
    {"#   #", "#   #", "#   #", "#   #", " ### "},
    {"#   #", "#   #", "#   #", " # # ", "  #  "},
    {"#   #", "#   #", "# # #", "## ##", "#   #"},
    {"#   #", " # # ", "  #  ", " # # ", "#   #"},
    {"#   #", " # # ", "  #  ", "  #  ", "  #  "},
    {"#####", "   # ", "  #  ", " #   ", "#####"},
}};

constexpr Glyph kHyphen = {"     ", "     ", "#####", "     ", "     "};

Glyph const& GlyphOf(char character) {
  if (character >= '0' && character <= '9') {
    return kDigits[static_cast<std::size_t>(character - '0')];
  }
  if (character >= 'A' && character <= 'Z') {
    return kLetters[static_cast<std::size_t>(character - 'A')];
  }
  return character == '-' ? kHyphen : kBlank;
}

}  // namespace

std::array<std::string, kBigTextLines> BigText(std::string_view text) {
  std::array<std::string, kBigTextLines> lines;
  for (std::size_t i = 0; i != text.size(); ++i) {
    auto const& glyph = GlyphOf(text[i]);
    for (std::size_t line = 0; line != lines.size(); ++line) {
      if (i != 0) lines[line] += "  ";
      lines[line] += glyph[line];
    }
  }
  return lines;
}

}  // namespace madoguchi::terminal
