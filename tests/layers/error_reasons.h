#ifndef MADOGUCHI_TESTS_LAYERS_ERROR_REASONS_H
#define MADOGUCHI_TESTS_LAYERS_ERROR_REASONS_H

#include <filesystem>
#include <regex>
#include <set>
#include <string>

namespace madoguchi::layers {

using Reasons = std::set<std::string>;

/// Reasons that no caller can get: the store's answer to the desk, which acts
/// on it.
inline Reasons const kInternalReasons = {
    // The desk opens the day and repeats.
    "DAY_NOT_OPEN",
    // The desk sweeps what the day before left, and repeats.
    "DAY_SWEEPING",
    // The desk looks again; in the end it says QUEUE_CONTENDED.
    "LOOK_AGAIN",
};

/// The whole file; a test that cannot read it fails.
std::string Read(std::filesystem::path const& path);

/// Adds what the first group of `pattern` takes of `text`.
void AddMatches(std::string const& text, std::regex const& pattern,
                std::set<std::string>& found);

/// The reasons that the code makes: an `ErrorInfo` begins with one, and
/// `WrongState` ends with one.
Reasons ReasonsOfCode(std::string const& code);

}  // namespace madoguchi::layers

#endif  // MADOGUCHI_TESTS_LAYERS_ERROR_REASONS_H
