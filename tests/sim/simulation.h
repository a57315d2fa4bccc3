// Runs a plan to its end and says what came of it; and finds the least of a plan that still fails.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/plan.h"
#include "sim/world.h"

namespace topupd::sim {

struct Outcome {
  std::string violation;  // empty: everything held
  std::vector<std::string> told;
  FaultCounts faults{};
  std::int64_t events = 0;
  std::int64_t commits = 0;
  std::int64_t sent = 0;        // purchases
  std::int64_t sent_again = 0;  // of them, as an inquiry
  std::int64_t orders = 0;
  milliseconds lived{0};

  bool ok() const { return violation.empty(); }
};

// Safety first: the acts, with the faults that the plan has.  Then nothing fails any more, and
// everything must reach a final state within kRestAtMost of virtual time, and what clocks were
// wrong by.  Then the books are held against the world.
inline constexpr std::chrono::days kRestAtMost{45};
Outcome run(const Plan& plan, const Ground& ground);

// The plan with fewest acts and faults that was found to fail still.
Plan shrink(const Plan& plan, const std::function<bool(const Plan&)>& still_fails);

}  // namespace topupd::sim
