// Whole worlds, each drawn from a seed: docs/simulator.md.
//
//   TOPUP_SEED=n          that seed alone, and its story if it fails
//   TOPUP_SIM_SEEDS=n     so many in memory, and as many on files
//   TOPUP_SOAK_SECONDS=n  [soak]: as many as there is time for, every tenth on a file
//   TOPUP_SOAK_FIRST=n    from that seed on

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "catch.h"
#include "core/archive_copy.h"
#include "sim/simulation.h"

using namespace topupd::sim;
using topup::testing::ArchiveCopy;

namespace {

std::optional<std::int64_t> number_from(const char* name) {
  const char* text = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return text == nullptr ? std::nullopt : std::optional{std::atoll(text)};
}

topupd::Log& silent_log() {
  static topupd::Log log{{topupd::LogLevel::error, topupd::LogFormat::text, "/dev/null"}};
  return log;
}

Outcome run_in_memory(const Plan& plan, Tracing tracing = Tracing::off) {
  MemoryDisk disk;
  return run(plan, {disk, silent_log(), SimStore::Checked::every_commit, tracing});
}

struct Sums {
  std::int64_t seeds = 0, events = 0, commits = 0, orders = 0, sent = 0, sent_again = 0;
  milliseconds lived{0};
  FaultCounts faults{};

  void add(const Outcome& outcome) {
    ++seeds;
    events += outcome.events;
    commits += outcome.commits;
    orders += outcome.orders;
    sent += outcome.sent;
    sent_again += outcome.sent_again;
    lived += outcome.lived;
    for (std::size_t i = 0; i < kFaults; ++i)
      faults.at(i) += outcome.faults.at(i);
  }
};

std::string text(const Sums& sums) {
  std::ostringstream out;
  auto days = sums.lived.count() / 86'400'000;
  out << sums.seeds << " seeds, " << sums.events << " steps, " << sums.commits << " commits, "
      << sums.orders << " orders, " << sums.sent << " requests sent and " << sums.sent_again
      << " sent again, " << days / 365 << " years and " << days % 365 << " days\n";
  for (const auto& row : fault_names())
    out << "  " << sums.faults.at(static_cast<std::size_t>(row.fault)) << "\t" << row.number << "\t"
        << row.words << "\n";
  return out.str();
}

// What a person needs who sees a seed fail: its least plan, and the story of that.
std::string story(const Plan& plan) {
  auto least = shrink(plan, [](const Plan& less) { return !run_in_memory(less).ok(); });
  auto outcome = run_in_memory(least, Tracing::on);
  std::string lines = "TOPUP_SEED=" + std::to_string(plan.seed) + "\n" + text(least);
  for (const auto& line : outcome.told)
    lines += line + "\n";
  return lines + outcome.violation;
}

// Files that need no disk, where the machine has such a place.
class Folder {
 public:
  Folder() {
    const std::filesystem::path memory{"/dev/shm"};
    auto parent = std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
    auto name = (parent / "topup-sim-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error{"mkdtemp failed"};
    path_ = name;
    topupd::SqliteStore made{empty_file()};
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path empty_file() const { return path_ / "empty.db"; }
  std::filesystem::path world() const { return path_ / "world"; }

 private:
  std::filesystem::path path_;
};

// Where the two books differ; empty if they are the same, record by record.
std::string difference(topup::Store& one, topup::Store& other) {
  ArchiveCopy a{one};
  ArchiveCopy b{other};
  if (a.users != b.users) return "users";
  if (a.entries != b.entries || a.postings != b.postings || a.wallets != b.wallets) return "books";
  if (a.steps != b.steps) return "steps";
  if (a.orders != b.orders || a.attempts != b.attempts) return "orders";
  if (a.charges != b.charges || a.receipts != b.receipts) return "payments";
  if (a.withdrawals != b.withdrawals || a.transfers != b.transfers) return "profit";
  if (a.adjustments != b.adjustments || a.prefunds != b.prefunds || a.moves != b.moves)
    return "treasury";
  if (a.incidents != b.incidents) return "incidents";
  return a.keys != b.keys ? "keys" : "";
}

// The same world on a file and in memory; the process dies by its files being copied as they are.
Outcome run_on_file(const Plan& plan, const Folder& folder) {
  MemoryDisk memory;
  auto expected = run(plan, {memory, silent_log(), SimStore::Checked::now_and_then});
  SqliteDisk file{folder.world(), folder.empty_file()};
  auto outcome = run(plan, {file, silent_log(), SimStore::Checked::now_and_then});
  if (outcome.ok() && expected.ok())
    if (auto what = difference(memory.store(), file.store()); !what.empty())
      outcome.violation = "the file and the memory differ in their " + what;
  return outcome;
}

void must_have_struck(const Sums& sums) {
  for (const auto& row : fault_names()) {
    INFO(row.words);
    CHECK(sums.faults.at(static_cast<std::size_t>(row.fault)) > 0);
  }
}

}  // namespace

TEST_CASE("no seed loses, doubles or invents a rupiah", "[sim]") {
  auto only = number_from("TOPUP_SEED");
  auto first = only.value_or(1);
  auto seeds = only ? 1 : number_from("TOPUP_SIM_SEEDS").value_or(3'000);
  Sums sums;
  for (auto seed = first; seed < first + seeds; ++seed) {
    auto plan = draw_plan(static_cast<std::uint64_t>(seed));
    auto outcome = run_in_memory(plan);
    sums.add(outcome);
    if (!outcome.ok()) FAIL(outcome.violation << "\n" << story(plan));
  }
  std::cout << "in memory: " << text(sums);
  if (seeds >= 1'000) must_have_struck(sums);
}

TEST_CASE("a world on a file ends as the same world in memory", "[sim]") {
  auto only = number_from("TOPUP_SEED");
  auto first = only.value_or(1);
  auto seeds = only ? 1 : number_from("TOPUP_SIM_SEEDS").value_or(300);
  Folder folder;
  Sums sums;
  for (auto seed = first; seed < first + seeds; ++seed) {
    auto outcome = run_on_file(draw_plan(static_cast<std::uint64_t>(seed)), folder);
    sums.add(outcome);
    if (!outcome.ok()) FAIL("TOPUP_SEED=" << seed << "\n" << outcome.violation);
  }
  std::cout << "on files: " << text(sums);
}

TEST_CASE("a plan that fails is cut down to what it fails by, and fails in the same way again",
          "[sim]") {
  // As if to sell twice were a fault.
  const auto fails = [](const Plan& plan) { return run_in_memory(plan).orders >= 2; };
  auto plan = draw_plan(1);
  while (!fails(plan))
    plan = draw_plan(plan.seed + 1);
  const auto least = shrink(plan, fails);
  CHECK(fails(least));
  CHECK(plan.acts.size() > 2);
  CHECK(least.acts.size() == 2);
  CHECK(least.heats == Heats{});

  const auto once = run_in_memory(least, Tracing::on);
  const auto again = run_in_memory(least, Tracing::on);
  CHECK_FALSE(once.told.empty());
  CHECK(once.told == again.told);
}

TEST_CASE("seeds for as long as there is time", "[.][soak]") {
  using Clock = std::chrono::steady_clock;
  auto until = Clock::now() + std::chrono::seconds{number_from("TOPUP_SOAK_SECONDS").value_or(60)};
  Folder folder;
  Sums memory;
  Sums files;
  for (auto seed = number_from("TOPUP_SOAK_FIRST").value_or(1'000'000); Clock::now() < until;
       ++seed) {
    auto plan = draw_plan(static_cast<std::uint64_t>(seed));
    bool on_file = seed % 10 == 0;
    auto outcome = on_file ? run_on_file(plan, folder) : run_in_memory(plan);
    (on_file ? files : memory).add(outcome);
    if (!outcome.ok()) FAIL(outcome.violation << "\n" << story(plan));
  }
  std::cout << "in memory: " << text(memory) << "on files: " << text(files);
}
