#include <string>

#include "api/admin_shop.h"
#include "catch.h"

TEST_CASE("users are listed newest first, searched and paged") {
  AdminShop shop;
  shop.register_user("toko_b");
  const auto all = shop.see("/api/admin/users");
  CHECK(all.outcome() == "200");
  CHECK(all.text("/data/0/user_id") == "toko_b");
  CHECK(all.text("/data/3/user_id") == "toko_a");
  CHECK(all.at("/data/4").empty());
  const auto page = shop.see("/api/admin/users?q=TOKO&limit=1");
  CHECK(page.text("/data/0/user_id") == "toko_b");
  const auto rest = shop.see("/api/admin/users?q=toko&cursor=" + page.text("/next_cursor"));
  CHECK(rest.text("/data/0/user_id") == "toko_a");
  CHECK(rest.at("/data/1").empty());
  CHECK(rest.at("/next_cursor").empty());
  CHECK(shop.see("/api/admin/users?q=chief@").text("/data/0/user_id") == "chief");
  CHECK(shop.see("/api/admin/users?limit=201").outcome() == "400 invalid_parameter limit");
}

TEST_CASE("one user is shown with all of his accounts and no secret") {
  AdminShop shop;
  shop.fund(shop.toko_a, 50'000);
  const auto user = shop.see("/api/admin/user?user_id=A@x.com");
  CHECK(user.outcome() == "404 not_found user_id");
  const auto found = shop.see("/api/admin/user?user_id=toko_a@x.com");
  CHECK(found.names("/data") ==
        "addresses balance created_at email hold name otp phone profit_balance receivable role "
        "suspended tier user_id withdraw_hold");
  CHECK(found.at("/data/balance") == "50000");
  CHECK(found.at("/data/suspended") == "false");
  CHECK(found.at("/data/addresses") == "[]");
  CHECK(shop.see("/api/admin/user").outcome() == "400 invalid_parameter user_id");
}

TEST_CASE("a suspension refuses the key and ends the sessions until it is taken back") {
  AdminShop shop;
  const auto login = shop.post("/api/auth/session", R"({"user_id":"toko_a","password":"rahasia"})");
  const auto header = login.header("Set-Cookie");
  const auto cookie = header.substr(0, header.find(';'));
  const std::string toko_a = R"({"user_id":"toko_a"})";
  CHECK(shop.act("/api/admin/user/suspend", toko_a).at("/data/suspended") == "true");
  CHECK(shop.ask("/api/user/me").outcome() == "403 account_suspended");
  CHECK(shop.get("/api/user/me", {{"cookie", cookie}}).outcome() == "401 invalid_api_key");
  CHECK(shop.act("/api/admin/user/reinstate", toko_a).at("/data/suspended") == "false");
  CHECK(shop.ask("/api/user/me").outcome() == "200");
  for (const auto* path : {"/api/admin/user/suspend", "/api/admin/user/reinstate"}) {
    CHECK(shop.act(path, R"({"user_id":"nobody"})").outcome() == "404 not_found user_id");
    CHECK(shop.act(path, "{}").outcome() == "400 invalid_parameter user_id");
  }
  CHECK(shop.act("/api/admin/user/suspend", R"({"user_id":"boss"})").outcome() == "403 forbidden");
}

TEST_CASE("a tier is put, listed and given") {
  AdminShop shop;
  CHECK(shop.see("/api/admin/tiers").at("/data") ==
        R"([{"api_per_minute":60,"name":"basic","resellers":1}])");
  const auto give = [&](const std::string& tier) {
    return shop.act("/api/admin/user/tier", R"({"user_id":"toko_a","tier":")" + tier + "\"}");
  };
  CHECK(give("gold").outcome() == "400 invalid_parameter tier");
  CHECK(shop.act("/api/admin/tier/put", R"({"name":"gold","api_per_minute":7})").outcome() ==
        "200");
  CHECK(give("gold").text("/data/tier") == "gold");
  CHECK(shop.see("/api/admin/tiers").text("/data/1/name") == "gold");
  CHECK(shop.ask("/api/user/me").header("RateLimit-Policy") == R"("default";q=7;w=60)");
  CHECK(give("basic").text("/data/tier") == "basic");
  CHECK(shop.act("/api/admin/user/tier", R"({"user_id":"nobody","tier":"basic"})").outcome() ==
        "404 not_found user_id");

  struct Row {
    std::string body;
    std::string outcome;
  };
  const Row rows[] = {
      {R"({"name":"gold","api_per_minute":0})", "200"},
      {R"({"name":"gold","api_per_minute":1000000})", "200"},
      {R"({"name":"gold","api_per_minute":1000001})", "400 invalid_parameter api_per_minute"},
      {R"({"name":"gold","api_per_minute":-1})", "400 invalid_parameter api_per_minute"},
      {R"({"name":"gold"})", "400 invalid_parameter api_per_minute"},
      {R"({"name":"Gold","api_per_minute":1})", "400 invalid_parameter name"},
      {R"({"api_per_minute":1})", "400 invalid_parameter name"},
  };
  for (const auto& row : rows) {
    INFO(row.body);
    CHECK(shop.act("/api/admin/tier/put", row.body).outcome() == row.outcome);
  }
}

TEST_CASE("a list of addresses is set by its reseller or by an admin") {
  struct Row {
    std::string addresses;  // as JSON
    std::string outcome;
  };
  const Row rows[] = {
      {R"("192.0.2.1")", R"(["192.0.2.1"])"},
      {R"(" 192.0.2.1 , 10.0.0.0/8,")", R"(["192.0.2.1","10.0.0.0/8"])"},
      {R"(["192.0.2.0/24","2001:db8::/32"])", R"(["192.0.2.0/24","2001:db8::/32"])"},
      {R"([])", "[]"},
      {R"("")", "[]"},
      {R"("192.0.2.1/33")", "400 invalid_parameter addresses"},
      {R"("example.com")", "400 invalid_parameter addresses"},
      {R"(["192.0.2.1",7])", "400 invalid_parameter addresses"},
      {R"([["192.0.2.1"]])", "400 invalid_parameter addresses"},
      {R"({"a":"192.0.2.1"})", "400 invalid_parameter addresses"},
      {"null", "400 invalid_parameter addresses"},
      {"7", "400 invalid_parameter addresses"},
  };
  for (const auto& row : rows) {
    AdminShop shop;
    INFO(row.addresses);
    const auto own = shop.tell("/api/user/allow-list", R"({"addresses":)" + row.addresses + "}");
    CHECK((own.status == 200 ? own.at("/data/addresses") : own.outcome()) == row.outcome);
    const auto set = shop.act("/api/admin/user/allow-list",
                              R"({"user_id":"toko_a","addresses":)" + row.addresses + "}");
    CHECK((set.status == 200 ? set.at("/data/addresses") : set.outcome()) == row.outcome);
    if (set.status != 200) continue;
    CHECK(shop.ask("/api/user/allow-list").at("/data/addresses") == row.outcome);
  }
}

TEST_CASE("an admin opens the list again for a reseller who shut himself out") {
  AdminShop shop;
  CHECK(shop.tell("/api/user/allow-list", R"({"addresses":"198.51.100.7"})").outcome() == "200");
  CHECK(shop.ask("/api/user/me").outcome() == "403 ip_not_allowed");
  CHECK(
      shop.act("/api/admin/user/allow-list", R"({"user_id":"toko_a","addresses":[]})").outcome() ==
      "200");
  CHECK(shop.ask("/api/user/me").outcome() == "200");
  CHECK(
      shop.act("/api/admin/user/allow-list", R"({"user_id":"boss","addresses":"::1"})").outcome() ==
      "403 forbidden");
  CHECK(shop.act("/api/admin/user/allow-list", R"({"user_id":"nobody","addresses":"::1"})")
            .outcome() == "404 not_found user_id");
}
