#ifndef MADOGUCHI_CLIENTS_AUDIT_CHAIN_H
#define MADOGUCHI_CLIENTS_AUDIT_CHAIN_H

#include <optional>
#include <string>
#include <string_view>
#include <utility>

// Lines that depend on all lines before them. A line is a JSON object whose
// last member is `hash`: SHA-256, in hex, of the hash of the line before and of
// the line's own text up to `,"hash"`.
namespace madoguchi::audit {

/// The hash before the first line of all.
std::string FirstHash();

/// Whether `text` can be a hash.
bool IsHash(std::string_view text);

/// Turns contents, JSON objects without their `}`, into lines. Not thread safe.
class Chain {
 public:
  /// Goes on behind the line with the hash `last`.
  explicit Chain(std::string last) : last_(std::move(last)) {}

  /// The line for `content`, without a line feed.
  std::string Append(std::string_view content);

  /// The content of `line` if it is the next one; nothing if any bit of it, or
  /// of a line before, is another. Then the chain stays where it is.
  std::optional<std::string_view> Check(std::string_view line);

  /// The hash of the last line.
  std::string const& last() const { return last_; }

 private:
  std::string last_;
};

}  // namespace madoguchi::audit

#endif  // MADOGUCHI_CLIENTS_AUDIT_CHAIN_H
