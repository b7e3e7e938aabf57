#ifndef MADOGUCHI_SERVICES_TEXTPROTO_TEXTPROTO_H
#define MADOGUCHI_SERVICES_TEXTPROTO_TEXTPROTO_H

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>
#include <string>
#include <utility>
#include <vector>

// Reading files in protobuf's text format so that each mistake is told with its
// line, its field and what to do.
namespace madoguchi::textproto {

/// Where the fields of one message stand in a file. A field that is not there
/// stands where its message begins, so that each problem has a line.
///
/// A small value; valid while the parsing that made it runs.
class Place {
 public:
  Place(google::protobuf::Descriptor const* type,
        google::protobuf::TextFormat::ParseInfoTree const* tree, int line,
        std::string path)
      : type_(type), tree_(tree), line_(line), path_(std::move(path)) {}

  /// Without `index` a repeated field stands where its message begins.
  int LineOf(std::string const& field, int index = -1) const;

  /// Such as `offices[1].id`.
  std::string PathOf(std::string const& field, int index = -1) const;

  Place Inside(std::string const& field, int index = -1) const;

 private:
  google::protobuf::Descriptor const* type_;
  google::protobuf::TextFormat::ParseInfoTree const* tree_;
  int line_;
  std::string path_;
};

/// Gathers what is wrong with one file.
class Problems {
 public:
  explicit Problems(std::string file_name) : file_name_(std::move(file_name)) {}

  void Add(int line, std::string const& problem);
  void Add(Place const& place, std::string const& field,
           std::string const& problem, int index = -1);

  /// Adds it if `value` is not `least` to `most`.
  void CheckRange(int value, int least, int most, Place const& place,
                  std::string const& field);

  /// OK, or kInvalidArgument with one line for each problem in the order of the
  /// file: `FILE:LINE: PROBLEM`.
  absl::Status ToStatus();

 private:
  std::string file_name_;
  std::vector<std::pair<int, std::string>> lines_;
};

/// Reads `text` into `message` and hands `check` the place of the whole; adds
/// what is wrong with the syntax instead, pointing to `proto`, a path in the
/// repository.
void Parse(std::string const& text, std::string const& proto,
           google::protobuf::Message& message, Problems& problems,
           absl::FunctionRef<void(Place const&)> check);

/// The whole file at `path`. Returns kNotFound, calling it the `kind` file, if
/// it cannot be read.
absl::StatusOr<std::string> ReadFile(std::string const& path,
                                     std::string const& kind);

}  // namespace madoguchi::textproto

#endif  // MADOGUCHI_SERVICES_TEXTPROTO_TEXTPROTO_H
