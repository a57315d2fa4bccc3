#include <string>

#include "api/test_shop.h"
#include "catch.h"
#include "http/api/csv.h"
#include "topup/user_commands.h"

TEST_CASE("me shows the document's fields and more, money as numbers") {
  TestShop shop;
  shop.fund(shop.toko_a, 50'000);
  const auto me = shop.ask("/api/user/me");
  CHECK(me.names("/data") == "balance created_at email name profit_balance role tier user_id");
  CHECK(me.text("/data/user_id") == "toko_a");
  CHECK(me.at("/data/balance") == "50000");
  CHECK(me.text("/data/role") == "reseller");
  CHECK(me.at("/data/profit_balance") == "0");
  CHECK(me.text("/data/tier") == "basic");
  CHECK(me.text("/data/created_at") == "2026-01-02T10:04:05+07:00");
  CHECK(me.header("Cache-Control") == "no-store");
}

TEST_CASE("the key may come in three places, and a header wins over the query") {
  TestShop shop;
  struct Row {
    std::string target;
    topupd::http::Pairs headers;
    std::string outcome;
  };
  const auto& key = shop.key;
  const Row rows[] = {
      {"/api/user/me", {{"x-api-key", key}}, "200"},
      {"/api/user/me?apikey=" + key, {}, "200"},
      {"/api/user/me", {{"authorization", "Bearer " + key}}, "200"},
      {"/api/user/me", {{"authorization", "bearer  " + key}}, "200"},
      {"/api/user/me?apikey=wrong", {{"x-api-key", key}}, "200"},
      {"/api/user/me?apikey=" + key, {{"x-api-key", "wrong"}}, "401 invalid_api_key"},
      {"/api/user/me", {{"authorization", "Basic " + key}}, "401 invalid_api_key"},
      {"/api/user/me", {}, "401 invalid_api_key"},
      {"/api/user/me?apikey=", {}, "401 invalid_api_key"},
      {"/api/user/me", {{"x-api-key", key + "x"}}, "401 invalid_api_key"},
      {"/api/user/me", {{"x-api-key", std::string(16'000, 'k')}}, "401 invalid_api_key"},
  };
  for (const auto& row : rows)
    CHECK(shop.get(row.target, row.headers).outcome() == row.outcome);
}

TEST_CASE("a new key replaces the old one at once") {
  TestShop shop;
  const auto reply = shop.tell("/api/user/regenerate-key", "");
  CHECK(reply.names("/data") == "api_key");
  const auto key = reply.text("/data/api_key");
  CHECK(key != shop.key);
  CHECK(shop.ask("/api/user/me").outcome() == "401 invalid_api_key");
  CHECK(shop.get("/api/user/me", {{"x-api-key", key}}).outcome() == "200");
  CHECK(shop.post("/api/auth/login", R"({"user_id":"toko_a","password":"rahasia"})")
            .text("/data/api_key") == key);
}

TEST_CASE("a list of addresses shuts out every other") {
  TestShop shop;
  REQUIRE(
      shop.store
          .transact([&](topup::Tx& tx) {
            return topup::set_allowed_addresses(tx, shop.toko_a, {"192.0.2.0/28", "2001:db8::5"});
          })
          .has_value());
  struct Row {
    std::string client;
    std::string outcome;
  };
  const Row rows[] = {{"192.0.2.15", "200"},       {"192.0.2.16", "403 ip_not_allowed"},
                      {"2001:db8::5", "200"},      {"2001:db8::6", "403 ip_not_allowed"},
                      {"::ffff:192.0.2.1", "200"}, {"", "403 ip_not_allowed"}};
  for (const auto& row : rows) {
    topupd::http::Request request{.method = "GET",
                                  .path = "/api/user/me",
                                  .headers = {{"x-api-key", shop.key}},
                                  .client = row.client.empty() ? "unknown" : row.client};
    CHECK(shop.send(request).outcome() == row.outcome);
  }
}

TEST_CASE("the statement shows each movement once and its amounts sum to the balance") {
  TestShop shop;
  shop.fund(shop.toko_a, 50'000);
  const auto order = shop.tell("/api/order/create", R"({"layanan":"1","target":"123456789"})");
  const auto invoice = order.text("/data/invoice");

  const auto page = shop.ask("/api/user/statement");
  CHECK(page.names("/data/0") == "amount balance_after description kind ref time");
  CHECK(page.at("/data/0/amount") == "-10000");
  CHECK(page.at("/data/0/balance_after") == "40000");
  CHECK(page.text("/data/0/kind") == "order_held");
  CHECK(page.text("/data/0/ref") == invoice);
  CHECK(page.text("/data/0/description") == "Pesanan " + invoice);
  CHECK(is_time(page.text("/data/0/time")));
  CHECK(page.at("/data/1/amount") == "50000");
  CHECK(page.text("/data/1/ref") == "FUND-1");
  CHECK(page.at("/data/2").empty());
  CHECK(page.at("/next_cursor").empty());

  shop.answer(order.text("/data/id"), failed());
  const auto after = shop.ask("/api/user/statement");
  CHECK(after.at("/data/0/amount") == "10000");
  CHECK(after.text("/data/0/kind") == "order_voided");

  CHECK(shop.ask("/api/user/statement?account=profit").at("/data") == "[]");
  CHECK(shop.ask("/api/user/statement?account=bank").outcome() == "400 invalid_parameter account");
}

TEST_CASE("a statement is read in pages") {
  TestShop shop;
  for (const int amount : {1, 2, 3})
    shop.fund(shop.toko_a, amount);
  const auto first = shop.ask("/api/user/statement?limit=2");
  CHECK(first.at("/data/1/amount") == "2");
  const auto second = shop.ask("/api/user/statement?limit=2&cursor=" + first.text("/next_cursor"));
  CHECK(second.at("/data/0/amount") == "1");
  CHECK(second.at("/data/1").empty());
  CHECK(second.at("/next_cursor").empty());
  CHECK(shop.ask("/api/user/statement?cursor=x").outcome() == "400 invalid_parameter cursor");
}

TEST_CASE("the statement is a table for spreadsheets when that is asked for") {
  TestShop shop;
  shop.fund(shop.toko_a, 50'000);
  const auto csv =
      shop.get("/api/user/statement", {{"x-api-key", shop.key}, {"accept", "text/csv"}});
  CHECK(csv.content_type == "text/csv; charset=utf-8");
  CHECK(csv.body ==
        "time,kind,description,amount,balance_after,ref\r\n"
        "2026-01-02T10:04:05+07:00,deposit_settled,Deposit FUND-1,50000,50000,FUND-1\r\n");
}

TEST_CASE("no text in a table is taken for a formula") {
  using topupd::http::csv_line;
  CHECK(csv_line({"a", "b c", "-10000"}) == "a,b c,-10000\r\n");
  CHECK(csv_line({"=1+1", "+62812", "-1-1", "@x"}) == "'=1+1,'+62812,'-1-1,'@x\r\n");
  CHECK(csv_line({"a,b", "say \"x\"", "a\nb"}) == "\"a,b\",\"say \"\"x\"\"\",\"a\nb\"\r\n");
  CHECK(csv_line({""}) == "\r\n");
}
