#include "clients/replay/csv.h"
#include "services/base/status_macros.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <zlib.h>

namespace madoguchi::replay {
namespace {

absl::Status At(std::string const& path, std::size_t line,
                absl::Status const& status) {
  return absl::Status(status.code(), absl::StrCat(path, ", line ", line, ": ",
                                                  status.message()));
}

absl::StatusOr<std::vector<std::size_t>> FindColumns(
    std::vector<std::string> const& heading,
    std::vector<std::string> const& columns) {
  std::vector<std::size_t> places;
  for (auto const& column : columns) {
    auto const found = std::find(heading.begin(), heading.end(), column);
    if (found == heading.end()) {
      return absl::InvalidArgumentError(
          absl::StrCat("the heading has no column ", column, "."));
    }
    places.push_back(static_cast<std::size_t>(found - heading.begin()));
  }
  return places;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> SplitCsvLine(std::string_view line) {
  std::vector<std::string> values(1);
  bool quoted = false;
  for (std::size_t i = 0; i != line.size(); ++i) {
    char const c = line[i];
    if (quoted && c == '"' && i + 1 != line.size() && line[i + 1] == '"') {
      values.back() += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      values.emplace_back();
    } else {
      values.back() += c;
    }
  }
  if (quoted) return absl::InvalidArgumentError("a quote is not closed.");
  return values;
}

absl::StatusOr<std::string> ReadMaybeGzipped(std::string const& path) {
  std::unique_ptr<gzFile_s, int (*)(gzFile)> const file(
      gzopen(path.c_str(), "rb"), &gzclose);
  if (file == nullptr) {
    return absl::NotFoundError(absl::StrCat(path, " cannot be read."));
  }
  std::string text;
  std::array<char, 1 << 16> buffer{};
  int read = 0;
  while ((read = gzread(file.get(), buffer.data(), buffer.size())) > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(read));
  }
  int error = Z_OK;
  char const* const message = gzerror(file.get(), &error);
  if (read < 0 || error != Z_OK) {
    return absl::DataLossError(
        absl::StrCat(path, " cannot be unpacked: ", message));
  }
  return text;
}

absl::Status ForEachRow(
    std::string const& path, std::vector<std::string> const& columns,
    absl::FunctionRef<absl::Status(std::vector<std::string> const&)> row) {
  MADOGUCHI_ASSIGN_OR_RETURN(auto const text, ReadMaybeGzipped(path));
  std::size_t line_number = 0;
  std::size_t width = 0;
  std::vector<std::size_t> places;
  std::vector<std::string> chosen(columns.size());
  for (auto line : absl::StrSplit(text, '\n')) {
    ++line_number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty()) continue;
    auto const values = SplitCsvLine({line.data(), line.size()});
    if (!values.ok()) return At(path, line_number, values.status());
    if (width == 0) {
      auto const found = FindColumns(*values, columns);
      if (!found.ok()) return At(path, line_number, found.status());
      places = *found;
      width = values->size();
      continue;
    }
    if (values->size() != width) {
      return At(
          path, line_number,
          absl::InvalidArgumentError(absl::StrCat(
              values->size(), " values where the heading has ", width, ".")));
    }
    for (std::size_t i = 0; i != places.size(); ++i) {
      chosen[i] = (*values)[places[i]];
    }
    auto const status = row(chosen);
    if (!status.ok()) return At(path, line_number, status);
  }
  if (width == 0) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is empty."));
  }
  return absl::OkStatus();
}

}  // namespace madoguchi::replay
