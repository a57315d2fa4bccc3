#include "store/touched.h"

#include <algorithm>

#include "store/reader_pool.h"

namespace topupd {

namespace {

constexpr std::int64_t kStepsMax = 5'000;

std::int64_t last_step(Snapshot& snapshot) {
  auto query = snapshot.db.query("SELECT coalesce(max(id), 0) FROM steps");
  query.next();
  return query.integer(0);
}

}  // namespace

std::int64_t last_step(const SqliteStore& store) {
  std::int64_t last = 0;
  store.look([&](Snapshot& snapshot) { last = last_step(snapshot); });
  return last;
}

Touched touched_since(const SqliteStore& store, std::int64_t step) {
  Touched touched;
  store.look([&](Snapshot& snapshot) {
    touched.last = std::min(last_step(snapshot), step + kStepsMax);
    auto query = snapshot.db.query(
        "SELECT DISTINCT coalesce(orders.user_id, charges.user_id, withdrawals.user_id, "
        "adjustments.user_id) AS owner FROM steps "
        "LEFT JOIN orders ON subject = 'order' AND orders.id = subject_id "
        "LEFT JOIN charges ON subject = 'charge' AND charges.id = subject_id "
        "LEFT JOIN withdrawals ON subject = 'withdrawal' AND withdrawals.id = subject_id "
        "LEFT JOIN adjustments ON subject = 'adjustment' AND adjustments.id = subject_id "
        "WHERE steps.id > ?1 AND steps.id <= ?2 AND owner IS NOT NULL ORDER BY owner");
    bind_all(query, step, touched.last);
    while (query.next())
      touched.users.push_back(topup::UserId{query.integer(0)});
  });
  return touched;
}

}  // namespace topupd
