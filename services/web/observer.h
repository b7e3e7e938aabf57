#ifndef MADOGUCHI_SERVICES_WEB_OBSERVER_H
#define MADOGUCHI_SERVICES_WEB_OBSERVER_H

#include <chrono>
#include <string>
#include <string_view>

namespace madoguchi::web {

/// Why a connection was cut off or turned away.
enum class Cut {
  /// One too many.
  kTooMany,
  /// Its request took too long to come.
  kSlowRequest,
  /// It did not read what it had asked for, or vanished without a word.
  kStalled,
  /// What it sent is no HTTP that we take.
  kMalformed,
};

/// Is told what a server does, on the server's thread: it must not block. Hears
/// what it overrides.
class Observer {
 public:
  virtual ~Observer() = default;

  /// So many connections are open and calls under way now.
  virtual void Open(int /*connections*/, int /*calls*/) {}
  /// A call of an allowed `method` ended with `code` of gRPC.
  virtual void CallEnded(std::string const& /*method*/, int /*code*/,
                         std::chrono::steady_clock::duration /*took*/) {}
  /// A request was answered with `status` of HTTP, without a call.
  virtual void Answered(int /*status*/) {}
  virtual void WasCut(Cut /*why*/) {}
};

}  // namespace madoguchi::web

#endif  // MADOGUCHI_SERVICES_WEB_OBSERVER_H
