#include "services/web/scripted_service.h"
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/slice.h>
#include <chrono>
#include <deque>
#include <utility>

namespace madoguchi::web {
namespace {

constexpr char kService[] = "/test.Script/";
constexpr std::chrono::seconds kLimit{10};

grpc::ByteBuffer BytesOf(std::string const& text) {
  grpc::Slice const slice(text);
  return {&slice, 1};
}

}  // namespace

// gRPC's until it is done.
class ScriptedService::Call : public grpc::ServerGenericBidiReactor {
 public:
  Call(ScriptedService& service, grpc::GenericCallbackServerContext* context)
      : service_(service),
        context_(context),
        method_(context->method().substr(sizeof kService - 1)) {
    MutexLock lock(mu_);
    StartRead(&request_);
  }

  void Tell(std::string const& message) {
    if (method_ != "Tell") return;
    MutexLock lock(mu_);
    waiting_.push_back(message);
    WriteNext();
  }

  void OnReadDone(bool ok) override {
    SeeAll();
    if (!ok) return End(grpc::Status::CANCELLED);
    if (method_ == "Echo") return Echo();
    if (method_ == "Refuse") {
      return End({grpc::StatusCode::FAILED_PRECONDITION, "窓口 closed",
                  std::string("\0\1\377", 3)});
    }
    MutexLock lock(mu_);
    if (method_ == "Flood") waiting_.emplace_back(kFloodBytes, 'x');
    if (method_ == "Tell") waiting_.emplace_front("first");
    has_begun_ = true;
    WriteNext();
  }

  void OnWriteDone(bool ok) override {
    SeeAll();
    if (!ok) return End(grpc::Status::CANCELLED);
    if (method_ == "Flood") service_.Flooded();
    MutexLock lock(mu_);
    is_writing_ = false;
    if (method_ == "Flood") waiting_.emplace_back(kFloodBytes, 'x');
    WriteNext();
  }

  void OnCancel() override { End(grpc::Status::CANCELLED); }

  void OnDone() override {
    SeeAll();
    auto& service = service_;
    delete this;
    service.Left(this);
  }

 private:
  // What other threads wrote. How gRPC hands us from one of its threads to the
  // next is hidden from ThreadSanitizer.
  void SeeAll() { MutexLock const lock(mu_); }

  void Echo() {
    auto const& metadata = context_->client_metadata();
    auto const token = metadata.find("authorization");
    if (token != metadata.end()) {
      context_->AddTrailingMetadata(
          "x-token", {token->second.data(), token->second.size()});
    }
    context_->AddInitialMetadata("x-began", "yes");
    context_->AddTrailingMetadata("x-ended-bin", std::string("\0\1\377", 3));
    MutexLock lock(mu_);
    if (has_ended_) return;
    has_ended_ = true;
    StartWriteAndFinish(&request_, grpc::WriteOptions(), grpc::Status::OK);
  }

  void WriteNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    if (!has_begun_ || is_writing_ || has_ended_ || waiting_.empty()) return;
    is_writing_ = true;
    writing_ = BytesOf(waiting_.front());
    waiting_.pop_front();
    StartWrite(&writing_);
  }

  void End(grpc::Status const& status) {
    MutexLock lock(mu_);
    if (has_ended_) return;
    has_ended_ = true;
    Finish(status);
  }

  ScriptedService& service_;
  grpc::GenericCallbackServerContext* const context_;
  std::string const method_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer writing_;

  Mutex mu_;
  std::deque<std::string> waiting_ ABSL_GUARDED_BY(mu_);
  bool has_begun_ ABSL_GUARDED_BY(mu_) = false;
  bool is_writing_ ABSL_GUARDED_BY(mu_) = false;
  bool has_ended_ ABSL_GUARDED_BY(mu_) = false;
};

ScriptedService::ScriptedService() {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                           &port);
  builder.RegisterCallbackGenericService(this);
  server_ = builder.BuildAndStart();
  address_ = "127.0.0.1:" + std::to_string(port);
}

ScriptedService::~ScriptedService() {
  server_->Shutdown(std::chrono::system_clock::now());
  server_->Wait();
  // The last calls may still be on their way out.
  AwaitCalls(0);
}

MethodSet ScriptedService::Methods() {
  MethodSet methods;
  for (auto const* name : {"Echo", "Refuse", "Wait", "Flood", "Tell"}) {
    methods.insert(std::string(kService) + name);
  }
  return methods;
}

std::shared_ptr<grpc::Channel> ScriptedService::Connect() const {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address_, grpc::InsecureChannelCredentials(),
                                   arguments);
}

void ScriptedService::Tell(std::string const& message) {
  MutexLock lock(mu_);
  for (auto* call : calls_) call->Tell(message);
}

bool ScriptedService::AwaitCalls(std::size_t count) {
  auto const until = std::chrono::steady_clock::now() + kLimit;
  MutexLock lock(mu_);
  while (calls_.size() != count) {
    if (changed_.wait_until(mu_, until) == std::cv_status::timeout) {
      return false;
    }
  }
  return true;
}

std::size_t ScriptedService::flooded() {
  MutexLock lock(mu_);
  return flooded_;
}

grpc::ServerGenericBidiReactor* ScriptedService::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  auto* const call = new Call(*this, context);
  MutexLock lock(mu_);
  calls_.insert(call);
  changed_.notify_all();
  return call;
}

void ScriptedService::Flooded() {
  MutexLock lock(mu_);
  ++flooded_;
}

void ScriptedService::Left(Call* call) {
  MutexLock lock(mu_);
  calls_.erase(call);
  changed_.notify_all();
}

}  // namespace madoguchi::web
