#include "sandbox_time.h"

#include <algorithm>

namespace topupd {
namespace {

// A clock that somebody sets is looked at again at least this often.
constexpr std::chrono::milliseconds kLookAgain{60'000};

}  // namespace

void SandboxTime::wait(std::unique_lock<std::mutex>& lock, std::condition_variable& wake,
                       topup::Timestamp moment) {
  wake.wait_for(lock, std::min(kLookAgain, moment - clock_()));
}

void SandboxTime::sleep_until(topup::Timestamp moment) {
  std::unique_lock lock{mutex_};
  while (!stopped_ && clock_() < moment)
    wait(lock, sleepers_, moment);
}

std::uint64_t SandboxTime::pokes() {
  std::lock_guard lock{mutex_};
  return pokes_;
}

void SandboxTime::poke() {
  std::lock_guard lock{mutex_};
  ++pokes_;
  poked_.notify_one();
}

void SandboxTime::sleep_until_poked(topup::Timestamp moment, std::uint64_t seen) {
  std::unique_lock lock{mutex_};
  while (!stopped_ && pokes_ == seen && clock_() < moment)
    wait(lock, poked_, moment);
}

void SandboxTime::advanced() {
  std::lock_guard lock{mutex_};
  sleepers_.notify_all();
  poked_.notify_one();
}

void SandboxTime::stop() {
  std::lock_guard lock{mutex_};
  stopped_ = true;
  sleepers_.notify_all();
  poked_.notify_one();
}

bool SandboxTime::stopped() {
  std::lock_guard lock{mutex_};
  return stopped_;
}

}  // namespace topupd
