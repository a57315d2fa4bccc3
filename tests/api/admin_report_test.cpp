#include <string>

#include "api/admin_shop.h"
#include "catch.h"

using namespace topupd;

namespace {}  // namespace

TEST_CASE("a report says what was sold, what it cost and what is left", "[admin]") {
  AdminShop shop;
  shop.lists.rows = {{"2026-01-01", 3, 2, 1, 24'000, 20'000}};
  const auto reply = shop.see("/api/admin/report?by=service&from=2026-01-01&to=2026-01-02");
  CHECK(reply.outcome() == "200");
  CHECK(reply.names("/data/0") == "cost failed key orders profit success turnover");
  CHECK(reply.at("/data/0/profit") == "4000");
  CHECK(shop.lists.asked.by == ReportBy::service);
  CHECK(shop.lists.asked.until - shop.lists.asked.from == std::chrono::hours{48});
  CHECK(shop.see("/api/admin/report?by=moon").outcome() == "400 invalid_parameter by");
  shop.lists.rows.reset();
  CHECK(shop.see("/api/admin/report").outcome() == "400 invalid_parameter from");
}

TEST_CASE("a report without dates is of the last thirty days", "[admin]") {
  AdminShop shop;
  CHECK(shop.see("/api/admin/report").outcome() == "200");
  CHECK(shop.lists.asked.by == ReportBy::day);
  CHECK(shop.lists.asked.from == shop.clock.now() - std::chrono::hours{24 * 30});
  CHECK(shop.lists.asked.until > shop.clock.now());
}

TEST_CASE("a report is a table for spreadsheets, too", "[admin]") {
  AdminShop shop;
  shop.lists.rows = {{"=cmd", 1, 1, 0, 10'000, 12'000}};
  const auto reply =
      shop.get("/api/admin/report?by=reseller", {{"cookie", shop.boss}, {"accept", "text/csv"}});
  CHECK(reply.content_type == "text/csv; charset=utf-8");
  CHECK(reply.body ==
        "reseller,orders,success,failed,turnover,cost,profit\r\n'=cmd,1,1,0,10000,12000,-2000\r\n");
}

TEST_CASE("the ledger is read posting by posting, newest first", "[admin]") {
  AdminShop shop;
  shop.fund(shop.toko_a, 30'000);
  shop.tell("/api/order/create", R"({"layanan":1,"target":"12345"})");
  const auto page = shop.see("/api/admin/ledger?limit=1");
  CHECK(page.text("/data/0/kind") == "order_held");
  CHECK(page.text("/data/0/debit/account") == "user_balance");
  CHECK(page.text("/data/0/debit/owner") == "toko_a");
  CHECK(page.at("/data/0/amount") == "10000");
  const auto next = page.text("/next_cursor");
  const auto older = shop.see("/api/admin/ledger?limit=1&cursor=" + next);
  CHECK(older.text("/data/0/kind") == "deposit_settled");
  CHECK(shop.see("/api/admin/ledger").at("/next_cursor").empty());
}

TEST_CASE("the ledger of one account of a user is its statement", "[admin]") {
  AdminShop shop;
  shop.register_user("toko_b");
  shop.fund(shop.id_of("toko_b"), 5'000);
  shop.fund(shop.toko_a, 30'000);
  shop.tell("/api/order/create", R"({"layanan":1,"target":"12345"})");
  const auto page = shop.see("/api/admin/ledger?user_id=toko_a&limit=1");
  CHECK(page.text("/data/0/kind") == "order_held");
  const auto older =
      shop.see("/api/admin/ledger?user_id=toko_a&cursor=" + page.text("/next_cursor"));
  CHECK(older.at("/data/0/amount") == "30000");
  CHECK(older.at("/data/1").empty());
  const auto hold = shop.see("/api/admin/ledger?user_id=toko_a&account=hold");
  CHECK(hold.text("/data/0/credit/account") == "user_hold");
  CHECK(hold.at("/data/1").empty());
  CHECK(shop.see("/api/admin/ledger?user_id=nobody").outcome() == "404 not_found user_id");
  CHECK(shop.see("/api/admin/ledger?account=bank").outcome() == "400 invalid_parameter account");
}

TEST_CASE("the shop's own accounts name their owners", "[admin]") {
  AdminShop shop;
  shop.lists.balances = {{{topup::AccountKind::bank, 0}, 5},
                         {{topup::AccountKind::provider_float, 1}, 7}};
  const auto reply = shop.see("/api/admin/balances");
  CHECK(reply.text("/data/0/account") == "bank");
  CHECK(reply.text("/data/0/owner").empty());
  CHECK(reply.text("/data/1/owner") ==
        shop.see("/api/admin/partners").text("/data/providers/0/name"));
  CHECK(reply.at("/data/1/amount") == "7");
  shop.lists.balances.reset();
  const auto later = shop.see("/api/admin/balances");
  CHECK(later.outcome() == "503 unavailable");
  CHECK(later.header("Retry-After") == "1");
}
