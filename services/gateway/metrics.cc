#include "services/gateway/metrics.h"

namespace madoguchi::gateway {
namespace {

char const* NameOf(web::Cut why) {
  switch (why) {
    case web::Cut::kTooMany:
      return "too_many";
    case web::Cut::kSlowRequest:
      return "slow_request";
    case web::Cut::kStalled:
      return "stalled";
    case web::Cut::kMalformed:
      return "malformed";
  }
  return "";
}

}  // namespace

Metrics::Metrics(prometheus::Registry& registry, web::MethodSet const& methods)
    : connections_(prometheus::BuildGauge()
                       .Name("madoguchi_web_connections")
                       .Help("Connections of pages.")
                       .Register(registry)
                       .Add({})),
      calls_(prometheus::BuildGauge()
                 .Name("madoguchi_web_calls")
                 .Help("Calls of pages under way, streams included.")
                 .Register(registry)
                 .Add({})),
      answers_(prometheus::BuildCounter()
                   .Name("madoguchi_web_answers_total")
                   .Help("Requests that were no call, by status of HTTP; 200 "
                         "also for calls that were refused.")
                   .Register(registry)),
      cuts_(prometheus::BuildCounter()
                .Name("madoguchi_web_cuts_total")
                .Help("Connections turned away or cut off, and why.")
                .Register(registry)) {
  for (auto const& path : methods) {
    methods_[path] = std::make_unique<rpc::MethodMetrics>(
        registry, path.substr(path.rfind('/') + 1));
  }
  for (auto const why : {web::Cut::kTooMany, web::Cut::kSlowRequest,
                         web::Cut::kStalled, web::Cut::kMalformed}) {
    cuts_.Add({{"why", NameOf(why)}});
  }
}

void Metrics::Open(int connections, int calls) {
  connections_.Set(connections);
  calls_.Set(calls);
}

void Metrics::CallEnded(std::string const& method, int code,
                        std::chrono::steady_clock::duration took) {
  methods_.at(method)->Finished(code, took);
}

void Metrics::Answered(int status) {
  answers_.Add({{"status", std::to_string(status)}}).Increment();
}

void Metrics::WasCut(web::Cut why) {
  cuts_.Add({{"why", NameOf(why)}}).Increment();
}

}  // namespace madoguchi::gateway
