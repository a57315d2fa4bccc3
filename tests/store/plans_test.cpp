// No statement that an order or a reseller's list needs reads a large table from end to end.

#include <string>
#include <vector>

#include "catch.h"
#include "store/fixtures.h"
#include "store/open.h"
#include "store/order_list.h"
#include "store/queries.h"
#include "store/reader_pool.h"
#include "store/records.h"
#include "store/report.h"
#include "store/system_balances.h"
#include "store/touched.h"
#include "store/trace.h"

using namespace sample;
using namespace topupd;

namespace {

const std::vector<std::string> kLarge{"orders",  "attempts",    "entries", "postings", "steps",
                                      "charges", "idempotency", "users",   "ref_ids"};

// By the index over what is open, which is little.
bool is_of_what_is_open(const std::string& step) {
  return step.ends_with("USING INDEX orders_open") ||
         step.ends_with("USING COVERING INDEX orders_open");
}

// Steps of the plans of all kept statements that scan a large table.
std::vector<std::string> scans(sqlite::Connection& db) {
  std::vector<std::string> found;
  for (const auto& sql : db.kept_statements()) {
    if (sql.starts_with("BEGIN") || sql.starts_with("ROLLBACK")) continue;
    auto explained = db.prepare("EXPLAIN QUERY PLAN " + sql);
    auto query = explained.query();
    while (query.next())
      for (const auto& table : kLarge)
        if ((query.text(3) + " ").starts_with("SCAN " + table + " ") &&
            !is_of_what_is_open(query.text(3)))
          found.push_back(query.text(3) + ": " + sql);
  }
  return found;
}

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("the transactions of an order's life look up and never search", "[store]") {
  File file;
  file.open();
  file.close();
  auto db = open_for_writing(file.path(), current_schema(), file.backups());
  SqliteTx tx{db};
  insert_basics(tx);
  tx.insert(order(1));
  tx.update(order(1));
  tx.insert(attempt(1));
  tx.update(attempt(1));
  tx.insert(charge(1));
  tx.update(charge(1));
  tx.insert(IdempotencyRow{UserId{1}, "order", "k", 1, at(1)});
  tx.order_by_invoice("i");
  tx.order_by_ref_id(UserId{1}, "r");
  tx.open_order(UserId{1}, ServiceId{1}, "t", "");
  tx.attempts(OrderId{1});
  tx.due_attempts(ProviderId{1}, at(1), 1);
  tx.due_charges(at(1), 1);
  tx.charge_by_code("c");
  tx.charge_of(OrderId{1});
  tx.clearing(GatewayId{1});
  tx.user_by_username("u");
  tx.user_by_email("e");
  tx.user_by_key("k");
  tx.idempotency(UserId{1}, "order", "k");
  tx.erase_idempotency(UserId{1}, "order", 1);
  tx.forget_idempotency(at(1), 1);
  tx.forget_idempotency(UserId{1}, 1);
  tx.withdrawals_of(UserId{1}, WithdrawalId{1}, 1);
  tx.overwrite(order(1));
  CHECK(scans(db) == Found{});
  // The test can fail.
  db.query(std::string{"SELECT * FROM orders WHERE target = ''"}).next();
  CHECK(scans(db).size() == 1);
}

TEST_CASE("what resellers and operators look at is found through an index", "[store]") {
  File file;
  SqliteStore::Options one_reader;
  one_reader.readers = 1;
  auto& store = file.open(one_reader);
  for (int set = 0; set < 32; ++set) {
    OrderFilter filter;
    filter.user = UserId{1};
    if ((set & 1) != 0) filter.status = OrderStatus::pending;
    if ((set & 2) != 0) filter.status = OrderStatus::error;
    if ((set & 4) != 0) filter.service = ServiceId{1};
    if ((set & 8) != 0) filter.target = "t";
    if ((set & 16) != 0) filter.from = filter.until = at(1);
    orders(store, filter, {});
  }
  deposits(store, UserId{1}, {});
  withdrawals(store, UserId{1}, {});
  statement(store, {AccountKind::user_balance, 1}, {});
  history(store, OrderId{1});
  users(store, "a", {});
  waiting_receipts(store, {});
  withdrawals(store, topup::WithdrawalState::requested, {});
  adjustments(store, topup::AdjustmentState::proposed, {});
  open_incidents(store, {});
  deposits(store, DepositFilter{}, {});
  deposits(store, DepositFilter{UserId{1}, topup::ChargeState::settled}, {});
  receipts_of(store, ChargeId{1});
  history(store, ChargeId{1});
  postings_at(store, {{topup::EntrySlot::payment, 1}});
  audit_log(store, {}, {});
  audit_log(store, {topup::Cause{topup::Actor::admin, 1}, ""}, {});
  audit_log(store, {std::nullopt, "user/suspend"}, {});
  audit_log(store, {topup::Cause{topup::Actor::admin, 1}, "user/suspend"}, {});
  write(store, [](Tx& tx) {
    insert_basics(tx);
    tx.insert(order(1));
  });
  for (const auto by :
       {ReportBy::day, ReportBy::month, ReportBy::service, ReportBy::provider, ReportBy::reseller})
    report(store, {by, at(0), at(1'000)});
  SystemBalances{store}.now();
  touched_since(store, 0);
  store.look([](Snapshot& snapshot) {
    (void)snapshot.view.order(OrderId{1});
    (void)snapshot.view.order_by_invoice("i");
    (void)snapshot.view.order_by_ref_id(UserId{1}, "r");
    (void)snapshot.view.attempts(OrderId{1});
    (void)snapshot.view.charge_of(OrderId{1});
    (void)snapshot.view.charge_by_code("c");
    (void)snapshot.view.user_by_key("k");
    (void)snapshot.view.wallet(UserId{1});
    (void)snapshot.view.due_providers(at(1));
    (void)snapshot.view.due_attempts(ProviderId{1}, at(1), 1);
  });
  store.look([](Snapshot& snapshot) { CHECK(scans(snapshot.db) == Found{}); });
}
