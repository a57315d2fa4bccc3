#include "store/shop_lists.h"

#include "store/reader_pool.h"

namespace topupd {

std::vector<topup::Offer> offers_in_use(const SqliteStore& store) {
  std::vector<topup::Offer> found;
  store.look([&](Snapshot& snapshot) {
    auto query = snapshot.db.query(
        "SELECT o.* FROM offers o JOIN providers p ON p.id = o.provider_id "
        "WHERE o.active = 1 AND p.active = 1 ORDER BY o.service_id, o.priority, o.id");
    found = all<topup::Offer>(query, snapshot.formats);
  });
  return found;
}

std::map<std::string, std::int64_t> resellers_by_tier(const SqliteStore& store) {
  std::map<std::string, std::int64_t> counts;
  store.look([&](Snapshot& snapshot) {
    auto query =
        snapshot.db.query("SELECT tier, count(*) FROM users WHERE role = 'reseller' GROUP BY tier");
    while (query.next())
      counts[query.text(0)] = query.integer(1);
  });
  return counts;
}

}  // namespace topupd
