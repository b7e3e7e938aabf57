#include "tests/robustness/case_house.h"
#include "madoguchi/certification/v1/ledger_service.grpc.pb.h"
#include "absl/strings/str_join.h"
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace madoguchi::robustness {
namespace {

using testing::ChildProcess;

constexpr std::chrono::seconds kReady{30};

std::string MakeFolder() {
  auto name =
      (std::filesystem::temp_directory_path() / "madoguchi-cases-XXXXXX")
          .string();
  return mkdtemp(name.data());
}

std::string ReadAll(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

CaseHouse::CaseHouse(CaseHouseOptions options)
    : options_(std::move(options)),
      folder_(MakeFolder()),
      redis_({"--appendonly", "yes", "--appendfsync", "always",
              "--maxmemory-policy", "noeviction"}) {
  std::ofstream(folder_ + "/weather") << options_.weather;
  Add("authority", options_.authority,
      {"--data", folder_ + "/ledger", "--weather", folder_ + "/weather",
       "--not_idempotent"});
  std::vector<std::string> const of_the_city = {
      "--settings", options_.settings, "--redis", "unix:" + redis_.socket()};
  for (int i = 1; i <= options_.ticketing_replicas; ++i) {
    Add("ticketing-" + std::to_string(i), options_.ticketing, of_the_city);
  }
  auto for_renewal = of_the_city;
  for_renewal.insert(for_renewal.end(),
                     {"--ticketing", absl::StrJoin(ticketing(), ",")});
  if (options_.rpc) {
    for_renewal.insert(for_renewal.end(), {"--authority", authority()});
  }
  for (int i = 1; i <= options_.renewal_replicas; ++i) {
    Add("renewal-" + std::to_string(i), options_.renewal, for_renewal);
  }
}

CaseHouse::~CaseHouse() {
  servers_.clear();
  std::filesystem::remove_all(folder_);
}

void CaseHouse::Add(std::string const& name, std::string const& program,
                    std::vector<std::string> const& flags) {
  auto& server = servers_[name];
  server.address = "127.0.0.1:" + std::to_string(*testing::FreePort());
  server.options.command = {program,
                            "--listen",
                            server.address,
                            "--clock",
                            "scaled",
                            "--clock_scale",
                            FormatScale(options_.scale)};
  server.options.command.insert(server.options.command.end(), flags.begin(),
                                flags.end());
  server.options.output_path = folder_ + "/" + name + ".log";
  Start(name);
}

void CaseHouse::Kill(std::string const& name) {
  if (name == "redis") return redis_.Kill();
  servers_.at(name).process.reset();
}

void CaseHouse::Start(std::string const& name) {
  if (name == "redis") return redis_.Start();
  auto& server = servers_.at(name);
  auto process = ChildProcess::Start(server.options);
  auto const ready = process.ok()
                         ? (*process)->WaitForLine("ready on", kReady).status()
                         : process.status();
  if (!ready.ok()) {
    std::fprintf(stderr, "%s did not start: %s\n%s\n", name.c_str(),
                 std::string(ready.message()).c_str(),
                 ReadAll(server.options.output_path).c_str());
    std::abort();
  }
  server.process = *std::move(process);
}

std::vector<std::string> CaseHouse::AddressesOf(std::string const& kind) const {
  std::vector<std::string> addresses;
  for (auto const& [name, server] : servers_) {
    if (name.starts_with(kind)) addresses.push_back(server.address);
  }
  return addresses;
}

std::vector<std::string> CaseHouse::ticketing() const {
  return AddressesOf("ticketing");
}

std::vector<std::string> CaseHouse::renewal() const {
  return AddressesOf("renewal");
}

std::string CaseHouse::authority() const {
  return servers_.at("authority").address;
}

certification::v1::CountIssuancesResponse CaseHouse::CountIssuances() const {
  auto const stub = certification::v1::LedgerService::NewStub(
      grpc::CreateChannel(authority(), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  context.set_deadline(std::chrono::system_clock::now() + kReady);
  certification::v1::CountIssuancesResponse counted;
  if (!stub->CountIssuances(&context, {}, &counted).ok()) {
    std::fprintf(stderr, "The ledger cannot be asked.\n");
    std::abort();
  }
  return counted;
}

std::map<std::string, std::string> CaseHouse::Kept() const {
  std::map<std::string, std::string> kept;
  kept["redis"] = redis_.DumpAll();
  for (auto const& root : {folder_, redis_.folder()}) {
    for (auto const& entry :
         std::filesystem::recursive_directory_iterator(root)) {
      if (!entry.is_regular_file()) continue;
      kept[entry.path().string()] = ReadAll(entry.path());
    }
  }
  return kept;
}

}  // namespace madoguchi::robustness
