#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_FACTS_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_FACTS_H

#include "services/renewal/domain/answers.h"
#include "services/renewal/domain/values.h"
#include <string_view>

// What the rows of the decision table speak of, as far as answers tell it.
namespace madoguchi::renewal {

/// Something that a row depends on, and that staff may have to check.
enum class Fact {
  kWho,
  kHolder,
  kCard,
  kCardStanding,
  kCert,
  kPin,
  kReplyForm,
  kPhotoId,
  kAuthority,
  kSigningWish,
  kRegisteredHere,
  kStayEnding,
  kCardFaceCurrent,
};
template <>
inline constexpr int kValueCount<Fact> = 13;

/// The name that programs know a fact by, such as `CARD_STANDING`.
std::string_view CodeOf(Fact fact);

/// What each fact may be; or, of a row, what it must be.
struct Facts {
  Values<Who> who = {};
  Values<Holder> holder = {};
  Values<CardPlace> card = {};
  Values<CardStanding> card_standing = {};
  /// Of the two certificates the one that counts, see `CertThatCounts`.
  Values<CertStanding> cert = {};
  Values<CertStanding> user_cert = {};
  Values<Pin> pin = {};
  Values<ReplyForm> reply_form = {};
  Values<YesNo> photo_id = {};
  Values<YesNo> authority = {};
  Values<YesNo> signing_wish = {};
  Values<YesNo> registered_here = {};
  Values<YesNo> stay_ending = {};
  Values<YesNo> card_face_current = {};
};

/// The standing that decides about a visit for both certificates: that of the
/// one which takes more to put right. Revoked and missing come before expired,
/// expired before renewable, and one that needs nothing last.
///
/// The signing certificate does not count for holders who get none (B1-08), nor
/// where there is none and none is wished for.
CertStanding CertThatCounts(CertStanding signing_cert, CertStanding user_cert,
                            Holder holder, YesNo signing_wish);

/// Everything that may be so, after `answers`.
Facts PossibleFacts(Answers const& answers);

/// `answers` with each that leaves several values settled as it most often is:
/// the card is here and valid, certificates are in their window, papers are in
/// order. Two are taken the other way, to be on the safe side: a visitor who
/// does not know whether they know the PIN has forgotten it, and nobody is
/// taken for holder or proxy before they said so.
Answers AsUsual(Answers const& answers);

/// The same, but what was not asked yet stays open.
Answers AskedAsUsual(Answers const& answers);

/// How what may be so stands to what a row wants.
struct Comparison {
  enum class Match { kNo, kOpen, kYes };

  Match match = Match::kYes;
  /// The facts that leave it open.
  Values<Fact> open = {};
};

/// Compares fact by fact: `kNo` if one cannot be as `wanted`, `kYes` if none
/// can be otherwise.
Comparison Compare(Facts const& possible, Facts const& wanted);

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_FACTS_H
