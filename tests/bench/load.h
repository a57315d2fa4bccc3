// Drives an HTTP server on this machine over kept connections and measures it.
//
// The load comes from a process of its own with one thread, which keeps one
// request outstanding on each connection.  It shares the machine's processors with
// the server, so a figure here holds the cost of asking too.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace topupd::bench {

struct Load {
  int port = 0;
  int connections = 64;
  std::int64_t requests = 1'000;
  // The whole request of that number, 0 to requests - 1.  Called in the other process.
  std::function<std::string(std::int64_t)> request;
};

struct LoadResult {
  double seconds = 0;             // from the first request to the last answer
  std::vector<std::uint32_t> us;  // of each answer, ascending
  std::int64_t failed = 0;        // answered with another status than the 2xx or 304
  std::int64_t bytes = 0;         // of all answers
  std::string first_failure;      // the beginning of the first such answer

  double rate() const { return seconds > 0 ? static_cast<double>(us.size()) / seconds : 0; }
  // In ms; share: 0 to 1.
  double percentile(double share) const;
};

// Throws std::runtime_error if the server can't be reached or hangs up.
LoadResult run(const Load& load);

// One request, its whole answer.
std::string ask(int port, const std::string& request);

}  // namespace topupd::bench
