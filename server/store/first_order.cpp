#include "store/first_order.h"

#include "store/reader_pool.h"

namespace topupd {

std::int64_t end_of_orders(Snapshot& snapshot) {
  auto last = snapshot.db.query("SELECT coalesce(max(id), 0) FROM orders");
  last.next();
  return last.integer(0) + 1;
}

std::int64_t first_order(Snapshot& snapshot, topup::Timestamp at) {
  std::int64_t low = 1;
  std::int64_t high = end_of_orders(snapshot);
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    auto query =
        snapshot.db.query("SELECT created_at FROM orders WHERE id >= ?1 ORDER BY id LIMIT 1");
    query.bind(1, middle);
    const bool is_before =
        query.next() && query.integer(0) < at.time_since_epoch() / std::chrono::milliseconds{1};
    if (is_before)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

}  // namespace topupd
