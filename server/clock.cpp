#include "clock.h"

#include <algorithm>

namespace topupd {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

topup::Timestamp SystemTime::wall() const {
  return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

MonotonicTime SystemTime::monotonic() const { return std::chrono::steady_clock::now(); }

topup::Timestamp FakeTime::wall() const { return topup::Timestamp{milliseconds{wall_ms_}}; }

MonotonicTime FakeTime::monotonic() const { return MonotonicTime{milliseconds{monotonic_ms_}}; }

void FakeTime::advance(milliseconds by) {
  wall_ms_ += by.count();
  monotonic_ms_ += by.count();
}

void FakeTime::jump_wall(milliseconds by) { wall_ms_ += by.count(); }

Clock::Clock(const TimeSource& source, std::optional<topup::Timestamp> last_recorded)
    : source_{source},
      last_{source.wall()},
      wall_before_{last_},
      monotonic_before_{source.monotonic()} {
  if (!last_recorded) return;
  if (last_ + kJumpMin < *last_recorded) jump_ = Noticed{last_ - *last_recorded, monotonic_before_};
  last_ = std::max(last_, *last_recorded + milliseconds{1});
}

topup::Timestamp Clock::now() {
  std::lock_guard lock{mutex_};
  return record_time(read());
}

milliseconds Clock::ahead() {
  std::lock_guard lock{mutex_};
  const auto wall = read();
  return record_time(wall) - wall;
}

topup::Timestamp Clock::record_time(topup::Timestamp wall) {
  if (wall < last_ && !behind_) behind_ = Behind{last_, monotonic_before_};
  if (behind_) {
    const auto passed = duration_cast<milliseconds>(monotonic_before_ - behind_->at);
    last_ = std::max(last_, behind_->record + passed / 2);
  }
  if (wall >= last_) {
    last_ = wall;
    behind_.reset();
  }
  return last_;
}

std::optional<ClockJump> Clock::last_jump() {
  std::lock_guard lock{mutex_};
  const auto wall = read();
  if (!jump_) return std::nullopt;
  return ClockJump{jump_->by, duration_cast<milliseconds>(monotonic_before_ - jump_->at),
                   record_time(wall) - wall};
}

topup::Timestamp Clock::read() {
  const auto wall = source_.wall();
  const auto monotonic = source_.monotonic();
  const auto passed = duration_cast<milliseconds>(monotonic - monotonic_before_);
  const auto by = (wall - wall_before_) - passed;
  if (by > kJumpMin || by < -kJumpMin) jump_ = Noticed{by, monotonic};
  wall_before_ = wall;
  monotonic_before_ = monotonic;
  return wall;
}

}  // namespace topupd
