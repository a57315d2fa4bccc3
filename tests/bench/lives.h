// The commands of an order's life, as the server gives them.

#pragma once

#include <chrono>

#include "bench/workload.h"
#include "topup/store.h"

namespace topupd::bench {

topup::Timestamp moment();

// A refusal throws std::logic_error: the workload is made so that there is none.
topup::AttemptId place(topup::Tx& tx, const ShopSize& size, std::int64_t order);
void begin(topup::Tx& tx, topup::AttemptId attempt);
void succeed(topup::Tx& tx, topup::AttemptId attempt);

}  // namespace topupd::bench
