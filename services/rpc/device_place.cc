#include "services/rpc/device_place.h"
#include "services/rpc/errors.h"
#include <google/protobuf/descriptor.h>
#include <string>
#include <string_view>

namespace madoguchi::rpc {
namespace {

using google::protobuf::FieldDescriptor;

// Takes what stands before the next `/` off the front of `name`.
std::string_view TakePart(std::string_view& name) {
  auto const part = name.substr(0, name.find('/'));
  name.remove_prefix(part.size() == name.size() ? part.size()
                                                : part.size() + 1);
  return part;
}

bool IsOwn(std::string const& own, std::string_view named) {
  return own.empty() || own == named;
}

bool IsHere(Device const& device, std::string_view name) {
  while (!name.empty()) {
    auto const collection = TakePart(name);
    auto const id = TakePart(name);
    if (collection == "offices" && !IsOwn(device.office, id)) return false;
    if (collection == "counters" && !IsOwn(device.counter, id)) return false;
    if (collection == "devices" && device.id != id) return false;
  }
  return true;
}

}  // namespace

absl::Status CheckPlace(Device const& device,
                        google::protobuf::Message const& request) {
  auto const* type = request.GetDescriptor();
  for (auto const* name : kPlaceFields) {
    auto const* field = type->FindFieldByName(name);
    if (field == nullptr || field->is_repeated() ||
        field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
      continue;
    }
    std::string scratch;
    if (!IsHere(device, request.GetReflection()->GetStringReference(
                            request, field, &scratch))) {
      return error::DeviceNotHere(device, name);
    }
  }
  return absl::OkStatus();
}

}  // namespace madoguchi::rpc
