// How fast the product's own code could be at most on the same file, without HTTP.
//
//   raw     the statements that it executes, replayed in C (replay.h)
//   store   the library's commands on the store's writer, one thread, no queue
//   queue   the same, by 64 threads that meet in the commit queue
//
// "place" is what the client waits for: place_order alone.  "life" is all that an
// order takes until it is delivered: placed, begun, and its outcome recorded, each
// with a commit of its own, as the server has it.

#pragma once

#include <cstdint>
#include <filesystem>

#include "bench/recording.h"
#include "bench/replay.h"
#include "bench/workload.h"

namespace topupd::bench {

struct LimitOptions {
  std::int64_t orders = 8'000;  // each limit makes as many
  std::int64_t first = 0;       // number of the first order; none of them is in the file
  std::size_t group = 64;       // that share a commit
};

struct Limits {
  Replayed raw_place;
  Replayed raw_life;
  Replayed raw_single;  // place, one to a commit
  Pace store_place;
  Pace store_life;
  Pace queue_place;
  std::int64_t made = 0;            // orders, on from first
  std::vector<Recording> recorded;  // placing, beginning, ending
};

// Nobody else may use the file meanwhile.  Leaves no order open.
Limits measure_limits(const std::filesystem::path& file, const ShopSize& size,
                      const LimitOptions& options);

}  // namespace topupd::bench
