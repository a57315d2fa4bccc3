#include <string>

#include "api/test_shop.h"
#include "catch.h"

namespace {

constexpr const char* kDeposit = R"({"amount":50000,"fee":0})";

}  // namespace

TEST_CASE("a deposit answers as documented") {
  TestShop shop;
  const auto reply = shop.tell("/api/payment/deposit", kDeposit);
  CHECK(reply.outcome() == "200");
  CHECK(reply.at("/status") == R"("success")");
  CHECK(reply.names("/data") == "amountToPay expiryTime orderId qrCodeUrl");
  const auto code = reply.text("/data/orderId");
  CHECK(code.starts_with("DEP-"));
  CHECK(code.size() == 18);
  CHECK(reply.at("/data/amountToPay") == "50000");
  CHECK(reply.text("/data/qrCodeUrl") == "https://shop.example/qr/" + code + ".png");
  CHECK(reply.text("/data/expiryTime") == "2026-01-02T10:19:05+07:00");
}

TEST_CASE("the status of a deposit is a bare object") {
  TestShop shop;
  const auto code = shop.tell("/api/payment/deposit", kDeposit).text("/data/orderId");
  const auto status = [&] { return shop.ask("/api/payment/status/" + code); };
  CHECK(status().body == R"({"orderId":")" + code + R"(","status":"pending","amount":50000})");
  shop.pay(code, 50'000);
  CHECK(status().body == R"({"orderId":")" + code + R"(","status":"settlement","amount":50000})");
  CHECK(shop.ask("/api/user/me").at("/data/balance") == "50000");
}

TEST_CASE("a deposit is seen by its owner alone, and an invoice is none") {
  TestShop shop;
  const auto code = shop.tell("/api/payment/deposit", kDeposit).text("/data/orderId");
  const auto invoice =
      shop.tell("/api/order/create", R"({"layanan":1,"target":12345,"selling_price":12000})")
          .text("/data/invoice");
  const auto other = shop.register_user("toko_b");
  const auto hidden = shop.get("/api/payment/status/" + code, {{"x-api-key", other}});
  CHECK(hidden.outcome() == "404 not_found");
  CHECK(hidden.at("/status") == R"("error")");
  CHECK(shop.ask("/api/payment/status/" + invoice).outcome() == "404 not_found");
  CHECK(shop.ask("/api/payment/status/DEP-X").outcome() == "404 not_found");
  CHECK(shop.ask("/api/payment/status/\xff").outcome() == "400 invalid_parameter orderId");
}

TEST_CASE("deposits keep to the operator's range and fees to the amount") {
  struct Row {
    std::string body;
    std::string outcome;
  };
  const Row rows[] = {
      {R"({"amount":9999})", "422 amount_out_of_range amount"},
      {R"({"amount":10000})", "200"},
      {R"({"amount":"10000","fee":"10000"})", "200"},
      {R"({"amount":10000,"fee":10001})", "400 invalid_parameter fee"},
      {R"({"amount":10000000})", "200"},
      {R"({"amount":10000001})", "422 amount_out_of_range amount"},
      {R"({"amount":0})", "422 amount_out_of_range amount"},
      {R"({"amount":-5})", "400 invalid_parameter amount"},
      {R"({"amount":1e6})", "400 invalid_parameter amount"},
      {R"({"amount":"50.000"})", "400 invalid_parameter amount"},
      {R"({"amount":99999999999999999999})", "400 invalid_parameter amount"},
      {R"({"amount":10000,"fee":-1})", "400 invalid_parameter fee"},
      {"{}", "400 invalid_parameter amount"},
  };
  TestShop shop;
  for (const auto& row : rows) {
    INFO(row.body);
    const auto reply = shop.tell("/api/payment/deposit", row.body);
    CHECK(reply.outcome() == row.outcome);
    CHECK(reply.at("/status") == (reply.status == 200 ? "\"success\"" : "\"error\""));
  }
}

TEST_CASE("what is to be paid has the larger fee on top") {
  TestShop shop;
  shop.app.policy.deposit_fee = topup::Money::from_units(500).value();
  CHECK(
      shop.tell("/api/payment/deposit", R"({"amount":20000,"fee":100})").at("/data/amountToPay") ==
      "20500");
  CHECK(
      shop.tell("/api/payment/deposit", R"({"amount":20000,"fee":900})").at("/data/amountToPay") ==
      "20900");
}

TEST_CASE("a deposit is repeated safely with its key") {
  TestShop shop;
  const topupd::http::Pairs key{{"idempotency-key", "d-1"}};
  const auto first = shop.tell("/api/payment/deposit", kDeposit, key);
  const auto again = shop.tell("/api/payment/deposit", kDeposit, key);
  CHECK(again.header("Idempotent-Replayed") == "true");
  CHECK(again.body == first.body);
  CHECK(shop.gateway.created.size() == 1);
  CHECK(shop.tell("/api/payment/deposit", R"({"amount":60000})", key).outcome() ==
        "422 idempotency_conflict");
}

TEST_CASE("a deposit that no gateway takes did not happen") {
  TestShop shop;
  shop.gateway.is_down = true;
  const topupd::http::Pairs key{{"idempotency-key", "d-1"}};
  const auto refused = shop.tell("/api/payment/deposit", kDeposit, key);
  CHECK(refused.outcome() == "503 unavailable");
  CHECK(!refused.header("Retry-After").empty());
  shop.gateway.is_down = false;
  CHECK(shop.tell("/api/payment/deposit", kDeposit, key).outcome() == "200");
}

TEST_CASE("the history of deposits is a list of the document's fields and more") {
  TestShop shop;
  CHECK(shop.ask("/api/payment/history").body == R"({"status":"success","data":[]})");
  const auto code = shop.tell("/api/payment/deposit", kDeposit).text("/data/orderId");
  shop.tell("/api/payment/deposit", R"({"amount":20000})");
  shop.pay(code, 50'000);
  const auto page = shop.ask("/api/payment/history?limit=1");
  CHECK(page.at("/data/0/amount") == "20000");
  CHECK(page.text("/data/0/status") == "pending");
  const auto rest = shop.ask("/api/payment/history?limit=1&cursor=" + page.text("/next_cursor"));
  CHECK(rest.text("/data/0/orderId") == code);
  CHECK(rest.at("/data/0/amount") == "50000");
  CHECK(rest.text("/data/0/status") == "settlement");
  CHECK(rest.at("/next_cursor").empty());
}
