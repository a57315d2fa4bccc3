#include "store/log_work.h"

namespace topupd {

LogWork work_on(const LogState& log, const LogLimits& limits) {
  if (log.left <= 0) return LogWork::nothing;
  const bool is_too_long = log.pages >= limits.too_long_from;
  const bool is_much = log.left >= 2 * limits.too_long_from;
  const bool is_quarter_new = log.grown >= log.pages / 4;
  if (log.is_being_copied)
    return is_too_long && (!is_much || is_quarter_new) ? LogWork::copy_here : LogWork::nothing;
  // Orders would wait for seconds.
  const auto before_it_grows = is_much ? LogWork::copy_aside : LogWork::copy_here;
  if (log.pages >= limits.long_from && !log.is_held_up)
    return is_too_long || log.left <= limits.left_to_writer ? before_it_grows : LogWork::copy_aside;
  // The writer waits for a reader that stays ever more seldom.
  if (is_too_long) return is_quarter_new || log.is_time ? before_it_grows : LogWork::nothing;
  const bool has_grown = log.grown >= (log.nobody_waits ? limits.grown_idle : limits.grown_busy);
  return has_grown ? LogWork::copy_aside : LogWork::nothing;
}

}  // namespace topupd
