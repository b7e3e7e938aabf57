#ifndef MADOGUCHI_SERVICES_OFFICE_FORBIDDEN_TEXT_H
#define MADOGUCHI_SERVICES_OFFICE_FORBIDDEN_TEXT_H

#include <optional>
#include <string_view>

namespace madoguchi {

/// Shapes of what must never be stored (domain.md B3-01, B3-02, B3-04), however
/// it is written: full-width, in groups, with spaces or dashes.
enum class ForbiddenShape {
  /// Twelve digits whose last is the check digit of the others.
  kMyNumber,
  /// Eleven digits (resident record code); it has no shape but its length.
  kResidentRecordCode,
  /// Twelve digits or more that are no My Number: a driving licence, a bank
  /// account, or a My Number with a slip.
  kLongNumber,
  /// Four digits, or 6 to 16 letters and digits, in a text about PINs.
  kPin,
  /// A full date up to 2015, any date of an era before Heisei, or any number in
  /// a text about births.
  kBirthDate,
  /// Ten or eleven digits that begin with 0.
  kTelephone,
  kMailAddress,
  /// A postal code behind its mark, or a number of a block, a lot or a room.
  kAddress,
  /// Letters and digits as on a residence card or a passport.
  kDocumentNumber,
};

/// Such as `MY_NUMBER`. To say what kind it was, never what it was.
std::string_view CodeOf(ForbiddenShape shape);

/// The first of the shapes, in their order, that `text`, UTF-8, has; nothing if
/// it may be stored.
///
/// It refuses whole shapes, so that ordinary notes pass: ticket, counter and
/// office numbers, times, amounts, years, the words for PINs and papers, and
/// dates from 2016 on, for no card is older than that. So it cannot see a name,
/// the birth date of a child, four digits that nothing calls a PIN, or numbers
/// written as words: people must be told not to write them.
std::optional<ForbiddenShape> FindForbidden(std::string_view text);

/// Whether `digits`, ASCII alone, are twelve with the check digit of a My
/// Number at the end: 11 - (sum of P_n * Q_n, n = 1 to 11 from the right of the
/// others, Q_n = n + 1 up to 6 and n - 5 from 7 on) mod 11, or 0 if that
/// remainder is 0 or 1.
bool IsMyNumber(std::string_view digits);

}  // namespace madoguchi

#endif  // MADOGUCHI_SERVICES_OFFICE_FORBIDDEN_TEXT_H
