#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RENEWAL_RULES_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RENEWAL_RULES_H

namespace madoguchi::renewal {

/// What a holder shows to have a PIN reset, besides the card (B1-10).
enum class ResetProof { kCardOnly, kSecondId, kOralQuestions };

/// Who may have a PIN reset if the holder cannot come: nobody, or a voluntary
/// proxy in two visits with a letter to the holder between them (B1-10).
enum class ProxyReset { kHolderOnly, kTwoVisits };

/// What each city decides for itself (domain.md F2). The values here are those
/// of most cities; what the example city has not published is an assumption.
struct RenewalRules {
  ResetProof reset_proof = ResetProof::kSecondId;
  ProxyReset proxy_reset = ProxyReset::kHolderOnly;
  /// Whether a voluntary proxy is served the same day once the certificate has
  /// expired, though the form lapsed with it (C-31).
  bool proxy_after_expiry = false;
  /// Whether cards are kept for later while the upstream is away (C-03).
  bool custody = false;
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_RENEWAL_RULES_H
