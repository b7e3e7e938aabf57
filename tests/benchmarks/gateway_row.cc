#include "services/base/mutex.h"
#include "tests/benchmarks/call_timing.h"
#include "tests/benchmarks/clerk.h"
#include "tests/benchmarks/finding.h"
#include "tests/benchmarks/hall.h"
#include "tests/benchmarks/issue_load.h"
#include "tests/benchmarks/measure.h"
#include "tests/benchmarks/page_watchers.h"
#include "tests/benchmarks/servers.h"
#include "madoguchi/ticketing/v1/display_service.grpc.pb.h"
#include "absl/base/thread_annotations.h"
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>

namespace madoguchi::benchmark {
namespace {

namespace v1 = ticketing::v1;

constexpr std::size_t kStreams = 1'000;
constexpr double kGoalMs = 150;

constexpr std::size_t kStalled = 50;
// Of what a stalled reader may have anywhere between it and its service.
constexpr double kMostKib = 1'024;
constexpr std::size_t kUpdateBytes = 10'000;
// A stream at which nothing moves for so long is full.
constexpr std::chrono::seconds kQuiet{1};
// Longer than filling all of them takes.
constexpr char kPatience[] = "--stalled_seconds=60";

std::unique_ptr<Program> StartGateway(std::string const& ticketing) {
  return std::make_unique<Program>(
      std::vector<std::string>{BinaryFolder() + "/gateway",
                               "--ticketing=" + ticketing,
                               "--pages=", kPatience},
      "--listen=house=127.0.0.1:");
}

// A hall where something happens all the time: says it as fast as it is taken.
class BusyHall : public v1::DisplayService::CallbackService {
 public:
  BusyHall() {
    update_.mutable_snapshot()->mutable_office_name()->set_ja(
        std::string(kUpdateBytes, 'x'));
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    address_ = "127.0.0.1:" + std::to_string(port);
  }
  ~BusyHall() override {
    server_->Shutdown(std::chrono::system_clock::now());
    server_->Wait();
  }

  std::string const& address() const { return address_; }

  // Waits until nobody takes any more; returns how many updates were taken.
  std::size_t AwaitFull() ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock lock(mu_);
    for (std::size_t before = 0; taken_ == 0 || before != taken_;) {
      before = taken_;
      auto const until = std::chrono::steady_clock::now() + kQuiet;
      while (changed_.wait_until(mu_, until) == std::cv_status::no_timeout) {
      }
    }
    return taken_;
  }

 private:
  class Stream : public grpc::ServerWriteReactor<v1::OfficeUpdate> {
   public:
    explicit Stream(BusyHall& hall) : hall_(hall) {
      StartWrite(&hall_.update_);
    }
    void OnWriteDone(bool ok) override {
      if (!ok) return Finish(grpc::Status::CANCELLED);
      hall_.Taken();
      StartWrite(&hall_.update_);
    }
    void OnDone() override { delete this; }

   private:
    BusyHall& hall_;
  };

  grpc::ServerWriteReactor<v1::OfficeUpdate>* WatchOffice(
      grpc::CallbackServerContext* /*context*/,
      v1::WatchOfficeRequest const* /*request*/) override {
    return new Stream(*this);
  }

  void Taken() ABSL_LOCKS_EXCLUDED(mu_) {
    MutexLock lock(mu_);
    ++taken_;
    changed_.notify_all();
  }

  v1::OfficeUpdate update_;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
  Mutex mu_;
  std::condition_variable_any changed_;
  std::size_t taken_ ABSL_GUARDED_BY(mu_) = 0;
};

Finding MeasureCalls(Effort const& effort) {
  int const calls = effort.shorter ? 20 : 120;
  Hall hall(/*counters_all=*/1, /*counters_first=*/0);
  IssueLoad(hall.address(), /*channels=*/1, /*in_flight=*/16).Issue(calls);
  Clerk clerk(hall.address(), CounterName(Serves::kAll, 0));
  auto const gateway = StartGateway(hall.address());
  auto const before = ResidentKib(gateway->pid());
  PageWatchers watchers(gateway->port(), kStreams);
  auto const each = (ResidentKib(gateway->pid()) - before) /
                    static_cast<double>(watchers.size());

  auto const cpu = CpuMicroseconds(gateway->pid());
  auto const began = std::chrono::steady_clock::now();
  auto finding = ReportCalls(
      "6a call pressed -> last of 1,000 streams, through a gateway",
      TimeCalls(clerk, watchers.told(), calls, effort.seed), kGoalMs);
  auto const took = std::chrono::duration<double, std::micro>(
      std::chrono::steady_clock::now() - began);
  finding.beside.push_back("memory of the gateway: " + Fixed(each, 1) +
                           " KiB a stream");
  finding.beside.push_back(
      "processor time of the gateway: " +
      Fixed(100 * (CpuMicroseconds(gateway->pid()) - cpu) / took.count(), 1) +
      "% of one");
  return finding;
}

Finding MeasureStalled() {
  BusyHall hall;
  auto const gateway = StartGateway(hall.address());
  auto const before = ResidentKib(gateway->pid());
  StalledReaders const readers(gateway->port(), kStalled);
  auto const taken = hall.AwaitFull();
  auto const held = static_cast<double>(taken * kUpdateBytes) / 1024 /
                    static_cast<double>(readers.size());
  Finding finding;
  finding.row = "6b what a stalled reader holds, of 50 at a busy hall";
  finding.measured = Fixed(held, 0) + " KiB";
  finding.goal = "<= " + Fixed(kMostKib, 0) + " KiB";
  finding.met = held <= kMostKib;
  finding.beside = {
      "taken from the service and not read, wherever it is; of that in the "
      "gateway's memory: " +
      Fixed((ResidentKib(gateway->pid()) - before) /
                static_cast<double>(readers.size()),
            0) +
      " KiB a reader"};
  return finding;
}

}  // namespace

std::vector<Finding> MeasureGateway(Effort const& effort) {
  return {MeasureCalls(effort), MeasureStalled()};
}

}  // namespace madoguchi::benchmark
