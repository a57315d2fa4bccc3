// One file of a run, and what is measured on it.

#pragma once

#include <filesystem>

#include "bench/load.h"
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

// Who takes orders over HTTP, from which resellers.
struct Shopfront {
  int port = 0;
  const std::vector<std::string>& keys;
  int connections = 64;
};

// That many new orders.  Throws std::runtime_error if one fails.
LoadResult place_orders(Scene& scene, const Shopfront& front, std::int64_t count);

// As many as take about options.seconds, or warm_up if that is more, after warm_up others.
LoadResult place_for_a_while(Scene& scene, const Shopfront& front, std::int64_t warm_up);

// Orders over HTTP: the main comparison with the limits, then other numbers of connections.
void measure_orders(Scene& scene);

// What clients ask for without changing anything.
void measure_reads(Scene& scene);

}  // namespace topupd::bench
