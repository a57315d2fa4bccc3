// How often one key, address or session may ask: an exact sliding window.
//
// With a quota of 60, the 61st request within any 60 seconds is refused; a refused request is
// not counted.  Two requests exactly one window apart are not within the same window.

#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "clock.h"

namespace topupd {

struct LimitDecision {
  bool allowed;
  int remaining;      // requests left in this window, 0 or more
  int reset_seconds;  // until one more is possible, rounded up; 0 if none was counted
  int retry_after;    // seconds, at least 1, where refused; 0 where allowed
};

// Thread-safe: a call takes one of several locks for well under a microsecond.
//
// Memory is bounded: 8 bytes for each request counted in the window, rounded up to a power of two,
// and keys_max keys.  A key whose requests have all left the window is forgotten.  Past keys_max
// the key that was allowed something longest ago is forgotten, although its window still counts:
// a flood of new addresses must lock nobody out.
class RateLimiter {
 public:
  static constexpr int kQuotaMax = 100'000;

  struct Options {
    std::chrono::milliseconds window{60'000};
    std::size_t keys_max = 65'536;  // spread over the locks, so that single ones fill up earlier
  };

  RateLimiter();
  explicit RateLimiter(Options options);
  ~RateLimiter();

  // Counts the request if it is allowed.  quota is 1 to kQuotaMax, more is cut to that, and may
  // differ from call to call; 0 or less is "no limit", where nothing is counted.  `now` that is
  // before an earlier one is taken as that one.
  LimitDecision admit(std::string_view key, int quota, MonotonicTime now);

  // Keys that are remembered at present.
  std::size_t keys() const;

 private:
  class Shard;
  static constexpr std::size_t kShards = 16;  // a power of two

  std::unique_ptr<Shard[]> shards_;
};

// What an address is counted as: an IPv4 address as it is, also when it is written as an IPv6 one
// (::ffff:192.0.2.1), and an IPv6 address as its /64 ("2001:db8::/64"), because a single
// customer is given that many.  Any other text is returned unchanged.
std::string address_bucket(std::string_view address);

}  // namespace topupd
