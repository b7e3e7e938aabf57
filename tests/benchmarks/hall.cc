#include "tests/benchmarks/hall.h"
#include "madoguchi/office/v1/settings.pb.h"
#include <google/protobuf/text_format.h>

namespace madoguchi::benchmark {
namespace {

constexpr int kSeriesSize = 1'000'000;

std::string CounterId(Serves serves, int number) {
  return (serves == Serves::kAll ? "a" : "f") + std::to_string(number);
}

void Say(office::v1::Text& text, std::string const& what) {
  text.set_ja(what);
  text.set_ja_easy(what);
  text.set_en(what);
}

void AddCounters(office::v1::Office& office, Serves serves, int count) {
  for (int i = 0; i != count; ++i) {
    auto& counter = *office.add_counters();
    counter.set_id(CounterId(serves, i));
    Say(*counter.mutable_label(), counter.id());
    int const services = serves == Serves::kAll ? kServices : 1;
    for (int service = 0; service != services; ++service) {
      counter.add_serves()->set_service(ServiceName(service));
    }
  }
}

}  // namespace

std::string ServiceName(int number) {
  return "service_" + std::to_string(number % kServices);
}

std::string CounterName(Serves serves, int number) {
  return std::string(kOfficeName) + "/counters/" + CounterId(serves, number);
}

std::string HallSettings(int counters_all, int counters_first) {
  office::v1::City city;
  city.set_id("benchmark");
  Say(*city.mutable_display_name(), "Benchmark");
  auto& office = *city.add_offices();
  office.set_id("main");
  Say(*office.mutable_display_name(), "Main");
  office.set_time_zone("Asia/Tokyo");
  office.set_cut_over_hour(4);
  for (int i = 0; i != kServices; ++i) {
    auto& series = *office.add_series();
    series.set_id("s" + std::to_string(i));
    series.set_prefix(std::string(1, static_cast<char>('A' + i)));
    series.set_first(1);
    series.set_size(kSeriesSize);
    auto& service = *office.add_services();
    service.set_id(ServiceName(i));
    Say(*service.mutable_display_name(), service.id());
    service.set_series(series.id());
    service.set_expected_minutes(10);
    service.set_target_wait_minutes(20);
  }
  AddCounters(office, Serves::kAll, counters_all);
  AddCounters(office, Serves::kFirst, counters_first);
  auto& policy = *office.mutable_call_policy();
  policy.set_max_recalls(2);
  policy.set_overtaking_limit(3);
  std::string text;
  google::protobuf::TextFormat::PrintToString(city, &text);
  return text;
}

}  // namespace madoguchi::benchmark
