// One file of a run, and what is measured on it.

#pragma once

#include <filesystem>

#include "bench/options.h"
#include "bench/report.h"
#include "bench/served.h"
#include "bench/workload.h"

namespace topupd::bench {

struct Scene {
  const Options& options;
  Report& report;
  ShopSize size;
  std::filesystem::path dir;      // a copy of the shop, free to be written
  std::vector<std::string> keys;  // of the resellers
  std::int64_t next_order = 0;    // the first that is not in the file yet

  ServedOptions served(Deliveries deliveries = Deliveries::meanwhile) const {
    return {options.program,   options.sync_probe,    dir,
            options.log_level, options.sync_delay_us, deliveries};
  }
};

// Orders over HTTP: the main comparison with the limits, then other numbers of connections.
void measure_orders(Scene& scene);

// What clients ask for without changing anything.
void measure_reads(Scene& scene);

}  // namespace topupd::bench
