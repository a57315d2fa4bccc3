// The only place that asks what time it is.
//
// Two times: record time, which is written into the database, shown to people and never goes
// back; and monotonic time, which limits, time-outs and delays run on.

#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>

#include "topup/time.h"

namespace topupd {

using MonotonicTime = std::chrono::steady_clock::time_point;

// Where the readings come from.  Thread-safe.
class TimeSource {
 public:
  virtual topup::Timestamp wall() const = 0;  // may jump either way
  virtual MonotonicTime monotonic() const = 0;

 protected:
  ~TimeSource() = default;
};

class SystemTime final : public TimeSource {
 public:
  topup::Timestamp wall() const override;
  MonotonicTime monotonic() const override;
};

// Stands still until told.  For tests.
class FakeTime final : public TimeSource {
 public:
  explicit FakeTime(topup::Timestamp wall) : wall_ms_{wall.time_since_epoch().count()} {}

  topup::Timestamp wall() const override;
  MonotonicTime monotonic() const override;

  void advance(std::chrono::milliseconds by);    // time passes
  void jump_wall(std::chrono::milliseconds by);  // somebody sets the machine's clock

 private:
  std::atomic<std::int64_t> wall_ms_;
  std::atomic<std::int64_t> monotonic_ms_{0};
};

struct ClockJump {
  std::chrono::milliseconds by;     // wall against monotonic clock; negative: it went back
  std::chrono::milliseconds since;  // how long ago it was noticed
  std::chrono::milliseconds ahead;  // by how much record time is ahead of the wall clock now
};

// Thread-safe.
class Clock {
 public:
  // A change of the wall clock, against the monotonic one, that counts as a jump.
  static constexpr std::chrono::seconds kJumpMin{60};

  // last_recorded is the newest moment in the database; empty for a new one.  A wall clock that
  // stands more than kJumpMin before it counts as a jump.  `source` must outlive the clock.
  Clock(const TimeSource& source, std::optional<topup::Timestamp> last_recorded);

  // Record time: the wall clock, but never before an earlier answer and always after
  // last_recorded.  While it is ahead of a wall clock that was set back, it passes half as fast:
  // the wall clock catches up, and what is due becomes due all the same.
  topup::Timestamp now();

  // By how much record time is ahead of the wall clock; 0 as a rule.
  std::chrono::milliseconds ahead();

  MonotonicTime monotonic() const { return source_.monotonic(); }

  // Reads the clocks, as now() does too; empty if no jump was noticed since the start.  Two
  // changes below kJumpMin, each seen by its own reading, are no jump.
  std::optional<ClockJump> last_jump();

 private:
  struct Noticed {
    std::chrono::milliseconds by;
    MonotonicTime at;
  };

  // Since when the wall clock has been before record time, which was that then.
  struct Behind {
    topup::Timestamp record;
    MonotonicTime at;
  };

  topup::Timestamp read();  // mutex_ is held
  topup::Timestamp record_time(topup::Timestamp wall);

  const TimeSource& source_;

  std::mutex mutex_;  // guards what follows
  topup::Timestamp last_;
  topup::Timestamp wall_before_;  // the two readings before this one
  MonotonicTime monotonic_before_;
  std::optional<Noticed> jump_;
  std::optional<Behind> behind_;  // while the wall clock is
};

}  // namespace topupd
