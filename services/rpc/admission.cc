#include "services/rpc/admission.h"
#include "services/base/error.h"
#include "services/rpc/device_place.h"
#include "services/rpc/errors.h"
#include "services/rpc/log.h"
#include "services/rpc/status.h"
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/interceptor.h>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

namespace madoguchi::rpc {
namespace {

using google::protobuf::Message;
using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerRpcInfo;
using Metadata = std::multimap<grpc::string_ref, grpc::string_ref>;

constexpr std::string_view kOpenServices[] = {
    "/grpc.health.v1.Health/",
    "/madoguchi.rpc.v1.ReadinessService/",
};

constexpr char kTokenKey[] = "authorization";
constexpr std::string_view kScheme = "Bearer ";

// Under this key the device is noted among the metadata of the call. A caller
// who sends the same name does not have this address.
constexpr char kDeviceKey[] = "madoguchi-device";

// Strangers must not be able to fill the disk.
constexpr std::chrono::seconds kLogEvery{1};

bool IsOpen(std::string_view method) {
  for (auto const& service : kOpenServices) {
    if (method.starts_with(service)) return true;
  }
  return false;
}

// A row of the table, with what its requests are.
struct Method {
  RoleSet roles;
  // Null if this program does not have the method.
  Message const* request;
};

using Methods = std::map<std::string, Method, std::less<>>;

Message const* FindRequest(std::string const& path) {
  // `/package.Service/Method` is `package.Service.Method` to protobuf.
  auto name = path.substr(1);
  name.at(name.find('/')) = '.';
  auto const* const method =
      google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
          name);
  if (method == nullptr) return nullptr;
  return google::protobuf::MessageFactory::generated_factory()->GetPrototype(
      method->input_type());
}

std::string_view TokenOf(Metadata const& metadata) {
  auto const [begin, end] = metadata.equal_range(kTokenKey);
  // Of two we would have to guess which one counts.
  if (begin == end || std::next(begin) != end) return {};
  std::string_view const value(begin->second.data(), begin->second.size());
  if (!value.starts_with(kScheme)) return {};
  return value.substr(kScheme.size());
}

// What all calls of a server share. Thread safe.
class Gate {
 public:
  explicit Gate(Admission const& admission) : admission_(admission) {
    for (auto const& [path, roles] : admission.methods) {
      methods_.emplace(path, Method{roles, FindRequest(path)});
    }
  }

  Method const* FindMethod(std::string_view path) const {
    auto const at = methods_.find(path);
    return at == methods_.end() ? nullptr : &at->second;
  }

  Device const* FindDevice(std::string_view token) const {
    return token.empty() ? nullptr : admission_.devices.FindByToken(token);
  }

  void LogRefusal(std::string_view path, Device const* device,
                  absl::Status const& refusal) {
    auto const now =
        std::chrono::steady_clock::now().time_since_epoch().count();
    auto next = log_next_.load(std::memory_order_relaxed);
    auto const after =
        now + std::chrono::steady_clock::duration(kLogEvery).count();
    if (now < next || !log_next_.compare_exchange_strong(next, after)) return;
    Log(spdlog::level::warn, "call_refused",
        {{"method", path},
         {"reason", GetErrorInfo(refusal).reason},
         {"device", device == nullptr ? "" : device->id}});
  }

 private:
  Admission const& admission_;
  Methods methods_;
  std::atomic<std::chrono::steady_clock::rep> log_next_{0};
};

// One call. gRPC calls it from one thread at a time.
class AdmissionInterceptor : public grpc::experimental::Interceptor {
 public:
  AdmissionInterceptor(Gate& gate, ServerRpcInfo const& call)
      : gate_(gate), path_(call.method()), type_(call.type()) {}

  void Intercept(InterceptorBatchMethods* batch) override {
    // Both come before the handler is called, the metadata first.
    if (batch->QueryInterceptionHookPoint(
            InterceptionHookPoints::POST_RECV_INITIAL_METADATA)) {
      Admit(*batch->GetRecvInitialMetadata());
    }
    if (batch->QueryInterceptionHookPoint(
            InterceptionHookPoints::POST_RECV_MESSAGE)) {
      Inspect(batch->GetRecvMessage());
    }
    if (!refusal_.ok() && batch->QueryInterceptionHookPoint(
                              InterceptionHookPoints::PRE_SEND_MESSAGE)) {
      grpc::Slice const nothing;
      *batch->GetSerializedSendMessage() = grpc::ByteBuffer(&nothing, 1);
    }
    if (!refusal_.ok() && batch->QueryInterceptionHookPoint(
                              InterceptionHookPoints::PRE_SEND_STATUS)) {
      batch->ModifySendStatus(ToGrpcStatus(refusal_));
    }
    batch->Proceed();
  }

 private:
  void Admit(Metadata& metadata) {
    device_ = gate_.FindDevice(TokenOf(metadata));
    if (device_ == nullptr) return Refuse(error::DeviceUnknown());
    method_ = gate_.FindMethod(path_);
    if (method_ == nullptr || method_->request == nullptr ||
        !method_->roles.Contains(device_->role)) {
      return Refuse(error::RoleNotAllowed(*device_, path_));
    }
    metadata.emplace(kDeviceKey, device_->id);
  }

  // `request` is null if it could not be read; then no handler is called. gRPC
  // does not say what it points to: that is what we hold our services to.
  void Inspect(void* request) {
    if (request == nullptr) return;
    switch (type_) {
      case ServerRpcInfo::Type::UNARY:
        return InspectMessage(*static_cast<Message*>(request));
      case ServerRpcInfo::Type::SERVER_STREAMING:
        return InspectBytes(*static_cast<grpc::ByteBuffer*>(request));
      case ServerRpcInfo::Type::CLIENT_STREAMING:
      case ServerRpcInfo::Type::BIDI_STREAMING:
        // None of ours is such; whoever calls one gets no row and no answer.
        return;
    }
  }

  void InspectMessage(Message& message) {
    if (refusal_.ok()) Check(message);
    if (!refusal_.ok()) message.Clear();
  }

  void InspectBytes(grpc::ByteBuffer& bytes) {
    if (refusal_.ok()) {
      std::unique_ptr<Message> const message(method_->request->New());
      grpc::ByteBuffer copy(bytes);
      // What cannot be read the handler refuses.
      if (grpc::SerializationTraits<Message>::Deserialize(&copy, message.get())
              .ok()) {
        Check(*message);
      }
    }
    if (!refusal_.ok()) bytes.Clear();
  }

  void Check(Message const& message) {
    auto const here = CheckPlace(*device_, message);
    if (!here.ok()) Refuse(here);
  }

  void Refuse(absl::Status refusal) {
    refusal_ = std::move(refusal);
    gate_.LogRefusal(path_, device_, refusal_);
  }

  Gate& gate_;
  char const* const path_;
  ServerRpcInfo::Type const type_;
  Device const* device_ = nullptr;
  Method const* method_ = nullptr;
  absl::Status refusal_;
};

class AdmissionFactory
    : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit AdmissionFactory(Admission const& admission) : gate_(admission) {}

  grpc::experimental::Interceptor* CreateServerInterceptor(
      ServerRpcInfo* call) override {
    if (IsOpen(call->method())) return nullptr;
    return new AdmissionInterceptor(gate_, *call);
  }

 private:
  Gate gate_;
};

}  // namespace

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>
MakeAdmissionInterceptor(Admission const& admission) {
  return std::make_unique<AdmissionFactory>(admission);
}

std::string DeviceOf(grpc::CallbackServerContext const& context) {
  auto const [begin, end] = context.client_metadata().equal_range(kDeviceKey);
  for (auto at = begin; at != end; ++at) {
    if (at->first.data() == kDeviceKey) {
      return {at->second.data(), at->second.size()};
    }
  }
  return {};
}

}  // namespace madoguchi::rpc
