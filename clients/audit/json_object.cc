#include "clients/audit/json_object.h"
#include <charconv>
#include <cstddef>
#include <cstdio>
#include <system_error>

namespace madoguchi::audit {
namespace {

void Quote(std::string_view value, std::string& to) {
  to += '"';
  for (char const c : value) {
    if (c == '"' || c == '\\') {
      to += '\\';
      to += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escaped[8];
      std::snprintf(escaped, sizeof(escaped), "\\u%04x",
                    static_cast<unsigned>(c));
      to += escaped;
    } else {
      to += c;
    }
  }
  to += '"';
}

// What follows `"key":`; nothing if there is no such key. Inside a text the
// quotes would be escaped, so this finds members only.
std::string_view Behind(std::string_view open, std::string_view key) {
  auto const wanted = "\"" + std::string(key) + "\":";
  auto const at = open.find(wanted);
  if (at == std::string_view::npos) return {};
  return open.substr(at + wanted.size());
}

}  // namespace

JsonObject& JsonObject::Text(std::string_view key, std::string_view value) {
  Key(key);
  Quote(value, text_);
  return *this;
}

JsonObject& JsonObject::Number(std::string_view key, std::int64_t value) {
  Key(key);
  text_ += std::to_string(value);
  return *this;
}

JsonObject& JsonObject::Flag(std::string_view key, bool value) {
  Key(key);
  text_ += value ? "true" : "false";
  return *this;
}

JsonObject& JsonObject::Object(std::string_view key, JsonObject const& value) {
  Key(key);
  text_ += value.text_;
  text_ += '}';
  return *this;
}

void JsonObject::Key(std::string_view key) {
  if (text_.size() > 1) text_ += ',';
  Quote(key, text_);
  text_ += ':';
}

std::optional<std::int64_t> NumberIn(std::string_view open,
                                     std::string_view key) {
  auto const rest = Behind(open, key);
  std::int64_t value = 0;
  auto const read =
      std::from_chars(rest.data(), rest.data() + rest.size(), value);
  if (rest.empty() || read.ec != std::errc()) return std::nullopt;
  return value;
}

std::optional<std::string> TextIn(std::string_view open, std::string_view key) {
  auto const rest = Behind(open, key);
  if (rest.empty() || rest.front() != '"') return std::nullopt;
  auto const end = rest.find('"', 1);
  if (end == std::string_view::npos) return std::nullopt;
  return std::string(rest.substr(1, end - 1));
}

}  // namespace madoguchi::audit
