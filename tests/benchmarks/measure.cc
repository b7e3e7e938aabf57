#include "tests/benchmarks/measure.h"
#include <linux/magic.h>
#include <sys/statfs.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace madoguchi::benchmark {
namespace {

constexpr int kSyncs = 500;
constexpr std::size_t kSyncedBytes = 4096;

}  // namespace

void Die(std::string const& why) {
  std::fprintf(stderr, "benchmarks: %s\n", why.c_str());
  std::exit(1);
}

double Percentile(std::vector<double> const& sorted, double share) {
  if (sorted.empty()) return 0;
  auto const rank = std::ceil(share * static_cast<double>(sorted.size()));
  auto const index = static_cast<std::size_t>(std::max(rank, 1.0)) - 1;
  return sorted[std::min(index, sorted.size() - 1)];
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  auto const size = values.size();
  if (size == 0) return 0;
  return (values[(size - 1) / 2] + values[size / 2]) / 2;
}

std::string Fixed(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

std::string MedianWithSpread(std::vector<double> values, int digits) {
  if (values.empty()) return "nothing";
  auto const [low, high] = std::minmax_element(values.begin(), values.end());
  return Fixed(Median(values), digits) + " (" + Fixed(*low, digits) + "-" +
         Fixed(*high, digits) + ")";
}

double CpuMicroseconds(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  if (!std::getline(in, line)) {
    Die("process " + std::to_string(pid) + " is gone");
  }
  // The name may hold anything, so count from behind it: utime and stime are
  // the 12th and 13th.
  std::istringstream rest(line.substr(line.rfind(')') + 1));
  std::string skipped;
  for (int i = 0; i != 11; ++i) rest >> skipped;
  double user = 0;
  double system = 0;
  rest >> user >> system;
  static auto const ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  return (user + system) / ticks * 1e6;
}

double ResidentKib(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/status");
  std::string word;
  while (in >> word) {
    double kib = 0;
    if (word == "VmRSS:" && in >> kib) return kib;
  }
  Die("process " + std::to_string(pid) + " is gone");
}

SyncTimes MeasureSync(std::string const& folder) {
  struct statfs disk {};
  if (statfs(folder.c_str(), &disk) != 0) Die("no folder " + folder);
  if (disk.f_type == TMPFS_MAGIC || disk.f_type == RAMFS_MAGIC) {
    Die(folder + " is in memory: set TMPDIR to a folder on a disk");
  }
  auto const path = folder + "/sync-probe.tmp";
  int const fd = open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0) Die("cannot write to " + folder);
  std::string const block(kSyncedBytes, 'x');
  std::vector<double> took;
  for (int i = 0; i != kSyncs; ++i) {
    auto const began = std::chrono::steady_clock::now();
    if (write(fd, block.data(), block.size()) < 0 || fdatasync(fd) != 0) {
      Die("cannot write to " + folder);
    }
    took.push_back(std::chrono::duration<double, std::milli>(
                       std::chrono::steady_clock::now() - began)
                       .count());
  }
  close(fd);
  unlink(path.c_str());
  std::sort(took.begin(), took.end());
  return {Percentile(took, 0.5), Percentile(took, 0.99)};
}

std::string InWords(SyncTimes const& times) {
  return "fdatasync here: p50 " + Fixed(times.p50_ms, 2) + " ms, p99 " +
         Fixed(times.p99_ms, 2) + " ms";
}

}  // namespace madoguchi::benchmark
