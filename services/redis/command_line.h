#ifndef MADOGUCHI_SERVICES_REDIS_COMMAND_LINE_H
#define MADOGUCHI_SERVICES_REDIS_COMMAND_LINE_H

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace madoguchi::redis {

/// A command as it goes to Redis, built argument by argument. Binary safe.
///
/// Writes the protocol at once, on the caller's thread: one buffer for the
/// whole command, and nothing left to format on the event loop.
class CommandLine {
 public:
  CommandLine();
  /// Such as `{"CONFIG", "GET", "save"}`.
  CommandLine(std::initializer_list<std::string_view> arguments);

  /// Adds one argument.
  CommandLine& Add(std::string_view argument);
  /// Adds one argument made of `pieces` in a row.
  CommandLine& Add(std::initializer_list<std::string_view> pieces);
  /// Adds an integer as a decimal.
  template <std::integral Integer>
  CommandLine& Add(Integer number) {
    return AddInteger(static_cast<long long>(number));
  }

  /// Adds all arguments of `other`, its first included.
  CommandLine& Append(CommandLine const& other);

  /// What to send. Valid until the next `Add`.
  std::string_view Wire() const;

 private:
  CommandLine& AddInteger(long long number);
  void WriteHeader();

  // The header is written before the arguments but known only after them: it
  // ends where this room ends.
  static constexpr std::size_t kHeaderRoom = 16;

  std::string buffer_;
  std::size_t arguments_ = 0;
  std::size_t begin_ = kHeaderRoom;
};

}  // namespace madoguchi::redis

#endif  // MADOGUCHI_SERVICES_REDIS_COMMAND_LINE_H
