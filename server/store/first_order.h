// Where a time begins among the orders.

#pragma once

#include <cstdint>

#include "topup/time.h"

namespace topupd {

struct Snapshot;

// The id after the newest order's.
std::int64_t end_of_orders(Snapshot& snapshot);

// The id of the first order made then or later; past the last one if there is none.  Orders are
// numbered in the order in which they are made, and none is older than the one before it even where
// the clock was set back (place_order), so that no index over the time is needed.  Reads some
// twenty orders.
std::int64_t first_order(Snapshot& snapshot, topup::Timestamp at);

}  // namespace topupd
