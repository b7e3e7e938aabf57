#ifndef MADOGUCHI_TESTS_BENCHMARKS_CLERK_H
#define MADOGUCHI_TESTS_BENCHMARKS_CLERK_H

#include "madoguchi/ticketing/v1/counter_service.grpc.pb.h"
#include <memory>
#include <string>

namespace madoguchi::benchmark {

/// A clerk at one counter, who does one thing after the other and waits for
/// each. Dies if anything fails.
class Clerk {
 public:
  /// Opens `counter`, a full name.
  Clerk(std::string const& address, std::string counter);

  /// Presses "next", and dies if nobody waits. Returns what that took, in ms.
  double Call();

  /// Serves whom `Call` called and completes the visit.
  void Serve();

 private:
  std::unique_ptr<ticketing::v1::CounterService::Stub> stub_;
  std::string const counter_;
  std::string ticket_;
};

}  // namespace madoguchi::benchmark

#endif  // MADOGUCHI_TESTS_BENCHMARKS_CLERK_H
