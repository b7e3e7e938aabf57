#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RENEWAL_WINDOW_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RENEWAL_WINDOW_H

#include "services/renewal/domain/answers.h"
#include <chrono>

namespace madoguchi::renewal {

/// Where the holder lives, which decides how early a renewal may be.
enum class Residence { kJapan, kOverseas };

/// The first day on which a certificate that is valid until `expiry` may be
/// renewed: the day after that which lies three months earlier, one year for
/// those who live overseas. Where that month has no such day its last one
/// counts (B1-03), so the 29th, 30th and 31st of May all give 1 March.
///
/// `expiry` must be a day of the calendar. The first day is the law's, not the
/// office's: it may be one on which the office is closed (B4-02).
std::chrono::year_month_day FirstRenewalDay(
    std::chrono::year_month_day expiry,
    Residence residence = Residence::kJapan);

/// How a certificate that is valid until `expiry` stands on `today`: `kNotYet`,
/// `kInWindow`, also on the day of expiry itself, or `kExpired`.
CertStanding StandingOn(std::chrono::year_month_day today,
                        std::chrono::year_month_day expiry,
                        Residence residence = Residence::kJapan);

/// How it may stand if but the month of expiry is known: as on one of its days.
Values<CertStanding> StandingsOn(std::chrono::year_month_day today,
                                 std::chrono::year_month expiry,
                                 Residence residence = Residence::kJapan);

/// How a card that is valid until `expiry` stands on `today` (C-08, C-09). It
/// expires soon from the day on which its certificates could be renewed.
CardStanding CardStandingOn(std::chrono::year_month_day today,
                            std::chrono::year_month_day expiry);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RENEWAL_WINDOW_H
