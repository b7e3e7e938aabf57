#ifndef MADOGUCHI_TESTS_LAYERS_INCLUDE_LAYERS_H
#define MADOGUCHI_TESTS_LAYERS_INCLUDE_LAYERS_H

#include <optional>
#include <string>
#include <vector>

namespace madoguchi::layers {

/// The table of services/layers.txt, which describes its format.
class Layers {
 public:
  /// Throws std::invalid_argument, naming the line, if `text` is not a table.
  explicit Layers(std::string const& text);

  /// Tells what is wrong with the includes of `path`, whose text is `code`: one
  /// line for each, empty if nothing is.
  std::vector<std::string> Check(std::string const& path,
                                 std::string const& code) const;

 private:
  struct Row {
    std::vector<std::string> path;
    bool is_directory;
    std::vector<std::string> allowed;
  };
  struct Addition {
    std::string ending;
    std::vector<std::string> allowed;
  };

  // What `path` may include; nothing if no row matches.
  std::optional<std::vector<std::string>> AllowedFor(
      std::string const& path) const;

  std::vector<Row> rows_;
  std::vector<Addition> additions_;
};

}  // namespace madoguchi::layers

#endif  // MADOGUCHI_TESTS_LAYERS_INCLUDE_LAYERS_H
