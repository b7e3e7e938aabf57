#include "clients/replay/convert/conversion.h"
#include "absl/strings/str_cat.h"
#include <google/protobuf/text_format.h>

namespace madoguchi::replay {

void SetText(office::v1::Text& text, std::string const& name) {
  SetText(text, name, name);
}

void SetText(office::v1::Text& text, std::string const& ja,
             std::string const& en) {
  text.set_ja(ja);
  text.set_ja_easy(ja);
  text.set_en(en);
}

std::string FormatSettings(Conversion const& conversion) {
  google::protobuf::TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  std::string body;
  printer.PrintToString(conversion.settings, &body);
  std::string text = absl::StrCat(
      "# proto-file: proto/madoguchi/office/v1/settings.proto\n"
      "# proto-message: madoguchi.office.v1.City\n#\n"
      "# Made by replay_convert for a replay of ",
      conversion.day.date, ". Source: ", conversion.day.source, "\n");
  for (auto const& note : conversion.day.notes) {
    absl::StrAppend(&text, "# ", note, "\n");
  }
  return absl::StrCat(text, "\n", body);
}

}  // namespace madoguchi::replay
