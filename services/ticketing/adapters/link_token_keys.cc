#include "services/ticketing/adapters/link_token_keys.h"
#include "services/redis/store_errors.h"
#include "services/ticketing/adapters/store_keys.h"
#include "services/ticketing/domain/errors.h"
#include <unistd.h>
#include <utility>

namespace madoguchi::ticketing {

void GetLinkSecret(redis::Client& client, CityId const& city,
                   MachineTime deadline, Done<std::string> done) {
  std::string secret(kLinkSecretSize, '\0');
  if (getentropy(secret.data(), secret.size()) != 0) {
    done(error::StoreError("this machine has no randomness"));
    return;
  }
  redis::CommandLine command{"SET"};
  command.Add({CityPrefix(city), "link-secret"})
      .Add(secret)
      .Add("NX")
      .Add("GET");
  client.Command(
      std::move(command), deadline,
      [secret = std::move(secret),
       done = std::move(done)](absl::StatusOr<redis::Reply> answer) mutable {
        if (!answer.ok()) return done(redis::ToStoreError(answer.status()));
        if (answer->IsNothing()) return done(std::move(secret));
        auto const known = answer->Text();
        if (known.size() != kLinkSecretSize) {
          return done(error::StoreKeyForeign("The link secret is no secret."));
        }
        done(std::string(known));
      });
}

}  // namespace madoguchi::ticketing
