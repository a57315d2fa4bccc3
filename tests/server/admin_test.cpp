// What the operator does, over HTTP with a session.

#include <string>

#include "catch.h"
#include "server/eventually.h"
#include "server/real_server.h"
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

TEST_CASE("what one admin proposes another approves, and then the balance has it", "[server]") {
  TempDir dir;
  const auto data = (dir.path() / "data").string();
  REQUIRE(
      run(call_of({"admin", "create", "--data", data, "--username", "boss", "--password-stdin"}),
          "rahasia-sekali\n")
          .exit_code == 0);
  RealServer server{data};
  const auto log_in = [&](const std::string& name, const std::string& password) {
    SmallClient admin{server.port()};
    const auto opened = admin.post(
        "/api/auth/session", R"({"user_id":")" + name + R"(","password":")" + password + R"("})");
    const auto cookie = opened.header("set-cookie");
    admin.always("Cookie", cookie.substr(0, cookie.find(';')));
    admin.always("Origin", server.url());
    return admin;
  };
  auto first = log_in("admin", server.admin_password());
  auto second = log_in("boss", "rahasia-sekali");
  const auto proposed = first.post("/api/admin/adjustment/propose",
                                   R"({"user_id":"demo","amount":-2500,"reason":"paid twice"})");
  CHECK(proposed.outcome() == "200");
  const auto approval = R"({"id":")" + proposed.text("/data/id") + R"("})";
  CHECK(second.post("/api/admin/adjustment/approve", approval).outcome() == "200");
  CHECK(second.post("/api/admin/adjustment/approve", approval).outcome() == "409 conflict");
  SmallClient demo{server.port(), server.demo_key()};
  CHECK(balance_of(demo) == kDemoBalance - 2'500);
  CHECK(server.stop() == 0);
  CHECK(run(call_of({"verify", "--data", data})).exit_code == 0);
}

TEST_CASE("a tier has its own limit and its own price", "[server]") {
  auto config = quick_config();
  config.limits = {};
  RunningShop shop{config};
  auto client = shop.reseller("toko_a");
  auto admin = shop.admin();
  CHECK(admin.post("/api/admin/tier/put", R"({"name":"gold","api_per_minute":120})").outcome() ==
        "200");
  CHECK(
      admin
          .post("/api/admin/price-rule/put",
                R"({"tier":"gold","scope":"tipe","subject":"Games","markup":0,"flat":1,"step":1})")
          .outcome() == "200");
  CHECK(client.get("/api/services?tipe=Games").text("/data/Games/0/harga") == "10000");
  CHECK(admin.post("/api/admin/user/tier", R"({"user_id":"toko_a","tier":"gold"})").outcome() ==
        "200");
  const auto services = client.get("/api/services?tipe=Games");
  CHECK(services.text("/data/Games/0/harga") == "9501");
  CHECK(services.header("ratelimit-policy") == R"("default";q=120;w=60)");
}

TEST_CASE("a reseller with a list of addresses can ask from no other", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  auto admin = shop.admin();
  const auto allow = [&](const std::string& addresses) {
    return admin
        .post("/api/admin/user/allow-list",
              R"({"user_id":"demo","addresses":")" + addresses + R"("})")
        .outcome();
  };
  CHECK(allow("192.0.2.7") == "200");
  CHECK(client.get("/api/user/me").outcome() == "403 ip_not_allowed");
  CHECK(allow("192.0.2.7, 127.0.0.0/8") == "200");
  CHECK(client.get("/api/user/me").outcome() == "200");
}

TEST_CASE("a wrong amount is an admin's to give to the reseller, once", "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  auto admin = shop.admin();
  const auto deposit = client.post("/api/payment/deposit", R"({"amount":50000})");
  CHECK(shop.settle(deposit.text("/data/orderId"), R"({"amount":49999})").outcome() == "200");
  Answer waiting;
  CHECK(eventually([&] {
    waiting = admin.get("/api/admin/receipts");
    return waiting.size("/data") == 1;
  }));
  const auto credit = R"({"id":")" + waiting.text("/data/0/id") + R"("})";
  CHECK(balance_of(client) == 0);
  CHECK(admin.post("/api/admin/receipt/credit", credit).outcome() == "200");
  CHECK(admin.post("/api/admin/receipt/credit", credit).outcome() == "409 conflict");
  CHECK(balance_of(client) == 49'999);
  CHECK(shop.complaints() == "");
}
