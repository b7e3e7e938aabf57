#include "clients/audit/export.h"
#include "absl/strings/str_cat.h"

namespace madoguchi::audit {

Export::Export(Header const& header, std::ostream& out)
    : header_(header),
      out_(out),
      chain_(header.previous),
      trailer_{0, header.after_sequence},
      seen_(header.after_sequence) {
  Write(WriteHeader(header_));
}

absl::Status Export::Add(ticketing::v1::Event const& event) {
  if (seen_ != 0 && event.sequence() != seen_ + 1) {
    return absl::DataLossError(absl::StrCat(
        "The log goes on with event ", event.sequence(), " behind ", seen_,
        ". Days were removed meanwhile; export again."));
  }
  seen_ = event.sequence();
  // Days are `yyyymmdd`, so they are ordered as texts are.
  auto const& day = event.business_day();
  if (day < header_.from_day) return absl::OkStatus();
  if (!header_.to_day.empty() && day > header_.to_day) {
    is_over_ = true;
    return absl::OutOfRangeError("The days wanted are over.");
  }
  Write(WriteEvent(event));
  ++trailer_.events;
  trailer_.last_sequence = event.sequence();
  return absl::OkStatus();
}

Trailer Export::Finish() {
  Write(WriteTrailer(trailer_));
  return trailer_;
}

void Export::Write(std::string const& content) {
  out_ << chain_.Append(content) << '\n';
}

}  // namespace madoguchi::audit
