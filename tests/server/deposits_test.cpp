// Topping up the reseller's balance by QRIS.

#include <string>

#include "catch.h"
#include "server/eventually.h"
#include "server/running_shop.h"

using namespace topupd::test;

TEST_CASE("a deposit answers as the document says and is credited once it is paid", "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  const auto opened = client.post("/api/payment/deposit", R"({"amount":50000,"fee":0})");
  CHECK(opened.outcome() == "200");
  CHECK(opened.names("") == "data status");
  CHECK(opened.text("/status") == "success");
  CHECK(opened.names("/data") == "amountToPay expiryTime orderId qrCodeUrl");
  const auto code = opened.text("/data/orderId");
  CHECK(matches(code, kDepositForm));
  CHECK(opened.at("/data/amountToPay") == "50000");
  CHECK(matches(opened.text("/data/expiryTime"), kTimeForm));

  const auto path = "/api/payment/status/" + code;
  const auto pending = client.get(path);
  CHECK(pending.names("") == "amount orderId status");
  CHECK(pending.text("/orderId") == code);
  CHECK(pending.text("/status") == "pending");
  CHECK(pending.at("/amount") == "50000");
  CHECK(shop.reseller("toko_b").get(path).outcome() == "404 not_found");

  CHECK(shop.settle(code).outcome() == "200");
  CHECK(eventually([&] { return client.get(path).text("/status") == "settlement"; }));
  CHECK(balance_of(client) == 50'000);
  // Told again, it is the same payment.
  CHECK(shop.settle(code).outcome() == "200");
  const auto history = client.get("/api/payment/history");
  CHECK(history.text("/status") == "success");
  CHECK(history.size("/data") == 1);
  CHECK(history.text("/data/0/orderId") == code);
  CHECK(history.at("/data/0/amount") == "50000");
  CHECK(history.text("/data/0/status") == "settlement");
  CHECK(balance_of(client) == 50'000);
  CHECK(shop.complaints() == "");
}

TEST_CASE("the fee is paid on top, and the balance gets the nominal", "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  const auto opened = client.post("/api/payment/deposit", R"({"amount":"50000","fee":"700"})");
  CHECK(opened.at("/data/amountToPay") == "50700");
  const auto code = opened.text("/data/orderId");
  CHECK(shop.settle(code).at("/data/amount") == "50700");
  CHECK(eventually([&] { return balance_of(client) == 50'000; }));
  CHECK(client.get("/api/payment/status/" + code).at("/amount") == "50000");
  CHECK(shop.complaints() == "");
}

TEST_CASE("a deposit's amount has the operator's range, its fee is at most the amount",
          "[server]") {
  struct Row {
    std::string body;
    std::string outcome;
  };
  const Row rows[] = {
      {R"({})", "400 invalid_parameter amount"},
      {R"({"amount":-1})", "400 invalid_parameter amount"},
      {R"({"amount":10000.5})", "400 invalid_parameter amount"},
      {R"({"amount":9999})", "422 amount_out_of_range amount"},
      {R"({"amount":10000})", "200"},
      {R"({"amount":10000000})", "200"},
      {R"({"amount":10000001})", "422 amount_out_of_range amount"},
      {R"({"amount":10000,"fee":-1})", "400 invalid_parameter fee"},
      {R"({"amount":10000,"fee":10000})", "200"},
  };
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  for (const auto& [body, outcome] : rows) {
    INFO(body);
    CHECK(client.post("/api/payment/deposit", body).outcome() == outcome);
  }
  CHECK(client.post("/api/payment/deposit", R"({"amount":10000,"fee":10001})").status >= 400);
}

TEST_CASE("a deposit that expired is credited all the same when it is paid late", "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  const auto opened = client.post("/api/payment/deposit", R"({"amount":50000})");
  const auto code = opened.text("/data/orderId");
  const auto path = "/api/payment/status/" + code;
  CHECK(shop.stranger().post("/sandbox/gateway/" + code + "/expire", "{}").outcome() == "200");
  CHECK(eventually([&] { return client.get(path).text("/status") == "expired"; }));
  CHECK(balance_of(client) == 0);
  CHECK(shop.settle(code).outcome() == "200");
  CHECK(eventually([&] { return client.get(path).text("/status") == "settlement"; }));
  CHECK(balance_of(client) == 50'000);
  CHECK(shop.complaints() == "");
}

TEST_CASE("a deposit repeated with its key is the same deposit", "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  const Headers key{{"Idempotency-Key", "\"d-1\""}};
  const auto first = client.post("/api/payment/deposit", R"({"amount":50000})", key);
  const auto again = client.post("/api/payment/deposit", R"({"amount":50000})", key);
  CHECK(again.header("idempotent-replayed") == "true");
  CHECK(again.at("/data") == first.at("/data"));
  CHECK(client.post("/api/payment/deposit", R"({"amount":60000})", key).outcome() ==
        "422 idempotency_conflict");
}

TEST_CASE("the sandbox's gateway knows its own charges only", "[server]") {
  RunningShop shop;
  CHECK(shop.settle("INV-AAAAAAAAAAAAAA").outcome() == "404 not_found");
  auto client = shop.stranger();
  const auto got = client.get("/sandbox/gateway/INV-AAAAAAAAAAAAAA/settle");
  CHECK(got.status == 405);
}
