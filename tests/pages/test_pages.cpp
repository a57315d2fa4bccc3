#include "pages/test_pages.h"

#include "catch.h"
#include "http/api/errors.h"
#include "http/waited.h"
#include "topup/payment_commands.h"

using namespace topupd;

TestPages::TestPages()
    : sandbox{Sandbox::Options{.path = (dir.path() / "sandbox.db").string(),
                               .clock = [this] { return shop.clock.now(); }}},
      sources{.metrics = metrics,
              .readiness = {.database = [] { return http::kDatabaseOk; },
                            .clock_jump = [] { return std::optional<ClockJump>{}; }},
              .sandbox = &sandbox.gateway()} {}

Reply TestPages::send(http::Request request) {
  const http::Router router{http::page_routes(shop.app, sources), http::refuse};
  request.id = "request-1";
  if (request.client.empty()) request.client = "192.0.2.1";
  const auto response = http::waited_for(router.answer(request).response);
  return {response.status, response.body, response.headers, response.content_type};
}

Reply TestPages::get(const std::string& path, Origin origin) {
  return send({.method = "GET", .path = path, .from_loopback = origin == Origin::loopback});
}

Reply TestPages::post(const std::string& path, const std::string& body, Origin origin) {
  return send(
      {.method = "POST", .path = path, .body = body, .from_loopback = origin == Origin::loopback});
}

void TestPages::use_sandbox() { shop.app.gateways[shop.app.gateway] = &sandbox.gateway(); }

std::string TestPages::deposit() {
  return shop.tell("/api/payment/deposit", R"({"amount":50000,"fee":500})").text("/data/orderId");
}

std::string TestPages::dropship_order() {
  return shop
      .tell("/api/order/create",
            R"({"layanan":1,"target":"12345","selling_price":12000,"customer_name":"Budi"})")
      .text("/data/invoice");
}

std::string TestPages::balance_order() {
  shop.fund(shop.toko_a, 10'000);
  const auto reply = shop.tell("/api/order/create", R"({"layanan":1,"target":"54321"})");
  return shop.ask("/api/order/status?id=" + reply.text("/data/id")).text("/data/invoice");
}

std::string TestPages::id_of(const std::string& invoice) {
  return shop.ask("/api/order/status?invoice=" + invoice).text("/data/id");
}

void TestPages::expire(const std::string& code) {
  shop.time.advance(std::chrono::hours{1});
  const auto done = shop.store.transact([&](topup::Tx& tx) {
    return topup::expire_charge(tx, tx.charge_by_code(code)->id, shop.clock.now());
  });
  REQUIRE(done.has_value());
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}
