#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_DECISION_TABLE_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_DECISION_TABLE_H

#include "services/renewal/domain/advice_text.h"
#include "services/renewal/domain/circumstances.h"
#include "services/renewal/domain/facts.h"
#include "services/renewal/domain/outcome.h"
#include "services/renewal/domain/renewal_rules.h"
#include <optional>
#include <span>
#include <string_view>

namespace madoguchi::renewal {

/// The rows of domain.md C, in the order of the table: it puts C-07 before C-06
/// and C-28 before C-13, since the first hit wins. C-04 is a note, see
/// `Note`; C-23 and C-33 are steps, see step_events.h.
enum class RowId {
  kC01,
  kC02,
  kC03,
  kC05,
  kC07,
  kC06,
  kC08,
  kC09,
  kC10,
  kC11,
  kC28,
  kC13,
  kC29,
  kC12,
  kC12b,
  kC14,
  kC14b,
  kC20,
  kC21,
  kC22,
  kC24,
  kC25,
  kC38,
  kC31,
  kC36,
  kC34,
  kC35,
  kC32,
  kC30,
  kC43,
  kC42,
  kC44,
  kC41,
  kC40,
  kC99,
};

/// Where a row is decided. At the kiosk nobody knows what rows of the window
/// need: it advises by its own rows and says what staff check.
enum class Place { kKiosk, kWindow };

/// A row: if `holds` and all of `when` is so, this is the answer.
struct Row {
  RowId id = RowId::kC99;
  /// Its name in domain.md, such as `C-12b`.
  std::string_view code = {};
  Place place = Place::kKiosk;
  /// Null: in all circumstances, under all rules.
  bool (*holds)(Circumstances const&, RenewalRules const&) = nullptr;
  Facts when = {};
  Outcome outcome = Outcome::kAskStaff;
  /// The outcome if the certificate that counts has expired, where it differs.
  std::optional<Outcome> when_expired = std::nullopt;
  WayOn way_on = WayOn::kNone;
  RenewalService service = RenewalService::kNone;
  AdviceText text = AdviceText::kNone;
  AdviceText also = AdviceText::kNone;
  std::optional<Paper> missing = std::nullopt;
  /// Whether there is no signing certificate in it (C-29, C-40).
  bool user_cert_only = false;
};

/// All rows, in the order in which they are tried. The last always hits.
std::span<Row const> Rows();

/// Such as `C-12b`.
std::string_view CodeOf(RowId row);

/// The row of such a code; nothing if there is none.
std::optional<RowId> RowOf(std::string_view code);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_DECISION_TABLE_H
