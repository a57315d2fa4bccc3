// Writes finished orders in bulk.
//
// Every row goes through the product's own statements (SqliteTx) in the form that
// placing, sending and delivering an order leaves behind, so that `topupd verify`
// holds.  What is left out is what such an order goes through in between: it is
// written as it ends.  Of durability nothing is kept: a loader that dies begins anew.

#pragma once

#include <filesystem>

#include "bench/workload.h"
#include "topup/seal.h"
#include "topup/time.h"

namespace topupd::bench {

// Into a shop that has no orders yet.  begin: of the first one; the last is about an hour ago.
// sealer: the one that the shop was opened with.
void write_history(const std::filesystem::path& file, const topup::Sealer& sealer,
                   const ShopSize& size, topup::Timestamp begin);

}  // namespace topupd::bench
