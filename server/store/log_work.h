// What is to be done about a write-ahead log, and when.

#pragma once

#include <cstdint>

namespace topupd {

// When the log is copied, in its pages of 4 KiB.
struct LogLimits {
  // It is copied again when it has grown by so much: more would be read and written at once, and
  // less would copy the same pages again and again.
  std::int64_t grown_idle = 256;
  std::int64_t grown_busy = 1'024;
  // From here on it shall begin anew, as soon as the writer need copy no more than that.
  std::int64_t long_from = 4'096;
  std::int64_t left_to_writer = 512;
  // From here on the writer copies all that is left, unless that is twice as much, and waits for
  // readers so that it begins anew.  If one stays, or the copy failed, it is tried again when a
  // quarter of the log is new, or after some time.
  std::int64_t too_long_from = 16'384;
};

// The log as it stands between two transactions.
struct LogState {
  std::int64_t pages = 0;
  std::int64_t grown = 0;  // since the last copy began
  std::int64_t left = 0;   // that no copy has reached
  bool is_being_copied = false;
  bool is_held_up = false;  // a reader of an older state stopped the last copy, or it failed
  bool nobody_waits = false;
  bool is_time = false;  // the last copy began long ago
};
enum class LogWork { nothing, copy_aside, copy_here };
LogWork work_on(const LogState& log, const LogLimits& limits);

}  // namespace topupd
