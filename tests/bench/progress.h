// A bar on standard error that grows while something long is done.

#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <string>

namespace topupd::bench {

class Progress {
 public:
  Progress(std::string things, std::int64_t total) : things_{std::move(things)}, total_{total} {}
  ~Progress() { std::cerr << '\n'; }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(std::int64_t done) const {
    constexpr std::int64_t kWidth = 40;
    auto filled = static_cast<std::size_t>(kWidth * done / std::max<std::int64_t>(total_, 1));
    std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin_;
    std::string bar(kWidth, '.');
    std::fill_n(bar.begin(), filled, '#');
    auto rate =
        static_cast<std::int64_t>(static_cast<double>(done) / std::max(passed.count(), 1e-3));
    std::cerr << "\r[" << bar << "] " << done << " of " << total_ << ' ' << things_ << ", " << rate
              << " a second " << std::flush;
  }

 private:
  const std::string things_;
  const std::int64_t total_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace topupd::bench
