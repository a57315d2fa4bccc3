#include <string>

#include "api/test_shop.h"
#include "catch.h"
#include "topup/catalogue_commands.h"

TEST_CASE("services map tipe to a list, price as text and cost of dropship as number") {
  TestShop shop;
  const auto all = shop.ask("/api/services");
  CHECK(all.outcome() == "200");
  CHECK(all.at("/status") == "true");
  CHECK(all.names("/data") == "Games PLN");
  CHECK(all.at("/data/Games/0") ==
        R"({"butuh_nometer":false,"cek_nickname":false,"format_target":"[0-9]{5,20}",)"
        R"("harga":"10000",)"
        R"("kategori":"Free Fire","layanan":"70 Diamond","price_reseller":11200,"sid":"1",)"
        R"("status":"Normal"})");
  CHECK(all.at("/data/PLN/0/butuh_nometer") == "true");
  CHECK(all.at("/data/PLN/0/format_target") == R"("")");
}

TEST_CASE("services are filtered by tipe, kategori and words") {
  struct Row {
    std::string query;
    std::string tipes;
  };
  const Row rows[] = {
      {"?tipe=Games", "Games"},   {"?tipe=games", "Games"},    {"?tipe=Gam", ""},
      {"?kategori=Token", "PLN"}, {"?q=DIAMOND", "Games"},     {"?q=free fire", "Games"},
      {"?tipe=PLN&q=rb", "PLN"},  {"?tipe=PLN&q=diamond", ""}, {"?tipe=", "Games PLN"}};
  TestShop shop;
  for (const auto& row : rows) {
    INFO(row.query);
    CHECK(shop.ask("/api/services" + row.query).names("/data") == row.tipes);
  }
}

TEST_CASE("what is switched off or supplied by nobody shows as Gangguan") {
  TestShop shop;
  REQUIRE(shop.store
              .transact([&](topup::Tx& tx) {
                auto service = tx.service(shop.diamonds).value();
                service.available = false;
                return topup::put_service(tx, service);
              })
              .has_value());
  REQUIRE(shop.store
              .transact([&](topup::Tx& tx) {
                return topup::put_service(tx, service_of("Voucher", "K", "unsupplied"));
              })
              .has_value());
  const auto all = shop.ask("/api/services");
  CHECK(all.text("/data/Games/0/status") == "Gangguan");
  CHECK(all.text("/data/Games/0/harga") == "10000");
  CHECK(all.text("/data/Voucher/0/status") == "Gangguan");
}

TEST_CASE("the whole list is made once for each tier, and made anew when the catalogue changes") {
  TestShop shop;
  shop.version_stands_still = true;
  const auto first = shop.ask("/api/services");
  const auto tag = first.header("ETag");
  CHECK(first.header("Cache-Control") == "private, no-cache");
  const auto again = shop.get("/api/services", {{"x-api-key", shop.key}, {"if-none-match", tag}});
  CHECK(again.status == 304);
  CHECK(again.body.empty());

  REQUIRE(shop.store
              .transact([&](topup::Tx& tx) {
                auto service = tx.service(shop.diamonds).value();
                service.available = false;
                return topup::put_service(tx, service);
              })
              .has_value());
  CHECK(shop.ask("/api/services").body == first.body);
  ++shop.version;
  const auto changed = shop.get("/api/services", {{"x-api-key", shop.key}, {"if-none-match", tag}});
  CHECK(changed.status == 200);
  CHECK(changed.text("/data/Games/0/status") == "Gangguan");
}

TEST_CASE("a part of the list follows the catalogue as the whole list does") {
  TestShop shop;
  const auto part = shop.ask("/api/services?tipe=PLN");
  CHECK(part.header("ETag").empty());
  CHECK(part.header("Cache-Control") == "no-store");
}
