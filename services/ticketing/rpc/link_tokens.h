#ifndef MADOGUCHI_SERVICES_TICKETING_RPC_LINK_TOKENS_H
#define MADOGUCHI_SERVICES_TICKETING_RPC_LINK_TOKENS_H

#include "services/base/mutex.h"
#include "services/ticketing/domain/ticket.h"
#include "absl/base/thread_annotations.h"
#include <memory>
#include <string>
#include <string_view>

struct evp_mac_ctx_st;

namespace madoguchi::ticketing {

/// Makes and checks the tokens that open a visitor's view of a ticket.
///
/// A token is HMAC-SHA-256(key of the day, office and ticket id), its first 128
/// bits in hex; the key of the day is HMAC-SHA-256(secret of the city, day). So
/// all replicas agree and nothing is stored per ticket. Thread safe.
class LinkTokens {
 public:
  LinkTokens() = default;

  /// Sets the secret that all replicas of the city share.
  void SetSecret(std::string secret) ABSL_LOCKS_EXCLUDED(mu_);

  /// Empty before `SetSecret`.
  std::string TokenOf(OfficeId const& office, TicketId const& ticket)
      ABSL_LOCKS_EXCLUDED(mu_);

  /// Compares in constant time. False before `SetSecret`.
  bool Opens(std::string_view token, OfficeId const& office,
             TicketId const& ticket) ABSL_LOCKS_EXCLUDED(mu_);

 private:
  struct FreeMac {
    void operator()(evp_mac_ctx_st* mac) const;
  };
  using Mac = std::unique_ptr<evp_mac_ctx_st, FreeMac>;

  static Mac MakeMac(std::string_view key);
  static std::string Sign(evp_mac_ctx_st* mac, std::string_view text);

  Mutex mu_;
  std::string secret_ ABSL_GUARDED_BY(mu_);
  /// Has the key of the day asked for last. Kept, for making one costs four
  /// times as much as a token, and each ticket issued has a token.
  Mac mac_ ABSL_GUARDED_BY(mu_);
  BusinessDay day_ ABSL_GUARDED_BY(mu_);
};

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_RPC_LINK_TOKENS_H
