#ifndef MADOGUCHI_SERVICES_TICKETING_ADAPTERS_LINK_TOKEN_KEYS_H
#define MADOGUCHI_SERVICES_TICKETING_ADAPTERS_LINK_TOKEN_KEYS_H

#include "services/base/clock.h"
#include "services/base/done.h"
#include "services/office/office.h"
#include "services/redis/client.h"
#include <cstddef>
#include <string>

namespace madoguchi::ticketing {

inline constexpr std::size_t kLinkSecretSize = 32;

/// Answers the secret of the city from which link tokens are made: random, of
/// `kLinkSecretSize` bytes, the same for all processes. Whoever asks first
/// makes it.
///
/// Fails like the methods of `TicketStore`; asking again is safe.
void GetLinkSecret(redis::Client& client, CityId const& city,
                   MachineTime deadline, Done<std::string> done);

}  // namespace madoguchi::ticketing

#endif  // MADOGUCHI_SERVICES_TICKETING_ADAPTERS_LINK_TOKEN_KEYS_H
