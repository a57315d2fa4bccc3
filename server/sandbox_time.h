// The sandbox's sleep: until a moment of its clock, or until it is woken.

#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>

#include "topup/time.h"

namespace topupd {

// Thread-safe.
class SandboxTime {
 public:
  using ClockFunction = std::function<topup::Timestamp()>;

  // The clock is called by many threads at once.
  explicit SandboxTime(ClockFunction clock) : clock_{std::move(clock)} {}

  topup::Timestamp now() const { return clock_(); }

  // Sleeps until the moment or stop(), whichever is first.
  void sleep_until(topup::Timestamp moment);

  // For the one sleeper that a poke() wakes.  It reads pokes() before it looks
  // for work, and sleeps only if none came since.
  std::uint64_t pokes();
  void poke();
  void sleep_until_poked(topup::Timestamp moment, std::uint64_t seen);

  // The clock was moved by hand: every sleeper looks at it again.
  void advanced();

  // Wakes every sleeper; nobody sleeps any more.
  void stop();
  bool stopped();

 private:
  void wait(std::unique_lock<std::mutex>& lock, std::condition_variable& wake,
            topup::Timestamp moment);

  ClockFunction clock_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable sleepers_;
  std::condition_variable poked_;
  std::uint64_t pokes_ = 0;
  bool stopped_ = false;
};

}  // namespace topupd
