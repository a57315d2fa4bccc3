// Payments as an operator traces them, and how the price of a service would change.

#include <string>

#include "api/admin_shop.h"
#include "catch.h"

namespace {

// Of toko_a: one of 50000 that was paid, one of 20000 that was not; a reseller with none besides.
struct DepositShop : AdminShop {
  DepositShop() {
    register_user("toko_b");
    paid = tell("/api/payment/deposit", R"({"amount":50000})").text("/data/orderId");
    pay(paid, 50'000);
    open = tell("/api/payment/deposit", R"({"amount":20000})").text("/data/orderId");
  }
  std::string paid;
  std::string open;
};

}  // namespace

TEST_CASE("everybody's deposits are listed newest first, by state and by reseller") {
  DepositShop shop;
  const auto all = shop.see("/api/admin/deposits");
  CHECK(all.outcome() == "200");
  CHECK(all.names("/data/0") ==
        "code created_at expires_at fee gateway gateway_reference id nominal purpose settled_at "
        "state total user_id");
  CHECK(all.text("/data/0/code") == shop.open);
  CHECK(all.text("/data/1/code") == shop.paid);
  const auto settled = shop.see("/api/admin/deposits?status=settled");
  CHECK(settled.text("/data/0/code") == shop.paid);
  CHECK(settled.at("/data/1").empty());
  CHECK(shop.see("/api/admin/deposits?user_id=toko_b").at("/data") == "[]");
  const auto page = shop.see("/api/admin/deposits?user_id=toko_a&limit=1");
  const auto rest = shop.see("/api/admin/deposits?cursor=" + page.text("/next_cursor"));
  CHECK(rest.text("/data/0/code") == shop.paid);
  CHECK(shop.see("/api/admin/deposits?user_id=nobody").outcome() == "404 not_found user_id");
  CHECK(shop.see("/api/admin/deposits?status=lost").outcome() == "400 invalid_parameter status");
}

TEST_CASE("a payment is traced from what was asked to what it moved") {
  DepositShop shop;
  const auto trace = shop.see("/api/admin/charge?code=" + shop.paid);
  CHECK(trace.outcome() == "200");
  CHECK(trace.names("/data") == "charge postings receipts steps");
  CHECK(trace.text("/data/charge/user_id") == "toko_a");
  CHECK(trace.text("/data/receipts/0/status") == "applied");
  CHECK(trace.text("/data/steps/0/event") == "create");
  CHECK(trace.text("/data/postings/0/kind") == "deposit_settled");
  CHECK(trace.at("/data/postings/0/amount") == "50000");
  const auto open = shop.see("/api/admin/charge?code=" + shop.open);
  CHECK(open.at("/data/receipts") == "[]");
  CHECK(open.at("/data/postings") == "[]");
  CHECK(shop.see("/api/admin/charge?code=DEP-X").outcome() == "404 not_found code");
  CHECK(shop.see("/api/admin/charge").outcome() == "400 invalid_parameter code");
}

TEST_CASE("the trace of an order has its postings") {
  AdminShop shop;
  const auto id = shop.order_with("11111", topup::OutcomeKind::succeeded);
  const auto trace = shop.see("/api/admin/order?id=" + id);
  CHECK(trace.text("/data/postings/0/kind") == "order_held");
  CHECK(trace.at("/data/postings/0/amount") == "10000");
}

TEST_CASE("a preview tells what an offer would do to prices, and keeps nothing") {
  AdminShop shop;
  const auto ask = [&](const std::string& offer) {
    return shop.see("/api/admin/offer/preview?" + offer);
  };
  const std::string cheap = "service=1&provider=north&sku=X&cost=5000";
  CHECK(ask(cheap + "&priority=1000").at("/data/count") == "0");
  CHECK(ask(cheap + "&active=false").at("/data/count") == "0");
  const auto off = ask("id=1&service=1&provider=north&sku=X&cost=5000&active=false");
  CHECK(off.at("/data/count") == "1");
  CHECK(off.at("/data/changes/0/now") == "10000");
  CHECK(off.at("/data/changes/0/then").empty());
  CHECK(ask("id=1&service=1&provider=north&sku=X&cost=5000").at("/data/changes/0/then") == "5000");
  CHECK(ask("service=9&provider=north&sku=X&cost=5000").outcome() ==
        "400 invalid_parameter service");
  CHECK(ask("service=1&provider=none&sku=X&cost=5000").outcome() ==
        "400 invalid_parameter provider");
  CHECK(ask(cheap + "&priority=x").outcome() == "400 invalid_parameter priority");
  CHECK(shop.ask("/api/services").body.find("10000") != std::string::npos);
}

TEST_CASE("a preview tells what a service would cost in another group") {
  AdminShop shop;
  shop.act("/api/admin/price-rule/put", R"({"scope":"tipe","subject":"Games","flat":700})");
  const auto see = [&](const std::string& service) {
    return shop.see("/api/admin/service/preview?" + service);
  };
  const auto moved = see("sid=1&tipe=Other&kategori=Free%20Fire&layanan=70");
  CHECK(moved.at("/data/changes/0/now") == "10700");
  CHECK(moved.at("/data/changes/0/then") == "10000");
  CHECK(see("tipe=Games&kategori=New&layanan=1").at("/data/count") == "0");
  CHECK(see("sid=99&tipe=Games&kategori=New&layanan=1").outcome() == "404 not_found");
  CHECK(see("sid=1").outcome() == "400 invalid_parameter tipe");
}
