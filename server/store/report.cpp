#include "store/report.h"

#include <algorithm>
#include <map>

#include "store/first_order.h"
#include "store/reader_pool.h"

namespace topupd {

namespace {

constexpr std::int64_t kOrdersAtOnce = 20'000;

// A recovered order was delivered by an attempt that is late.
constexpr std::string_view kSums =
    "count(*), "
    "sum(orders.state IN ('succeeded', 'recovered')), "
    "sum(orders.state IN ('failed', 'reversed', 'late')), "
    "sum(iif(orders.state IN ('succeeded', 'recovered'), price + fee, 0)), "
    "sum(iif(orders.state IN ('succeeded', 'recovered'), "
    "(SELECT coalesce(sum(iif(final_cost > 0, final_cost, cost)), 0) FROM attempts "
    "WHERE order_id = orders.id "
    "AND attempts.state = iif(orders.state = 'recovered', 'late', 'succeeded')), 0)) ";

// Joined so that orders are read first, by their ids.
std::string by_orders(std::string_view key, std::string_view joins) {
  return std::string{"SELECT "}
      .append(key)
      .append(", ")
      .append(kSums)
      .append("FROM orders ")
      .append(joins)
      .append("WHERE orders.id >= ?1 AND orders.id < ?2 GROUP BY 1");
}

std::string sql_of(ReportBy by) {
  switch (by) {
    case ReportBy::day:
      return by_orders("strftime('%Y-%m-%d', created_at / 1000 + 25200, 'unixepoch')", "");
    case ReportBy::month:
      return by_orders("strftime('%Y-%m', created_at / 1000 + 25200, 'unixepoch')", "");
    case ReportBy::service:
      return by_orders("kategori || ' · ' || layanan",
                       "CROSS JOIN services ON services.id = service_id ");
    case ReportBy::reseller:
      return by_orders("username", "CROSS JOIN users ON users.id = user_id ");
    case ReportBy::provider:
      return "SELECT providers.name, count(*), sum(attempts.state = 'succeeded'), "
             "sum(attempts.state = 'failed'), "
             "sum(iif(attempts.state = 'succeeded', price + fee, 0)), "
             "sum(iif(attempts.state = 'succeeded', iif(final_cost > 0, final_cost, cost), 0)) "
             "FROM orders CROSS JOIN attempts ON order_id = orders.id "
             "CROSS JOIN providers ON providers.id = provider_id "
             "WHERE orders.id >= ?1 AND orders.id < ?2 GROUP BY 1";
  }
  __builtin_unreachable();
}

using Rows = std::map<std::string, ReportRow>;

void add(Rows& rows, const ReportRow& part) {
  auto& row = rows.try_emplace(part.key, ReportRow{.key = part.key}).first->second;
  row.orders += part.orders;
  row.success += part.success;
  row.failed += part.failed;
  row.turnover += part.turnover;
  row.cost += part.cost;
}

void add_orders(Snapshot& snapshot, const std::string& sql, std::int64_t first, std::int64_t end,
                Rows& rows) {
  auto query = snapshot.db.query(sql);
  query.bind(1, first);
  query.bind(2, end);
  while (query.next())
    add(rows, {query.text(0), query.integer(1), query.integer(2), query.integer(3),
               query.integer(4), query.integer(5)});
}

std::vector<ReportRow> in_order(const Rows& rows, ReportBy by) {
  std::vector<ReportRow> sorted;
  for (const auto& [key, row] : rows)
    sorted.push_back(row);
  if (by == ReportBy::day || by == ReportBy::month) return sorted;
  std::ranges::stable_sort(sorted, std::ranges::greater{}, &ReportRow::turnover);
  return sorted;
}

}  // namespace

std::optional<std::vector<ReportRow>> report(const SqliteStore& store, const ReportRequest& request,
                                             std::int64_t orders_max) {
  std::int64_t first = 0;
  std::int64_t end = 0;
  store.look([&](Snapshot& snapshot) {
    first = first_order(snapshot, request.from);
    end = first_order(snapshot, request.until);
  });
  if (end - first > orders_max) return std::nullopt;
  const auto sql = sql_of(request.by);
  Rows rows;
  for (; first < end; first += kOrdersAtOnce)
    store.look([&](Snapshot& snapshot) {
      add_orders(snapshot, sql, first, std::min(end, first + kOrdersAtOnce), rows);
    });
  return in_order(rows, request.by);
}

}  // namespace topupd
