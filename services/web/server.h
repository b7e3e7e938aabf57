#ifndef MADOGUCHI_SERVICES_WEB_SERVER_H
#define MADOGUCHI_SERVICES_WEB_SERVER_H

#include "services/web/limits.h"
#include "services/web/observer.h"
#include "services/web/page_name.h"
#include "services/web/site.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include <grpcpp/channel.h>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace madoguchi::web {

/// Where to listen, and what may be called there.
struct Listener {
  /// An IP address and a port, `127.0.0.1:8080` or `[::1]:8080`; port 0 is any
  /// that is free.
  std::string address;
  MethodSet methods;
};

struct ServerOptions {
  std::vector<Listener> listeners;
  /// By which names pages ask for us besides the usual ones; see `HostNames`.
  std::set<std::string> host_names;
  /// Where calls go, in turn to those that are connected; at least one. Of each
  /// stream gRPC holds what its channel's window lets through.
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  /// The same for services that are elsewhere, by `/package.Service`.
  std::map<std::string, std::vector<std::shared_ptr<grpc::Channel>>>
      channels_of;
  /// The pages; none if empty.
  std::string pages_directory;
  PageNames page_names;
  /// Whether, and if not why not, calls can be served. Must not block; called
  /// on the server's thread.
  std::function<absl::Status()> readiness;
  Limits limits;
  /// Must outlive the server; nobody is told if null.
  Observer* observer = nullptr;
};

/// A web server of pages and of what they may call, on a thread of its own.
///
/// HTTP/1.1 with gRPC-Web in binary. A page that goes away cancels its call at
/// once; one that does not read slows its service down, holds a bounded buffer
/// and is cut off. Used by one thread.
class Server {
 public:
  /// Listens. Returns, saying so in one line, kInvalidArgument if an address is
  /// none, and kUnavailable if a port is taken.
  static absl::StatusOr<std::unique_ptr<Server>> Start(ServerOptions options);

  /// Ends everything at once.
  ~Server();

  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;

  /// Where it listens, in the order of the listeners.
  std::vector<int> const& ports() const;

  /// Takes no more connections, tells streams to connect again (UNAVAILABLE),
  /// and lets other calls end, for at most `patience`; then cancels them.
  /// Returns when none is left.
  void Drain(std::chrono::milliseconds patience);

 private:
  class Loop;
  explicit Server(std::unique_ptr<Loop> loop);

  std::unique_ptr<Loop> loop_;
};

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_SERVER_H
