#include "http/api/limit.h"

#include <algorithm>

namespace topupd::http {

std::optional<Fault> counted(App& app, const Limit& limit, Pairs& headers) {
  if (limit.per_minute <= 0) return std::nullopt;
  const int quota =
      static_cast<int>(std::min<std::int64_t>(limit.per_minute, RateLimiter::kQuotaMax));
  const auto decision = app.limiter.admit(limit.key, quota, app.clock.monotonic());
  headers.emplace_back("RateLimit-Policy", "\"default\";q=" + std::to_string(quota) + ";w=60");
  headers.emplace_back("RateLimit", "\"default\";r=" + std::to_string(decision.remaining) +
                                        ";t=" + std::to_string(decision.reset_seconds));
  if (decision.allowed) return std::nullopt;
  return Fault{.code = ErrorCode::rate_limited, .retry_after = decision.retry_after};
}

}  // namespace topupd::http
