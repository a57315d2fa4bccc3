// The raw limit: the recorded statements and nothing else, in C, on one thread.

#pragma once

#include <span>
#include <string>

#include "bench/recording.h"
#include "bench/stopwatch.h"

namespace topupd::bench {

struct Replayed {
  Pace pace;             // of commands
  double log_bytes = 0;  // that a command adds to the write-ahead log
};

// One list after another in groups that share a commit: a group of the first,
// the same group of the second, and so on.  The lists are equally long; what is counted is
// their length.  Pragmas, sync and the moments of checkpoints are the product's.
//
// warm_up: commands at the beginning that are not counted.
struct ReplayOptions {
  std::size_t group = 64;
  std::size_t warm_up = 0;
};
Replayed replay(const std::string& file, std::span<const Recording> lists,
                const ReplayOptions& options);

}  // namespace topupd::bench
