#include "madoguchi/ticketing/v1/display_service.pb.h"
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>
#include <set>
#include <string>

namespace madoguchi::ticketing {
namespace {

void Collect(google::protobuf::Descriptor const* message,
             std::set<std::string>& fields, std::set<std::string>& seen) {
  if (!seen.insert(message->full_name()).second) return;
  for (int i = 0; i != message->field_count(); ++i) {
    auto const* field = message->field(i);
    fields.insert(message->name() + "." + field->name());
    if (field->message_type() != nullptr) {
      Collect(field->message_type(), fields, seen);
    }
  }
}

// The hall is public: whoever adds a field here has to say so.
TEST(DisplayFieldsTest, ADisplayIsToldNothingButThis) {
  std::set<std::string> fields;
  std::set<std::string> seen;
  Collect(v1::OfficeUpdate::descriptor(), fields, seen);
  EXPECT_THAT(
      fields,
      ::testing::UnorderedElementsAre(
          "Call.call_time", "Call.counter", "Call.language", "Call.number",
          "Call.pickup", "Call.recall_count", "Call.sequence", "Call.service",
          "Call.state", "CounterView.counter", "CounterView.label",
          "CounterView.number", "CounterView.open", "CounterView.paused",
          "LocalizedText.en", "LocalizedText.ja", "LocalizedText.ja_easy",
          "OfficeEvent.call", "OfficeEvent.counter", "OfficeEvent.kind",
          "OfficeEvent.services", "OfficeSnapshot.calls",
          "OfficeSnapshot.counters", "OfficeSnapshot.missed_numbers",
          "OfficeSnapshot.office_name", "OfficeSnapshot.reset",
          "OfficeSnapshot.services", "OfficeUpdate.event",
          "OfficeUpdate.heartbeat", "OfficeUpdate.office_time",
          "OfficeUpdate.sequence", "OfficeUpdate.snapshot",
          "ServiceView.display_name", "ServiceView.service",
          "ServiceView.waiting_count", "Timestamp.nanos", "Timestamp.seconds"));
}

}  // namespace
}  // namespace madoguchi::ticketing
