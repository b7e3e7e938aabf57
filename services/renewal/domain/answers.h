#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ANSWERS_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ANSWERS_H

#include "services/renewal/domain/values.h"
#include <chrono>
#include <optional>

// What visitors or staff answer before a renewal. None of it says who somebody
// is, and none of it is kept (domain.md C, B3-02).
namespace madoguchi::renewal {

/// Who comes: the holder, the statutory proxy, or a voluntary proxy, which a
/// member of the same household is too (S-17). `kUnclear`: they cannot tell, so
/// that only rows which hold for whoever comes can hit.
enum class Who { kSelf, kStat, kVol, kUnclear };
template <>
inline constexpr int kValueCount<Who> = 4;

/// What the law asks of the holder of the card (B1-08).
enum class Holder { kAdult, kAge15To17, kUnder15, kWard };
template <>
inline constexpr int kValueCount<Holder> = 4;

/// Where a certificate stands. `kRevoked`: by moving or a new name; `kNone`: it
/// was never wanted.
enum class CertStanding { kNotYet, kInWindow, kExpired, kRevoked, kNone };
template <>
inline constexpr int kValueCount<CertStanding> = 5;

/// Whether the holder knows the PINs; never what they are. `kNone`: a card for
/// its face only.
enum class Pin { kKnown, kForgotten, kLocked, kNone };
template <>
inline constexpr int kValueCount<Pin> = 4;

/// Where the holder's card is, whoever comes.
enum class CardPlace { kWithMe, kAtHome, kLost };
template <>
inline constexpr int kValueCount<CardPlace> = 3;

/// How long the card itself, not its certificates, is still valid (S-03).
enum class CardStanding { kValid, kExpiresSoon, kExpired };
template <>
inline constexpr int kValueCount<CardStanding> = 3;

/// The inquiry-and-reply form of a voluntary proxy. `kNotSealed`: also opened,
/// with blanks, or in another hand than the holder's (S-20).
enum class ReplyForm { kSealed, kNotSealed, kMissing };
template <>
inline constexpr int kValueCount<ReplyForm> = 3;

enum class YesNo { kNo, kYes };
template <>
inline constexpr int kValueCount<YesNo> = 2;

/// All answers about one visit.
struct Answers {
  Answer<Who> who;
  Answer<Holder> holder;
  Answer<CardPlace> card;
  Answer<CardStanding> card_standing;
  Answer<CertStanding> signing_cert;
  Answer<CertStanding> user_cert;
  /// The holder's, whoever comes.
  Answer<Pin> pin;
  Answer<ReplyForm> reply_form;
  /// Whether a proxy has photo ID of their own, issued by an authority.
  Answer<YesNo> photo_id;

  // What only the window can tell.

  /// Whether a statutory proxy's authority is proven, or seen in the register.
  Answer<YesNo> authority;
  /// Whether a signing certificate is asked for that there is not.
  Answer<YesNo> signing_wish;
  Answer<YesNo> registered_here;
  /// Whether a period of stay is about to end, or was extended and the card
  /// not.
  Answer<YesNo> stay_ending;
  /// Whether name and address on the card are those of today.
  Answer<YesNo> card_face_current;

  // What changes no outcome.

  /// Whether the expiry notice was brought.
  Answer<YesNo> expiry_notice;
  Answer<YesNo> same_household;

  /// From when a renewal is possible, if somebody knows the certificate's
  /// expiry or its month. The expiry itself is not here: its month and day are
  /// those of a birthday (B1-04, B3-02).
  std::optional<std::chrono::year_month_day> first_renewal_day;

  friend bool operator==(Answers const&, Answers const&) = default;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_ANSWERS_H
