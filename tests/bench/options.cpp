#include "bench/options.h"

#include <CLI/CLI.hpp>

namespace topupd::bench {
namespace {

std::filesystem::path beside_this_program(const char* name) {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / name;
}

void add_files(CLI::App& app, Options& options) {
  app.add_option("--topupd", options.program, "the server to measure; the one beside this program");
  app.add_option("--root", options.root, "where files are made and kept");
  app.add_option("--json", options.json, "writes the figures there");
  app.add_option("--plot", options.plot, "draws them there, as SVG");
  app.add_option("--compare", options.compare, "prints how two JSON files differ, and ends")
      ->expected(2);
}

void add_sizes(CLI::App& app, Options& options) {
  app.add_option("--orders", options.orders, "finished orders in the file, one or more sizes")
      ->delimiter(',');
  app.add_option("--resellers", options.resellers, "resellers in the file, one for each size")
      ->delimiter(',');
  app.add_option("--services", options.services, "services in the catalogue");
  app.add_option("--connections", options.connections, "how many to measure with")->delimiter(',');
  app.add_option("--peer", options.peers,
                 "NAME=PORT or NAME=COMMAND: another program to compare with, see peers.h");
  app.add_option("--rounds", options.rounds, "of the main comparison; the median counts");
  app.add_option("--seconds", options.seconds, "of each load, about");
}

void add_circumstances(CLI::App& app, Options& options) {
  app.add_option("--log-level", options.log_level, "of the server");
  app.add_option("--sync-delay-us", options.sync_delay_us, "makes every fsync slower by that");
  app.add_flag("!--no-orders", options.measure_orders, "leaves the writing out");
  app.add_flag("!--no-reads", options.measure_reads, "leaves the reading out");
  app.add_flag("!--no-ref-ids", options.ref_ids, "new orders have no ref_id");
  app.add_option("--only", options.only, "reads only what has this in its name");
  app.add_flag("--statements", options.show_statements, "prints what an order executes");
}

}  // namespace

std::optional<Options> options_of(int argc, const char* const* argv) {
  Options options;
  options.program = beside_this_program("topupd");
  options.sync_probe = beside_this_program("libtopup_sync_probe.so");
  CLI::App app{"Measures topupd on this machine; docs/benchmark.md explains the figures",
               "topup_bench"};
  add_files(app, options);
  add_sizes(app, options);
  add_circumstances(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& end) {
    app.exit(end);
    return std::nullopt;
  }
  return options;
}

}  // namespace topupd::bench
