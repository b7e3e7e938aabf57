#include "services/ticketing/rpc/link_tokens.h"
#include "absl/strings/escaping.h"
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <array>
#include <cstdlib>
#include <utility>

namespace madoguchi::ticketing {
namespace {

constexpr std::size_t kTokenBytes = 16;

unsigned char const* Bytes(std::string_view text) {
  return reinterpret_cast<unsigned char const*>(text.data());
}

}  // namespace

void LinkTokens::FreeMac::operator()(evp_mac_ctx_st* mac) const {
  EVP_MAC_CTX_free(mac);
}

LinkTokens::Mac LinkTokens::MakeMac(std::string_view key) {
  std::string digest = "SHA256";
  std::array const parameters = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(),
                                       digest.size()),
      OSSL_PARAM_construct_end()};
  auto* const algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  Mac mac(EVP_MAC_CTX_new(algorithm));
  EVP_MAC_free(algorithm);
  // Only without memory, or without an OpenSSL that knows SHA-256.
  if (EVP_MAC_init(mac.get(), Bytes(key), key.size(), parameters.data()) != 1) {
    std::abort();
  }
  return mac;
}

std::string LinkTokens::Sign(evp_mac_ctx_st* mac, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  std::size_t size = 0;
  // Without a key `init` begins anew with the one it has.
  if (EVP_MAC_init(mac, nullptr, 0, nullptr) != 1 ||
      EVP_MAC_update(mac, Bytes(text), text.size()) != 1 ||
      EVP_MAC_final(mac, out.data(), &size, out.size()) != 1) {
    std::abort();
  }
  return {reinterpret_cast<char const*>(out.data()), size};
}

void LinkTokens::SetSecret(std::string secret) {
  MutexLock lock(mu_);
  secret_ = std::move(secret);
  mac_ = nullptr;
}

std::string LinkTokens::TokenOf(OfficeId const& office,
                                TicketId const& ticket) {
  auto const day = DayOf(ticket);
  auto const text = office.value + "/" + ticket.value;
  MutexLock lock(mu_);
  if (secret_.empty() || !day) return {};
  if (mac_ == nullptr || day_ != *day) {
    auto const city = MakeMac(secret_);
    mac_ = MakeMac(Sign(city.get(), std::to_string(day->yyyymmdd)));
    day_ = *day;
  }
  return absl::BytesToHexString(Sign(mac_.get(), text).substr(0, kTokenBytes));
}

bool LinkTokens::Opens(std::string_view token, OfficeId const& office,
                       TicketId const& ticket) {
  auto const right = TokenOf(office, ticket);
  return !right.empty() && token.size() == right.size() &&
         CRYPTO_memcmp(token.data(), right.data(), right.size()) == 0;
}

}  // namespace madoguchi::ticketing
