#include "services/web/connection.h"
#include "services/web/upstream_call.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace madoguchi::web {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::steady_clock;

using Buffers = std::vector<asio::const_buffer>;
using Parser = http::request_parser<http::string_body>;

// Codes of gRPC.
constexpr int kCancelled = 1;
constexpr int kResourceExhausted = 8;
constexpr int kUnavailable = 14;

// HTTP/1.1.
constexpr unsigned kVersion = 11;
constexpr std::string_view kLineEnd = "\r\n";

// So much of a page goes out before the next is waited for: a reader on a slow
// line has a limit for each part, not one for all.
constexpr std::size_t kPart = std::size_t{64} << 10;
// Read ahead while a call is under way.
constexpr std::size_t kAhead = 512;
// A client that was refused may still be sending. If we closed at once, it
// would learn of that instead of our answer.
constexpr std::chrono::milliseconds kLinger{1'000};
constexpr std::size_t kMostLingered = std::size_t{1} << 20;

std::string_view View(beast::string_view text) {
  return {text.data(), text.size()};
}

RequestHead HeadOf(http::request<http::string_body> const& request) {
  RequestHead head;
  head.verb = std::string(View(request.method_string()));
  head.target = std::string(View(request.target()));
  for (auto const& field : request) {
    head.headers.emplace_back(
        absl::AsciiStrToLower(std::string(View(field.name_string()))),
        std::string(View(field.value())));
  }
  return head;
}

std::string Today() {
  return absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", absl::Now(),
                          absl::UTCTimeZone());
}

// Ours found it, or the kernel's of the same length: that one also runs while
// the kernel holds all there is to send. What waits hears of it once.
bool HasStalled(error_code error) {
  return error == beast::error::timeout || error == asio::error::timed_out;
}

using ResponseHead = http::response<http::empty_body>;

ResponseHead MakeHead(int status, Headers const& headers, bool keep_alive) {
  ResponseHead head(static_cast<http::status>(status), kVersion);
  head.set(http::field::date, Today());
  for (auto const& [name, value] : headers) head.insert(name, value);
  for (auto const& [name, value] : SecurityHeaders()) head.set(name, value);
  head.keep_alive(keep_alive);
  return head;
}

std::string TextOf(ResponseHead const& head) {
  std::ostringstream text;
  text << head.base();
  return std::move(text).str();
}

class HttpConnection : public Connection,
                       public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(tcp::socket socket, Site& site, Crowd& crowd)
      : stream_(std::move(socket)),
        wake_(stream_.get_executor(), steady_clock::time_point::max()),
        buffer_(crowd.limits.head_bytes + kAhead),
        site_(site),
        crowd_(crowd) {
    crowd_.connections.insert(this);
    TellOpen();
  }

  ~HttpConnection() override {
    crowd_.connections.erase(this);
    TellOpen();
    if (crowd_.draining && crowd_.connections.empty()) crowd_.on_last_left();
  }

  asio::awaitable<void> Run() {
    // Each wait stands alone: gcc 12 was seen to go on behind `co_await ... &&`
    // although that was false.
    while (!crowd_.draining) {
      bool const is_asked = co_await Await();
      if (!is_asked) break;
      bool const goes_on = co_await ServeOne();
      if (!goes_on) break;
    }
    error_code ignored;
    stream_.socket().close(ignored);
  }

  void Drain() override {
    if (is_idle_) return Close();
    EndStream();
  }

  void Abort() override {
    Leave();
    Wake();
  }

  std::shared_ptr<Connection> Hold() override { return shared_from_this(); }

 private:
  auto Token(error_code& error) {
    return asio::redirect_error(asio::use_awaitable, error);
  }

  void TellOpen() {
    crowd_.observer.Open(static_cast<int>(crowd_.connections.size()),
                         crowd_.calls);
  }

  void Close() {
    stream_.cancel();
    error_code ignored;
    stream_.socket().close(ignored);
  }

  // Waits for the first byte of a request; false if none comes.
  asio::awaitable<bool> Await() {
    if (buffer_.size() != 0) co_return true;
    error_code error;
    is_idle_ = true;
    stream_.expires_after(crowd_.limits.idle);
    auto const size =
        co_await stream_.async_read_some(buffer_.prepare(kAhead), Token(error));
    is_idle_ = false;
    buffer_.commit(size);
    co_return !error;
  }

  // Reads a request and answers it; false if the connection is to end.
  asio::awaitable<bool> ServeOne() {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(crowd_.limits.head_bytes));
    parser.body_limit(crowd_.limits.body_bytes);
    error_code error;
    // One limit for head and body: who sends a byte now and then is cut off.
    stream_.expires_after(crowd_.limits.request);
    co_await http::async_read_header(stream_, buffer_, parser, Token(error));
    if (error && error != http::error::body_limit) {
      co_return co_await RefuseUnread(error);
    }
    wants_more_ = parser.get().keep_alive();
    is_head_ = parser.get().method() == http::verb::head;
    auto const routed = Route(parser, error);
    if (auto const* const answer = std::get_if<Answer>(&routed)) {
      co_return co_await Send(*answer);
    }
    if (!error) {
      co_await http::async_read(stream_, buffer_, parser, Token(error));
    }
    if (error && error != http::error::body_limit) {
      co_return co_await RefuseUnread(error);
    }
    auto const message = TakeMessage(parser, error);
    if (auto const* const refusal = std::get_if<Answer>(&message)) {
      co_return co_await Send(*refusal);
    }
    co_return co_await Call(std::get<CallHead>(routed),
                            std::get<std::string_view>(message));
  }

  // What to do about a request of which the head alone is read.
  std::variant<Answer, CallHead> Route(Parser const& parser, error_code error) {
    auto const& request = parser.get();
    auto const head = HeadOf(request);
    auto routed = site_.Route(head);
    if (std::holds_alternative<CallHead>(routed)) {
      if (request.version() < kVersion) {
        routed = TextAnswer(505, "Calls need HTTP/1.1.");
      } else if (Find(head.headers, "expect")) {
        routed = TextAnswer(417, "Send the body with the head.");
      }
    }
    // The body of what is refused is not worth reading.
    if (auto* const answer = std::get_if<Answer>(&routed)) {
      answer->last = answer->last || error || !parser.is_done();
    }
    return routed;
  }

  // The message in a body that was read, or that is too long.
  std::variant<Answer, std::string_view> TakeMessage(Parser const& parser,
                                                     error_code error) const {
    if (error) {
      auto answer = CallAnswer({kResourceExhausted,
                                "The message is too large for a page; send "
                                "less.",
                                {}});
      answer.last = true;
      return answer;
    }
    auto const message = ReadRequestMessage(parser.get().body());
    if (!message.ok()) {
      return CallAnswer({static_cast<int>(message.status().code()),
                         std::string(message.status().message()),
                         {}});
    }
    if (crowd_.calls >= crowd_.limits.calls) {
      return CallAnswer({kResourceExhausted,
                         "Too many calls are under way; try again later.",
                         {}});
    }
    return *message;
  }

  // Answers what cannot be read, as far as somebody still listens.
  asio::awaitable<bool> RefuseUnread(error_code error) {
    // It has closed the socket.
    if (error == beast::error::timeout) {
      crowd_.observer.WasCut(Cut::kSlowRequest);
      co_return false;
    }
    if (error == http::error::end_of_stream ||
        error == http::error::partial_message ||
        error.category() !=
            http::make_error_code(http::error::end_of_stream).category()) {
      co_return false;
    }
    crowd_.observer.WasCut(Cut::kMalformed);
    bool const is_large = error == http::error::header_limit ||
                          error == http::error::buffer_overflow;
    auto answer = is_large
                      ? TextAnswer(431, "The head of the request is too large.")
                      : TextAnswer(400, "This is no request of HTTP/1.1.");
    answer.last = true;
    is_head_ = false;
    co_return co_await Send(answer);
  }

  asio::awaitable<bool> Send(Answer const& answer) {
    bool const keep_alive = wants_more_ && !answer.last && !crowd_.draining;
    crowd_.observer.Answered(answer.status);
    auto head = MakeHead(answer.status, answer.headers, keep_alive);
    std::string_view body = *answer.body;
    bool const has_body = answer.status != 304;
    if (has_body) head.content_length(body.size());
    if (is_head_ || !has_body) body = {};
    auto text = TextOf(head);
    // A small answer goes in one piece.
    text += body.substr(0, kPart);
    body.remove_prefix(std::min(kPart, body.size()));
    bool is_written = co_await Write(text);
    while (is_written && !body.empty()) {
      is_written = co_await Write(body.substr(0, kPart));
      body.remove_prefix(std::min(kPart, body.size()));
    }
    if (!is_written) co_return false;
    if (answer.last) co_await Linger();
    co_return keep_alive;
  }

  asio::awaitable<bool> Write(std::string_view text) {
    Buffers const buffers{asio::buffer(text.data(), text.size())};
    co_return co_await WriteAll(buffers);
  }

  asio::awaitable<bool> WriteAll(Buffers const& buffers) {
    error_code error;
    stream_.expires_after(crowd_.limits.stalled);
    co_await asio::async_write(stream_, buffers, Token(error));
    if (HasStalled(error)) crowd_.observer.WasCut(Cut::kStalled);
    co_return !error;
  }

  asio::awaitable<void> Linger() {
    error_code error;
    stream_.socket().shutdown(tcp::socket::shutdown_send, error);
    stream_.expires_after(kLinger);
    std::vector<char> discarded(kAhead);
    for (std::size_t read = 0; !error && read < kMostLingered;) {
      auto const size = co_await stream_.async_read_some(
          asio::buffer(discarded), Token(error));
      read += size;
    }
  }

  asio::awaitable<bool> Call(CallHead const& head, std::string_view message) {
    ++crowd_.calls;
    TellOpen();
    auto const began = steady_clock::now();
    messages_ = 0;
    ends_stream_ = false;
    reads_ahead_ = true;
    ReadAhead();
    call_ = UpstreamCall::Start(NextChannel(head.method), head, message,
                                MakeWaker());
    auto const status = co_await Forward();
    call_.reset();
    --crowd_.calls;
    TellOpen();
    crowd_.observer.CallEnded(head.method, status.code,
                              steady_clock::now() - began);
    reads_ahead_ = false;
    while (is_reading_) {
      stream_.cancel();
      co_await Sleep();
    }
    // What was read ahead is the next request.
    co_return wants_more_ && !is_gone_;
  }

  // The next to the service of `method` that is connected, as far as one is.
  std::shared_ptr<grpc::Channel> const& NextChannel(std::string const& method) {
    auto const elsewhere =
        crowd_.channels_of.find(method.substr(0, method.rfind('/')));
    auto const& channels = elsewhere == crowd_.channels_of.end()
                               ? crowd_.channels
                               : elsewhere->second;
    auto const first = crowd_.next_channel++;
    for (std::size_t i = 0; channels.size() > 1 && i != channels.size(); ++i) {
      auto const& channel = channels[(first + i) % channels.size()];
      if (channel->GetState(/*try_to_connect=*/false) == GRPC_CHANNEL_READY) {
        return channel;
      }
    }
    return channels[first % channels.size()];
  }

  std::function<void()> MakeWaker() {
    return [self = shared_from_this()] {
      asio::post(self->stream_.get_executor(), [self] { self->Wake(); });
    };
  }

  // Hands on what the service says, until it has said all; as long as somebody
  // listens.
  asio::awaitable<CallStatus> Forward() {
    bool has_begun = false;
    // What is to go before the next message.
    std::string text;
    while (true) {
      auto news = call_->Take();
      if (news.IsNone()) {
        co_await Sleep();
        continue;
      }
      if (!has_begun) {
        has_begun = true;
        text = BeginText(news.began ? *news.began : Headers());
      }
      if (news.message) {
        if (!is_gone_) co_await WriteMessage(text, *news.message);
        ++messages_;
        call_->ReadOn();
        if (crowd_.draining) EndStream();
      }
      if (!news.ended) continue;
      auto& status = *news.ended;
      if (ends_stream_ && status.code == kCancelled) {
        status.code = kUnavailable;
        status.message = "The gateway is stopping; connect again.";
      }
      if (!is_gone_) co_await WriteEnd(text, status, news.trailers);
      co_return status;
    }
  }

  std::string BeginText(Headers headers) const {
    headers.emplace_back("content-type", kGrpcWebType);
    headers.emplace_back("cache-control", "no-store");
    auto head = MakeHead(200, headers, wants_more_ && !crowd_.draining);
    head.chunked(true);
    return TextOf(head);
  }

  // A chunk of its own, behind `text`, which then is empty. The message is not
  // copied.
  asio::awaitable<void> WriteMessage(std::string& text,
                                     grpc::ByteBuffer const& message) {
    auto const frame = MessageFrameHeader(message.Length());
    absl::StrAppend(&text, absl::Hex(frame.size() + message.Length()), "\r\n");
    text.append(frame.begin(), frame.end());
    std::vector<grpc::Slice> slices;
    // It fails only if the buffer is none; then there is nothing in it.
    (void)message.Dump(&slices);
    Buffers buffers{asio::buffer(text)};
    for (auto const& slice : slices) {
      buffers.emplace_back(slice.begin(), slice.size());
    }
    buffers.emplace_back(kLineEnd.data(), kLineEnd.size());
    bool const is_written = co_await WriteAll(buffers);
    text.clear();
    if (!is_written) Leave();
  }

  asio::awaitable<void> WriteEnd(std::string& text, CallStatus const& status,
                                 Headers const& trailers) {
    auto const frame = TrailersFrame(status, trailers);
    absl::StrAppend(&text, absl::Hex(frame.size()), "\r\n", frame,
                    "\r\n0\r\n\r\n");
    bool const is_written = co_await Write(text);
    if (!is_written) Leave();
  }

  // Reads while a call is under way, to learn at once when the client goes.
  void ReadAhead() {
    auto const room = buffer_.max_size() - buffer_.size();
    // Nobody needs to ask so much before the answer.
    if (room == 0) return Leave();
    is_reading_ = true;
    stream_.expires_never();
    stream_.async_read_some(
        buffer_.prepare(std::min(kAhead, room)),
        [self = shared_from_this()](error_code error, std::size_t size) {
          self->is_reading_ = false;
          self->buffer_.commit(size);
          if (HasStalled(error)) {
            self->crowd_.observer.WasCut(Cut::kStalled);
          }
          if (error && error != asio::error::operation_aborted) self->Leave();
          if (!error && self->reads_ahead_) self->ReadAhead();
          self->Wake();
        });
  }

  // Nobody listens any more. Closed at once: a write that had just gone on
  // could not be cancelled, and would wait for a reader until it is taken as
  // stalled.
  void Leave() {
    is_gone_ = true;
    if (call_) call_->Cancel();
    Close();
  }

  // Ends a call that has shown to be a stream by a second message.
  void EndStream() {
    if (!call_ || messages_ < 2) return;
    ends_stream_ = true;
    call_->Cancel();
  }

  // All waits of this kind look again at what they wait for.
  asio::awaitable<void> Sleep() {
    error_code ignored;
    co_await wake_.async_wait(Token(ignored));
  }
  void Wake() { wake_.cancel(); }

  beast::tcp_stream stream_;
  asio::steady_timer wake_;
  beast::flat_buffer buffer_;
  Site& site_;
  Crowd& crowd_;

  bool is_idle_ = false;
  // Of the request that is answered now.
  bool wants_more_ = false;
  bool is_head_ = false;

  // Of the call under way.
  std::shared_ptr<UpstreamCall> call_;
  int messages_ = 0;
  bool ends_stream_ = false;
  bool is_gone_ = false;
  bool reads_ahead_ = false;
  bool is_reading_ = false;
};

}  // namespace

void Serve(tcp::socket socket, Site& site, Crowd& crowd) {
  auto const executor = socket.get_executor();
  auto connection =
      std::make_shared<HttpConnection>(std::move(socket), site, crowd);
  asio::co_spawn(
      executor, [connection] { return connection->Run(); }, asio::detached);
}

}  // namespace madoguchi::web
