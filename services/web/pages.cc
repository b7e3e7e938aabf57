#include "services/web/pages.h"
#include "services/web/accept_encoding.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include <optional>
#include <vector>

namespace madoguchi::web {
namespace {

struct Coding {
  char const* name;
  char const* ending;
};
// The first that is there and is taken.
constexpr Coding kCodings[] = {{"br", ".br"}, {"gzip", ".gz"}};

// Whether the browser has what `etag` names.
bool Has(std::string_view if_none_match, std::string_view etag) {
  std::vector<std::string> const tags =
      absl::StrSplit(std::string(if_none_match), ',');
  for (auto tag : tags) {
    absl::StripAsciiWhitespace(&tag);
    if (tag == "*") return true;
    // A proxy that compresses makes it weak; it is the same page.
    if (tag.starts_with("W/")) tag.erase(0, 2);
    if (tag == etag) return true;
  }
  return false;
}

}  // namespace

Answer Pages::Get(std::string_view target, std::string_view host,
                  Headers const& headers) {
  if (!has_any_) return TextAnswer(404, "There are no pages here.");
  auto const name = FileOf(names_, target, host);
  auto page = name ? files_.Find(*name) : std::nullopt;
  if (!page) return TextAnswer(404, "There is no such page.");

  Answer answer;
  answer.headers = {{"content-type", std::string(TypeOf(*name))},
                    {"cache-control", std::string(CacheControlOf(*name))},
                    {"vary", "accept-encoding"}};
  auto const accepted = Find(headers, "accept-encoding").value_or("");
  for (auto const& coding : kCodings) {
    if (!Accepts(accepted, coding.name)) continue;
    auto smaller = files_.Find(*name + coding.ending);
    if (!smaller) continue;
    page = std::move(smaller);
    answer.headers.emplace_back("content-encoding", coding.name);
    break;
  }
  answer.headers.emplace_back("etag", page->etag);
  if (Has(Find(headers, "if-none-match").value_or(""), page->etag)) {
    answer.status = 304;
    return answer;
  }
  answer.body = page->content;
  return answer;
}

}  // namespace madoguchi::web
