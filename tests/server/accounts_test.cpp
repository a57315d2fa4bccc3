// Registering, logging in, the account itself, its keys, the price list.

#include <string>

#include "catch.h"
#include "server/running_shop.h"

using namespace topupd::test;

namespace {

constexpr const char* kRegister =
    R"({"username":"toko_a","name":"Toko A","email":"a@x.com","password":"rahasia"})";

}  // namespace

TEST_CASE("the document's reseller registers, logs in and looks at himself", "[server]") {
  RunningShop shop;
  auto client = shop.stranger();
  const auto made = client.post("/api/auth/register", kRegister);
  CHECK(made.outcome() == "200");
  CHECK(made.at("/status") == "true");
  CHECK(made.names("/data") == "api_key user_id");
  CHECK(made.text("/data/user_id") == "toko_a");
  const auto key = made.text("/data/api_key");

  for (const std::string name : {"toko_a", "TOKO_A", "a@x.com"}) {
    const auto in =
        client.post("/api/auth/login", R"({"user_id":")" + name + R"(","password":"rahasia"})");
    CHECK(in.outcome() == "200");
    CHECK(in.names("/data") == "api_key balance");
    CHECK(in.text("/data/api_key") == key);
    CHECK(in.at("/data/balance") == "0");
  }

  SmallClient reseller{shop.port(), key};
  const auto me = reseller.get("/api/user/me");
  CHECK(me.text("/data/user_id") == "toko_a");
  CHECK(me.text("/data/role") == "reseller");
  CHECK(me.text("/data/name") == "Toko A");
  CHECK(me.text("/data/email") == "a@x.com");
  CHECK(me.at("/data/balance") == "0");
  CHECK(me.at("/data/profit_balance") == "0");
  CHECK_FALSE(me.text("/data/tier").empty());
  CHECK(matches(me.text("/data/created_at"), kTimeForm));
}

TEST_CASE("a wrong password and an unknown user get the same answer", "[server]") {
  RunningShop shop;
  auto client = shop.stranger();
  client.post("/api/auth/register", kRegister);
  const auto wrong =
      client.post("/api/auth/login", R"({"user_id":"toko_a","password":"rahasia2"})");
  const auto unknown =
      client.post("/api/auth/login", R"({"user_id":"nobody","password":"rahasia2"})");
  CHECK(wrong.outcome() == "401 invalid_credentials");
  CHECK(unknown.outcome() == "401 invalid_credentials");
  CHECK(wrong.text("/message") == unknown.text("/message"));
}

TEST_CASE("a username and an address are taken once", "[server]") {
  struct Row {
    std::string body;
    std::string outcome;
  };
  const Row rows[] = {
      {kRegister, "409 username_taken username"},
      {R"({"username":"TOKO_A","name":"B","email":"b@x.com","password":"rahasia"})",
       "409 username_taken username"},
      {R"({"username":"toko_b","name":"B","email":"A@X.com","password":"rahasia"})",
       "409 email_taken email"},
      {R"({"username":"to","name":"B","email":"b@x.com","password":"rahasia"})",
       "400 invalid_parameter username"},
      {R"({"username":"toko b","name":"B","email":"b@x.com","password":"rahasia"})",
       "400 invalid_parameter username"},
      {R"({"username":"toko_b","name":"","email":"b@x.com","password":"rahasia"})",
       "400 invalid_parameter name"},
      {R"({"username":"toko_b","name":"B","email":"b","password":"rahasia"})",
       "400 invalid_parameter email"},
      {R"({"username":"toko_b","name":"B","email":"b@x.com","password":"rahas"})",
       "400 invalid_parameter password"},
      {R"({"username":"toko_b","name":"B","email":"b@x.com","password":"rahasi"})", "200"},
  };
  RunningShop shop;
  auto client = shop.stranger();
  CHECK(client.post("/api/auth/register", kRegister).outcome() == "200");
  for (const auto& [body, outcome] : rows) {
    INFO(body);
    CHECK(client.post("/api/auth/register", body).outcome() == outcome);
  }
}

TEST_CASE("a new key works at once and the old one no more", "[server]") {
  RunningShop shop;
  auto old = shop.demo();
  const auto made = old.post("/api/user/regenerate-key", "{}");
  CHECK(made.names("/data") == "api_key");
  SmallClient renewed{shop.port(), made.text("/data/api_key")};
  CHECK(renewed.key() != old.key());
  CHECK(renewed.get("/api/user/me").text("/data/user_id") == "demo");
  CHECK(old.get("/api/user/me").outcome() == "401 invalid_api_key");
}

TEST_CASE("the price list has the document's service, its price as text", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  const auto all = client.get("/api/services");
  CHECK(all.names("/data") == "E-Money Games PLN Paket Data Pulsa Voucher");
  const auto games = client.get("/api/services?tipe=Games");
  CHECK(games.names("/data") == "Games");
  CHECK(games.text("/data/Games/0/sid") == "1");
  CHECK(games.text("/data/Games/0/kategori") == "Free Fire");
  CHECK(games.text("/data/Games/0/layanan") == "70 Diamond");
  CHECK(games.text("/data/Games/0/harga") == "10000");
  CHECK(games.at("/data/Games/0/price_reseller") == "10000");
  CHECK(games.text("/data/Games/0/status") == "Normal");
  CHECK(games.at("/data/Games/0/butuh_nometer") == "false");
  CHECK(games.text("/data/Games/0/format_target") == "[0-9]{5,20}");
  CHECK(client.get("/api/services?tipe=PLN").at("/data/PLN/0/butuh_nometer") == "true");
  CHECK(client.get("/api/services?kategori=Valorant&q=475").size("/data/Games") == 1);
  CHECK(client.get("/api/services?tipe=Nothing").at("/data") == "{}");
  CHECK(shop.stranger().get("/api/services").outcome() == "401 invalid_api_key");
}

TEST_CASE("price_reseller is harga and the dropship fee", "[server]") {
  auto config = quick_config();
  config.orders.dropship_fee = 1'200;
  RunningShop shop{config};
  auto client = shop.demo();
  const auto games = client.get("/api/services?tipe=Games");
  CHECK(games.text("/data/Games/0/harga") == "10000");
  CHECK(games.at("/data/Games/0/price_reseller") == "11200");
  const auto placed = client.post("/api/order/create",
                                  R"({"layanan":"1","target":"123456789","selling_price":12000})");
  CHECK(placed.at("/data/reseller_cost") == "11200");
  CHECK(placed.at("/data/reseller_profit") == "800");
}
