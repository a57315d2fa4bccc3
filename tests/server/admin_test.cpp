// What the operator does, over HTTP with a session.

#include <string>

#include "catch.h"
#include "server/running_shop.h"

using namespace topupd::test;

TEST_CASE("a reseller is no admin, with a key or with a session", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  for (const std::string path : {"/api/admin/users", "/api/admin/orders", "/api/admin/withdrawals",
                                 "/api/admin/adjustments"}) {
    INFO(path);
    CHECK(client.get(path).outcome() == "403 forbidden");
    CHECK(shop.stranger().get(path).outcome() == "401 invalid_api_key");
    CHECK(shop.admin().get(path).outcome() == "200");
  }
}

TEST_CASE("a suspended reseller can do nothing until he may again", "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  auto admin = shop.admin();
  CHECK(admin.post("/api/admin/user/suspend", R"({"user_id":"toko_a"})").outcome() == "200");
  CHECK(client.get("/api/user/me").outcome() == "403 account_suspended");
  CHECK(shop.stranger()
            .post("/api/auth/login", R"({"user_id":"toko_a","password":"rahasia"})")
            .outcome() == "403 account_suspended");
  CHECK(admin.post("/api/admin/user/reinstate", R"({"user_id":"toko_a"})").outcome() == "200");
  CHECK(client.get("/api/user/me").outcome() == "200");
}

TEST_CASE("a balance is adjusted by two admins, never by one", "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  auto admin = shop.admin();
  const auto proposed = admin.post("/api/admin/adjustment/propose",
                                   R"({"user_id":"toko_a","amount":2500,"reason":"a gift"})");
  CHECK(proposed.outcome() == "200");
  const auto alone = admin.post("/api/admin/adjustment/approve",
                                R"({"id":")" + proposed.text("/data/id") + R"("})");
  CHECK(alone.outcome() == "403 forbidden");
  CHECK(balance_of(client) == 0);
  CHECK(shop.complaints() == "");
}
