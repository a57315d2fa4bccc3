#include "store/order_list.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "store/first_order.h"
#include "store/reader_pool.h"

namespace topupd {
namespace {

using topup::Order;
using topup::OrderState;
using topup::OrderStatus;

// Of what is pending it is open_condition().
std::string is_one_of(OrderStatus status) {
  return state_condition([&](OrderState state) { return status_of(state) == status; });
}

// The text depends on which fields are set; the parameters are always the same.
std::string conditions(const OrderFilter& filter) {
  std::string sql;
  if (filter.status) sql += is_one_of(*filter.status) + " AND ";
  if (filter.service) sql += "service_id = ?4 AND ";
  if (!filter.target.empty()) sql += "target = ?5 AND ";
  if (filter.until) sql += "created_at < ?7 AND ";
  // The last comparison is always true: it gives the text all eight parameters.
  return sql + "?8 IS ?8";
}

std::string orders_sql(const OrderFilter& filter) {
  std::string sql{"SELECT * FROM orders"};
  if (filter.status == OrderStatus::pending) sql += " INDEXED BY orders_open";
  sql += " WHERE id < ?1 AND id >= ?8";
  if (filter.user) sql += " AND user_id = ?3";
  if (filter.from) sql += " AND created_at >= ?6";
  return sql + " AND " + conditions(filter) + " ORDER BY id DESC LIMIT ?2";
}

// One link of a user's chain.  There is no row where the chain need not be followed any more:
// the order is somebody else's, or older than what is asked for, as are all that come after it.
std::string link_sql(const OrderFilter& filter) {
  auto sql = "SELECT previous, " + conditions(filter) + ", * FROM orders";
  sql += " WHERE id = ?1 AND user_id = ?3";
  return filter.from ? sql + " AND created_at >= ?6" : sql;
}

void bind(sqlite::Query& query, std::int64_t id, const OrderFilter& filter, const PageRequest& page,
          std::int64_t first = 0) {
  bind_all(query, id, limit_of(page) + 1, filter.user, filter.service, filter.target, filter.from,
           filter.until, first);
}

// Orders of these ids: first, until before end.
struct Range {
  std::int64_t first;
  std::int64_t end;
};

Range range_of(Snapshot& snapshot, const OrderFilter& filter, const PageRequest& page) {
  Range range{1, std::min(bound_of(page), end_of_orders(snapshot))};
  if (filter.from) range.first = first_order(snapshot, *filter.from);
  if (filter.until) range.end = std::min(range.end, first_order(snapshot, *filter.until));
  return range;
}

// Of the range, the first of the newest ones: so many, and of what is pending only that counts.
std::int64_t first_looked_at(Snapshot& snapshot, const Range& range, bool is_pending, int most) {
  if (!is_pending) return std::max(range.first, range.end - most);
  static const auto kSql = "SELECT id FROM orders INDEXED BY orders_open WHERE " +
                           open_condition() +
                           " AND id < ? AND id >= ? ORDER BY id DESC LIMIT 1 OFFSET ?";
  auto query = snapshot.db.query(kSql);
  bind_all(query, range.end, range.first, most);
  return query.next() ? query.integer(0) + 1 : range.first;
}

Page<Order> listed(Snapshot& snapshot, const OrderFilter& filter, const PageRequest& page,
                   int looked_at) {
  const auto range = range_of(snapshot, filter, page);
  const auto first =
      first_looked_at(snapshot, range, filter.status == OrderStatus::pending, looked_at);
  auto query = snapshot.db.query(orders_sql(filter));
  bind(query, range.end, filter, page, first);
  auto result = cut(all<Order>(query, snapshot.formats), page);
  if (result.next == 0 && first > range.first) result.next = first;
  return result;
}

// The cursor is a link itself, so that one of another user's leads nowhere.  Where little passes
// the filter the page ends after some links, full or not, so that nobody's search takes long.
Page<Order> chained(Snapshot& snapshot, const OrderFilter& filter, const PageRequest& page,
                    int looked_at) {
  const auto sql = link_sql(filter);
  const auto most = static_cast<std::size_t>(limit_of(page));
  Page<Order> result;
  std::int64_t before = 0;  // the link that was followed last
  const int links_most = looked_at + (page.after > 0 ? 1 : 0);
  auto at = page.after > 0 ? page.after : snapshot.view.wallet(filter.user).last_order.value;
  for (int links = 0; at > 0; ++links) {
    auto query = snapshot.db.query(sql);
    bind(query, at, filter, page);
    if (!query.next()) break;
    const bool passes = query.integer(1) != 0 && at != page.after;
    if (links == links_most || (passes && result.records.size() == most)) {
      result.next = before;
      break;
    }
    if (passes) result.records.push_back(record_of<Order>(query, snapshot.formats, 2));
    before = at;
    at = query.integer(0);
  }
  return result;
}

}  // namespace

Page<Order> orders(const SqliteStore& store, const OrderFilter& filter, const PageRequest& page,
                   const LookedAt& most) {
  // What is open is little, and has an index.
  const bool is_chain = filter.user && filter.status != OrderStatus::pending;
  Page<Order> result;
  store.look([&](Snapshot& snapshot) {
    result = is_chain ? chained(snapshot, filter, page, most.links)
                      : listed(snapshot, filter, page, most.rows);
  });
  return result;
}

}  // namespace topupd
