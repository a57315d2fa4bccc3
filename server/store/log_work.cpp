#include "store/log_work.h"

namespace topupd {

LogWork work_on(const LogState& log, const LogLimits& limits) {
  if (log.left <= 0) return LogWork::nothing;
  const bool is_too_long = log.pages >= limits.too_long_from;
  if (log.is_being_copied) return is_too_long ? LogWork::copy_here : LogWork::nothing;
  if (log.pages >= limits.long_from && !log.is_held_up)
    return is_too_long || log.left <= limits.left_to_writer ? LogWork::copy_here
                                                            : LogWork::copy_aside;
  // The writer waits for a reader that stays ever more seldom.
  if (is_too_long && log.grown < log.pages / 4) return LogWork::nothing;
  if (log.grown < (log.nobody_waits ? limits.grown_idle : limits.grown_busy))
    return LogWork::nothing;
  return is_too_long ? LogWork::copy_here : LogWork::copy_aside;
}

}  // namespace topupd
