#ifndef MADOGUCHI_CLIENTS_AUDIT_JSON_OBJECT_H
#define MADOGUCHI_CLIENTS_AUDIT_JSON_OBJECT_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace madoguchi::audit {

/// Writes a JSON object on one line, its members in the order added: the same
/// members give the same bytes with every release of every library.
class JsonObject {
 public:
  /// `value` must be UTF-8, as all texts of protocol messages are.
  JsonObject& Text(std::string_view key, std::string_view value);
  JsonObject& Number(std::string_view key, std::int64_t value);
  JsonObject& Flag(std::string_view key, bool value);
  JsonObject& Object(std::string_view key, JsonObject const& value);

  /// The object without its `}`.
  std::string const& open() const { return text_; }

 private:
  void Key(std::string_view key);

  std::string text_ = "{";
};

/// What `open`, written by `JsonObject`, has for `key`: a number, or a text
/// that needed no escaping. Nothing if it has none.
std::optional<std::int64_t> NumberIn(std::string_view open,
                                     std::string_view key);
std::optional<std::string> TextIn(std::string_view open, std::string_view key);

}  // namespace madoguchi::audit

#endif  // MADOGUCHI_CLIENTS_AUDIT_JSON_OBJECT_H
