#include "tests/layers/error_reasons.h"
#include <gtest/gtest.h>
#include <fstream>
#include <sstream>

namespace madoguchi::layers {

std::string Read(std::filesystem::path const& path) {
  std::ifstream in(path);
  EXPECT_TRUE(in) << path;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void AddMatches(std::string const& text, std::regex const& pattern,
                std::set<std::string>& found) {
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end;
       at != end; ++at) {
    found.insert((*at)[1]);
  }
}

Reasons ReasonsOfCode(std::string const& code) {
  Reasons reasons;
  AddMatches(code, std::regex(R"re(\{\s*"([A-Z]+(?:_[A-Z]+)*)",)re"), reasons);
  AddMatches(
      code,
      std::regex(R"re(return (?:WrongState|Forbid)\([^;]*"([A-Z_]+)"\);)re"),
      reasons);
  AddMatches(code,
             std::regex(R"re(return ForbidStep\([^;]*"([A-Z_]+)", code\);)re"),
             reasons);
  return reasons;
}

}  // namespace madoguchi::layers
