#include "services/web/server.h"
#include "services/web/connection.h"
#include "absl/strings/numbers.h"
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <list>
#include <thread>
#include <utility>

namespace madoguchi::web {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// After what stops us from taking connections, such as too many open files.
constexpr std::chrono::milliseconds kAcceptAgain{100};

constexpr char kBusy[] =
    "HTTP/1.1 503 Service Unavailable\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n"
    "Content-Length: 26\r\n"
    "Retry-After: 5\r\n"
    "Connection: close\r\n"
    "\r\n"
    "Too many are connected.\r\n\r\n";

// A peer that vanished is found by what it does not acknowledge, or, where
// nothing is sent, by these many seconds of silence and unanswered probes.
constexpr int kProbeAfter = 30;
constexpr int kProbeEvery = 10;
constexpr int kProbes = 3;

absl::StatusOr<tcp::endpoint> ParseAddress(std::string const& address) {
  auto const wrong = absl::InvalidArgumentError(
      "Cannot listen on " + address +
      ": give an IP address and a port, such as 127.0.0.1:8080.");
  auto const colon = address.rfind(':');
  if (colon == std::string::npos) return wrong;
  auto host = address.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  }
  error_code error;
  auto const ip = asio::ip::make_address(host, error);
  int port = 0;
  if (error || !absl::SimpleAtoi(address.substr(colon + 1), &port) ||
      port < 0 || port > 65'535) {
    return wrong;
  }
  return tcp::endpoint(ip, static_cast<unsigned short>(port));
}

// What an option cannot be set to is no reason to refuse a client.
void SetInt(int socket, int level, int option, int value) {
  setsockopt(socket, level, option, &value, sizeof value);
}

void Prepare(tcp::socket& socket, Limits const& limits) {
  auto const handle = socket.native_handle();
  SetInt(handle, IPPROTO_TCP, TCP_NODELAY, 1);
  SetInt(handle, SOL_SOCKET, SO_KEEPALIVE, 1);
  SetInt(handle, IPPROTO_TCP, TCP_KEEPIDLE, kProbeAfter);
  SetInt(handle, IPPROTO_TCP, TCP_KEEPINTVL, kProbeEvery);
  SetInt(handle, IPPROTO_TCP, TCP_KEEPCNT, kProbes);
  SetInt(handle, IPPROTO_TCP, TCP_USER_TIMEOUT,
         static_cast<int>(limits.stalled.count()));
}

// Tells a client that there is no room, as far as that goes without waiting.
void TurnAway(tcp::socket socket) {
  error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(kBusy, sizeof kBusy - 1), ignored);
  socket.shutdown(tcp::socket::shutdown_both, ignored);
}

}  // namespace

// Everything that runs on the server's thread.
class Server::Loop {
 public:
  explicit Loop(ServerOptions options)
      : options_(std::move(options)),
        pages_(options_.pages_directory, options_.page_names),
        crowd_{options_.limits,
               options_.observer == nullptr ? nobody_ : *options_.observer,
               options_.channels, options_.channels_of} {
    crowd_.on_last_left = [this] { patience_ends_.cancel(); };
  }

  ~Loop() {
    Stop(std::chrono::milliseconds(0));
    Join();
  }

  Loop(Loop const&) = delete;
  Loop& operator=(Loop const&) = delete;

  absl::Status Listen() {
    for (auto const& each : options_.listeners) {
      auto const endpoint = ParseAddress(each.address);
      if (!endpoint.ok()) return endpoint.status();
      auto names = options_.host_names;
      names.insert(each.address.substr(0, each.address.rfind(':')));
      doors_.emplace_back(io_, Site(each.methods, HostNames(names), pages_,
                                    options_.readiness));
      error_code error;
      Open(doors_.back().acceptor, *endpoint, error);
      if (error) {
        return absl::UnavailableError(
            "Cannot listen on " + each.address +
            ": the port is taken or not ours. Stop the other program or choose "
            "another address.");
      }
      ports_.push_back(doors_.back().acceptor.local_endpoint().port());
    }
    return absl::OkStatus();
  }

  void Run() {
    for (auto& door : doors_) Accept(door);
    thread_ = std::thread([this] { io_.run(); });
  }

  std::vector<int> const& ports() const { return ports_; }

  // From any thread, also again. `Join` returns once no connection is left.
  void Stop(std::chrono::milliseconds patience) {
    asio::post(io_, [this, patience] {
      error_code ignored;
      for (auto& door : doors_) {
        door.acceptor.close(ignored);
        door.again.cancel();
      }
      crowd_.draining = true;
      ForEach([](Connection& each) { each.Drain(); });
      if (crowd_.connections.empty()) return;
      patience_ends_.expires_after(patience);
      patience_ends_.async_wait([this](error_code error) {
        if (!error) ForEach([](Connection& each) { each.Abort(); });
      });
    });
  }

  void Join() {
    if (thread_.joinable()) thread_.join();
  }

 private:
  struct Door {
    Door(asio::io_context& io, Site what)
        : acceptor(io), again(io), site(std::move(what)) {}

    tcp::acceptor acceptor;
    asio::steady_timer again;
    Site site;
  };

  void Open(tcp::acceptor& acceptor, tcp::endpoint const& endpoint,
            error_code& error) const {
    acceptor.open(endpoint.protocol(), error);
    if (error) return;
    acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (error) return;
    // Handed on to the connections.
    acceptor.set_option(
        asio::socket_base::send_buffer_size(options_.limits.send_buffer_bytes),
        error);
    if (error) return;
    acceptor.bind(endpoint, error);
    if (error) return;
    acceptor.listen(asio::socket_base::max_listen_connections, error);
  }

  void Accept(Door& door) {
    door.acceptor.async_accept(
        [this, &door](error_code error, tcp::socket socket) {
          if (crowd_.draining) return;
          if (!error) {
            Welcome(std::move(socket), door.site);
            return Accept(door);
          }
          door.again.expires_after(kAcceptAgain);
          door.again.async_wait([this, &door](error_code cancelled) {
            if (!cancelled && !crowd_.draining) Accept(door);
          });
        });
  }

  void Welcome(tcp::socket socket, Site& site) {
    if (crowd_.connections.size() >=
        static_cast<std::size_t>(crowd_.limits.connections)) {
      crowd_.observer.WasCut(Cut::kTooMany);
      return TurnAway(std::move(socket));
    }
    Prepare(socket, crowd_.limits);
    Serve(std::move(socket), site, crowd_);
  }

  // Connections leave the crowd while they are told to.
  void ForEach(void (*tell)(Connection&)) {
    std::vector<std::shared_ptr<Connection>> all;
    for (auto* each : crowd_.connections) all.push_back(each->Hold());
    for (auto const& each : all) tell(*each);
  }

  ServerOptions const options_;
  asio::io_context io_{1};
  asio::steady_timer patience_ends_{io_};
  Pages pages_;
  Observer nobody_;
  Crowd crowd_;
  std::list<Door> doors_;
  std::vector<int> ports_;
  std::thread thread_;
};

Server::Server(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}

Server::~Server() = default;

absl::StatusOr<std::unique_ptr<Server>> Server::Start(ServerOptions options) {
  auto loop = std::make_unique<Loop>(std::move(options));
  auto const listening = loop->Listen();
  if (!listening.ok()) return listening;
  loop->Run();
  return std::unique_ptr<Server>(new Server(std::move(loop)));
}

std::vector<int> const& Server::ports() const { return loop_->ports(); }

void Server::Drain(std::chrono::milliseconds patience) {
  loop_->Stop(patience);
  loop_->Join();
}

}  // namespace madoguchi::web
