// How fast this process does things, and what they cost it.

#pragma once

#include <chrono>
#include <cstddef>
#include <ctime>

namespace topupd::bench {

struct Pace {
  double rate = 0;    // things a second
  double cpu_us = 0;  // for each of them, all threads together
};

class Stopwatch {
 public:
  Pace pace(std::size_t things) const {
    std::chrono::duration<double> passed = Clock::now() - begin_;
    auto count = static_cast<double>(things);
    return {count / passed.count(), (cpu_seconds() - cpu_begin_) * 1e6 / count};
  }

 private:
  using Clock = std::chrono::steady_clock;

  static double cpu_seconds() {
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
  }

  Clock::time_point begin_ = Clock::now();
  double cpu_begin_ = cpu_seconds();
};

}  // namespace topupd::bench
