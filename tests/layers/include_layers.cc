#include "tests/layers/include_layers.h"
#include <algorithm>
#include <cstddef>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace madoguchi::layers {
namespace {

std::vector<std::string> Split(std::string const& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);) {
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

std::string DirectoryOf(std::string const& path) {
  return path.substr(0, path.rfind('/') + 1);
}

// <vector>, but neither <uv.h> nor <grpcpp/server.h>.
bool IsStandard(std::string const& name, bool in_brackets) {
  return in_brackets && name.find_first_of("./") == std::string::npos;
}

bool IsPosix(std::string const& name, bool in_brackets) {
  static std::regex const posix(
      "(sys|netinet|arpa|net|linux)/.*|"
      "(dirent|errno|fcntl|inttypes|limits|locale|netdb|poll|pthread|signal|"
      "spawn|stdint|stdio|stdlib|string|termios|time|unistd|wchar)\\.h");
  return in_brackets && std::regex_match(name, posix);
}

bool Allows(std::vector<std::string> const& allowed, std::string const& name,
            bool in_brackets) {
  return std::any_of(
      allowed.begin(), allowed.end(), [&](std::string const& each) {
        if (each == "anything") return true;
        if (each == "posix") return IsPosix(name, in_brackets);
        return each.ends_with('/') ? name.starts_with(each)
                                   : name == each || name == each + ".h";
      });
}

}  // namespace

Layers::Layers(std::string const& text) {
  std::istringstream in(text);
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.find_first_not_of(" \t") == std::string::npos ||
        line.starts_with('#')) {
      continue;
    }
    auto const colon = line.find(':');
    auto const left = Split(line.substr(0, colon), ' ');
    bool const is_addition = left.size() == 2 && left[0] == "+";
    if (colon == std::string::npos || (left.size() != 1 && !is_addition)) {
      throw std::invalid_argument(
          "services/layers.txt:" + std::to_string(number) +
          ": not `path : what it may include`");
    }
    auto allowed = Split(line.substr(colon + 1), ' ');
    if (is_addition) {
      additions_.push_back({left[1], std::move(allowed)});
    } else {
      rows_.push_back(
          {Split(left[0], '/'), left[0].ends_with('/'), std::move(allowed)});
    }
  }
}

std::optional<std::vector<std::string>> Layers::AllowedFor(
    std::string const& path) const {
  auto const names = Split(path, '/');
  std::optional<std::vector<std::string>> found;
  for (auto const& row : rows_) {
    // A directory needs at least one name below it.
    if (row.is_directory ? names.size() <= row.path.size()
                         : names.size() != row.path.size()) {
      continue;
    }
    std::string star;
    bool matches = true;
    for (std::size_t i = 0; i != row.path.size() && matches; ++i) {
      if (row.path[i] == "*") {
        star = names[i];
      } else {
        matches = row.path[i] == names[i];
      }
    }
    if (!matches) continue;
    found = row.allowed;
    for (auto& each : *found) {
      auto const at = each.find('*');
      if (at != std::string::npos) each.replace(at, 1, star);
    }
  }
  if (!found) return found;
  for (auto const& addition : additions_) {
    if (!path.ends_with(addition.ending)) continue;
    found->insert(found->end(), addition.allowed.begin(),
                  addition.allowed.end());
  }
  return found;
}

std::vector<std::string> Layers::Check(std::string const& path,
                                       std::string const& code) const {
  auto const allowed = AllowedFor(path);
  if (!allowed) return {path + ": no row of services/layers.txt matches it"};

  static std::regex const include(
      R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"].*)re");
  std::vector<std::string> problems;
  std::istringstream in(code);
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    std::smatch match;
    if (!std::regex_match(line, match, include)) continue;
    bool const in_brackets = match[1] == "<";
    std::string const name = match[2];
    if (IsStandard(name, in_brackets) ||
        DirectoryOf(name) == DirectoryOf(path) ||
        Allows(*allowed, name, in_brackets)) {
      continue;
    }
    problems.push_back(path + ":" + std::to_string(number) +
                       ": may not include " + name + " (services/layers.txt)");
  }
  return problems;
}

}  // namespace madoguchi::layers
