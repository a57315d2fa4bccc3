#include "bench/served.h"

#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "bench/load.h"
#include "bench/shop.h"
#include "bench/sync_counts.h"
#include "store/open.h"

namespace topupd::bench {
namespace {

constexpr std::chrono::seconds kStartMax{60};
constexpr std::chrono::seconds kSettleMax{300};
constexpr const char* kListens = "topupd listens on http://127.0.0.1:";

// Where the output goes; emptied, so that nothing of an earlier run is taken for news.
std::string output_of(const ServedOptions& options) {
  auto files = (options.dir / "serve").string();
  std::filesystem::remove(files + ".out");
  return files;
}

std::vector<std::string> command_of(const ServedOptions& options) {
  std::vector<std::string> command{"/usr/bin/env"};
  if (!options.sync_probe.empty()) {
    command.push_back("LD_PRELOAD=" + options.sync_probe.string());
    command.push_back(std::string{kSyncFileVariable} + "=" + (options.dir / "syncs").string());
    command.push_back(std::string{kSyncDelayVariable} + "=" +
                      std::to_string(options.sync_delay_us));
  }
  for (const auto& word :
       {options.program.string(), std::string{"serve"}, std::string{"--data"}, options.dir.string(),
        std::string{"--listen"}, std::string{"127.0.0.1:0"}, std::string{"--sandbox.enabled"},
        std::string{"--limits.api_per_minute"}, std::string{"0"}, std::string{"--log.level"},
        options.log_level})
    command.push_back(word);
  if (options.deliveries == Deliveries::none)
    command.insert(command.end(), {"--suppliers.calls", "0"});
  return command;
}

// The number behind the word at the beginning of a line; 0 if there is none.
std::int64_t number_in(std::istream& lines, const std::string& word) {
  std::string line;
  while (std::getline(lines, line))
    if (line.starts_with(word))
      return static_cast<std::int64_t>(std::stod(line.substr(word.size())));
  return 0;
}

std::int64_t proc_number(int pid, const std::string& file, const std::string& word) {
  std::ifstream stream{"/proc/" + std::to_string(pid) + "/" + file};
  return number_in(stream, word);
}

std::int64_t syncs_in(const std::filesystem::path& file) {
  SyncCounts counts{};
  std::ifstream stream{file, std::ios::binary};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  stream.read(reinterpret_cast<char*>(&counts), sizeof counts);
  return stream ? counts.calls : 0;
}

}  // namespace

double cpu_seconds_of(int pid) {
  std::ifstream stream{"/proc/" + std::to_string(pid) + "/stat"};
  std::string text{std::istreambuf_iterator<char>{stream}, {}};
  // Behind the process's name, which may hold anything.
  std::istringstream parts{text.substr(text.rfind(')') + 2)};
  std::string skipped;
  for (int i = 0; i < 11; ++i)
    parts >> skipped;
  double user = 0;
  double system = 0;
  parts >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

Served::Served(const ServedOptions& options)
    : options_{options},
      child_{std::make_unique<test::ChildProcess>(command_of(options), output_of(options))} {
  auto deadline = std::chrono::steady_clock::now() + kStartMax;
  while (true) {
    auto out = child_->out();
    auto at = out.find(kListens);
    if (at != std::string::npos && out.find('\n', at) != std::string::npos) {
      port_ = std::stoi(out.substr(at + std::string{kListens}.size()));
      return;
    }
    if (!child_->is_running() || std::chrono::steady_clock::now() > deadline)
      throw std::runtime_error{"topupd does not serve: " + child_->err()};
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
}

Served::~Served() {
  try {
    child_->signal(SIGTERM);
    child_->wait();
  } catch (const std::exception&) {
    // The child is killed with its object.
  }
}

Usage Served::usage() const {
  Usage usage;
  usage.cpu_seconds = cpu_seconds_of(pid());
  usage.syncs = syncs_in(options_.dir / "syncs");
  usage.written_bytes = proc_number(pid(), "io", "write_bytes: ");
  usage.resident_bytes = 1024 * proc_number(pid(), "status", "VmRSS:");
  auto metrics = ask(port_, "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  std::istringstream first{metrics};
  usage.commits = number_in(first, "topupd_store_commits ");
  std::istringstream second{metrics};
  usage.transactions = number_in(second, "topupd_store_transactions ");
  return usage;
}

std::int64_t Served::unfinished() const {
  auto db = open_for_reading(database(options_.dir).string());
  return db.integer("SELECT count(*) FROM attempts WHERE due_at IS NOT NULL");
}

void Served::settle() const {
  if (options_.deliveries == Deliveries::none) return;
  auto deadline = std::chrono::steady_clock::now() + kSettleMax;
  while (unfinished() > 0) {
    if (std::chrono::steady_clock::now() > deadline)
      throw std::runtime_error{"orders are never delivered"};
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
}

}  // namespace topupd::bench
