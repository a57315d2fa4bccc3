// Whose things have taken a step, for those who want to be told.

#pragma once

#include <cstdint>
#include <vector>

#include "store/sqlite_store.h"
#include "topup/ids.h"

namespace topupd {

// The last step that anything took; 0: none yet.
std::int64_t last_step(const SqliteStore& store);

struct Touched {
  std::vector<topup::UserId> users;  // of orders, charges, withdrawals and adjustments; sorted
  std::int64_t last = 0;             // the last step that this knows of
};

// By the steps after that one, at most some thousand of them.  Safe to call from many threads.
Touched touched_since(const SqliteStore& store, std::int64_t step);

}  // namespace topupd
