#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <string>

// No field of any message can hold who somebody is (domain.md B3-01, B3-02):
// each that takes text is listed here with what it holds, and none is named
// after what must never be held.
namespace madoguchi {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorSet;

constexpr char kCode[] = "a code that this project or the settings define";
constexpr char kName[] = "the name of a resource, made of codes and numbers";
constexpr char kUuid[] = "a UUID made for it";
constexpr char kPseudonym[] = "a pseudonym, checked by IsCode";
constexpr char kChecked[] = "words of staff, checked by FindForbidden";
constexpr char kOurs[] = "words of this project or of the settings";
constexpr char kTime[] = "a date, a time or a zone of the house";
constexpr char kSecret[] = "a secret of a device or of a ticket's link";

// What fields that take text hold, by their names.
std::map<std::string, std::string> const kText = {
    {"activity_reason", kCode},
    {"attempt", kUuid},
    {"attempt_id", kUuid},
    {"begins", kTime},
    {"business_day", kTime},
    {"carried_over_from", kTime},
    {"case_key", kUuid},
    {"case_keys_issued_again", kUuid},
    {"choice", kCode},
    {"choices", kCode},
    {"closes", kTime},
    {"counter", kName},
    {"date", kTime},
    {"device", kCode},
    {"domain", kCode},
    {"en", kOurs},
    {"ends", kTime},
    {"id", kCode},
    {"ja", kOurs},
    {"ja_easy", kOurs},
    {"key", kCode},
    {"label", kOurs},
    {"language", kCode},
    {"languages", kCode},
    {"last_number", kName},
    {"last_ticket", kTime},
    {"link", kSecret},
    {"link_token", kSecret},
    {"message", kOurs},
    {"missed_numbers", kName},
    {"missing", kCode},
    {"moved_from", kName},
    {"name", kName},
    {"next_page_token", kCode},
    {"next_services", kCode},
    {"note", kChecked},
    {"notice", kOurs},
    {"number", kName},
    {"office", kName},
    {"opens", kTime},
    {"outcome", kCode},
    {"owner", kPseudonym},
    {"page_token", kCode},
    {"parent", kName},
    {"prefix", kCode},
    {"press", kUuid},
    {"prober", kName},
    {"program_version", kOurs},
    {"question", kCode},
    {"queue", kCode},
    {"reason", kCode},
    {"refusal", kCode},
    {"request_id", kUuid},
    {"routed_languages", kCode},
    {"row", kCode},
    {"series", kCode},
    {"service", kCode},
    {"staff", kPseudonym},
    {"staff_checks", kCode},
    {"staff_key", kSecret},
    {"system", kOurs},
    {"texts", kCode},
    {"ticket", kName},
    {"time_zone", kTime},
    {"to_counter", kName},
    {"to_office", kName},
    {"token_sha256", kSecret},
    {"value", kCode},
    {"waited_in", kCode},
    {"way_on", kCode},
};

// Parts of names, between underscores, of what no field may hold.
std::set<std::string> const kForbidden = {
    "pin",     "pins",     "password",  "mynumber", "birth",       "birthday",
    "born",    "age",      "sex",       "gender",   "mail",        "email",
    "phone",   "tel",      "telephone", "fax",      "street",      "postal",
    "address", "surname",  "family",    "given",    "certificate", "document",
    "serial",  "passport", "licence"};

std::set<std::string> PartsOf(std::string const& name) {
  std::set<std::string> parts = {""};
  std::string part;
  for (auto const c : name + "_") {
    if (c != '_') {
      part += c;
      continue;
    }
    parts.insert(part);
    part.clear();
  }
  return parts;
}

// An enumeration says one of a few things, and a yes or no one of two.
bool HoldsAValue(FieldDescriptor const& field) {
  return field.cpp_type() != FieldDescriptor::CPPTYPE_ENUM &&
         field.cpp_type() != FieldDescriptor::CPPTYPE_BOOL &&
         field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE;
}

class PrivacyFieldsTest : public ::testing::Test {
 protected:
  PrivacyFieldsTest() {
    std::ifstream in(ALL_DESCRIPTORS, std::ios::binary);
    EXPECT_TRUE(files_.ParseFromIstream(&in));
    for (auto const& file : files_.file()) pool_.BuildFile(file);
  }

  // Every field of every message of this project.
  void ForEachField(std::function<void(FieldDescriptor const&)> const& look) {
    for (auto const& each : files_.file()) {
      if (!each.package().starts_with("madoguchi.")) continue;
      auto const* const file = pool_.FindFileByName(each.name());
      for (int i = 0; i != file->message_type_count(); ++i) {
        Walk(*file->message_type(i), look);
      }
    }
  }

 private:
  static void Walk(Descriptor const& message,
                   std::function<void(FieldDescriptor const&)> const& look) {
    for (int i = 0; i != message.field_count(); ++i) look(*message.field(i));
    for (int i = 0; i != message.nested_type_count(); ++i) {
      Walk(*message.nested_type(i), look);
    }
  }

  FileDescriptorSet files_;
  DescriptorPool pool_;
};

TEST_F(PrivacyFieldsTest, EveryFieldThatTakesTextIsKnown) {
  std::set<std::string> found;
  int fields = 0;
  ForEachField([&](FieldDescriptor const& field) {
    ++fields;
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_STRING) return;
    found.insert(field.name());
    EXPECT_TRUE(kText.contains(field.name()))
        << field.full_name()
        << " takes text. List it with what it holds, which must not be who "
           "somebody is.";
  });
  EXPECT_GT(fields, 400);
  for (auto const& [name, what] : kText) {
    EXPECT_TRUE(found.contains(name))
        << name << " is " << what << ", and no field has that name.";
  }
}

TEST_F(PrivacyFieldsTest, NoFieldIsNamedAfterWhatMustNotBeHeld) {
  ForEachField([](FieldDescriptor const& field) {
    if (!HoldsAValue(field)) return;
    for (auto const& part : PartsOf(field.name())) {
      EXPECT_FALSE(kForbidden.contains(part)) << field.full_name();
    }
  });
}

}  // namespace
}  // namespace madoguchi
