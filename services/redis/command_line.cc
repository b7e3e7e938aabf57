#include "services/redis/command_line.h"
#include <array>
#include <charconv>
#include <cstring>

namespace madoguchi::redis {
namespace {

// Most commands of ours fit, so that the buffer is allocated once.
constexpr std::size_t kUsualSize = 768;

void AppendLength(std::string& buffer, std::size_t length) {
  std::array<char, 24> text;
  text[0] = '$';
  auto* end =
      std::to_chars(text.data() + 1, text.data() + text.size(), length).ptr;
  *end++ = '\r';
  *end++ = '\n';
  buffer.append(text.data(), static_cast<std::size_t>(end - text.data()));
}

}  // namespace

CommandLine::CommandLine() {
  buffer_.reserve(kUsualSize);
  buffer_.assign(kHeaderRoom, ' ');
  WriteHeader();
}

CommandLine::CommandLine(std::initializer_list<std::string_view> arguments)
    : CommandLine() {
  for (auto const argument : arguments) Add(argument);
}

CommandLine& CommandLine::Add(std::string_view argument) {
  AppendLength(buffer_, argument.size());
  buffer_.append(argument);
  buffer_.append("\r\n", 2);
  ++arguments_;
  WriteHeader();
  return *this;
}

CommandLine& CommandLine::Add(std::initializer_list<std::string_view> pieces) {
  std::size_t length = 0;
  for (auto const piece : pieces) length += piece.size();
  AppendLength(buffer_, length);
  for (auto const piece : pieces) buffer_.append(piece);
  buffer_.append("\r\n", 2);
  ++arguments_;
  WriteHeader();
  return *this;
}

CommandLine& CommandLine::Append(CommandLine const& other) {
  buffer_.append(other.buffer_, kHeaderRoom);
  arguments_ += other.arguments_;
  WriteHeader();
  return *this;
}

CommandLine& CommandLine::AddInteger(long long number) {
  std::array<char, 24> text;
  auto const* const end =
      std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  return Add(std::string_view(text.data(),
                              static_cast<std::size_t>(end - text.data())));
}

std::string_view CommandLine::Wire() const {
  return std::string_view(buffer_).substr(begin_);
}

void CommandLine::WriteHeader() {
  std::array<char, kHeaderRoom> text;
  text[0] = '*';
  auto* end =
      std::to_chars(text.data() + 1, text.data() + text.size() - 2, arguments_)
          .ptr;
  *end++ = '\r';
  *end++ = '\n';
  auto const length = static_cast<std::size_t>(end - text.data());
  begin_ = kHeaderRoom - length;
  std::memcpy(buffer_.data() + begin_, text.data(), length);
}

}  // namespace madoguchi::redis
