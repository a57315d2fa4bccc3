// The product's own benchmark; docs/benchmark.md explains its figures.

#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <thread>

#include "bench/options.h"
#include "bench/plot.h"
#include "bench/report.h"
#include "bench/scene.h"
#include "bench/shop.h"
#include "bench/sync_counts.h"
#include "server/child_process.h"

namespace topupd::bench {
namespace {

ShopSize size_of(const Options& options, std::size_t file) {
  auto last = options.resellers.size() - 1;
  return {options.orders.at(file), options.resellers.at(std::min(file, last)), options.services,
          options.ref_ids ? RefIds::random : RefIds::none};
}

// A figure of a file whose books do not balance would mean nothing.
void verify(const Options& options, const std::filesystem::path& dir) {
  std::cout << "topupd verify ... " << std::flush;
  test::ChildProcess child{{options.program.string(), "verify", "--data", dir.string()},
                           (dir / "verify").string()};
  while (child.is_running())
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  if (child.wait() != 0) throw std::runtime_error{child.out() + child.err()};
  std::cout << "every invariant holds\n";
}

void measure(const Options& options, Report& report, const ShopSize& size) {
  auto name =
      std::to_string(size.orders) + " orders, " + std::to_string(size.resellers) + " resellers";
  report.begin_file(name);
  auto kept = shop_dir(options.root, size);
  if (make_shop(kept, size) == Made::now) verify(options, kept);
  auto work = options.root / "work";
  copy_shop(kept, work);
  auto bytes = static_cast<double>(std::filesystem::file_size(database(work)));
  report.add("file", "bytes an order", bytes / static_cast<double>(size.orders));
  std::cout << "== " << name << ", " << size.services << " services; "
            << fixed(bytes / static_cast<double>(size.orders), 0)
            << " bytes an order in the file\n\n";
  Scene scene{options, report, size, work, api_keys(work), size.orders + 1};
  if (options.measure_reads) measure_reads(scene);
  if (options.measure_orders) measure_orders(scene);
  std::filesystem::remove_all(work);
}

// The limits and the plain server run in this process: they shall meet the server's slow disk.
void meet_slow_disk(const Options& options, char** argv) {
  // NOLINTBEGIN(concurrency-mt-unsafe): there is one thread
  if (options.sync_delay_us == 0 || std::getenv(kSyncDelayVariable) != nullptr) return;
  ::setenv(kSyncDelayVariable, std::to_string(options.sync_delay_us).c_str(), 1);
  ::setenv("LD_PRELOAD", options.sync_probe.c_str(), 1);
  // NOLINTEND(concurrency-mt-unsafe)
  ::execv("/proc/self/exe", argv);
  throw std::runtime_error{"can't begin again on a slower disk"};
}

int measure_all(const Options& options) {
  if (!options.compare.empty()) {
    print_comparison(options.compare.at(0), options.compare.at(1));
    return 0;
  }
  std::filesystem::create_directories(options.root);
  Report report{about_here(options.program)};
  for (const auto& [what, text] : report.about())
    std::cout << what << ": " << text << '\n';
  for (std::size_t file = 0; file < options.orders.size(); ++file)
    measure(options, report, size_of(options, file));
  if (!options.json.empty()) report.write_json(options.json);
  if (!options.plot.empty()) draw(report, options.plot);
  return 0;
}

}  // namespace
}  // namespace topupd::bench

int main(int argc, char** argv) {
  try {
    auto options = topupd::bench::options_of(argc, argv);
    if (!options) return 2;
    topupd::bench::meet_slow_disk(*options, argv);
    return topupd::bench::measure_all(*options);
  } catch (const std::exception& failure) {
    std::cerr << "topup_bench: " << failure.what() << '\n';
    return 1;
  }
}
