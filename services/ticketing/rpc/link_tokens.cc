#include "services/ticketing/rpc/link_tokens.h"
#include "absl/strings/escaping.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <array>
#include <utility>

namespace madoguchi::ticketing {
namespace {

constexpr std::size_t kTokenBytes = 16;

std::string Hmac(std::string const& key, std::string const& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<unsigned char const*>(text.data()), text.size(),
       out.data(), &size);
  return {reinterpret_cast<char const*>(out.data()), size};
}

}  // namespace

void LinkTokens::SetSecret(std::string secret) {
  MutexLock lock(mu_);
  secret_ = std::move(secret);
  key_.clear();
}

std::string const& LinkTokens::KeyOf(BusinessDay day) {
  if (day != day_ || key_.empty()) {
    day_ = day;
    key_ = Hmac(secret_, std::to_string(day.yyyymmdd));
  }
  return key_;
}

std::string LinkTokens::TokenOf(OfficeId const& office,
                                TicketId const& ticket) {
  std::string key;
  {
    MutexLock lock(mu_);
    auto const day = DayOf(ticket);
    if (secret_.empty() || !day) return {};
    key = KeyOf(*day);
  }
  return absl::BytesToHexString(
      Hmac(key, office.value + "/" + ticket.value).substr(0, kTokenBytes));
}

bool LinkTokens::Opens(std::string_view token, OfficeId const& office,
                       TicketId const& ticket) {
  auto const right = TokenOf(office, ticket);
  return !right.empty() && token.size() == right.size() &&
         CRYPTO_memcmp(token.data(), right.data(), right.size()) == 0;
}

}  // namespace madoguchi::ticketing
