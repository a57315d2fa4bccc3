// Overwrites what erased users left behind, once it is older than the retention.
// Not thread-safe.

#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <vector>

#include "topup/erasure.h"
#include "work/workshop.h"

namespace topupd {

class ErasedSweep {
 public:
  // From the end of one sweep through all erased users to the next.
  static constexpr std::chrono::hours kEvery{24};

  // shop outlives it.
  ErasedSweep(Workshop& shop, std::chrono::hours retention) : shop_{shop}, retention_{retention} {}

  // One transaction of the sweep under way; nothing if none is due.  While the clock is
  // suspected to be wrong there is none: a date too late would forget too much.
  void look();

 private:
  void begin();

  Workshop& shop_;
  const std::chrono::hours retention_;
  std::optional<MonotonicTime> not_before_;
  std::set<topup::UserId> through_;     // nothing of theirs is left to overwrite
  std::vector<topup::UserId> waiting_;  // the last of them is under way
  topup::ErasureCursor after_;
  std::int64_t kept_ = 0;  // of the one under way
};

}  // namespace topupd
