#include "tests/robustness/hostile_requests.h"
#include "clients/sdk/uuid.h"
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/message.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/byte_buffer.h>
#include <chrono>
#include <memory>

namespace madoguchi::robustness {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;

constexpr std::chrono::seconds kTimeout{10};

bool TakesText(FieldDescriptor const& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_STRING;
}

// Fills in what a lawful request has.
void FillIn(std::map<std::string, std::string> const& usual, Message& message) {
  auto const* const reflection = message.GetReflection();
  auto const& type = *message.GetDescriptor();
  for (int i = 0; i != type.field_count(); ++i) {
    auto const* const field = type.field(i);
    if (field->is_repeated()) continue;
    if (field->name() == "request_id") {
      reflection->SetString(&message, field, sdk::NewRequestId());
    } else if (TakesText(*field)) {
      auto const found = usual.find(field->name());
      if (found != usual.end()) {
        reflection->SetString(&message, field, found->second);
      }
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      reflection->SetEnumValue(&message, field, 1);
    } else if (field->name() == "person") {
      reflection->SetInt32(&message, field, 2);
    }
  }
}

class Sower {
 public:
  Sower(std::string const& target,
        std::map<std::string, std::string> const& usual)
      : usual_(usual),
        stub_(grpc::CreateChannel(target, grpc::InsecureChannelCredentials())) {
  }

  Sown SowService(google::protobuf::ServiceDescriptor const& service) {
    for (int i = 0; i != service.method_count(); ++i) {
      auto const& method = *service.method(i);
      if (method.server_streaming() || method.client_streaming()) continue;
      auto const* const request =
          MessageFactory::generated_factory()->GetPrototype(
              method.input_type());
      SowMessage(method, *request, {});
    }
    return sown_;
  }

 private:
  // The fields that lead from the request to the message at hand.
  using Path = std::vector<FieldDescriptor const*>;

  void SowMessage(MethodDescriptor const& method, Message const& at,
                  Path const& path) {
    auto const& type = *at.GetDescriptor();
    for (int i = 0; i != type.field_count(); ++i) {
      auto inside = path;
      inside.push_back(type.field(i));
      if (TakesText(*type.field(i))) {
        for (auto const& text : Planted()) Send(method, inside, text);
      } else if (type.field(i)->cpp_type() ==
                     FieldDescriptor::CPPTYPE_MESSAGE &&
                 path.size() < 3) {
        SowMessage(method,
                   *MessageFactory::generated_factory()->GetPrototype(
                       type.field(i)->message_type()),
                   inside);
      }
    }
  }

  void Send(MethodDescriptor const& method, Path const& path,
            std::string const& text) {
    std::unique_ptr<Message> const request(
        MessageFactory::generated_factory()
            ->GetPrototype(method.input_type())
            ->New());
    FillIn(usual_, *request);
    Message* at = request.get();
    for (auto const* field : path) {
      auto const* const reflection = at->GetReflection();
      if (field == path.back()) {
        if (field->is_repeated()) {
          reflection->AddString(at, field, text);
        } else {
          reflection->SetString(at, field, text);
        }
      } else {
        at = field->is_repeated() ? reflection->AddMessage(at, field)
                                  : reflection->MutableMessage(at, field);
        FillIn(usual_, *at);
      }
    }
    ++sown_.sent;
    if (Call("/" + method.service()->full_name() + "/" + method.name(),
             *request)) {
      ++sown_.taken;
    }
  }

  bool Call(std::string const& path, Message const& request) {
    grpc::Slice const slice(request.SerializeAsString());
    grpc::ByteBuffer const bytes(&slice, 1);
    grpc::ByteBuffer answer;
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kTimeout);
    grpc::CompletionQueue queue;
    auto const call = stub_.PrepareUnaryCall(&context, path, bytes, &queue);
    call->StartCall();
    grpc::Status status;
    call->Finish(&answer, &status, this);
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    return status.ok();
  }

  std::map<std::string, std::string> const& usual_;
  grpc::GenericStub stub_;
  Sown sown_;
};

}  // namespace

std::vector<std::string> const& Planted() {
  static auto const& planted = *new std::vector<std::string>{
      "123456789018",           "1234-5678-9018",        "98765432109",
      "暗証番号は7391です",     "昭和55年5月17日生まれ", "090-1234-5678",
      "田中町1丁目17番地1号室", "AB12345678CD"};
  return planted;
}

Sown Sow(std::string const& target,
         google::protobuf::ServiceDescriptor const& service,
         std::map<std::string, std::string> const& usual) {
  return Sower(target, usual).SowService(service);
}

}  // namespace madoguchi::robustness
