#ifndef MADOGUCHI_TESTS_CONTRACT_RENEWAL_STORES_H
#define MADOGUCHI_TESTS_CONTRACT_RENEWAL_STORES_H

#include "services/redis/client.h"
#include "services/redis/event_loop.h"
#include "services/renewal/adapters/renewal_library.h"
#include "tests/support/deployed_redis.h"
#include "tests/support/redis_server.h"
#include <memory>

namespace madoguchi::testing {

inline CityId const kRenewalCity{"tsukimi"};

/// A store of renewal as two replicas have it.
template <typename Store>
class StoresUnderTest {
 public:
  virtual ~StoresUnderTest() = default;
  virtual Store& store() = 0;
  virtual Store& rival() = 0;
};

template <typename Store, typename Memory>
class MemoryStores : public StoresUnderTest<Store> {
 public:
  Store& store() override { return store_; }
  Store& rival() override { return store_; }

 private:
  Memory store_;
};

/// On a Redis that allows what the deployed one does.
template <typename Store, typename Redis>
class RedisStores : public StoresUnderTest<Store> {
 public:
  Store& store() override { return replica_.store; }
  Store& rival() override { return rival_.store; }

 private:
  struct Replica {
    explicit Replica(RedisServer const& server)
        : client(loop, OptionsOf(server)) {}

    redis::EventLoop loop;
    redis::Client client;
    Redis store{client, kRenewalCity};
  };

  static redis::ClientOptions OptionsOf(RedisServer const& server) {
    redis::ClientOptions options;
    options.unix_socket = server.socket();
    options.greeting = {renewal::LoadRenewalLibrary()};
    return options;
  }

  RedisServer server_ = ServerAsDeployed();
  Replica replica_{server_};
  Replica rival_{server_};
};

template <typename Store>
using MakeStores = std::unique_ptr<StoresUnderTest<Store>> (*)();

template <typename Stores, typename Store>
std::unique_ptr<StoresUnderTest<Store>> Make() {
  return std::make_unique<Stores>();
}

}  // namespace madoguchi::testing

#endif  // MADOGUCHI_TESTS_CONTRACT_RENEWAL_STORES_H
