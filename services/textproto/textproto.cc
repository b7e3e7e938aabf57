#include "services/textproto/textproto.h"
#include <google/protobuf/io/tokenizer.h>
#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <fstream>
#include <sstream>
#include <system_error>

namespace madoguchi::textproto {
namespace {

using google::protobuf::TextFormat;

// Adds the problems of the syntax, each with the line of the file that has it:
// the parser does not always name the field.
class SyntaxErrors : public google::protobuf::io::ErrorCollector {
 public:
  SyntaxErrors(std::string const& text, std::string const& proto,
               Problems& problems)
      : proto_(proto), problems_(problems) {
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines_.push_back(line);
  }

  void AddError(int line, int /*column*/, std::string const& message) override {
    std::string shown;
    if (line >= 0 && static_cast<std::size_t>(line) < lines_.size()) {
      shown = lines_[static_cast<std::size_t>(line)];
      shown.erase(0, shown.find_first_not_of(" \t"));
    }
    problems_.Add(
        std::max(line, 0) + 1,
        "`" + shown + "`: " + message + " The fields are in " + proto_ + ".");
  }

 private:
  std::string const& proto_;
  Problems& problems_;
  std::vector<std::string> lines_;
};

}  // namespace

int Place::LineOf(std::string const& field, int index) const {
  auto const* descriptor = type_->FindFieldByName(field);
  if (tree_ == nullptr || descriptor->is_repeated() != (index != -1)) {
    return line_;
  }
  // The tree counts lines from 0 and says -1 for what is not there.
  int const line = tree_->GetLocation(descriptor, index).line;
  return line == -1 ? line_ : line + 1;
}

std::string Place::PathOf(std::string const& field, int index) const {
  return (path_.empty() ? "" : path_ + ".") + field +
         (index == -1 ? "" : "[" + std::to_string(index) + "]");
}

Place Place::Inside(std::string const& field, int index) const {
  auto const* descriptor = type_->FindFieldByName(field);
  return {
      descriptor->message_type(),
      tree_ == nullptr ? nullptr : tree_->GetTreeForNested(descriptor, index),
      LineOf(field, index), PathOf(field, index)};
}

void Problems::Add(int line, std::string const& problem) {
  lines_.emplace_back(line, problem);
}

void Problems::Add(Place const& place, std::string const& field,
                   std::string const& problem, int index) {
  Add(place.LineOf(field, index), place.PathOf(field, index) + ": " + problem);
}

void Problems::CheckRange(int value, int least, int most, Place const& place,
                          std::string const& field) {
  if (least <= value && value <= most) return;
  Add(place, field,
      "is " + std::to_string(value) + ". Choose " + std::to_string(least) +
          " to " + std::to_string(most) + ".");
}

absl::Status Problems::ToStatus() {
  if (lines_.empty()) return absl::OkStatus();
  std::stable_sort(
      lines_.begin(), lines_.end(),
      [](auto const& a, auto const& b) { return a.first < b.first; });
  std::string message;
  for (auto const& [line, problem] : lines_) {
    if (!message.empty()) message += '\n';
    message += file_name_ + ":" + std::to_string(line) + ": " + problem;
  }
  return absl::InvalidArgumentError(message);
}

void Parse(std::string const& text, std::string const& proto,
           google::protobuf::Message& message, Problems& problems,
           absl::FunctionRef<void(Place const&)> check) {
  SyntaxErrors syntax_errors(text, proto, problems);
  TextFormat::ParseInfoTree tree;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&syntax_errors);
  parser.WriteLocationsTo(&tree);
  if (!parser.ParseFromString(text, &message)) return;
  check(Place(message.GetDescriptor(), &tree, /*line=*/1, /*path=*/""));
}

absl::StatusOr<std::string> ReadFile(std::string const& path,
                                     std::string const& kind) {
  // A stream opens a directory and only fails to read it.
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (in.is_open() && in.peek() != std::ifstream::traits_type::eof()) {
    text << in.rdbuf();
  }
  if (!in.is_open() || in.bad()) {
    return absl::NotFoundError(
        "The " + kind + " file " + path + " cannot be read: " +
        std::generic_category().message(errno) + ". Name one that can.");
  }
  return text.str();
}

}  // namespace madoguchi::textproto
