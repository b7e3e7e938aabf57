#ifndef MADOGUCHI_SERVICES_WEB_CONNECTION_H
#define MADOGUCHI_SERVICES_WEB_CONNECTION_H

#include "services/web/limits.h"
#include "services/web/observer.h"
#include "services/web/site.h"
#include <grpcpp/channel.h>
// Boost 1.74 uses std::exchange without it.
#include <utility>
// Behind <utility>.
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace madoguchi::web {

class Connection;

/// What the connections of a server share. Used on the server's thread alone.
struct Crowd {
  Limits limits;
  Observer& observer;
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  // Of services that are elsewhere, by `/package.Service`.
  std::map<std::string, std::vector<std::shared_ptr<grpc::Channel>>>
      channels_of;
  std::size_t next_channel = 0;
  std::set<Connection*> connections{};
  int calls = 0;
  bool draining = false;
  // When no connection is left, while draining.
  std::function<void()> on_last_left{};
};

/// One connection of a client, until it is closed. Keeps itself alive; used on
/// the server's thread alone.
class Connection {
 public:
  virtual ~Connection() = default;

  /// Ends it soon: at once if nothing is asked for, a stream with UNAVAILABLE,
  /// other calls when they are answered.
  virtual void Drain() = 0;

  /// Ends it now.
  virtual void Abort() = 0;

  /// Keeps it from being destroyed.
  virtual std::shared_ptr<Connection> Hold() = 0;
};

/// Serves `socket` with what `site` offers, as one of `crowd`; both must
/// outlive it.
void Serve(boost::asio::ip::tcp::socket socket, Site& site, Crowd& crowd);

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_CONNECTION_H
