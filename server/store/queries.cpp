#include "store/queries.h"

#include <utility>

#include "store/reader_pool.h"

namespace topupd {
namespace {

// sql ends in: id < ? ORDER BY id DESC LIMIT ?
template <class Record, std::size_t kSize, class... Values>
Page<Record> page_of(const SqliteStore& store, const PageRequest& page, const char (&sql)[kSize],
                     const Values&... values) {
  std::vector<Record> found;
  store.look([&](Snapshot& snapshot) {
    auto query = snapshot.db.query(sql);
    bind_all(query, values..., bound_of(page), limit_of(page) + 1);
    found = all<Record>(query, snapshot.formats);
  });
  return cut(std::move(found), page);
}

}  // namespace

Page<topup::Charge> deposits(const SqliteStore& store, topup::UserId user,
                             const PageRequest& page) {
  return page_of<topup::Charge>(store, page,
                                "SELECT * FROM charges WHERE user_id = ? AND purpose = 'deposit' "
                                "AND id < ? ORDER BY id DESC LIMIT ?",
                                user);
}

Page<topup::Withdrawal> withdrawals(const SqliteStore& store, topup::UserId user,
                                    const PageRequest& page) {
  return page_of<topup::Withdrawal>(
      store, page,
      "SELECT * FROM withdrawals WHERE user_id = ? AND id < ? ORDER BY id DESC LIMIT ?", user);
}

Page<StatementLine> statement(SqliteStore& store, topup::LedgerAccount account,
                              const PageRequest& page) {
  return store.read([&](const topup::View& view) {
    Page<StatementLine> result;
    auto at = page.after > 0 ? topup::PostingId{page.after}
                             : view.wallet(topup::UserId{account.owner})[account.kind].last;
    while (at.value > 0) {
      auto posting = view.posting(at);
      if (!posting) break;
      const auto& [debit, credit, amount] = posting->posting;
      if (debit != account && credit != account) break;
      if (static_cast<int>(result.records.size()) == limit_of(page)) {
        result.next = at.value;
        break;
      }
      const auto& mark = debit == account ? posting->debit : posting->credit;
      bool grows = (debit == account) == grows_by_debit(account.kind);
      auto entry = view.entry(posting->entry).value_or(topup::StoredEntry{});
      result.records.push_back({*posting, entry, grows ? amount : -amount, mark.after});
      at = mark.previous;
    }
    return result;
  });
}

Page<topup::User> users(const SqliteStore& store, const std::string& beginning,
                        const PageRequest& page) {
  if (beginning.empty())
    return page_of<topup::User>(store, page,
                                "SELECT * FROM users WHERE id < ? ORDER BY id DESC LIMIT ?");
  auto end = beginning + "\xf4\x8f\xbf\xbf";  // the last character there is
  return page_of<topup::User>(store, page,
                              "SELECT * FROM users WHERE (username BETWEEN ? AND ? "
                              "OR email BETWEEN ? AND ?) AND id < ? ORDER BY id DESC LIMIT ?",
                              beginning, end, beginning, end);
}

Page<topup::Withdrawal> withdrawals(const SqliteStore& store, topup::WithdrawalState state,
                                    const PageRequest& page) {
  return page_of<topup::Withdrawal>(
      store, page, "SELECT * FROM withdrawals WHERE state = ? AND id < ? ORDER BY id DESC LIMIT ?",
      state);
}

Page<topup::Adjustment> adjustments(const SqliteStore& store, topup::AdjustmentState state,
                                    const PageRequest& page) {
  return page_of<topup::Adjustment>(
      store, page, "SELECT * FROM adjustments WHERE state = ? AND id < ? ORDER BY id DESC LIMIT ?",
      state);
}

Page<topup::Receipt> waiting_receipts(const SqliteStore& store, const PageRequest& page) {
  return page_of<topup::Receipt>(store, page,
                                 "SELECT * FROM receipts INDEXED BY receipts_waiting "
                                 "WHERE state = 'waiting' AND id < ? ORDER BY id DESC LIMIT ?");
}

Page<topup::Receipt> receipts(const SqliteStore& store, topup::ReceiptState state,
                              const PageRequest& page) {
  if (state == topup::ReceiptState::waiting) return waiting_receipts(store, page);
  return page_of<topup::Receipt>(
      store, page, "SELECT * FROM receipts WHERE state = ? AND id < ? ORDER BY id DESC LIMIT ?",
      state);
}

Page<topup::Incident> open_incidents(const SqliteStore& store, const PageRequest& page) {
  return page_of<topup::Incident>(store, page,
                                  "SELECT * FROM incidents INDEXED BY incidents_open "
                                  "WHERE closed_at IS NULL AND id < ? ORDER BY id DESC LIMIT ?");
}

namespace {

std::string deposits_sql(const DepositFilter& filter) {
  std::string sql{"SELECT * FROM charges INDEXED BY "};
  sql += filter.user ? "charges_deposits_of_user" : "charges_deposits";
  sql += " WHERE purpose = 'deposit' AND id < ?1";
  if (filter.user) sql += " AND user_id = ?3";
  if (filter.state) sql += " AND state = ?4";
  return sql + " AND ?4 IS ?4 ORDER BY id DESC LIMIT ?2";
}

}  // namespace

Page<topup::Charge> deposits(const SqliteStore& store, const DepositFilter& filter,
                             const PageRequest& page) {
  std::vector<topup::Charge> found;
  store.look([&](Snapshot& snapshot) {
    auto query = snapshot.db.query(deposits_sql(filter));
    bind_all(query, bound_of(page), limit_of(page) + 1, filter.user, filter.state);
    found = all<topup::Charge>(query, snapshot.formats);
  });
  return cut(std::move(found), page);
}

Page<topup::AuditLine> audit_log(const SqliteStore& store, const AuditFilter& filter,
                                 const PageRequest& page) {
  using Line = topup::AuditLine;
  const auto& [by, deed] = filter;
  if (by && !deed.empty())
    return page_of<Line>(store, page,
                         "SELECT * FROM audit INDEXED BY audit_by_deed WHERE cause = ? "
                         "AND deed = ? AND id < ? ORDER BY id DESC LIMIT ?",
                         *by, deed);
  if (by)
    return page_of<Line>(store, page,
                         "SELECT * FROM audit WHERE cause = ? AND id < ? ORDER BY id DESC LIMIT ?",
                         *by);
  if (!deed.empty())
    return page_of<Line>(store, page,
                         "SELECT * FROM audit WHERE deed = ? AND id < ? ORDER BY id DESC LIMIT ?",
                         deed);
  return page_of<Line>(store, page, "SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?");
}

std::vector<topup::Step> history(const SqliteStore& store, topup::OrderId order) {
  std::vector<topup::Step> steps;
  store.look([&](Snapshot& snapshot) {
    auto query = snapshot.db.query(
        "SELECT subject, subject_id, event, from_state, to_state, cause, at, made, seal FROM steps "
        "WHERE (subject = 'order' AND subject_id = ?1) "
        "OR (subject = 'attempt' AND subject_id IN (SELECT id FROM attempts WHERE order_id = ?1)) "
        "OR (subject = 'charge' AND subject_id IN (SELECT id FROM charges WHERE order_id = ?1)) "
        "ORDER BY id");
    bind_all(query, order);
    steps = all<topup::Step>(query, snapshot.formats);
  });
  return steps;
}

std::vector<topup::Tier> tiers(const SqliteStore& store) {
  std::vector<topup::Tier> found;
  store.look([&](Snapshot& snapshot) {
    auto query = snapshot.db.query("SELECT * FROM tiers ORDER BY name");
    found = all<topup::Tier>(query, snapshot.formats);
  });
  return found;
}

OpenCounts open_counts(const SqliteStore& store) {
  OpenCounts counts;
  store.look([&](Snapshot& snapshot) {
    static const auto kByState =
        "SELECT count(*), state FROM orders INDEXED BY orders_open WHERE " + open_condition() +
        " GROUP BY state";
    auto by_state = snapshot.db.query(kByState);
    while (by_state.next()) {
      topup::OrderState state{};
      Reader{by_state, snapshot.formats, 1}(state);
      counts.orders[state] = by_state.integer(0);
    }
    auto rest = snapshot.db.query(
        "SELECT (SELECT count(*) FROM attempts WHERE due_at IS NOT NULL), "
        "(SELECT min(due_at) FROM attempts WHERE due_at IS NOT NULL), "
        "(SELECT count(*) FROM receipts WHERE state = 'waiting'), "
        "(SELECT count(*) FROM withdrawals WHERE state = 'requested'), "
        "(SELECT count(*) FROM adjustments WHERE state = 'proposed'), "
        "(SELECT count(*) FROM incidents WHERE closed_at IS NULL)");
    rest.next();
    Reader{rest, snapshot.formats}(counts.due_attempts, counts.first_due_attempt,
                                   counts.waiting_receipts, counts.requested_withdrawals,
                                   counts.proposed_adjustments, counts.incidents);
  });
  return counts;
}

PriceList price_list(const SqliteStore& store) {
  PriceList list;
  store.look([&](Snapshot& snapshot) {
    auto query = snapshot.db.query(
        "SELECT s.*, (SELECT o.cost FROM offers o JOIN providers p ON p.id = o.provider_id "
        "WHERE o.service_id = s.id AND o.active = 1 AND p.active = 1 "
        "ORDER BY o.priority, o.id LIMIT 1) FROM services s ORDER BY s.id");
    while (query.next()) {
      ListedService listed;
      Reader read{query, snapshot.formats};
      columns(read, listed.service);
      read(listed.cost);
      list.services.push_back(std::move(listed));
    }
    list.rules = snapshot.view.price_rules();
  });
  return list;
}

}  // namespace topupd
