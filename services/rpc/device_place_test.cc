#include "services/rpc/device_place.h"
#include "tests/support/status_matchers.h"
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>

namespace madoguchi::rpc {
namespace {

using google::protobuf::FieldDescriptorProto;
using testing::IsError;
using testing::IsOk;

// Messages with the fields of a request that names everything.
class DevicePlaceTest : public ::testing::Test {
 protected:
  DevicePlaceTest() {
    google::protobuf::FileDescriptorProto file;
    file.set_name("request.proto");
    file.set_syntax("proto3");
    auto* type = file.add_message_type();
    type->set_name("Request");
    for (auto const* name :
         {"office", "counter", "ticket", "name", "to_office", "to_counter"}) {
      auto* field = type->add_field();
      field->set_name(name);
      field->set_number(type->field_size());
      field->set_type(FieldDescriptorProto::TYPE_STRING);
      field->set_label(FieldDescriptorProto::LABEL_OPTIONAL);
    }
    type_ = pool_.BuildFile(file)->message_type(0);
  }

  absl::Status Check(std::string const& field, std::string const& value) {
    std::unique_ptr<google::protobuf::Message> request(
        factory_.GetPrototype(type_)->New());
    request->GetReflection()->SetString(request.get(),
                                        type_->FindFieldByName(field), value);
    return CheckPlace(device_, *request);
  }

  Device device_{"terminal-2", Role::kCounterTerminal, "honcho", "2", "", ""};

 private:
  google::protobuf::DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_;
  google::protobuf::Descriptor const* type_;
};

auto NotHere() {
  return IsError(absl::StatusCode::kPermissionDenied, "DEVICE_NOT_HERE");
}

TEST_F(DevicePlaceTest, ItsOwnPlaceADeviceMayName) {
  EXPECT_THAT(Check("office", "offices/honcho"), IsOk());
  EXPECT_THAT(Check("counter", "offices/honcho/counters/2"), IsOk());
  EXPECT_THAT(Check("ticket", "offices/honcho/tickets/20261123-a-1"), IsOk());
  EXPECT_THAT(Check("name", "offices/honcho/devices/terminal-2"), IsOk());
}

TEST_F(DevicePlaceTest, AnotherOfficeItMayNotNameInAnyField) {
  EXPECT_THAT(Check("office", "offices/kita"), NotHere());
  EXPECT_THAT(Check("counter", "offices/kita/counters/2"), NotHere());
  EXPECT_THAT(Check("ticket", "offices/kita/tickets/20261123-a-1"), NotHere());
  EXPECT_THAT(Check("name", "offices/kita/devices/terminal-2"), NotHere());
  EXPECT_THAT(Check("office", "offices/honcho2"), NotHere());
}

TEST_F(DevicePlaceTest, AnotherCounterItMayNotName) {
  EXPECT_THAT(Check("counter", "offices/honcho/counters/3"), NotHere());
  EXPECT_THAT(Check("counter", "offices/honcho/counters/22"), NotHere());
  EXPECT_THAT(Check("counter", "offices/honcho/counters/"), NotHere());
}

TEST_F(DevicePlaceTest, ItSpeaksForNoOtherDevice) {
  EXPECT_THAT(Check("name", "offices/honcho/devices/kiosk-1"), NotHere());
  device_.office = "";
  device_.counter = "";
  EXPECT_THAT(Check("name", "offices/honcho/devices/kiosk-1"), NotHere());
}

TEST_F(DevicePlaceTest, WithoutACounterAllOfItsOfficeAreItsOwn) {
  device_.counter = "";
  EXPECT_THAT(Check("counter", "offices/honcho/counters/3"), IsOk());
  EXPECT_THAT(Check("counter", "offices/kita/counters/3"), NotHere());
}

TEST_F(DevicePlaceTest, WithoutAnOfficeAllAreItsOwn) {
  device_.office = "";
  device_.counter = "";
  EXPECT_THAT(Check("office", "offices/kita"), IsOk());
  EXPECT_THAT(Check("counter", "offices/kita/counters/3"), IsOk());
}

TEST_F(DevicePlaceTest, ItMaySendATicketElsewhere) {
  EXPECT_THAT(Check("to_office", "offices/kita"), IsOk());
  EXPECT_THAT(Check("to_counter", "offices/honcho/counters/3"), IsOk());
}

// The method itself says INVALID_NAME.
TEST_F(DevicePlaceTest, WhatIsNoNamePasses) {
  for (auto const* value : {"", "honcho", "/", "//"}) {
    EXPECT_THAT(Check("office", value), IsOk()) << value;
  }
}

}  // namespace
}  // namespace madoguchi::rpc
